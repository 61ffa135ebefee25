"""A notification: one thing that the sender is told, once, with all that its telling needs."""

from chalicelib.domain.events import Verdict
from chalicelib.domain.messages import Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.records import record


@record
class Notification:
    """One thing the sender is told. It holds all that the telling needs of what happened.

    `at` is when it happened, unix seconds; `first` is True where no other recipient of the message did it before. A
    `correction` takes back what was told: it did not happen after all. `recipients` is how many people the message went to,
    `times` how often it happened by now, where that is told. `note` is the date that an absence lasts until, what a reminder
    is about (domain/telling/reminders.py), or how many opens or days are unusual. `since` is when a mail that a reminder
    is about was read, or else sent. Of a copy that went to several, `email` and `name` are empty: it was one of `among`.
    `namesake`: somebody else of the same name got the message.
    """

    message: str
    sender: str
    kind: NotificationKind
    recipient: int
    email: str
    name: str
    subject: str
    sent_at: float
    at: float
    verdict: Verdict
    first: bool
    link: str = ""
    correction: bool = False
    thread: str = ""
    recipients: int = 1
    times: int = 0
    note: str = ""
    since: float = 0.0
    among: tuple[Recipient, ...] = ()
    namesake: bool = False

    @property
    def what(self) -> str:
        """The name of the thing told: while it holds, the same thing is not told twice."""
        return what(self.kind, self.recipient, self.times)

    @property
    def id(self) -> str:
        """The name of this telling: a correction has one of its own."""
        return f"{self.message}:{self.what}{':not' if self.correction else ''}"


def what(kind: str, recipient: int, times: int = 0) -> str:
    """The name of a thing that may be told; of the second time, the third..., with the number."""
    return f"{kind}:{recipient}:{times}" if times > 1 else f"{kind}:{recipient}"


TAKEN_BACK = "not:"
"""Stands before the name of a thing that was told and then taken back, for as long as the message is kept."""
