"""Changing a text or bytes in some places and nowhere else."""

from collections.abc import Sequence
from typing import Any, AnyStr, Generic, NamedTuple


class Edit(NamedTuple, Generic[AnyStr]):
    """`before`, from `start` to `end` of the original, becomes `after`."""

    start: int
    end: int
    before: AnyStr
    after: AnyStr


def splice(original: AnyStr, edits: Sequence[Edit[AnyStr]]) -> AnyStr:
    """The original with its edits made. They come in order of position and do not overlap."""
    if not edits:
        return original
    # A mail may have 40 MB: what stays of it is copied once, into what is given.
    source: Any = memoryview(original) if isinstance(original, bytes) else original
    pieces: list[Any] = []
    position = 0
    for start, end, _, after in edits:
        pieces += source[position:start], after
        position = end
    pieces.append(source[position:])
    return original[:0].join(pieces)
