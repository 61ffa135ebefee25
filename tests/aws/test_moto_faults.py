import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.aws.aws_facts import FAULTS, RACES, RIGHT, TABLE, key, names, records
from tests.embedded import the_table

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("check", FAULTS + RACES + RIGHT, ids=lambda check: check.__name__)
def test_the_local_aws_does_as_aws(fresh_table, check):
    check(fresh_table.client)


def test_every_correction_is_still_needed():
    environment = {
        "PATH": os.environ["PATH"],
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    run = subprocess.run(
        [sys.executable, "-m", "tests.aws.aws_facts"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    assert run.stdout.split() == [check.__name__ for check in FAULTS]


def test_what_expired_by_the_local_clock_goes_and_the_stream_says_who_did_it(fresh_table):
    database, now = fresh_table.client("dynamodb"), fresh_table.clock.now()
    for name, expires in (("soon", now + 60), ("later", now + 9000), ("text", None)):
        value = {"S": "never"} if expires is None else {"N": str(expires)}
        database.put_item(TableName=TABLE, Item={**key(name), "expires": value})
    database.put_item(TableName=TABLE, Item=key("none"))
    assert fresh_table.sweep() == 0
    fresh_table.clock.advance(100)
    assert fresh_table.sweep() == 1
    assert [item["pk"]["S"] for item in fresh_table.items()] == ["later", "none", "text"]
    removed = fresh_table.records()[-1]
    assert removed["eventName"] == "REMOVE"
    assert removed["dynamodb"]["Keys"] == key("soon")
    assert removed["userIdentity"] == {"principalId": "dynamodb.amazonaws.com", "type": "Service"}


def test_the_streams_times_are_the_local_clocks(fresh_table):
    at = fresh_table.clock.advance(86_400)
    fresh_table.client("dynamodb").put_item(TableName=TABLE, Item=key())
    (record,) = fresh_table.records()
    assert record["dynamodb"]["ApproximateCreationDateTime"] - int(at) in (0, 1)


def test_trimmed_records_are_gone_and_the_numbers_go_on(fresh_table):
    database = fresh_table.client("dynamodb")
    for name in "abc":
        database.put_item(TableName=TABLE, Item=key(name))
    before = [record["dynamodb"]["SequenceNumber"] for record in records(fresh_table.client)]
    fresh_table.aws.trim("us-east-1", TABLE, before[1])
    database.put_item(TableName=TABLE, Item=key("d"))
    after = [record["dynamodb"]["SequenceNumber"] for record in records(fresh_table.client)]
    assert after == [before[2], str(int(before[2]) + 1)]
    assert names(fresh_table.client) == ["INSERT", "INSERT"]


def test_looking_for_what_is_not_there_leaves_no_trace(fresh_table):
    for number in range(10):
        fresh_table.client("dynamodb").get_item(TableName=TABLE, Key=key(str(number)))
    assert len(the_table().items) == 0
