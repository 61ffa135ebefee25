"""Telling the sender: what there is to tell is decided together (deciding.py), claimed, sent in one mail, and marked.

What waits (for company, for the end of quiet hours, for room at SES) waits in the due list, and the stream goes on.
Between the service's yes and the mark there is a moment at which a crash makes it go out again: the one exception to
*once* (docs/when-something-fails.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chalicelib.config import config
from chalicelib.domain.notifications import Notification
from chalicelib.domain.preferences import Channel
from chalicelib.domain.records import record
from chalicelib.domain.telling.budget import Decision, Fate
from chalicelib.domain.telling.news import News, namesakes
from chalicelib.domain.telling.notification_letters import MOST_TOGETHER
from chalicelib.domain.webhooks import MOST_TRIES, next_try
from chalicelib.log import count, logger
from chalicelib.senders import mail
from chalicelib.store.accounts import accounts
from chalicelib.store.keys import Key
from chalicelib.store.telling import outbox
from chalicelib.store.telling.outbox import Waiting
from chalicelib.work.accounts import alerting, codes, owning
from chalicelib.work.telling import deciding, delivering, pushing, writing
from chalicelib.work.telling.deciding import Grounds
from chalicelib.work.turns import Kind, NoMore

Keys = tuple[Key, ...]


@record
class Arrived:
    """A notification that the stream brought: its key in the outbox, and the record's name."""

    notification: Notification
    key: Key
    by: str


@record
class _Claimed:
    """A notification that is ours to tell, what was decided for each channel, and where it went out already."""

    notification: Notification
    key: Key
    decisions: dict[Channel, Decision]
    sent: dict[str, str]

    def due(self, channel: Channel) -> bool:
        """Whether it is to go out on a channel now."""
        return self.decisions[channel].fate is Fate.NOW and channel not in self.sent

    def pushed(self) -> list[str]:
        """The devices that have it."""
        return self.sent.get(Channel.PUSH, "").split()


def tell(arrived: Sequence[Arrived], now: float) -> None:
    """Send what the stream brought for one sender, as their budget has it: together, later, or not at all.

    Webhooks are told of all that stands in the feed.
    """
    account = accounts.load(arrived[0].notification.sender)
    if account is None:
        return
    for each in arrived:
        delivering.prepare(each.notification, each.key)
    grounds = deciding.grounds(account, (each.notification for each in arrived), now)
    claimed = []
    for each in arrived:
        decisions = _decisions(grounds, each.notification, each.key, now)
        if _some(decisions, Fate.NOW, Fate.LATER):
            sent = outbox.claim(each.key, each.by)
            if sent is not None:
                claimed.append(_Claimed(each.notification, each.key, decisions, sent))
    room = _mail(grounds, claimed, now)
    _push(grounds, claimed, now)
    for mine in claimed:
        if not room and mine.due(Channel.EMAIL):
            outbox.put_back(mine.key, next_try(0, now))
        elif until := _until(mine.decisions):
            outbox.put_back(mine.key, until, refused=False)


def _codes(waiting: Sequence[Key], at: float, now: float) -> Iterable[tuple[str, Key]]:
    """Mail a code that waited. Raises NoMore where SES has no room yet: no try of the others is counted."""
    for each in _ready(waiting):
        if outbox.claim_waiting(each, next_try(each.refused, at)) is None:
            continue
        if not codes.send(each.key, now):
            raise NoMore
        outbox.wait_no_more(each.key)
    return ()


def _together(waiting: Sequence[Keys], at: float, now: float) -> Iterable[tuple[str, Keys]]:
    """Tell one sender what waited, in one mail. Raises NoMore where SES has no room yet."""
    for some in waiting:
        ready = _ready(some)
        for each in ready:
            if each.alerts and outbox.claim_waiting(each, next_try(each.refused, at)) is not None:
                if not alerting.send(each.key):
                    raise NoMore
                outbox.wait_no_more(each.key)
        if not _tell_again([each for each in ready if not each.alerts], at, now):
            raise NoMore
    return ()


def _by_sender(at: float) -> list[tuple[str, Keys]]:
    """What is due, each sender's in pieces of what one mail tells."""
    queues: dict[str, list[Key]] = defaultdict(list)
    for sender, key in outbox.mails_due(at):
        queues[sender].append(key)
    return [(sender, some) for sender, found in queues.items() for some in _in_pieces(found)]


def _in_pieces(found: Sequence[Key]) -> Iterable[Keys]:
    for start in range(0, len(found), MOST_TOGETHER):
        yield tuple(found[start : start + MOST_TOGETHER])


CODES = Kind("codes", 5.0, lambda at: [(key.pk, key) for key in outbox.codes_due(at)], _codes)
MAILS = Kind("mails", 7.0, _by_sender, _together)
"""What waited: for company, for the end of quiet hours, alerts for room at SES. Each address has its turn, and each sender."""


def _ready(waiting: Iterable[Key]) -> list[Waiting]:
    """The entries that still wait, without those that were tried often enough."""
    ready = []
    for each in filter(None, map(outbox.waiting, waiting)):
        if each.refused >= MOST_TRIES:
            outbox.record_outcome(each.key, Channel.EMAIL, "given up")
            logger().error("SES had no room for a mail, and it is given up.")
            outbox.wait_no_more(each.key)
        else:
            ready.append(each)
    return ready


def _tell_again(waiting: Sequence[Waiting], at: float, now: float) -> bool:
    """Whether SES may have room for more."""
    readable = [each for each in waiting if each.notification is not None]
    for each in waiting:
        if each.notification is None:
            logger().error("A notification that waits cannot be read.")
            outbox.wait_no_more(each.key)
    account = accounts.load(waiting[0].key.pk.removeprefix("s#")) if readable else None
    if account is None:
        for each in readable:
            outbox.wait_no_more(each.key)
        return True
    grounds = deciding.grounds(account, (each.notification for each in readable if each.notification), now)
    claimed = []
    for each in readable:
        sent = outbox.claim_waiting(each, next_try(each.refused, at))
        if sent is not None and each.notification is not None:
            decisions = _decisions(grounds, each.notification, each.key, now, waited=True)
            claimed.append(_Claimed(each.notification, each.key, decisions, sent))
    room = _mail(grounds, claimed, now)
    _push(grounds, claimed, now)
    for mine in claimed:
        until = _until(mine.decisions)
        if until is not None:
            outbox.put_back(mine.key, until, refused=False)
        elif room or not mine.due(Channel.EMAIL):
            outbox.wait_no_more(mine.key)
    return room


def _decisions(
    grounds: Grounds, told: Notification, key: Key, now: float, *, waited: bool = False
) -> dict[Channel, Decision]:
    return {channel: grounds.decide(told, key, channel, now, waited=waited) for channel in Channel}


def _some(decisions: dict[Channel, Decision], *fates: Fate) -> bool:
    return any(each.fate in fates for each in decisions.values())


def _until(decisions: dict[Channel, Decision]) -> float | None:
    """When a notification is to be looked at again, if it waits on any channel."""
    return min(
        (each.at for each in decisions.values() if each.fate is Fate.LATER and each.at is not None), default=None
    )


def _mail(grounds: Grounds, claimed: Sequence[_Claimed], now: float) -> bool:
    """Whether what is to be mailed is mailed, all in one; False where SES has no room for it."""
    due = [each for each in claimed if each.due(Channel.EMAIL)]
    if not due:
        return True
    account = grounds.account
    about = {"message_id": due[0].notification.message}
    news = [grounds.news(each.notification, each.key, now, last=each.decisions[Channel.EMAIL].last) for each in due]
    told_at: float | None = now
    try:
        outcome = mail.send(writing.told(account, _apart(news)), owning.where_told(account), account.name)
    except mail.NoRoom as full:
        logger().warning("SES has no room: a notification waits.", extra={"reason": str(full), **about})
        return False
    except mail.Undeliverable as failure:
        logger().error("SES refuses a notification.", extra={"reason": str(failure), **about})
        outcome, told_at = "refused", None
    for each in due:
        outbox.record_outcome(each.key, Channel.EMAIL, outcome, told_at)
    count(config().stage, "Notifications", 1, due[0].notification.at, "channel=email", **about)
    return True


def _apart(news: Sequence[News]) -> list[News]:
    """The news, the people of one name told apart."""
    shared = namesakes((each.notification.name, each.notification.email) for each in news)
    return [replace(each, alike=each.notification.name.casefold() in shared) for each in news]


def _push(grounds: Grounds, claimed: Sequence[_Claimed], now: float) -> None:
    """Push to each device what it has not got, noted one by one. A failure of one rises when the others have it."""
    due = [each for each in claimed if each.decisions[Channel.PUSH].fate is Fate.NOW]
    if not due:
        return
    account, failed = grounds.account, None
    devices = accounts.devices(account.sender)
    missing = {device.id: [each for each in due if device.id not in each.pushed()] for device in devices}
    told = [
        (
            device,
            writing.pushed(account, [grounds.news(each.notification, each.key, now) for each in missing[device.id]]),
        )
        for device in devices
        if missing[device.id]
    ]
    for device, came in pushing.bring(told, account.sender, now):
        if isinstance(came, Exception):
            failed = failed or came
        elif came:
            for each in missing[device.id]:
                each.sent[Channel.PUSH] = " ".join([*each.pushed(), device.id])
                outbox.record_outcome(each.key, Channel.PUSH, each.sent[Channel.PUSH], now)
            first = missing[device.id][0].notification
            count(config().stage, "Notifications", 1, first.at, "channel=push", message_id=first.message)
    if failed is not None:
        raise failed
