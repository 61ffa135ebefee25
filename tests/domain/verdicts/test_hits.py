"""What is kept of a hit, and what is not."""

import subprocess
import sys
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.events import EventKind, Hit
from chalicelib.domain.verdicts.hits import ALTERED, marks, observe
from chalicelib.domain.verdicts.networks import number
from chalicelib.domain.verdicts.signatures import BY_NAME
from tests.makers import CHROME, GMAIL_PROXY, GOOGLE, HOME, KEY, THUNDERBIRD, a_hit


def test_a_hit_becomes_names_and_marks():
    evidence = observe(a_hit(agent=GMAIL_PROXY, address=GOOGLE), KEY)
    assert (evidence.agent, evidence.network, evidence.device, evidence.flags) == (
        "gmail_proxy",
        "google",
        "",
        (),
    )


@given(
    st.text(max_size=200),
    st.text(max_size=60),
    st.dictionaries(st.sampled_from(["purpose", "dnt", "referer", "accept-language"]), st.text(max_size=20)),
)
def test_anything_can_be_observed_and_only_names_come_out(agent, address, headers):
    evidence = observe(Hit(EventKind.OPEN, 0.0, "GET", agent, address, headers), KEY)
    assert evidence.agent in BY_NAME
    for secret in (agent, address):
        assert len(secret) < 12 or secret not in repr(astuple(evidence))


def test_the_same_program_at_the_same_address_has_the_same_marks():
    assert marks(HOME, CHROME, KEY) == marks(f" {HOME} ", CHROME, KEY)
    evidence = observe(a_hit(agent=CHROME), KEY)
    assert (evidence.client, evidence.subnet) == marks(HOME, CHROME, KEY)


def test_two_programs_at_one_address_share_the_address_part_only():
    one, other = marks(HOME, CHROME, KEY)[0], marks(HOME, THUNDERBIRD, KEY)[0]
    assert one != other
    assert one.partition(".")[0] == other.partition(".")[0] == marks(HOME, "", KEY)[0].rstrip(".")


def test_two_addresses_of_one_neighbourhood_share_the_subnet_only():
    assert (
        marks("192.0.2.1", CHROME, KEY)[1] == marks("192.0.2.200", CHROME, KEY)[1] != marks("192.0.3.1", CHROME, KEY)[1]
    )
    assert marks("192.0.2.1", CHROME, KEY)[0] != marks("192.0.2.200", CHROME, KEY)[0]


def test_a_phones_changing_ipv6_address_stays_one_client():
    assert marks("2001:db8:1:2::a", CHROME, KEY) == marks("2001:db8:1:2:ffff::9", CHROME, KEY)


def test_marks_of_another_deployment_say_nothing():
    assert set(marks(HOME, CHROME, KEY)).isdisjoint(marks(HOME, CHROME, b"another key"))


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "", "not an address"])
def test_an_address_that_is_nobodys_leaves_no_mark(address):
    assert marks(address, CHROME, KEY) == ("", "")


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"method": "HEAD"}, "head"),
        ({"method": "OPTIONS"}, "options"),
        ({"method": "POST"}, "post"),
        ({"headers": {"sec-purpose": "prefetch;prerender"}}, "prefetch"),
        ({"headers": {"purpose": "prefetch"}}, "prefetch"),
        ({"headers": {"x-moz": "prefetch"}}, "prefetch"),
        ({"headers": {"x-native-host": "OneOutlook"}}, "native_host"),
        ({"headers": {ALTERED: "1"}}, "altered"),
        ({"headers": {"accept-language": "de"}}, "language"),
        ({"headers": {"sec-gpc": "1"}}, "privacy"),
    ],
)
def test_the_request_gives_signs(changes, flag):
    assert observe(a_hit(**changes), KEY).flags == (flag,)


def test_a_get_with_no_headers_gives_none():
    assert observe(a_hit(), KEY).flags == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("192.0.2.1", (4, 0xC0000201)),
        ("192.0.2.1:8080", (4, 0xC0000201)),
        ("::ffff:192.0.2.1", (4, 0xC0000201)),
        ("2001:db8::1", (6, 0x20010DB800000000)),
        ("[2001:db8::1]:443", (6, 0x20010DB800000000)),
        ("fe80::1%eth0", (6, 0xFE80000000000000)),
        ("1:2:3:4:5:6:7:8", (6, 0x0001000200030004)),
        ("1:2:3", (0, 0)),
        ("256.0.0.1", (0, 0)),
        ("1.2.3", (0, 0)),
        ("12345::", (0, 0)),
        ("١.٢.٣.٤", (0, 0)),
    ],
)
def test_addresses_are_read(text, value):
    assert number(text) == value


def test_the_request_path_loads_nothing_heavy_and_no_table_before_the_first_hit():
    heavy = "ipaddress json email socket datetime html urllib typing.io chalicelib.domain.verdicts.network_ranges"
    code = (
        "import sys, chalicelib.domain.verdicts.hits, chalicelib.domain.verdicts.first_guess; "
        f"print(*(name for name in {heavy.split()!r} if name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
