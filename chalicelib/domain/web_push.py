"""Pushes to browsers, as far as they are decided: what is sent, for how long and how urgently, and what an answer means.

Web Push is RFC 8030 (the service), 8291 (the encryption), 8292 (who sends: VAPID). The payload is the JSON of Declarative Web
Push (github.com/WebKit/explainers), which Safari shows by itself and every other browser's worker reads the same.
"""

import json
from enum import StrEnum

from chalicelib.domain.letters import Push
from chalicelib.domain.records import record
from chalicelib.domain.words.sentences import noted, said

MOST_PAYLOAD = 3_993  # bytes, of the 4,096 that every service takes: the rest is the encryption's (RFC 8291, section 4)
_MOST_TITLE, _MOST_BODY = 200, 500  # characters
_HOUR = 3_600
_MUTE, _OPEN = noted("Mute"), noted("Open this message")
_REGISTERED = 8030  # names the format: the number of Web Push's own RFC


class Urgency(StrEnum):
    """RFC 8030, section 5.3: a phone that saves its battery takes what is high at once, and the rest when it wakes."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@record
class Carriage:
    """How a push is to be carried: for how many seconds it is worth anything, how urgent it is, and its `topic`: of those that
    wait at the service the newest of a topic replaces the others.
    """

    ttl: int
    urgency: Urgency
    topic: str


class Fate(StrEnum):
    """What an answer of the service means."""

    TAKEN = "taken"
    GONE = "gone"  # the subscription ended
    REFUSED = "refused"  # our key or our token is not the one that it was made with
    WRONG = "wrong"  # this push is not to be sent, and the next one may be
    LATER = "later"


# What is news for an afternoon only, and what for the weekend. Late “hot” is noise.
_HIGH = frozenset({"reply", "bounce", "complaint", "hot", "revived"})
_LASTING = frozenset({"reply", "bounce", "complaint"})


def carriage(push: Push) -> Carriage:
    """How to carry a push of this kind."""
    kind = push.data["kind"]
    urgency = Urgency.HIGH if kind in _HIGH else Urgency.LOW if kind == "digest" else Urgency.NORMAL
    ttl = 48 * _HOUR if kind in _LASTING else 12 * _HOUR if kind == "reminder" else 6 * _HOUR
    # At most 32 characters of base64url; Mozilla's page says letters and digits, so hex.
    return Carriage(ttl, urgency, f"{push.data['message'][:20]}{kind.encode().hex()[:8]}")


def payload(push: Push, public_url: str) -> bytes:
    """What the browser shows: the push, the page it leads to, and two actions, all in the push's language.

    One tag for each message: a later push about it replaces the earlier one on the screen.
    """
    if not push.data["message"]:  # a test: it is about nothing
        there, actions = f"{public_url}/app/settings#devices", []
    else:
        there = f"{public_url}/app/message?id={push.data['message']}"
        actions = [
            {"action": "mute", "title": said(_MUTE, push.language), "navigate": f"{there}&do=mute"},
            {"action": "open", "title": said(_OPEN, push.language), "navigate": there},
        ]
    notification = {
        "title": _cut(push.title, _MOST_TITLE),
        "body": _cut(push.body, _MOST_BODY),
        "lang": push.language,
        "navigate": there,
        "tag": push.data["message"] or "test",
        "silent": not push.sound,
        "actions": actions,
    }
    return json.dumps({"web_push": _REGISTERED, "notification": notification}, ensure_ascii=False).encode()


def fate(status: int | None) -> Fate:
    """What a service's status means; None where there was no answer.

    404 and 410 end a subscription. Apple says 403 to a token that it does not believe, Mozilla 401; Windows says 406 for 429.
    """
    if status is None:
        return Fate.LATER
    if 200 <= status <= 299:
        return Fate.TAKEN
    if status in (404, 410):
        return Fate.GONE
    if status in (401, 403):
        return Fate.REFUSED
    return Fate.LATER if status in (406, 408, 429) or status >= 500 else Fate.WRONG


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
