"""The due lists: what waits for a time, as keys alone. How many are due, a look at a list costs by them and no more.

An owner is a partition. However much one has in a list, it hides nothing of another's for long: a look gives a share of
each owner's, and where a part of a list is longer than one look reads, each look goes on beyond the longest waiting from
where the one before it came to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import itemgetter

from chalicelib.store import keys, table
from chalicelib.store.keys import Key

MOST_OF_ONE = 1_000  # keys of an owner that one look gives: more than is done in a tick
MOST_READ = 5_000  # keys of a part of a list that one look reads: of the longest waiting, and again beyond them
_REMEMBERED = 3_600  # seconds: a key may name somebody

Waiting = tuple[Key, float]


def due(shards: list[str], until: float, most: int = MOST_OF_ONE, read: int = MOST_READ) -> list[Waiting]:
    """What waits for `until` or earlier in these parts of a list, with the time it waits for, the longest waiting first.

    At most `most` of each owner's, of at most twice `read` keys of each part.
    """
    found: dict[Key, float] = {}
    for shard in shards:
        given: Counter[str] = Counter()
        found.update(_share(_looked_at(shard, until, read), most, given))
    return sorted(found.items(), key=itemgetter(1))


def _share(waiting: Iterable[Waiting], most: int, given: Counter[str]) -> Iterator[Waiting]:
    for key, at in waiting:
        given[key.pk] += 1
        if given[key.pk] <= most:
            yield key, at


def _looked_at(shard: str, until: float, read: int) -> Iterator[Waiting]:
    """The longest waiting of a part of a list, and, where there is more, some of that."""
    longest = list(islice(table.due(shard, until), read))
    yield from longest
    if len(longest) < read:
        return
    last, place = longest[-1], _place(shard)
    further = list(islice(table.due(shard, until, place if place and place[1] >= last[1] else last), read))
    yield from further
    _go_on(shard, further[-1] if len(further) == read else None, until)


def _place(shard: str) -> Waiting | None:
    """How far the look before this one came."""
    item = table.get(keys.place(shard))
    return (Key(*item["key"]), item["at"]) if item else None


def _go_on(shard: str, place: Waiting | None, at: float) -> None:
    """Note how far a look came; None: to the end, and the next one begins behind the longest waiting again."""
    pk, sk = keys.place(shard)
    if place is None:
        table.delete([Key(pk, sk)])
    else:
        content = {"key": list(place[0]), "at": place[1], "expires": int(at) + _REMEMBERED}
        table.write([table.put_always({"pk": pk, "sk": sk, **content})])
