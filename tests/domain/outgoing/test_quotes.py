"""The signs of quoted replies: each client's is known, and nothing else is taken for one."""

import re
import time

import pytest

from chalicelib.domain.outgoing.contents import contents
from chalicelib.domain.outgoing.quotes import SIGN, is_quote_sign

SIGNS = {
    "Gmail": '<div class="gmail_quote gmail_quote_container">',
    "Gmail, the quote itself": '<blockquote class="gmail_quote" style="margin:0px">',
    "Apple Mail": '<blockquote type="cite">',
    "an old Netscape": "<BLOCKQUOTE TYPE=CITE>",
    "Thunderbird": '<div class="moz-cite-prefix">',
    "Thunderbird, forwarding": '<div class="moz-forward-container">',
    "Outlook on the web": '<div id="appendonsend"></div>',
    "new Outlook": '<div id="divRplyFwdMsg" dir="ltr">',
    "Outlook on a phone": '<div id="mail-editor-reference-message-container">',
    "Outlook, quoted by Outlook": '<div id="x_divRplyFwdMsg">',
    "Gmail, quoted by Outlook": '<div class="x_gmail_quote">',
    "Outlook for Windows": "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'>",
    "Outlook 2010 in Germany": "<div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt\r\n0cm 0cm 0cm'>",
    "Outlook for Mac": '<span id="OLK_SRC_BODY_SECTION">',
    "Yahoo": '<div id="yahoo_quoted_12" class="yahoo_quoted">',
    "Proton": '<div class="protonmail_quote">',
    "Zoho": '<div class="zmail_extra" style="">',
}


@pytest.mark.parametrize("client", SIGNS)
def test_the_quoted_part_begins_at_the_sign_of(client):
    assert contents(f"<p class=x>mine</p>{SIGNS[client]}theirs").end == len("<p class=x>mine</p>")


@pytest.mark.parametrize("before", ["title='>'", 'alt = "x=y > z" dir=ltr', "data-x='class=' "])
def test_a_sign_is_seen_behind_what_only_seems_to_end_its_tag(before):
    assert contents(f"<p>mine</p><div {before} class=gmail_quote>theirs</div>").end == len("<p>mine</p>")


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote>of somebody famous</blockquote>",
        "<p>I said gmail_quote</p>",
        "<p title='gmail_quote' class='my_gmail_quote gmail_quotes'>",
        "<!-- <div class='gmail_quote'> -->",
        "<style>.gmail_quote, blockquote[type=cite] {}</style>",
        "<img alt='<div class=gmail_quote>'>",
        "<div style='border-top:solid #E1E1E1 1.0pt'>",
        "<cite type=cite>",
        "<?x gmail_quote ?><p>",
        "<img class=gmail_quote>",
    ],
)
def test_what_only_mentions_a_sign_is_none(html):
    assert contents(html).end == len(html)


def is_sign(tag):
    name = re.match(r"<(\w+)", tag)[1]
    return is_quote_sign(tag, name, 0, len(name) + 1, len(tag))


def test_a_sign_is_told_by_its_tag_and_attributes():
    assert is_sign("<blockquote type=Cite>")
    assert not is_sign("<div type=cite>")
    assert is_sign("<div class='a gmail_quote b'>")
    assert is_sign("<div id='m_-12x_divRplyFwdMsg'>") and is_sign("<div class=ydpab12yahoo_quoted>")


@pytest.mark.parametrize("client", [client for client, sign in SIGNS.items() if sign.startswith(("<div", "<span"))])
@pytest.mark.parametrize("before", ["", " dir=ltr data-x", " title='x y' alt=\"\" ", " title = '>' alt='x=y>' "])
def test_whatever_stands_before_it_every_sign_is_looked_at(client, before):
    name, inside = re.fullmatch(r"(<\w+)([^>]+>).*", SIGNS[client], re.DOTALL).groups()
    assert re.search(SIGN, name + before + inside)
    assert not re.match(SIGN, before + "> <p" + inside)


def test_the_time_of_the_search_for_signs_grows_as_the_length_does():
    def seconds(length):
        unit = "<div a=b c d e f "
        started = time.thread_time()
        contents(unit * (length // len(unit)))
        return time.thread_time() - started

    short = min(seconds(20_000) for _ in range(5))
    assert min(seconds(160_000) for _ in range(5)) < 32 * short  # quadratic would be 64 times
