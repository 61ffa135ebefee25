"""The fold: all events of a message become its state and the notifications now due.

The fold is pure, and order and repetition of the events do not matter: a stream that redelivers, reorders and splits
cannot change the end. A message of up to MOST_OPEN events is folded whole each time. Of a message with more (a mail
that goes viral), the oldest are settled: their verdicts stand, their counts are kept, and they are not read again. With
MOST_FOLDED it is full: its counts stand, as what there was at least, and nothing of a storm is read any more. Answers are.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from chalicelib.domain.consent import NO_PIXEL, Untracked, settles
from chalicelib.domain.events import Event, EventKind, VerdictKind
from chalicelib.domain.messages import Message
from chalicelib.domain.notifications import Notification, corrections, first_time, what
from chalicelib.domain.providers import MASKING
from chalicelib.domain.verdicts.explanations import AWAY_UNTIL
from chalicelib.domain.verdicts.judging import Judgement, judge
from chalicelib.domain.verdicts.weights import DEFAULT, Settings

MOST_OPEN = 256  # events that are folded together; above it the oldest settle...
LEFT_OPEN = 128  # ...until this many are left, for later ones to be judged with
SOON_GONE = 86_400.0  # seconds after which the events of a message that keeps counts only are settled, and go
MOST_FOLDED = 2_000  # events of one message; further hits are kept, and no longer looked at
MOST_TOLD = 49  # in one fold: with the state and fifty contacts they fill a transaction, which takes a hundred items


class Status(StrEnum):
    """What is known of one recipient: the furthest that they were seen to go. Who clicked is no longer `opened`."""

    NO_EVIDENCE = "no_evidence"
    OPENED = "opened"
    CLICKED = "clicked"
    REPLIED = "replied"
    BOUNCED = "bounced"
    CANNOT_KNOW = "cannot_know"
    NOT_TRACKED = "not_tracked"


@dataclass(frozen=True, slots=True)
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
        """Whether the copy carried a pixel."""
        return not self.not_tracked and self.blind != NO_PIXEL

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


@dataclass(frozen=True, slots=True)
class State:
    """The fold of a message's events, as known at `as_of`. A later fold never knows less: times here are unix seconds.

    `told` names what the sender has been told (kind and recipient). `due_at` is when the message is to be folded again:
    when a held event is to be looked at, or at once where there was more to tell than one fold may. `settled` are the
    tallies of the `settled_count` events up to and including the key `settled_through`. Of a `full` message all are, and
    it had more hits than are counted.
    """

    tallies: tuple[Tally, ...]
    told: frozenset[str] = frozenset()
    muted: bool = False
    as_of: float = 0.0
    due_at: float | None = None
    settled: tuple[Tally, ...] = ()
    settled_through: tuple[float, str] | None = None
    settled_count: int = 0
    full: bool = False

    def keeps(self, event: Event) -> bool:
        """Whether an event may be kept. Of who refused tracking only a bounce is: the sender must know what never arrived."""
        if event.recipient >= len(self.tallies):
            return True
        reason = self.tallies[event.recipient].not_tracked
        return not settles(reason) or (event.kind is EventKind.BOUNCE and reason != Untracked.ERASED)

    def without(self, recipients: Collection[int], reason: Untracked) -> "State":
        """The state without what these recipients did, for a reason; a bounce stays, unless they are erased."""
        names = tuple(f":{number}" for number in recipients)
        return replace(
            self,
            tallies=_emptied(self.tallies, recipients, reason),
            told=frozenset(name for name in self.told if not name.endswith(names)),
            settled=_emptied(self.settled, recipients, reason),
        )


@dataclass(frozen=True, slots=True)
class Fold:
    """What a fold found: the new state, every event's judgement in order of time, and what is to be told now."""

    state: State
    judgements: tuple[Judgement, ...]
    notifications: tuple[Notification, ...]


def fold(message: Message, events: Sequence[Event], state: State, at: float, settings: Settings = DEFAULT) -> Fold:
    """The state that `events` lead to, as known at `at`, or at the time of the newest fold or event if that is later.

    `events` are all events of the message, or all that come after `state.settled_through`; the first `room` of them. A
    doubtful event that is still held counts for nothing yet.
    """
    events = [event for event in events if state.keeps(event)]
    at = max([at, state.as_of, *(event.at for event in events)])
    judgements = judge(message, events, at, settings)
    released = [each for each in judgements if each.hold_until is None or each.hold_until <= at]
    start = state.settled or tuple(Tally(blind=each.blind, not_tracked=each.not_tracked) for each in state.tallies)
    tallies = _count(start, released)
    taken_back = corrections(message, judgements, state.told, _still_true(tallies))
    to_tell = (*taken_back, *first_time(message, released, state.told - {each.what for each in taken_back}))
    now = to_tell if state.muted else to_tell[:MOST_TOLD]
    waiting = [each.hold_until for each in judgements if each.hold_until is not None and each.hold_until > at]
    if len(now) < len(to_tell):
        waiting.append(at)
    settled, settled_through, settled_count = state.settled, state.settled_through, state.settled_count
    full = state.full or (len(judgements) >= room(state) and not waiting and not message.counts_only)
    if message.counts_only and judgements:
        over = judgements[-1].event.at + SOON_GONE
        if over <= at and not waiting:
            settled, settled_through = tallies, order(judgements[-1].event)
            over = at  # once more, to take the settled events away (work/following.py)
        waiting.append(over)
    elif judgements and (full or (len(judgements) > MOST_OPEN and not waiting)):
        settling = judgements if full else judgements[:-LEFT_OPEN]
        settled, settled_count = _count(start, settling), settled_count + len(settling)
        settled_through = max(order(settling[-1].event), settled_through or order(settling[-1].event))
    after = State(
        tallies=tallies,
        told=state.told - {each.what for each in now if each.correction}
        | {each.what for each in now if not each.correction},
        muted=state.muted,
        as_of=at,
        due_at=min(waiting, default=None),
        settled=settled,
        settled_through=settled_through,
        settled_count=settled_count,
        full=full,
    )
    return Fold(after, tuple(judgements), () if state.muted else now)


def room(state: State) -> int:
    """How many more events are folded."""
    return MOST_FOLDED - state.settled_count


def news_to(state: State, events: Sequence[Event]) -> list[Event]:
    """What is still folded of these events where the message is full: each recipient's first answer of each kind.

    Told again it is no news, though it was settled and is not read again.
    """
    found: dict[tuple[EventKind, int], Event] = {}
    for event in sorted(events, key=order):
        if event.recipient < len(state.tallies) and not _known(state.tallies[event.recipient], event.kind):
            found.setdefault((event.kind, event.recipient), event)
    return list(found.values())


def _known(tally: Tally, kind: EventKind) -> bool:
    """Whether one more event of this kind would change nothing of a full message but its counts."""
    match kind:
        case EventKind.REPLY:
            return tally.replies > 0
        case EventKind.AUTO_REPLY:
            return tally.auto_replies > 0
        case EventKind.BOUNCE:
            return tally.bounced_at is not None
        case EventKind.COMPLAINT:
            return tally.complained_at is not None
    return True


def order(event: Event) -> tuple[float, str]:
    """Where an event stands in its timeline: by time, then by id."""
    return event.at, event.id


def _emptied(tallies: Sequence[Tally], recipients: Collection[int], reason: Untracked) -> tuple[Tally, ...]:
    return tuple(_empty(tally, reason) if number in recipients else tally for number, tally in enumerate(tallies))


def _empty(tally: Tally, reason: Untracked) -> Tally:
    if reason is Untracked.ERASED:
        return Tally(not_tracked=reason)
    return Tally(bounced_at=tally.bounced_at, not_tracked=tally.not_tracked if settles(tally.not_tracked) else reason)


def _count(start: Sequence[Tally], judgements: Sequence[Judgement]) -> tuple[Tally, ...]:
    tallies = list(start)
    for each in judgements:
        if each.event.recipient < len(tallies):
            tallies[each.event.recipient] = tallies[each.event.recipient].add(each)
    return tuple(tallies)


def _still_true(tallies: Sequence[Tally]) -> frozenset[str]:
    """The names of what the counts say. A bounce says more than a correction would: what was told before it may stand."""
    found = set()
    for number, tally in enumerate(tallies):
        read = tally.opens or tally.clicks or tally.replies or tally.bounced_at is not None
        found |= {what(EventKind.OPEN, number)} if read else set()
        found |= {what(EventKind.CLICK, number)} if tally.clicks or tally.bounced_at is not None else set()
    return frozenset(found)


def _first(known: float | None, at: float) -> float:
    return at if known is None else min(known, at)
