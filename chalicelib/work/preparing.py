"""Preparing a mail: tokens, a copy for each recipient, and the message in the table, all or nothing."""

import json
from collections.abc import Sequence
from dataclasses import replace

from chalicelib.config import config
from chalicelib.domain import drafts
from chalicelib.domain.contacts import write_to
from chalicelib.domain.drafts import Addressee, Consent, Draft
from chalicelib.domain.mail.addresses import CopyId, reply_address
from chalicelib.domain.messages import Message, message_id
from chalicelib.domain.outgoing import destinations, rewriting
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.domain.refusals import Conflict, TooLarge
from chalicelib.domain.timeline import State, Tally
from chalicelib.domain.tokens import Claim, TokenKind, mint, read
from chalicelib.domain.trackability import trackability
from chalicelib.store import contacts, messages
from chalicelib.store.messages import Stored

TRIES = 5  # a contact that changed in the meantime is loaded again


def prepare(sender: str, draft: Draft, at: float, request_id: str) -> tuple[Stored, list[Copy]]:
    """A new message and the copy for each of its recipients.

    Raises BadInput or TooLarge, naming the field; nothing is written then.
    """
    draft = drafts.check(draft, at)
    given = tuple(destinations.check(url, field=f"links[{number}]") for number, url in enumerate(draft.links))
    links = rewriting.links(draft.html, own=own_destination) + given
    message = message_of(sender, draft, links, at, request_id, "links" if given else "html")
    copies = [_copy(message, number, draft.html, each) for number, each in enumerate(draft.addressees)]
    if sum(map(_size, copies)) > drafts.LARGEST_ANSWER:
        raise TooLarge("All copies together are more than one answer holds: send it in several requests.", "recipients")
    return create(message, [refusal_of(each) for each in draft.addressees], at), copies


def message_of(
    sender: str, draft: Draft, links: tuple[str, ...], at: float, request_id: str, field: str = "links"
) -> Message:
    """The message that a checked draft becomes, with these links. Raises TooLarge, naming `field`, if they are too many."""
    if sum(map(len, links)) > drafts.LARGEST_LINKS:
        raise TooLarge(f"All links together may have {drafts.LARGEST_LINKS:,} bytes.", field)
    trap = links[:1] if draft.trap_link else ()
    return Message(
        id=message_id(at, request_id),
        sender=sender,
        subject=draft.subject,
        recipients=tuple(each.recipient for each in draft.addressees),
        links=links + trap,
        sent_at=at if draft.sent_at is None else draft.sent_at,
        created_at=at,
        thread=draft.thread,
        trap_link=len(links) if trap else None,
    )


def urls(message: Message, number: int) -> tuple[str, tuple[str, ...]]:
    """The URLs of the pixel and of the tracked links in a recipient's copy."""
    claim = Claim(TokenKind.PIXEL, message.id, number, int(message.sent_at))
    links = (
        replace(claim, kind=TokenKind.LINK, link=index, destination=destination)
        for index, destination in enumerate(message.links)
    )
    return _url(claim), tuple(map(_url, links))


def refusal_of(addressee: Addressee) -> str:
    """The reason why this recipient's copy is not tracked, "" if it is: who said no gets the mail as it was written."""
    return "consent_denied" if addressee.consent is Consent.DENIED else ""


def own_destination(url: str) -> str | None:
    """Where one of our own links leads; "" for what else is ours, such as a pixel; None for a URL that is not ours."""
    host = f"{config().public_url}/"
    if not url.startswith(host):
        return None
    kind, _, token = url.removeprefix(host).partition("/")
    claim = read(TokenKind.LINK, token, config().secrets) if kind == TokenKind.LINK else None
    return claim.destination if claim else ""


def untouched(message: Message, number: int, reason: str = "") -> Copy:
    """A recipient's copy of a message before anything is tracked in it, with the `reason` if nothing shall be."""
    reply_to = reply_address(CopyId(message.id, number), config().inbound_domain, config().secrets)
    return Copy(message.recipients[number].email, reason, message.id, number, reply_to)


def _copy(message: Message, number: int, html: str, addressee: Addressee) -> Copy:
    copy = untouched(message, number, refusal_of(addressee))
    if copy.not_tracked:
        return replace(copy, html=html)
    pixel_url, tracked = urls(message, number)
    trap = message.trap_link
    rewritten = rewriting.rewrite(
        html,
        pixel_url=pixel_url,
        tracked_url=lambda index, _: tracked[index],
        own=own_destination,
        trap_url=None if trap is None else tracked[trap],
    )
    links = tuple(zip(message.links, tracked, strict=True))[:trap]
    return replace(copy, pixel_url=pixel_url, links=links, html=rewritten.html)


def _size(copy: Copy) -> int:
    return len(json.dumps([copy.html, copy.links], ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _url(claim: Claim) -> str:
    return f"{config().public_url}/{claim.kind}/{mint(claim, config().secrets)}"


def create(message: Message, not_tracked: Sequence[str], at: float) -> Stored:
    """Put a new message into the table, all or nothing. `not_tracked` has a reason, or "", for each recipient.

    Raises Conflict if there is a message with its id already.
    """
    emails = [each.email for each in message.recipients]
    for left in reversed(range(TRIES)):
        known = contacts.load(message.sender, emails)
        tallies = [
            Tally(blind=trackability(contact).blind, not_tracked=reason)
            for contact, reason in zip(known, not_tracked, strict=True)
        ]
        state = State(tallies=tuple(tallies), as_of=at)
        changed = [
            write_to(contact, message, each.name, at) for contact, each in zip(known, message.recipients, strict=True)
        ]
        try:
            messages.create(message, state, changed)
        except Conflict:
            if not left:
                raise
        else:
            break
    return Stored(message, state, 1)
