"""The addresses at which we receive for senders: `r+TOKEN@domain`, where a recipient's copy is answered, and
`in+TOKEN@domain`, where a sender's own mailbox forwards copies to.

A token names the message and the recipient, or the sender and the generation of their rule, signed. Many hosts change the
case of a local part, and none need take one of more than 64 characters (RFC 5321, 4.5.3.1.1): so it is base32 in lower
case (RFC 4648, section 6), and its signature is cut to 80 bits. It does not expire, and old secrets still verify.
"""

import hmac
import struct
from base64 import b32decode, b32encode
from typing import NamedTuple

from chalicelib.domain.tokens import TokenKind, sign

_COPY = struct.Struct(">16sH")  # message id, recipient
_RULE = struct.Struct(">8sI")  # sender, generation
_SIGNATURE = 10  # bytes: whoever guesses must ask by mail, a try at a time


class CopyId(NamedTuple):
    """One recipient's copy of a message: whom a reply address stands for. `message` is 32 hex digits."""

    message: str
    recipient: int


class Rule(NamedTuple):
    """A sender's forward rule, by the generation of its address. `sender` is 16 hex digits."""

    sender: str
    generation: int


def reply_address(copy: CopyId, domain: str, secrets: tuple[bytes, ...]) -> str:
    """The address at `domain` that stands for a copy, signed by the newest secret."""
    return _address(TokenKind.REPLY, _COPY.pack(bytes.fromhex(copy.message), copy.recipient), domain, secrets)


def forward_address(sender: str, generation: int, domain: str, secrets: tuple[bytes, ...]) -> str:
    """The address at `domain` that a sender's mailbox forwards to, signed by the newest secret."""
    return _address(TokenKind.FORWARD, _RULE.pack(bytes.fromhex(sender), generation), domain, secrets)


def is_reply_address(address: str) -> bool:
    """Whether an address has the form of a copy's, signed or not."""
    return address.lower().startswith(f"{TokenKind.REPLY}+")


def is_forward_address(address: str) -> bool:
    """Whether an address has the form of a forward rule's, signed or not."""
    return address.lower().startswith(f"{TokenKind.FORWARD}+")


def copy_of(address: str, secrets: tuple[bytes, ...]) -> CopyId | None:
    """The copy that a reply address stands for, if one of our secrets signed it; else None. Upper case is lower case."""
    payload = _payload(TokenKind.REPLY, address, _COPY.size, secrets)
    if payload is None:
        return None
    message, recipient = _COPY.unpack(payload)
    return CopyId(message.hex(), recipient)


def rule_of(address: str, secrets: tuple[bytes, ...]) -> Rule | None:
    """The forward rule that an address stands for, if one of our secrets signed it; else None. Upper case is lower case."""
    payload = _payload(TokenKind.FORWARD, address, _RULE.size, secrets)
    if payload is None:
        return None
    sender, generation = _RULE.unpack(payload)
    return Rule(sender.hex(), generation)


def _address(kind: TokenKind, payload: bytes, domain: str, secrets: tuple[bytes, ...]) -> str:
    signed = payload + sign(kind, payload, secrets[0])[:_SIGNATURE]
    return f"{kind}+{b32encode(signed).decode('ascii').rstrip('=').lower()}@{domain}"


def _payload(kind: TokenKind, address: str, size: int, secrets: tuple[bytes, ...]) -> bytes | None:
    """What the token in an address of this kind says, of so many bytes, if one of our secrets signed it."""
    local = address.partition("@")[0].upper()
    token = local.removeprefix(f"{kind}+".upper())
    if token == local or len(token) != -(-(size + _SIGNATURE) * 8 // 5) or not token.isascii():
        return None
    try:
        signed = b32decode(token + "=" * (-len(token) % 8))
    except ValueError:
        return None
    payload, signature = signed[:size], signed[size:]
    wanted = (sign(kind, payload, secret)[:_SIGNATURE] for secret in secrets)
    return payload if any(hmac.compare_digest(signature, each) for each in wanted) else None
