"""The fold: all events of a message become its state and the notifications now due.

The fold is pure, and order and repetition of the events do not matter: a stream that redelivers, reorders and splits
cannot change the end. A message of few events is folded whole each time. Of one with more, the oldest are settled: their
verdicts stand, their counts are kept, and they are not read again, so a further event costs what an early one does. What
may mean something else by a later event is folded again when such a one comes (`reopened`), up to REOPENED events. With
MOST_FOLDED it is full: its counts stand, as what there was at least, and nothing of a storm is read any more. Answers are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chalicelib.domain.events import Event, EventKind
from chalicelib.domain.messages import ONE_OF_THEM, Message
from chalicelib.domain.notifications import TAKEN_BACK, Notification, what
from chalicelib.domain.records import record
from chalicelib.domain.state import State, Tally
from chalicelib.domain.verdicts.judging import Judgement, judge
from chalicelib.domain.verdicts.weights import DEFAULT, Settings
from chalicelib.domain.worth_telling import NOTHING_MORE, Wishes, corrections, news

MOST_OPEN = 40  # events of a mail to one person that are folded together; above it the oldest settle...
LEFT_OPEN = 20  # ...until this many are left, for later ones to be judged with. As many more for each further person...
MOST_LEFT_OPEN = 128  # ...up to this many
REOPENED = 256  # settled events that are folded again where a later one may change what they mean
PREPARED_FOR = 86_400.0  # seconds after which a prepared message goes that nobody confirmed
SOON_GONE = 86_400.0  # seconds after which the events of a message that keeps counts only are settled, and go
MOST_FOLDED = 2_000  # events of one message; further hits are kept, and no longer looked at
MOST_TOLD = 49  # in one fold: with the state and fifty contacts they fill a transaction, which takes a hundred items


@record
class Fold:
    """What a fold found: the new state, every event's judgement in order of time, and what is to be told now."""

    state: State
    judgements: tuple[Judgement, ...]
    notifications: tuple[Notification, ...]


def fold(
    message: Message,
    events: Sequence[Event],
    state: State,
    at: float,
    settings: Settings = DEFAULT,
    looked_for: Wishes = NOTHING_MORE,
) -> Fold:
    """The state that `events` lead to, as known at `at`, or at the time of the newest fold or event if that is later.

    `events` are all events of the message, or all that come after `state.settled_through`; the first `room` of them. A
    doubtful event that is still held counts for nothing yet. `looked_for` is what the sender wants to be told beside each
    recipient's first time.
    """
    events = [event for event in events if state.keeps(event)]
    at = max([at, state.as_of, *(event.at for event in events)])
    judgements = judge(message, events, at, settings)
    released = [each for each in judgements if each.hold_until is None or each.hold_until <= at]
    start = _start(state)
    counted = _count(start, released)
    taken_back = corrections(message, judgements, state.told, _still_true(counted))
    known = state.told - {each.what for each in taken_back}
    to_tell = (*taken_back, *news(message, released, known, looked_for, _settled(state)))
    now = to_tell if state.muted else to_tell[:MOST_TOLD]
    waiting = [each.hold_until for each in judgements if each.hold_until is not None and each.hold_until > at]
    if len(now) < len(to_tell):
        waiting.append(at)
    settled, settled_through, settled_count = _settled(state), state.settled_through, state.settled_count
    left, unclear = _left_open(message, looked_for), state.unclear
    if message.prepared:
        waiting.append(message.created_at + PREPARED_FOR)
    full = state.full or (len(judgements) >= room(state) and not waiting and not message.counts_only)
    if message.counts_only and judgements:
        over = judgements[-1].event.at + SOON_GONE
        if over <= at and not waiting:
            settled, settled_through = counted, order(judgements[-1].event)
            over = at  # once more, to take the settled events away (work/following.py)
        waiting.append(over)
    elif judgements and (full or (len(judgements) > 2 * left and not waiting)):
        settling = judgements if full else judgements[:-left]
        unclear = unclear or any(each.may_change for each in settling)
        settled, settled_count = _count(start, settling), settled_count + len(settling)
        settled_through = max(order(settling[-1].event), settled_through or order(settling[-1].event))
    after = State(
        tallies=_each(counted),
        told=state.told - {each.what for each in now if each.correction}
        | {f"{TAKEN_BACK}{each.what}" if each.correction else each.what for each in now},
        muted=state.muted,
        as_of=at,
        due_at=min(waiting, default=None),
        settled=_each(settled),
        settled_through=settled_through,
        settled_count=settled_count,
        unclear=unclear,
        full=full,
        shared=counted.get(ONE_OF_THEM),
        settled_shared=settled.get(ONE_OF_THEM),
    )
    return Fold(after, tuple(judgements), () if state.muted else now)


def _left_open(message: Message, looked_for: Wishes) -> int:
    """How many of the newest events stay open: as many as each recipient's later ones are judged with, and told by."""
    return min(max(LEFT_OPEN * len(message.places), looked_for.unusual.hot_opens), MOST_LEFT_OPEN)


def reopened(message: Message, state: State, news: Iterable[Event]) -> State:
    """The state to start from where `news` came: nothing is settled where one comes late, or changes what older ones mean.

    An answer or a bounce does, and any event where something doubtful was settled.
    """
    through = state.settled_through
    if through is None or state.full or message.counts_only:
        return state  # of a message that keeps counts only, what was settled is gone
    few = state.settled_count <= REOPENED
    if any(order(event) <= through or (few and (state.unclear or event.kind in _TELLING)) for event in news):
        return replace(state, settled=(), settled_shared=None, settled_through=None, settled_count=0, unclear=False)
    return state


_TELLING = (EventKind.REPLY, EventKind.BOUNCE, EventKind.COMPLAINT)


def room(state: State) -> int:
    """How many more events are folded."""
    return MOST_FOLDED - state.settled_count


def news_to(state: State, events: Sequence[Event]) -> list[Event]:
    """What is still folded of these events where the message is full: each recipient's first answer of each kind.

    Told again it is no news, though it was settled and is not read again.
    """
    found: dict[tuple[EventKind, int], Event] = {}
    for event in sorted(events, key=order):
        known = event.recipient < len(state.tallies) or (state.shared and event.recipient == ONE_OF_THEM)
        if known and not _known(state.tally(event.recipient), event.kind):
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


_Tallies = dict[int, Tally]
"""Tallies by the recipient's number, or ONE_OF_THEM."""


def _start(state: State) -> _Tallies:
    """What counting starts from: what is settled, else nothing but what was known when it was sent."""
    if settled := _settled(state):
        return settled
    places = dict(enumerate(state.tallies)) | ({ONE_OF_THEM: state.shared} if state.shared else {})
    return {number: Tally(blind=each.blind, not_tracked=each.not_tracked) for number, each in places.items()}


def _settled(state: State) -> _Tallies:
    one = state.settled_shared
    return dict(enumerate(state.settled)) | ({ONE_OF_THEM: one} if one else {})


def _each(tallies: _Tallies) -> tuple[Tally, ...]:
    return tuple(tally for number, tally in sorted(tallies.items()) if number != ONE_OF_THEM)


def _count(start: _Tallies, judgements: Sequence[Judgement]) -> _Tallies:
    tallies = dict(start)
    for each in judgements:
        if each.event.recipient in tallies:
            tallies[each.event.recipient] = tallies[each.event.recipient].add(each)
    return tallies


def _still_true(tallies: _Tallies) -> frozenset[str]:
    """The names of what the counts say."""
    found = set()
    for number, tally in tallies.items():
        found |= {what(EventKind.OPEN, number)} if tally.opens or tally.clicks or tally.replies else set()
        found |= {what(EventKind.CLICK, number)} if tally.clicks else set()
    return frozenset(found)
