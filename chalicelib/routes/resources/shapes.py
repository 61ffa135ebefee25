"""What every resource of the API is made of: inputs that forbid what we do not know, times, addresses, pages."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct

Time = Annotated[datetime, Meta(tz=True)]
Limit = Annotated[int, Meta(ge=1, le=100)]
Address = Annotated[
    str, Meta(extra_json_schema={"format": "email"})
]  # what is none, domain/messages.py says more kindly


LARGEST = 4_000_000  # bytes of an answer: Lambda hands on 6 MB, and a quarter of that is lost to base64
_Thing = TypeVar("_Thing")


def fitting(things: Sequence[_Thing]) -> list[_Thing]:
    """The first of these that one answer can hold; one at least."""
    sizes = accumulate(len(msgspec.json.encode(each)) + 1 for each in things)
    return [
        each for number, (each, size) in enumerate(zip(things, sizes, strict=True)) if size <= LARGEST or not number
    ]


class Input(Struct, forbid_unknown_fields=True, frozen=True):
    """What a caller sends. A field that we do not know is a mistake, and told."""

    def given(self) -> dict[str, Any]:
        """The fields without those that were left out."""
        fields = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: value for name, value in fields.items() if value is not UNSET}


class PageQuery(Input, frozen=True):
    """Where a list goes on, and how far."""

    after: str | None = None
    limit: Limit = 50


def as_time(at: float) -> datetime:
    """Unix seconds as the API shows them: UTC, to the millisecond."""
    return datetime.fromtimestamp(round(at, 3), UTC)


def as_time_if(at: float | None) -> datetime | None:
    """The same for a time that may not be known."""
    return None if at is None else as_time(at)
