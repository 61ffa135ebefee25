"""What left the house: the mails that SES and the pushes that SNS would have sent, oldest first."""

import base64
from typing import Any

from moto.ses.models import ses_backends
from moto.sns.models import sns_backends

from infra.local.sent import read
from infra.local.ses_receipts import iso
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


def pushes() -> list[dict[str, Any]]:
    """Each push as {at, id, endpoint, token, message}; `message` is what was given to SNS, JSON in a string."""
    with moto_faults.lock:
        applications = sns_backends[ACCOUNT][REGION].applications.values()
        sent = [push for application in applications for push in application.__dict__.get("pushes", ())]
    return [{**push, "at": iso(push["at"])} for push in sorted(sent, key=lambda push: float(push["at"]))]


def _mail(name: str, at: float, request: dict[str, Any]) -> dict[str, Any]:
    destination = request.get("Destination", {})
    to = [address for kind in ("ToAddresses", "CcAddresses", "BccAddresses") for address in destination.get(kind, ())]
    made: dict[str, Any] = {
        "at": iso(at),
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
    said, sender, named = read(content)
    return {**said, "from": made["from"] or sender, "to": made["to"] or [*named]}
