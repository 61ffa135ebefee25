"""What send times look like in the API."""

from collections.abc import Sequence
from typing import Literal

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from chalicelib.domain.habits.audiences import Audience, moments, send_time
from chalicelib.domain.habits.coming_hour import in_words, next_time
from chalicelib.domain.habits.send_times import SendTime
from chalicelib.domain.habits.whereabouts import ZoneFrom
from chalicelib.domain.providers import is_free
from chalicelib.domain.summaries import Summary
from chalicelib.domain.words.sentences import ENGLISH, said
from chalicelib.routes.resources.shapes import Input, Limit, Time, as_time


class SendTimeShape(Struct, frozen=True):
    """When to write to a contact: the hour of the week (`weekday` 0 is Monday) on the clock of `time_zone`.

    `time_zone_from` says how that is known: `set` by you, from the offset in their `replies`, from the country of their
    `domain`, `inferred` from the hours at which they read; `unknown` means that hours are in UTC.

    `weights` (168, Monday 00:00 first) say how likely each hour is to find them reading; `counts` how often each did; a list
    of contacts leaves out both when asked to. Without `enough_data` it is the hour that suits most people. Otherwise `gain` is
    how much likelier the hour is than that one (0.25: a quarter), give or take `gain_error`. `sentence` says in words when
    it is, `reason` why.
    """

    enough_data: bool
    weekday: int
    hour: int
    time_zone: str
    time_zone_from: ZoneFrom
    next_at: Time
    sentence: str
    n: float
    gain: float | None
    gain_error: float | None
    reason: str
    computed_at: Time
    weights: tuple[float, ...] | UnsetType = UNSET
    counts: tuple[int, ...] | UnsetType = UNSET


class SendTimeQuery(Input, frozen=True):
    """Whose send times, where the list goes on, and how far."""

    by: Literal["contact", "domain"] = "contact"
    after: str | None = None
    limit: Limit = 50


class ContactSendTime(Struct, frozen=True, tag_field="of", tag="contact"):
    """The scheduled summary of one contact."""

    email: str
    send_time: SendTimeShape


class DomainSendTime(Struct, frozen=True, tag_field="of", tag="domain"):
    """When the contacts of one domain read, all together: how many `people` they are and how many were seen to read.

    `free_mail`: anybody may have an address there, so they are not one organisation.
    """

    domain: str
    free_mail: bool
    people: int
    readers: int
    send_time: SendTimeShape


class OverallSendTime(Struct, frozen=True):
    """When all the sender's contacts read, together: how many `people` they are and how many were seen to read."""

    people: int
    readers: int
    send_time: SendTimeShape


class SendTimeList(Struct, frozen=True):
    """The scheduled summaries, by address or by domain, and that of all contacts together, once there is one."""

    overall: OverallSendTime | None
    items: list[ContactSendTime | DomainSendTime]
    next: str | None


def send_time_shape(summary: Summary, at: float, language: str = ENGLISH, *, weights: bool = True) -> SendTimeShape:
    """A send time as the API shows it at `at`, with the weight of each hour of the week or without."""
    shape = _send_time(summary.send_time, summary.zone_from, summary.counts, summary.at, at, language)
    return shape if weights else replace(shape, weights=UNSET, counts=UNSET)


def domain_shape(audience: Audience, at: float, language: str = ENGLISH) -> DomainSendTime:
    """When to write to the people of a domain, as the API shows it at `at`."""
    return DomainSendTime(
        audience.name, is_free(audience.name), audience.people, audience.readers, _of_audience(audience, at, language)
    )


def overall_shape(audience: Audience, at: float, language: str = ENGLISH) -> OverallSendTime | None:
    """When to write to everybody, as the API shows it at `at`; nothing of nobody."""
    if not audience.people:
        return None
    return OverallSendTime(audience.people, audience.readers, _of_audience(audience, at, language))


def _of_audience(audience: Audience, at: float, language: str) -> SendTimeShape:
    best = send_time(audience)
    counts = moments(audience)
    zone_from = ZoneFrom.UNKNOWN if best.time_zone == "UTC" else ZoneFrom.INFERRED
    return _send_time(best, zone_from, counts[-best.ahead :] + counts[: -best.ahead], audience.at, at, language)


def _send_time(
    best: SendTime, zone_from: ZoneFrom, counts: Sequence[int], computed_at: float, at: float, language: str
) -> SendTimeShape:
    return SendTimeShape(
        enough_data=best.enough_data,
        weekday=best.weekday,
        hour=best.hour,
        time_zone=best.time_zone,
        time_zone_from=zone_from,
        next_at=as_time(next_time(best, at)),
        sentence=said(in_words(best, at), language),
        n=round(best.n, 3),
        gain=round(best.gain, 3) if best.enough_data else None,
        gain_error=round(best.gain_error, 3) if best.enough_data else None,
        reason=said(best.reason, language),
        computed_at=as_time(computed_at),
        weights=tuple(round(weight, 6) for weight in best.weights),
        counts=tuple(counts),
    )
