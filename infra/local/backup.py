"""`python -m infra.local.backup FOLDER`: a copy of DATA_DIR (or SETTINGS') as it is now, while the system runs or not.

The copy is itself a DATA_DIR: to restore it, put it in the place of the old one. Stdout names it, and how many items it has.
The exit status is 1 where it could not be made; what was made of it is taken away.
"""

import argparse
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from infra import process_settings

FILE = "unsealed.sqlite"
_OF_THE_PROCESS = shutil.ignore_patterns("lock", f"{FILE}*", "*.new")


def main() -> int:
    """Make one. The exit status."""
    asked = argparse.ArgumentParser(description="Copy DATA_DIR as it is now.")
    asked.add_argument("folder", type=Path, help="where the copy is to be: a folder that is not there yet")
    folder = asked.parse_args().folder
    try:
        process_settings.read_file()
        data = Path(os.environ.get("DATA_DIR") or Path("data") / os.environ.get("PORT", "8000"))
        items = back_up(data, folder)
    except (OSError, sqlite3.Error, process_settings.WrongSetting) as failure:
        print(f"There is no backup: {failure}", file=sys.stderr)
        return 1
    print(f"{folder}: {items} items")
    return 0


def back_up(data: Path, folder: Path) -> int:
    """Copy a system's folder; how many items the copy has. Raises OSError, also where `folder` is there, and sqlite3.Error.

    The SQLite file comes first: a mail is kept before a row names it.
    """
    folder.mkdir(parents=True, mode=0o700)
    try:
        kept = f"{(data / FILE).absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(kept, uri=True)) as source, closing(sqlite3.connect(folder / FILE)) as copy:
            source.backup(copy)
            (broken,) = copy.execute("PRAGMA quick_check").fetchone()
            if broken != "ok":
                raise sqlite3.DatabaseError(broken)
            (items,) = copy.execute("SELECT count(*) FROM items").fetchone()
        shutil.copytree(data, folder, ignore=_OF_THE_PROCESS, copy_function=_copied, dirs_exist_ok=True)
        folder.chmod(0o700)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return int(items)


def _copied(source: str, copy: str) -> None:
    try:
        shutil.copy2(source, copy)
    except FileNotFoundError:  # it was dealt with meanwhile
        return


if __name__ == "__main__":
    sys.exit(main())
