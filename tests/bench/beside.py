"""Figures of this tree beside those of another checkout of the project, in one run: both are asked in turn."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent.parent.parent


def asked(script: str, *arguments: str, folder: Path = HERE) -> dict[str, Any]:
    """The last line that a script of this tree prints, as JSON, when it measures the project in a folder."""
    done = subprocess.run(
        [sys.executable, script, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONHASHSEED": "0"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def in_turn(rounds: int, script: str, *arguments: str, other: Path | None) -> list[dict[str, dict[str, Any]]]:
    """What each tree answers in each round, named `here` and, where there is another, `other`."""
    folders = {"here": HERE} | ({"other": other.resolve()} if other else {})
    return [{name: asked(script, *arguments, folder=folder) for name, folder in folders.items()} for _ in range(rounds)]
