"""What the documents say is what the code does: the tables between marks are made here and compared.

`python -m tests.test_docs` writes them anew.
"""

import re
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.contacts import Contact, Exchange
from chalicelib.domain.events import VerdictKind
from chalicelib.domain.state import Status
from chalicelib.domain.summaries import summarise
from chalicelib.domain.verdicts.explanations import AWAY_UNTIL, PHRASES
from tests.bench import verdicts
from tests.bench.other_rules import SYSTEMS
from tests.makers import SENT

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
VERDICTS = ROOT / "docs" / "verdicts.md"
SEND_TIMES = ROOT / "docs" / "send-times.md"


def figures() -> str:
    cases = verdicts.corpus()
    outcomes = verdicts.run(cases)
    ours = verdicts.people_and_machines((outcome.case, outcome.counted) for outcome in outcomes)
    rows = {"**Unsealed**": ours} | {
        name: verdicts.people_and_machines((case, counts(case)) for case in cases) for name, counts in SYSTEMS.items()
    }
    lines = [f"| {len(cases)} cases | right | people found | machines counted as people |", "|---|---|---|---|"]
    return "\n".join(
        [*lines, *(f"| {name} | " + " | ".join(f"{x:.2f}" for x in row.values()) + " |" for name, row in rows.items())]
    )


def honest() -> str:
    """The figures in two sentences, for the README: docs/verdicts.md has the table."""
    cases, ours, *others = [line.strip("| ").split(" | ") for line in figures().splitlines() if "---" not in line]
    del others[-1]  # every hit is a person
    taken = [float(row[3]) for row in others]
    return (
        f"On {cases[0]} from public sources that no rule was tuned on, **Unsealed finds {float(ours[2]):.0%} of the people and "
        f"takes {float(ours[3]):.0%} of the\nmachines for people**. {len(others)} sets of rules that other systems published, "
        f"as we read them, take {min(taken):.0%} to {max(taken):.0%} of the\nmachines for people."
    )


def mistakes() -> str:
    wrong = [outcome for outcome in verdicts.run(verdicts.corpus()) if not outcome.right]
    return "\n".join(
        f"- {each.case['id']}: said {each.verdict.kind.value} ({each.verdict.confidence:.2f}), "
        f"was {' or '.join(sorted(each.accepted))}"
        for each in wrong
    )


DATED = {f"{AWAY_UNTIL}YYYY-MM-DD": "they are away until that day"}


def reasons() -> str:
    return "\n".join(
        [
            "| reason | |",
            "|---|---|",
            *(f"| `{name}` | {words} |" for name, words in sorted({**PHRASES, **DATED}.items())),
        ]
    )


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PEOPLE = {  # who reads when: hours on weekdays, hours at weekends, in Berlin
    "an early riser": ((6, 7), (8,)),
    "an office": ((9, 10, 11, 14, 15, 16), ()),
    "after dinner": ((20, 21), (20, 21)),
    "a night owl": ((23, 0, 1), (0, 1, 2)),
    "at weekends only": ((), (10, 11, 16, 17)),
}


def people() -> str:
    lines = ["| who reads | after 3 opens | after 10 | after 30 |", "|---|---|---|---|"]
    for name, hours in PEOPLE.items():
        lines.append(
            f"| {name}: {_hours(*hours)} | " + " | ".join(_recommended(name, hours, n) for n in (3, 10, 30)) + " |"
        )
    return "\n".join(lines)


def _hours(weekdays: tuple[int, ...], weekend: tuple[int, ...]) -> str:
    said = [
        (f"weekdays at {', '.join(map(str, weekdays))}", weekdays),
        (f"weekends at {', '.join(map(str, weekend))}", weekend),
    ]
    return "; ".join(words for words, hours in said if hours)


def _recommended(name: str, hours: tuple[tuple[int, ...], tuple[int, ...]], opens: int) -> str:
    """What is recommended after so many opens: each mail is sent at random and opened at the next of the hours."""
    random, exchanges = Random(name), []
    for number in range(opens):
        sent = SENT + number * 5 * 86_400 + random.randrange(86_400)
        opened = next(at for at in range(int(sent) + 60, int(sent) + 9 * 86_400, 600) if _reads(at, hours))
        exchanges.append(Exchange(f"{number:08x}", sent, opens=1, opened_at=float(opened)))
    contact = Contact("bob@example.com", exchanges=tuple(exchanges), time_zone="Europe/Berlin")
    best = summarise(contact, SENT + opens * 5 * 86_400)
    found = best.send_time
    words = f"{WEEKDAYS[found.weekday]} {found.hour:02}:00"
    return f"{words}, +{found.gain:.0%}" if found.enough_data else f"{words} (not enough data)"


def _reads(at: int, hours: tuple[tuple[int, ...], tuple[int, ...]]) -> bool:
    local = datetime.fromtimestamp(at, ZoneInfo("Europe/Berlin"))
    return local.hour in hours[local.weekday() >= 5]


MADE = [
    (SEND_TIMES, "people", people),
    (README, "honest", honest),
    (VERDICTS, "figures", figures),
    (VERDICTS, "mistakes", mistakes),
    (VERDICTS, "reasons", reasons),
]


def between(text: str, mark: str) -> str:
    return text.partition(f"<!-- {mark} -->")[2].partition(f"<!-- /{mark} -->")[0].strip()


@pytest.mark.parametrize(("page", "mark", "make"), MADE)
def test_the_pages_say_what_is_so(page, mark, make):
    assert between(page.read_text(), mark) == make(), "python -m tests.test_docs writes it anew"


@pytest.mark.parametrize("kind", VerdictKind)
def test_the_page_on_verdicts_explains_every_verdict(kind):
    assert f"| `{kind.value}` |" in VERDICTS.read_text()


@pytest.mark.parametrize("status", [Status.OPENED, Status.NO_EVIDENCE, Status.CANNOT_KNOW])
def test_the_page_on_verdicts_explains_what_a_recipient_can_be(status):
    assert f"**{status.value.replace('_', ' ')}**" in VERDICTS.read_text()


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_every_page_is_linked_from_the_readme(page):
    assert f"docs/{page.name}" in README.read_text()


@pytest.mark.parametrize("page", ["SECURITY.md", "CONTRIBUTING.md"])
def test_the_pages_beside_the_readme_are_linked_from_it(page):
    assert f"({page})" in README.read_text()


PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page):
    named = set(re.findall(r"`((?:chalicelib|tests|infra|docs|findings)/[\w/.-]*)`", page.read_text()))
    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_the_pages_leads_somewhere(page):
    for name, heading in re.findall(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)", page.read_text()):
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), name
        assert not heading or heading in _anchors(target), f"{name}#{heading}"


def _anchors(page: Path) -> set[str]:
    """The anchors of a page, as GitHub makes them of its headings."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.strip().lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize(("page", "least"), [("SECURITY.md", 20), ("docs/architecture.md", 40)])
def test_the_pages_that_lead_into_the_code_name_its_files(page, least):
    assert len(re.findall(r"`(?:chalicelib|tests|infra|docs)/[\w/.-]+`", (ROOT / page).read_text())) >= least


def test_the_recipes_name_files_of_the_house_by_their_whole_path():
    recipes = (ROOT / "docs" / "architecture.md").read_text().partition("## How to add")[2]
    for recipe in recipes.split("\n**")[1:]:
        assert len(re.findall(r"`(?:chalicelib|tests|infra|docs)/[\w/.-]+`", recipe)) >= 5
        assert len(recipe.strip().splitlines()) <= 10


if __name__ == "__main__":
    for page, mark, make in MADE:
        text = page.read_text()
        before, after = text.partition(f"<!-- {mark} -->")[0], text.partition(f"<!-- /{mark} -->")[2]
        page.write_text(f"{before}<!-- {mark} -->\n{make()}\n<!-- /{mark} -->{after}")
