"""An address of the gateway stands for a real one, and never for ourselves."""

import pytest

from chalicelib.domain.mail.gateway_addresses import real_address, with_real_addresses
from tests.mails import a_mail

OURS = "t.example.org"


@pytest.mark.parametrize(
    ("given", "real"),
    [
        ("bob=example.com@t.example.org", "bob@example.com"),
        ("Bob=Example.com@T.example.org", "bob@example.com"),
        ("bob@example.com.t.example.org", "bob@example.com"),
        ("a=b=example.com@t.example.org", "a=b@example.com"),
        ("bob+tag=example.com@t.example.org", "bob+tag@example.com"),
        ("bob=example.com@other.example", None),
        ("bob@t.example.org", None),
        ("bob=@t.example.org", None),
        ("=example.com@t.example.org", None),
        ("bob=localhost@t.example.org", None),
        ("bob=t.example.org@t.example.org", None),
        ("bob=example.com=t.example.org@t.example.org", None),
        ("bob@x.t.example.org.t.example.org", None),
        ("", None),
    ],
)
def test_what_an_address_stands_for(given, real):
    assert real_address(given, OURS) == real


def test_readers_see_the_real_addresses_and_every_other_byte_as_it_was():
    raw = a_mail(
        To='"Bob" <bob=example.com@t.example.org>,\r\n dora@example.com',
        Cc="carol@example.com.T.example.org",
        Subject="to bob=example.com@t.example.org",
    )
    assert with_real_addresses(raw, OURS) == a_mail(
        To='"Bob" <bob@example.com>,\r\n dora@example.com',
        Cc="carol@example.com",
        Subject="to bob=example.com@t.example.org",
    )
