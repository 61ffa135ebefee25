"""Objects and items side by side: what each object looks like in the table. No item leaves the store."""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from chalicelib.domain.consent import By, Consent
from chalicelib.domain.contacts import Contact, Exchange
from chalicelib.domain.events import EventKind
from chalicelib.domain.habits.audiences import Audience, Share
from chalicelib.domain.habits.lanes import WIDTH, pack
from chalicelib.domain.habits.rhythms import HOURS
from chalicelib.domain.habits.send_times import SendTime
from chalicelib.domain.habits.whereabouts import ZoneFrom
from chalicelib.domain.messages import Message, Recipient
from chalicelib.domain.notifications import Notification
from chalicelib.domain.summaries import Summary
from chalicelib.domain.timeline import State, Tally
from chalicelib.store import keys
from chalicelib.store.dynamodb.values import Item
from chalicelib.store.tracking.event_items import of_verdict, to_verdict


def of_facts(message: Message, expires: int) -> Item:
    """What never changes of a message and is too long for its state: its links."""
    pk, sk = keys.facts(message.id)
    return {
        "pk": pk,
        "sk": sk,
        "sender": message.sender,
        "links": message.links,
        "trap_link": message.trap_link,
        "expires": expires,
    }


def of_message(message: Message, state: State, version: int, expires: int) -> Item:
    """A message with its state, as the sender's lists show it."""
    key = keys.message(message.sender, message.id)
    return {
        "pk": key.pk,
        "sk": key.sk,
        "subject": message.subject,
        "thread": message.thread,
        "recipients": [_shallow(each) for each in message.recipients],
        "sent_at": message.sent_at,
        "created_at": message.created_at,
        "tallies": [_set(each) for each in state.tallies],
        "told": sorted(state.told),
        "muted": state.muted or None,
        "counts_only": message.counts_only or None,
        "as_of": state.as_of,
        "settled": [_set(each) for each in state.settled],
        "settled_through": state.settled_through,
        "settled_count": state.settled_count or None,
        "full": state.full or None,
        "due_shard": None if state.due_at is None else keys.shard("held", key),
        "due_at": state.due_at,
        "version": version,
        "expires": expires,
    }


def to_message(item: Item, facts: Item, own: Iterable[str] = ()) -> Message:
    """The message of its two items, and its sender's own marks. A list of messages has no `facts` and knows no links."""
    return Message(
        id=item["sk"].removeprefix("m#"),
        sender=item["pk"].removeprefix("s#"),
        subject=item["subject"],
        recipients=tuple(Recipient(**each) for each in item["recipients"]),
        links=tuple(facts.get("links", ())),
        sent_at=item["sent_at"],
        created_at=item["created_at"],
        thread=item.get("thread"),
        trap_link=facts.get("trap_link"),
        counts_only=item.get("counts_only", False),
        own=frozenset(own),
    )


def to_state(item: Item) -> State:
    """The state in a message's item."""
    through = item.get("settled_through")
    return State(
        tallies=tuple(Tally(**each) for each in item["tallies"]),
        told=frozenset(item.get("told", ())),
        muted=item.get("muted", False),
        as_of=item["as_of"],
        due_at=item.get("due_at"),
        settled=tuple(Tally(**each) for each in item.get("settled", ())),
        settled_through=None if through is None else (through[0], through[1]),
        settled_count=item.get("settled_count", 0),
        full=item.get("full", False),
    )


# One exchange in 23 bytes: message, minute sent, then minutes after it (all ones: never), then counts up to 255.
_EXCHANGE = struct.Struct(">4sI III BBB")
_MASKED, _BLANK = 1, 2
_NEVER = 2**32 - 1
_WEEK = struct.Struct(f">{HOURS}H")
_GIVEN = struct.Struct(">BHB")  # of a share, one moment: its hour, its parts, how long mail had waited for it
_SUMMARY = ("ahead", "zone_from", "at")
_AUDIENCE = ("people", "readers", "moments", "at", "version")
_SUMS = 2 * HOURS * WIDTH  # bytes
_SEND_TIME = SendTime._fields[: SendTime._fields.index("week")]  # what follows, the weights are made of


def of_contact(sender: str, contact: Contact) -> Item:
    """A contact. Its exchanges are packed, so that a busy one stays below a kilobyte, the unit that writing costs."""
    key = keys.contact(sender, contact.email)
    apart = ("email", "exchanges", "consent")
    counts = {name: value for name, value in _shallow(contact).items() if value and name not in apart}
    counts |= {} if contact.consent is Consent.UNKNOWN else {"consent": contact.consent}
    packed = b"".join(_pack(each) for each in contact.exchanges)
    waiting = {} if contact.due_at is None else {"due_shard": keys.shard("contacts", key)}
    return {"pk": key.pk, "sk": key.sk, **counts, "exchanges": packed or None, **waiting}


def to_contact(item: Item) -> Contact:
    """The contact of an item."""
    counts = {each.name: item[each.name] for each in fields(Contact) if each.name in item}
    packed = item.get("exchanges", b"")
    exchanges = tuple(_unpack(each) for each in _EXCHANGE.iter_unpack(packed))
    counts["consent"] = Consent(item.get("consent", Consent.UNKNOWN))
    counts["consent_by"] = By(item["consent_by"]) if "consent_by" in item else None
    return Contact(**{**counts, "email": item["sk"].removeprefix("c#"), "exchanges": exchanges})


def _pack(exchange: Exchange) -> bytes:
    sent = round(exchange.sent_at / 60)

    def after(at: float | None) -> int:
        return _NEVER if at is None else min(max(round(at / 60) - sent, 0), _NEVER - 1)

    return _EXCHANGE.pack(
        bytes.fromhex(exchange.message),
        sent,
        after(exchange.opened_at),
        after(exchange.clicked_at),
        after(exchange.replied_at),
        min(exchange.opens, 255),
        min(exchange.clicks, 255),
        _MASKED * exchange.masked | _BLANK * exchange.blank,
    )


def _unpack(packed: tuple[Any, ...]) -> Exchange:
    message, sent, opened, clicked, replied, opens, clicks, marks = packed

    def at(after: int) -> float | None:
        return None if after == _NEVER else (sent + after) * 60.0

    masked, blank = bool(marks & _MASKED), bool(marks & _BLANK)
    return Exchange(message.hex(), sent * 60.0, opens, clicks, masked, at(opened), at(clicked), at(replied), blank)


def of_summary(sender: str, summary: Summary) -> Item:
    """A contact's summary. Its weights are packed: shares of the largest, two bytes each; so is what it gave, in four."""
    key = keys.summary(sender, summary.email)
    weights = summary.send_time.weights
    scale = 65_535 / max(weights)
    content = {name: getattr(summary.send_time, name) for name in _SEND_TIME}
    given = b"".join(map(_GIVEN.pack, *summary.share))
    packed = {"weights": _WEEK.pack(*[round(weight * scale) for weight in weights]), "given": given or None}
    return {"pk": key.pk, "sk": key.sk, **content, **packed, **{name: getattr(summary, name) for name in _SUMMARY}}


def to_summary(item: Item) -> Summary:
    """The summary of an item."""
    week = pack(_WEEK.unpack(item["weights"])).to_bytes(HOURS * WIDTH, "little")
    send_time = SendTime(**{name: item[name] for name in _SEND_TIME}, week=week)
    zone_from = ZoneFrom(item["zone_from"])
    return Summary(item["sk"].removeprefix("t#"), send_time, _share(item), item["ahead"], zone_from, item["at"])


def _share(item: Item) -> Share:
    """What the contact of a summary gave to its audiences."""
    given = list(_GIVEN.iter_unpack(item.get("given", b"")))
    hours, parts, waited = zip(*given, strict=True) if given else ((), (), ())
    return Share(bytes(hours), parts, bytes(waited))


def of_audience(sender: str, audience: Audience) -> Item:
    """The sums of many contacts. Mostly zeros where they are few, so they are kept compressed."""
    key = keys.audience(sender, audience.name)
    content = {name: getattr(audience, name) for name in _AUDIENCE}
    return {"pk": key.pk, "sk": key.sk, **content, "sums": zlib.compress(audience.sums.to_bytes(_SUMS, "little"))}


def to_audience(item: Item) -> Audience:
    """The audience of an item."""
    sums = int.from_bytes(zlib.decompress(item["sums"]), "little")
    name = item["sk"].partition("#")[2]
    return Audience(name, sums=sums, **{each: item[each] for each in _AUDIENCE})


def of_notification(notification: Notification, at: float, expires: int) -> Item:
    """A notification, decided at `at`."""
    key = keys.notification(notification.sender, at, notification.at, notification.id)
    content = _shallow(notification) | {"verdict": of_verdict(notification.verdict), "kind": notification.kind.value}
    return {"pk": key.pk, "sk": key.sk, **content, "decided_at": at, "expires": expires}


def to_notification(item: Item) -> Notification:
    """The notification of an item."""
    content = {each.name: item[each.name] for each in fields(Notification) if each.name in item}
    return Notification(**{**content, "verdict": to_verdict(item["verdict"]), "kind": EventKind(item["kind"])})


def _shallow(thing: Any) -> Item:
    return {each.name: getattr(thing, each.name) for each in fields(thing)}


def _set(tally: Tally) -> Item:
    """A tally without what is still as it was at the start."""
    return {name: value for name, value in asdict(tally).items() if value}
