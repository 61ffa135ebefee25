"""What is tracked of a raw mail: the links of its HTML; those of its plain text too, where the sender wants that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chalicelib.domain.outgoing import alternatives, mime
from chalicelib.domain.outgoing.alternatives import Both
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
    links = alternatives.links(_both(bodies), own=own)
    return Trackable(bodies, links) if links or bodies.html else NotTracked(Reason.PLAIN)


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
    html, text = alternatives.changed(
        _both(mail.bodies), pixel_url=pixel_url, tracked=tracked, own=own, page_url=page_url
    )
    return mime.rewritten(raw, mail.bodies, html, text)


def _both(bodies: Bodies) -> Both:
    html, text = bodies.html, bodies.text
    delsp = text is not None and text.part.parameters.get("delsp", "").lower() == "yes"
    return Both(html.text if html else None, text.text if text else None, delsp)
