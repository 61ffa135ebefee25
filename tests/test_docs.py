"""What the documents say is what the code does: the tables between marks are made here and compared.

`python -m tests.test_docs` writes them anew.
"""

from pathlib import Path

import pytest

from chalicelib.domain.events import VerdictKind
from chalicelib.domain.explanations import PHRASES
from chalicelib.domain.timeline import Status
from tests.bench import verdicts
from tests.bench.other_rules import SYSTEMS

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
VERDICTS = ROOT / "docs" / "verdicts.md"


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


def mistakes() -> str:
    wrong = [outcome for outcome in verdicts.run(verdicts.corpus()) if not outcome.right]
    return "\n".join(
        f"- {each.case['id']}: said {each.verdict.kind.value} ({each.verdict.confidence:.2f}), "
        f"was {' or '.join(sorted(each.accepted))}"
        for each in wrong
    )


def reasons() -> str:
    return "\n".join(
        ["| reason | |", "|---|---|", *(f"| `{name}` | {words} |" for name, words in sorted(PHRASES.items()))]
    )


MADE = [
    (README, "figures", figures),
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


if __name__ == "__main__":
    for page, mark, make in MADE:
        text = page.read_text()
        before, after = text.partition(f"<!-- {mark} -->")[0], text.partition(f"<!-- /{mark} -->")[2]
        page.write_text(f"{before}<!-- {mark} -->\n{make()}\n<!-- /{mark} -->{after}")
