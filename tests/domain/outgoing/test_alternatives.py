"""A mail's HTML and the plain text beside it: the same links are tracked in both, as the same ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.splicing import splice
from chalicelib.domain.outgoing import alternatives
from chalicelib.domain.outgoing.alternatives import Both
from chalicelib.domain.outgoing.rewriting import MOST_LINKS
from tests.domain.outgoing.test_our_urls import OURS

OFFER, TERMS, BLOG = "https://example.com/offer", "https://example.com/terms", "https://example.com/blog"
PIXEL, TRAP, PAGE = "https://t.example/o/x", "https://t.example/c/trap", "https://t.example/p/x"


def page(*links: str) -> str:
    return "<p>Dear Bob</p>" + "".join(f'<p><a href="{each}">here</a></p>' for each in links)


def tracked(*pages: str, text: str | None = None, **more: bool) -> tuple[list[str], str | None]:
    """The pages and the text as they go out, where a tracked link says its number and the page where it stood."""
    known = alternatives.read(Both(pages, text, **more), ours=OURS)
    urls = [f"https://t.example/c/{number}" for number in range(len(known.links))]
    changed = alternatives.changed(known, pixel_url=PIXEL, tracked=urls, trap_url=TRAP, page_url=PAGE)
    gone_out = None if changed.text is None else splice(text or "", changed.text.edits)
    return [each.html for each in changed.pages], gone_out


def test_a_link_of_the_text_is_the_first_of_the_same_in_the_page():
    (html,), text = tracked(page(OFFER, TERMS, OFFER), text=f"See {TERMS} and {OFFER}")
    assert [f"/c/{number}" in html for number in range(3)] == [True] * 3
    assert text == "See https://t.example/c/1 and https://t.example/c/0"


def test_what_the_page_does_not_track_the_text_does_not_either():
    (html,), text = tracked(
        f'<p><a href="{OFFER}" data-unsealed="off">x</a></p>' + page(TERMS), text=f"{OFFER} {TERMS}"
    )
    assert OFFER in html and text == f"{OFFER} https://t.example/c/0"


def test_a_text_alone_has_links_of_its_own_and_says_so():
    pages, text = tracked(text=f"See {OFFER}\n")
    assert pages == [] and text is not None
    assert text.startswith("See https://t.example/c/0\n") and PAGE in text


def test_beside_a_page_only_the_page_says_so():
    (html,), text = tracked(page(OFFER), text=f"See {OFFER}")
    assert PAGE in html and PAGE not in (text or "")


def test_a_text_whose_links_are_not_to_be_tracked_stays():
    assert tracked(page(OFFER), text=f"See {OFFER}", text_links=False)[1] == f"See {OFFER}"
    assert alternatives.links(Both((), f"See {OFFER}", False), ours=OURS) == ()


@pytest.mark.parametrize(
    ("pages", "where"),
    [
        ([page(OFFER)], 0),
        ([page(OFFER), page(TERMS)], 1),
        ([page(OFFER), "<p> </p>"], 0),
        (["<p> </p>", "<br>"], 1),
    ],
)
def test_the_pixel_is_in_the_last_body_that_shows_anything_and_in_no_other(pages, where):
    html, _ = tracked(*pages)
    assert [PIXEL in each for each in html] == [number == where for number in range(len(pages))]
    assert [TRAP in each for each in html] == [PIXEL in each for each in html]


def test_the_links_of_several_bodies_are_counted_on():
    html, _ = tracked(page(OFFER, TERMS), page(BLOG))
    assert "/c/0" in html[0] and "/c/1" in html[0] and "/c/2" in html[1]


def test_without_tracking_only_what_was_ours_goes():
    known = alternatives.read(Both((page(OFFER),), f"See {OFFER}"), ours=OURS)
    changed = alternatives.changed(known, pixel_url=None, tracked=None)
    assert changed.pages[0].html == page(OFFER) and changed.text is not None and not changed.text.edits


def test_a_mail_that_gmail_cuts_says_so():
    assert alternatives.changed(
        alternatives.read(Both(("<p>" + "word " * 30_000 + "</p>",)), ours=OURS), pixel_url=PIXEL, tracked=()
    ).cut


def test_more_links_than_are_tracked_stay_as_they_are():
    many = [f"https://example.com/{number}" for number in range(MOST_LINKS + 2)]
    (html,), text = tracked(page(*many), text=" ".join(many))
    assert f"/c/{MOST_LINKS - 1}" in html and all(each in html for each in many[MOST_LINKS:])
    assert text is not None and text.endswith(" ".join(many[MOST_LINKS:]))


@given(
    st.lists(st.sampled_from([OFFER, TERMS, BLOG]), max_size=6),
    st.lists(st.sampled_from([OFFER, TERMS, BLOG]), max_size=6),
)
def test_each_link_of_the_text_leads_where_its_twin_in_the_page_does(in_page, in_text):
    known = alternatives.read(Both((page(*in_page),), " ".join(in_text)), ours=OURS)
    assert list(known.links) == in_page
    _, text = tracked(page(*in_page), text=" ".join(in_text))
    for written, to in zip((text or "").split(), in_text, strict=True):
        number = written.removeprefix("https://t.example/c/")
        assert written == to and to not in in_page if not number.isdigit() else in_page.index(to) == int(number)
