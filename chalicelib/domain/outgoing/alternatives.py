"""What is tracked of a mail's HTML and of the plain text beside it, however the mail came: whole, or as the API's two fields.

The text says the same again (RFC 2046, section 5.1.4). So only those links are tracked in it that are tracked in the HTML,
as the same ones, and what is left alone there for the words around it, or by the sender's mark, is left alone in both.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from chalicelib.domain.outgoing import plain_text, rewriting
from chalicelib.domain.outgoing.plain_text import Changes
from chalicelib.domain.outgoing.rewriting import Rewritten, nobodys


class Both(NamedTuple):
    """A mail's HTML and its plain text, None where it has none, or none that is to be changed.

    `delsp` is as in plain_text.changes.
    """

    html: str | None
    text: str | None = None
    delsp: bool = False


def links(mail: Both, *, own: Callable[[str], str | None] = nobodys) -> tuple[str, ...]:
    """Where the links lead that are tracked. A link's index is its name. `own` is as in rewriting.rewrite."""
    if mail.html is not None:
        return rewriting.links(mail.html, own=own)
    return () if mail.text is None else plain_text.links(mail.text, own=own, delsp=mail.delsp)


def changed(
    mail: Both,
    *,
    pixel_url: str | None,
    tracked: Sequence[str],
    own: Callable[[str], str | None] = nobodys,
    trap_url: str | None = None,
    page_url: str | None = None,
) -> tuple[Rewritten | None, Changes | None]:
    """The HTML with its links tracked and a pixel in it, and what changes of the text. `tracked` are the URLs of its links.

    `pixel_url`, `own`, `trap_url` and `page_url` are as in rewriting.rewrite.
    """
    html = text = None
    if mail.html is not None:
        html = rewriting.rewrite(
            mail.html,
            pixel_url=pixel_url,
            tracked_url=lambda index, _: tracked[index],
            own=own,
            trap_url=trap_url,
            page_url=page_url,
        )
    if mail.text is not None:
        # The same destination twice in the HTML: the text's link is the first of them.
        first = dict(reversed(list(zip(html.links, tracked, strict=False)))) if html else {}
        text = plain_text.changes(
            mail.text,
            lambda index, destination: first.get(destination) if html else tracked[index],
            own=own,
            page_url=None if html else page_url,
            delsp=mail.delsp,
        )
    return html, text
