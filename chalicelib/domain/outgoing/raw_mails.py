"""What is tracked of a raw mail: the links of its HTML; those of its plain text too, where the sender wants that.

A plain text beside an HTML says the same again. So only those links are tracked in it that are tracked in the HTML, as the
same ones, and what is left alone there for the words around it, or by the sender's mark, is left alone in both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chalicelib.domain.outgoing import mime, plain_text, rewriting
from chalicelib.domain.outgoing.body import Body
from chalicelib.domain.outgoing.mime import Bodies, NotTracked, Tracked
from chalicelib.domain.outgoing.reasons import Reason
from chalicelib.domain.outgoing.rewriting import nobodys


@dataclass(frozen=True, slots=True)
class Trackable:
    """A mail that can be tracked: its bodies, and where its links lead that are. A link's index is its name."""

    bodies: Bodies
    links: tuple[str, ...]

    @property
    def shows_opens(self) -> bool:
        """Whether it can carry a pixel: a plain text cannot."""
        return self.bodies.html is not None


def read(raw: bytes, *, text_links: bool, own: Callable[[str], str | None] = nobodys) -> Trackable | NotTracked:
    """What can be tracked of a mail, or why nothing can. The links of plain texts are with `text_links`.

    `own` is as in rewriting.rewrite. Never raises for any bytes.
    """
    bodies = mime.read(raw, text_links)
    if isinstance(bodies, NotTracked):
        return bodies
    if bodies.html:
        return Trackable(bodies, rewriting.links(bodies.html.text, own=own))
    text = bodies.text
    links = plain_text.links(text.text, own=own, delsp=_delsp(text)) if text else ()
    return Trackable(bodies, links) if links else NotTracked(Reason.PLAIN)


def rewritten(
    raw: bytes,
    mail: Trackable,
    *,
    pixel_url: str | None,
    tracked: Sequence[str],
    own: Callable[[str], str | None] = nobodys,
    page_url: str | None = None,
) -> Tracked | NotTracked:
    """The mail with its links tracked, and a pixel in its HTML. `tracked` are the URLs that stand for its links.

    `pixel_url`, `own` and `page_url` are as in rewriting.rewrite.
    """
    html = text = None
    if mail.bodies.html:
        html = rewriting.rewrite(
            mail.bodies.html.text,
            pixel_url=pixel_url,
            tracked_url=lambda index, _: tracked[index],
            own=own,
            page_url=page_url,
        )
    if mail.bodies.text:
        first = dict(reversed(list(zip(mail.links, tracked, strict=True))))
        text = plain_text.changes(
            mail.bodies.text.text,
            lambda index, destination: first.get(destination) if html else tracked[index],
            own=own,
            page_url=None if html else page_url,
            delsp=_delsp(mail.bodies.text),
        )
    return mime.rewritten(raw, mail.bodies, html, text)


def _delsp(body: Body) -> bool:
    return body.part.parameters.get("delsp", "").lower() == "yes"
