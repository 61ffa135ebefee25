"""How good the recommended send times are, on people's real activity.

    python -m tests.bench.send_times --activity FILE.csv.gz [--population FILE.csv.gz] [--history last] [--by-repo]

The file has the columns `repo,split,person,unix,utc_offset_min`: moments at which people were active, an empty offset
where the zone is unknown. send_time_metrics.py says what is measured; the last line is JSON. What is usual for people
is by default what ships with the product; with --population it is learnt from that file, each time without the people
of the repository that is being scored, so that a file may be its own population. Without --activity a few people are
made up, to show that it runs.

Activity has no sends; contacts do, and open after them. So people are also simulated who look at their mail now and
then, as an archetype does, and are written to in some hours only: how likely is the recommended hour to find them,
against their very best one? At the end, how many contacts are done in a second.
"""

import argparse
import json
import math
import random
import time
import timeit
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import numpy as np

from chalicelib.domain.contacts import Contact, Exchange
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.evidence import weigh
from chalicelib.domain.habits.rhythms import HOURS, Rhythms, shipped, turned
from chalicelib.domain.habits.send_times import recommend
from chalicelib.domain.summaries import summarise
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
        moments = [(moment, 1.0) for moment in known]
        if local:
            return recommend(weigh(moments, [], "UTC", at), rhythms).weights  # their clock is taken for Greenwich
        send_time = recommend(weigh(moments, [], None, at), rhythms)
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
        week = chance.choices(shipped().on_own_clocks.weeks, shipped().on_own_clocks.common)[0]
        hours = chance.choices(range(HOURS), cum_weights=list(accumulate(week)), k=60)
        times = sorted(chance.randrange(52) * 604_800 + (hour - 72) * 3600 for hour in hours)
        activity["made up", str(number)] = [(1_700_006_400 // 604_800 * 604_800 + at - 3600, 60) for at in times]
    return activity


SCHEDULES: dict[str, Callable[[random.Random], float]] = {
    "at nine": lambda chance: chance.randrange(5) * 24 + 9 + chance.random(),
    "in office hours": lambda chance: chance.randrange(5) * 24 + chance.uniform(8, 18),
    "at any hour": lambda chance: chance.uniform(0, HOURS),
}
"""When senders write: an hour of the week."""


def first_look(week: Sequence[float], sent: float, looks: float, chance: random.Random) -> float:
    """When somebody who looks at mail that often a week, in such weeks, sees what was sent. Hours since a Monday."""
    start = sent
    while True:
        end = start // 1 + 1
        if chance.random() < 1 - math.exp(-looks * week[int(start) % HOURS] * (end - start)):
            return chance.uniform(start, end)
        start = end


def chances(people: int = 200, looks: float = 30.0, messages: int = 20) -> dict[str, dict[str, float]]:
    """By schedule, how likely the hours found are to find the person, as a share of the person's best hour."""
    found: dict[str, dict[str, float]] = {}
    monday = 2_600 * 168 * 3600 - 72 * 3600
    for name, schedule in SCHEDULES.items():
        chance = random.Random(name)
        totals = dict.fromkeys(("hour of most people", "sends ignored", "recommended"), 0.0)
        for _ in range(people):
            week = chance.choices(shipped().on_own_clocks.weeks, shipped().on_own_clocks.common)[0]
            sends = [number * HOURS + schedule(chance) for number in range(messages)]
            moments = [(monday + first_look(week, sent, looks, chance) * 3600, 1.0) for sent in sends]
            at = monday + (messages + 1) * HOURS * 3600
            ignored = recommend(weigh(moments, [], "UTC", at)).weights
            best = recommend(weigh(moments, [monday + sent * 3600 for sent in sends], "UTC", at))
            for method, hour in (
                ("hour of most people", shipped().local.best),
                ("sends ignored", ignored.index(max(ignored))),
                ("recommended", best.weekday * 24 + best.hour),
            ):
                totals[method] += week[hour] / max(week) / people
        found[name] = {method: round(total, 4) for method, total in totals.items()}
    return found


def a_contact(chance: random.Random, exchanges: int, moments: int, at: float) -> Contact:
    """Somebody written to once in two weeks or so, who opened the mail some hours later; clicks and replies follow."""
    week = chance.choices(shipped().on_own_clocks.weeks, shipped().on_own_clocks.common)[0]
    found = []
    for number in range(exchanges):
        opened = at - chance.uniform(0, 14 * exchanges) // 7 * 604_800 - chance.choices(range(HOURS), week)[0] * 3600
        opened += chance.randrange(60) * 60
        sent = opened - chance.expovariate(1 / 18_000) // 60 * 60
        found.append(Exchange(f"{number:08x}", sent, 1, opened_at=opened))
    found.sort(key=lambda each: each.sent_at)
    for number in range(moments - exchanges):
        each = found[number % exchanges]
        after = (each.opened_at or 0.0) + chance.randrange(1, 600) * 60
        changed = {"clicked_at": after} if number < exchanges else {"replied_at": after}
        found[number % exchanges] = replace(each, **changed)
    return Contact("bob@example.com", messages=exchanges, exchanges=tuple(found))


def contacts_per_second() -> dict[str, float]:
    """How many contacts one core summarises in a second, as the schedule does: zone unknown, sends known; best of 25.

    The typical ones have 5 to 8 exchanges and 6 to 10 moments. The time is that of the process, and so that it can be
    compared between machines, and between busy hours of one, it is told too in turns of a plain loop.
    """
    chance, at, found = random.Random(7), 1_735_000_000.0, {}
    for name, sizes in {
        "typical": [(exchanges, moments) for exchanges in range(5, 9) for moments in range(6, 11)],
        "24 exchanges, 24 moments": [(24, 24)],
        "32 exchanges, 48 moments": [(32, 48)],
    }.items():
        contacts = [
            a_contact(chance, exchanges, max(exchanges, moments), at)
            for _ in range(400 // len(sizes))
            for exchanges, moments in sizes
        ]

        def run(contacts: Sequence[Contact] = contacts) -> None:
            for contact in contacts:
                summarise(contact, at)

        found[name] = round(len(contacts) / _cpu_seconds(run))
    turns = 200_000 / _cpu_seconds(lambda: sum([number * number % 7 for number in range(200_000)]))
    found["turns of a loop for a typical one"] = round(turns / found["typical"])
    return found


def _cpu_seconds(run: Callable[[], object]) -> float:
    return min(timeit.repeat(run, number=1, repeat=25, timer=time.process_time))


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
    global_hour: dict[str, dict[str, object]] = {}
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
                elif name == "global hour":  # the same for every size
                    global_hour.setdefault(mode, dict(result))[size] = result
        figures[mode] = by_size
    print("\nwritten to only in some hours: the hour found, as a share of the person's best one")
    found = chances()
    for schedule, shares in found.items():
        print(f"{schedule:22s}" + "  ".join(f"{method} {share:.1%}" for method, share in shares.items()))
    speed = contacts_per_second()
    print("\ncontacts summarised a second\n" + "\n".join(f"{name:36s}{count:8.0f}" for name, count in speed.items()))
    more = {"global_hour": global_hour, "chances": found, "contacts_per_second": speed}
    print(json.dumps({**figures, **more}))


def _line(values: np.ndarray) -> str:
    return "".join(f"{100 * share:8.2f}%" for share in values[:-1]) + f"{values[-1]:9.4f}"


if __name__ == "__main__":
    main()
