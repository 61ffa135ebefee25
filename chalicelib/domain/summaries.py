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
# The country of an address is a hint. It is given up for who reads, there, at many hours and often at night, if the zone
# that is inferred is another one: hours of the evening alone are rather an evening reader's.
HOURS_OUT = 2  # by which the inferred zone may differ from that of the country
MORNING = 6  # o'clock
FEWEST_OF_HOURS, SPREAD, NIGHTLY = 8, 5, 0.2  # moments, different hours of the day, and share of moments before MORNING


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
    if not _up_at_night(found):
        return found
    seen = _summarise(contact, None, ZoneFrom.UNKNOWN, at)
    elsewhere = seen.zone_from is ZoneFrom.INFERRED and abs(seen.ahead - zones.offset(zone, at) / 3600) > HOURS_OUT
    return seen if elsewhere else found


def _up_at_night(summary: Summary) -> bool:
    """Whether these are hardly the hours of somebody who lives on that clock: many of them, and many at night.

    Simulated people with German addresses (the shipped archetypes): of those who live there, one in fifty is taken for
    somebody elsewhere, and nobody who reads only after dinner, or late; of those in Los Angeles, one in six is after 14
    moments, and one in three after 30.
    """
    by_hour = [sum(summary.counts[hour::24]) for hour in range(24)]
    moments, at_night, hours = sum(by_hour), sum(by_hour[:MORNING]), sum(map(bool, by_hour))
    return moments >= FEWEST_OF_HOURS and hours >= SPREAD and at_night >= NIGHTLY * moments


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
