"""What leaves a system on one machine: mails and pushes as files in a folder, from where the machine hands them on.

A file is there whole or not at all. A mail's first line says from whom and to whom it goes, as JSON; the rest is the mail.
"""

import json
import uuid
from itertools import count
from pathlib import Path

from chalicelib.config import config

FOLDER = "leaving"
_numbers = count()


def mail(raw: bytes, to: str, sender: str) -> str:
    """Let a mail leave; its id. Raises OSError."""
    return _put(".mail", json.dumps({"from": sender, "to": to}).encode() + b"\n" + raw)


def push(endpoint: str, message: str) -> str:
    """Let a push leave; its id. Raises OSError."""
    return _put(".push", json.dumps({"endpoint": endpoint, "message": message}).encode())


def _put(kind: str, content: bytes) -> str:
    folder = Path(config().data_dir) / FOLDER
    folder.mkdir(exist_ok=True, mode=0o700)
    name = uuid.uuid4().hex
    written = folder / f"{name}.new"
    written.write_bytes(content)
    written.rename(folder / f"{next(_numbers):012d}-{name}{kind}")
    return name
