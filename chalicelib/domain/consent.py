"""Consent: what a recipient said of being tracked, what a copy may then carry, and why nothing is kept of it.

The last word is the recipient's: what they refuse on their own page, no sender can allow.
"""

import hmac
from enum import StrEnum


class Consent(StrEnum):
    """What a recipient said of being tracked."""

    GRANTED = "granted"
    DENIED = "denied"
    UNKNOWN = "unknown"


class By(StrEnum):
    """Who told us what the recipient said."""

    RECIPIENT = "recipient"  # they did, on their page
    SENDER = "sender"


class Tracking(StrEnum):
    """What a copy carries."""

    FULL = "full"  # a pixel and tracked links
    LINKS = "links"  # tracked links, and no pixel
    NOTHING = "nothing"


class Untracked(StrEnum):
    """Why nothing is kept of a recipient's copy. A copy that cannot be tracked (outgoing/mime.py) has another reason."""

    DENIED = "consent_denied"
    UNKNOWN = "consent_unknown"  # the owner wants consent first
    WITHDRAWN = "consent_withdrawn"  # the mail was out already: its pixel and links answer, and nothing is kept
    ERASED = "erased"
    SELF = "self"  # an address of the sender's own: who reads it is no recipient


NO_PIXEL = "no_pixel"
"""Why an open of a copy with tracked links and no pixel would not show."""

SHARED = "shared_copy"
"""Why an open by one recipient would not show by itself: their copy is that of others too."""

CUT = "cut_off"
"""Why an open of a copy may not show whose pixel stands where Gmail cuts a long mail off (outgoing/pixel_place.py)."""


def tracking(consent: Consent, policy: Tracking) -> Tracking:
    """What a copy may carry. `policy` is the owner's, for recipients who have said nothing."""
    if consent is Consent.UNKNOWN:
        return policy
    return Tracking.FULL if consent is Consent.GRANTED else Tracking.NOTHING


def untracked(consent: Consent, policy: Tracking) -> str:
    """Why nothing may be kept of a copy, "" if something may."""
    if tracking(consent, policy) is not Tracking.NOTHING:
        return ""
    return Untracked.DENIED if consent is Consent.DENIED else Untracked.UNKNOWN


def settles(reason: str) -> bool:
    """Whether a reason for not tracking a copy means that nothing may be kept of it."""
    return reason in _REASONS


def mailbox(email: str) -> str:
    """The address without its subaddress (RFC 5233): `bob+offers@` comes to whoever reads `bob@`, and refuses with them."""
    local, _, domain = email.rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def mark(sender: str, email: str, key: bytes) -> str:
    """What stands for a mailbox where only a refusal is kept: 32 hex digits that nobody can make without the key."""
    return hmac.digest(key, f"consent:{sender}:{mailbox(email)}".encode(), "sha256")[:16].hex()


_REASONS = frozenset(Untracked)
