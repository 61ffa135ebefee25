"""What of ours a mail holds, however it was wrapped on its way."""

from base64 import b64encode
from urllib.parse import quote

import pytest

from chalicelib.domain.incoming.quoted_tokens import claims, copies
from chalicelib.domain.incoming.received import Mail
from chalicelib.domain.mail.addresses import CopyId, reply_address
from chalicelib.domain.tokens import Claim, TokenKind, mint
from tests.mails import a_mail
from tests.makers import SENT
from tests.replies import a_bounce_notice

SECRETS = (b"a secret",)
LINK = Claim(TokenKind.LINK, "0199aa00000070008000000000000001", 2, int(SENT), 0, "https://example.com/?a=1&b=__2__")
URL = f"https://t.example.com/c/{mint(LINK, SECRETS)}"


def by_defense(url: str) -> str:
    """A URL as the second version of Proofpoint's URL Defense writes it."""
    coded = quote(url, safe="").replace("-", "%2D").replace("_", "%5F").replace("%2F", "_").replace("%", "-")
    return f"https://urldefense.proofpoint.com/v2/url?u={coded}&d=DwMFaQ"


def by_safe_links(url: str) -> str:
    return f"https://nam02.safelinks.protection.outlook.com/?url={quote(url, safe='')}&data=05%7C02"


def by_defense_3(url: str) -> str:
    return f"https://urldefense.com/v3/__{url}__;!!AbC-_d!x_yz$"


def by_sophos(url: str) -> str:
    return f"https://eu-west-1.protection.sophos.com/?d=example.com&u={b64encode(url.encode()).decode()}&i=NWY1&t=c2s="


def by_check_point(url: str) -> str:
    return f"https://protect.checkpoint.com/v2/r01/___{url}___.YXAzOmV4YW1wbGU6YTpvOmRk"


def over_lines(url: str) -> str:
    return "> " + "\r\n> ".join(url[at : at + 70] for at in range(0, len(url), 70))


@pytest.mark.parametrize(
    "written",
    [
        URL,
        by_sophos(URL),
        by_sophos(by_safe_links(URL)),
        by_safe_links(by_sophos(URL)),
        by_check_point(URL),
        over_lines(by_safe_links(URL)),
        over_lines(by_sophos(URL)),
        URL.replace("/", "&#x2F;"),
        by_defense(URL),
        by_defense_3(URL),
        by_safe_links(URL),
        by_safe_links(by_safe_links(URL)),
        by_safe_links(by_defense_3(URL)),
        by_defense(by_safe_links(URL)),
        f"> see {URL[:60]}\r\n> {URL[60:]}\r\n> Best",
        f"> > {URL[:60]}\r\n>> {URL[60:90]}\r\n> > {URL[90:]}",
        f"{URL[:70]}\r\n{URL[70:]}\r\nRegards",
        f"https://t.example.com/c/{''.join(f'%{ord(letter):02X}' for letter in mint(LINK, SECRETS))}",
    ],
)
def test_a_token_is_found_in_its_wrapper(written):
    (found,) = claims(Mail(a_mail(f"Dear Ann, {written}\r\n", "text/plain")), SECRETS)
    assert (found.message, found.recipient) == (LINK.message, LINK.recipient)


def test_one_that_we_did_not_sign_says_nothing():
    assert claims(Mail(a_mail(by_safe_links(URL))), (b"another",)) == ()


def test_a_notice_names_the_copies_whose_reply_addresses_it_gives_back():
    copy = CopyId(LINK.message, 1)
    address = reply_address(copy, "t.example.com", SECRETS)
    raw = a_bounce_notice("failed", "5.1.1", f"Reply-To: Ann <{address}>\r\n").replace(
        b"message/rfc822", b"text/rfc822-headers"
    )
    assert copies(Mail(raw), SECRETS) == (copy,)
    assert copies(Mail(raw), (b"another",)) == ()
