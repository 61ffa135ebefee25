"""The addresses at which we receive for a tracked mail: `r+TOKEN@domain`, one for each recipient's copy.

The token names the message and the recipient, signed. Many hosts change the case of a local part, and none need take
one of more than 64 characters (RFC 5321, 4.5.3.1.1): so it is base32 in lower case (RFC 4648, section 6), and its
signature is cut to 80 bits. It does not expire, and old secrets still verify.
"""

import hmac
import struct
from base64 import b32decode, b32encode
from typing import NamedTuple

from chalicelib.domain.tokens import TokenKind, sign

_FACTS = struct.Struct(">16sH")  # message id, recipient
_SIGNATURE = 10  # bytes: whoever guesses must ask by mail, a try at a time
_PREFIX = f"{TokenKind.REPLY}+"
_LENGTH = -(-(_FACTS.size + _SIGNATURE) * 8 // 5)  # characters of base32 without padding


class CopyId(NamedTuple):
    """One recipient's copy of a message: whom a reply address stands for. `message` is 32 hex digits."""

    message: str
    recipient: int


def reply_address(copy: CopyId, domain: str, secrets: tuple[bytes, ...]) -> str:
    """The address at `domain` that stands for a copy, signed by the newest secret."""
    payload = _FACTS.pack(bytes.fromhex(copy.message), copy.recipient)
    signed = payload + sign(TokenKind.REPLY, payload, secrets[0])[:_SIGNATURE]
    return f"{_PREFIX}{b32encode(signed).decode('ascii').rstrip('=').lower()}@{domain}"


def is_reply_address(address: str) -> bool:
    """Whether an address has the form of ours, signed or not."""
    return address.lower().startswith(_PREFIX)


def copy_of(address: str, secrets: tuple[bytes, ...]) -> CopyId | None:
    """The copy that a reply address stands for, if one of our secrets signed it; else None. Upper case is lower case."""
    local = address.partition("@")[0].upper()
    token = local.removeprefix(_PREFIX.upper())
    if token == local or len(token) != _LENGTH or not token.isascii():
        return None
    try:
        signed = b32decode(token + "=" * (-len(token) % 8))
    except ValueError:
        return None
    payload, signature = signed[: _FACTS.size], signed[_FACTS.size :]
    wanted = (sign(TokenKind.REPLY, payload, secret)[:_SIGNATURE] for secret in secrets)
    if not any(hmac.compare_digest(signature, each) for each in wanted):
        return None
    message, recipient = _FACTS.unpack(payload)
    return CopyId(message.hex(), recipient)
