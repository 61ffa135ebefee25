"""How good weights for the hours of a week are, measured on what people did afterwards; and simple methods to beat.

Each person's moments are cut in time: the first 70 % are history, of which a method sees all or the first or last few,
the rest is the test. Every figure is a mean over people, each counting once:

    top1, top3  share of test moments inside the one or three hours of the greatest weight
    day1        share of test moments in the hour of the greatest weight of their own weekday
    wk3h        share of the weeks with a test moment that have one within three hours of the send, which goes out at
                the start of the three hours of the greatest weight
    LL          mean log of the weight (mixed with 0.1 % of an even week) of the test moments' hours

top1 and top3 are noisy where little is known of a person.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chalicelib.domain.habits.rhythms import HOURS

METRICS = ("top1", "top3", "day1", "wk3h", "LL")
HISTORY_SHARE = 0.7
FEWEST_MOMENTS = 20

Moments = Sequence[int]
"""Seconds since 1970 on the clock that the weights are wanted for, oldest first."""
Method = Callable[[Moments, int], Sequence[float]]
"""From what is known of a person, and the time at which it is asked, to 168 weights, Monday 00:00 first."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person to be scored, on one clock. `repo` is where they were seen."""

    repo: str
    history: Moments
    test: Moments

    def known(self, how_many: int | None, last: bool) -> Moments:
        """The first or last few moments of the history; None is all of it."""
        if how_many is None:
            return self.history
        return self.history[max(0, len(self.history) - how_many) :] if last else self.history[:how_many]


def people(activity: dict[tuple[str, str], list[tuple[int, int | None]]], local: bool) -> list[Person]:
    """Everybody with moments enough; on their own clocks only those whose zone is known."""
    found = []
    for (repo, _), moments in activity.items():
        if len(moments) < FEWEST_MOMENTS or (local and moments[0][1] is None):
            continue
        times = [at + (ahead or 0) * 60 if local else at for at, ahead in moments]
        cut = int(len(times) * HISTORY_SHARE)
        found.append(Person(repo, times[:cut], times[cut:]))
    return found


def measure(weights: Sequence[float], test: Moments, number: int) -> tuple[float, ...]:
    """The METRICS of one person. Equal weights are told apart by noise seeded with the person's number."""
    week = _normal(np.asarray(weights, dtype=float))
    noise = np.random.default_rng(number).random(HOURS) * 1e-9
    since_monday = np.asarray(test) // 3600 + 72  # 1970 began on a Thursday
    hours, weeks = since_monday % HOURS, since_monday // HOURS
    best = np.argsort(-(week + noise))[:3]
    best_of_day = (week + noise).reshape(7, 24).argmax(1)
    send = int((week + np.roll(week, -1) + np.roll(week, -2) + noise).argmax())
    soon = weeks[(hours - send) % HOURS < 3]
    safe = _normal(week * 0.999 + 0.001 / HOURS)
    return (
        float(np.mean(hours == best[0])),
        float(np.mean(np.isin(hours, best))),
        float(np.mean(best_of_day[hours // 24] == hours % 24)),
        len(set(soon.tolist())) / len(set(weeks.tolist())),
        float(np.mean(np.log(safe[hours]))),
    )


def score(
    method_for: Callable[[str], Method], everybody: Sequence[Person], how_many: int | None, last: bool = False
) -> NDArray[np.float64]:
    """The METRICS of everybody, a row each. `method_for` a repository is a method that learnt nothing from it."""
    return np.array(
        [
            measure(method_for(person.repo)(person.known(how_many, last), person.history[-1]), person.test, number)
            for number, person in enumerate(everybody)
        ]
    )


def raw_counts(known: Moments, at: int) -> Sequence[float]:
    """The person's own counts and nothing else."""
    if not known:
        return [1 / HOURS] * HOURS
    return 0.99 * _normal(_counts(known)) + 0.01 / HOURS


def with_imagined_moments(usual: Sequence[float], how_many: float = 12.0) -> Method:
    """The person's own counts plus so many imagined moments, spread as is usual (a Dirichlet prior)."""
    return lambda known, at: _counts(known) + how_many * np.asarray(usual)


def recent_median(known: Moments, at: int) -> Sequence[float]:
    """The rule of Mautic's PeakInteractionTimer, read kindly.

    At most 50 moments of the last 60 days, at least 5: the median hour of the day and the one before it, on the three
    busiest weekdays; otherwise 9 to 12 on Tuesday, Monday and Thursday. Small weights order what it leaves open.
    """
    week = np.full(HOURS, 0.02 / HOURS).reshape(7, 24)
    recent = [moment for moment in known if moment >= at - 60 * 86_400][-50:]
    if len(recent) >= 5:
        hours = [moment // 3600 + 72 for moment in recent]
        middle = sorted(hour % 24 for hour in hours)[(len(hours) - 1) // 2]
        days = [day for day, _ in Counter(hour % HOURS // 24 for hour in hours).most_common(3)]
        week[:, middle] += 0.004
        week[:, (middle + 23) % 24] += 0.003
        for rank, day in enumerate(days):
            week[day, middle] += 0.50 / len(days) * (1 - 0.01 * rank)
            week[day, (middle + 23) % 24] += 0.48 / len(days) * (1 - 0.01 * rank)
    else:
        for later, hour in enumerate((9, 10, 11)):
            week[:, hour] += 0.004 * (1 - 0.001 * later)
            for rank, day in enumerate((1, 0, 3)):
                week[day, hour] += 0.98 / 9 * (1 - 0.01 * rank - 0.001 * later)
    return week.ravel()


def _counts(known: Moments) -> NDArray[np.float64]:
    hours = (np.asarray(known, dtype=int) // 3600 + 72) % HOURS
    return np.bincount(hours, minlength=HOURS).astype(float)


def _normal(week: NDArray[np.float64]) -> NDArray[np.float64]:
    week = np.maximum(week, 1e-12)
    return week / week.sum()
