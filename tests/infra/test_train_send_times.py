"""Learning what is usual: the kinds of people that are in the data, as common as they are there."""

import gzip
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("numpy")

import numpy as np

from chalicelib.domain.habits import rhythms_learnt
from chalicelib.domain.habits.rhythms import SHIFTS, Archetypes
from infra.train_send_times import in_all_zones, learn, read, source

HOUR, WEEK = 3600, 604_800
MONDAY = 2_600 * WEEK - 72 * HOUR


def person(hours: Sequence[int], ahead: int, number: int) -> list[tuple[int, int | None]]:
    """Somebody active on work days in these hours of their own clock, `ahead` hours before UTC."""
    chance = random.Random(number)
    times = [
        MONDAY + week * WEEK + chance.randrange(5) * 24 * HOUR + chance.choice(hours) * HOUR - ahead * HOUR
        for week in range(30)
    ]
    return [(time, ahead * 60) for time in times]


def town() -> list[list[tuple[int, int | None]]]:
    mornings = [person(range(8, 11), 1, number) for number in range(60)]
    evenings = [person(range(19, 22), 9, number) for number in range(60, 80)]
    return [*mornings, *evenings]


def hour_of_most(week: Sequence[float]) -> int:
    return max(range(24), key=lambda hour: sum(week[day * 24 + hour] for day in range(5)))


def test_the_archetypes_are_the_kinds_of_people_there_are_the_commonest_first():
    fine = learn(town(), fine=2, coarse=1).on_own_clocks
    assert hour_of_most(fine.weeks[0]) in range(8, 11)
    assert hour_of_most(fine.weeks[1]) in range(19, 22)
    assert fine.common == pytest.approx([0.75, 0.25], abs=0.02)
    assert all(sum(week) == pytest.approx(1) for week in fine.weeks)


def test_zones_are_as_common_as_they_were_seen():
    in_utc = learn(town(), fine=2, coarse=1).in_utc
    found = [
        sum(common * zones[place] for common, zones in zip(in_utc.common, in_utc.zones, strict=True))
        for place in range(len(SHIFTS))
    ]
    assert sum(found) == pytest.approx(1)
    assert found[11 + 1] == pytest.approx(0.75, abs=0.02)
    assert found[11 + 9] == pytest.approx(0.25, abs=0.02)


def test_the_likest_weeks_in_utc_are_merged_until_as_few_are_left_as_wanted():
    early, late = [0.9 / 84] * 84 + [0.1 / 84] * 84, [0.1 / 84] * 84 + [0.9 / 84] * 84
    zones = np.full(len(SHIFTS), 1 / len(SHIFTS))
    merged = in_all_zones(Archetypes([early, late], [0.5, 0.5]), zones, 2)
    assert merged.common == pytest.approx([0.5, 0.5])
    assert np.abs(np.array(merged.weeks[0]) - merged.weeks[1]).sum() > 1
    for week, places in zip(merged.weeks, merged.zones, strict=True):
        assert sum(week) == pytest.approx(1)
        assert sum(places) == pytest.approx(1)


def test_weeks_that_were_merged_are_told_better_once_they_are_shared_out_anew():
    chance = np.random.default_rng(1)
    weeks = chance.dirichlet([0.3] * 168, 6) * 0.9 + 0.1 / 168
    zones = chance.dirichlet([1] * len(SHIFTS))
    archetypes = Archetypes(weeks.tolist(), [0.4, 0.2, 0.1, 0.1, 0.1, 0.1])

    def told(refinements: int) -> float:
        """How well the hypotheses tell sixty moments of each archetype in each zone, as a mean log likelihood."""
        found = in_all_zones(archetypes, zones, 20, refinements)
        moved = np.array([np.roll(week, -shift) for week in weeks for shift in SHIFTS])
        likely = np.exp(60 * moved @ np.log(found.weeks).T + 300) @ found.common
        return float(np.outer(archetypes.common, zones).ravel() @ np.log(likely))

    assert told(25) > told(0) + 0.1


def test_the_average_week_is_known_on_peoples_clocks_and_in_utc():
    rhythms = learn(town(), fine=2, coarse=1)
    assert hour_of_most(rhythms.usual) in range(8, 11)
    assert hour_of_most(rhythms.usual_utc) in range(7, 10)


def test_people_whose_zone_is_unknown_teach_nothing():
    nowhere = [[(at, None) for at, _ in moments] for moments in town()]
    assert learn([*town(), *nowhere], fine=2, coarse=1) == learn(town(), fine=2, coarse=1)


def test_too_few_people_are_refused():
    with pytest.raises(ValueError, match="too few"):
        learn(town()[:3], fine=2, coarse=1)


def test_what_was_learnt_is_written_as_the_module_that_ships():
    written: dict[str, object] = {}
    exec(source(learn(town(), fine=2, coarse=1)), written)
    assert {name for name in written if name.isupper()} == {name for name in vars(rhythms_learnt) if name.isupper()}


def test_an_activity_file_is_read_person_by_person_in_order_of_time(tmp_path: Path):
    path = tmp_path / "activity.csv.gz"
    with gzip.open(path, "wt") as file:
        file.write("repo,split,person,unix,utc_offset_min\na,x,p,200,60\na,x,p,100,60\na,x,q,50,\n")
    assert read(path) == {("a", "p"): [(100, 60), (200, 60)], ("a", "q"): [(50, None)]}
