"""What the schedule finds out about a contact: when it reads, and so when to write to it."""

from dataclasses import dataclass

from chalicelib.domain import zones
from chalicelib.domain.contacts import Contact
from chalicelib.domain.send_times import Moment, SendTime, recommend

# How much a moment says of when a person is at their mail: an open may be a glance, an answer is work.
OPEN, CLICK, REPLY = 1.0, 1.5, 2.0
HOURS = 168  # of a week


@dataclass(frozen=True, slots=True)
class Summary:
    """A contact's habits. `counts` are the counted moments in each hour of the week (168, Monday 00:00 first), on the
    clock of `send_time.time_zone`; `at` is when it was computed, unix seconds."""

    email: str
    send_time: SendTime
    counts: tuple[int, ...]
    at: float


def summarise(contact: Contact, zone: str | None, at: float) -> Summary:
    """The summary of a contact, from the newest messages to it. `zone` is its time zone where that is known."""
    moments = moments_of(contact)
    send_time = recommend(moments, [each.sent_at for each in contact.exchanges], zone, at)
    counts = [0] * HOURS
    for moment in moments:
        local = moment.at + zones.offset(send_time.time_zone, moment.at)
        counts[int(local // 3600 + 72) % HOURS] += 1  # 1970 began on a Thursday
    return Summary(contact.email, send_time, tuple(counts), at)


def moments_of(contact: Contact) -> list[Moment]:
    """When a contact was seen at its mail, in order of time: first opens, first clicks, first replies.

    Only the first open of a message: re-reading follows other habits.
    """
    found = [
        Moment(at, weight)
        for each in contact.exchanges
        for at, weight in ((each.opened_at, OPEN), (each.clicked_at, CLICK), (each.replied_at, REPLY))
        if at is not None
    ]
    return sorted(found, key=lambda moment: moment.at)
