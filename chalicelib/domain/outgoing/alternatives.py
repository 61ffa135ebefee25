"""What is tracked of a mail's HTML and of the plain text beside it, however the mail came: whole, or as the API's two fields.

The text says the same again (RFC 2046, section 5.1.4). So only those links are tracked in it that are tracked in the HTML,
as the same ones, and what is left alone there for the words around it, or by the sender's attribute, is left alone in both.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from chalicelib.domain.outgoing import plain_text, rewriting
from chalicelib.domain.outgoing.ours import Ours
from chalicelib.domain.outgoing.plain_text import Changes
from chalicelib.domain.outgoing.rewriting import Rewritten


class Both(NamedTuple):
    """A mail's HTML, in one body or in several, one shown below the other, and its plain text, None where it has none.

    `text_links` is whether the links of the text are tracked. `delsp` is as in plain_text.changes.
    """

    pages: tuple[str, ...]
    text: str | None = None
    text_links: bool = True
    delsp: bool = False


class Changed(NamedTuple):
    """What tracking makes of a mail. `cut` is whether the pixel stands where Gmail cuts mails off."""

    pages: tuple[Rewritten, ...] = ()
    text: Changes | None = None
    cut: bool = False


def links(mail: Both, *, ours: Ours) -> tuple[str, ...]:
    """Where the links lead that are tracked. A link's index is its name. `ours` is as in rewriting.rewrite."""
    if mail.pages:
        found = chain.from_iterable(rewriting.links(page, ours=ours) for page in mail.pages)
        return tuple(found)[: rewriting.MOST_LINKS]
    return plain_text.links(mail.text, ours=ours, delsp=mail.delsp) if mail.text is not None and mail.text_links else ()


def cleaned(mail: Both, *, ours: Ours) -> Changed:
    """The mail with nothing tracked, and nothing left in it of another mail of ours."""
    return changed(mail, pixel_url=None, tracked=None, ours=ours)


def changed(
    mail: Both,
    *,
    pixel_url: str | None,
    tracked: Sequence[str] | None,
    ours: Ours,
    trap_url: str | None = None,
    page_url: str | None = None,
) -> Changed:
    """The mail with its links tracked and a pixel in its HTML. `tracked` are the URLs of its links; None: they stay.

    Where the HTML stands in several bodies, the pixel is in the last one that shows anything. `pixel_url`, `ours`, `trap_url`
    and `page_url` are as in rewriting.rewrite.
    """
    pages: list[Rewritten] = []
    urls = iter(tracked or ())
    last = _last_shown(mail.pages)
    for number, page in enumerate(mail.pages):
        here = number == last
        pages.append(
            rewriting.rewrite(
                page,
                pixel_url=pixel_url if here else None,
                tracked_url=lambda *_: next(urls, None),
                ours=ours,
                trap_url=trap_url if here else None,
                page_url=page_url if here else None,
                above=sum(len(each.html) for each in pages),
            )
        )
    text = None
    if mail.text is not None:
        # The same destination twice in the HTML: the text's link is the first of them.
        first = dict(reversed(list(zip(_destinations(pages), tracked or (), strict=False))))
        text = plain_text.changes(
            mail.text,
            (lambda index, to: first.get(to) if pages else tracked[index])
            if tracked is not None and mail.text_links
            else None,
            ours=ours,
            page_url=None if pages else page_url,
            delsp=mail.delsp,
        )
    return Changed(tuple(pages), text, any(page.cut for page in pages))


def _destinations(pages: Sequence[Rewritten]) -> Iterator[str]:
    return chain.from_iterable(page.links for page in pages)


def _last_shown(pages: Sequence[str]) -> int:
    """The last page in which a reader sees something; the last one where none does."""
    shown = (number for number in reversed(range(len(pages))) if rewriting.shows_anything(pages[number]))
    return next(shown, len(pages) - 1)
