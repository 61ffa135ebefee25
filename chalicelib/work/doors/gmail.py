"""What the Gmail add-on does: which message a mail is, what its card shows, and what a tap changes."""

from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from email.utils import getaddresses
from html import escape
from itertools import islice
from typing import Any, NamedTuple

from chalicelib.config import config
from chalicelib.domain.doors import cards, gmail_cards
from chalicelib.domain.doors.cards import Json
from chalicelib.domain.doors.gmail_cards import READ_THIS_MAIL, Place
from chalicelib.domain.drafts import Addressee, Draft
from chalicelib.domain.errors import BadInput
from chalicelib.domain.incoming import quoted_tokens
from chalicelib.domain.incoming.received import Mail
from chalicelib.domain.incoming.sorting import ids_in
from chalicelib.domain.mail.gateway_addresses import real_address
from chalicelib.domain.messages import Recipient, address
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.domain.tokens import Claim
from chalicelib.senders import google
from chalicelib.store.accounts import accounts
from chalicelib.store.mail import inbox
from chalicelib.store.messages.glances import glance
from chalicelib.work.accounts import owning
from chalicelib.work.messages import changing, preparing, reminding
from chalicelib.work.tracking.judging import judgements

_WANTED = ("Message-ID", "In-Reply-To", "From", "To", "Cc")


class Asked(NamedTuple):
    """What Gmail tells with a request: the mail that is open, with the tokens by which it may be asked for, the recipients of
    the one that is written by field, what was written into the card, and which scopes the user granted.
    """

    email: str
    zone: str
    at: float
    request_id: str
    message: str = ""
    user_token: str = ""
    message_token: str = ""
    people: Mapping[str, Sequence[str]] = {}
    inputs: Mapping[str, str] = {}
    parameters: Mapping[str, str] = {}
    scopes: frozenset[str] = frozenset()

    @property
    def place(self) -> Place:
        """Where our pages are, and what the user's clock is."""
        return Place(config().public_url, self.zone)

    @property
    def everybody(self) -> list[str]:
        """All recipients of the mail that is written, each once, without those who are none."""
        named = (each.strip().lower() for kind in ("to", "cc", "bcc") for each in self.people.get(kind, ()))
        return list(dict.fromkeys(filter(None, named)))


def home(asked: Asked) -> Json:
    """The card beside the list of mails; for who is no sender here, how to become one."""
    sender = accounts.sender_of_address(asked.email)
    if sender is None or not owning.lets_in(sender, asked.email):
        return gmail_cards.stranger(asked.place, asked.email, known=sender is not None)
    return gmail_cards.home(asked.place)


def opened(asked: Asked) -> Json:
    """The card beside the mail that is open. Raises google.Unreachable."""
    headers = _headers(asked)
    may_read = READ_THIS_MAIL in asked.scopes
    claim = None if (name := _by_id(headers)) or not may_read else _by_text(asked)
    name = claim.message if claim else name
    return (_card(asked, name, _people(headers)) if name else None) or gmail_cards.unknown(asked.place, may_read)


def look(asked: Asked) -> Json:
    """Look for our tokens in the text of the mail that is open: Google asks the user for leave first.

    A mail of theirs that is found so is known by its Message-ID from then on, and answers to it are. Raises google.Unreachable.
    """
    if READ_THIS_MAIL not in asked.scopes:
        return cards.asking(READ_THIS_MAIL)
    headers, claim = _headers(asked), _by_text(asked)
    shown = _card(asked, claim.message, _people(headers)) if claim else None
    if claim and shown and asked.email in _emails(headers.get("from", "")):
        inbox.remember_id(headers.get("message-id", ""), claim.message, claim.recipient, asked.at)
    return cards.updated(shown or gmail_cards.unknown(asked.place, may_read=True))


def composing(asked: Asked) -> Json:
    """The card beside the composer."""
    return gmail_cards.composing(asked.place, asked.everybody, gateway=bool(config().inbound_bucket))


def track(asked: Asked) -> Json:
    """A pixel for the mail that is written: one for all, as Gmail sends one mail to all."""
    copy = _prepared(asked)
    if not copy.pixel_url:
        return cards.told("Somebody among them wants no tracking, or the mail is to yourself: nothing was inserted.")
    return cards.inserted(f'<img src="{escape(copy.pixel_url)}" width="1" height="1" alt="">')


def link(asked: Asked) -> Json:
    """A tracked link for the mail that is written. Raises BadInput, naming the field."""
    url = asked.inputs.get("url", "").strip()
    copy = _prepared(asked, url)
    shown = escape(asked.inputs.get("words", "").strip() or url)
    tracked = copy.links[0][1] if copy.links else url
    return cards.inserted(f'<a href="{escape(tracked)}">{shown}</a>')


def through_the_gateway(asked: Asked) -> Json:
    """The recipients of the mail that is written as addresses of the gateway; who has one already stays."""
    domain = config().inbound_domain
    changed = {}
    for kind, emails in asked.people.items():
        new = [_at_gateway(each, domain) for each in emails]
        if new:
            changed[kind] = new
    return cards.addressed(changed) if changed else cards.told("Say first whom it goes to.")


def change(asked: Asked, what: str) -> Json:
    """Mute a message, hear of it again, or be reminded of it. Raises NotFound, BadInput."""
    sender, name = _sender(asked), asked.parameters.get("message", "")
    if what == "remind":
        wish = asked.inputs.get("remind", "")
        if not wish:
            return cards.told("Nothing was changed.")
        reminding.remind(changing.load(sender, name).message, wish, asked.at)
        return cards.told("No reminder comes." if wish == "never" else "You will be reminded, unless they answer.")
    muted = what == "mute"
    changing.change(sender, name, muted=muted, sent_at=None, at=asked.at)
    said = "Nothing more is told of it." if muted else "You are told of it again."
    shown = _card(asked, name, [])
    return cards.updated(shown, said) if shown else cards.told(said)


def _card(asked: Asked, name: str, people: Sequence[str]) -> Json | None:
    found = glance(asked.email, name, people)
    if found is None:
        return None
    stored = found.stored
    judged = judgements(stored, found.events, max(asked.at, stored.state.as_of))
    return gmail_cards.beside(asked.place, stored.message, stored.state, judged, found.summaries, stored.state.muted)


def _by_id(headers: Mapping[str, str]) -> str | None:
    """The message that went out with the mail's Message-ID, or that it answers."""
    named = ids_in(headers.get("in-reply-to", "")) or ids_in(headers.get("message-id", ""))
    known = next(inbox.copies(islice(named, 1)), None)
    return known[0].copy.message if known else None


def _by_text(asked: Asked) -> Claim | None:
    """What the first of our tokens in the mail says."""
    found: Mapping[str, Any] = google.mail(asked.message, asked.user_token, asked.message_token, "raw")
    raw = urlsafe_b64decode(str(found.get("raw", "")) + "==")
    claims = quoted_tokens.claims(Mail(raw), config().secrets)
    return claims[0] if claims else None


def _prepared(asked: Asked, *links: str) -> Copy:
    addressees = tuple(Addressee(Recipient(each)) for each in asked.everybody)
    draft = Draft("", addressees, links=tuple(links), shared=True)
    copies = preparing.prepare(_sender(asked), draft, asked.at, asked.request_id).copies
    return copies[0]


def _sender(asked: Asked) -> str:
    sender = accounts.sender_of_address(asked.email)
    if sender is None:
        raise BadInput("This Google address is none of a sender's.", "email")
    if not owning.lets_in(sender, asked.email):  # it may be a mailbox that several read
        raise BadInput("By this address nobody signs in: allow it in the settings, under Addresses.", "email")
    return sender


def _at_gateway(email: str, domain: str) -> str:
    if real_address(email, domain):
        return email
    local, _, host = address(email, "recipients").partition("@")
    return f"{local}={host}@{domain}"


def _headers(asked: Asked) -> dict[str, str]:
    found = google.mail(asked.message, asked.user_token, asked.message_token, "metadata", _WANTED)
    return {each["name"].lower(): each["value"] for each in found.get("payload", {}).get("headers", ())}


def _people(headers: Mapping[str, str]) -> list[str]:
    return _emails(headers.get("to", ""), headers.get("cc", ""))


def _emails(*fields: str) -> list[str]:
    return [email.lower() for _, email in getaddresses(fields) if "@" in email]
