"""What there is to tell the sender, and when it became so: once for each thing, on the first event that counts."""

from collections.abc import Iterable, Mapping, Sequence

from chalicelib.domain.events import EventKind
from chalicelib.domain.messages import ONE_OF_THEM, Message, Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import TAKEN_BACK, Notification, what
from chalicelib.domain.preferences import Preferences, Tell, Unusual
from chalicelib.domain.records import field, record
from chalicelib.domain.state import Tally
from chalicelib.domain.unusual import unusual
from chalicelib.domain.verdicts.judging import Judgement

HAPPENED = (
    NotificationKind.OPEN,
    NotificationKind.CLICK,
    NotificationKind.REPLY,
    NotificationKind.BOUNCE,
    NotificationKind.COMPLAINT,
)
"""What is told of each recipient's first event of the kind."""
MOST_TIMES = 50  # opens or clicks of one recipient that are told one by one


@record
class Wishes:
    """What is looked for beside each recipient's first time: which kinds are told `every` time, and what is `unusual`."""

    every: frozenset[NotificationKind] = frozenset()
    unusual: Unusual = field(default_factory=Unusual)
    kinds: frozenset[NotificationKind] = frozenset()


NOTHING_MORE = Wishes()


def wishes(preferences: Preferences) -> Wishes:
    """What a sender's preferences ask to be looked for."""
    every = (kind for kind in (NotificationKind.OPEN, NotificationKind.CLICK) if _every(preferences, kind))
    kinds = (
        kind
        for kind in (NotificationKind.HOT, NotificationKind.REVIVED, NotificationKind.SHARED, NotificationKind.AWAY)
        if preferences.wanted(kind)
    )
    return Wishes(frozenset(every), preferences.unusual, frozenset(kinds))


def _every(preferences: Preferences, kind: NotificationKind) -> bool:
    return Tell.EVERY in (preferences.tell.get(kind), preferences.tell_push.get(kind))


def news(
    message: Message,
    judgements: Sequence[Judgement],
    told: frozenset[str],
    looked_for: Wishes,
    settled: Mapping[int, Tally],
) -> tuple[Notification, ...]:
    """What there is to tell of the judged events (in order of time) that was not told before.

    `settled` are the counts of those that came before them, by recipient.
    """
    first = first_time(message, judgements, told)
    known = told | {each.what for each in first}
    return (
        *first,
        *_again(message, judgements, known, looked_for, settled),
        *_unusual(message, judgements, known, looked_for),
    )


def first_time(message: Message, judgements: Sequence[Judgement], told: frozenset[str]) -> tuple[Notification, ...]:
    """What each recipient did for the first time.

    A click or a reply says that the mail was read: an open that comes after one is no news.
    """
    found: dict[str, Notification] = {}
    for each in judgements:
        kind, recipient = each.event.kind, each.event.recipient
        if kind.value not in HAPPENED or recipient not in message.places or not _tells(each):
            continue
        known = told | found.keys()
        said_by = {what(kind, recipient)}
        if kind is EventKind.OPEN:
            said_by |= {what(EventKind.CLICK, recipient), what(EventKind.REPLY, recipient)}
        if not said_by & known:
            found[what(kind, recipient)] = _notification(
                message, each, NotificationKind(kind), first=not _others(kind, known)
            )
    return tuple(found.values())


def _again(
    message: Message,
    judgements: Sequence[Judgement],
    told: frozenset[str],
    looked_for: Wishes,
    settled: Mapping[int, Tally],
) -> list[Notification]:
    """The newest of each recipient's further opens and clicks, where every one is to be told."""
    found = []
    for kind in looked_for.every:
        for recipient in message.places:
            times = [each for each in _counted(judgements, recipient) if each.event.kind.value == kind]
            before = settled.get(recipient)
            many = len(times) + ((before.opens if kind is NotificationKind.OPEN else before.clicks) if before else 0)
            if times and 1 < many <= MOST_TIMES and many > _highest(told, kind, recipient):
                found.append(_notification(message, times[-1], kind, first=False, times=many))
    return found


def _highest(told: frozenset[str], kind: NotificationKind, recipient: int) -> int:
    """How often a thing was told to have happened."""
    numbers = (name.removeprefix(f"{kind}:{recipient}:") for name in told if name.startswith(f"{kind}:{recipient}:"))
    return max([*map(int, numbers), int(what(kind, recipient) in told)])


def _unusual(
    message: Message, judgements: Sequence[Judgement], told: frozenset[str], looked_for: Wishes
) -> list[Notification]:
    """What stands out of what each recipient did. Where several share a copy, who opens it again may be another of them."""
    return [
        _notification(message, seen, kind, first=True, note=note)
        for recipient in range(len(message.recipients))
        for kind, seen, note in unusual(
            [each for each in judgements if each.event.recipient == recipient], looked_for.unusual
        )
        if kind in looked_for.kinds and what(kind, recipient) not in told
    ]


def _counted(judgements: Iterable[Judgement], recipient: int) -> list[Judgement]:
    return [each for each in judgements if each.event.recipient == recipient and each.counted]


def corrections(
    message: Message, judgements: Sequence[Judgement], told: frozenset[str], holds: frozenset[str]
) -> tuple[Notification, ...]:
    """What was told of opens and clicks and does not hold any more, each with the verdict that the latest event has now.

    `holds` names what the counts still say. What waits to be looked at again is not taken back yet.
    """
    found = []
    for name in sorted(each for each in told - holds if not each.startswith(TAKEN_BACK)):
        kind, recipient = NotificationKind(name.split(":")[0]), int(name.split(":")[1])
        about = [each for each in judgements if (each.event.kind.value, each.event.recipient) == (kind, recipient)]
        if (
            name.count(":") == 1
            and kind in (NotificationKind.OPEN, NotificationKind.CLICK)
            and about
            and not any(each.counted for each in about)
        ):
            first = not _others(kind, told - {name})
            found.append(_notification(message, about[-1], kind, first=first, correction=True))
    return tuple(found)


def _tells(judgement: Judgement) -> bool:
    hit = judgement.event.kind in (EventKind.OPEN, EventKind.CLICK)
    return judgement.counted if hit else True


def _others(kind: str, known: Iterable[str]) -> bool:
    return any(name.startswith(f"{kind}:") for name in known)


def _notification(
    message: Message,
    judgement: Judgement,
    kind: NotificationKind,
    *,
    first: bool,
    correction: bool = False,
    times: int = 0,
    note: str = "",
) -> Notification:
    event = judgement.event
    several = event.recipient == ONE_OF_THEM
    recipient = Recipient("") if several else message.recipients[event.recipient]
    return Notification(
        message=message.id,
        sender=message.sender,
        kind=kind,
        recipient=event.recipient,
        email=recipient.email,
        name=recipient.name,
        subject=message.subject,
        sent_at=message.sent_at,
        at=event.at,
        verdict=judgement.verdict,
        first=first,
        link=message.links[event.link] if event.link is not None and event.link < len(message.links) else "",
        correction=correction,
        thread=message.thread or "",
        recipients=len(message.recipients),
        times=times,
        note=note,
        among=message.among if several else (),
        namesake=not several and message.has_namesake(event.recipient),
    )
