"""When to send next: a send time says how good each hour of the week is, a slot is one such hour to come."""

from chalicelib.domain.habits import zones
from chalicelib.domain.habits.rhythms import HOURS, hour_of_week
from chalicelib.domain.habits.send_times import SendTime
from chalicelib.domain.records import record
from chalicelib.domain.words.sentences import Moment, Sentence, say

PATIENCE = 3 * zones.DAY  # waiting this long is worth it for an hour that is twice as likely


@record
class WritingHours:
    """When the sender is willing to write: weekdays (0 is Monday) and hours of the day on the sender's own clock."""

    weekdays: frozenset[int]
    hours: frozenset[int]
    zone: str

    def include(self, at: float) -> bool:
        """Whether that unix time falls into them. Raises LookupError if the zone is not known."""
        hour = hour_of_week(at + zones.offset(self.zone, at))
        return hour // 24 in self.weekdays and hour % 24 in self.hours


def next_slot(send_time: SendTime, at: float, allowed: WritingHours | None = None) -> float:
    """The next good time to write, as unix seconds: `at` itself if now is good, otherwise the start of an hour.

    Of the coming week it is the likeliest hour, each discounted by the wait: six days for the very best hour help
    nobody. Hours that the sender does not allow are passed over; if that leaves none, none is.
    """
    hours, start = [], at
    for _ in range(HOURS):
        local = start + zones.offset(send_time.time_zone, start)
        worth = send_time.weights[hour_of_week(local)] * 0.5 ** ((start - at) / PATIENCE)
        hours.append((worth, start))
        start += 3600 - local % 3600
    offered = [hour for hour in hours if allowed is None or allowed.include(hour[1])]
    return max(offered or hours, key=lambda hour: hour[0])[1]


def next_time(send_time: SendTime, at: float) -> float:
    """When the recommended hour comes next, as unix seconds: `at` itself within it, otherwise its start.

    Where clocks go forward over it, the hour after.
    """
    ahead = zones.offset(send_time.time_zone, at)
    local = at + ahead
    hours = (send_time.weekday * 24 + send_time.hour - hour_of_week(local)) % HOURS
    if not hours:
        return at
    start = local - local % 3600 + hours * 3600
    coming = start - zones.offset(send_time.time_zone, start - ahead)
    return coming if coming + zones.offset(send_time.time_zone, coming) == start else start - ahead


def in_words(send_time: SendTime, at: float) -> Sentence:
    """The recommended hour and when it comes next, for people."""
    coming = next_time(send_time, at)
    when = zones.moment(coming - coming % 60, send_time.time_zone)
    hour = Moment(when.local.replace(minute=0), send_time.time_zone)
    if coming == at:
        return say("{hour:hour}: that is now.", hour=hour)
    return say("{hour:hour}, next on {hour:date}.", hour=hour)
