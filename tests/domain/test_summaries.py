"""The summary of a contact: which moments it rests on, and on which hours of the week they fell."""

from chalicelib.domain.contacts import Contact, Exchange
from chalicelib.domain.habits.whereabouts import ZoneFrom
from chalicelib.domain.summaries import CLICK, OPEN, REPLY, moments_of, summarise
from tests.makers import SENT

AN_HOUR, A_WEEK = 3600.0, 7 * 86_400.0
HOURS = 168  # of a week
MONDAY = SENT - SENT % 86_400  # 00:00 UTC of the day of sending
TUESDAY_NINE = 24 + 9  # hours of the week


def exchanged(*weeks: int, after: float = 19 * AN_HOUR, zone: str = "") -> Contact:
    """A contact who was written to on Mondays at 14:00 UTC and read on Tuesdays at 09:00."""
    sent = [MONDAY + 14 * AN_HOUR + week * A_WEEK for week in weeks]
    return Contact(
        "bob@example.com",
        exchanges=tuple(Exchange(f"{n:08x}", at, 1, opened_at=at + after) for n, at in enumerate(sent)),
        time_zone=zone,
    )


def test_first_opens_clicks_and_replies_are_the_moments_in_order_of_time():
    contact = Contact(
        "bob@example.com",
        exchanges=(
            Exchange("00000001", SENT, 9, 9, opened_at=SENT + 60, clicked_at=SENT + 90, replied_at=SENT + A_WEEK),
            Exchange("00000002", SENT + AN_HOUR, 1, masked=True, opened_at=SENT + 2 * AN_HOUR),
            Exchange("00000003", SENT + AN_HOUR),
        ),
    )
    assert moments_of(contact) == [
        (SENT + 60, OPEN),
        (SENT + 90, CLICK),
        (SENT + 2 * AN_HOUR, OPEN),
        (SENT + A_WEEK, REPLY),
    ]


def test_an_answer_weighs_more_than_a_click_and_a_click_more_than_a_glance():
    assert REPLY > CLICK > OPEN > 0


def test_of_a_contact_that_never_did_anything_it_says_so():
    found = summarise(Contact("bob@example.com", time_zone="UTC"), SENT)
    assert not found.send_time.enough_data
    assert found.counts == (0,) * HOURS
    assert (found.email, found.at) == ("bob@example.com", SENT)


def test_the_counts_are_on_the_clock_that_the_recommendation_is_on():
    in_utc = summarise(exchanged(0, 1, 2, zone="UTC"), SENT + 4 * A_WEEK)
    assert in_utc.counts[TUESDAY_NINE] == 3 == sum(in_utc.counts)
    in_tokyo = summarise(exchanged(0, 1, 2, zone="Asia/Tokyo"), SENT + 4 * A_WEEK)
    assert in_tokyo.send_time.time_zone == "Asia/Tokyo"
    assert in_tokyo.counts[TUESDAY_NINE + 9] == 3


def test_a_week_wraps_round_at_monday():
    sunday_night = summarise(exchanged(0, after=-15 * AN_HOUR, zone="UTC"), SENT)
    assert sunday_night.counts[HOURS - 1] == 1
    assert summarise(exchanged(0, after=-15 * AN_HOUR, zone="+02:00"), SENT).counts[1] == 1


def test_a_reader_of_habit_is_recommended_their_hour():
    found = summarise(exchanged(*range(32), zone="UTC"), SENT + 33 * A_WEEK).send_time
    assert found.enough_data
    assert found.weekday == 1
    assert found.hour in (8, 9, 10)


def test_where_the_zone_is_not_known_the_counts_still_hold_every_moment():
    found = summarise(exchanged(*range(12)), SENT + 13 * A_WEEK)
    assert sum(found.counts) == 12


def test_the_country_of_an_address_is_believed_until_the_hours_say_otherwise():
    def reads_at(
        hour: float, spread: int = 6, weeks: int = 6
    ) -> Contact:  # UTC, on work days; written to in the evening before
        sent = [MONDAY + day * 86_400 - 6 * AN_HOUR + week * A_WEEK for week in range(weeks) for day in range(5)]
        found = [
            Exchange(f"{n:08x}", at, 1, opened_at=at + (6 + hour + n % spread * 2) * AN_HOUR)
            for n, at in enumerate(sent)
        ]
        return Contact("bob@firm.jp", exchanges=tuple(found))

    at = SENT + 8 * A_WEEK
    assert summarise(Contact("bob@firm.jp"), at).zone_from is ZoneFrom.DOMAIN
    in_tokyo = summarise(reads_at(0.5), at)
    assert (in_tokyo.time_zone, in_tokyo.zone_from) == ("Asia/Tokyo", ZoneFrom.DOMAIN)
    after_dinner = summarise(reads_at(11.5, spread=1), at)
    assert (after_dinner.time_zone, after_dinner.send_time.hour) == ("Asia/Tokyo", 20)
    elsewhere = summarise(reads_at(8.5), at)
    assert elsewhere.zone_from is ZoneFrom.INFERRED
    assert elsewhere.time_zone in ("UTC+00:00", "UTC+01:00", "UTC+02:00")
