"""What the schedule finds out about a contact: when it reads, and so when to write to it."""

from typing import NamedTuple

from chalicelib.domain.contacts import Contact
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.audiences import Share, share
from chalicelib.domain.habits.evidence import Moment, weigh
from chalicelib.domain.habits.rhythms import HOURS
from chalicelib.domain.habits.send_times import SendTime, recommend
from chalicelib.domain.habits.whereabouts import ZoneFrom, time_zone

# How much a moment says of when a person is at their mail: an open may be a glance, an answer is work.
OPEN, CLICK, REPLY = 1.0, 1.5, 2.0
HOURS_OUT = 2  # by which the zone that is inferred may differ from that of the country


class Summary(NamedTuple):
    """A contact's habits, as computed at `at` (unix seconds).

    `share` is what it gives to its audiences; `ahead` by how many hours the clock of the send time is ahead of the
    share's. `zone_from` is how its time zone is known.
    """

    email: str
    send_time: SendTime
    share: Share
    ahead: int
    zone_from: ZoneFrom
    at: float

    @property
    def time_zone(self) -> str | None:
        """The contact's time zone, None if it is not known."""
        return None if self.zone_from is ZoneFrom.UNKNOWN else self.send_time.time_zone

    @property
    def counts(self) -> tuple[int, ...]:
        """The counted moments in each hour of the week (168, Monday 00:00 first), on the clock of the send time."""
        counts = [0] * HOURS
        for hour in self.share.hours:
            counts[(hour + self.ahead) % HOURS] += 1
        return tuple(counts)


def summarise(contact: Contact, at: float) -> Summary:
    """The summary of a contact, from the newest messages to it."""
    zone, zone_from = time_zone(contact)
    found = _summarise(contact, zone, zone_from, at)
    if zone is None or zone_from is not ZoneFrom.DOMAIN or not found.share.hours:
        return found
    # The country of an address is a hint: the hours at which somebody reads may say clearly that they live elsewhere.
    seen = _summarise(contact, None, ZoneFrom.UNKNOWN, at)
    elsewhere = seen.zone_from is ZoneFrom.INFERRED and abs(seen.ahead - zones.offset(zone, at) / 3600) > HOURS_OUT
    return seen if elsewhere else found


def _summarise(contact: Contact, zone: str | None, zone_from: ZoneFrom, at: float) -> Summary:
    evidence = weigh(moments_of(contact), [each.sent_at for each in contact.exchanges], zone, at)
    send_time = recommend(evidence)
    ahead = zones.offset(evidence.clock, at) // 3600 if evidence.known else send_time.ahead
    if not evidence.known and send_time.time_zone != "UTC":
        zone_from = ZoneFrom.INFERRED
    return Summary(contact.email, send_time, share(evidence, at), ahead, zone_from, at)


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
