"""Whose network an address is."""

import re
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.verdicts import network_ranges
from chalicelib.domain.verdicts.networks import CLOUDS, MAIL_PROVIDERS, PLATFORMS, SECURITY, network_of, number


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("66.249.84.33", "google"),
        ("74.125.210.1", "google"),
        ("40.94.89.70", "microsoft_mail"),
        ("104.47.10.1", "microsoft_mail"),
        ("20.1.1.1", "microsoft"),
        ("172.226.188.13", "apple_relay"),
        ("104.28.60.9", "apple_relay"),
        ("17.58.1.1", "apple"),
        ("98.136.1.1", "yahoo"),
        ("209.222.80.1", "barracuda"),
        ("67.231.144.1", "proofpoint"),
        ("91.220.42.1", "mimecast"),
        ("68.232.128.1", "cisco"),
        ("165.225.1.1", "web_gateway"),
        ("3.91.10.20", "aws"),
        ("185.70.40.1", "proton"),
        ("2a02:26f7::1", "apple_relay"),
        ("2607:f8b0::1", "google"),
        ("198.51.100.7", ""),
        ("93.184.216.34", ""),
        ("", ""),
        ("0.0.0.0", ""),
        ("255.255.255.255", ""),
    ],
)
def test_known_addresses_have_their_owner(address, name):
    assert network_of(*number(address)) == name


def test_every_kind_of_network_is_in_the_table():
    assert set(network_ranges.LABELS.split()) >= SECURITY | CLOUDS | MAIL_PROVIDERS | PLATFORMS


@given(st.ip_addresses())
def test_addresses_are_read_as_the_standard_library_reads_them(address):
    expected = (4, int(address)) if address.version == 4 else (6, int(address) >> 64)
    if address.version == 6 and address.ipv4_mapped:
        expected = (4, int(address.ipv4_mapped))
    assert number(str(ip_address(address))) == expected


def test_the_shipped_table_names_its_licence_and_stays_small():
    path = Path(network_ranges.__file__)
    assert re.search("CC BY 4.0", path.read_text(encoding="utf-8"))
    assert sum(part.stat().st_size for part in path.parent.glob("network_ranges.*")) < 400_000


@pytest.mark.parametrize(("version", "most"), [(4, 2**32 - 1), (6, 2**64 - 1)])
def test_every_address_has_a_place_in_the_table(version, most):
    known = {"", *network_ranges.LABELS.split()}
    assert {network_of(version, most * step // 1_000) for step in range(1_001)} <= known
    assert network_of(version, 0) == network_of(version, most) == ""
