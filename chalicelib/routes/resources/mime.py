"""The API's call for a raw mail."""

from msgspec import UNSET, UnsetType

from chalicelib.domain.drafts import Addressee
from chalicelib.domain.errors import BadInput
from chalicelib.domain.mail import mails
from chalicelib.domain.messages import MOST_RECIPIENTS, Door, Recipient, address
from chalicelib.domain.words.sentences import say
from chalicelib.routes.api.dispatch import Call
from chalicelib.routes.resources.message_inputs import Copies, OfClients
from chalicelib.routes.resources.message_shapes import MessageShape, message_shape
from chalicelib.routes.resources.messages import next_copies, place_of_copies
from chalicelib.routes.resources.shapes import Input
from chalicelib.work.mail import relaying

MOST_BYTES = 3_200_000  # of all copies together: base64 takes a third more, twice, and Lambda answers with 6 MB


class MimeQuery(Input, frozen=True):
    """To whom the mail goes: given once or several times, each gets it once; else everybody in its To and Cc.

    With `text_links` the links of its plain text are tracked; if it is not said, it is as in your preferences. `copies`,
    `prepared` and `door` are as in a new message, and so is `after`.
    """

    recipient: str | list[str] = ""
    text_links: bool | UnsetType = UNSET
    copies: Copies = Copies.EACH
    prepared: bool = False
    door: OfClients = Door.API.value
    after: str | None = None


def create(call: Call, raw: bytes, query: MimeQuery) -> MessageShape:
    """Prepare a raw mail (RFC 5322): for each recipient the same mail with a pixel and tracked links, `raw` in base64."""
    if not raw:
        raise BadInput("This call needs a mail (RFC 5322) as its body.", "body")
    given = [query.recipient] if isinstance(query.recipient, str) else query.recipient
    named = {each.email: each for each in mails.recipients(raw)}
    asked = dict.fromkeys(address(each, "recipient") for each in given if each)
    addressees = [Addressee(named.get(email, Recipient(email))) for email in asked or named]
    if not addressees:
        raise BadInput("The mail has no address in To and Cc: add one there, or pass ?recipient=.", "recipient")
    if len(addressees) > MOST_RECIPIENTS:
        raise BadInput(
            say(
                "A mail has {most} recipients at most: pass some of them as ?recipient=, then the others.",
                most=MOST_RECIPIENTS,
            ),
            "recipient",
        )
    text_links = None if query.text_links is UNSET else query.text_links
    stored, copies = relaying.prepare_mail(
        call.sender,
        raw,
        addressees,
        call.at,
        call.request_id,
        MOST_BYTES,
        call.key,
        text_links,
        shared=query.copies is Copies.SHARED,
        prepared=query.prepared,
        door=Door(query.door),
        after=place_of_copies(query.after),
    )
    return message_shape(stored, copies, raw=raw, made=True, next=next_copies(stored, copies))
