"""What happened to a message: hits as the wire showed them, and the events that are kept of them.

An event never changes. What it means is a verdict, which may: see the room verdicts.
"""

from collections.abc import Mapping
from enum import StrEnum

from chalicelib.domain.records import field, record


class EventKind(StrEnum):
    """What an event says happened."""

    OPEN = "open"  # the pixel was fetched
    CLICK = "click"  # a tracked link was followed
    REPLY = "reply"  # a person answered
    AUTO_REPLY = "auto_reply"  # a machine answered for the person (RFC 3834)
    BOUNCE = "bounce"  # it could not be delivered, for good
    COMPLAINT = "complaint"  # the recipient called it spam


class VerdictKind(StrEnum):
    """Who caused a hit."""

    HUMAN = "human"  # a person's own client
    PROXY_HUMAN = "proxy_human"  # a provider's proxy, because a person looked: time is real, place and device are not
    PREFETCH = "prefetch"  # a client or provider, without a person
    SCANNER = "scanner"  # a security system
    BOT = "bot"  # another program
    UNFURLER = "unfurler"  # a chat or social preview: a machine, and proof that somebody shared the link
    SELF = "self"  # the sender
    UNKNOWN = "unknown"  # the evidence does not decide


COUNTED = frozenset({VerdictKind.HUMAN, VerdictKind.PROXY_HUMAN})
"""The verdicts that change what the sender is told."""


@record
class Verdict:
    """Who caused an event, how sure that is (a probability from 0 to 1), and the named reasons, strongest first."""

    kind: VerdictKind
    confidence: float
    reasons: tuple[str, ...]

    @property
    def rounded(self) -> "Verdict":
        """The verdict as the API shows it: more than three digits of confidence nobody has."""
        return Verdict(self.kind, round(self.confidence, 3), self.reasons)


@record
class Hit:
    """One raw request for a pixel or a link. Lives within the request only: address and agent are never written down.

    `at` is unix seconds; `headers` are the other request headers, names in lower case.
    """

    kind: EventKind
    at: float
    method: str
    agent: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)


@record
class Evidence:
    """What is kept of a hit: enough to judge it again, too little to find the person.

    `agent` and `network` are names from closed lists (what kind of program, whose network), `flags` other named signs,
    `device` a coarse family (`iphone`, `windows`...). `client` and `subnet` are keyed hashes, only good for telling
    that two hits came from the same program and address, or from the same neighbourhood.
    """

    agent: str = ""
    network: str = ""
    device: str = ""
    flags: tuple[str, ...] = ()
    client: str = ""
    subnet: str = ""


@record
class Event:
    """One thing that happened to one recipient's copy of a message. `link` is the index of the link of a click.

    `offset` is by how many minutes the clock of who answered is ahead of UTC, where the answer says so.
    """

    id: str
    message: str
    recipient: int
    kind: EventKind
    at: float
    guess: Verdict
    link: int | None = None
    evidence: Evidence = field(default_factory=Evidence)
    offset: int | None = None
