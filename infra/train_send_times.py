"""Learns what is usual: from moments at which people were active, the archetypes of chalicelib/domain/habits/rhythms.py.

    python -m infra.train_send_times ACTIVITY.csv.gz

writes chalicelib/domain/habits/rhythms_learnt.py, which ships with the product: means over many people, nobody's own times.
The one in the repository was learnt from public commit times of six free-software projects and the public Enron mail.
A deployment with enough contacts of its own can learn from them, alone or beside others' (several files):
export_activity.py writes the file. It has the columns `repo,split,person,unix,utc_offset_min`, one row for each moment, an
empty offset where the zone is unknown (those people are left out; `repo` and `split` may be empty). Needs numpy.

The method is expectation maximisation for a mixture of multinomials, the shares of the 168 hours of the week being
what differs between archetypes, each smoothed over the clock after every step. K. Nigam and others, Text
classification from labeled and unlabeled documents using EM (2000), describe it for the words of a text.

Each number below was chosen by how well the later moments of people were foretold whose repository was left out. Half as
many archetypes or twice as many, weighing repositories alike, means of several fits, or weeks made of factors rather
than archetypes came out within a few thousandths of a log likelihood of each other, and alike in the hour of the day.
"""

import argparse
import csv
import gzip
from base64 import b85encode
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chalicelib.domain.habits.rhythms import HOURS, LEAST_SHARE, SHIFTS, SURPRISE, Archetypes, Rhythms

Weeks = NDArray[np.floating[Any]]
"""Rows of 168."""
Activity = Sequence[tuple[int, int | None]]
"""One person's moments: unix seconds, and the minutes that the person's clock was ahead of UTC, if that is known."""

FINE, COARSE, ANYWHERE = 24, 16, 24  # archetypes: on people's own clocks; before they are moved to all zones; in UTC
MOST_MOMENTS = 60  # of one person count: the busy must not decide alone
STEPS = 60
RESTARTS = 8  # the likeliest of so many fits is kept
SMOOTHING_HOURS = 0.75  # 1 blurs when people begin and break off, and foretells less at any number of moments...
SAME_TYPE, ANY_DAY = 0.3, 0.05  # ...as does 0.1 on all days: of an archetype's mass, over days of its type and all days
USUAL = 0.02  # of each archetype is the average week, so that no hour is impossible
ANY_ZONE = 0.02  # of all people may be in any zone alike
ZONE_HOURS, ZONES_SHARE = 1.5, 0.25  # in UTC: how far apart zones may be to count as alike, and what they count
REFINEMENTS = 25  # steps of sharing out anew what was merged: worth more than twelve archetypes more...
ZONE_MOMENTS = 5  # ...with the zone counting as so many moments: with 0 or 20 a zone is found less often, or wrongly
LEARNT = Path(__file__).resolve().parent.parent / "chalicelib" / "domain" / "habits" / "rhythms_learnt.py"


def read(path: Path) -> dict[tuple[str, str], list[tuple[int, int | None]]]:
    """The people in a file of activity, each with moments in order of time. Raises KeyError where a column is missing."""
    people: dict[tuple[str, str], list[tuple[int, int | None]]] = {}
    with gzip.open(path, "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            offset = int(row["utc_offset_min"]) if row["utc_offset_min"] else None
            people.setdefault((row["repo"], row["person"]), []).append((int(row["unix"]), offset))
    for moments in people.values():
        moments.sort(key=lambda moment: moment[0])
    return people


def learn(people: Iterable[Activity], fine: int = FINE, coarse: int = COARSE, anywhere: int = ANYWHERE) -> Rhythms:
    """What is usual for these people. Raises ValueError if fewer than two for each archetype have a known zone."""
    known = [[(at, ahead) for at, ahead in moments if ahead is not None] for moments in people]
    known = [moments for moments in known if moments]
    if len(known) < 2 * fine:
        raise ValueError(f"{len(known)} people with a known zone are too few for {fine} archetypes")
    weeks = np.array([_week(at + ahead * 60 for at, ahead in moments) for moments in known])
    in_utc = np.array([_week(at for at, _ in moments) for moments in known])
    usual = _mean(weeks)
    zones = np.mean([_zones(ahead for _, ahead in moments) for moments in known], axis=0)
    zones = (1 - ANY_ZONE) * zones + ANY_ZONE / len(SHIFTS)
    return Rhythms(
        _archetypes(weeks, usual, fine),
        in_all_zones(_archetypes(weeks, usual, coarse), zones, anywhere),
        usual.tolist(),
        _mean(in_utc).tolist(),
    )


def in_all_zones(archetypes: Archetypes, zones: Weeks, how_many: int, refinements: int = REFINEMENTS) -> Archetypes:
    """The archetypes in UTC, each in all zones, as if a zone told nothing of how people live; then the likest merged.

    Merged are, again and again, the two whose union loses the least of what they tell (N. Slonim and N. Tishby,
    Agglomerative information bottleneck, 1999): of the hours of the week and, for a quarter, of the zone, where the
    ones beside it are nearly as good. Each counts by the fourth root of how common it is: otherwise the rare zones
    would be merged first, and nobody be found there. What was merged early need not be best off where it is in the end,
    so all are then shared out anew, by expectation maximisation.
    """
    moved = np.array([np.roll(week, -shift) for week in archetypes.weeks for shift in SHIFTS])
    how_common = np.outer(archetypes.common, zones).ravel()
    where = np.tile(np.eye(len(SHIFTS)), (len(archetypes.weeks), 1))
    weeks: Weeks = moved.copy()
    common: Weeks = how_common.copy()
    places: Weeks = where.copy()
    apart = np.subtract.outer(np.array(SHIFTS), np.array(SHIFTS))
    around = _normal(np.exp(-((apart / ZONE_HOURS) ** 2) / 2) + 1e-6)
    told = np.hstack([(1 - ZONES_SHARE) * weeks, ZONES_SHARE * places @ around])
    counts = common**0.25
    lost = np.array([_lost(told, counts, place) for place in range(len(told))])
    while len(told) > how_many:
        one, other = sorted(divmod(int(lost.argmin()), len(told)))
        pair = [one, other]
        for rows in (told, weeks, places):
            rows[one] = np.average(rows[pair], axis=0, weights=common[pair])
        common[one], counts[one] = common[pair].sum(), counts[pair].sum()
        told, weeks, places = (np.delete(rows, other, 0) for rows in (told, weeks, places))
        common, counts = np.delete(common, other), np.delete(counts, other)
        lost = np.delete(np.delete(lost, other, 0), other, 1)
        lost[one] = lost[:, one] = _lost(told, counts, one)
    moments = np.hstack([MOST_MOMENTS * moved, ZONE_MOMENTS * where @ around])
    for _ in range(refinements):
        belongs, _ = _belongs(moments @ np.log(np.hstack([weeks, places @ around])).T + np.log(common))
        belongs = (belongs + 1e-12) * how_common[:, None]  # none dies out
        common, weeks, places = belongs.sum(0), _normal(belongs.T @ moved), _normal(belongs.T @ where)
    order = np.argsort(-common)
    return Archetypes(weeks[order].tolist(), (common / common.sum())[order].tolist(), places[order].tolist())


def _lost(told: Weeks, counts: Weeks, place: int) -> Weeks:
    """What merging one row with each other one loses; with itself, infinity."""
    both = counts + counts[place]
    merged = (counts[:, None] * told + counts[place] * told[place]) / both[:, None]
    lost: Weeks = both * _entropy(merged) - counts * _entropy(told) - counts[place] * _entropy(told[place])
    lost[place] = np.inf
    return lost


def _entropy(weeks: Weeks) -> Weeks:
    entropy: Weeks = -(weeks * np.log(weeks)).sum(-1)
    return entropy


def _archetypes(weeks: Weeks, usual: Weeks, how_many: int) -> Archetypes:
    fits = [_fit(weeks, usual, how_many, seed) for seed in range(RESTARTS)]
    _, common, found = max(fits, key=lambda fit: fit[0])
    order = np.argsort(-common)
    return Archetypes(found[order].tolist(), common[order].tolist())


def _fit(weeks: Weeks, usual: Weeks, archetypes: int, seed: int) -> tuple[float, Weeks, Weeks]:
    """One run from a random start: log likelihood, how common each archetype is, the archetypes."""
    weeks = weeks * np.minimum(1, MOST_MOMENTS / weeks.sum(1, keepdims=True))
    chance = np.random.default_rng(seed)
    smoother = _smoother()
    start = weeks[chance.choice(len(weeks), archetypes, replace=False)]
    found = _normal(start @ smoother + 20 * usual)
    common = np.full(archetypes, 1 / archetypes)
    likelihood = 0.0
    for _ in range(STEPS):
        belongs, likelihood = _belongs(weeks @ np.log(found).T + np.log(common))
        common = (belongs.sum(0) + 1) / (len(weeks) + archetypes)
        found = (1 - USUAL) * _normal(belongs.T @ weeks @ smoother) + USUAL * usual
    return likelihood, common, found


def _belongs(logs: Weeks) -> tuple[Weeks, float]:
    """From log likelihoods, a row each: how likely each belongs to each archetype, and the log likelihood of all rows."""
    highest = logs.max(1, keepdims=True)
    belongs = np.exp(logs - highest)
    totals = belongs.sum(1, keepdims=True)
    return belongs / totals, float((np.log(totals) + highest).sum())


def _smoother() -> Weeks:
    hours = np.arange(24)
    apart = np.minimum((hours[:, None] - hours) % 24, (hours - hours[:, None]) % 24)
    alike = np.zeros((7, 7))
    alike[:5, :5], alike[5:, 5:] = 1 / 5, 1 / 2
    days = (1 - SAME_TYPE - ANY_DAY) * np.eye(7) + SAME_TYPE * alike + ANY_DAY / 7
    smoother: Weeks = np.kron(days, _normal(np.exp(-((apart / SMOOTHING_HOURS) ** 2) / 2)))
    return smoother


def _week(local: Iterable[int]) -> Weeks:
    hours = [(seconds // 3600 + 72) % HOURS for seconds in local]  # 1970 began on a Thursday
    return np.bincount(hours, minlength=HOURS).astype(float)


def _zones(ahead: Iterable[int]) -> Weeks:
    shifts = np.clip(np.round(np.array(list(ahead)) / 60).astype(int), SHIFTS.start, SHIFTS.stop - 1)
    return _normal(np.bincount(shifts - SHIFTS.start, minlength=len(SHIFTS)).astype(float))


def _mean(weeks: Weeks) -> Weeks:
    """The average week: every person weighs the same."""
    return _normal(_normal(weeks).mean(0))


def _normal(weeks: Weeks) -> Weeks:
    shares: Weeks = weeks / weeks.sum(-1, keepdims=True)
    return shares


def source(rhythms: Rhythms) -> str:
    """The Python module that holds what was learnt."""
    weeks = [*rhythms.on_own_clocks.weeks, *rhythms.in_utc.weeks, rhythms.usual, rhythms.usual_utc]
    return f'''"""What was learnt of people's weeks. Written by infra/train_send_times.py; read by rhythms.py."""

COMMON = """
{_table([*rhythms.on_own_clocks.common, *rhythms.in_utc.common])}
"""
"""The share of people living each of the archetypes on people's own clocks; then the same of those in UTC."""

ZONES = """
{_packed(rhythms.in_utc.zones)}
"""
"""For each archetype in UTC, the share of its people at each offset from UTC, from -11 hours to +13; in base 85."""

WEEKS = """
{_packed(weeks)}
"""
"""The archetypes on people's own clocks, those in UTC, then the average week on people's own clocks and in UTC.

In base 85. Each is 168 numbers of 16 bits: -log2 of the hour's share, times 4096. Zones are packed alike.
"""
'''


def _packed(rows: Sequence[Sequence[float]]) -> str:
    surprises = np.round(-np.log2(np.maximum(np.array(rows), LEAST_SHARE)) * SURPRISE)
    text = b85encode(np.minimum(surprises, 65_535).astype("<u2").tobytes()).decode()
    return "\n".join(text[start : start + 120] for start in range(0, len(text), 120))


def _table(shares: Sequence[float]) -> str:
    numbers = [f"{share:.5f}" for share in shares]
    return "\n".join(" ".join(numbers[start : start + 14]) for start in range(0, len(numbers), 14))


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn what is usual from a file of activity.")
    parser.add_argument("activity", type=Path, nargs="+", metavar="ACTIVITY.csv.gz")
    people = [moments for file in parser.parse_args().activity for moments in read(file).values()]
    try:
        LEARNT.write_text(source(learn(people)))
    except ValueError as few:
        parser.error(str(few))


if __name__ == "__main__":
    main()
