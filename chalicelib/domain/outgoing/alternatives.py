"""What is tracked of a mail's HTML and of the plain text beside it, however the mail came: whole, or as the API's two fields.

The text says the same again (RFC 2046, section 5.1.4). So only those links are tracked in it that are tracked in the HTML,
as the same ones, and what is left alone there for the words around it, or by the sender's attribute, is left alone in both.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from chalicelib.domain.outgoing import plain_text, rewriting
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.outgoing.plain_text import Changes, Text
from chalicelib.domain.outgoing.rewriting import Page, Rewritten
from chalicelib.domain.words.sentences import ENGLISH


class Both(NamedTuple):
    """A mail's HTML, in one body or in several, one shown below the other, and its plain text, None where it has none.

    `text_links` is whether the links of the text are tracked. `delsp` is as in plain_text.read.
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


class Known(NamedTuple):
    """A mail as it was read, once for all its copies. `last` is the page that is shown last, the one that has the pixel."""

    pages: tuple[Page, ...]
    text: Text | None
    text_links: bool
    last: int

    @property
    def links(self) -> tuple[str, ...]:
        """Where the links lead that are tracked. A link's index is its name."""
        if self.pages:
            return tuple(_destinations(self.pages))[: rewriting.MOST_LINKS]
        return self.text.links if self.text is not None and self.text_links else ()


def read(mail: Both, *, ours: Ours) -> Known:
    """What of a mail can be tracked. `ours` is as in rewriting.read."""
    pages = tuple(rewriting.read(page, ours=ours) for page in mail.pages)
    text = None
    if mail.text is not None:
        text = plain_text.read(mail.text, links=mail.text_links, ours=ours, delsp=mail.delsp)
    return Known(pages, text, mail.text_links, _last_shown(mail.pages))


def links(mail: Both, *, ours: Ours) -> tuple[str, ...]:
    """Where the links lead that are tracked. A link's index is its name. `ours` is as in rewriting.read."""
    return read(mail, ours=ours).links


def changed(
    mail: Known,
    *,
    pixel_url: str | None,
    tracked: Sequence[str] | None,
    trap_url: str | None = None,
    page_url: str | None = None,
    language: str = ENGLISH,
) -> Changed:
    """The mail with its links tracked and a pixel in its HTML. `tracked` are the URLs of its links; None: they stay, and only
    what another mail of ours left in it goes.

    Where the HTML stands in several bodies, the pixel is in the last one that shows anything. `pixel_url`, `trap_url` and
    `page_url` and `language` are as in rewriting.rewritten.
    """
    pages: list[Rewritten] = []
    urls = iter(tracked or ())
    for number, page in enumerate(mail.pages):
        here = number == mail.last
        pages.append(
            rewriting.rewritten(
                page,
                pixel_url=pixel_url if here else None,
                tracked_url=lambda *_: next(urls, None),
                trap_url=trap_url if here else None,
                page_url=page_url if here else None,
                language=language,
                above=sum(len(each.html) for each in pages),
            )
        )
    text = None
    if mail.text is not None:
        # The same destination twice in the HTML: the text's link is the first of them.
        first = dict(reversed(list(zip(_destinations(mail.pages), tracked or (), strict=False))))
        text = plain_text.changed(
            mail.text,
            (lambda index, to: first.get(to) if pages else tracked[index])
            if tracked is not None and mail.text_links
            else None,
            page_url=None if pages else page_url,
            language=language,
        )
    return Changed(tuple(pages), text, any(page.cut for page in pages))


def _destinations(pages: Sequence[Page]) -> Iterator[str]:
    return chain.from_iterable(page.links for page in pages)


def _last_shown(pages: Sequence[str]) -> int:
    """The last page in which a reader sees something; the last one where none does."""
    shown = (number for number in reversed(range(len(pages))) if rewriting.shows_anything(pages[number]))
    return next(shown, len(pages) - 1)
