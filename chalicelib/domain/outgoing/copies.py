"""What each recipient gets: the sender's mail, with a pixel, links and a reply address of their own."""

from dataclasses import dataclass

from chalicelib.domain.mail import headers
from chalicelib.domain.mail.headers import LOOP_HEADER
from chalicelib.domain.mail.splicing import Edit, splice

# Signatures of hosts on the way, which no longer hold once the body is another (RFC 6376, RFC 8617).
_SIGNATURES = ("dkim-signature", "arc-seal", "arc-message-signature", "arc-authentication-results")


@dataclass(frozen=True, slots=True)
class Copy:
    """One recipient's copy. What is not tracked, for the reason in `not_tracked`, is as the sender wrote it, but for what was
    left in it of another mail of ours.

    `message` and `number` are the message in the table and the recipient in it; None where there is none. `links` are pairs
    of destination and tracked URL, in the order of the message's links. `html` and `text` are the whole of a mail that came
    so; of one that came as a raw mail, `edits` are what changes. On the page at `page_url` the recipient sees what is kept.
    `cut` is whether the pixel stands where Gmail cuts the mail off. What is shared is whole with the first recipient only;
    it is `elsewhere` with the others. So is a copy that stands in another answer: in a `later` one, if it was not given yet.
    """

    email: str
    not_tracked: str = ""
    message: str | None = None
    number: int = 0
    reply_to: str = ""
    page_url: str = ""
    pixel_url: str = ""
    links: tuple[tuple[str, str], ...] = ()
    html: str = ""
    text: str = ""
    edits: tuple[Edit[bytes], ...] = ()
    cut: bool = False
    elsewhere: bool = False
    later: bool = False

    def of(self, raw: bytes) -> bytes:
        """The recipient's mail, of the raw one. A Bcc field goes in any case: it would tell each recipient of the others."""
        if self.not_tracked:
            return _without(splice(raw, self.edits), "bcc", *(_SIGNATURES if self.edits else ()))
        return headers.with_header(
            _without(splice(raw, self.edits), "bcc", *_SIGNATURES), LOOP_HEADER, self.message or ""
        )


def _without(raw: bytes, *names: str) -> bytes:
    try:
        for name in names:
            raw = headers.without_header(raw, name)
    except headers.Unreadable:
        return raw  # with so many fields that nobody reads them
    return raw
