"""Where a webhook may lead: what its URL may say, and which addresses its host may have. Nothing inside a network is one.

A name is looked up when it is asked, not when it is registered: what it leads to may change (DNS rebinding).
"""

import ipaddress
import re

from chalicelib.domain.errors import BadInput
from chalicelib.domain.records import record
from chalicelib.domain.words.sentences import say

LONGEST = 2_048  # characters
_HTTPS, _HTTP = 443, 80
_FIRST_UNPRIVILEGED = 1_024  # ports below it, but for HTTPS's own, belong to other protocols

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
# A name with a dot whose last label is no number, so that nothing reads it as an address; an address; or this machine.
_NAME = re.compile(rf"(?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?|localhost")
_URL = re.compile(r"(https?)://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?((?:[/?][!\"$-~]*)?)")

# What a global unicast address is not: https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-. Named
# here, since what `ipaddress.is_global` says of some of them differs between patches of one Python.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/3"),
        # Beyond 2000::/3 nothing is global: not ::1, nor what embeds an IPv4 address (mapped, NAT64), nor fc00::, fe80::.
        *("::/3", "4000::/2", "8000::/1"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),  # Teredo and its like, examples, 6to4
    )
)


@record
class Target:
    """A URL in parts. `host` is a name or an address without brackets; `path` has the query in it."""

    secure: bool
    host: str
    port: int
    path: str
    authority: str  # host and port, as the Host header has them


def target(url: str, *, loopback: bool) -> Target:
    """The parts of a webhook's URL. Raises BadInput. `loopback` allows this machine, and http to it, and any port of it."""
    found = _URL.fullmatch(url) if len(url) <= LONGEST else None
    if found is None:
        raise BadInput(
            say(
                "A webhook is an https URL of up to {most:,} characters of ASCII, without a user, a fragment or spaces.",
                most=LONGEST,
            ),
            "url",
        )
    scheme, host, port, path = found.groups()
    here = loopback and _is_here(host)
    if scheme == "http" and not here:
        raise BadInput("A webhook's URL must begin with https://.", "url")
    if not here and not _leads_out(host):
        raise BadInput("A webhook's host must be a public name or a public address.", "url")
    number = int(port) if port else _HTTPS if scheme == "https" else _HTTP
    if not 0 < number < 65_536 or not (here or number == _HTTPS or number >= _FIRST_UNPRIVILEGED):
        raise BadInput(
            say("A webhook's port is {usual}, or one from {first} to 65535.", usual=_HTTPS, first=_FIRST_UNPRIVILEGED),
            "url",
        )
    path = path if path.startswith("/") else f"/{path}"
    return Target(scheme == "https", host.strip("[]"), number, path, f"{host}:{port}" if port else host)


def public(address: str) -> bool:
    """Whether an IP address, as the resolver gives it, is a global unicast one."""
    found = ipaddress.ip_address(address)
    return not any(found in network for network in _NOT_PUBLIC)


def loops_back(address: str) -> bool:
    """Whether an IP address is this machine's own."""
    return ipaddress.ip_address(address).is_loopback


def _is_here(host: str) -> bool:
    address = _address(host)
    return host.lower() == "localhost" if address is None else loops_back(address)


def _leads_out(host: str) -> bool:
    address = _address(host)
    if address is not None:
        return public(address)
    return host.lower() != "localhost" and len(host) <= 253 and _NAME.fullmatch(host) is not None


def _address(host: str) -> str | None:
    """The address that a host is, or None for a name."""
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return None
