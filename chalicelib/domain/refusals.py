"""Refusals: each carries its HTTP status, one clear sentence and the field it is about.

Only what a caller can fix is a refusal. Unexpected errors propagate unchanged.
"""

from chalicelib.domain.limits import Allowance


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of ours
    """A request that cannot be fulfilled. `status` is the HTTP status, `field` a path like `recipients[0].email`."""

    status = 400

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class BadInput(Refusal):
    """The request is well-formed but a value is invalid."""

    status = 422


class Malformed(Refusal):
    """The body or a parameter could not be read at all."""

    status = 400


class NotSignedIn(Refusal):
    """No API token, or one that is not ours."""

    status = 401


class Forbidden(Refusal):
    """Signed in, but not allowed to do this. `scope` is what the token would need, "" where no token would help."""

    status = 403

    def __init__(self, sentence: str, scope: str = "") -> None:
        super().__init__(sentence)
        self.scope = scope


class NotFound(Refusal):
    """It does not exist, or it belongs to somebody else: nobody can tell the two apart."""

    status = 404


class Conflict(Refusal):
    """It changed in the meantime; the same request may succeed when sent again."""

    status = 409


class TooMany(Refusal):
    """A limit is used up. `allowance` says which, and when to try again."""

    status = 429

    def __init__(self, allowance: Allowance) -> None:
        super().__init__(f"Too many requests: try again in {allowance.resets_in} seconds.")
        self.allowance = allowance


class TooLarge(Refusal):
    """More than the stated limit."""

    status = 413
