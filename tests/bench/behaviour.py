"""How well the labels of a contact's behaviour are found, on simulated people of whom the truth is known.

    python -m tests.bench.behaviour [--people 3000]

Each person is of a kind: what share of mails they open and answer, when and how fast, whether their client reports it,
whether machines or other readers hit the same mail, and when they fall silent, if they do. Rates vary from person to
person within a kind. The true labels follow from the person's own rates, not from the kind. The last line is JSON.
"""

import argparse
import json
import random
from collections import Counter
from dataclasses import dataclass, replace

from chalicelib.domain.contacts import Exchange
from chalicelib.domain.habits.behaviour import NIGHT, Label, behaviour

DAY, HOUR = 86_400, 3600
START = 2_600 * 7 * DAY - 72 * HOUR  # a Monday 00:00 UTC
SIZES = (3, 5, 10, 20)
OFFICE, NIGHTS = (8, 19), (22, 28)  # hours in which somebody looks at mail; 28 is 4 o'clock


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody does. `looks` are the hours of the day in which they come by their mail; delays are in hours."""

    opens: float = 0.8
    replies: float = 0.4
    delay: float = 8.0  # median, from reading to the reply
    looks: tuple[int, int] = OFFICE
    reports: float = 1.0  # how often an open shows
    masked: bool = False  # the client loads every picture by itself
    readers: float = 1.0  # how many open each mail: more than one where it is passed on
    silent_after: float = 1.0  # share of the mails after which nothing comes any more


KINDS = {
    "honest": Person(),
    "quick": Person(replies=0.8, delay=0.3),
    "reads only": Person(opens=0.95, replies=0.01, readers=1.5),
    "night owl": Person(looks=NIGHTS),
    "no pictures": Person(opens=0.9, replies=0.6, reports=0.0),
    "pictures rarely": Person(opens=0.9, replies=0.6, reports=0.15),
    "machine-laden": Person(opens=0.9, replies=0.5, reports=0.0, masked=True),
    "scanned": Person(masked=True),
    "forwarding": Person(readers=4.0, replies=0.3),
    "hardly reads": Person(opens=0.2, replies=0.1),
    "gone": Person(silent_after=0.5),
}
SHARES = dict(zip(KINDS, (30, 8, 10, 6, 5, 4, 8, 6, 6, 8, 9), strict=True))


def somebody(kind: str, chance: random.Random) -> Person:
    """A person of the kind, with rates of their own."""
    person = KINDS[kind]

    def own(rate: float) -> float:
        return chance.betavariate(12 * rate, 12 * (1 - rate)) if 0 < rate < 1 else rate

    return replace(
        person, opens=own(person.opens), replies=own(person.replies), delay=person.delay * chance.lognormvariate(0, 0.5)
    )


def truth(person: Person) -> set[Label]:
    """The labels that are true of a person."""
    labels = {
        Label.OPENS_OFTEN_NEVER_REPLIES: person.opens >= 0.7 and person.replies < 0.07 and person.reports > 0.5,
        Label.REPLIES_FAST: person.delay < 1 and person.looks == OFFICE,
        Label.READS_LATE_AT_NIGHT: person.looks == NIGHTS,
        Label.REPLIES_WITHOUT_OPENING: person.reports < 0.5,
        Label.WENT_SILENT: person.silent_after < 1,
        Label.NEVER_REPORTS: person.reports == 0,
    }
    return {label for label, true in labels.items() if true}


def mails(person: Person, n: int, chance: random.Random) -> tuple[list[Exchange], float]:
    """The history of n mails to the person, sent in office hours, and the time now: a week after the last."""
    found, day = [], 0
    for number in range(n):
        day += chance.randint(1, 6)
        sent_at = START + day * DAY + chance.uniform(9, 18) * HOUR
        exchange = Exchange(f"{number:08x}", sent_at, masked=person.masked)
        if number < person.silent_after * n and chance.random() < person.opens:
            exchange = _read(exchange, person, chance)
        found.append(exchange)
    return found, START + (day + 7) * DAY


def _read(exchange: Exchange, person: Person, chance: random.Random) -> Exchange:
    at = exchange.sent_at + chance.expovariate(1 / (1.5 * HOUR))
    first, last = person.looks
    if not any(hour % 24 == int(at // HOUR) % 24 for hour in range(first, last)):
        midnight = at // DAY * DAY
        at = midnight + chance.uniform(first, last) * HOUR + (DAY if at - midnight > last * HOUR else 0)
    if chance.random() < person.reports:
        opens = 1 + sum(chance.random() < 0.4 for _ in range(3))
        opens = round(opens * person.readers)
        exchange = replace(exchange, opens=opens, opened_at=at)
    if chance.random() < person.replies:
        exchange = replace(exchange, replied_at=at + person.delay * chance.lognormvariate(0, 0.8) * HOUR)
    return exchange


def score(people: int, n: int) -> dict[Label, Counter[str]]:
    """Hits, false labels and misses of each label, after n mails to so many people."""
    chance = random.Random(n)
    counts: dict[Label, Counter[str]] = {label: Counter() for label in Label}
    for kind in chance.choices(list(SHARES), list(SHARES.values()), k=people):
        person = somebody(kind, chance)
        exchanges, at = mails(person, n, chance)
        found = {each.label: each for each in behaviour(exchanges, "UTC", at)}
        true = truth(person)
        for label, count in counts.items():
            count["hit" if label in true else "false"] += label in found
            count["missed"] += label in true and label not in found
            if label in found:
                count["sure"] += round(found[label].confidence * 1000)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=3000)
    people = parser.parse_args().people
    figures: dict[str, dict[str, dict[str, float | None]]] = {}
    print("precision and recall, and the mean confidence that was stated; NIGHT is", sorted(NIGHT))
    for n in SIZES:
        print(f"\nafter {n} mails")
        figures[str(n)] = {}
        for label, count in score(people, n).items():
            given, true = count["hit"] + count["false"], count["hit"] + count["missed"]
            precision = count["hit"] / given if given else None
            recall = count["hit"] / true if true else None
            stated = count["sure"] / given / 1000 if given else None
            figures[str(n)][label] = {"precision": precision, "recall": recall, "stated": stated}
            numbers = "".join("     -" if share is None else f"{share:6.2f}" for share in (precision, recall, stated))
            print(f"{label:28s}{numbers}   given {given:4d}, true {true:4d}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
