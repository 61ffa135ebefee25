"""Nothing of ours is left alive in a mail that quotes one: wherever it stands, however a program wrote it anew."""

from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.splicing import Edit, splice
from chalicelib.domain.outgoing import cleaning, footer
from tests.domain.outgoing.test_our_urls import HOME, OFFER, OLD_HOME, OURS, link, pixel

PIXEL, LINK, PAGE = pixel(), link(), pixel().replace("/o/", "/p/")
PICTURE = f'<img src="{PIXEL}" width=1 height=1 alt="">'
SAID = footer.of_page(PAGE, "en", read=True)
WRITTEN_OFFER = escape(OFFER)


def html(before: str) -> str:
    return splice(before, cleaning.of_html(before, OURS))


def text(before: str) -> str:
    return splice(before, cleaning.of_text(before, OURS))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<p>Hi{PICTURE}</p>", "<p>Hi</p>"),
        (f'<p>Hi<img alt=x src="{pixel(OLD_HOME, b"old")}"></p>', "<p>Hi</p>"),
        (f'<a href="{LINK}">offer</a>', f'<a href="{WRITTEN_OFFER}">offer</a>'),
        (f"<a href={LINK}>offer</a>", f'<a href="{WRITTEN_OFFER}">offer</a>'),
        (f"<a HREF = '{LINK}' class=x>offer</a>", f"<a HREF = '{WRITTEN_OFFER}' class=x>offer</a>"),
        (f'Hi<a href="{LINK}"></a>', "Hi"),  # a link without a word is a trap
        (f'<a href="{LINK}" data-saferedirecturl="{LINK}">x</a>', None),
        (f'<v:rect href="{LINK}"></v:rect>', f'<v:rect href="{WRITTEN_OFFER}"></v:rect>'),
        (f'<td background="{PIXEL}">x</td>', "<td>x</td>"),
        (f'<td background="{PIXEL}"class=y>x</td>', "<td class=y>x</td>"),
        (f'<p style="background:url({PIXEL})">x</p>', '<p style="background:url">x</p>'),
        (f"<!-- {LINK} -->x", f"<!-- {OFFER} -->x"),
        (f"<style>p {{ background: url({PIXEL}) }}</style>", "<style>p { background: url }</style>"),
        (f"<p>see {escape(LINK)}</p>", f"<p>see {WRITTEN_OFFER}</p>"),
        (f"<p>see &lt;{LINK}&gt;</p>", f"<p>see &lt;{WRITTEN_OFFER}&gt;</p>"),
        (f"<p>see &lt;{PIXEL}&gt;</p>", "<p>see </p>"),
        (f"<p>Hi</p>{SAID}{PICTURE}", "<p>Hi</p>"),
    ],
)
def test_in_a_page(before, after):
    cleaned = html(before)
    assert not OURS.mentioned(cleaned) and HOME not in unescape(cleaned)
    assert after is None or cleaned == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"See {LINK}.", f"See {OFFER}."),
        (f"See <{LINK}>", f"See <{OFFER}>"),
        (f"> > See {LINK}\n> Bob", f"> > See {OFFER}\n> Bob"),
        (f"Hi [{PIXEL}] Bob", "Hi  Bob"),
        (f"Hi <{PIXEL}>", "Hi "),
        (f"{LINK[:60]}\n{LINK[60:]} and so on", f"{OFFER} and so on"),
        (f"> {LINK[:50]}\r\n> {LINK[50:90]}\r\n> {LINK[90:]}\r\n> Bob", f"> {OFFER}\r\n> Bob"),
    ],
)
def test_in_a_text(before, after):
    assert text(before) == after


def test_a_line_of_the_senders_own_about_tracking_stays():
    assert html("<p>Hi</p><p>This mail is tracked by nobody.</p>") == "<p>Hi</p><p>This mail is tracked by nobody.</p>"
    own = f'<p>The <a href="{PAGE}">page about it</a> is gone.</p>'
    assert "The " in html(own) and HOME not in html(own)


@pytest.mark.parametrize("mail", ["", "<p>Dear Bob</p>", f'<a href="{OFFER}">offer</a>', f"<p>{HOME}/about</p>"])
def test_what_is_not_ours_stays_as_it_is(mail):
    assert cleaning.of_html(mail, OURS) == cleaning.of_text(mail, OURS) == []


PIECES = st.sampled_from(
    [
        *(
            LINK,
            PIXEL,
            PAGE,
            PICTURE,
            SAID,
            OFFER,
            LINK[:70],
            LINK[70:],
            f'<a href="{LINK}">',
            "</a>",
            "<td background=",
        ),
        *("<p>", "</p>", "<p title='", "'>", ">", "<!--", "-->", "Dear Bob ", "\n> ", '"', "&lt;", " "),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_edits_stand_in_order_and_say_what_they_replace(mail):
    for edits in (cleaning.of_html(mail, OURS), cleaning.of_text(mail, OURS)):
        position = 0
        for edit in edits:
            assert isinstance(edit, Edit) and position <= edit.start < edit.end
            assert mail[edit.start : edit.end] == edit.before
            position = edit.end


@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_page_of_ours_is_loaded_or_followed_from_what_was_cleaned(mail):
    assert cleaning.of_html(html(mail), OURS) == [], "once is enough"
