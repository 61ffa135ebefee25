"""The due lists: what waits for a time, as keys alone. How many are due, a look at a list costs by them and no more.

An owner is a partition. However much one has in a list, it hides nothing of another's for long: a look gives a share of
each owner's, and where a part of a list is longer than one look reads, each look goes on beyond the longest waiting from
where the one before it came to.

One index, `due`, holds all lists. Its items carry `due_shard` (a list's name and a number, so that no partition is hot) and
`due_at` (unix seconds).
"""

from binascii import crc32
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import itemgetter

from chalicelib.store import keys, table
from chalicelib.store.keys import Key

MOST_OF_ONE = 1_000  # keys of an owner that one look gives: more than is done in a tick
MOST_READ = 5_000  # keys of a part of a list that one look reads: of the longest waiting, and again beyond them
SHARDS = 8  # parts of a list
_REMEMBERED = 3_600  # seconds: a key may name somebody

Waiting = tuple[Key, float]


def shard(name: str, key: Key) -> str:
    """The part of the due list `name` that an item belongs to, always the same for the same item."""
    return f"{name}#{crc32(key.sk.encode()) % SHARDS}"


def shards(name: str) -> list[str]:
    """All parts of a due list."""
    return [f"{name}#{number}" for number in range(SHARDS)]


def due(parts: list[str], until: float, most: int = MOST_OF_ONE, read: int = MOST_READ) -> list[Waiting]:
    """What waits for `until` or earlier in these parts of a list, with the time it waits for, the longest waiting first.

    At most `most` of each owner's, of at most twice `read` keys of each part.
    """
    found: dict[Key, float] = {}
    for part in parts:
        given: Counter[str] = Counter()
        found.update(_share(_looked_at(part, until, read), most, given))
    return sorted(found.items(), key=itemgetter(1))


def _share(waiting: Iterable[Waiting], most: int, given: Counter[str]) -> Iterator[Waiting]:
    for key, at in waiting:
        given[key.pk] += 1
        if given[key.pk] <= most:
            yield key, at


def _looked_at(part: str, until: float, read: int) -> Iterator[Waiting]:
    """The longest waiting of a part of a list, and, where there is more, some of that."""
    longest = list(islice(table.due(part, until), read))
    yield from longest
    if len(longest) < read:
        return
    last, place = longest[-1], _place(part)
    further = list(islice(table.due(part, until, place if place and place[1] >= last[1] else last), read))
    yield from further
    _go_on(part, further[-1] if len(further) == read else None, until)


def _place(part: str) -> Waiting | None:
    """How far the look before this one came."""
    item = table.get(keys.place(part))
    return (Key(*item["key"]), item["at"]) if item else None


def _go_on(part: str, place: Waiting | None, at: float) -> None:
    """Note how far a look came; None: to the end, and the next one begins behind the longest waiting again."""
    pk, sk = keys.place(part)
    if place is None:
        table.delete([Key(pk, sk)])
    else:
        content = {"key": list(place[0]), "at": place[1], "expires": int(at) + _REMEMBERED}
        table.write([table.put_always({"pk": pk, "sk": sk, **content})])
