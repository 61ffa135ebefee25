"""What the schedule finds out about a contact: when it reads, and so when to write to it."""

from dataclasses import dataclass

from chalicelib.domain.contacts import Contact
from chalicelib.domain.habits.rhythms import HOURS
from chalicelib.domain.habits.send_times import Moment, SendTime, recommend

# How much a moment says of when a person is at their mail: an open may be a glance, an answer is work.
OPEN, CLICK, REPLY = 1.0, 1.5, 2.0


@dataclass(frozen=True, slots=True)
class Summary:
    """A contact's habits, as computed at `at` (unix seconds)."""

    email: str
    send_time: SendTime
    at: float

    @property
    def counts(self) -> tuple[int, ...]:
        """The counted moments in each hour of the week (168, Monday 00:00 first), on the clock of the send time."""
        counts = [0] * HOURS
        for hour in self.send_time.seen:
            counts[hour] += 1
        return tuple(counts)


def summarise(contact: Contact, zone: str | None, at: float) -> Summary:
    """The summary of a contact, from the newest messages to it. `zone` is its time zone where that is known."""
    sends = [each.sent_at for each in contact.exchanges]
    return Summary(contact.email, recommend(moments_of(contact), sends, zone, at), at)


def moments_of(contact: Contact) -> list[Moment]:
    """When a contact was seen at its mail, in order of time: first opens, first clicks, first replies.

    Only the first open of a message: re-reading follows other habits.
    """
    found = []
    for each in contact.exchanges:
        if each.opened_at is not None:
            found.append(Moment(each.opened_at, OPEN))
        if each.clicked_at is not None:
            found.append(Moment(each.clicked_at, CLICK))
        if each.replied_at is not None:
            found.append(Moment(each.replied_at, REPLY))
    return sorted(found)
