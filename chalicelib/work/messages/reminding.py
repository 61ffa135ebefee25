"""Reminders that are set: by default with a new message, or by the sender for one of theirs."""

from chalicelib.domain.drafts import BY_DEFAULT, NEVER
from chalicelib.domain.messages import Message
from chalicelib.domain.preferences import Patience
from chalicelib.domain.telling.calendar import chosen
from chalicelib.domain.telling.reminders import Reminder, by_default
from chalicelib.store.telling import reminders
from chalicelib.work.accounts import owning


def of_new(message: Message, wish: str, patience: Patience, zone: str, at: float) -> Reminder | None:
    """The reminder of a new message. Raises BadInput for what is no time to be reminded at."""
    if wish == BY_DEFAULT:
        return by_default(message, patience, zone)
    if wish == NEVER:
        return None
    return Reminder(message.sender, message.id, chosen(wish, at, zone, patience.country), chosen=True)


def remind(message: Message, wish: str, at: float) -> None:
    """Set when to remind of a message, or never. Raises BadInput."""
    if wish == NEVER:
        return reminders.remove(message.sender, message.id)
    account = owning.account(message.sender)
    coming = chosen(wish, at, account.time_zone, account.preferences.remind.country)
    return reminders.put(Reminder(message.sender, message.id, coming, chosen=True))
