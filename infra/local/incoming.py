"""Mail that comes in: kept in a folder and put into a queue before anybody is told that it was taken, then handed to
`app.receive` as SES and SNS do it, again and again until it is done or laid aside.
"""

import json
import logging
import os
import re
from collections.abc import Callable, Mapping, Sequence
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from chalicelib.store.sqlite import queues
from chalicelib.store.sqlite.database import Database
from infra.local import ses_receipts
from infra.local.functions import Function, FunctionError, invoke

log = logging.getLogger(__name__)

QUEUE = "inbound"
MOST_TRIES = 3  # as SNS calls a function that fails: two more times
_SAID_BY_SES = {"pass": "PASS", "none": "GRAY"}  # nosec B105 # verdicts
_METHODS = ("spf", "dkim", "dmarc")
_RESULT = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)


def keeper(folder: Path) -> ses_receipts.Keep:
    """What keeps raw mails in a system's folder, on the disk when it returns."""

    def keep(name: str, raw: bytes) -> None:
        file = folder / name
        file.parent.mkdir(exist_ok=True, mode=0o700)
        written = file.with_suffix(".new")
        with written.open("wb") as opened:
            opened.write(raw)
            opened.flush()
            os.fsync(opened.fileno())
        written.rename(file)

    return keep


def take(
    database: Database, folder: Path, raw: bytes, sender: str, recipients: Sequence[str], at: float, server: str
) -> None:
    """Take a mail for good. `server` is the mail server whose word on SPF, DKIM and DMARC is believed, "" for nobody's.

    Raises OSError, and sqlite3.Error: it was not taken then.
    """
    came = ses_receipts.arrive(keeper(folder), raw, sender, recipients, at, verdicts(raw, server))
    queues.put(database, QUEUE, json.dumps(came))


def verdicts(raw: bytes, server: str) -> Mapping[str, str]:
    """What a mail server found, as SES says it, by the Authentication-Results (RFC 8601) that it put first into the mail.

    A sender may have written such a field too: only one that names the server counts, and of those the first. Without one
    nobody knows, which SES calls GRAY.
    """
    found = dict.fromkeys(_METHODS, "GRAY")
    fields = message_from_bytes(raw, policy=policy.compat32).get_all("authentication-results", ())
    for field in map(str, fields):
        if server and field.partition(";")[0].split()[:1] == [server]:
            for method, result in reversed(_RESULT.findall(field)):
                found[method.lower()] = _SAID_BY_SES.get(result.lower(), "FAIL")
            break
    return found


def receiver(database: Database, receive: Function, now: Callable[[], float]) -> Function:
    """The function of the queue of mails that came in: `receive` is called with each."""

    def deliver(batch: Any, _: Any) -> dict[str, Any]:
        failed = []
        for record in batch["Records"]:
            try:
                invoke("receive", receive, json.loads(record["body"]), now)
            except FunctionError:
                if int(record["attributes"]["ApproximateReceiveCount"]) < MOST_TRIES:
                    failed.append({"itemIdentifier": record["messageId"]})
                else:
                    _lay_aside(database, json.loads(record["body"]))
        return {"batchItemFailures": failed}

    return deliver


def _lay_aside(database: Database, event: Mapping[str, Any]) -> None:
    call = {"requestContext": {"functionArn": "receive"}, "requestPayload": event}
    queues.put(database, queues.DEAD_LETTERS, json.dumps(call))
    log.error("A mail that came in could not be dealt with, and is laid aside.")
