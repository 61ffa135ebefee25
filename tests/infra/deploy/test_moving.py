"""A machine's data into a stage and back: counted on both sides, nothing told twice, and the links still good."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import app
from chalicelib.store.dynamodb.values import from_wire
from chalicelib.store.keys import Key
from chalicelib.store.sqlite import queues
from chalicelib.store.sqlite.database import Database
from chalicelib.store.sqlite.engine import Engine
from infra.deploy import moving
from infra.deploy.errors import CannotDeploy
from infra.local.functions import Context
from tests.embedded import Embedded
from tests.infra.deploy.test_secret import Ssm
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.system import System

STACK, STAGE = "unsealed-prod", "prod"
SECRETS = "the machine's secret of thirty-two bytes"


@dataclass
class Account:
    """An account whose table and queue are the embedded AWS's; its parameters and its stack are told here."""

    aws: Embedded
    ssm: Ssm = field(default_factory=Ssm)

    def client(self, service: str, **_: Any) -> Any:
        return {"ssm": self.ssm, "cloudformation": self}.get(service) or self.aws.client(service)

    def describe_stacks(self, StackName: str) -> dict[str, Any]:  # noqa: N803 - boto3's word
        named = {"Table": "unsealed", "SpillQueue": self.aws.made.queue_url}
        told = [{"OutputKey": key, "OutputValue": value} for key, value in named.items()]
        return {"Stacks": [{"StackName": StackName, "StackStatus": "CREATE_COMPLETE", "Outputs": told}]}


@pytest.fixture
def machine(system: System, tmp_path: Path) -> Path:
    """A machine's folder with what a story left in it; the embedded AWS is empty again."""
    first, second = system.send(subject="First"), system.send(subject="Second")
    system.opened(first, 7200, THUNDERBIRD, HOME)
    system.follow()
    system.opened(second, 14_400, THUNDERBIRD, HOME)  # nobody has followed this
    unfollowed = {record["dynamodb"]["Keys"]["sk"]["S"] for record in system.aws.records()}
    engine = Engine(Database(tmp_path / "unsealed.sqlite"), lambda: system.now)
    engine.put_as_it_is(system.aws.items(), lambda wire: wire["sk"]["S"] in unfollowed)
    queues.put(engine.database, queues.SPILL, "an event")
    engine.database.close()
    (tmp_path / "secrets").write_text(SECRETS)
    system.aws.reset()
    return tmp_path


def test_a_machine_moves_into_a_stage_which_tells_what_was_not_told_and_nothing_twice(system: System, machine: Path):
    account = Account(system.aws)
    told: list[str] = []
    counted = moving.to_stage(account, STACK, STAGE, machine, told.append)
    assert counted.machine == counted.stage == len(system.aws.items()) > 8
    assert account.ssm.kept[f"/unsealed/{STAGE}/secrets"]["Value"] == SECRETS and "make deploy" in told[0]
    (spilled,) = system.aws.client("sqs").receive_message(QueueUrl=system.aws.made.queue_url)["Messages"]
    assert spilled["Body"] == "an event"
    system.aws.keep_time(lambda: system.now)
    assert system.aws.deliver(lambda event, _: app.follow(event, Context("follow", now=lambda: system.now))) == []
    assert [mail["subject"] for mail in system.aws.outbox()] == ["bob@example.com opened “Second”"]
    listed = system.call("GET", "/v1/messages").json["items"]
    assert {each["subject"]: each["status"] for each in listed} == {"First": "opened", "Second": "opened"}


def test_a_move_that_breaks_off_goes_on_from_there(system: System, machine: Path):
    account, client = Account(system.aws), system.aws.client("dynamodb")
    left = [1]

    def broken(**_: Any) -> None:
        if not left:
            raise ConnectionError("on purpose")
        left.pop()

    client.meta.events.register("before-call.dynamodb.BatchWriteItem", broken)
    moving._AT_ONCE, before = 5, moving._AT_ONCE
    try:
        with pytest.raises(ConnectionError):
            moving.to_stage(account, STACK, STAGE, machine, print)
        client.meta.events.unregister("before-call.dynamodb.BatchWriteItem", broken)
        assert len(system.aws.items()) == 5
        counted = moving.to_stage(account, STACK, STAGE, machine, print)
        assert counted.machine == counted.stage
    finally:
        moving._AT_ONCE = before


def test_a_stage_that_has_items_is_no_place_to_move_to(system: System, machine: Path):
    system.aws.client("dynamodb").put_item(TableName="unsealed", Item={"pk": {"S": "a"}, "sk": {"S": "b"}})
    with pytest.raises(CannotDeploy, match="empty stage"):
        moving.to_stage(Account(system.aws), STACK, STAGE, machine, print)


def test_and_back_again_it_is_the_same(system: System, machine: Path, tmp_path_factory: pytest.TempPathFactory):
    account = Account(system.aws)
    moving.to_stage(account, STACK, STAGE, machine, print)
    home = tmp_path_factory.mktemp("home")
    counted = moving.to_machine(account, STACK, STAGE, home, SENT + 30 * 86_400, print)
    assert counted.machine == counted.stage
    before, after = (Engine(Database(folder / "unsealed.sqlite")) for folder in (machine, home))
    assert [*map(from_wire, before.items())] == [*map(from_wire, after.items())] and after.get(Key("a", "b")) is None
    assert (home / "secrets").read_text() == SECRETS
    with sqlite3.connect(home / "unsealed.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM changes").fetchone() == (0,), "it was all followed there"
    for engine in (before, after):
        engine.database.close()
    with pytest.raises(CannotDeploy, match="empty machine"):
        (home / f"moved-from-{STACK}").unlink(missing_ok=True)
        moving.to_machine(account, STACK, STAGE, home, SENT, print)


def test_a_machine_that_runs_is_not_moved(system: System, machine: Path):
    from infra.local.folder import Folder

    running = Folder(machine)
    with pytest.raises(CannotDeploy, match="in use"):
        moving.to_stage(Account(system.aws), STACK, STAGE, machine, print)
    running.close()
