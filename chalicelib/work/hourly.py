"""The hour: summaries for the contacts that changed, then sheets for their senders and whoever waits for more of them."""

from chalicelib.work.contacts import summarising
from chalicelib.work.messages import packing
from chalicelib.work.turns import Clock


def run(at: float, clock: Clock) -> None:
    """Do what is to be done each hour."""
    active: set[str] = set()
    summarising.run(at, clock, active)
    packing.run(at, clock, sorted(active))
