"""Which links of a mail are tracked, and the mail with them and the pixel in it: every other character stays.

Tracked are http and https links of `a`, `area` and VML elements, those in Outlook's conditional comments too. Left alone
are links of the quoted part and those of left_alone.py, what destinations.py refuses, URLs with a merge tag in them
(merge_tags.py), and what is on our own host. What another mail of ours left behind goes first (cleaning.py): an old link
of ours is judged by where it leads.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from chalicelib.domain.errors import BadInput
from chalicelib.domain.mail.our_tokens import CODED
from chalicelib.domain.mail.splicing import Edit, splice
from chalicelib.domain.outgoing import destinations, footer, merge_tags
from chalicelib.domain.outgoing.cleaning import of_html
from chalicelib.domain.outgoing.contents import Contents, Link, contents
from chalicelib.domain.outgoing.html_text import visible_text
from chalicelib.domain.outgoing.left_alone import left_alone
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.outgoing.pixel_place import before_the_cut
from chalicelib.domain.words.sentences import ENGLISH

MOST_LINKS = 1_000  # those after them stay as they are: one item holds a message with all its destinations


class Rewritten(NamedTuple):
    """A mail with its pixel and tracked links, and how it came from the original.

    `links` are the destinations in the order of their position; the index of a link is its name. `edits` are in order.
    `cut` is whether the pixel stands where Gmail cuts such a mail off.
    """

    html: str
    links: tuple[str, ...]
    edits: tuple[Edit[str], ...]
    cut: bool = False


Tracked = tuple[int, int, bool, str]
"""A link that is tracked: where its value starts and ends, without its quotes, if it has any, and its destination."""


class Page(NamedTuple):
    """A mail's HTML as it was read, once for all its copies: where its own part ends, what goes of another mail of ours, and
    which links are tracked.
    """

    html: str
    end: int
    cleaned: list[Edit[str]]
    tracked: list[Tracked]

    @property
    def links(self) -> tuple[str, ...]:
        """The destinations of the tracked links, in order of position."""
        return tuple([destination for _, _, _, destination in self.tracked])


def read(html: str, *, ours: Ours | None = None) -> Page:
    """What `rewritten` needs to know of a mail's HTML, and what of another mail of `ours` is to go.

    Never raises for any text, and takes time linear in its length.
    """
    found = contents(html)
    cleaned = of_html(html, ours) if ours and (ours.named(html) or _is_coded(html, found)) else []
    return Page(html, found.end, cleaned, list(_tracked(html, found.links, ours, cleaned)))


def links(html: str, *, ours: Ours | None = None) -> tuple[str, ...]:
    """The destinations of the links that would be tracked, in order of position."""
    return read(html, ours=ours).links


def rewritten(
    page: Page,
    *,
    pixel_url: str | None,
    tracked_url: Callable[[int, str], str | None],
    trap_url: str | None = None,
    page_url: str | None = None,
    language: str = ENGLISH,
    above: int = 0,
) -> Rewritten:
    """The mail with its links tracked and its pixel added.

    `tracked_url` gives the URL that stands for a link, by its index and destination; where it gives None, the link
    stays. `trap_url` stands in a link without a word in it: no person sees it, a machine that
    follows everything follows it too. With `page_url`, a line before the pixel says that the mail is tracked, and leads
    there, in the mail's own language, or else in `language`. `above` is how many characters of other bodies are shown above
    this one.

    Never raises for any text, and takes time linear in its length.
    """
    html, cleaned = page.html, page.cleaned
    ordered = []
    for index, (start, stop, quoted, destination) in enumerate(page.tracked):
        url = tracked_url(index, destination)
        if url is not None:
            written = escape(url)
            ordered.append(Edit(start, stop, html[start:stop], written if quoted else f'"{written}"'))
    if cleaned:
        ordered = sorted(({edit.start: edit for edit in cleaned} | {edit.start: edit for edit in ordered}).values())
    trap = "" if trap_url is None else f'<a href="{escape(trap_url)}" tabindex="-1" aria-hidden="true"></a>'
    line = ""
    if page_url is not None:
        line = footer.of_page(page_url, footer.language_of(html, language), read=pixel_url is not None)
    pixel = "" if pixel_url is None else f'<img src="{escape(pixel_url)}" width="1" height="1" alt="">'
    covering = _covering(cleaned, page.end) if cleaned else None
    end = covering.end if covering else page.end
    place = before_the_cut(html, end, ordered, above) if pixel else end
    if place is not None and place < end:
        ordered, pixel = _with(ordered, place, pixel), ""
    if trap or line or pixel:
        ordered = _with(ordered, end, trap + line + pixel)
    return Rewritten(splice(html, ordered), page.links, tuple(ordered), cut=place is None)


def shows_anything(html: str) -> bool:
    """Whether a reader sees a word or a picture of it."""
    return "<img" in html.lower() or visible_text(html) != ""


def _with(edits: list[Edit[str]], position: int, added: str) -> list[Edit[str]]:
    if not edits or edits[-1].end <= position:
        return [*edits, Edit(position, position, "", added)]
    number = bisect_left(edits, position, key=lambda edit: edit.start)
    return [*edits[:number], Edit(position, position, "", added), *edits[number:]]


def _covering(edits: list[Edit[str]], position: int) -> Edit[str] | None:
    """The edit that takes away what stands on both sides of a position."""
    before = bisect_left(edits, position, key=lambda edit: edit.start)
    return edits[before - 1] if before and edits[before - 1].end > position else None


def _is_coded(html: str, found: Contents) -> bool:
    """Whether a URL coded as Base64, as some filters put it into theirs, is among the links or stands in the quoted part."""
    return html.find(CODED, found.end) >= 0 or CODED in " ".join([link[3] for link in found.links])


def _tracked(html: str, found: list[Link], ours: Ours | None, cleaned: list[Edit[str]]) -> Iterator[Tracked]:
    """The links to be tracked."""
    count = above = 0
    places = {edit.start: edit for edit in cleaned}
    home = f"{ours.url}/" if ours else "\n"  # with which no URL begins
    for link in found:
        start, end, quoted, url, _, _, link_end = link
        end_above, above = above, link_end
        usual = destinations.is_usual(url)
        if (not usual and url[:4].lower() != "http") or (url.startswith(home) and start not in places):
            continue
        if cleaned:
            if edit := places.get(start):
                if edit.end != end or not ours or not (url := ours.signed(url) or ""):
                    continue  # who signed it is not known any more: it leads where it says, and we do not sign that anew
                usual = False
            elif _covering(cleaned, start):
                continue
        destination = url if usual else _destination(url)
        if destination is None or left_alone(html, link, url, end_above):
            continue
        yield start, end, quoted, destination
        count += 1
        if count == MOST_LINKS:
            return


def _destination(url: str) -> str | None:
    """The destination as a browser would request it; None if it may be none, or is still to be filled in."""
    try:
        destination = destinations.check(url, "html")
    except BadInput:
        return None
    return None if merge_tags.stands_in(url) else destination
