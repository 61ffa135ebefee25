"""An event and its item side by side: apart from the other items, since a cold open loads no more than this."""

from chalicelib.domain.events import Event, EventKind, Evidence, Verdict, VerdictKind
from chalicelib.store import keys
from chalicelib.store.dynamodb.values import Item

_SEEN = Evidence.__match_args__


def of_event(event: Event, expires: int) -> Item:
    """An event as its item; `expires` is unix seconds, for the table's time to live."""
    pk, sk = keys.event(event.message, event.at, event.id)
    return {
        "pk": pk,
        "sk": sk,
        "kind": event.kind.value,
        "recipient": event.recipient,
        "at": event.at,
        "link": event.link,
        "offset": event.offset,
        "guess": of_verdict(event.guess),
        "evidence": {name: seen for name in _SEEN if (seen := getattr(event.evidence, name))} or None,
        "expires": expires,
    }


def to_event(item: Item) -> Event:
    """The event of an item."""
    return Event(
        id=item["sk"].split("#", 2)[2],
        message=item["pk"].removeprefix("m#"),
        recipient=item["recipient"],
        kind=EventKind(item["kind"]),
        at=item["at"],
        link=item.get("link"),
        offset=item.get("offset"),
        guess=to_verdict(item["guess"]),
        evidence=Evidence(**{**item.get("evidence", {}), "flags": tuple(item.get("evidence", {}).get("flags", ()))}),
    )


def of_verdict(verdict: Verdict) -> Item:
    """A verdict as an attribute."""
    return {"kind": verdict.kind.value, "confidence": verdict.confidence, "reasons": verdict.reasons}


def to_verdict(item: Item) -> Verdict:
    """The verdict of an attribute."""
    return Verdict(VerdictKind(item["kind"]), float(item["confidence"]), tuple(item.get("reasons", ())))
