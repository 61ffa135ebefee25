"""How long people take, as a number and in words."""

import pytest

from chalicelib.domain.habits.delays import duration, time_to_open, time_to_reply
from tests.domain.habits.test_behaviour import DAY, HOUR, mail


def test_times_to_open_and_reply_are_medians():
    mails = [mail(day, opens=1, after=HOUR * (day + 1), reply_after=DAY * (day + 1)) for day in range(3)]
    assert time_to_open(mails) == 2 * HOUR
    assert time_to_reply(mails) == 2 * DAY
    assert time_to_open([mail(1)]) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "1 minute"), (1200, "20 minutes"), (2 * HOUR, "2 hours"), (24 * HOUR, "24 hours"), (3 * DAY, "3 days")],
)
def test_durations_are_told_in_words(seconds: float, words: str):
    assert duration(seconds) == words
