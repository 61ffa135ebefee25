"""What left the house: mails and pushes, taken from where the senders put them (chalicelib/senders/one_machine.py).

With a provider (UPSTREAM_HOST) a mail goes into a queue like the relay's; without one, it is kept in the outbox.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Any

from chalicelib.senders.one_machine import FOLDER
from infra.local.clock import Clock
from infra.local.ses_receipts import addressees, iso

log = logging.getLogger(__name__)

HandOn = Callable[[str, str, bytes, float], None]
"""Takes a mail to be handed to the provider: envelope's sender, recipient, the mail, and when it left."""

_LOOK_SECONDS = 0.2
_SMALL = 65_536  # bytes


class Outbox:
    """What left a system whose folder this is. `hand_on` takes the mails; without it they are kept, oldest first."""

    def __init__(self, folder: Path, clock: Clock, hand_on: HandOn | None = None) -> None:
        self._leaving, self._kept = folder / FOLDER, folder / "outbox"
        for each in (self._leaving, self._kept):
            each.mkdir(exist_ok=True, mode=0o700)
        self._clock, self._hand_on = clock, hand_on
        self._taking = threading.Lock()
        self._stop = threading.Event()
        self._number = max(map(_number, self._kept.iterdir()), default=0)

    def run(self) -> None:
        """Take what leaves, until `stop`."""
        while not self._stop.wait(_LOOK_SECONDS):
            try:
                self.take()
            except Exception:  # what could not be taken now is taken when there is room again
                log.exception("What leaves could not be taken.")

    def stop(self) -> None:
        """Take what is there, and no more."""
        self._stop.set()
        self.take()

    def take(self) -> None:
        """Take what has left by now, in the order in which it did. It is dated by the file's time and the clock's offset."""
        with self._taking:
            found = [each for each in self._leaving.iterdir() if each.suffix in (".mail", ".push")]
            for file in sorted(found, key=lambda each: (each.stat().st_mtime_ns, each.name)):
                at = self._clock.of(file.stat().st_mtime)
                if self._hand_on is not None and file.suffix == ".mail":
                    envelope, raw = _read(file)
                    self._hand_on(parseaddr(envelope["from"])[1], envelope["to"], raw, at)
                    file.unlink()
                else:
                    self._number += 1
                    file.rename(self._kept / f"{int(at * 1000):013d}-{self._number:08d}-{file.name.partition('-')[2]}")

    def mails(self) -> list[dict[str, Any]]:
        """Each mail as {at, id, kind, from, to, subject, text, html, raw}.

        A `kind` is a `letter` of ours to a sender, a `copy` of a sender's mail, an `answer` handed on to a sender, or a mail
        that is `returned` to one.
        """
        return [_mail(file) for file in self._files(".mail")]

    def as_text(self) -> str:
        """The same mails as a person reads them, the newest last: the text of each, or its HTML where it has none."""
        return f"\n{'─' * 72}\n\n".join(map(_as_text, self.mails())) or "Nothing was sent so far.\n"

    def pushes(self) -> list[dict[str, Any]]:
        """Each push as {at, id, endpoint, token, message}; `message` is what SNS is given, JSON in a string."""
        return [
            {**_named(file), **(kept := json.loads(file.read_bytes())), "token": kept["endpoint"].rpartition("/")[2]}
            for file in self._files(".push")
        ]

    def forget(self) -> None:
        """Keep nothing of it."""
        self.take()
        for file in self._kept.iterdir():
            file.unlink()

    def _files(self, kind: str) -> Iterator[Path]:
        """In the order in which they left: a clock may be set back."""
        self.take()
        return (file for file in sorted(self._kept.iterdir(), key=_number) if file.suffix == kind)


def _read(file: Path) -> tuple[dict[str, str], bytes]:
    head, _, raw = file.read_bytes().partition(b"\n")
    return json.loads(head), raw


def _number(file: Path) -> int:
    """Which it is of all that left."""
    return int(file.name.split("-")[1])


def _named(file: Path) -> dict[str, Any]:
    at, _, name = file.stem.split("-", 2)
    return {"at": iso(int(at) / 1000), "id": name}


def _mail(file: Path) -> dict[str, Any]:
    envelope, content = _read(file)
    said, sender, named = read(content)
    told = {"from": envelope["from"] or sender, "to": [envelope["to"]] if envelope["to"] else [*named]}
    return {**_named(file), **said, **told}


Said = tuple[dict[str, Any], str, tuple[str, ...]]
"""What a mail says, and whom it names as its sender and as those who get it."""


def read(content: bytes) -> Said:
    """What stands in a mail. Who looks into an outbox does so again and again, so small ones are remembered."""
    return _remembered(content) if len(content) <= _SMALL else _parsed(content)


def _parsed(content: bytes) -> Said:
    message = message_from_bytes(content, policy=policy.default)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    as_written = message_from_bytes(content, policy=policy.compat32)  # the other one raises at a line break in a name
    named = addressees([str(field) for kind in ("To", "Cc", "Bcc") for field in as_written.get_all(kind, ())])
    said: dict[str, Any] = {
        "kind": _kind(as_written.get("X-Unsealed"), as_written.get("Auto-Submitted")),
        "from": "",
        "to": [],
        "subject": str(message["Subject"]),
        "text": None if text is None else text.get_content(),
        "html": None if html is None else html.get_content(),
        "raw": content.decode("utf-8", "replace"),
    }
    return said, str(as_written["From"]), tuple(named)


_remembered = lru_cache(500)(_parsed)


def _as_text(mail: dict[str, Any]) -> str:
    head = f"{mail['at']}  {mail['kind']} to {', '.join(mail['to'])}\n{mail['subject']}\n\n"
    return head + str(mail["text"] or mail["html"] or "").replace("\r\n", "\n").strip() + "\n"


def _kind(loop: str | None, automatic: str | None) -> str:
    """By what we write into the mails that we send on, and into our own."""
    known = {"handed-on": "answer", "returned": "returned", None: "letter" if automatic == "auto-generated" else "copy"}
    return known.get(loop, "copy")
