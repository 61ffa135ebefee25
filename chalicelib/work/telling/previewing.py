"""What would be told of each kind, by mail and by push, of an example: in the sender's language and on their clock."""

from chalicelib.domain.contacts import Contact
from chalicelib.domain.letters import Letter, Push
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.telling import notification_letters
from chalicelib.domain.telling.samples import BOB, EXAMPLE, NAME, moment, sample
from chalicelib.work.accounts import owning
from chalicelib.work.contacts import advising
from chalicelib.work.telling import writing


def previews(sender: str, at: float) -> list[tuple[NotificationKind, Letter, Push]]:
    """The mail and the push of each kind. The mail has no links that mute or stop: there is nothing to be muted."""
    account = owning.account(sender)
    then = moment(account.time_zone, at)
    seen = advising.seen(Contact(BOB, NAME), account.time_zone, then)
    news = [sample(kind, account.time_zone, then, seen) for kind in NotificationKind]
    language, pages = account.preferences.language, {EXAMPLE: writing.page(EXAMPLE)}
    return [
        (
            each.notification.kind,
            notification_letters.told([each], account.time_zone, language, pages, [], {}),
            writing.pushed(account, [each]),
        )
        for each in news
    ]
