"""`make move`: a machine's data into a deployed stage, or a stage's onto a machine. The items are the same on both.

It goes in the order of the keys, notes how far it got, and goes on from there when it is run again. What was told before is
not told again: a moved item says so (`moved`), and `app.follow` lets it be, unless the machine had not followed it either.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from chalicelib.store.dynamodb.values import from_wire, to_wire
from chalicelib.store.keys import Key
from chalicelib.store.sqlite import queues
from chalicelib.store.sqlite.database import Database
from chalicelib.store.sqlite.engine import Engine
from infra.deploy import secret
from infra.deploy.deploying import Tell
from infra.deploy.errors import CannotDeploy
from infra.deploy.stack import Stack
from infra.local.folder import CannotStart, Folder
from infra.process_settings import WrongSetting

MOVED = "moved"
_AT_ONCE = 25  # items that BatchWriteItem takes
_LATELY = 3_600.0  # seconds: what is newer may not have been followed on AWS yet
Wire = dict[str, Any]


class Count(NamedTuple):
    """How many items each side has."""

    machine: int
    stage: int


def to_stage(session: Any, stack: str, stage: str, data_dir: Path, tell: Tell) -> Count:
    """Copy a machine's data into an empty stage, which signs and reads links by the machine's secrets from its next deploy on.

    Raises CannotDeploy.
    """
    table, spill = _resources(session, stack)
    with _stopped(data_dir) as folder:
        engine = Engine(Database(folder.path / "unsealed.sqlite"))
        place = folder.path / f"moved-to-{stack}"
        if not place.exists() and _one(session, table):
            raise CannotDeploy(f"The table of {stack} has items already: a machine moves into an empty stage only.")
        _keep_secrets(session, stage, folder.path, tell)
        unfollowed = _unfollowed(engine)
        for some in _by(_AT_ONCE, _items(engine, _read_place(place))):
            _put(session, table, [_marked(wire, unfollowed) for wire in some])
            place.write_text(json.dumps([some[-1]["pk"]["S"], some[-1]["sk"]["S"]]))
        _spilled(session, spill, engine, tell)
        counted = Count(_count_here(engine), _count_there(session, table))
        engine.database.close()
    if counted.stage < counted.machine:
        raise CannotDeploy(f"The stage has {counted.stage} items, and the machine {counted.machine}. Run it again.")
    return counted


def to_machine(session: Any, stack: str, stage: str, data_dir: Path, at: float, tell: Tell) -> Count:
    """Copy a stage's data onto a machine that has none, with the secrets. `at` is now, unix seconds. Raises CannotDeploy."""
    table, _ = _resources(session, stack)
    with _stopped(data_dir) as folder:
        engine = Engine(Database(folder.path / "unsealed.sqlite"), lambda: at)
        place = folder.path / f"moved-from-{stack}"
        if not place.exists() and engine.items(most=1):
            raise CannotDeploy(f"{data_dir} has items already: a stage moves onto an empty machine only.")
        file = folder.path / "secrets"
        file.touch(mode=0o600)
        file.write_text(secret.ensure(session, stage))
        for items, last in _pages(session, table, _read_place(place)):
            found = [{name: value for name, value in wire.items() if name != MOVED} for wire in items]
            engine.put_as_it_is(found, lambda wire: _is_late(wire, at))
            if last is not None:
                place.write_text(json.dumps([last["pk"]["S"], last["sk"]["S"]]))
        counted = Count(_count_here(engine), _count_there(session, table))
        engine.database.close()
    if counted.machine < counted.stage:
        tell(f"The stage has {counted.stage - counted.machine} items more by now: it is still at work.")
    return counted


class _stopped:  # noqa: N801 - read as `with stopped(...)`
    """A machine's folder while nobody else has it. Raises CannotDeploy."""

    def __init__(self, data_dir: Path) -> None:
        try:
            self._folder = Folder(data_dir)
        except (CannotStart, WrongSetting) as failure:
            raise CannotDeploy(str(failure)) from failure

    def __enter__(self) -> Folder:
        return self._folder

    def __exit__(self, *_: object) -> None:
        self._folder.close()


def _resources(session: Any, stack: str) -> tuple[str, str]:
    """The table's name, and the spill queue's URL."""
    outputs = Stack(session, stack).outputs()
    if not outputs:
        raise CannotDeploy(f"There is no stack {stack}: `make deploy` makes it.")
    return outputs["Table"], outputs["SpillQueue"]


def _keep_secrets(session: Any, stage: str, folder: Path, tell: Tell) -> None:
    """Let the stage have the machine's secrets: it has no links of its own yet."""
    file = folder / "secrets"
    if not file.exists():
        raise CannotDeploy(f"{folder} has no secrets: set the machine's own SECRETS in the file {file}.")
    ours = file.read_text().strip()
    if secret.ensure(session, stage) != ours:
        secret.replace(session, stage, ours)
        tell(f"The stage has the machine's secrets now: `make deploy STAGE={stage}` hands them to the functions.")


def _marked(wire: Wire, unfollowed: set[Key]) -> Wire:
    """An item as boto3 takes it: it codes binaries itself."""
    marked = {} if Key(wire["pk"]["S"], wire["sk"]["S"]) in unfollowed else {MOVED: {"BOOL": True}}
    return to_wire(from_wire(wire)) | marked


def _unfollowed(engine: Engine) -> set[Key]:
    with engine.database.reading() as connection:
        return {Key(*found) for found in connection.execute("SELECT pk, sk FROM changes")}


def _is_late(wire: Wire, at: float) -> bool:
    """Whether the stage may not have followed an item yet."""
    when = {"e#": "at", "n#": "decided_at"}.get(wire["sk"]["S"][:2])
    written = float(wire.get(when, {"N": "0"})["N"]) if when else 0.0
    return written > at - _LATELY and "claimed_by" not in wire


def _read_place(file: Path) -> Key | None:
    return Key(*json.loads(file.read_text())) if file.exists() else None


def _items(engine: Engine, after: Key | None) -> Iterator[Wire]:
    while found := engine.items(after):
        yield from found
        after = Key(found[-1]["pk"]["S"], found[-1]["sk"]["S"])


def _by(size: int, items: Iterator[Wire]) -> Iterator[list[Wire]]:
    some: list[Wire] = []
    for item in items:
        some.append(item)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def _put(session: Any, table: str, wires: list[Wire]) -> None:
    requests = {table: [{"PutRequest": {"Item": wire}} for wire in wires]}
    service = session.client("dynamodb")
    while requests:
        requests = service.batch_write_item(RequestItems=requests).get("UnprocessedItems", {})
        if requests:
            time.sleep(0.5)


def _pages(session: Any, table: str, after: Key | None) -> Iterator[tuple[list[Wire], Wire | None]]:
    service = session.client("dynamodb")
    more: dict[str, Any] = {}
    if after is not None:
        more["ExclusiveStartKey"] = {"pk": {"S": after.pk}, "sk": {"S": after.sk}}
    while True:
        answer = service.scan(TableName=table, ConsistentRead=True, **more)
        last = answer.get("LastEvaluatedKey")
        yield answer["Items"], last
        if last is None:
            return
        more["ExclusiveStartKey"] = last


def _one(session: Any, table: str) -> bool:
    return bool(session.client("dynamodb").scan(TableName=table, ConsistentRead=True, Limit=1)["Items"])


def _count_there(session: Any, table: str) -> int:
    return sum(len(items) for items, _ in _pages(session, table, None))


def _count_here(engine: Engine) -> int:
    with engine.database.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM items").fetchone()[0])


def _spilled(session: Any, spill: str, engine: Engine, tell: Tell) -> None:
    """What waits in the machine's queues: events go on to the stage's; what cannot be moved is told of."""
    service = session.client("sqs")
    while found := queues.receive(engine.database, queues.SPILL, 10, engine.now()):
        for message in found:
            service.send_message(QueueUrl=spill, MessageBody=message.body)
        queues.done(engine.database, [message.number for message in found])
    with engine.database.reading() as connection:
        left = connection.execute("SELECT name, count(*) FROM queue GROUP BY name").fetchall()
    for name, number in left:
        tell(f"{number} of the queue “{name}” stay on the machine.")
