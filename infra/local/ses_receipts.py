"""How a mail comes in: as SES hands it over, an object in the bucket and a notification by SNS that tells of it.

https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
"""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import getaddresses
from typing import Any

BUCKET = "unsealed-inbound"
PREFIX = "unsealed-"  # of the topics' names
VERDICTS = ("spam", "virus", "spf", "dkim", "dmarc")


Keep = Callable[[str, bytes], None]
"""Keeps a raw mail under a name, as a bucket does."""


def arrive(
    keep: Keep, raw: bytes, sender: str, recipients: Sequence[str], at: float, verdicts: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Keep a mail; the event that tells of it. `sender` and `recipients` are the envelope's.

    `verdicts` are SES's where they are not PASS: `{"dmarc": "FAIL"}`.
    """
    name = uuid.uuid4().hex
    keep(f"mail/{name}", raw)
    return event("inbound", receipt(name, sender, recipients, at, verdicts or {}), at)


def receipt(
    name: str, sender: str, recipients: Sequence[str], at: float, verdicts: Mapping[str, str]
) -> dict[str, Any]:
    """What SES says of a mail that it put into the bucket under this name."""
    found = {f"{each}Verdict": {"status": verdicts.get(each, "PASS")} for each in VERDICTS}
    if verdicts.get("dmarc") == "FAIL":
        found |= {"dmarcPolicy": verdicts.get("dmarcPolicy", "none")}  # type: ignore[dict-item] # SES has it so
    action = {
        "type": "S3",
        "topicArn": _arn("inbound"),
        "bucketName": BUCKET,
        "objectKeyPrefix": "mail/",
        "objectKey": f"mail/{name}",
    }
    return {
        "notificationType": "Received",
        "mail": {
            "timestamp": _iso(at),
            "source": sender,
            "messageId": name,
            "destination": list(recipients),
            "headersTruncated": False,
        },
        "receipt": {
            "timestamp": _iso(at),
            "processingTimeMillis": 1,
            "recipients": list(recipients),
            **found,
            "action": action,
        },
    }


def event(topic: str, said: Mapping[str, Any], at: float) -> dict[str, Any]:
    """The event by which SNS hands what SES says to a function; `topic` is the end of the topic's name."""
    sns = {
        "Type": "Notification",
        "MessageId": str(uuid.uuid4()),
        "TopicArn": _arn(topic),
        "Subject": "Amazon SES Email Receipt Notification",
        "Message": json.dumps(said),
        "Timestamp": _iso(at),
        "SignatureVersion": "1",
        "Signature": "EXAMPLE",
        "SigningCertUrl": "EXAMPLE",
        "UnsubscribeUrl": "EXAMPLE",
        "MessageAttributes": {},
    }
    subscription = f"{_arn(topic)}:{uuid.uuid4()}"
    record = {"EventSource": "aws:sns", "EventVersion": "1.0", "EventSubscriptionArn": subscription, "Sns": sns}
    return {"Records": [record]}


def addressees(headers: Sequence[str]) -> list[str]:
    """The addresses in fields such as To and Cc, each once."""
    return list(dict.fromkeys(address for _, address in getaddresses(list(headers)) if "@" in address))


def _arn(topic: str) -> str:
    return f"arn:aws:sns:us-east-1:123456789012:{PREFIX}{topic}"


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
