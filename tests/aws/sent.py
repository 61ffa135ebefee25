"""What left the house: the mails that SES and the pushes that SNS would have sent, oldest first."""

import base64
from datetime import UTC, datetime
from email import message_from_bytes, policy
from functools import lru_cache
from typing import Any

from moto.ses.models import ses_backends
from moto.sns.models import sns_backends

from infra.local.ses_receipts import addressees
from tests.aws import moto_faults
from tests.aws.aws import ACCOUNT
from tests.aws.resources import REGION


def outbox() -> list[dict[str, Any]]:
    """Each mail as {at, id, kind, from, to, subject, text, html}, and `headers` or `raw` where the request had them.

    A `kind` is a `letter` of ours to a sender, a `copy` of a sender's mail, an `answer` handed on to a sender, or a mail
    that is `returned` to one.
    """
    with moto_faults.lock:
        sent = [(mail.id, mail.sent) for mail in ses_backends[ACCOUNT][REGION].sent_messages]
    return [_mail(name, mail["at"], mail["request"]) for name, mail in sent]


def outbox_as_text() -> str:
    """The same mails as a person reads them, the newest last: the text of each, or its HTML where it has none."""
    return f"\n{'─' * 72}\n\n".join(map(_as_text, outbox())) or "Nothing was sent so far.\n"


def _as_text(mail: dict[str, Any]) -> str:
    head = f"{mail['at']}  {mail['kind']} to {', '.join(mail['to'])}\n{mail['subject']}\n\n"
    return head + str(mail["text"] or mail["html"] or "").replace("\r\n", "\n").strip() + "\n"


def pushes() -> list[dict[str, Any]]:
    """Each push as {at, id, endpoint, token, message}; `message` is what was given to SNS, JSON in a string."""
    with moto_faults.lock:
        applications = sns_backends[ACCOUNT][REGION].applications.values()
        sent = [push for application in applications for push in application.__dict__.get("pushes", ())]
    return [{**push, "at": _iso(push["at"])} for push in sorted(sent, key=lambda push: float(push["at"]))]


def _mail(name: str, at: float, request: dict[str, Any]) -> dict[str, Any]:
    destination = request.get("Destination", {})
    to = [address for kind in ("ToAddresses", "CcAddresses", "BccAddresses") for address in destination.get(kind, ())]
    made: dict[str, Any] = {
        "at": _iso(at),
        "id": name,
        "kind": "letter",
        "from": request.get("FromEmailAddress"),
        "to": to,
    }
    if "Raw" in request["Content"]:
        return made | _raw(base64.b64decode(request["Content"]["Raw"]["Data"]), made)
    simple = request["Content"]["Simple"]
    parts = {kind.lower(): content["Data"] for kind, content in simple["Body"].items()}
    headers = {header["Name"]: header["Value"] for header in simple.get("Headers", ())}
    return made | {"subject": simple["Subject"]["Data"], "text": None, "html": None} | parts | {"headers": headers}


def _raw(content: bytes, made: dict[str, Any]) -> dict[str, Any]:
    read, sender, named = _read(content)
    return {**read, "from": made["from"] or sender, "to": made["to"] or [*named]}


@lru_cache(500)  # a story looks into its outbox again and again
def _read(content: bytes) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """What a mail says, and whom it names as its sender and as those who get it."""
    message = message_from_bytes(content, policy=policy.default)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    as_written = message_from_bytes(content, policy=policy.compat32)  # the other one raises at a line break in a name
    named = addressees([str(field) for kind in ("To", "Cc", "Bcc") for field in as_written.get_all(kind, ())])
    read = {
        "kind": _kind(as_written.get("X-Unsealed"), as_written.get("Auto-Submitted")),
        "from": "",
        "to": [],
        "subject": str(message["Subject"]),
        "text": None if text is None else text.get_content(),
        "html": None if html is None else html.get_content(),
        "raw": content.decode("utf-8", "replace"),
    }
    return read, str(as_written["From"]), tuple(named)


def _kind(loop: str | None, automatic: str | None) -> str:
    """By what we write into the mails that we send on, and into our own."""
    known = {"handed-on": "answer", "returned": "returned", None: "letter" if automatic == "auto-generated" else "copy"}
    return known.get(loop, "copy")


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
