"""How good the recommended send times are, on people's real activity.

    python -m tests.bench.send_times --activity FILE.csv.gz [--population FILE.csv.gz] [--history last] [--by-repo]

The file has the columns `repo,split,person,unix,utc_offset_min`: moments at which people were active, an empty offset
where the zone is unknown. send_time_metrics.py says what is measured; the last line is JSON. What is usual for people
is by default what ships with the product; with --population it is learnt from that file, each time without the people
of the repository that is being scored, so that a file may be its own population. Without --activity a few people are
made up, to show that it runs.
"""

import argparse
import json
import random
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import numpy as np

from chalicelib.domain import zones
from chalicelib.domain.rhythms import HOURS, Rhythms, shipped, turned
from chalicelib.domain.send_times import Moment, recommend
from infra.train_send_times import learn, read
from tests.bench.send_time_metrics import (
    METRICS,
    Method,
    Moments,
    people,
    raw_counts,
    recent_median,
    score,
    with_imagined_moments,
)

SIZES: dict[str, int | None] = {"0": 0, "3": 3, "5": 5, "10": 10, "all": None}
Activity = dict[tuple[str, str], list[tuple[int, int | None]]]


def recommended(rhythms: Rhythms, local: bool) -> Method:
    """The product's own weights, on the clock of the moments."""

    def weights(known: Moments, at: int) -> Sequence[float]:
        moments = [Moment(moment) for moment in known]
        if local:
            return recommend(moments, [], "UTC", at, rhythms).weights  # their clock is taken for Greenwich
        send_time = recommend(moments, [], None, at, rhythms)
        return turned(send_time.weights, zones.offset(send_time.time_zone, at) // 3600)

    return weights


def methods(local: bool) -> dict[str, Callable[[Rhythms], Method]]:
    """By name, the product's method and simple ones to compare it with."""

    def usual(rhythms: Rhythms) -> Sequence[float]:
        return rhythms.usual if local else rhythms.usual_utc

    return {
        "global hour": lambda rhythms: lambda known, at: usual(rhythms),
        "raw counts": lambda rhythms: raw_counts,
        "recent median": lambda rhythms: recent_median,
        "imagined moments": lambda rhythms: with_imagined_moments(usual(rhythms)),
        "recommended": lambda rhythms: recommended(rhythms, local),
    }


def rhythms_for(population: Activity | None) -> Callable[[str], Rhythms]:
    """What is usual for people, without those of a repository."""
    if population is None:
        return lambda repo: shipped()
    repos = {repo for repo, _ in population}

    @lru_cache
    def without(repo: str | None) -> Rhythms:
        return learn(moments for (other, _), moments in population.items() if other != repo)

    return lambda repo: without(repo if repo in repos else None)


def made_up(how_many: int = 60) -> Activity:
    """People who live the shipped archetypes."""
    chance = random.Random(1)
    activity: Activity = {}
    for number in range(how_many):
        week = chance.choices(shipped().fine.weeks, shipped().fine.common)[0]
        hours = chance.choices(range(HOURS), cum_weights=list(accumulate(week)), k=60)
        times = sorted(chance.randrange(52) * 604_800 + (hour - 72) * 3600 for hour in hours)
        activity["made up", str(number)] = [(1_700_006_400 // 604_800 * 604_800 + at - 3600, 60) for at in times]
    return activity


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--activity", type=Path)
    parser.add_argument("--population", type=Path)
    parser.add_argument("--history", default="first", choices=("first", "last"))
    parser.add_argument("--by-repo", action="store_true")
    options = parser.parse_args()

    activity = read(options.activity) if options.activity else made_up()
    if not options.activity:
        print("No --activity: these people are made up.")
    usual_for = rhythms_for(read(options.population) if options.population else None)
    figures: dict[str, object] = {"persons": len(people(activity, local=False))}
    global_hour: dict[str, object] = {}
    for mode, local in (("local", True), ("utc", False)):
        everybody = people(activity, local)
        repos = sorted({person.repo for person in everybody})
        print(f"\n{'zone known' if local else 'zone unknown'}: {len(everybody)} people")
        by_size: dict[str, dict[str, float]] = {}
        for size, how_many in SIZES.items():
            print(f"K={size:20s}" + "".join(f"{metric:>9s}" for metric in METRICS) + "   error of day1, LL")
            for name, make in methods(local).items():
                method_for = lru_cache(lambda repo, make=make: make(usual_for(repo)))
                rows = score(method_for, everybody, how_many, options.history == "last")
                error = rows.std(0) / len(rows) ** 0.5
                print(f"{name:22s}{_line(rows.mean(0))}   {100 * error[2]:.2f}, {error[4]:.3f}")
                result = {metric: round(float(value), 6) for metric, value in zip(METRICS, rows.mean(0), strict=True)}
                if name == "recommended":
                    by_size[size] = result
                    for repo in repos if options.by_repo else ():
                        mine = rows[[person.repo == repo for person in everybody]]
                        print(f"    {repo:18s}{_line(mine.mean(0))}   {len(mine)} people")
                elif name == "global hour":
                    global_hour[mode] = result
        figures[mode] = by_size
    print(json.dumps({**figures, "global_hour": global_hour}))


def _line(values: np.ndarray) -> str:
    return "".join(f"{100 * share:8.2f}%" for share in values[:-1]) + f"{values[-1]:9.4f}"


if __name__ == "__main__":
    main()
