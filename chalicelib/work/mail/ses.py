"""What SES tells by SNS, read and checked before anything is believed.

SNS reaches Lambda by subscription, and the function's resource policy names the topic; the topic and the form are looked at
all the same.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from chalicelib.domain.incoming.sorting import Envelope, Verdicts
from chalicelib.domain.records import record
from chalicelib.store.dynamodb.values import fields_of

PREFIX = "mail/"  # SES puts mails under it, and the function may read nothing else: infra/resources.yaml
_LONGEST_KEY = 1_024  # S3 takes no more bytes
_MAIL_FROM = "sender"  # as it is kept: mails wait over a deploy


class NotOurs(Exception):  # noqa: N818
    """A notification that SES did not send, or about something else. Says what is wrong with it."""


@record
class Received:
    """A mail that came in: the key of it in the bucket, and when SES took it, unix seconds."""

    envelope: Envelope
    verdicts: Verdicts
    key: str
    at: float


def message_of(record: Mapping[str, Any], topic: str) -> Mapping[str, Any]:
    """What SES says in a record of SNS. `topic` is the only one it may have come by, "" any. Raises NotOurs."""
    try:
        sns = record["Sns"]
        if topic and sns["TopicArn"].rpartition(":")[2] != topic:
            raise NotOurs("another topic")
        said = json.loads(sns["Message"])
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as failure:
        raise NotOurs(f"not SNS's form: {type(failure).__name__}") from failure
    if not isinstance(said, dict):
        raise NotOurs("no object")
    return said


def receipt(said: Mapping[str, Any], bucket: str) -> Received:
    """The mail that a receipt notification tells of. Raises NotOurs where it is none, or not in our bucket.

    https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
    """
    try:
        receipt, mail = said["receipt"], said["mail"]
        action = receipt["action"]
        if said["notificationType"] != "Received" or action["type"] != "S3":
            raise NotOurs("no mail in S3")
        if action["bucketName"] != bucket:
            raise NotOurs("another bucket")
        key = str(action["objectKey"])
        if not key.startswith(PREFIX) or len(key) > _LONGEST_KEY:
            raise NotOurs("no key of a mail")
        recipients = tuple(dict.fromkeys(str(each) for each in receipt["recipients"]))
        envelope = Envelope(str(mail["messageId"]), str(mail.get("source") or "").strip("<> "), recipients)
        names = ("spam", "virus", "spf", "dkim", "dmarc")
        found = {name: str(receipt.get(f"{name}Verdict", {}).get("status", "")).upper() for name in names}
        verdicts = Verdicts(**found, dmarc_policy=str(receipt.get("dmarcPolicy", "")).lower())
        return Received(envelope, verdicts, key, seconds(mail["timestamp"]))
    except (KeyError, TypeError, AttributeError, ValueError) as failure:
        raise NotOurs(f"not a receipt's form: {type(failure).__name__}") from failure


def to_keep(received: Received) -> dict[str, Any]:
    """A receipt as it is kept, while the mail waits."""
    verdicts = {name: said for name, said in fields_of(received.verdicts).items() if said}
    envelope = received.envelope
    kept = {"id": envelope.id, _MAIL_FROM: envelope.mail_from, "recipients": list(envelope.recipients)}
    return kept | {"verdicts": verdicts, "key": received.key, "at": received.at}


def kept(receipt: Mapping[str, Any]) -> Received:
    """The receipt that was kept."""
    envelope = Envelope(receipt["id"], receipt[_MAIL_FROM], tuple(receipt["recipients"]))
    return Received(envelope, Verdicts(**receipt.get("verdicts", {})), receipt["key"], receipt["at"])


def seconds(timestamp: str) -> float:
    """A time of SES's (ISO 8601) in unix seconds. Raises ValueError."""
    return datetime.fromisoformat(timestamp).timestamp()


def event_id(*names: object) -> str:
    """The id of an event that is made of what it says: told twice it is one."""
    return sha256(" ".join(map(str, names)).encode()).hexdigest()[:32]
