"""Whose network an address belongs to: one name from a closed list, or "" for everybody else's.

The table (network_ranges.*, made by infra/refresh_networks.py) holds only the networks that tell something about who
fetched: mail providers' proxies, mail security, Apple's relay, clouds and hosting. Where people are (homes, offices,
phones) is deliberately not in it.
"""

from bisect import bisect_right
from collections.abc import Callable
from functools import cache, partial
from struct import Struct

SECURITY = frozenset({
    "abnormal", "barracuda", "bitdefender", "check_point", "cisco", "cyren", "eset", "forcepoint", "fortinet",
    "hornetsecurity", "internet_scanner", "kaspersky", "mimecast", "proofpoint", "retarus",
    "sophos", "symantec", "trellix", "trend_micro", "trustwave", "withsecure", "zix",
})  # fmt: skip
"""Networks of security vendors: nobody reads mail from them."""

SECURITY_AND_BROWSING = frozenset({"check_point", "forcepoint", "fortinet", "sophos", "symantec"})
"""Those of them that also sell web gateways, behind which people browse."""

CLOUDS = frozenset({
    "aws", "google_cloud", "microsoft", "microsoft_mail", "oracle_cloud", "salesforce",
})  # fmt: skip
"""Clouds in which scanners live, and proxies too: they count against clicks, not against opens."""

MAIL_PROVIDERS = frozenset({
    "apple", "basecamp", "fastmail", "google", "kakao", "naver", "proton", "rambler", "tencent", "vk",
    "yahoo", "yandex", "zoho",
})  # fmt: skip
"""Networks of mail providers: an open from them is fetched by a proxy."""

PLATFORMS = frozenset({
    "linkedin", "meta", "telegram", "twitter",
})  # fmt: skip
"""Networks of social platforms: what comes from them is a preview."""

SITE_BITS = {4: 8, 6: 16}
"""The lower bits that one neighbourhood shares: a /24 of IPv4, a /48 (one site: RFC 6177) of IPv6's upper 64."""

_START = {4: Struct(">I"), 6: Struct(">Q")}  # of a network: an address as `number` gives it


def number(address: str) -> tuple[int, int]:
    """The address as (version, value): 32 bits of IPv4 or the upper 64 bits of IPv6; (0, 0) if it is neither.

    A port, brackets and a zone are ignored; an IPv4 address written as IPv6 (::ffff:192.0.2.1) is IPv4. Parsed by hand:
    `ipaddress` takes longer to import than all of this, which every cold start would pay.
    """
    text = address.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    if text.count(":") < 2:
        return _ipv4(text.partition(":")[0])
    text = text.partition("%")[0]
    if "." in text:
        return _ipv4(text.rpartition(":")[2])
    head, gap, tail = text.partition("::")
    try:
        left = [int(part, 16) for part in head.split(":")] if head else []
        right = [int(part, 16) for part in tail.split(":")] if tail else []
    except ValueError:
        return (0, 0)
    missing = 8 - len(left) - len(right)
    if any(not 0 <= part <= 0xFFFF for part in left + right) or (missing < 1 if gap else missing != 0):
        return (0, 0)
    words = left + [0] * missing + right
    if words[:6] == [0, 0, 0, 0, 0, 0xFFFF]:
        return (4, words[6] << 16 | words[7])
    return (6, words[0] << 48 | words[1] << 32 | words[2] << 16 | words[3])


def _ipv4(text: str) -> tuple[int, int]:
    parts = text.split(".")
    if len(parts) != 4:
        return (0, 0)
    value = 0
    for part in parts:
        if not (part.isascii() and part.isdigit() and len(part) <= 3 and int(part) < 256):
            return (0, 0)
        value = value << 8 | int(part)
    return (4, value)


def is_loopback(version: int, value: int, address: str) -> bool:
    """Whether the address is this machine's own, which is nobody's network."""
    return value >> 24 == 127 if version == 4 else version == 6 and address.strip().strip("[]") == "::1"


@cache
def _table(version: int) -> tuple[range, Callable[[int], tuple[int]], tuple[str, ...], bytes]:
    """Where each start stands, what reads the one there, the labels, and the label's number of each start.

    Read on the first hit, not on import, and searched as it stands in its file: a cold open waits for it.
    """
    from chalicelib.domain.verdicts.network_ranges import LABELS

    beside = __file__.rpartition("/")[0]
    with open(f"{beside}/network_ranges.ipv{version}", "rb") as file:  # noqa: PTH123 # pathlib would have to be loaded
        table = file.read()
    start = _START[version]
    places = range(0, len(table) // (start.size + 1) * start.size, start.size)
    return places, partial(start.unpack_from, table), ("", *LABELS.split()), table[places.stop :]


def network_of(version: int, value: int) -> str:
    """The name of the network that holds an address given as `number` gives it, or ""."""
    if not version:
        return ""
    places, start_at, labels, codes = _table(version)
    place = bisect_right(places, (value,), key=start_at) - 1
    return labels[codes[place]] if place >= 0 else ""
