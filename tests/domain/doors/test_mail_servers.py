"""Mail servers as owners and senders write them."""

import pytest

from chalicelib.domain.doors.mail_servers import Server, by_domain, incoming, server
from chalicelib.domain.errors import BadInput


@pytest.mark.parametrize(
    ("written", "found", "from_the_start"),
    [
        ("imap.example.com", Server("imap.example.com", 993), True),
        (" IMAP.Example.com:143 ", Server("imap.example.com", 143), False),
        ("localhost:2525", Server("localhost", 2525), False),
        ("smtp.example.com:465", Server("smtp.example.com", 465), True),
    ],
)
def test_a_server_is_a_host_and_perhaps_a_port(written, found, from_the_start):
    assert server(written, 993) == found and found.tls_from_the_start is from_the_start


@pytest.mark.parametrize(
    "written",
    [
        "",
        ":993",
        "a b",
        "imap.example.com:",
        "imap.example.com:0",
        "imap.example.com:65536",
        "x<y>",
        "-a.com",
        "a..b",
        "a:b:c",
    ],
)
def test_what_is_none_is_told_with_its_field(written):
    with pytest.raises(BadInput) as told:
        server(written, 993, "server")
    assert told.value.field == "server"


def test_owners_list_the_servers_of_their_domains():
    listed = by_domain("Example.com=imap.example.com, example.org = mail.example.org:143,")
    assert listed == {"example.com": Server("imap.example.com", 993), "example.org": Server("mail.example.org", 143)}
    assert by_domain("") == {}
    with pytest.raises(BadInput):
        by_domain("example.com")


def test_what_the_owner_says_goes_before_what_is_known_of_a_provider():
    own = {"gmail.com": Server("imap.ours.example", 993)}
    assert incoming("ann@gmail.com", {}) == Server("imap.gmail.com", 993)
    assert incoming("ann@Gmail.com", own) == Server("imap.ours.example", 993)
    assert incoming("ann@nowhere.example", own) is None
