"""Where a webhook may lead: to https on public names and addresses, and to nothing that stands inside a network."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import BadInput
from chalicelib.domain.webhook_targets import LONGEST, loops_back, public, target

PUBLIC = ["93.184.216.34", "8.8.8.8", "1.1.1.1", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001::200e"]
NOT_PUBLIC = [
    *("0.0.0.0", "0.1.2.3"),  # this host, this network
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd00:ec2::254"),  # private
    *("127.0.0.1", "127.255.255.254", "::1"),  # loopback
    *("169.254.169.254", "169.254.170.2", "fe80::1", "fe80::1%eth0"),  # link-local: cloud metadata
    *("100.64.0.1", "100.127.255.255"),  # carrier-grade NAT
    *("192.0.0.192", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "2001:db8::1", "3fff::1"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "ff02::1"),  # multicast, reserved, broadcast
    *("::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:93.184.216.34", "::ffff:169.254.169.254"),  # mapped
    *("64:ff9b::a9fe:a9fe", "64:ff9b::5db8:d822", "64:ff9b:1::a00:1"),  # NAT64
    *("2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:7f00:1::", "192.88.99.1"),  # 6to4, Teredo
    *("100::1", "5f00::1", "fec0::1", "4000::1"),  # discard, SRv6, site-local, what nobody was given
]


def refusal(url: str, *, loopback: bool = False) -> str:
    with pytest.raises(BadInput) as refused:
        target(url, loopback=loopback)
    assert refused.value.field == "url"
    return refused.value.sentence


# -- Addresses


@pytest.mark.parametrize("address", PUBLIC)
def test_a_global_unicast_address_is_public(address):
    assert public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_other_address_is(address):
    assert not public(address)


@given(st.integers(0, 2**32 - 1).map(lambda number: str(ipaddress.IPv4Address(number))) | st.ip_addresses().map(str))
def test_what_is_public_is_so_by_pythons_own_list_too(address):
    found = ipaddress.ip_address(address)
    if public(address):
        assert found.is_global and not found.is_multicast and not found.is_private


@given(st.ip_addresses(v=4))
def test_no_form_of_an_ipv4_address_in_ipv6_is_public(address):
    number = int(address)
    for embedded in (0xFFFF << 32 | number, number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert not public(str(ipaddress.IPv6Address(embedded)))


def test_what_is_not_an_address_is_no_question_to_ask():
    with pytest.raises(ValueError, match="does not appear to be"):
        public("hooks.example.com")


# -- URLs


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://hooks.example.com", (True, "hooks.example.com", 443, "/", "hooks.example.com")),
        ("https://hooks.example.com/a/b?c=d&e", (True, "hooks.example.com", 443, "/a/b?c=d&e", "hooks.example.com")),
        ("https://hooks.example.com?c=d", (True, "hooks.example.com", 443, "/?c=d", "hooks.example.com")),
        ("https://Hooks.Example.com:8443/", (True, "Hooks.Example.com", 8443, "/", "Hooks.Example.com:8443")),
        ("https://xn--bcher-kva.example/", (True, "xn--bcher-kva.example", 443, "/", "xn--bcher-kva.example")),
        ("https://93.184.216.34/", (True, "93.184.216.34", 443, "/", "93.184.216.34")),
        ("https://[2606:4700::1]:443/", (True, "2606:4700::1", 443, "/", "[2606:4700::1]:443")),
    ],
)
def test_an_https_url_is_taken_apart(url, parts):
    found = target(url, loopback=False)
    assert (found.secure, found.host, found.port, found.path, found.authority) == parts


@pytest.mark.parametrize(
    "url",
    [
        *("", "hooks.example.com", "//hooks.example.com/", "ftp://hooks.example.com/", "HTTPS://hooks.example.com/"),
        *("https://", "https:///", "https://?", "https:hooks.example.com", "javascript:alert(1)", "file:///etc/passwd"),
        *("https://user@hooks.example.com/", "https://user:secret@hooks.example.com/", "https://a@b@c.example/"),
        *("https://hooks.example.com/#part", "https://hooks.example.com#@10.0.0.1/", "https://hooks.example.com/ "),
        *("https://hooks.example.com/\r\nX-Evil: 1", "https://hooks.example.com/\n", "https://hooks.example.com/a b"),
        *("https://hooks.example.com\\@10.0.0.1/", "https://hooks.example.com/\x00", "https://bücher.example/"),
        *(
            "https://hooks.example.com/é",
            "https://%31%30.0.0.1/",
            "https://hooks.example.com:/",
            "https://h.example:a/",
        ),
        f"https://hooks.example.com/{'a' * LONGEST}",
    ],
)
def test_what_is_no_plain_https_url_is_refused(url):
    assert refusal(url).startswith("A webhook is an https URL") or refusal(url).startswith("A webhook's host")


def test_plain_http_is_refused():
    assert refusal("http://hooks.example.com/") == "A webhook's URL must begin with https://."


@pytest.mark.parametrize(
    "host",
    [
        *(f"[{each}]" if ":" in each else each for each in NOT_PUBLIC if "%" not in each),
        *("localhost", "LOCALHOST", "intranet", "metadata", "hooks.example.com.", ".example.com", "hooks..example.com"),
        *("2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "10.1", "1.2.3.4.5", "example.123"),
        *("-a.example", "a-.example", f"{'a' * 64}.example", ".".join(["a" * 60] * 5) + ".example"),
    ],
)
def test_a_host_that_is_no_public_one_is_refused(host):
    assert refusal(f"https://{host}/") == "A webhook's host must be a public name or a public address."


@pytest.mark.parametrize("port", [0, 22, 25, 80, 1023, 65_536, 99_999])
def test_a_port_that_belongs_to_another_protocol_is_refused(port):
    assert refusal(f"https://hooks.example.com:{port}/") == "A webhook's port is 443, or one from 1024 to 65535."


# -- This machine


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("http://127.0.0.1:9000/in", "127.0.0.1", 9000),
        ("http://localhost/in", "localhost", 80),
        ("https://localhost/in", "localhost", 443),
        ("http://[::1]:9000/in", "::1", 9000),
    ],
)
def test_this_machine_is_allowed_where_the_setting_says_so(url, host, port):
    found = target(url, loopback=True)
    assert (found.host, found.port, found.path) == (host, port, "/in")
    refusal(url)


@pytest.mark.parametrize(
    "url", ["http://hooks.example.com/", "http://10.0.0.1/", "https://10.0.0.1/", "http://0.0.0.0/"]
)
def test_the_setting_allows_nothing_else(url):
    refusal(url, loopback=True)


def test_loopback_is_what_is_said_so():
    assert loops_back("127.0.0.1") and loops_back("::1") and not loops_back("10.0.0.1")
