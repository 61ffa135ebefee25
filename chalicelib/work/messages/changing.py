"""What a sender does with a message after it was made: look at it, mute it, report a reply, delete it."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import islice

from chalicelib.domain.contacts import forget
from chalicelib.domain.drafts import CLOCK_SKEW, check_sent_at
from chalicelib.domain.errors import BadInput, NotFound
from chalicelib.domain.events import Event, EventKind, Verdict, VerdictKind
from chalicelib.domain.messages import address
from chalicelib.domain.timeline import fold, order
from chalicelib.domain.verdicts.judging import Judgement
from chalicelib.domain.words.sentences import say
from chalicelib.store.contacts import contacts
from chalicelib.store.messages import messages, threads
from chalicelib.store.messages.messages import Stored
from chalicelib.work.retrying import retried
from chalicelib.work.tracking.folding import fold_message
from chalicelib.work.tracking.judging import judgements
from chalicelib.work.tracking.recording import put
from chalicelib.work.tracking.settings import settings

MOST_SHOWN = 1_000  # events of one message in an answer, the newest


def judged(sender: str, message_id: str, at: float) -> tuple[Stored, list[Judgement]]:
    """A sender's message and its newest events, judged as known at `at`, in order of time. Raises NotFound."""
    stored, newest = messages.with_events(message_id)
    if stored is None or stored.message.sender != sender:
        raise NotFound("No such message.")
    events, at = list(islice(newest, MOST_SHOWN)), max(at, stored.state.as_of)
    return _as_of(stored, events, at), judgements(stored, events, at)


def _as_of(stored: Stored, newest: Sequence[Event], at: float) -> Stored:
    """The message as a fold at `at` will leave it: what is shown of its events is then what its counts say.

    Of a storm too large to be read whole the counts stay as they were folded.
    """
    state = stored.state
    through = state.settled_through
    fresh = [event for event in newest if through is None or order(event) > through]
    if state.full or len(fresh) == MOST_SHOWN:
        return stored
    found = fold(stored.message, fresh, state, at, settings()).state
    return replace(stored, state=replace(state, tallies=found.tallies, shared=found.shared))


def mute_thread(sender: str, message_id: str, *, muted: bool) -> None:
    """Tell nothing, or tell again, of the thread that a message belongs to. Raises NotFound, or BadInput where it has none."""
    message = load(sender, message_id).message
    if not message.thread:
        raise BadInput("This message belongs to no thread: mute the message.", "thread_muted")
    threads.mute(sender, message.thread, muted=muted)


def confirm(sender: str, message_id: str, header: str, sent_at: float | None, at: float) -> None:
    """Note that a message was sent, at `sent_at` if that is known, with this Message-ID if there is one.

    Answers are known by it then. Raises NotFound, BadInput, Conflict.
    """
    from chalicelib.domain.incoming.sorting import ids_in
    from chalicelib.store.mail import inbox
    from chalicelib.work.messages import preparing  # heavy, all three: a list of messages waits for none of them

    message = load(sender, message_id).message
    if header and not ids_in(header):
        raise BadInput("This is not a Message-ID: it looks like <id@host>.", "message_id")
    if sent_at is not None:
        check_sent_at(sent_at, at)
    if message.prepared:
        preparing.confirm(sender, message_id, at)
        change(sender, message_id, muted=None, sent_at=at if sent_at is None else sent_at, at=at)
    if header:
        for number in sorted({message.copy_of(number) for number in range(len(message.recipients))}):
            inbox.remember_id(header, message_id, number, at)


@retried(8)
def change(sender: str, message_id: str, *, muted: bool | None, sent_at: float | None, at: float) -> Stored:
    """The message after the change. Raises NotFound, BadInput, or Conflict if others were quicker each time."""
    stored = load(sender, message_id)
    if sent_at is not None:
        check_sent_at(sent_at, at)
    if muted is None and sent_at is None:
        return stored
    message = stored.message if sent_at is None else replace(stored.message, sent_at=sent_at)
    state = stored.state if muted is None else replace(stored.state, muted=muted)
    messages.save_quietly(replace(stored, message=message), state, [])
    if sent_at is None:
        return Stored(message, state, stored.version + 1)
    fold_message(message_id, [], at, now=at)
    return load(sender, message_id)


def reply(sender: str, message_id: str, email: str, replied_at: float, at: float) -> Stored:
    """Note a reply that a client saw; the message as it stood before. Raises NotFound, BadInput.

    The event's id is made of what it says: a reply reported twice is one.
    """
    stored = load(sender, message_id)
    message = stored.message
    email = address(email, "recipient")
    recipient = next((i for i, each in enumerate(message.recipients) if each.email == email), None)
    if recipient is None:
        raise BadInput(say("{email} is not a recipient of this message.", email=email), "recipient")
    if replied_at > at + CLOCK_SKEW:
        raise BadInput("A reply cannot come from the future.", "at")
    if replied_at < message.sent_at - CLOCK_SKEW:
        raise BadInput("A reply cannot come before the message was sent.", "at")
    name = sha256(f"{message_id} {recipient} {replied_at}".encode()).hexdigest()[:32]
    reported = Verdict(VerdictKind.HUMAN, 0.98, ("reported_by_client",))
    event = Event(name, message_id, recipient, EventKind.REPLY, replied_at, reported)
    if not stored.state.keeps(event):
        raise BadInput(say("{email} refused tracking: nothing they do is recorded.", email=email), "recipient")
    put(event)
    return stored


@retried(8)
def remove(sender: str, message_id: str, at: float) -> None:
    """Delete a message, and take what it taught of its recipients back. Raises NotFound, or Conflict."""
    from chalicelib.work.erasure import erasing

    stored = load(sender, message_id)
    message = stored.message
    there = [
        (each.email, tally)
        for each, tally in zip(message.recipients, stored.state.tallies, strict=True)
        if not each.erased and not message.prepared
    ]
    known = contacts.load(sender, [email for email, _ in there])
    left = [forget(contact, message, tally, at) for contact, (_, tally) in zip(known, there, strict=True)]
    erasing.erase_message(stored, left, at)


def load(sender: str, message_id: str) -> Stored:
    """A sender's message. Raises NotFound."""
    stored = messages.load(sender, message_id)
    if stored is None:
        raise NotFound("No such message.")
    return stored
