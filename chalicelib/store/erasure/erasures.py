"""What is being erased, and how far it got: small items that stand in the due list until nothing is left to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.contacts import Contact
from chalicelib.store import keys, table
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import messages
from chalicelib.store.messages.messages import Stored

_LIST = "erasures"
NEXT_LOOK = 60.0  # seconds after which the schedule goes on with it: a request that began it has ended by then
_KEPT = 30 * 86_400  # seconds: an erasure that fails for so long has an alarm of its own


class What(StrEnum):
    """What is erased."""

    REFUSED = "refused"  # what a contact did: the mails to it stay
    CONTACT = "contact"  # all that is about an address
    MESSAGE = "message"  # what is left of a message that is gone itself: its events, what was told of it
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One thing to be erased of a sender's: all until `before`, unix seconds. `after` is how far it got, in `part`.

    It is `about` an address, or the message with this id.
    """

    what: What
    sender: str
    before: float
    about: str = ""
    name: str = ""
    part: int = 0
    after: str | None = None


def begin(erasure: Erasure, contact: Contact, at: float) -> None:
    """Note that a contact is being erased, and how it stands from now on; all or nothing. Raises Conflict."""
    table.write([*contacts.writes(erasure.sender, contact, at), _put(erasure, at)])


def begin_message(erasure: Erasure, stored: Stored, left: Sequence[Contact], at: float) -> None:
    """Take a message away, and note that the rest of it is being erased; `left` are its recipients' contacts without it.

    All or nothing. Raises Conflict if the message or a contact changed.
    """
    table.write([*messages.without(stored, left, at), _put(erasure, at)])


def note(erasure: Erasure, at: float) -> None:
    """Note how far an erasure got."""
    table.write([_put(erasure, at)])


def _put(erasure: Erasure, at: float) -> table.Write:
    pk, sk = keys.erasure(erasure.sender, erasure.what, erasure.about)
    return table.put_always(
        {
            "pk": pk,
            "sk": sk,
            "before": erasure.before,
            "name": erasure.name or None,
            "part": erasure.part,
            "after": erasure.after,
            "due_shard": _LIST,
            "due_at": at + NEXT_LOOK,
            "expires": int(at) + _KEPT,
        }
    )


def due(until: float) -> list[Erasure]:
    """What is to be gone on with."""
    return [
        Erasure(
            what=What(item["sk"].partition("#")[0]),
            sender=item["pk"].removeprefix("x#"),
            before=item["before"],
            about=item["sk"].partition("#")[2],
            name=item.get("name", ""),
            part=item["part"],
            after=item.get("after"),
        )
        for item in table.get_many(key for key, _ in table.due(_LIST, until))
    ]


def done(erasure: Erasure) -> None:
    """Take an erasure off the list; with an account, all that was to be erased of it but the rest of its messages."""
    if erasure.what is What.ACCOUNT:
        found = table.query(keys.erasures(erasure.sender), "a", "z")
        over = (item for item in found if not item["sk"].startswith(f"{What.MESSAGE}#"))
        table.delete(keys.Key(item["pk"], item["sk"]) for item in over)
    table.delete([keys.erasure(erasure.sender, erasure.what, erasure.about)])
