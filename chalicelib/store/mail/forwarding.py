"""Each sender's forward rule."""

from dataclasses import asdict

from chalicelib.domain.incoming.forwarding import Confirmation, Forwarding
from chalicelib.store import keys, table


def load(sender: str) -> tuple[Forwarding, int | None]:
    """A sender's forward rule, and its version, None if it is still as it is for everybody at first."""
    item = table.get(keys.forwarding(sender))
    if item is None:
        return Forwarding(), None
    asked = item.get("asked")
    return Forwarding(item["generation"], Confirmation(**asked) if asked else None), item["version"]


def save(sender: str, forwarding: Forwarding, was: int | None) -> None:
    """Put a forward rule in place of version `was`. Raises Conflict if it changed meanwhile."""
    pk, sk = keys.forwarding(sender)
    asked = asdict(forwarding.asked) if forwarding.asked else None
    content = {"generation": forwarding.generation, "asked": asked, "version": (was or 0) + 1}
    table.write([table.put({"pk": pk, "sk": sk, **content}, was=was)])
