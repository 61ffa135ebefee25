"""The due lists: what waits for a time, as keys alone. How many are due, a look at a list costs by them and no more."""

from itertools import islice
from operator import itemgetter

from chalicelib.store import keys, table

MOST_OF_A_SHARD = 5_000  # keys: what one tick cannot do, it need not read


def due(shards: list[str], until: float) -> list[tuple[keys.Key, float]]:
    """What waits for `until` or earlier in these parts of a list, with the time it waits for, the longest waiting first."""
    found = [each for shard in shards for each in islice(table.due(shard, until), MOST_OF_A_SHARD)]
    return sorted(found, key=itemgetter(1))
