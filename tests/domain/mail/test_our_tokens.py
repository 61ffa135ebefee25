"""What may be a token of ours is found in a URL and in a text alike, whatever was wrapped around it."""

from urllib.parse import quote

import pytest

from chalicelib.domain.mail.our_tokens import in_text, in_url
from chalicelib.domain.tokens import Claim, TokenKind, mint
from tests.makers import SENT

LINK = Claim(TokenKind.LINK, "0199aa00000070008000000000000001", 2, int(SENT), 0, "https://example.com/?a=1&b=__2__")
TOKEN = mint(LINK, (b"a secret",))
URL = f"https://t.example.com/c/{TOKEN}"
DEFENSE = quote(URL, safe="").replace("-", "%2D").replace("_", "%5F").replace("%2F", "_").replace("%", "-")
WRAPPED = [
    URL,
    f"https://urldefense.proofpoint.com/v2/url?u={DEFENSE}&d=DwMFaQ",
    f"https://urldefense.com/v3/__{URL}__;!!AbC-_d!x_yz$",
    f"https://nam02.safelinks.protection.outlook.com/?url={quote(URL, safe='')}&data=05%7C02",
    "https://a.example/?u=" + quote(f"https://b.example/?u={quote(URL, safe='')}", safe=""),
    f"https://lh3.example/proxy=s0-d-e1#{URL}",
    f"{URL[:60]}=\r\n{URL[60:]}",
]


@pytest.mark.parametrize("url", WRAPPED)
def test_a_token_is_found_in_a_url_and_in_a_text_that_holds_it(url):
    assert (TokenKind.LINK, TOKEN) in {(found.kind, each) for found in in_url(url) for each in found.spellings}
    assert (TokenKind.LINK, TOKEN) in set(in_text(f"> see <{url}>\r\n> Best"))


def test_what_stands_before_it_tells_on_which_host_it_stands():
    (found,) = in_url(URL)
    assert (found.before, found.spellings[0]) == ("https://t.example.com", TOKEN)


def test_a_url_is_not_tried_for_ever():
    assert len(list(in_url(f"https://example.com{'/c/' + 'A' * 30}" * 100))) == 20


@pytest.mark.parametrize("text", ["", "https://example.com/c/short", "/x/" + "A" * 40, "/o/" + "=" * 40])
def test_what_can_be_none_is_not_found(text):
    assert list(in_text(text)) == []
    assert list(in_url(text)) == []
