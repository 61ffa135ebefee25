"""A deployment's own activity, as a file to learn from: what it holds, whom it names (nobody), what it leaves out."""

import base64
import csv
import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from infra import export_activity
from infra.export_activity import COLUMNS, FEWEST
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.system import System

AN_HOUR = 3600.0


def read_by(system: System, email: str, times: int, wait: float = 3 * AN_HOUR) -> None:
    """Some mails, each opened so long after it came."""
    for number in range(times):
        system.now = SENT + number * 86_400
        message = system.send(recipients=[email], sent_at=None)
        system.opened(message, number * 86_400 + wait, THUNDERBIRD, HOME)
    system.follow()
    system.minute(times * 86_400)


def exported(system: System, folder: Path, name: str = "activity") -> list[dict[str, str]]:
    """What the command writes of an export of the table."""
    (folder / "export").mkdir(exist_ok=True)
    with gzip.open(folder / "export" / "part.json.gz", "wt") as file:
        for item in system.aws.items():
            file.write(json.dumps({"Item": item}, default=_binary) + "\n")
    out = folder / f"{name}.csv.gz"
    sys.argv = ["export_activity", str(folder / "export"), str(out)]
    export_activity.main()
    with gzip.open(out, "rt", newline="") as lines:
        return list(csv.DictReader(lines))


def _binary(value: Any) -> str:
    return base64.b64encode(bytes(value)).decode()


@pytest.fixture(autouse=True)
def arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", sys.argv)


def test_the_times_of_the_contacts_stand_in_it_to_the_minute(system: System, tmp_path: Path, capsys):
    read_by(system, "bob@firm.jp", 4)
    read_by(system, "carol@example.com", FEWEST)
    rows = exported(system, tmp_path)
    assert tuple(rows[0]) == COLUMNS
    assert sorted({(row["utc_offset_min"], sum(each["person"] == row["person"] for each in rows)) for row in rows}) == [
        ("", FEWEST),
        ("540", 4),
    ]
    assert min(int(row["unix"]) for row in rows) == (SENT + 3 * AN_HOUR) // 60 * 60
    assert capsys.readouterr().out == f"{4 + FEWEST} moments of 2 people\n"


def test_it_names_nobody_and_no_two_files_can_be_laid_beside_each_other(system: System, tmp_path: Path):
    read_by(system, "bob@firm.jp", FEWEST)
    one, other = exported(system, tmp_path), exported(system, tmp_path, "again")
    written = gzip.decompress((tmp_path / "activity.csv.gz").read_bytes()).decode()
    assert not any(name in written for name in ("bob", "firm", "ann", system.sender))
    assert [row["unix"] for row in one] == [row["unix"] for row in other]
    assert {row["person"] for row in one}.isdisjoint(row["person"] for row in other)


def test_who_was_hardly_seen_or_only_the_moment_mail_came_is_left_out(system: System, tmp_path: Path):
    read_by(system, "bob@example.com", FEWEST - 1)
    read_by(system, "carol@example.com", 5, wait=300)
    assert exported(system, tmp_path) == []


def test_a_folder_that_holds_no_export_is_said_to(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match="no files of an export"):
        list(export_activity.contacts(tmp_path))


def test_what_was_written_can_be_learnt_from(system: System, tmp_path: Path):
    pytest.importorskip("numpy")
    from infra.train_send_times import learn, read

    read_by(system, "bob@firm.jp", 4)
    read_by(system, "carol@firm.de", 4)
    exported(system, tmp_path)
    learnt = learn(read(tmp_path / "activity.csv.gz").values(), fine=1, coarse=1, anywhere=2)
    assert sum(learnt.usual) == pytest.approx(1)
