"""Writing to the sender: letters and pushes in their language, with the links that only this deployment can make."""

from collections.abc import Sequence

from chalicelib.config import config
from chalicelib.domain.accounts import Account
from chalicelib.domain.letters import Letter, Push
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.telling import notification_letters
from chalicelib.domain.telling.mutes import DIGEST, MESSAGE, PERSON, THREAD
from chalicelib.domain.telling.news import News, who
from chalicelib.domain.telling.today import Today
from chalicelib.domain.tokens import Claim, TokenKind, mint
from chalicelib.domain.words.sentences import noted, say

_STOP = {
    NotificationKind.OPEN: noted("No more mails about opens"),
    NotificationKind.CLICK: noted("No more mails about clicks"),
    NotificationKind.REPLY: noted("No more mails about replies"),
    NotificationKind.BOUNCE: noted("No more mails about bounces"),
    NotificationKind.COMPLAINT: noted("No more mails about complaints"),
    NotificationKind.REMINDER: noted("No more reminders by mail"),
    NotificationKind.HOT: noted("No more mails about mails that are opened often"),
    NotificationKind.REVIVED: noted("No more mails about mails that are opened again"),
    NotificationKind.SHARED: noted("No more mails about mails that are passed on"),
    NotificationKind.AWAY: noted("No more mails about absences"),
}


def told(account: Account, news: Sequence[News]) -> Letter:
    """The mail that tells a sender of these things."""
    first = news[0].notification
    stop = muting(first, first.kind.value)
    links = [(_STOP[first.kind], stop)]
    if len({each.notification.message for each in news}) == 1:
        links.insert(0, (noted("Mute this message"), muting(first, MESSAGE)))
        links[1:1] = [(noted("Mute this thread"), muting(first, THREAD))] if first.thread else []
    if first.email and len({each.notification.email for each in news}) == 1:
        links.insert(-1, (say("Mute {who}", who=who(news[0])), muting(first, PERSON)))
    pages = {each.notification.message: page(each.notification.message) for each in news}
    return notification_letters.told(
        news, account.time_zone, account.preferences.language, pages, links, _one_click(stop)
    )


def digest(account: Account, today: Today) -> Letter:
    """The digest of a sender. The address that stops it names a message that it tells of."""
    named = [each.message for each in today.latest] or [each.message or "" for each in today.people]
    named = [each for each in named if each] or [each.notification.message for each in today.now]
    claim = Claim(TokenKind.MUTE, named[0], 0, int(today.at), 0, DIGEST)
    stop = _url(claim)
    links = [(noted("No more digests"), stop)]
    home = f"{config().public_url}/app/today"
    return notification_letters.digest(today, account.preferences.language, home, links, _one_click(stop))


def pushed(account: Account, news: Sequence[News]) -> Push:
    """The push that tells a sender of these things."""
    wishes = account.preferences
    sound = any(wishes.sound.get(each.notification.kind, False) for each in news)
    if len(news) == 1:
        return notification_letters.pushed(news[0], wishes.language, sound=sound)
    return notification_letters.pushed_together(news, wishes.language, sound=sound)


def page(message: str) -> str:
    """The page of a message."""
    return f"{config().public_url}/app/message?id={message}"


def muting(told: Notification, what: str) -> str:
    """The address that mutes what a notification is about, or stops the mails of a kind."""
    return _url(Claim(TokenKind.MUTE, told.message, told.recipient, int(told.sent_at), 0, what))


def _url(claim: Claim) -> str:
    return f"{config().public_url}/{claim.kind}/{mint(claim, config().secrets)}"


def _one_click(url: str) -> dict[str, str]:
    """The fields of https://www.rfc-editor.org/rfc/rfc8058."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
