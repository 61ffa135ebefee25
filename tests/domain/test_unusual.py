"""What stands out of one recipient's events: at the event that shows it, with its number, and only where they did it."""

from dataclasses import replace

import pytest

from chalicelib.domain.events import Event, EventKind, VerdictKind
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.preferences import Unusual
from chalicelib.domain.unusual import unusual
from chalicelib.domain.verdicts.explanations import AWAY_UNTIL
from chalicelib.domain.verdicts.judging import Judgement
from tests.makers import a_click, a_reply, a_verdict, an_open

HOUR, DAY = 3600, 86_400
WANTED = Unusual(hot_opens=3, hot_hours=24, revived_days=14)


def judged(*events: Event, verdict: VerdictKind = VerdictKind.HUMAN, forwarded: bool = False) -> list[Judgement]:
    return [Judgement(event, a_verdict(verdict), None, forwarded) for event in events]


def found(events: list[Judgement], wanted: Unusual = WANTED) -> list[tuple[NotificationKind, float, str]]:
    return [(kind, seen.event.at, note) for kind, seen, note in unusual(events, wanted)]


def an_absence(*reasons: str) -> Event:
    return replace(a_reply(), kind=EventKind.AUTO_REPLY, guess=a_verdict(VerdictKind.HUMAN, 0.9, *reasons))


def test_three_opens_within_a_day_are_hot_at_the_third():
    third = an_open(24 * HOUR)
    assert found(judged(an_open(0), an_open(HOUR), third, an_open(25 * HOUR))) == [
        (NotificationKind.HOT, third.at, "3")
    ]


def test_three_opens_over_more_than_a_day_are_not():
    assert found(judged(an_open(0), an_open(HOUR), an_open(24 * HOUR + 1))) == []


def test_one_open_is_never_hot_whatever_is_asked_for():
    assert found(judged(an_open()), Unusual(hot_opens=1)) == []


@pytest.mark.parametrize(("silence", "notes"), [(14 * DAY, ["14"]), (14 * DAY - 1, []), (20.4 * DAY, ["20"])])
def test_an_open_after_a_long_silence_revives_the_mail(silence, notes):
    assert [
        note for kind, _, note in found(judged(an_open(0), an_open(silence))) if kind is NotificationKind.REVIVED
    ] == notes


def test_clicks_machines_and_other_readers_heat_and_revive_nothing():
    times = (0, HOUR, 2 * HOUR, 20 * DAY)
    assert found(judged(*map(a_click, times))) == []
    assert found(judged(*map(an_open, times), verdict=VerdictKind.SCANNER)) == []
    others = found(judged(*map(an_open, times), forwarded=True))
    assert [(kind, note) for kind, _, note in others] == [(NotificationKind.SHARED, "forwarded")]


def test_a_preview_in_a_chat_is_a_sign_of_sharing():
    seen = a_click(HOUR)
    events = judged(a_click(0)) + judged(seen, a_click(2 * HOUR), verdict=VerdictKind.UNFURLER)
    assert found(events) == [(NotificationKind.SHARED, seen.at, "unfurled")]


def test_an_absence_is_told_with_its_date_and_only_with_one():
    away = an_absence("auto_submitted", f"{AWAY_UNTIL}2026-06-15")
    assert found(judged(an_absence("auto_submitted"))) == []
    assert found(judged(an_absence("auto_submitted"), away)) == [(NotificationKind.AWAY, away.at, "2026-06-15")]
