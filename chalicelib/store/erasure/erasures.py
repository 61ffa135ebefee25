"""What is being erased, and how far it got: small items that stand in the due list until nothing is left to do."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from chalicelib.domain.consent import mailbox
from chalicelib.domain.contacts import Contact
from chalicelib.domain.records import record
from chalicelib.store import due as due_list
from chalicelib.store import keys, table
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import messages, recipients
from chalicelib.store.messages.messages import Stored

_LIST = "erasures"
NEXT_LOOK = 60.0  # seconds after which the schedule goes on with it: a request that began it has ended by then
_TOGETHER = 30  # contacts: with a refusal and an erasure each they are well within a transaction
_KEPT = 30 * 86_400  # seconds: an erasure that fails for so long has an alarm of its own


class What(StrEnum):
    """What is erased."""

    REFUSED = "refused"  # what a contact did: the mails to it stay
    CONTACT = "contact"  # all that is about an address
    MESSAGE = "message"  # what is left of a message that is gone itself: its events, what was told of it
    ACCOUNT = "account"


@record
class Erasure:
    """One thing to be erased of a sender's: all until `before`, unix seconds. `after` is how far it got, in `part`.

    It is `about` an address, or the message with this id. `place` is where it is in the middle of a message's events: the
    message's id and the event's place.
    """

    what: What
    sender: str
    before: float
    about: str = ""
    name: str = ""
    part: int = 0
    after: str | None = None
    place: str | None = None

    def next_part(self) -> "Erasure":
        """The erasure at the beginning of its next part."""
        return replace(self, part=self.part + 1, after=None, place=None)

    def within(self, message: str, event: str) -> "Erasure":
        """The erasure past this event of a message."""
        return replace(self, place=f"{message}/{event}")

    def place_in(self, message: str) -> str | None:
        """The event of a message past which it goes on; None for the first."""
        name, _, event = (self.place or "").partition("/")
        return event if name == message else None


def begin(erasure: Erasure, contact: Contact, at: float) -> None:
    """Note that a contact is being erased, and how it stands from now on; all or nothing. Raises Conflict."""
    begin_all(erasure.sender, [(contact, erasure)], at)


def begin_all(sender: str, said: Sequence[tuple[Contact, Erasure | None]], at: float) -> None:
    """Note how contacts stand from now on, and what is being erased of them, if anything: some at a time, each all or nothing.

    Raises Conflict where one changed meanwhile.
    """
    for start in range(0, len(said), _TOGETHER):
        some = said[start : start + _TOGETHER]
        refusals = {mailbox(contact.email): contacts.refusal(sender, contact) for contact, _ in some}
        table.write(
            [
                *(contacts.put(sender, contact, at) for contact, _ in some),
                *refusals.values(),
                *(_put(erasure, at) for _, erasure in some if erasure),
            ]
        )


def begin_message(erasure: Erasure, stored: Stored, left: Sequence[Contact], at: float) -> None:
    """Take a message away, and note that the rest of it is being erased; `left` are its recipients' contacts without it.

    All or nothing. Raises Conflict if the message or a contact changed.
    """
    table.write([*messages.without(stored, left, at), _put(erasure, at)])
    table.delete(recipients.left(stored.message)[messages.MOST_TOGETHER :])


def under_way(sender: str) -> bool:
    """Whether something of a sender's is being erased at this moment."""
    return next(table.query(keys.erasures(sender), "!", "~", page=1), None) is not None


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
            "place": erasure.place,
            "due_shard": _LIST,
            "due_at": at + NEXT_LOOK,
            "expires": int(at) + _KEPT,
        }
    )


def due(until: float) -> list[tuple[str, keys.Key]]:
    """What is to be gone on with, each with whose it is, the longest waiting first."""
    return [(key.pk.removeprefix("x#"), key) for key, _ in due_list.due([_LIST], until)]


def load(key: keys.Key) -> Erasure | None:
    """The erasure as it is now; None if it is done."""
    item = table.get(key)
    if item is None:
        return None
    return Erasure(
        what=What(item["sk"].partition("#")[0]),
        sender=item["pk"].removeprefix("x#"),
        before=item["before"],
        about=item["sk"].partition("#")[2],
        name=item.get("name", ""),
        part=item["part"],
        after=item.get("after"),
        place=item.get("place"),
    )


def done(erasure: Erasure) -> None:
    """Take an erasure off the list; with an account, all that was to be erased of it but the rest of its messages."""
    if erasure.what is What.ACCOUNT:
        found = table.query(keys.erasures(erasure.sender), "a", "z")
        over = (item for item in found if not item["sk"].startswith(f"{What.MESSAGE}#"))
        table.delete(keys.Key(item["pk"], item["sk"]) for item in over)
    table.delete([keys.erasure(erasure.sender, erasure.what, erasure.about)])
