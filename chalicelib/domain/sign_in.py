"""Signing in by a code that is mailed: the codes, and who may.

A code is drawn, by the deployment's key, from what it is for, where it is mailed, when it was asked for and an id drawn at
random (the way of RFC 4226, section 5): it stands nowhere in the table, not even hashed, where a hash of eight digits would
be found by trying. Asked for again by a function that broke off, it is the same code; at another time it is another.
"""

import hmac

from chalicelib.domain.records import record

GOOD_FOR = 600  # seconds
TRIES = 5  # for each code
DIGITS = 8
SIGN_IN = "sign-in"
"""What a code is for, where it is no sender's id: that sender wants the address to be theirs."""


@record
class CodeRequest:
    """Somebody asked, at a unix time, for a code to be mailed to an address. `wanted_for` is SIGN_IN or a sender's id.

    `id` is drawn at random.
    """

    email: str
    wanted_for: str
    at: float
    id: str


def code_of(request: CodeRequest, key: bytes) -> str:
    """The code for a request: DIGITS digits. `key` is the deployment's secret."""
    # Every other use of the key begins with a letter: a zero keeps these apart.
    said = "\0".join(("", "code", request.wanted_for, request.email, str(round(request.at * 1000)), request.id))
    drawn = int.from_bytes(hmac.digest(key, said.encode(), "sha256")[:16], "big")
    return f"{drawn % 10**DIGITS:0{DIGITS}d}"


def is_code(given: str, request: CodeRequest, key: bytes) -> bool:
    """Whether this is the code, however its digits are spaced. It takes as long whatever is wrong with it."""
    return hmac.compare_digest("".join(given.split()).encode(), code_of(request, key).encode())


def spoken(code: str) -> str:
    """The code as people read it: in two halves."""
    return f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"


def is_named(email: str, allowed: frozenset[str]) -> bool:
    """Whether one of these addresses or domains names the address. A domain does not stand for those below it."""
    return email in allowed or email.rpartition("@")[2] in allowed
