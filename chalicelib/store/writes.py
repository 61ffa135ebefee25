"""What is asked of the table, in words of ours: the writes, and the checks that they depend on. Each engine says it in its own.

A check looks at one attribute of the item as it is at that moment; all of a write's checks have to hold.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple

from chalicelib.domain.records import field, record
from chalicelib.store.keys import Key

Item = dict[str, Any]


class How(Enum):
    """How an attribute is looked at."""

    PRESENT = "is there"
    ABSENT = "is not there"
    EQUAL = "is equal"
    ABSENT_OR_EQUAL = "is not there, or equal"
    AT_MOST = "is not there, or a number up to this one"


class Check(NamedTuple):
    """What has to hold of an attribute."""

    how: How
    value: Any = None

    def holds(self, item: Item, name: str) -> bool:
        """Whether it holds of this attribute of an item."""
        found = item.get(name)
        match self.how:
            case How.PRESENT:
                return found is not None
            case How.ABSENT:
                return found is None
            case How.EQUAL:
                return found is not None and _alike(found, self.value)
            case How.ABSENT_OR_EQUAL:
                return found is None or _alike(found, self.value)
            case How.AT_MOST:
                return found is None or (_is_number(found) and bool(found <= self.value))


Checks = Mapping[str, Check]
"""What has to hold, by the attribute's name. The name `pk` stands for the whole item: it has one if it is there."""

PRESENT = Check(How.PRESENT)
ABSENT = Check(How.ABSENT)
NEW: Checks = {"pk": ABSENT}
THERE: Checks = {"pk": PRESENT}


def equal(value: float | str) -> Check:
    """The attribute is there, and equal to this."""
    return Check(How.EQUAL, value)


def absent_or(value: float | str) -> Check:
    """The attribute is not there, or equal to this."""
    return Check(How.ABSENT_OR_EQUAL, value)


def at_most(value: float) -> Check:
    """The attribute is a number up to this one, or not there: a counter begins when it is first counted."""
    return Check(How.AT_MOST, value)


@record
class Put:
    """An item in the place of what is there with its key."""

    item: Item
    only_if: Checks = field(default_factory=dict)


@record
class Delete:
    """No item with this key any more."""

    key: Key
    only_if: Checks = field(default_factory=dict)


@record
class Update:
    """These values of an item changed, these numbers added to its counters, all else as it is.

    A value of None takes the attribute away. `tell.open` names the value `open` of the map `tell`. An item that is not there
    is made, unless a check forbids it.
    """

    key: Key
    changes: Item
    add: Mapping[str, int]
    only_if: Checks


Write = Put | Delete


def _alike(one: Any, other: Any) -> bool:
    """Equal as DynamoDB has it: a number is no truth value."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
