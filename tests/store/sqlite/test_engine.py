"""What of the SQLite engine its door does not show: other processes, a full disk, what expires, and what cannot be read."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.store import failures
from chalicelib.store.failures import Refused, Unavailable
from chalicelib.store.keys import Key
from chalicelib.store.sqlite import queues, stream
from chalicelib.store.sqlite.database import FORMAT, Database, WrongFormat
from chalicelib.store.sqlite.engine import Engine
from chalicelib.store.writes import NEW, Put

KEY = Key("a", "b")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = Engine(Database(tmp_path / "table.sqlite"), now=lambda: 1000.5)
    yield made
    made.database.close()


def put(engine: Engine, sk: str = "b", **more: object) -> None:
    engine.write([Put({"pk": "a", "sk": sk, **more})])


def test_what_one_process_wrote_another_reads(engine: Engine):
    put(engine, size=1)
    other = Engine(Database(engine.database.file))
    assert other.get(KEY) == {"pk": "a", "sk": "b", "size": 1}
    with pytest.raises(Conflict):
        other.write([Put({"pk": "a", "sk": "b"}, NEW)])
    other.database.close()


def test_a_file_that_another_holds_is_unavailable_and_that_passes(engine: Engine):
    other = sqlite3.connect(engine.database.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    engine.database._writer.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(Unavailable) as failure:
        put(engine)
    assert failures.may_pass(failure.value) and not failures.may_pass(Refused("ValidationException"))
    other.execute("ROLLBACK")
    other.close()
    put(engine)


def test_a_disk_that_is_full_loses_nothing_that_was_there(engine: Engine):
    put(engine, text="kept")
    (pages,) = engine.database._writer.execute("PRAGMA page_count").fetchone()
    engine.database._writer.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Unavailable):
        put(engine, "c", text="a" * 100_000)
    assert engine.get(KEY) == {"pk": "a", "sk": "b", "text": "kept"} and engine.get(Key("a", "c")) is None
    assert stream.pending(engine.database) == 1


def test_an_index_takes_no_key_of_another_kind(engine: Engine):
    for due in ({"due_shard": "list", "due_at": "soon"}, {"due_shard": 1, "due_at": 2}, {"due_shard": "", "due_at": 2}):
        with pytest.raises(Refused):
            put(engine, **due)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 10**38, 1e126, 1e-131])
def test_what_is_no_number_of_dynamodb_is_none_here(engine: Engine, number: float):
    with pytest.raises(Refused):
        put(engine, size={"within": [number]})
    put(engine, text='"N":"nan"')


def test_what_expires_goes_and_nothing_else(engine: Engine):
    for number in range(5):
        put(engine, str(number), expires=1000 + number)
    put(engine, "kept")
    assert [engine.sweep(1002.0, most=2), engine.sweep(1002.0, most=2), engine.sweep(1002.0)] == [2, 1, 0]
    assert [item["sk"]["S"] for item in engine.items()] == ["3", "4", "kept"]
    assert [item["sk"]["S"] for item in engine.items(Key("a", "3"), most=1)] == ["4"]


def test_records_are_forgotten_when_they_were_passed_and_their_numbers_never_come_again(engine: Engine):
    for number in range(3):
        put(engine, str(number))
    first, second, _ = stream.records(engine.database, 10)
    assert first["dynamodb"]["ApproximateCreationDateTime"] == 1000
    stream.passed(engine.database, second["dynamodb"]["SequenceNumber"])
    assert [each["dynamodb"]["Keys"]["sk"]["S"] for each in stream.records(engine.database, 10)] == ["2"]
    stream.passed(engine.database, "3")
    put(engine, "new")
    assert [each["dynamodb"]["SequenceNumber"] for each in stream.records(engine.database, 10)] == ["4"]


def test_a_message_is_hidden_while_somebody_has_it(engine: Engine):
    queues.put(engine.database, "one", "a")
    queues.put(engine.database, "other", "b")
    (message,) = queues.receive(engine.database, "one", 10, 5000.0)
    assert (message.body, message.tries) == ("a", 1)
    assert queues.receive(engine.database, "one", 10, 5000.0 + queues.HIDDEN - 1) == []
    (again,) = queues.receive(engine.database, "one", 10, 5000.0 + queues.HIDDEN)
    assert again.tries == 2
    queues.done(engine.database, [again.number])
    assert queues.receive(engine.database, "one", 10, 9000.0) == []


def test_a_message_is_not_lost_from_sight_where_the_clock_is_set_back(engine: Engine):
    queues.put(engine.database, "one", "a")
    queues.receive(engine.database, "one", 10, 5000.0)
    (again,) = queues.receive(engine.database, "one", 10, 4000.0)
    assert again.tries == 2


def test_a_log_that_somebody_takes_over_grows_until_then_and_no_further(engine: Engine):
    engine.database.keep_log()
    log = engine.database.file.with_name("table.sqlite-wal")

    def fill() -> None:
        for number in range(30):
            put(engine, str(number), text="a" * 300_000)
        engine.database.checkpoint()

    fill()
    size = log.stat().st_size
    assert size > 8_000_000, "no commit took it over"
    fill()
    assert log.stat().st_size == size and engine.get(Key("a", "29")) is not None


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path):
    made = Database(tmp_path / "table.sqlite")
    made._writer.execute(f"PRAGMA user_version = {FORMAT + 1}")
    made.close()
    with pytest.raises(WrongFormat):
        Database(tmp_path / "table.sqlite")


def test_a_copy_that_is_made_while_it_is_written_is_whole(engine: Engine, tmp_path: Path):
    put(engine, size=1)
    source, copy = sqlite3.connect(engine.database.file), sqlite3.connect(tmp_path / "copy")
    source.backup(copy)
    source.close()
    put(engine, size=2)
    copy.close()
    restored = Engine(Database(tmp_path / "copy"))
    assert restored.get(KEY) == {"pk": "a", "sk": "b", "size": 1} and stream.pending(restored.database) == 1
    restored.database.close()
