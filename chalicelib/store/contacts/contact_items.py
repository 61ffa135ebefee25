"""A contact, its summary, the audiences and their items side by side."""

import struct
import zlib
from collections.abc import Mapping
from typing import Any

from chalicelib.domain.consent import By, Consent
from chalicelib.domain.contacts import Contact, Exchange
from chalicelib.domain.habits.audiences import Audience, Share
from chalicelib.domain.habits.lanes import WIDTH, pack
from chalicelib.domain.habits.rhythms import HOURS
from chalicelib.domain.habits.send_times import SendTime
from chalicelib.domain.habits.whereabouts import ZoneFrom
from chalicelib.domain.summaries import Summary
from chalicelib.store import keys
from chalicelib.store.due import shard
from chalicelib.store.dynamodb.values import Item, fields_of

# One exchange in 23 bytes: message, minute sent, then minutes after it (all ones: never), then counts up to 255.
_EXCHANGE = struct.Struct(">4sI III BBB")
_MASKED, _BLANK, _BOUNCED = 1, 2, 4
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
    counts = {name: value for name, value in fields_of(contact).items() if value and name not in apart}
    counts |= {} if contact.consent is Consent.UNKNOWN else {"consent": contact.consent}
    packed = b"".join(_pack(each) for each in contact.exchanges)
    waiting = {} if contact.due_at is None else {"due_shard": shard("contacts", key)}
    absences = {each.message: each.away_until for each in contact.exchanges if each.away_until} or None
    return {"pk": key.pk, "sk": key.sk, **counts, "exchanges": packed or None, "absences": absences, **waiting}


def to_contact(item: Item) -> Contact:
    """The contact of an item."""
    counts = {name: item[name] for name in Contact.__match_args__ if name in item}
    packed = item.get("exchanges", b"")
    absences = item.get("absences") or {}
    exchanges = tuple(_unpack(each, absences) for each in _EXCHANGE.iter_unpack(packed))
    counts["consent"] = Consent(item.get("consent", Consent.UNKNOWN))
    counts["consent_by"] = By(item["consent_by"]) if "consent_by" in item else None
    return Contact(**{**counts, "email": item["sk"].removeprefix("c#"), "exchanges": exchanges})


def _pack(exchange: Exchange) -> bytes:
    sent = round(exchange.sent_at / 60)
    opened, clicked, replied = exchange.opened_at, exchange.clicked_at, exchange.replied_at
    return _EXCHANGE.pack(
        bytes.fromhex(exchange.message),
        sent,
        _NEVER if opened is None else _minutes(opened, sent),
        _NEVER if clicked is None else _minutes(clicked, sent),
        _NEVER if replied is None else _minutes(replied, sent),
        min(exchange.opens, 255),
        min(exchange.clicks, 255),
        _MASKED * exchange.masked | _BLANK * exchange.blank | _BOUNCED * exchange.bounced,
    )


def _minutes(at: float, sent: int) -> int:
    return min(max(round(at / 60) - sent, 0), _NEVER - 1)


def _unpack(packed: tuple[Any, ...], absences: Mapping[str, str]) -> Exchange:
    message, sent, opened, clicked, replied, opens, clicks, marks = packed
    name = message.hex()
    return Exchange(
        name,
        sent * 60.0,
        opens,
        clicks,
        marks & _MASKED > 0,
        None if opened == _NEVER else (sent + opened) * 60.0,
        None if clicked == _NEVER else (sent + clicked) * 60.0,
        None if replied == _NEVER else (sent + replied) * 60.0,
        marks & _BLANK > 0,
        marks & _BOUNCED > 0,
        absences.get(name, "") if absences else "",
    )


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
