"""When the recommended hour of a send time comes next, and how that is said."""

from chalicelib.domain.habits import zones
from chalicelib.domain.habits.rhythms import HOURS, hour_of_week
from chalicelib.domain.habits.send_times import SendTime
from chalicelib.domain.words.sentences import Moment, Sentence, say


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
