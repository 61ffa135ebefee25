"""Webhooks: programs of the sender's that are posted each entry of the feed, signed, and tried again where they fail.

Headers and signature are those of https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import hmac
from base64 import b64decode, b64encode
from dataclasses import replace
from enum import StrEnum

from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.records import record

PREFIX = "whsec_"  # of a secret, before its base64
GONE = 410  # HTTP: the endpoint wants no more
PATIENCE = 5 * 86_400.0  # seconds of failing, after which a webhook is asked no more
WAITS = (60.0, 300.0, 1_800.0, 7_200.0, 18_000.0, 57_600.0)  # seconds after the first try, the second...: a day in all
MOST_TRIES = len(WAITS) + 1


class Failure(StrEnum):
    """Why there was no answer."""

    NOT_PUBLIC = "not_public"  # the host has no address, or one that is not public
    NO_CONNECTION = "no_connection"
    BAD_CERTIFICATE = "bad_certificate"
    NO_ANSWER = "no_answer"  # none in time, or none that is HTTP


Outcome = int | Failure
"""What came of a try: the status of the answer, or why there was none."""


@record
class Webhook:
    """An endpoint of a sender's. No `kinds` are all kinds; times are unix seconds; `secret` is as the sender was shown it.

    `outcome` is that of the last try, at `tried_at`. `failing_since` is the first failure that no success came after.
    `due_at` is when what waits for it is tried again, if anything may wait; `joined_at` when something last began to.
    """

    id: str
    sender: str
    url: str
    kinds: tuple[NotificationKind, ...]
    secret: str
    created_at: float
    tried_at: float | None = None
    outcome: Outcome | None = None
    failing_since: float | None = None
    disabled_at: float | None = None
    due_at: float | None = None
    joined_at: float | None = None
    version: int = 1

    def wants(self, kind: NotificationKind) -> bool:
        """Whether it is to be told of things of this kind."""
        return self.disabled_at is None and (not self.kinds or kind in self.kinds)

    def after(self, outcome: Outcome, at: float) -> "Webhook":
        """The webhook after a try at `at`. It is disabled once it said that it is gone, or failed for PATIENCE."""
        if taken(outcome):
            return replace(self, tried_at=at, outcome=outcome, failing_since=None)
        since = at if self.failing_since is None else self.failing_since
        over = outcome == GONE or at - since >= PATIENCE
        return replace(self, tried_at=at, outcome=outcome, failing_since=since, disabled_at=at if over else None)


def taken(outcome: Outcome) -> bool:
    """Whether the endpoint has it: any answer from 200 to 299. A redirect is none, and is not followed."""
    return isinstance(outcome, int) and 200 <= outcome <= 299


def next_try(tries: int, at: float) -> float:
    """When to try again what was tried `tries` times before and now, at `at`, once more; unix seconds."""
    return at + WAITS[min(tries, len(WAITS) - 1)]


def secret_of(drawn: bytes) -> str:
    """A webhook's secret, as libraries for Standard Webhooks read it, of 24 to 64 bytes drawn at random."""
    return PREFIX + b64encode(drawn).decode()


def signed(secret: str, name: str, at: float, body: bytes) -> dict[str, str]:
    """The headers of a try at `at`. `name` is the same for each try, so that the receiver can drop what it has."""
    timestamp = str(int(at))
    content = f"{name}.{timestamp}.".encode() + body
    digest = hmac.digest(b64decode(secret.removeprefix(PREFIX)), content, "sha256")
    return {
        "webhook-id": name,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{b64encode(digest).decode()}",
    }
