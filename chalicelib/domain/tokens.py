"""The tokens in public URLs: signed, self-contained, and saying nothing of any person.

A token is unpadded URL-safe base64 (RFC 4648, section 5) of `payload + signature`. The payload names the message, the
recipient by number, the time of sending and, for a link, its index and destination: so an open is recorded without a
read, and a link leads on when the table is down or the message deleted. The signature is HMAC-SHA256 (RFC 2104) cut to
128 bits, over the kind and the payload: a token of one kind never stands for another.

No token ends in `-` or `_`: what makes links of a plain text takes them for the end of the sentence. One that would gets a
NUL behind its destination, which no destination holds; with it the last character stands for two bits, and is a letter.

Secrets come as a ring, newest first. The first one signs, all of them verify: old links live after a rotation.
"""

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from enum import StrEnum

from chalicelib.domain.records import record

_FACTS = struct.Struct(">16sHI")  # message id, recipient, sent at (unix seconds)
_LINK = struct.Struct(">H")  # index of the link; its destination follows
_SIGNATURE = 16  # bytes
_FILLER = b"\0"
LONGEST = 8_192  # characters: API Gateway takes no longer request line, so nothing longer was ever ours


class TokenKind(StrEnum):
    """What a token opens. The value goes into the signature and is the first part of the URL's path, or of the address."""

    PIXEL = "o"
    LINK = "c"
    PAGE = "p"
    MUTE = "n"  # mutes what a mail of ours tells of: what, stands where a link has its destination
    REPLY = "r"  # not in a URL, nor is the next: domain/mail/addresses.py
    FORWARD = "in"


@record
class Claim:
    """What a token says. `message` is 32 hex digits, `sent_at` whole unix seconds; `link` and `destination` are for links.

    The `destination` of a mute link is what to mute.
    """

    kind: TokenKind
    message: str
    recipient: int
    sent_at: int
    link: int | None = None
    destination: str = ""


def mint(claim: Claim, secrets: tuple[bytes, ...]) -> str:
    """The token for a claim, signed by the newest secret. A destination must be ASCII (outgoing/destinations.py sees to it)."""
    payload = _FACTS.pack(bytes.fromhex(claim.message), claim.recipient, claim.sent_at)
    if claim.link is not None:
        payload += _LINK.pack(claim.link) + claim.destination.encode("ascii")
        payload += b"" if (len(payload) + _SIGNATURE) % 3 else _FILLER
    return urlsafe_b64encode(payload + sign(claim.kind, payload, secrets[0])).rstrip(b"=").decode("ascii")


def mint_links(claim: Claim, destinations: Iterable[str], secrets: tuple[bytes, ...]) -> list[str]:
    """The tokens of all links of one copy, as `mint` makes them one by one; `claim` is that of any of them."""
    facts = _FACTS.pack(bytes.fromhex(claim.message), claim.recipient, claim.sent_at)
    kind, secret = claim.kind.encode("ascii"), secrets[0]
    tokens = []
    for number, destination in enumerate(destinations):
        payload = facts + _LINK.pack(number) + destination.encode("ascii")
        if (len(payload) + _SIGNATURE) % 3 == 0:
            payload += _FILLER
        signed = payload + hmac.digest(secret, kind + payload, "sha256")[:_SIGNATURE]
        tokens.append(urlsafe_b64encode(signed).rstrip(b"=").decode("ascii"))
    return tokens


def read(kind: TokenKind, token: str, secrets: tuple[bytes, ...]) -> Claim | None:
    """The claim of a token of this kind that one of our secrets signed, else None: forged, cut, altered, another kind.

    Base64 has several spellings of one value; only the one that `mint` writes is taken.
    """
    signed = _signed(token)
    if signed is None:
        return None
    payload, signature = signed[:-_SIGNATURE], signed[-_SIGNATURE:]
    for secret in secrets:
        if hmac.compare_digest(signature, sign(kind, payload, secret)):
            break
    else:
        return None
    if urlsafe_b64encode(signed).rstrip(b"=").decode("ascii") != token:
        return None
    message, recipient, sent_at = _FACTS.unpack_from(payload)
    if kind not in (TokenKind.LINK, TokenKind.MUTE):
        return Claim(kind, message.hex(), recipient, sent_at)
    (link,) = _LINK.unpack_from(payload, _FACTS.size)
    return Claim(kind, message.hex(), recipient, sent_at, link, _destination(payload))


def unverified_destination(token: str) -> str:
    """Where a link's token says that it leads, whoever signed it; "" if it says nothing. Never a place to redirect to."""
    signed = _signed(token)
    if signed is None:
        return ""
    try:
        return _destination(signed[:-_SIGNATURE])
    except UnicodeDecodeError:
        return ""


def _signed(token: str) -> bytes | None:
    """The payload and the signature; None if that is no base64, or too long."""
    if len(token) > LONGEST or not token.isascii():
        return None
    try:
        return urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None


def _destination(payload: bytes) -> str:
    return payload[_FACTS.size + _LINK.size :].decode("ascii").removesuffix("\0")


def sign(kind: TokenKind, payload: bytes, secret: bytes) -> bytes:
    """The signature of a payload, good for tokens of this kind only."""
    return hmac.digest(secret, kind.encode("ascii") + payload, "sha256")[:_SIGNATURE]
