"""Labels: each with its evidence, none on little, and none that the evidence does not carry."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.contacts import Exchange
from chalicelib.domain.habits.behaviour import Label, behaviour

DAY, HOUR, MINUTE = 86_400, 3600, 60
MONDAY = 2_900 * 7 * DAY - 72 * HOUR  # 00:00 UTC
MORNING = 10 * HOUR
NOW = MONDAY + 400 * DAY


def mail(
    day: int, opens: int = 0, after: float = HOUR, reply_after: float | None = None, masked: bool = False
) -> Exchange:
    """A mail sent at ten in the morning: opened so often, first and answered so many seconds later."""
    sent_at = MONDAY + day * DAY + MORNING
    return Exchange(
        message=f"{day:08x}",
        sent_at=sent_at,
        opens=opens,
        masked=masked,
        opened_at=sent_at + after if opens else None,
        replied_at=None if reply_after is None else sent_at + reply_after,
    )


def labels(exchanges: Iterable[Exchange], zone: str | None = "UTC", at: float = NOW) -> set[Label]:
    return {each.label for each in behaviour(list(exchanges), zone, at)}


def test_who_opens_every_mail_and_never_answers_in_eight_is_told_with_the_evidence():
    (found,) = behaviour([mail(day, opens=4) for day in range(8)], "UTC", NOW)
    assert found.label == Label.OPENS_OFTEN_NEVER_REPLIES
    assert found.n == 8
    assert 0.7 < found.confidence < 0.95
    assert found.evidence == "Opened 8 of 8 mails, 4.0 times each on average, and never answered."


def test_one_answer_is_enough_to_take_never_back():
    mails = [mail(day, opens=4) for day in range(8)]
    assert labels([*mails, mail(9, opens=1, reply_after=DAY)]) == set()


def test_mails_of_today_are_no_evidence_of_never_answering():
    mails = [mail(day, opens=2) for day in range(8)]
    assert labels(mails, at=MONDAY + 8 * DAY) == set()


def test_who_answers_soon_after_reading_replies_fast():
    mails = [mail(day, opens=1, after=5 * HOUR, reply_after=5 * HOUR + 20 * MINUTE) for day in range(6)]
    (found,) = behaviour(mails, "UTC", NOW)
    assert found.label == Label.REPLIES_FAST
    assert found.evidence == "6 of 6 replies came within 2 hours of reading, half within 20 minutes."


def test_who_opens_in_the_evening_what_came_in_the_morning_reads_at_night():
    mails = [mail(day, opens=1, after=13 * HOUR, reply_after=2 * DAY) for day in range(6)]
    assert labels(mails) == {Label.READS_LATE_AT_NIGHT}


def test_without_a_zone_nothing_is_said_of_nights():
    assert labels([mail(day, opens=1, after=13 * HOUR, reply_after=2 * DAY) for day in range(6)], zone=None) == set()


def test_reading_at_night_what_is_sent_at_night_is_nothing_special():
    sent = [MONDAY + day * DAY + 23 * HOUR for day in range(8)]
    mails = [
        Exchange(f"{at:.0f}", at, opens=1, opened_at=at + 20 * MINUTE, replied_at=at + day * HOUR)
        for day, at in enumerate(sent, 3)
    ]
    assert Label.READS_LATE_AT_NIGHT not in labels(mails)


def test_answers_without_opens_show_that_no_picture_is_loaded():
    mails = [mail(day, reply_after=3 * HOUR) for day in range(6)] + [mail(7, opens=1, reply_after=3 * HOUR)]
    assert labels(mails) == {Label.REPLIES_WITHOUT_OPENING}


def test_mails_without_a_pixel_say_nothing_of_what_a_client_loads():
    answered = [replace(mail(day, reply_after=3 * HOUR), blank=True) for day in range(8)]
    assert labels(answered) == set()
    silent = [replace(mail(day), blank=True) for day in range(30, 45, 3)]
    assert labels([*(mail(day, opens=1, reply_after=DAY) for day in range(0, 30, 3)), *silent]) == set()
    opening = [mail(day, opens=2) for day in range(0, 30, 3)]
    assert Label.OPENS_OFTEN_NEVER_REPLIES in labels(
        [*opening, *(replace(mail(day), blank=True) for day in range(1, 60, 3))]
    )


def test_a_client_that_hides_every_open_never_reports():
    assert labels([mail(day, masked=True) for day in range(5)]) == {Label.NEVER_REPORTS}


def test_no_sign_of_anything_is_no_evidence_that_opens_are_hidden():
    assert labels([mail(day) for day in range(20)]) == set()


def test_silence_after_many_answers_is_noticed():
    active = [mail(day, opens=1, reply_after=DAY) for day in range(0, 30, 3)]
    found = behaviour([*active, *(mail(day) for day in range(30, 45, 3))], "UTC", NOW)
    assert [each.label for each in found] == [Label.WENT_SILENT]
    assert found[0].evidence == "Active in 10 of 10 mails before, in none of the last 5."


def test_a_day_away_is_not_silence():
    active = [mail(day, opens=1, reply_after=DAY) for day in range(0, 30, 3)]
    burst = [Exchange(f"b{number}", active[-1].sent_at + 5 * DAY + number * HOUR) for number in range(8)]
    assert labels([*active, *burst]) == set()


@given(st.lists(st.builds(mail, st.integers(0, 300), st.integers(0, 5), st.floats(60, 1e6)), max_size=2))
def test_two_mails_give_no_label(mails: list[Exchange]):
    assert labels(mails) == set()


@given(
    st.lists(
        st.builds(
            mail,
            st.integers(0, 300),
            st.integers(0, 5),
            st.floats(60, 1e6),
            st.none() | st.floats(60, 1e6),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_labels_come_surest_first_and_each_is_more_likely_than_not(mails: list[Exchange]):
    sure = [each.confidence for each in behaviour(mails, "Europe/Berlin", NOW)]
    assert sure == sorted(sure, reverse=True)
    assert all(0.5 < each <= 1 for each in sure)
