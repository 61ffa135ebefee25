"""The kinds of things that a sender is told: what happened, what is unusual about it, and what did not happen."""

from enum import StrEnum


class NotificationKind(StrEnum):
    """What a notification is about. The first five have the names of the events that they tell of."""

    OPEN = "open"
    CLICK = "click"
    REPLY = "reply"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    REMINDER = "reminder"  # it was not opened, or not answered
    HOT = "hot"  # opened again and again within hours
    REVIVED = "revived"  # opened again after a long silence
    SHARED = "shared"  # forwarded, or shown in a chat
    AWAY = "away"  # an automatic reply says until when
