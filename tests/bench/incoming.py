"""Reads a folder of mails that came in, and prints what they are taken for: python -m tests.bench.incoming --folder DIR.

Every `*.eml`, `*.txt` or file without an ending below the folder is a raw mail. `--labels FILE` says what they are: lines
of a pattern for the name, or for the path below the folder, as the shell has them, a tab, and one of `bounce`, `delayed`,
`auto_reply`, `complaint`, `receipt`, `ordinary`, or `notice`, which stands for a bounce or a delay. The first line that
fits counts. Without a file it is `labels.tsv` in the folder; and a folder with such a name labels what no line does.

The last line is JSON: for each label how many there are and what they were taken for; `recall`, the share that was
recognised; `false_notices` and `false_auto_replies`, how many ordinary mails were taken for one; the milliseconds for a
mail, and for the slowest.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from chalicelib.domain.incoming.sorting import Kind, classify

EVENTS = Path(__file__).parent.parent / "events"
NOTICES = {Kind.BOUNCE.value, Kind.DELAYED.value}
MEANT = {kind.value: {kind.value} for kind in Kind} | {"notice": NOTICES, "bounce": NOTICES}
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=EVENTS)
    parser.add_argument("--labels", type=Path)
    chosen = parser.parse_args()
    figures = measure(chosen.folder, labeller(chosen.folder, chosen.labels), show=True)
    for wanted, kinds in figures["taken_for"].items():
        print(f"{wanted:12} {sum(kinds.values()):6}  {kinds}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
