"""What the Gmail add-on does beside a mail: which message it is, what its card shows, and what a tap changes."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from email.utils import getaddresses
from itertools import islice
from typing import Any, NamedTuple

from chalicelib.config import config
from chalicelib.domain.doors import cards, gmail_cards
from chalicelib.domain.doors.cards import Json
from chalicelib.domain.doors.gmail_cards import READ_THIS_MAIL, Place
from chalicelib.domain.errors import BadInput
from chalicelib.domain.incoming import quoted_tokens
from chalicelib.domain.incoming.received import Mail
from chalicelib.domain.incoming.sorting import ids_in
from chalicelib.domain.mail.headers import LOOP_HEADER
from chalicelib.domain.tokens import Claim
from chalicelib.domain.words.sentences import ENGLISH, say
from chalicelib.senders import google
from chalicelib.store.accounts import accounts
from chalicelib.store.mail import inbox
from chalicelib.store.messages.glances import glance
from chalicelib.work.accounts import owning
from chalicelib.work.messages import changing, reminding
from chalicelib.work.tracking.judging import judgements

_WANTED = ("Message-ID", "In-Reply-To", "From", "To", "Cc", LOOP_HEADER)
_ID = re.compile("[0-9a-f]{32}")


class Asked(NamedTuple):
    """What Gmail tells with a request: who its user is, on which clock and in which language; the mail that is open, with the
    tokens by which it may be asked for; the recipients of the one that is written, by field; what was written into the card;
    and which scopes the user granted.
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
    language: str = ENGLISH

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
    headers, may_read = _headers(asked), READ_THIS_MAIL in asked.scopes
    marked = headers.get(LOOP_HEADER.lower(), "").strip()
    if _ID.fullmatch(marked) and (shown := card(asked, marked, _people(headers))):
        return shown
    claim = None if (name := _by_id(headers, asked.email)) or not may_read else _by_text(asked)
    name = claim.message if claim else name
    return (card(asked, name, _people(headers)) if name else None) or gmail_cards.unknown(asked.place, may_read)


def look(asked: Asked) -> Json:
    """Look for our tokens in the text of the mail that is open: Google asks the user for leave first.

    A mail of theirs that is found so is known by its Message-ID from then on, and answers to it are. Raises google.Unreachable.
    """
    if READ_THIS_MAIL not in asked.scopes:
        return cards.asking(READ_THIS_MAIL)
    headers, claim = _headers(asked), _by_text(asked)
    shown = card(asked, claim.message, _people(headers)) if claim else None
    if claim and shown and asked.email in _emails(headers.get("from", "")):
        inbox.remember_id(headers.get("message-id", ""), claim.message, claim.recipient, asked.at)
    return cards.updated(shown or gmail_cards.unknown(asked.place, may_read=True))


def change(asked: Asked, what: str) -> Json:
    """Mute a message, hear of it again, or be reminded of it. Raises NotFound, BadInput."""
    sender, name = sender_of(asked), asked.parameters.get("message", "")
    if what == "remind":
        wish = asked.inputs.get("remind", "")
        if not wish:
            return cards.told(say("Nothing was changed."))
        reminding.remind(changing.load(sender, name).message, wish, asked.at)
        return cards.told(
            say("No reminder comes.") if wish == "never" else say("You will be reminded, unless they answer.")
        )
    muted = what == "mute"
    changing.change(sender, name, muted=muted, sent_at=None, at=asked.at)
    said = say("Nothing more is told of it.") if muted else say("You are told of it again.")
    shown = card(asked, name, [])
    return cards.updated(shown, said) if shown else cards.told(said)


def card(asked: Asked, name: str, people: Sequence[str]) -> Json | None:
    """The card of a message of the user's, with the send times of some people; None if they have no such message."""
    found = glance(asked.email, name, people)
    if found is None:
        return None
    stored = found.stored
    judged = judgements(stored, found.events, max(asked.at, stored.state.as_of))
    return gmail_cards.beside(asked.place, stored.message, stored.state, judged, found.summaries, stored.state.muted)


def _by_id(headers: Mapping[str, str], email: str) -> str | None:
    """The message that went out with the mail's Message-ID, or that it answers; the user's, where several used that id."""
    named = list(islice(ids_in(headers.get("in-reply-to", "")) or ids_in(headers.get("message-id", "")), 1))
    known = next(inbox.copies(named), [])
    if known and not inbox.are_of_one(known):
        sender = accounts.sender_of_address(email)
        known = next(inbox.copies(named, sender), []) if sender else []
    return known[0].copy.message if known else None


def _by_text(asked: Asked) -> Claim | None:
    """What the first of our tokens in the mail says."""
    found: Mapping[str, Any] = google.mail(asked.message, asked.user_token, asked.message_token, "raw")
    raw = urlsafe_b64decode(str(found.get("raw", "")) + "==")
    claims = quoted_tokens.claims(Mail(raw), config().secrets)
    return claims[0] if claims else None


def sender_of(asked: Asked) -> str:
    """The sender whose address the Google user's is, if it lets them in. Raises BadInput."""
    sender = accounts.sender_of_address(asked.email)
    if sender is None:
        raise BadInput(say("This Google address is none of a sender's."), "email")
    if not owning.lets_in(sender, asked.email):  # it may be a mailbox that several read
        raise BadInput(say("By this address nobody signs in: allow it in the settings, under Addresses."), "email")
    return sender


def _headers(asked: Asked) -> dict[str, str]:
    found = google.mail(asked.message, asked.user_token, asked.message_token, "metadata", _WANTED)
    return {each["name"].lower(): each["value"] for each in found.get("payload", {}).get("headers", ())}


def _people(headers: Mapping[str, str]) -> list[str]:
    return _emails(headers.get("to", ""), headers.get("cc", ""))


def _emails(*fields: str) -> list[str]:
    return [email.lower() for _, email in getaddresses(fields) if "@" in email]
