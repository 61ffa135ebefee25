"""An example of each kind of notification: what a wish leads to, in the very sentences that would be told."""

from datetime import timedelta

from chalicelib.domain.events import Verdict, VerdictKind
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.picture import Picture
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.telling.news import News

EXAMPLE = "0" * 32  # the id of no message
BOB, NAME, SUBJECT = "bob@example.com", "Bob", "Offer for June"
_HOUR, _DAY = 3_600.0, 86_400.0
_OPENED = Verdict(VerdictKind.PROXY_HUMAN, 0.95, ("gmail_proxy",))
_SEEN = {
    NotificationKind.CLICK: Verdict(VerdictKind.HUMAN, 0.93, ("browser",)),
    NotificationKind.REPLY: Verdict(VerdictKind.HUMAN, 0.98, ("reply",)),
    NotificationKind.BOUNCE: Verdict(VerdictKind.BOT, 0.97, ("bounce",)),
    NotificationKind.COMPLAINT: Verdict(VerdictKind.HUMAN, 0.95, ("complaint",)),
    NotificationKind.AWAY: Verdict(VerdictKind.BOT, 0.97, ("auto_reply",)),
}
_NOTES = {
    NotificationKind.HOT: "3",
    NotificationKind.REVIVED: "20",
    NotificationKind.SHARED: "forwarded",
    NotificationKind.REMINDER: "no_reply",
}


def moment(zone: str, at: float) -> float:
    """A time at which one may be told: the last Tuesday, half past ten."""
    today = zones.local(zone, at).date()
    return zones.at_hour(zone, today - timedelta(days=(today.weekday() - 1) % 7 or 7), 10) + _HOUR / 2


def sample(kind: NotificationKind, zone: str, at: float, seen: Picture) -> News:
    """What is told of a kind, at the `moment` at. `seen` is the picture of BOB."""
    sent_at = at - (
        3 * _DAY if kind is NotificationKind.REMINDER else 21 * _DAY if kind is NotificationKind.REVIVED else 2 * _HOUR
    )
    back = zones.local(zone, at).date() + timedelta(days=7)
    told = Notification(
        message=EXAMPLE,
        sender="",
        kind=kind,
        recipient=0,
        email=BOB,
        name=NAME,
        subject=SUBJECT,
        sent_at=sent_at,
        at=at,
        verdict=_SEEN.get(kind, _OPENED),
        first=True,
        link="https://example.com/offer" if kind is NotificationKind.CLICK else "",
        note=back.isoformat() if kind is NotificationKind.AWAY else _NOTES.get(kind, ""),
        since=sent_at,
    )
    return News(told, at, at, seen)
