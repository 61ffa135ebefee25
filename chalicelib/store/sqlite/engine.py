"""The table in one SQLite file, for a system on one machine: the same answers, and the same refusals, as DynamoDB's.

An item stands as DynamoDB's JSON (dynamodb/values.py), so that it can be moved there and back as it is.
"""

import json
import sqlite3
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from chalicelib.config import config
from chalicelib.domain.errors import Conflict
from chalicelib.store.dynamodb.values import Item, from_wire, to_wire
from chalicelib.store.failures import Refused, Unavailable
from chalicelib.store.keys import Key
from chalicelib.store.sqlite import limits
from chalicelib.store.sqlite.database import Database
from chalicelib.store.writes import Checks, Delete, Put, Update, Write

_PAGE = 200  # items read at a time where nobody says how many

Listener = Callable[[str], None]
"""Is told the name of a call, as DynamoDB has it; one that raises is heard by the caller."""


@cache
def engine() -> "Engine":
    """The engine of this process: its file is in DATA_DIR."""
    return Engine(Database(Path(config().data_dir) / "unsealed.sqlite"))


class Engine:
    """The items of one file. `asked` hear of each call before it is done, `answered` when it was.

    Raises Refused for what DynamoDB would refuse, Unavailable where the file cannot be read or written now.
    """

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self.database = database
        self.now = now
        self.asked: list[Listener] = []
        self.answered: list[Listener] = []

    def get(self, key: Key) -> Item | None:
        """One item as it is now, or None."""
        with self._call("GetItem"), self.database.reading() as connection:
            return _get(connection, key)

    def get_many(self, wanted: Iterable[Key], *, eventually: bool = False) -> list[Item]:
        """The items with these keys that are there: as they are now, in any case."""
        found: list[Item] = []
        waiting = iter(wanted)
        while some := list(islice(waiting, limits.KEYS_READ)):
            limits.check_keys(some)
            with self._call("BatchGetItem"), self.database.reading() as connection:
                found += [item for key in some if (item := _get(connection, key)) is not None]
        return found

    def query(
        self, pk: str, low: str, high: str, *, newest_first: bool, page: int | None, eventually: bool = False
    ) -> Iterator[Item]:
        """The items of a partition from `low` to `high`, `page` at a time: as they are now, in any case."""
        if low > high and low.encode() > high.encode():
            raise Refused("ValidationException")
        return self._pages(pk, low, high, newest_first, page or _PAGE)

    def _pages(self, pk: str, low: str, high: str, newest_first: bool, page: int) -> Iterator[Item]:
        order, beyond = ("DESC", "<") if newest_first else ("ASC", ">")
        past: tuple[str, ...] = ()
        further = ""
        while True:
            with self._call("Query"), self.database.reading() as connection:
                found = connection.execute(
                    f"SELECT sk, item FROM items WHERE pk = ? AND sk BETWEEN ? AND ? {further} ORDER BY sk {order} LIMIT ?",  # nosec B608 # noqa: S608 - no text of anybody's
                    (pk, low, high, *past, page),
                ).fetchall()
            for _, item in found:
                yield from_wire(json.loads(item))
            if len(found) < page:
                return
            past, further = (found[-1][0],), f"AND sk {beyond} ?"

    def due(self, shard: str, until: float, after: tuple[Key, float] | None = None) -> Iterator[tuple[Key, float]]:
        """What waits in one part of a due list past `after`, the longest waiting first."""
        past: tuple[float, str, str] = (after[1], *after[0]) if after else (float("-inf"), "", "")
        while True:
            with self._call("Query"), self.database.reading() as connection:
                found = connection.execute(
                    "SELECT due_at, pk, sk FROM items WHERE due_shard = ? AND due_at <= ? AND (due_at, pk, sk) > (?, ?, ?)"
                    " ORDER BY due_at, pk, sk LIMIT ?",
                    (shard, until, *past, _PAGE),
                ).fetchall()
            for at, pk, sk in found:
                yield Key(pk, sk), at
            if len(found) < _PAGE:
                return
            past = found[-1]

    def write(self, writes: Sequence[Write]) -> None:
        """All writes or none. Raises Conflict if a check fails."""
        alone = len(writes) == 1 and isinstance(writes[0], Put)
        limits.check_writes(writes)
        with self._call("PutItem" if alone else "TransactWriteItems"), self.database.writing() as connection:
            for each in writes:
                match each:
                    case Put(item, only_if):
                        _check(connection, Key(item["pk"], item["sk"]), only_if)
                        self._put(connection, to_wire(item))
                    case Delete(key, only_if):
                        _check(connection, key, only_if)
                        _delete(connection, key)

    def put_once(self, item: Item) -> None:
        """Put an item unless one with its key is there already, which is a quiet success."""
        with self._call("PutItem"), self.database.writing() as connection:
            if not _there(connection, Key(item["pk"], item["sk"])):
                self._put(connection, to_wire(item))

    def put_as_it_is(self, wires: Iterable[dict[str, Any]], followed: Callable[[dict[str, Any]], bool]) -> None:
        """Put items that were read elsewhere, in DynamoDB's JSON, in the place of what is there; only from those that are to be
        `followed` anything follows.
        """
        with self._call("BatchWriteItem"), self.database.writing() as connection:
            for wire in wires:
                if followed(wire):
                    self._put(connection, wire)
                else:
                    _put(connection, wire)

    def update(self, update: Update) -> Item | None:
        """The item after a conditional update, or None where a check does not hold."""
        key = update.key
        with self._call("UpdateItem"), self.database.writing() as connection:
            item = _get(connection, key)
            if not _hold(item, update.only_if):
                return None
            after = limits.changed(item or {"pk": key.pk, "sk": key.sk}, update)
            self._put(connection, to_wire(after))
        return from_wire(to_wire(after))

    def delete(self, doomed: Iterable[Key]) -> None:
        """Take items away; that one is gone already is a quiet success."""
        waiting = iter(doomed)
        while some := list(islice(waiting, limits.KEYS_WRITTEN)):
            limits.check_keys(some)
            with self._call("BatchWriteItem"), self.database.writing() as connection:
                for key in some:
                    _delete(connection, key)

    def sweep(self, at: float, most: int = 1000) -> int:
        """Take away what has expired by now (unix seconds), `most` items at a time: how many."""
        with self.database.writing() as connection:
            doomed = "SELECT pk, sk FROM items WHERE expires <= ? LIMIT ?"
            return connection.execute(f"DELETE FROM items WHERE (pk, sk) IN ({doomed})", (at, most)).rowcount  # nosec B608 # noqa: S608

    def items(self, after: Key | None = None, most: int = 500) -> list[dict[str, Any]]:
        """Items past the key `after` in DynamoDB's JSON, `most` of them, in the order of their keys."""
        with self.database.reading() as connection:
            found = connection.execute(
                "SELECT item FROM items WHERE (pk, sk) > (?, ?) ORDER BY pk, sk LIMIT ?", (*(after or ("", "")), most)
            ).fetchall()
        return [json.loads(item) for (item,) in found]

    def _put(self, connection: sqlite3.Connection, wire: dict[str, Any]) -> None:
        """Put an item, and note in the stream that it is new if it is: nothing follows from a change of one."""
        key = Key(wire["pk"]["S"], wire["sk"]["S"])
        new = not _there(connection, key)
        item = _put(connection, wire)
        if new:
            connection.execute("INSERT INTO changes (at, pk, sk, item) VALUES (?, ?, ?, ?)", (self.now(), *key, item))

    @contextmanager
    def _call(self, name: str) -> Iterator[None]:
        for listener in self.asked:
            listener(name)
        try:
            yield
        except sqlite3.OperationalError as failure:
            raise Unavailable(str(failure)) from failure
        for listener in self.answered:
            listener(name)


def _there(connection: sqlite3.Connection, key: Key) -> bool:
    return connection.execute("SELECT 1 FROM items WHERE pk = ? AND sk = ?", key).fetchone() is not None


def _get(connection: sqlite3.Connection, key: Key) -> Item | None:
    found = connection.execute("SELECT item FROM items WHERE pk = ? AND sk = ?", key).fetchone()
    return from_wire(json.loads(found[0])) if found else None


def _check(connection: sqlite3.Connection, key: Key, only_if: Checks) -> None:
    if only_if and not _hold(_get(connection, key), only_if):
        raise Conflict("It changed in the meantime.")


def _hold(item: Item | None, only_if: Checks) -> bool:
    return all(check.holds(item or {}, name) for name, check in only_if.items())


def _put(connection: sqlite3.Connection, wire: dict[str, Any]) -> str:
    """Put an item; its text."""
    text = _encode(wire)
    limits.check_item(wire, text)
    due_at, expires = (wire.get(name, {}).get("N") for name in ("due_at", "expires"))
    due = (wire["due_shard"]["S"], float(due_at)) if "due_shard" in wire and due_at is not None else (None, None)
    connection.execute(
        "INSERT INTO items (pk, sk, item, due_shard, due_at, expires) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (pk, sk) DO UPDATE"
        " SET item = excluded.item, due_shard = excluded.due_shard, due_at = excluded.due_at, expires = excluded.expires",
        (wire["pk"]["S"], wire["sk"]["S"], text, *due, None if expires is None else float(expires)),
    )
    return text


def _delete(connection: sqlite3.Connection, key: Key) -> None:
    connection.execute("DELETE FROM items WHERE pk = ? AND sk = ?", key)


_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=lambda value: b64encode(value).decode()
).encode
