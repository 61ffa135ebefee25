"""What is kept of a hit: names from closed lists and keyed hashes. The address and the agent end here.

The hashes say only "the same again" to whoever holds the deployment's key; without it, an address cannot be guessed
from its mark by trying all four thousand million of them.
"""

from collections.abc import Mapping
from hashlib import blake2b

from chalicelib.domain.events import Evidence, Hit
from chalicelib.domain.verdicts import agents
from chalicelib.domain.verdicts.networks import SITE_BITS, is_loopback, network_of, number

ALTERED = ":altered"
"""A name that no client can send as a header. Set on a hit's headers, it says that the token arrived altered (a scanner
appended `%27` to it) and was only understood after mending."""

_METHODS = {"GET": (), "HEAD": ("head",), "OPTIONS": ("options",)}
_PREFETCH_WORDS = ("prefetch", "preview", "prerender")
_PREFETCH_HEADERS = ("purpose", "sec-purpose", "x-purpose", "x-moz")


def observe(hit: Hit, key: bytes) -> Evidence:
    """What may be kept of the hit. `key` is the deployment's secret for the marks.

    `agent` is one of signatures.BY_NAME, `network` one of networks' names or "", `device` a family or "".
    """
    version, value = number(hit.address)
    client, subnet = _marks(version, value, hit.address, hit.agent, key)
    program, device, oddity = agents.read(hit.agent)
    return Evidence(
        agent=program,
        network=network_of(version, value),
        device=device,
        flags=(*_METHODS.get(hit.method.upper(), ("post",)), *_signs(hit.headers), *((oddity,) if oddity else ())),
        client=client,
        subnet=subnet,
    )


def marks(address: str, agent: str, key: bytes) -> tuple[str, str]:
    """The marks (client, subnet) of an address and agent, as `observe` makes them: for a sender's own devices.

    A client's mark is `address.agent`, two hashes. Where the agent is not known ("") the second is empty, and the mark
    stands for the address alone. A loopback address is nobody's: both marks are "".
    """
    version, value = number(address)
    return _marks(version, value, address, agent, key)


def _marks(version: int, value: int, address: str, agent: str, key: bytes) -> tuple[str, str]:
    if not version or is_loopback(version, value, address):
        return "", ""
    key = key[: blake2b.MAX_KEY_SIZE]
    place = f"{version}:{value:x}".encode()
    site = f"{version}/{value >> SITE_BITS[version]:x}".encode()
    program = (
        blake2b(agent.strip().encode(errors="surrogatepass"), key=key, digest_size=5).hexdigest()
        if agent.strip()
        else ""
    )
    return (
        f"{blake2b(place, key=key, digest_size=6).hexdigest()}.{program}",
        blake2b(site, key=key, digest_size=6).hexdigest(),
    )


def _signs(headers: Mapping[str, str]) -> list[str]:
    """The named signs that the other headers give."""
    if not headers:
        return []
    signs = []
    purpose = " ".join([headers[name] for name in _PREFETCH_HEADERS if name in headers]).lower()
    if purpose and any(word in purpose for word in _PREFETCH_WORDS):
        signs.append("prefetch")
    if "x-native-host" in headers:
        signs.append("native_host")
    if ALTERED in headers:
        signs.append("altered")
    if headers.get("accept-language"):
        signs.append("language")
    if headers.get("sec-fetch-user") == "?1":
        signs.append("navigated")
    if headers.get("dnt") == "1" or headers.get("sec-gpc") == "1":
        signs.append("privacy")
    return signs
