"""Why a mail goes out as it came, not tracked."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a mail is not tracked."""

    PLAIN = "plain"  # it has no HTML body, nor links in its text that are to be tracked
    SIGNED = "signed"  # a change would break the signature
    ENCRYPTED = "encrypted"
    CALENDAR = "calendar"  # an invitation
    REPORT = "report"  # a bounce or a receipt
    AUTOMATIC = "automatic"  # sent by a machine (RFC 3834)
    LOOP = "loop"  # sent by us
    MANY_BODIES = "many_bodies"
    CHARSET = "charset"  # its tags are not written in ASCII
    TOO_LARGE = "too_large"
    COMPANY = (
        "consent_of_another"  # somebody who gets the same copy refused, or never said yes where the owner asks for it
    )
    UNREADABLE = "unreadable"  # its structure or its encoding cannot be told for sure


class Left(Exception):  # noqa: N818 - it is nobody's error
    """A mail is left as it came."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
