"""Reads mails that came in, and prints what they are taken for: python -m tests.bench.incoming --folder DIR, --cases FILE.

Every `*.eml`, `*.txt` or file without an ending below the folder is a raw mail. `--labels FILE` says what they are: lines
of a pattern for the name, or for the path below the folder, as the shell has them, a tab, and one of `bounce`, `delayed`,
`auto_reply`, `complaint`, `receipt`, `ordinary`, or `notice`, which stands for a bounce or a delay. The first line that
fits counts. Without a file it is `labels.tsv` in the folder; and a folder with such a name labels what no line does.

Each line of the file of cases is a mail as JSON: `name`, `raw` with LF line ends, `want`, the kind; and where it matters
`away_until`, the date that it states ("" for none, `a|b` where either will do), `at`, the day on which it came (ISO 8601),
and `null_sender`, whether the envelope's sender was empty.

The last line is JSON: for each label how many there are and what they were taken for; `recall`, the share that was
recognised; `false_notices` and `false_auto_replies`, how many ordinary mails were taken for one; the milliseconds for a
mail, and for the slowest; and of the cases, under `cases`, how many there are, how many are right, how many people were
taken for something else and machines for people, and the dates that are asked for, right, and wrong (another than the one
stated, or one where none is).
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from chalicelib.domain.incoming.sorting import Kind, classify

EVENTS = Path(__file__).parent.parent / "events"
NOTICES = {Kind.BOUNCE.value, Kind.DELAYED.value}
MEANT = {kind.value: {kind.value} for kind in Kind} | {"notice": NOTICES}
MACHINES = {Kind.AUTO_REPLY.value, Kind.BOUNCE.value}
AT = 1_790_000_000.0
SECRETS = (b"no secret",)


def mails(folder: Path) -> Iterator[Path]:
    """The raw mails below a folder."""
    yield from (
        path for path in sorted(folder.rglob("[!.]*")) if path.is_file() and path.suffix in ("", ".eml", ".txt")
    )


def labeller(folder: Path, labels: Path | None) -> Callable[[Path], str]:
    """Says what a file is, or "" where nobody knows."""
    given = labels or folder / "labels.tsv"
    lines = [line.split("\t") for line in given.read_text().splitlines() if "\t" in line] if given.exists() else []

    def label(path: Path) -> str:
        below = path.relative_to(folder)
        for pattern, kind in lines:
            if fnmatchcase(path.name, pattern) or fnmatchcase(str(below), pattern):
                return kind.strip()
        return next((part for part in reversed(below.parts[:-1]) if part in MEANT), "")

    return label


def measure(folder: Path, label: Callable[[Path], str], show: bool = False) -> dict[str, Any]:
    """The figures for a folder."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    spent = slowest = 0.0
    for path in mails(folder):
        raw = path.read_bytes()
        began = time.perf_counter()
        kind = classify(raw, None, SECRETS, AT).kind.value
        took = time.perf_counter() - began
        spent, slowest = spent + took, max(slowest, took)
        wanted = label(path)
        found[wanted or "unlabelled"][kind] += 1
        if show and wanted and kind not in MEANT[wanted]:
            print(f"{path.name}: {wanted}, taken for {kind}")
    ordinary = found.get("ordinary", Counter())
    count = sum(each.total() for each in found.values())
    return {
        "mails": count,
        "taken_for": {wanted: dict(each) for wanted, each in sorted(found.items())},
        "recall": {
            wanted: round(sum(each[kind] for kind in MEANT[wanted]) / each.total(), 4)
            for wanted, each in sorted(found.items())
            if wanted in MEANT
        },
        "false_notices": sum(ordinary[kind] for kind in NOTICES),
        "false_auto_replies": ordinary[Kind.AUTO_REPLY.value],
        "ms_per_mail": round(1000 * spent / max(count, 1), 3),
        "ms_slowest": round(1000 * slowest, 3),
    }


def judge(cases: Iterable[Mapping[str, Any]], show: bool = False) -> dict[str, int]:
    """The figures for mails that say what they are."""
    found: Counter[str] = Counter()
    for case in cases:
        raw = case["raw"].replace("\n", "\r\n").encode()
        at = datetime.fromisoformat(case["at"]).replace(tzinfo=UTC).timestamp() if case.get("at") else AT
        mail = classify(raw, "" if case.get("null_sender") else None, SECRETS, at)
        kind, wanted = mail.kind.value, case["want"]
        found["n"] += 1
        found["kind_right"] += kind == wanted
        found["people_hidden"] += wanted == Kind.ORDINARY.value != kind
        found["machines_told"] += wanted in MACHINES and kind == Kind.ORDINARY.value
        right = True
        if case.get("away_until") is not None:
            right = mail.away_until in case["away_until"].split("|")
            found["date_n"] += 1
            found["date_right"] += right
            found["date_wrong"] += not right and mail.away_until != ""
        if show and (kind != wanted or not right):
            print(f"{case['name']}: {wanted} {case.get('away_until') or ''}, taken for {kind} {mail.away_until}")
    names = ("n", "kind_right", "people_hidden", "machines_told", "date_n", "date_right", "date_wrong")
    return {name: found[name] for name in names}


def read_cases(file: Path) -> Iterator[dict[str, Any]]:
    """The mails in a file, one a line."""
    yield from map(json.loads, filter(str.strip, file.read_text(encoding="utf-8").splitlines()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=EVENTS)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--cases", type=Path)
    chosen = parser.parse_args()
    figures = measure(chosen.folder, labeller(chosen.folder, chosen.labels), show=True)
    for wanted, kinds in figures["taken_for"].items():
        print(f"{wanted:12} {sum(kinds.values()):6}  {kinds}")
    if chosen.cases:
        figures["cases"] = judge(read_cases(chosen.cases), show=True)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
