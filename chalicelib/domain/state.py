"""The state of a message: what each recipient is known to have done with it, and what the sender has been told of that."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import StrEnum

from chalicelib.domain.consent import NO_PIXEL, SHARED, Untracked, settles
from chalicelib.domain.events import Event, EventKind, VerdictKind
from chalicelib.domain.messages import ONE_OF_THEM, Message
from chalicelib.domain.providers import MASKING
from chalicelib.domain.records import record
from chalicelib.domain.verdicts.explanations import AWAY_UNTIL
from chalicelib.domain.verdicts.judging import Judgement


class Status(StrEnum):
    """What is known of one recipient: the furthest that they were seen to go. Who clicked is no longer `opened`."""

    NO_EVIDENCE = "no_evidence"
    OPENED = "opened"
    CLICKED = "clicked"
    REPLIED = "replied"
    BOUNCED = "bounced"
    CANNOT_KNOW = "cannot_know"
    NOT_TRACKED = "not_tracked"


@record
class Tally:
    """What one recipient did with one message: counts, and first times in unix seconds.

    `machine` counts the hits that were not the recipient's: prefetches, scanners, the sender's own. `masked` counts those
    of them behind which a person's own look does not show. `forwarded` counts those of somebody whom the recipient seems
    to have passed the mail on to. `blind` says why an open by this recipient would not show, if that was known when the
    mail was sent. `offset` is by how many minutes the recipient's clock was ahead of UTC at their newest answer that says
    so, at `offset_at`. `away_until` is the date (YYYY-MM-DD) that their newest automatic reply states, if one does.
    """

    opens: int = 0
    clicks: int = 0
    replies: int = 0
    auto_replies: int = 0
    machine: int = 0
    masked: int = 0
    forwarded: int = 0
    opened_at: float | None = None
    clicked_at: float | None = None
    replied_at: float | None = None
    bounced_at: float | None = None
    complained_at: float | None = None
    away_until: str = ""
    blind: str = ""
    offset: int | None = None
    offset_at: float | None = None
    not_tracked: str = ""  # the reason why this copy carries no pixel and no tracked link

    @property
    def status(self) -> Status:
        """The strongest thing known. A reply after a bounce reopens the recipient: people answer from elsewhere."""
        if self.replied_at is not None and self.replied_at > (self.bounced_at or 0):
            return Status.REPLIED
        if self.bounced_at is not None:
            return Status.BOUNCED
        if self.clicks:
            return Status.CLICKED
        if self.opens:
            return Status.OPENED
        if self.not_tracked:
            return Status.NOT_TRACKED
        return Status.CANNOT_KNOW if self.blind or self.masked else Status.NO_EVIDENCE

    @property
    def shows_opens(self) -> bool:
        """Whether the copy carried a pixel that was theirs alone."""
        return not self.not_tracked and self.blind not in (NO_PIXEL, SHARED)

    @property
    def inferred_open(self) -> bool:
        """Opened for certain, though no open was seen: a person who clicks or answers has read."""
        return not self.opens and self.status in (Status.CLICKED, Status.REPLIED)

    def add(self, judgement: Judgement) -> "Tally":
        """The tally with one more judged event in it."""
        event, at = judgement.event, judgement.event.at
        match event.kind:
            case EventKind.REPLY:
                answered = replace(self, replies=self.replies + 1, replied_at=_first(self.replied_at, at))
                return answered if event.offset is None else replace(answered, offset=event.offset, offset_at=at)
            case EventKind.AUTO_REPLY:
                stated = (reason for reason in event.guess.reasons if reason.startswith(AWAY_UNTIL))
                until = next(stated, "").removeprefix(AWAY_UNTIL) or self.away_until
                return replace(self, auto_replies=self.auto_replies + 1, away_until=until)
            case EventKind.BOUNCE:
                return replace(self, bounced_at=_first(self.bounced_at, at))
            case EventKind.COMPLAINT:
                return replace(self, complained_at=_first(self.complained_at, at))
            case _ if judgement.forwarded:
                return replace(self, forwarded=self.forwarded + 1)
            case _ if not judgement.counted:
                kind = judgement.verdict.kind
                return replace(
                    self,
                    machine=self.machine + (kind is not VerdictKind.UNKNOWN),
                    masked=self.masked + (not MASKING.isdisjoint(judgement.verdict.reasons)),
                )
            case EventKind.CLICK:
                return replace(self, clicks=self.clicks + 1, clicked_at=_first(self.clicked_at, at))
            case _:
                return replace(self, opens=self.opens + 1, opened_at=_first(self.opened_at, at))


@record
class State:
    """The fold of a message's events, as known at `as_of`. A later fold never knows less: times here are unix seconds.

    `told` names what the sender has been told (kind and recipient), and what of that was taken back. `due_at` is when the
    message is to be folded again: when a held event is to be looked at, or at once where there was more to tell than one
    fold may. `settled` are the tallies of the `settled_count` events up to and including the key `settled_through`, some of
    them `unclear`: a later one may change what they mean. Of a `full` message all are, and it had more hits than are
    counted. `shared` is the tally of a copy that went to several, done by one of them, and `settled_shared` what is settled
    of it.
    """

    tallies: tuple[Tally, ...]
    told: frozenset[str] = frozenset()
    muted: bool = False
    as_of: float = 0.0
    due_at: float | None = None
    settled: tuple[Tally, ...] = ()
    settled_through: tuple[float, str] | None = None
    settled_count: int = 0
    unclear: bool = False
    full: bool = False
    shared: Tally | None = None
    settled_shared: Tally | None = None

    def tally(self, number: int) -> Tally:
        """What a recipient did, or one of those of the shared copy."""
        if number == ONE_OF_THEM:
            return self.shared or Tally()
        return self.tallies[number]

    def status_of(self, message: Message, number: int) -> Status:
        """What is known of one recipient. Of one of several: that they may have done what one of them did."""
        own = self.tallies[number].status
        if number not in message.shared or own is not Status.CANNOT_KNOW or self.shared is None:
            return own
        one = self.shared.status
        return one if one in (Status.NO_EVIDENCE, Status.NOT_TRACKED) else Status.CANNOT_KNOW

    def known(self, message: Message) -> tuple[Tally, ...]:
        """What is known: of each recipient with a copy, or an answer, of their own, and of one of those who share one."""
        if self.shared is None:
            return self.tallies
        pairs = enumerate(self.tallies)
        own = (each for i, each in pairs if i not in message.shared or each.status is not Status.CANNOT_KNOW)
        return (*own, self.shared)

    def keeps(self, event: Event) -> bool:
        """Whether an event may be kept. Of who refused tracking only a bounce is: the sender must know what never arrived."""
        if event.recipient >= len(self.tallies) and event.recipient != ONE_OF_THEM:
            return True
        reason = self.tally(event.recipient).not_tracked
        return not settles(reason) or (event.kind is EventKind.BOUNCE and reason != Untracked.ERASED)

    def without(self, recipients: Collection[int], reason: Untracked) -> "State":
        """The state without what these recipients did, for a reason; a bounce stays, unless they are erased."""
        names = tuple(f":{number}" for number in recipients)
        return replace(
            self,
            tallies=_emptied(self.tallies, recipients, reason),
            told=frozenset(name for name in self.told if not name.endswith(names)),
            settled=_emptied(self.settled, recipients, reason),
            shared=_one_emptied(self.shared, recipients, reason),
            settled_shared=_one_emptied(self.settled_shared, recipients, reason),
        )


def _emptied(tallies: Sequence[Tally], recipients: Collection[int], reason: Untracked) -> tuple[Tally, ...]:
    return tuple(_empty(tally, reason) if number in recipients else tally for number, tally in enumerate(tallies))


def _one_emptied(tally: Tally | None, recipients: Collection[int], reason: Untracked) -> Tally | None:
    return tally if tally is None or ONE_OF_THEM not in recipients else _empty(tally, reason)


def _empty(tally: Tally, reason: Untracked) -> Tally:
    if reason is Untracked.ERASED:
        return Tally(not_tracked=reason)
    return Tally(bounced_at=tally.bounced_at, not_tracked=tally.not_tracked if settles(tally.not_tracked) else reason)


def _first(known: float | None, at: float) -> float:
    return at if known is None else min(known, at)
