"""The addresses of the gateway: each stands for a real one, so any mail program can write to it.

`bob=example.com@t.example.org` and `bob@example.com.t.example.org` both stand for `bob@example.com`.
"""

import re
from collections.abc import Iterator

from chalicelib.domain.errors import BadInput
from chalicelib.domain.mail import headers
from chalicelib.domain.mail.splicing import Edit, splice
from chalicelib.domain.messages import address

_OUR_OWN = re.compile(rb"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}")


def real_address(given: str, domain: str) -> str | None:
    """The address that one of the gateway's at `domain` stands for; None for any other, and for one of our own."""
    local, _, host = given.strip().lower().rpartition("@")
    if host == domain:
        name, _, real_host = local.rpartition("=")
    elif host.endswith(f".{domain}"):
        name, real_host = local, host.removesuffix(f".{domain}")
    else:
        return None
    if real_host == domain or real_host.endswith(f".{domain}"):
        return None  # it would come round to us again
    try:
        return address(f"{name}@{real_host}", "recipient")
    except BadInput:
        return None


def with_real_addresses(raw: bytes, domain: str) -> bytes:
    """The mail as its readers shall see it: in To and Cc stand the real addresses. Raises headers.Unreadable."""
    fields = headers.read(raw, 0, len(raw)).fields
    return splice(raw, [edit for field in fields if field.name in ("to", "cc") for edit in _edits(raw, field, domain)])


def _edits(raw: bytes, field: headers.Field, domain: str) -> Iterator[Edit[bytes]]:
    for found in _OUR_OWN.finditer(raw, field.start, field.end):
        real = real_address(found[0].decode("ascii"), domain)
        if real is not None:
            yield Edit(found.start(), found.end(), found[0], real.encode("ascii"))
