"""How often a sender added something of which there may be so many only: who adds at the same moment sees that another did.

The number is read first, then what there is, and what is added is written with the number that follows.
"""

from chalicelib.store import keys, table
from chalicelib.store.writes import Write


def number(sender: str, what: keys.Limited) -> int | None:
    """How often a sender added one of these; None: never."""
    item = table.get(keys.additions(sender, what))
    return None if item is None else int(item["version"])


def one_more(sender: str, what: keys.Limited, was: int | None) -> Write:
    """The write that goes with an addition. It raises Conflict if another was added since there were `was`."""
    pk, sk = keys.additions(sender, what)
    return table.put({"pk": pk, "sk": sk, "version": (was or 0) + 1}, was=was)
