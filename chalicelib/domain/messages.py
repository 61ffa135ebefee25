"""A message as it was sent: its sender, recipients and links."""

import hashlib
import re
from dataclasses import replace
from enum import StrEnum
from urllib.parse import unquote

from chalicelib.domain.errors import BadInput
from chalicelib.domain.records import record
from chalicelib.domain.words.sentences import say

MOST_RECIPIENTS = 50  # one transaction holds them all, and SES sends to no more at a time
ONE_OF_THEM = 0xFFFF
"""In the place of a recipient's number: one of those whom a shared copy went to, nobody knows which."""
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3

# RFC 5321's dot-string@domain, and dots that follow one another, as Japanese carriers gave them out for years. Quoted local
# parts and address literals are left out: nobody writes to them by hand.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# Nor what a reader of a field may take for an encoded word, with whatever it decodes to (RFC 2047, section 5).
_ADDRESS = re.compile(rf"(?!.*=\?){_ATOM}(?:\.+{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}", re.ASCII)


class Door(StrEnum):
    """The way by which a mail got its tracking."""

    API = "api"
    COMPOSE = "compose"
    GATEWAY = "gateway"
    RELAY = "relay"
    THUNDERBIRD = "thunderbird"
    GMAIL = "gmail"
    OUTLOOK = "outlook"


@record
class Recipient:
    """One address that a message went to."""

    email: str
    name: str = ""

    @property
    def erased(self) -> bool:
        """Whether this is only the place of somebody who was erased."""
        return not self.email


ERASED = Recipient("")


@record
class Message:
    """One mail as the sender wrote it. `sent_at` and `created_at` are unix seconds.

    `links` are the destinations in the order they stand in the mail; a link's index is its name in events.
    `trap_link` is the index of a link that no person can see, if there is one.
    `counts_only` is whether its events go once they are judged.
    `shared` are the numbers of those whom one copy went to, as mail programs send it: what is done with it was one of them.
    One that is only `prepared` is not known to have been sent yet: it ends by itself, unless that is confirmed. `door` is the
    way by which it came.
    `own` are the keyed marks (domain/verdicts/hits.py) of the sender's own devices, as far as they are known by now.
    """

    id: str
    sender: str
    subject: str
    recipients: tuple[Recipient, ...]
    links: tuple[str, ...]
    sent_at: float
    created_at: float
    thread: str | None = None
    trap_link: int | None = None
    counts_only: bool = False
    own: frozenset[str] = frozenset()
    shared: tuple[int, ...] = ()
    prepared: bool = False
    door: Door = Door.API

    @property
    def among(self) -> tuple[Recipient, ...]:
        """Those whom the shared copy went to, where there is one."""
        return tuple(self.recipients[number] for number in self.shared)

    @property
    def places(self) -> tuple[int, ...]:
        """Whose doings are told apart: each recipient's, and those of one of several."""
        return (*range(len(self.recipients)), *((ONE_OF_THEM,) if self.shared else ()))

    def copy_of(self, number: int) -> int:
        """The number of the copy that a recipient got: their own, or that of several."""
        return ONE_OF_THEM if number in self.shared else number

    def has_namesake(self, number: int) -> bool:
        """Whether somebody else it went to has the same name."""
        one = self.recipients[number]
        return any(each.name.casefold() == one.name.casefold() and each.email != one.email for each in self.recipients)

    def without(self, number: int, *called: str) -> "Message":
        """The message with somebody erased from it, and what names them: subject, thread, links. The others' places stay."""
        gone = self.recipients[number]

        def clean(text: str) -> str:
            return "" if names(text, gone.email, gone.name, *called) else text

        return replace(
            self,
            recipients=tuple(ERASED if i == number else each for i, each in enumerate(self.recipients)),
            subject=clean(self.subject),
            thread=clean(self.thread or "") or None,
            links=tuple(map(clean, self.links)),
            shared=tuple(each for each in self.shared if each != number),
        )


def address(text: str, field: str) -> str:
    """The address as it is compared and kept: trimmed, in lower case.

    RFC 5321 lets a host tell `Bob@` from `bob@`; none that matters does, and two contacts for one person are wrong.
    Raises BadInput, naming `field`, if it is no address.
    """
    found = text.strip()
    if len(found) > LONGEST_ADDRESS or len(found.partition("@")[0]) > 64 or not _ADDRESS.fullmatch(found):
        raise BadInput(say("“{text}” is not an e-mail address.", text=text[:80]), field)
    return found.lower()


def names(text: str, email: str, *called: str) -> bool:
    """Whether a text, or a URL, holds somebody's address, the part before its `@`, or one of the names they are called by.

    Whole words, in whatever case.
    """
    words = {word.casefold() for word in (email, email.partition("@")[0], *called) if word}
    folded = unquote(text).casefold()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded) for word in words)


def message_id(at: float, request_id: str) -> str:
    """A new message's id: a UUID of version 7 (RFC 9562) in 32 hex digits, so that ids sort by time.

    Its random part is drawn from the id of the request that made it, which the gateway chose at random: the same request
    handled twice makes one message.
    """
    drawn = hashlib.sha256(request_id.encode()).digest()
    bits = int(at * 1000) << 80 | int.from_bytes(drawn[:10])
    bits = bits & ~(0xF << 76) | 0x7 << 76  # the version
    bits = bits & ~(0x3 << 62) | 0x2 << 62  # the variant
    return f"{bits:032x}"


def made_at(message_id: str) -> float:
    """When the message with this id was made, unix seconds."""
    return int(message_id[:12], 16) / 1000


def last_id(at: float) -> str:
    """No message made until this unix time has a later id."""
    return f"{int(at * 1000):012x}{'f' * 20}"
