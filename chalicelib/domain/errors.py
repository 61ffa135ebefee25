"""What is wrong with a request: each error carries its HTTP status, one clear sentence and the field it is about.

The sentence stands here in English, where `say` makes it if it has values in it: what answers says it in the caller's language.
Only what a caller can fix is Rejected. Unexpected errors propagate unchanged.
"""

from chalicelib.domain.limits import Allowance
from chalicelib.domain.words.sentences import many


class Rejected(Exception):  # noqa: N818 - an answer to the caller, not an error of ours
    """A request that cannot be fulfilled. `status` is the HTTP status, `field` a path like `recipients[0].email`."""

    status = 400

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class BadInput(Rejected):
    """The request is well-formed but a value is invalid."""

    status = 422


class Malformed(Rejected):
    """The body or a parameter could not be read at all."""

    status = 400


class NotSignedIn(Rejected):
    """No API token, or one that is not ours."""

    status = 401


class Forbidden(Rejected):
    """Signed in, but not allowed to do this. `scope` is what the token would need, "" where no token would help."""

    status = 403

    def __init__(self, sentence: str, scope: str = "") -> None:
        super().__init__(sentence)
        self.scope = scope


class NotFound(Rejected):
    """It does not exist, or it belongs to somebody else: nobody can tell the two apart."""

    status = 404


class Conflict(Rejected):
    """It changed in the meantime; the same request may succeed when sent again."""

    status = 409


class TooMany(Rejected):
    """A limit is used up. `allowance` says which, and when to try again."""

    status = 429

    def __init__(self, allowance: Allowance) -> None:
        super().__init__(
            many(
                "Too many requests: try again in {n} second.",
                "Too many requests: try again in {n} seconds.",
                allowance.resets_in,
            )
        )
        self.allowance = allowance


class TooLarge(Rejected):
    """More than the stated limit."""

    status = 413
