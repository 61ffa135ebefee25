"""AWS in the process of the tests: the local system's, corrected, over HTTP on a loopback port.

In a conftest.py:            from tests.embedded import embedded, fresh_table  # noqa: F401
In a test:
    def test_x(fresh_table):                      # an empty table and queue, nothing sent, the environment set
        store.put(...)                            # boto3 and http.client both go there (AWS_ENDPOINT_URL)
        fresh_table.items()                       # what the table holds, in wire form
        fresh_table.deliver(app.follow)           # hand the stream's new records over as Lambda does, until dry
        fresh_table.outbox(), .pushes()           # what SES and SNS were given
        fresh_table.clock.advance(60)             # the time that AWS sees; fresh_table.sweep() lets TTL fire
        with counting(fresh_table) as calls: ...  # what was asked of AWS, and what DynamoDB would charge
        calls[0].service, .operation, .write_units, .read_units
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.dynamo_type import Item as MotoItem
from moto.dynamodb.models.utilities import dynamo_to_dict
from moto.ses.models import ses_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from chalicelib.config import config
from chalicelib.senders import mail, push
from chalicelib.store import dead_letters
from chalicelib.store.accounts import api_tokens
from chalicelib.store.dynamodb import sdk, wire
from chalicelib.store.mail import inbox
from chalicelib.store.tracking import spill
from infra.local import pump
from infra.local.clock import Clock
from infra.local.functions import Context, first_failed
from tests.aws import moto_faults, resources, sent, shortcut, streams
from tests.aws.aws import ACCOUNT, Aws
from tests.aws.resources import REGION, TABLE, Resources
from tests.capacity import Item

PUBLIC_URL = "http://127.0.0.1:8000"
SECRETS = ("a test's secret of thirty-two bytes",)


@dataclass
class Embedded:
    """AWS, the resources on it, and what tests want to know of them."""

    aws: Aws
    made: Resources
    clients: dict[str, Any] = field(default_factory=dict)
    passed: str | None = None
    begun: tuple[str, list[Item], dict[str, int]] | None = None
    """The sender that tests begin with, the items that this takes, and what the process knows of tokens (tests/conftest.py)."""

    @property
    def clock(self) -> Clock:
        return self.aws.clock

    def client(self, service: str) -> Any:
        """A boto3 client, made once."""
        if service not in self.clients:
            self.clients[service] = resources.client(service, self.aws.url)
        return self.clients[service]

    def items(self) -> list[Item]:
        """All items of the table, in wire form, sorted by their keys."""
        return [dynamo_to_dict(item.attrs) for item in the_table().all_items()]

    def lay(self, items: Iterable[Item]) -> None:
        """Let these items, in wire form, be there, whatever is: the stream tells nothing of them."""
        kept = the_table().items
        for each in items:
            key, order = DynamoType(each["pk"]), DynamoType(each["sk"])
            kept[key][order] = MotoItem(key, order, each)

    def sweep(self) -> int:
        """Let TTL fire: how many items went."""
        return self.aws.sweep(REGION)

    def outbox(self) -> list[dict[str, Any]]:
        """The mails that SES would have sent, oldest first (infra/local/sent.py says how)."""
        return sent.outbox()

    def pushes(self) -> list[dict[str, Any]]:
        """The pushes that SNS would have sent."""
        return sent.pushes()

    def keep_mail(self, name: str, raw: bytes) -> None:
        """Put a raw mail where SES puts it."""
        self.client("s3").put_object(Bucket=resources.INBOUND_BUCKET, Key=name, Body=raw)

    def records(self, most: int = 1000) -> list[dict[str, Any]]:
        """The stream's records that no `deliver` has passed, as Lambda would hand them over."""
        return [dict(record) for record in self._reader().read(most)]

    def deliver(self, function: Callable[[Any, Any], Any], batch_size: int = 25) -> list[str]:
        """Hand over the stream's new records in batches, until there are none: what it writes comes as well.

        Stops at a failure: what the function raises is raised, what it names in batchItemFailures is returned; the
        next call begins there. Raises AssertionError if a thousand batches are not enough.
        """
        reader = self._reader()
        for _ in range(1000):
            batch = reader.read(batch_size)
            if not batch:
                return []
            numbers = [pump.number(record) for record in batch]
            answer = function({"Records": batch}, Context("follow"))
            done = first_failed(answer, numbers)
            if done:
                self.passed = numbers[done - 1]
            if done < len(batch):
                return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
        raise AssertionError("The function makes new records for ever.")

    def reset(self) -> None:
        """Everything as after the deploy."""
        api_tokens._latest.clear()
        table = the_table()
        table.items.clear()
        dynamodb_backends[ACCOUNT][REGION].__dict__.pop("request_tokens", None)
        self.passed = str(table.stream_shard.starting_sequence_number + len(table.stream_shard.items) - 1)
        self.aws.trim(REGION, TABLE, self.passed)
        self.forget()

    def forget(self) -> None:
        """What was queued and sent, and the time."""
        for queue in sqs_backends[ACCOUNT][REGION].queues.values():
            queue._messages.clear()
            queue._pending_messages.clear()
            queue.deleted_messages.clear()
        ses_backends[ACCOUNT][REGION].sent_messages.clear()
        push = sns_backends[ACCOUNT][REGION]
        push.platform_endpoints.clear()
        for application in push.applications.values():
            application.__dict__.pop("pushes", None)
        self.aws.clock = Clock()
        moto_faults.correct(self.aws.clock.now)

    def keep_time(self, now: Callable[[], float]) -> None:
        """Let the table's stream and whatever else AWS dates go by this clock, until the next reset."""
        moto_faults.correct(now)

    def draw_from(self, seed: int) -> None:
        """From here on the names that AWS draws at random follow from this seed."""
        self.aws.draw_from(seed)

    def _reader(self) -> streams.Reader:
        return streams.Reader(self.client("dynamodbstreams"), self.made.stream_arn, self.passed)


_running: list[Aws] = []


def running() -> Aws:
    """The AWS that the environment points at."""
    return _running[-1]


@contextmanager
def started(**further: str) -> Iterator[Embedded]:
    """AWS, and within it the environment that points at it, with these `further` settings."""
    with made() as aws, pointed_at(aws, **further):
        yield aws


@contextmanager
def made() -> Iterator[Embedded]:
    """AWS with its resources. boto3 asks it without a socket; what speaks HTTP itself does so here too."""
    elsewhere = os.environ.get("UNSEALED_TEST_DYNAMODB_URL")
    aws, kind = Aws(Clock()), Embedded
    if elsewhere:
        from tests.second_engine import HandedOn, Second  # it builds upon this module

        aws, kind = HandedOn(Clock(), elsewhere), Second
    aws.start()
    with shortcut.taken(aws, signed=bool(elsewhere)):
        yield kind(aws, resources.make(aws.url))
    aws.stop()


@contextmanager
def pointed_at(here: Embedded, **further: str) -> Iterator[None]:
    """Within it the environment points at this AWS, with these `further` settings."""
    wanted = {**resources.environment(here.made, here.aws.url, PUBLIC_URL, SECRETS), **further}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    _anew()
    _running.append(here.aws)
    yield
    _running.remove(here.aws)
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
    _anew()


def _anew() -> None:
    """Whoever asks AWS asks the one that the environment points at: clients live as long as a function's process."""
    config.cache_clear()
    wire.hang_up()
    for client in (sdk.client, inbox._client, spill._client, dead_letters._client, mail._client, push._client):
        client.cache_clear()


@pytest.fixture(scope="session")
def one_aws() -> Iterator[Embedded]:
    """The AWS of a run: it is made once, however often tests on one machine come between those that ask it."""
    with made() as aws:
        yield aws


@pytest.fixture(scope="session")
def embedded(request: pytest.FixtureRequest) -> Iterator[Embedded]:
    """AWS for all tests of a run, asked by boto3 or without; or one machine. tests/conftest.py says which run on which."""
    where = getattr(request, "param", "AWS")
    if where == "one machine":
        from tests import one_machine

        with one_machine.started() as here:
            yield here  # type: ignore[misc] # it answers the same
    else:
        aws = request.getfixturevalue("one_aws")
        with pointed_at(aws, **({"TABLE_CLIENT": "light"} if where == "AWS, light" else {})):
            yield aws


@pytest.fixture
def fresh_table(embedded: Embedded) -> Embedded:
    """AWS as after the deploy: nothing in the table, its stream or the queue, nothing sent, the clock on time."""
    embedded.reset()
    return embedded


def examples(many: int) -> int:
    """How many examples to try of a law of the work's: so many on one machine, and the first third of them on AWS, where each
    takes four times as long and the law is the same.
    """
    return many if config().data_dir else many // 3


def the_table() -> Any:
    """The table as moto holds it. Skips where another engine does."""
    if os.environ.get("UNSEALED_TEST_DYNAMODB_URL") or config().data_dir:
        pytest.skip("This looks into moto's own table.")
    return dynamodb_backends[ACCOUNT][REGION].tables[TABLE]
