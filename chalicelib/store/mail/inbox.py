"""What came in by mail, and what is needed to know where it belongs: the raw mails in S3, and the ids of what went out."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from chalicelib.config import config
from chalicelib.domain.incoming.sorting import ids_in
from chalicelib.domain.mail.addresses import CopyId
from chalicelib.domain.messages import Message
from chalicelib.domain.records import record
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import Item
from chalicelib.store.messages import messages

MOST_LOOKED_UP = 12  # ids of one mail: what it answers stands first
MOST_COPIES = 50  # of one id of one sender's: a message has no more recipients
_REMEMBERED = 14 * 86_400  # seconds, as long as SES's topic and the dead letters may bring a mail again


class Missing(Exception):  # noqa: N818
    """There is no such mail in the bucket: it expired, or never was there."""


@record
class Known:
    """A copy that went out with a Message-ID. `original` is that of the mail in the sender's own folder, if it differs;
    `sender` is "" where it is not known.
    """

    copy: CopyId
    original: str
    sender: str = ""


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
    sender = (table.change(keys.facts(message), {"has_ids": True}) or {}).get("sender", "") if found else ""
    for local in found:
        expires = int(at) + config().retention_days * 86_400
        for key in (keys.sent_with(message, local, recipient), keys.copy_with_id(sender, local, message, recipient)):
            kept = {"original": original or None, "sender": sender or None, "expires": expires}
            table.write([table.put_always({"pk": key.pk, "sk": key.sk, **kept})])


def copies(ids: Iterable[str], sender: str = "") -> Iterator[list[Known]]:
    """The copies that went out with each of these ids (the parts before the `@`), looked up as they are taken.

    Anybody may note any id of their own messages: of a `sender`'s copies, whatever others noted hides none.
    """
    for local in islice(ids, MOST_LOOKED_UP):
        found = _noted(local, "0", "g")
        if sender and len(found) > MOST_COPIES:
            found = _noted(local, f"{sender}#", f"{sender}$")
        if sender:
            found = [each for each in found if each.sender == sender] or [each for each in found if not each.sender]
        if found:
            yield found


def are_of_one(known: Sequence[Known]) -> bool:
    """Whether copies with one id are one sender's; if not, it cannot be told whose mail it was."""
    return len(known) <= MOST_COPIES and len({each.sender for each in known}) == 1


def _noted(local: str, low: str, high: str) -> list[Known]:
    """Those of a range; one more than a message can have, where there are as many."""
    found = table.query(keys.ids(local), low, high, page=MOST_COPIES + 1)
    return [_known(item) for item in islice(found, MOST_COPIES + 1)]


def original(copy: CopyId, ids: Iterable[str], sender: str) -> str:
    """The Message-ID of the mail in the sender's own folder whose copy went out with one of these ids; "" if none is known."""
    looked_up = list(islice(ids, MOST_LOOKED_UP))
    wanted = [
        keys.copy_with_id(whose, local, copy.message, copy.recipient) for local in looked_up for whose in (sender, "")
    ]
    found = {item["pk"]: str(item["original"]) for item in table.get_many(wanted) if item.get("original")}
    return next((found[keys.ids(local)] for local in looked_up if keys.ids(local) in found), "")


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


def _known(item: Item) -> Known:
    message_id, recipient = item["sk"].split("#")[-2:]
    return Known(CopyId(message_id, int(recipient)), item.get("original", ""), item.get("sender", ""))
