"""Where a list goes on. A cursor is opaque to callers, and good for the list that gave it only."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error

from chalicelib.domain.errors import BadInput
from chalicelib.domain.messages import LONGEST_ADDRESS


def cursor(of: str, position: str | None) -> str | None:
    """The cursor to go on past `position` in the list named `of`; None where the list ends."""
    if position is None:
        return None
    return urlsafe_b64encode(f"{of}:{position}".encode()).decode("ascii").rstrip("=")


def position(of: str, text: str | None, longest: int = LONGEST_ADDRESS) -> str | None:
    """The position that a cursor holds, of `longest` characters at most; None for the start.

    Raises BadInput for a cursor that is not of this list.
    """
    if text is None:
        return None
    try:
        found = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (Base64Error, ValueError):
        found = ""
    named, _, where = found.partition(":")
    if named != of or not 0 < len(where) <= longest:
        raise BadInput("This is not a cursor of this list: use the list's “next”.", "after")
    return where
