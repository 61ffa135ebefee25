"""What a link in one of our mails may stop: a message, its thread, a person, the digest, or the mails of a kind."""

from chalicelib.domain.notification_kinds import NotificationKind

MESSAGE, THREAD, PERSON, DIGEST = "message", "thread", "person", "digest"
STOPPABLE = frozenset({MESSAGE, THREAD, PERSON, DIGEST, *NotificationKind})
