"""What is ours in a mail: by its signature on whatever host, or by our own host; and where it leads at last."""

from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.tokens import Claim, TokenKind, url_of

HOME, OLD_HOME = "https://t.example", "https://old.example"
OURS = Ours(HOME, (b"new", b"old"))
OFFER = "https://example.com/offer?a=1"
MESSAGE = "0192" * 8


def pixel(home: str = HOME, secret: bytes = b"new") -> str:
    return url_of(Claim(TokenKind.PIXEL, MESSAGE, 0, 1_790_000_000), home, (secret,))


def link(to: str = OFFER, home: str = HOME, secret: bytes = b"new") -> str:
    return url_of(Claim(TokenKind.LINK, MESSAGE, 0, 1_790_000_000, 0, to), home, (secret,))


def test_a_link_leads_where_it_says_and_a_pixel_nowhere():
    assert (OURS(link()), OURS(pixel())) == (OFFER, "")


def test_what_one_of_our_secrets_signed_is_ours_on_any_host():
    assert OURS(link(home=OLD_HOME, secret=b"old")) == OFFER
    assert OURS.signed(link(home=OLD_HOME, secret=b"another's")) is None


def test_what_stands_on_our_host_is_ours_though_its_secret_is_gone():
    gone = link(secret=b"of long ago")
    assert OURS.signed(gone) is None and OURS(gone) == OFFER
    assert OURS(link("ftp://example.com/", secret=b"of long ago")) == "", "what would never be signed is not followed"
    assert OURS(pixel(secret=b"of long ago")) == ""


def test_a_link_to_a_link_of_ours_is_followed_to_the_end():
    assert OURS(link(link(link()))) == OFFER


def test_anybody_elses_url_is_not_ours():
    for url in (OFFER, f"{HOME}/about", "https://example.com/c/AaIAJOENct2oIeV58UsEVwAAawIVuvfDE7ti87td", ""):
        assert OURS(url) is None


def test_a_text_that_may_hold_something_of_ours_is_known_quickly():
    assert OURS.mentioned(f"see {link()}") and OURS.named(link(home=OLD_HOME, secret=b"another's"))
    assert not OURS.mentioned("Dear Bob, see https://example.com/offer. Ann")
