"""What the schedule finds out about a contact: when it reads, and so when to write to it."""

from typing import NamedTuple

from chalicelib.domain.contacts import Contact
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.audiences import Share, share
from chalicelib.domain.habits.evidence import Moment, weigh
from chalicelib.domain.habits.rhythms import HOURS
from chalicelib.domain.habits.send_times import SendTime, recommend

# How much a moment says of when a person is at their mail: an open may be a glance, an answer is work.
OPEN, CLICK, REPLY = 1.0, 1.5, 2.0


class Summary(NamedTuple):
    """A contact's habits, as computed at `at` (unix seconds).

    `share` is what it gives to its audiences; `ahead` by how many hours the clock of the send time is ahead of the
    share's.
    """

    email: str
    send_time: SendTime
    share: Share
    ahead: int
    at: float

    @property
    def counts(self) -> tuple[int, ...]:
        """The counted moments in each hour of the week (168, Monday 00:00 first), on the clock of the send time."""
        counts = [0] * HOURS
        for hour in self.share.hours:
            counts[(hour + self.ahead) % HOURS] += 1
        return tuple(counts)


def summarise(contact: Contact, zone: str | None, at: float) -> Summary:
    """The summary of a contact, from the newest messages to it. `zone` is its time zone where that is known."""
    evidence = weigh(moments_of(contact), [each.sent_at for each in contact.exchanges], zone, at)
    send_time = recommend(evidence)
    ahead = zones.offset(evidence.clock, at) // 3600 if evidence.known else send_time.ahead
    return Summary(contact.email, send_time, share(evidence, at), ahead, at)


def moments_of(contact: Contact) -> list[Moment]:
    """When a contact was seen at its mail, in order of time: first opens, first clicks, first replies.

    Only the first open of a message: re-reading follows other habits.
    """
    found = []
    for each in contact.exchanges:
        if (at := each.opened_at) is not None:
            found.append((at, OPEN))
        if (at := each.clicked_at) is not None:
            found.append((at, CLICK))
        if (at := each.replied_at) is not None:
            found.append((at, REPLY))
    found.sort()
    return found
