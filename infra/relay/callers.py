"""Who is connected, counted by where they come from: one address can neither hold all places nor keep others out."""

from collections import Counter
from ipaddress import ip_address

MOST = 500  # connections at a time: well below the 1,024 files that a process has by default
MOST_FROM_ONE = (
    50  # of these from one neighbourhood: an office behind one address has that many mails under way, hardly more
)


class Callers:
    """The connections that are open."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def enter(self, peer: str) -> bool:
        """Whether one more connection from this address has a place. It counts from now on, if it has."""
        name = neighbourhood(peer)
        if self._open.total() >= MOST or self._open[name] >= MOST_FROM_ONE:
            return False
        self._open[name] += 1
        return True

    def leave(self, peer: str) -> None:
        """A connection that had a place is closed."""
        name = neighbourhood(peer)
        self._open[name] -= 1
        if not self._open[name]:
            del self._open[name]


def neighbourhood(peer: str) -> str:
    """An address of IPv4, or the network of 64 bits that an address of IPv6 is in: who has one has them all."""
    try:
        address = ip_address(peer.partition("%")[0])
    except ValueError:
        return peer
    return peer if address.version == 4 else address.exploded[:19]
