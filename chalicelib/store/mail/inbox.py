"""What came in by mail, and what is needed to know where it belongs: the raw mails in S3, and the ids of what went out."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.config import config
from chalicelib.domain.incoming.sorting import ids_in
from chalicelib.domain.mail.addresses import CopyId
from chalicelib.domain.messages import Message
from chalicelib.domain.records import record
from chalicelib.store import keys, table
from chalicelib.store.messages import messages

MOST_LOOKED_UP = 12  # ids of one mail: what it answers stands first
MOST_COPIES = 50  # of one id: a message has no more recipients
_REMEMBERED = 14 * 86_400  # seconds, as long as SES's topic and the dead letters may bring a mail again


class Missing(Exception):  # noqa: N818
    """There is no such mail in the bucket: it expired, or never was there."""


@record
class Known:
    """A copy that went out with a Message-ID. `original` is that of the mail in the sender's own folder, if it differs."""

    copy: CopyId
    original: str


@cache
def _client() -> Any:
    import boto3

    return boto3.client("s3")


def read(key: str) -> bytes:
    """A raw mail as SES put it into the bucket. Raises Missing."""
    if config().data_dir:
        try:
            return (Path(config().data_dir) / key).read_bytes()
        except FileNotFoundError as failure:
            raise Missing(key) from failure
    service = _client()
    try:
        content: bytes = service.get_object(Bucket=config().inbound_bucket, Key=key)["Body"].read()
    except service.exceptions.NoSuchKey as failure:
        raise Missing(key) from failure
    return content


def remember_id(message_id_header: str, message: str, recipient: int, at: float, original: str = "") -> None:
    """Note that a recipient's copy went out with this Message-ID (`<id@host>`, or SES's bare id of it).

    Both are wanted: the id that the sender's program gave, and SES's, which takes its place on the wire; with SES's one,
    `original` is the sender's, in its brackets. Noted twice is noted once. What is no id is not noted.
    """
    found = ids_in(message_id_header) or _bare(message_id_header)
    if found:
        table.change(keys.facts(message), {"has_ids": True})
    for local in found:
        expires = int(at) + config().retention_days * 86_400
        for key in (keys.sent_with(message, local, recipient), keys.copy_with_id(local, message, recipient)):
            kept = {"original": original or None, "expires": expires}
            table.write([table.put_always({"pk": key.pk, "sk": key.sk, **kept})])


def copies(ids: Iterable[str]) -> Iterator[list[Known]]:
    """The copies that went out with each of these ids (the parts before the `@`), looked up as they are taken."""
    for _, local in zip(range(MOST_LOOKED_UP), ids, strict=False):
        found = table.query(keys.ids(local), "0", "g", page=MOST_COPIES)
        known = [
            _known(item["sk"], item.get("original", "")) for _, item in zip(range(MOST_COPIES), found, strict=False)
        ]
        if known:
            yield known


def message(message_id: str) -> Message | None:
    """A message, whoever sent it; None if it was deleted."""
    facts = table.get(keys.facts(message_id))
    stored = messages.load(facts["sender"], message_id) if facts else None
    return stored.message if stored else None


def was_handed_on(mail: str) -> bool:
    """Whether this was noted of a mail."""
    return outcome(mail) is not None


def outcome(mail: str) -> str | None:
    """What was noted of a mail; None if nothing was."""
    item = table.get(keys.handed_on(mail))
    return None if item is None else str(item["outcome"])


def note_handed_on(mail: str, outcome: str, at: float) -> None:
    """Note that a mail was handed on. `outcome` is SES's id of it, or why it cannot be sent, or what was done of it."""
    pk, sk = keys.handed_on(mail)
    table.write([table.put_always({"pk": pk, "sk": sk, "outcome": outcome, "expires": int(at) + _REMEMBERED})])


def _bare(text: str) -> list[str]:
    local = text.strip().strip("<>").partition("@")[0]
    return [local] if local and len(local) <= 255 and local.isprintable() and " " not in local else []


def _known(sort_key: str, original: str) -> Known:
    message_id, _, recipient = sort_key.partition("#")
    return Known(CopyId(message_id, int(recipient)), original)
