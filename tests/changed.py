"""`python -m tests.changed [REVISION]`: the tests of what changed since a commit (HEAD), and what holds the house together.

A module is tested by the file of its name, else by the folder that mirrors its own; a test by itself; a page by what
compares the pages with the code. Everything is what `make test` is for.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALWAYS = ("tests/test_floors.py", "tests/test_names.py")
PAGES = ("tests/test_docs.py", "tests/test_readme.py")


def changed(revision: str) -> list[str]:
    """The files that differ from a commit, those that git does not know yet among them. Raises CalledProcessError."""
    asked = (["diff", "--name-only", "--diff-filter=d", revision], ["ls-files", "--others", "--exclude-standard"])
    found = [subprocess.run(["git", *each], cwd=ROOT, capture_output=True, text=True, check=True) for each in asked]
    return [line for each in found for line in each.stdout.splitlines()]


def chosen(files: Iterable[str], root: Path = ROOT) -> list[str]:
    """The test files and folders for these files; what lies in another of them is left out."""
    wanted = {test for file in files for test in _chosen(Path(file), root)} | set(ALWAYS)
    return sorted(test for test in wanted if not any(str(above) in wanted for above in Path(test).parents))


def _chosen(file: Path, root: Path) -> Iterable[str]:
    if file.suffix == ".md" or file.name == "Makefile":
        return PAGES
    if file.suffix != ".py":
        return ()
    if file.parts[0] == "tests":
        return (str(file),) if file.name.startswith("test_") else ()
    mirror = Path("tests", *file.parent.parts[file.parts[0] == "chalicelib" :])
    own = mirror / f"test_{file.name}"
    while not (root / mirror).is_dir():
        mirror = mirror.parent
    if (root / own).is_file():
        return (str(own),)
    return (str(mirror),) if mirror != Path("tests") else ()


def main() -> int:
    """Run them, and return pytest's exit status."""
    try:
        files = changed(*(sys.argv[1:] or ["HEAD"]))
    except (OSError, subprocess.CalledProcessError):
        print("git cannot say what changed here: `make test` tests everything.", file=sys.stderr)
        return 1
    wanted = chosen(files)
    print("Tests:", *wanted, flush=True)
    return int(pytest.main(["-q", *wanted]))


if __name__ == "__main__":
    sys.exit(main())
