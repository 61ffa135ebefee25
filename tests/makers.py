"""Makers: each thing of the domain with readable defaults, so that a test says only what it is about."""

from dataclasses import replace
from typing import Any

from chalicelib.domain.events import Event, EventKind, Evidence, Hit, Verdict, VerdictKind
from chalicelib.domain.messages import Message, Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.state import State, Tally
from chalicelib.domain.verdicts.first_guess import first_guess
from chalicelib.domain.verdicts.hits import observe
from chalicelib.domain.webhooks import Webhook

SENT = 1_790_000_000.0  # a Monday afternoon in 2026: 2026-09-21T14:13:20Z
KEY = b"a test's key"

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
)
THUNDERBIRD = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.3.0"
GMAIL_PROXY = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
GMAIL_PREFETCH = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0"
)
APPLE_PREFETCH = "Mozilla/5.0"
HOME = "93.184.216.34"  # an address of no network that is known for machines
GOOGLE = "66.249.84.33"
APPLE_RELAY = "172.224.226.11"


def a_message(**changes: Any) -> Message:
    message = Message(
        id="0199aa00000070008000000000000001",
        sender="5e7de75e7de75e7d",
        subject="Offer for June",
        recipients=(Recipient("bob@example.com", "Bob"),),
        links=("https://example.com/offer", "https://example.com/terms"),
        sent_at=SENT,
        created_at=SENT,
    )
    return replace(message, **changes)


def a_state(message: Message | None = None, **changes: Any) -> State:
    message = message or a_message()
    return replace(State(tallies=tuple(Tally() for _ in message.recipients)), **changes)


def a_hit(kind: EventKind = EventKind.OPEN, after: float = 3 * 3600, **changes: Any) -> Hit:
    return replace(Hit(kind=kind, at=SENT + after, method="GET", agent=THUNDERBIRD, address=HOME), **changes)


def an_open(after: float = 3 * 3600, *, recipient: int = 0, message: str = a_message().id, **hit: Any) -> Event:
    return _event(a_hit(EventKind.OPEN, after, **hit), message, recipient, None)


def a_click(
    after: float = 4 * 3600, link: int = 0, *, recipient: int = 0, message: str = a_message().id, **hit: Any
) -> Event:
    return _event(a_hit(EventKind.CLICK, after, **{"agent": CHROME, **hit}), message, recipient, link)


def a_reply(after: float = 5 * 3600, *, recipient: int = 0, message: str = a_message().id) -> Event:
    return _told(EventKind.REPLY, after, recipient, message)


def a_bounce(after: float = 60, *, recipient: int = 0, message: str = a_message().id) -> Event:
    return _told(EventKind.BOUNCE, after, recipient, message)


def a_verdict(kind: VerdictKind = VerdictKind.HUMAN, confidence: float = 0.9, *reasons: str) -> Verdict:
    return Verdict(kind, confidence, reasons or ("mail_client",))


def a_notification(kind: EventKind = EventKind.OPEN, **changes: Any) -> Notification:
    news = Notification(
        message=a_message().id,
        sender="5e7de75e7de75e7d",
        kind=NotificationKind(kind),
        recipient=0,
        email="bob@example.com",
        name="Bob",
        subject="Offer for June",
        sent_at=SENT,
        at=SENT + 7200,
        verdict=a_verdict(),
        first=True,
    )
    return replace(news, **changes)


def a_webhook(**changes: Any) -> Webhook:
    webhook = Webhook(
        id="3b0c44298fc1c149",
        sender="5e7de75e7de75e7d",
        url="https://hooks.example.com/unsealed",
        kinds=(),
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        created_at=SENT,
    )
    return replace(webhook, **changes)


def _event(hit: Hit, message: str, recipient: int, link: int | None) -> Event:
    evidence = observe(hit, KEY)
    return Event(
        id=f"{hit.kind}{recipient}{link}{hit.at:.3f}{evidence.client}",
        message=message,
        recipient=recipient,
        kind=hit.kind,
        at=hit.at,
        guess=first_guess(hit.kind, evidence, hit.at - SENT),
        link=link,
        evidence=evidence,
    )


def _told(kind: EventKind, after: float, recipient: int, message: str) -> Event:
    verdict = Verdict(VerdictKind.HUMAN, 0.98, ("reported_by_client",))
    return Event(f"{kind}{recipient}{after}", message, recipient, kind, SENT + after, verdict, evidence=Evidence())
