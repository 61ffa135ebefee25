"""`python -m infra.local.receive [--from ADDRESS] [RECIPIENT ...] < mail`: hand a mail in, as a pipe of Postfix or Exim does.

DATA_DIR (or SETTINGS) says which system is meant; it need not run. Without recipients those of To, Cc and Delivered-To are
taken. The exit status is 0 once the mail is kept, and 75 (EX_TEMPFAIL of sysexits.h) where it cannot be: the server keeps it,
and comes again.
"""

import argparse
import os
import sqlite3
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path

from chalicelib.store.sqlite.database import Database
from infra import process_settings
from infra.local import incoming
from infra.local.clock import Clock
from infra.local.ses_receipts import addressees

TEMPORARY = 75


def main() -> int:
    """Take the mail on stdin. The exit status."""
    asked = argparse.ArgumentParser(description="Hand a mail in, as a pipe of Postfix or Exim does.")
    asked.add_argument("--from", dest="sender", default="", help="the envelope's sender")
    asked.add_argument("recipients", nargs="*", help="the envelope's recipients")
    said = asked.parse_args()
    try:
        process_settings.read_file()
        if not os.environ.get("DATA_DIR"):
            raise process_settings.WrongSetting("DATA_DIR says which system the mail is for: set it, or SETTINGS.")
        folder = Path(os.environ["DATA_DIR"])
        raw = sys.stdin.buffer.read()
        recipients = said.recipients or _named(raw)
        database = Database(folder / "unsealed.sqlite")
        at = time.time() + Clock(folder / "clock").offset
        incoming.take(database, folder, raw, said.sender, recipients, at, os.environ.get("AUTHSERV_ID", ""))
        database.close()
    except (OSError, sqlite3.Error, process_settings.WrongSetting) as failure:
        print(failure, file=sys.stderr)
        return TEMPORARY
    return 0


def _named(raw: bytes) -> list[str]:
    mail = message_from_bytes(raw, policy=policy.compat32)
    fields = [mail.get_all(name, ()) for name in ("delivered-to", "to", "cc")]
    return addressees([str(each) for found in fields for each in found])


if __name__ == "__main__":
    sys.exit(main())
