"""Rewriting: the right links, one pixel in the right place, and every other character as it was."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.outgoing.destinations import LONGEST
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.outgoing.rewriting import MOST_LINKS, links
from chalicelib.domain.tokens import Claim, TokenKind, mint
from tests.bench import rewriting_oracle as oracle
from tests.bench.rewriting import MAILS, text_of
from tests.rewriting import rewrite, undo

HERE = "https://t.example/"
PIXEL = '<img src="https://t.example/o/P" width="1" height="1" alt="">'

PIECES = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "text",
    " ",
    "&nbsp;",
    "<br/>",
    "a < b",
    "<table><tr><td>",
    "</table>",
    "</div>",
]
PIECES += ["<a href=http://x.example/a>x</a>", "<a href='https://y.example/?a=1&amp;b&copy=3'>y</a>", "<a name=x>z</a>"]
PIECES += ['<a\nhref = " http://ü.example/ü\n">u</a>', "<a href=http://x.example>www.x.example</a>", "<a href>e</a>"]
PIECES += [
    "<a notrack href=http://o.example/>o</a>",
    "<a href=mailto:a@b.example>m</a>",
    "<area href=http://m.example>",
]
PIECES += ["<!--[if mso]><v:rect href='http://v.example'>v</v:rect><![endif]-->", "<!-- <a href=http://n.example> -->"]
PIECES += [
    "<img alt=\"<a href='http://n.example/'>\">",
    "<![if !mso]>",
    "<style>a > b {}</style>",
]
PIECES += ["<div class=gmail_quote>", "<blockquote type=cite>", "<a href=https://t.tracking.example/c/old>w</a>"]
ENDS = ["", "</body>", "</body>\n</html>\n", "</html>-- \nlist footer"]
soup = st.tuples(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(ENDS)).map("".join)


OURS = Ours("https://t.example", (b"new", b"old"))


def token(kind=TokenKind.PIXEL, destination="", secret=b"old"):
    """A token of another mail."""
    link = None if kind is not TokenKind.LINK else 3
    return mint(Claim(kind, "019a3d5c00007000800000000000beef", 0, 1_770_000_000, link, destination), (secret,))


def link_to(destination, secret=b"old"):
    return f"{HERE}c/{token(TokenKind.LINK, destination, secret)}"


OLD_PIXEL = f"{HERE}o/{token()}"


def tracked(index, destination):
    return f"{HERE}c/{index}"


def rewritten(html, **changes):
    return rewrite(html, **{"pixel_url": None, "tracked_url": tracked, "ours": OURS, **changes})


def with_pixel(html):
    return rewritten(html, pixel_url=f"{HERE}o/P").html


def test_a_link_gets_its_tracked_url_and_the_mail_its_pixel():
    html = "<html><body><p>Hi <a href='https://x.example/'>Bob</a></p></body></html>"
    assert with_pixel(html) == f"<html><body><p>Hi <a href='https://t.example/c/0'>Bob</a></p>{PIXEL}</body></html>"


def test_links_have_their_index_in_order_of_position_and_the_same_url_twice_is_two_links():
    html = "<a href=http://x.example>x</a><a href=http://y.example>y</a><a href=http://x.example>x</a>"
    found = rewritten(html)
    assert found.links == ("http://x.example", "http://y.example", "http://x.example") == links(html, ours=OURS)
    assert found.html == "".join(f'<a href="https://t.example/c/{i}">{name}</a>' for i, name in enumerate("xyx"))


def test_a_destination_is_what_the_browser_would_have_requested():
    html = '<a href=" http://x.example/?a=1&amp;b=%2F&copy=2#f\n">x</a>'
    assert links(html) == ("http://x.example/?a=1&b=%2F&copy=2#f",)


def test_what_is_put_in_is_escaped():
    url = "https://t.example/?a=1&b=\"'<>"
    found = rewrite("<a href=http://x.example>x</a>", pixel_url=url, tracked_url=lambda i, d: url)
    escaped = "https://t.example/?a=1&amp;b=&quot;&#x27;&lt;&gt;"
    assert found.html == f'<a href="{escaped}">x</a><img src="{escaped}" width="1" height="1" alt="">'


@pytest.mark.parametrize(
    "link",
    [
        "<a href='mailto:a@b.example'>x</a>",
        "<a href='tel:+1'>x</a>",
        "<a href='cid:part'>x</a>",
        "<a href='ftp://x.example'>x</a>",
        "<a href='#top'>x</a>",
        "<a href='/path'>x</a>",
        "<a href='//x.example'>x</a>",
        "<a href=''>x</a>",
        "<a href='{{ url }}'>x</a>",
        "<a href='https://x.example/{{ id }}'>x</a>",
        "<a href='https://x.example/<% id %>'>x</a>",
        "<a href='https://x.example/?[[id]]'>x</a>",
        "<a href='https://x.example/Unsubscribe?u=1'>here</a>",
        "<a href='https://x.example/u'>Un<b>subscribe</b></a>",
        "<a href='https://x.example/u'>Newsletter abbestellen</a>",
        "<a href='https://x.example' data-unsealed='off'>x</a>",
        "<a NOTRACK href='https://x.example'>x</a>",
        "<a href='https://me:secret@x.example'>x</a>",
        "<a href='https://x.example\\y'>x</a>",
        "<a href='https://x.example/\ny'>x</a>",
        "<a href='https://t.example/c/other'>x</a>",
        f"<a href='https://x.example/{'x' * LONGEST}'>x</a>",
    ],
)
def test_left_alone(link):
    assert rewritten(link).html == link


@pytest.mark.parametrize(
    "text",
    [
        "https://x.example/y",
        "HTTP://X.EXAMPLE and more",
        "www.x.example",
        "(www.x.example)",
        "x.example",
        "&lt;x.example&gt;",
        "<b>x</b>.example/y?z",
        " x.exa\u200bmple. ",
        "x.example:8080",
        "bücher.example",
        "x.xn--p1ai",
    ],
)
def test_a_link_that_shows_an_address_is_left_alone(text):
    assert links(f"<a href='https://x.example'>{text}</a>") == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "here",
        "our offer.",
        "Offer.pdf",
        "e.g. this",
        "v1.2",
        "a@b.example",
        "see x.example",
        "<img alt='x.example'>",
    ],
)
def test_a_link_that_shows_anything_else_is_tracked(text):
    assert links(f"<a href='https://x.example'>{text}</a>") == ("https://x.example",)


def test_an_opt_out_that_is_not_one():
    assert links("<a href='https://x.example' data-unsealed=on title=notrack>x</a>") == ("https://x.example",)


def test_the_button_of_outlook_is_tracked_in_its_conditional_comment():
    html = "<!--[if mso]><v:roundrect href=\"http://x.example/\" arcsize='10%'><center>Go</center></v:roundrect><![endif]-->"
    assert rewritten(html).html == html.replace("http://x.example/", "https://t.example/c/0")


def test_a_link_for_which_there_is_no_tracked_url_stays():
    html = "<a href=http://x.example>x</a><a href=http://y.example>y</a>"
    found = rewritten(html, tracked_url=lambda index, destination: tracked(index, destination) if index else None)
    assert found.html == '<a href=http://x.example>x</a><a href="https://t.example/c/1">y</a>'
    assert found.links == ("http://x.example", "http://y.example")


def test_the_quoted_part_stays_and_the_pixel_goes_before_it():
    mine, theirs = (
        "<a href='http://x.example'>x</a><br>",
        "<div class=gmail_quote><a href='http://y.example'>y</a></div>",
    )
    assert with_pixel(mine + theirs) == f"<a href='https://t.example/c/0'>x</a><br>{PIXEL}{theirs}"


def test_our_old_pixel_goes_from_the_quoted_part_and_our_old_links_become_what_they_were():
    old = f"<a href='{link_to('https://y.example/?a&b')}'>y</a><img width=1 src={OLD_PIXEL} alt=''>."
    other = "<img src='https://open.example/p.gif'><a href='https://t.example/settings'>s</a>"
    assert (
        rewritten(f"<blockquote type=cite>{old}{other}").html
        == f"<blockquote type=cite><a href='https://y.example/?a&amp;b'>y</a>.{other}"
    )


def test_a_mail_sent_on_as_new_is_tracked_anew_and_holds_nothing_of_the_one_before():
    html = (
        f"<p><a href='{link_to('https://y.example/')}'>our offer</a></p><img src='{OLD_PIXEL}' width=1 height=1 alt=''>"
    )
    found = rewritten(html, pixel_url=f"{HERE}o/P")
    assert found.links == ("https://y.example/",) == links(html, ours=OURS)
    assert found.html == f"<p><a href='{HERE}c/0'>our offer</a></p>{PIXEL}"
    assert undo(found) == html


def test_after_so_many_links_the_others_stay():
    html = "<a href=http://x.example>x</a>" * (MOST_LINKS + 1)
    assert len(rewritten(html).links) == MOST_LINKS
    assert rewritten(html).html.endswith("<a href=http://x.example>x</a>")


@given(st.text() | soup)
def test_undoing_gives_the_original_back(html):
    found = rewritten(html, pixel_url=f"{HERE}o/P")
    assert undo(found) == html
    assert found.links == links(html, ours=OURS)
    assert found.html.count(PIXEL) == 1 + html.count(PIXEL)


@given(soup)
def test_a_mail_rewritten_twice_has_no_link_wrapped_twice(html):
    again = rewrite(rewritten(html).html, pixel_url=None, tracked_url=lambda *_: None, ours=OURS)
    assert again.html == rewritten(html).html and f"{HERE}c/" not in "".join(again.links)


@given(soup)
def test_a_standards_parser_sees_what_it_should(html):
    assert oracle.faults(html) == []


@pytest.mark.parametrize("path", sorted(MAILS.glob("*.html")), ids=lambda path: path.stem)
def test_a_standards_parser_sees_what_it_should_in_the_mail(path: Path):
    assert oracle.faults(text_of(path.read_bytes())) == []


UNITS = [
    "<a href=http://x.example>y</a>",
    "<a href=http://x.example>",
    "<v:a href=http://x.example>",
    "<div class=x id=y>",
]
UNITS += [
    "<!--[if mso]>",
    "<!--[if mso]><a href=http://x.example>y<![endif]-->",
    "<div class=gmail_quote>",
    "<a href='",
]
UNITS += [
    "<a href=http://x.example>a.a.a.a.",
    "<a href=http://x.example>&#",
    "<a href='http://x.example/?[",
    "<img src=x>",
]


def seconds(html):
    best = float("inf")
    for _ in range(5):
        started = time.thread_time()
        rewrite(html, pixel_url="https://t.example/o", tracked_url=tracked, ours=OURS)
        best = min(best, time.thread_time() - started)
    return best


@pytest.mark.parametrize("unit", UNITS)
def test_the_time_grows_as_the_length_does(unit):
    short, long = unit * (10_000 // len(unit)), unit * (80_000 // len(unit))
    assert seconds(long) < 32 * seconds(short) + 0.001  # quadratic would be 64 times


# -- The line that says so


def test_the_line_stands_before_the_pixel_in_the_senders_own_part_and_can_be_undone():
    html = '<p>Hello</p><blockquote type="cite">before</blockquote>'
    done = rewrite(
        html, pixel_url="https://t.example/o/x", tracked_url=lambda *_: None, page_url='https://t.example/p/"x'
    )
    own, _, quoted = done.html.partition("<blockquote")
    assert own.index("tells its sender") < own.index("<img") and "tells its sender" not in quoted
    assert 'href="https://t.example/p/&quot;x"' in own
    assert undo(done) == html


def test_the_line_says_what_the_mail_tells():
    def line(pixel_url):
        return rewrite("x", pixel_url=pixel_url, tracked_url=lambda *_: None, page_url="https://t.example/p/x").html

    assert "tells its sender when it is read." in line("https://t.example/o/x")
    assert "tells its sender which links are followed." in line(None)
