"""Recording a hit: one event, one write, no read. Whatever fails here, the answer goes out."""

from urllib.parse import unquote

from chalicelib.config import config
from chalicelib.domain.events import Event, Hit
from chalicelib.domain.tokens import Claim, TokenKind, read
from chalicelib.domain.verdicts.first_guess import first_guess
from chalicelib.domain.verdicts.hits import observe
from chalicelib.log import count, logger
from chalicelib.store.dynamodb.wire import TableUnavailable
from chalicelib.store.tracking import events, spill
from chalicelib.work.tracking.settings import settings


def claim_of(kind: TokenKind, token: str) -> Claim | None:
    """What a token of this kind says, if we signed it. With letters percent-coded it is the same (RFC 3986, 6.2.2.2)."""
    return read(kind, unquote(token) if "%" in token else token, config().secrets)


def altered_claim_of(kind: TokenKind, token: str) -> Claim | None:
    """What a token said before something was appended to it, as some scanners do (`%27`). It leads nobody on."""
    return claim_of(kind, token.rstrip("=").partition("%")[0].rstrip("'\")>.,;"))


def record(hit: Hit, claim: Claim, request_id: str) -> None:
    """Keep what a hit on one of our tokens says. The event's id is the request's: however often it is put, it is one."""
    evidence = observe(hit, config().key)
    event = Event(
        id=request_id,
        message=claim.message,
        recipient=claim.recipient,
        kind=hit.kind,
        at=hit.at,
        guess=first_guess(hit.kind, evidence, hit.at - claim.sent_at, settings()),
        link=claim.link,
        evidence=evidence,
    )
    put(event)


def put(event: Event) -> None:
    """Put an event into the table, else into the spill queue, else whole into the log: it is never lost."""
    try:
        events.put(event)
    except TableUnavailable as failure:
        about = {"event_id": event.id, "message_id": event.message}
        logger().warning(
            "The table takes no event: it waits in the spill queue.", extra={"reason": str(failure), **about}
        )
        count(config().stage, "Spilled", 1, event.at, **about)
        _spill(event)


def _spill(event: Event) -> None:
    try:
        spill.put(event)
    except spill.QueueUnavailable as failure:
        lost = {"reason": str(failure), "event": events.as_text(event)}
        logger().error("Neither table nor queue takes an event: here it is, whole.", extra=lost)
