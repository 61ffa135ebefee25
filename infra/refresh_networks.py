"""Make chalicelib/domain/verdicts/network_ranges.* again: whose network an address belongs to, for the networks that matter.

    npm pack @ip-location-db/asn && tar -xzf ip-location-db-asn-*.tgz
    python -m infra.refresh_networks package [egress-ip-ranges.csv]

The folder holds `asn-ipv4.csv` and `asn-ipv6.csv` (first address, last address, AS number, name): RouteViews' table by
way of ip-location-db, CC BY 4.0, which the generated module credits. Only the AS numbers below are kept. `EXACT` are
ranges that no AS number says, each with the page that does; they win over the table. The optional file is Apple's own
list of its relay's addresses (https://mask-api.icloud.com/egress-ip-ranges.csv), which may not be shipped. Run
tests/domain/verdicts/test_networks.py afterwards: it knows some addresses and whose they are.
"""

import csv
import sys
import textwrap
from collections.abc import Iterable, Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path

OUT = Path(__file__).parent.parent / "chalicelib" / "domain" / "verdicts" / "network_ranges.py"

ASNS: dict[str, str] = {
    # Mail providers, whose addresses fetch for people.
    "google": "15169 36040 36384 36385 43515 19527 36383 16550 394507 395973 396178 45566",
    "yahoo": "36647 36646 26101 10310 34010 7233 5779 10229 10230 23926 24506 18140 23816 24572 55898 1668 393245 7280 "
    "14776 14777 14778 14779 36229 36088 24018 43428 203220 203219 42173 15635 24185 38072 56173 45863 45915",
    "apple": "714 6185 31128",
    "apple_relay": "36183",
    "proton": "62371",
    "fastmail": "151847",
    "yandex": "13238 44534",
    "vk": "47764 47541 62243",
    "rambler": "24638 42481 44696 57306",
    "zoho": "2639 56201 135102 139006 141757 205111 214227 397849 401636",
    "naver": "23576",
    "tencent": "132203 45090 132591 133478 137876",
    "kakao": "7625 10158 38099 23588",
    "basecamp": "25657",
    # Mail security.
    "barracuda": "15324",
    "proofpoint": "22843 26211 13916 52129",
    "mimecast": "30031 33538 37235 39588 42427 60492 136792 208638 397726",
    "trend_micro": "16880 132229",
    "forcepoint": "44444 13448 42465 43251 7598",
    "symantec": "7583 21345",
    "cisco": "16417 30215 30238 40427",
    "trellix": "17330 46484",
    "sophos": "58976 399342",
    "check_point": "25046 30343 31997 32106 40344 398391",
    "fortinet": "40934 53928 200589",
    "hornetsecurity": "401943",
    "retarus": "48328",
    "cyren": "12441 59657 61234",
    "zix": "13380 53780",
    "abnormal": "20317",
    "trustwave": "33151",
    "kaspersky": "41983 200107 209030",
    "eset": "50881 64198",
    "bitdefender": "43839 44418",
    "withsecure": "19891",
    "internet_scanner": "398324 398705 398722 395213 213412",
    # Web gateways and VPNs: people browse through them.
    "web_gateway": "54538 22616 53813 62044 62907 53444 55256 62654 137922 202276 396253 14600 36692 25605 203724 "
    "205272 213176",
    "vpn": "9009 16247 42973 212238 60068 136787 147049 207137 141039 39351 199218 209103 208172 397540 198605 62240",
    # Clouds and hosting.
    "microsoft": "8075 8068 8069 8070 8071 3598 6584 12076 35106 63314 58862 59067 200517 45139",
    "aws": "16509 14618 8987 7224 9059 39111 801 214101 401395 400098",
    "google_cloud": "396982 139070 139190",
    "cloudflare": "13335 209242 132892 139242 202623 203898 394536 395747 14789 400095",
    "fastly": "54113",
    "akamai": "20940 16625 12222 35994 32787 33905 34164 21342 24319 18680 31108",
    "meta": "32934 63293 54115 149642",
    "twitter": "13414 35995 63179",
    "linkedin": "14413 13443 40793 55163 197613 202745",
    "telegram": "62041 62014 59930 44907 211157",
    "oracle_cloud": "31898 54253",
    "salesforce": "14340 22606 394808 396417",
    "hosting": "16276 24940 213230 14061 393406 63949 20473 51167 40021 141995 12876 29447 60781 28753 30633 7203 19148 "
    "27411 395954 396190 396362 59253 205544 16265 32613 8560 8972 20773 34011 21499 6724 197540 214996 199524 202422 "
    "49505 50340 9123 210976 200350 210656 45102 37963 134963 136907 55990 8100 40676 36352 27357 33070 19994 36351 "
    "26496 398101 22612 46606 55293 47583 26347 36007 41436 202053 25697 54825 40509 49981 8315 31034 29222 61323 20860 "
    "35425 32244 36444 33387 19318 26666 46562 7979 29802 61317 39486 203020 207990 11878 50673 43350 16125 204770 "
    "39572 46475 53667 64267 397423 135377 57043 62563 23470 55081 132817 18978 396319 133944 "
    "11377 30081 18450 35916 8001 58065 202425 204428 50300 20738 44066 12586 33438 59432 62282 39020 35662",
}

EXACT: dict[str, tuple[str, ...]] = {
    # Exchange Online Protection: https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges
    "microsoft_mail": (
        "40.92.0.0/14",
        "40.107.0.0/16",
        "52.100.0.0/14",
        "104.47.0.0/17",
        "2a01:111:f400::/48",
        "2a01:111:f403::/48",
    ),
    # iCloud Private Relay's egress at Cloudflare and Fastly (Akamai's has its own AS number):
    # the networks of https://mask-api.icloud.com/egress-ip-ranges.csv, as RFC 8805 lists them.
    "apple_relay": (
        "104.28.0.0/16",
        "172.224.0.0/12",
        "140.248.0.0/16",
        "146.75.128.0/17",
        "2606:54c0::/32",
        "2a09:bac0::/29",
        "2a02:26f7::/32",
        "2a04:4e41::/32",
    ),
    # https://www.fastmail.help/hc/en-us/articles/1500000277382 (servers' network, announced by NYI)
    "fastmail": ("66.111.4.0/24", "64.147.123.0/24", "103.168.172.0/24"),
    # Mail gateways on rented or partly announced ranges, as they are published for allow lists and in SPF records:
    # https://campus.barracuda.com ; TXT of spf.tmes.trendmicro.com ; https://docs.sophos.com (Sophos Email, IP addresses).
    "barracuda": (
        "64.235.144.0/20", "209.222.80.0/21", "35.157.190.224/27", "35.176.92.96/27",
    ),
    "sophos": ("94.140.18.0/24", "198.154.180.0/23"),
    # Yahoo, where it announces only parts of its own blocks: https://senders.yahooinc.com
    "yahoo": (
        "66.163.160.0/19", "67.195.0.0/16", "68.142.192.0/18", "69.147.64.0/18", "72.30.0.0/16", "74.6.0.0/16",
        "76.13.0.0/16", "98.136.0.0/14", "106.10.128.0/17", "188.125.64.0/19", "212.82.96.0/19",
    ),
    "hornetsecurity": ("83.246.65.0/24", "94.100.128.0/20", "173.45.18.0/24", "185.140.204.0/22"),
    "trend_micro": (
        "150.70.0.0/16", "216.104.0.0/19", "18.208.22.64/26", "18.208.22.128/25",
        "18.185.115.0/25", "18.185.115.128/26", "13.238.202.0/25", "13.238.202.128/26",
        "18.176.203.128/25", "18.177.156.0/25", "13.213.174.128/25", "13.213.220.0/25",
    ),
    "symantec": (
        "67.219.240.0/20",
        "85.158.136.0/21",
        "117.120.16.0/21",
        "193.109.254.0/23",
        "194.106.220.0/23",
        "195.245.230.0/23",
        "216.82.240.0/20",
    ),
    "mimecast": ("146.101.78.0/24", "207.211.30.0/23", "41.74.192.0/20"),
}  # fmt: skip


def ranges(folder: Path, name: str) -> Iterator[tuple[int, int, str]]:
    """The (first, last, label) of each kept row, as integers."""
    label_of = {number: label for label, numbers in ASNS.items() for number in numbers.split()}
    with (folder / name).open(encoding="utf-8", newline="") as file:
        for first, last, number, *_ in csv.reader(file):
            if number in label_of:
                yield int(ip_address(first)), int(ip_address(last)), label_of[number]


def painted(rows: Iterable[tuple[int, int, str]], top: list[tuple[int, int, str]], shift: int) -> list[tuple[int, str]]:
    """Where the label changes: (first address >> shift, label), "" where nobody's; `top` lies over `rows`."""
    edges: dict[int, list[tuple[str, int, int]]] = {}
    for layer, many in enumerate((rows, top)):
        for first, last, label in many:
            low, high = first >> shift, (last >> shift) + 1
            edges.setdefault(low, []).append((label, layer, 1))
            edges.setdefault(high, []).append((label, layer, -1))
    open_now: dict[tuple[int, str], int] = {}
    changes: list[tuple[int, str]] = []
    for place in sorted(edges):
        for label, layer, step in edges[place]:
            open_now[layer, label] = open_now.get((layer, label), 0) + step
        label = max((key for key, count in open_now.items() if count), default=(0, ""))[1]
        if (changes[-1][1] if changes else "") != label:
            changes.append((place, label))
    return changes


def table(changes: list[tuple[int, str]], labels: list[str], width: int) -> bytes:
    """Starts as big-endian integers of `width` bytes, then one byte of label each."""
    starts = b"".join(place.to_bytes(width) for place, _ in changes)
    return starts + bytes(labels.index(label) for _, label in changes)


def main(folder: Path, relay: Path | None = None) -> None:
    exact = [(ip_network(text), label) for label, texts in EXACT.items() for text in texts]
    if relay:
        with relay.open(encoding="utf-8", newline="") as file:
            exact += [(ip_network(row[0]), "apple_relay") for row in csv.reader(file) if row]
    labels = ["", *sorted(ASNS.keys() | EXACT.keys())]
    for version, name, shift, width in ((4, "asn-ipv4.csv", 0, 4), (6, "asn-ipv6.csv", 64, 8)):
        top = [(int(n[0]), int(n[-1]), label) for n, label in exact if n.version == version]
        changes = painted(ranges(folder, name), top, shift)
        OUT.with_suffix(f".ipv{version}").write_bytes(table(changes, labels, width))
    listed = "\n".join(textwrap.wrap(" ".join(labels[1:]), 116))
    OUT.write_text(
        '"""Which networks own which addresses. Made by `python -m infra.refresh_networks`: do not edit.\n\n'
        "Holds data of RouteViews (https://www.routeviews.org), by way of ip-location-db\n"
        "(https://github.com/sapics/ip-location-db), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), reduced to\n"
        'some networks: networks.py reads them from the two files beside this one.\n"""\n\n'
        f'LABELS = """\n{listed}\n"""\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:3]))
