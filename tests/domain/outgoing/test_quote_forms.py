"""What some eighty mail programs make of a mail that they quote: nothing of ours lives on in it, and what is theirs stays."""

from base64 import b64encode
from html import escape
from urllib.parse import quote

import pytest

from chalicelib.domain.outgoing import plain_text
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.outgoing.rewriting import links
from chalicelib.domain.tokens import Claim, TokenKind, mint
from tests.bench.rewriting import QUOTES
from tests.rewriting import rewrite, undo

FORMS = {path.stem: path.read_text("utf-8").rstrip() for path in sorted(QUOTES.glob("*.html"))}
HOST = "https://t.example.org"
OURS = Ours(HOST, (b"today's", b"yesterday's"))
MESSAGE = "019a3d5c00007000800000000000beef"


def old(kind: TokenKind, destination: str = "", secret: bytes = b"yesterday's") -> str:
    link = None if kind is not TokenKind.LINK else 0
    return f"{HOST}/{kind}/{mint(Claim(kind, MESSAGE, 0, 1_770_000_000, link, destination), (secret,))}"


def safe_link(url: str) -> str:
    return f"https://eur01.safelinks.protection.outlook.com/?url={quote(url, safe='')}&data=05%7C02%7Cann&reserved=0"


def proofpoint_2(url: str) -> str:
    coded = quote(url, safe="/:").replace("-", "-2D").replace("_", "-5F").replace(":", "-3A").replace("/", "_")
    return f"https://urldefense.proofpoint.com/v2/url?u={coded.replace('%', '-')}&d=DwMFaQ&c=x&r=y&m=z&s=q&e="


def proofpoint_3(url: str) -> str:
    return f"https://urldefense.com/v3/__{url}__;!!AbC-d_e!xyz$"


def sophos(url: str) -> str:
    return f"https://eu-west-1.protection.sophos.com/?d=example.org&u={b64encode(url.encode()).decode()}&i=NWY1&t=c2s="


WRAPPERS = {
    "as it was": lambda url: url,
    "Safe Links": safe_link,
    "Safe Links twice": lambda url: safe_link(safe_link(url)),
    "Proofpoint 2": proofpoint_2,
    "Proofpoint 3": proofpoint_3,
    "Proofpoint 2 in Safe Links": lambda url: safe_link(proofpoint_2(url)),
    "Sophos": sophos,
    "Sophos in Safe Links": lambda url: safe_link(sophos(url)),
    "Google": lambda url: f"https://www.google.com/url?q={quote(url, safe='')}&source=gmail&ust=177",
}
OFFER = "https://shop.example/offer_?a=1&b=%2F"
THEIRS = "<p>As said: <a href='https://theirs.example/page'>our page</a></p>"


def our_mail(wrapped) -> str:
    """A mail of ours as it comes back, with what clients and scanners did to it."""
    link = wrapped(old(TokenKind.LINK, OFFER))
    return (
        f"<div><a href='{escape(link)}' originalsrc='{old(TokenKind.LINK, OFFER)}'>our offer</a>"
        f"<a href='{old(TokenKind.LINK, OFFER)}' tabindex='-1' aria-hidden='true'></a>"
        f"<img src='https://ci3.googleusercontent.com/meips/AB12=s0-d-e1-ft#{old(TokenKind.PIXEL)}' width='1' height='1'>"
        f"<img width=1 src={old(TokenKind.PIXEL)}></div>"
    )


def reply(form: str, theirs: str) -> str:
    quoted = FORMS[form].replace("THEIRS", theirs)
    return f"<html><body><div>My answer is <a href='https://mine.example/'>over there</a>.</div>{quoted}</body></html>"


def sent(html: str, pixel: bool = True) -> str:
    done = rewrite(
        html,
        pixel_url="https://t.example.org/o/new" if pixel else None,
        tracked_url=(lambda index, _: f"https://t.example.org/c/new{index}") if pixel else (lambda *_: None),
        ours=OURS,
    )
    assert undo(done) == html
    return done.html


def test_there_are_enough_of_them():
    assert len(FORMS) >= 41


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_the_quoted_mail_is_live_whoever_gets_the_answer(form, wrapper):
    html = reply(form, our_mail(WRAPPERS[wrapper]))
    for pixel in (True, False):
        done = sent(html, pixel)
        assert MESSAGE_PART not in done and "/o/A" not in done
        assert f'href="{escape(OFFER)}"' in done.replace("'", '"')


MESSAGE_PART = old(TokenKind.PIXEL).partition("/o/")[2][:20]


@pytest.mark.parametrize("form", FORMS)
def test_the_quoted_persons_own_links_are_left_alone(form):
    html = reply(form, THEIRS)
    assert links(html, ours=OURS) == ("https://mine.example/",)
    done = sent(html)
    assert "<a href='https://theirs.example/page'>" in done
    assert done.index("/o/new") < done.index("theirs.example")


OWN_ABOVE = {
    "a colon in each line": "<div>Hi Bob:<br>Prices: <a href='https://mine.example/'>over there</a><br>Tel: 030 1234</div>",
    "a time": "<p>We meet at 9:30: <a href='https://mine.example/'>the room</a>.</p><p>Ann<br>Phone: +49 30 12</p>",
    "an address": "<div>See <a href='https://mine.example/'>this</a>.</div><div>-- <br>Ann<br>E-mail: ann@sender.example</div>",
}


@pytest.mark.parametrize("above", OWN_ABOVE)
@pytest.mark.parametrize("form", FORMS)
def test_what_the_sender_wrote_above_it_is_theirs(form, above):
    html = f"<html><body>{OWN_ABOVE[above]}{FORMS[form].replace('THEIRS', THEIRS)}</body></html>"
    assert links(html, ours=OURS) == ("https://mine.example/",)


OWN_WORDS = {
    "a quotation": "<p>As Goethe wrote:</p><blockquote>Where is the light?</blockquote>",
    "a journey": "<p>From: Berlin<br>To: Paris<br>Date: 2 November 2026 9:14<br>Seat: 12</p>",
    "a journey with a subject": "<p>From: Berlin<br>To: Paris<br>Subject: our trip at 9:14</p>",
    "a desk's line": "<p>##- Please type your reply above this line -##</p><p>2 November 2026, 9:14</p>",
    "a meeting": "<p>When: 2 November 2026, 9:14<br>Where: Room 2<br>Questions: bob@example.com</p>",
    "hours": "<p>We are open from 9:00 to 17:30. Our address:</p><div>1 Road</div>",
    "a signature": "<p>Ann<br>Phone: +49 30 1234<br>E-mail: ann@example.com<br>Web: ann.example</p><hr>",
    "a colon and a list": "<p>On 2 November 2026 at 9:14 we agreed on this:</p><ul><li>one</li></ul>",
    "a style": "<style>a { width: 1:10 }</style><div class='quote reply'>“The best!”</div>",
}


@pytest.mark.parametrize("words", OWN_WORDS)
def test_what_the_sender_says_is_no_quotation_for_that(words):
    html = f"{OWN_WORDS[words]}<p><a href='https://mine.example/'>more</a></p>"
    assert links(html, ours=OURS) == ("https://mine.example/",)


def test_a_link_whose_secret_is_gone_still_becomes_its_destination_and_is_never_signed_anew():
    html = f"<a href='{old(TokenKind.LINK, OFFER, b'lost')}'>our offer</a><img src='{old(TokenKind.PIXEL, secret=b'lost')}'>"
    assert links(html, ours=OURS) == ()
    assert sent(html, pixel=False) == f"<a href='{escape(OFFER)}'>our offer</a>"


def test_the_line_that_told_of_the_other_mail_goes_with_its_link():
    told = rewrite("x", pixel_url=None, tracked_url=lambda *_: None, page_url=old(TokenKind.PAGE)).html
    assert sent(f"<p>a</p>{told}<p>b</p>", pixel=False) == "<p>a</p>x<p>b</p>"


def test_what_is_ours_is_found_in_styles_comments_and_the_text_itself():
    html = (
        f"<div style=\"background:url('{old(TokenKind.PIXEL)}')\">See {old(TokenKind.LINK, OFFER)}.</div>"
        f"<!--[if mso]><v:rect href='{old(TokenKind.LINK, OFFER)}'>x</v:rect><![endif]-->[{old(TokenKind.PIXEL)}]"
    )
    assert sent(html, pixel=False) == (
        f'<div style="background:url(&#x27;&#x27;)">See {escape(OFFER)}.</div>'
        f"<!--[if mso]><v:rect href='{escape(OFFER)}'>x</v:rect><![endif]-->"
    )


IN_APPS = {
    "Outlook on a phone": "ms-outlook://emails/open?url={coded}",
    "Outlook on a phone, its scheme for ours": "ms-outlook://{bare}",
    "Outlook on a phone, a body": "ms-outlook://compose?body=see%20{coded}",
    "Gmail on an iPhone": "googlegmail:///co?subject=x&body={coded}",
    "Chrome on an iPhone": "googlechromes://{bare}",
    "Firefox on an iPhone": "firefox://open-url?url={coded}",
    "Edge on an iPhone": "microsoft-edge-https://{bare}",
    "Android": "intent://{bare}#Intent;scheme=https;S.browser_fallback_url={coded};end",
    "Spark": "readdle-spark://openurl?url={coded}",
    "Teams": "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={coded}",
    "Outlook for the government": "https://gcc02.safelinks.protection.outlook.com/ap/b-59584e83/?url={coded}&data=05",
    "Outlook on the web": "https://outlook.office.com/mail/safelink.html?url={coded}&corid=x",
}


@pytest.mark.parametrize("app", IN_APPS)
def test_a_link_that_an_app_wrapped_in_its_own_leads_where_ours_led(app):
    url = old(TokenKind.LINK, OFFER)
    wrapped = IN_APPS[app].format(coded=quote(url, safe=""), bare=url.partition("://")[2])
    html = f"<div class=gmail_quote><a href='{escape(wrapped)}'>our offer</a> {escape(wrapped)}</div>"
    assert sent(html, pixel=False) == (
        f"<div class=gmail_quote><a href='{escape(OFFER)}'>our offer</a> {escape(OFFER)}</div>"
    )
    text = plain_text.read(f"> see {wrapped} .", ours=OURS)
    assert [edit.after for edit in plain_text.changed(text, None).edits] == [OFFER]


def test_an_apps_own_link_stays():
    html = "<a href='ms-outlook://emails/inbox'>my inbox</a> intent://scan/#Intent;scheme=zxing;end"
    assert sent(html, pixel=False) == html


@pytest.mark.parametrize("form", ["<p>{}</p>", "<p>My answer.</p><div class=gmail_quote>{}</div>"])
def test_what_a_filter_coded_is_found_where_nothing_else_is_ours(form):
    picture = "https://proxy.imgsmail.ru/?email=ann%40mail.example&e=1&h=x&url171=" + b64encode(
        old(TokenKind.PIXEL).encode()
    ).decode().rstrip("=")
    html = form.format(
        f"<a href='{escape(sophos(old(TokenKind.LINK, OFFER)))}'>our offer</a><img src='{escape(picture)}'>"
    )
    done = sent(html, pixel=False)
    assert f'href="{escape(OFFER)}"' in done.replace("'", '"')
    assert "imgsmail" not in done and "sophos" not in done
