from datetime import UTC, datetime

import pytest

from infra.local import pump
from infra.local.functions import first_failed
from infra.local.pump import Pump
from tests.aws import streams
from tests.aws.streams import Reader

ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/unsealed/stream/2026-11-21T21:00:00.000"
TABLE = "unsealed"


def a_record(number, **more):
    body = {
        "Keys": {"pk": {"S": str(number)}},
        "SequenceNumber": str(number),
        "SizeBytes": 9,
        "StreamViewType": "NEW_IMAGE",
    }
    at = datetime(2026, 11, 21, 21, tzinfo=UTC)
    return {
        "eventID": f"id{number}",
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": {**body, "ApproximateCreationDateTime": at},
        **more,
    }


class Follower:
    """A function that fails for some records: it raises for `poison`, and names those in `bad` this many times."""

    def __init__(self, poison=(), bad=None) -> None:
        self.poison = set(poison)
        self.bad = dict(bad or {})
        self.calls = []
        self.done = []

    def follow(self, event, context):
        numbers = [record["dynamodb"]["SequenceNumber"] for record in event["Records"]]
        self.calls.append(" ".join(numbers))
        if self.poison & set(numbers):
            raise LookupError("poison")
        for number in numbers:
            if self.bad.get(number, 0) > 0:
                self.bad[number] -= 1
                return {"batchItemFailures": [{"itemIdentifier": number}]}
            self.done.append(number)
        return None


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(pump, "FIRST_PAUSE", 0.0)


def delivered(follower, count, retries=2):
    passed = []
    working = Pump(lambda most: [], "follow", follower.follow, 100, passed.append, retries)
    working.deliver(streams.event([a_record(number) for number in range(count)], ARN)["Records"])
    return passed


def test_a_record_is_as_lambda_has_it():
    (record,) = streams.event([a_record(5)], ARN)["Records"]
    assert record == {
        "eventID": "id5",
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "eventSourceARN": ARN,
        "dynamodb": {
            "ApproximateCreationDateTime": 1795294800,
            "Keys": {"pk": {"S": "5"}},
            "SequenceNumber": "5",
            "SizeBytes": 9,
            "StreamViewType": "NEW_IMAGE",
        },
    }


def test_who_removed_an_expired_item_is_named_as_lambda_names_it():
    by = {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}
    (record,) = streams.event([a_record(1, userIdentity=by)], ARN)["Records"]
    assert record["userIdentity"] == {"type": "Service", "principalId": "dynamodb.amazonaws.com"}


def test_a_batch_that_is_done_is_passed_whole():
    follower = Follower()
    assert delivered(follower, 4) == ["3"]
    assert follower.calls == ["0 1 2 3"]


def test_after_a_named_failure_it_goes_on_at_the_failed_record():
    follower = Follower(bad={"2": 1})
    assert delivered(follower, 4) == ["1", "3"]
    assert follower.calls == ["0 1 2 3", "2 3"]
    assert follower.done == ["0", "1", "2", "3"]


def test_a_record_that_stays_bad_is_given_up_and_the_others_are_done(caplog):
    follower = Follower(bad={"1": 99})
    assert delivered(follower, 3) == ["0", "1", "2"]
    assert follower.calls == ["0 1 2", "1 2", "1 2", "2"]
    assert "gave up the record 1" in caplog.text


def test_a_batch_that_raises_is_cut_in_halves_until_the_culprit_is_alone(caplog):
    follower = Follower(poison={"5"})
    passed = delivered(follower, 8)
    assert follower.calls == ["0 1 2 3 4 5 6 7", "0 1 2 3", "4 5 6 7", "4 5", "4", "5", "5", "5", "6 7"]
    assert follower.done == ["0", "1", "2", "3", "4", "6", "7"]
    assert passed == ["3", "4", "5", "7"]


def test_an_answer_that_names_a_stranger_fails_the_batch():
    assert first_failed({"batchItemFailures": [{"itemIdentifier": "9"}]}, ["1", "2"]) == 0
    assert first_failed({"batchItemFailures": [{"itemIdentifier": ""}]}, ["1", "2"]) == 0
    assert first_failed({"batchItemFailures": [{"itemIdentifier": "2"}, {"itemIdentifier": "1"}]}, ["0", "1", "2"]) == 1
    assert [first_failed(answer, ["1"]) for answer in (None, {}, {"batchItemFailures": []}, "text")] == [1, 1, 1, 1]


def test_what_is_read_begins_after_the_place_that_was_kept(fresh_table):
    database = fresh_table.client("dynamodb")
    for number in range(5):
        database.put_item(TableName=TABLE, Item={"pk": {"S": str(number)}, "sk": {"S": "x"}})
    streams, arn = fresh_table.client("dynamodbstreams"), fresh_table.made.stream_arn
    reader = Reader(streams, arn, None)
    first = reader.read(2)
    assert [record["dynamodb"]["Keys"]["pk"]["S"] for record in first + reader.read(2)] == ["0", "1", "2", "3"]
    later = Reader(streams, arn, pump.number(first[-1])).read(100)
    assert [record["dynamodb"]["Keys"]["pk"]["S"] for record in later] == ["2", "3", "4"]
    assert reader.read(2) != []
    assert reader.read(2) == []


def test_what_the_function_writes_comes_to_it_and_the_stream_is_trimmed(fresh_table):
    database, arn = fresh_table.client("dynamodb"), fresh_table.made.stream_arn
    seen = []

    def follow(event, context):
        for record in event["Records"]:
            name = record["dynamodb"]["Keys"]["pk"]["S"]
            seen.append(name)
            if len(name) < 3:
                database.put_item(TableName=TABLE, Item={"pk": {"S": name + "a"}, "sk": {"S": "x"}})
        if "aaa" in seen:
            working.stop()

    def passed(number):
        fresh_table.aws.trim("us-east-1", TABLE, number)

    reader = Reader(fresh_table.client("dynamodbstreams"), arn, fresh_table.passed)
    working = Pump(reader.read, "follow", follow, 10, passed)
    fresh_table.aws.wakes["dynamodb"].append(working.arrived)
    database.put_item(TableName=TABLE, Item={"pk": {"S": "a"}, "sk": {"S": "x"}})
    working.run()
    fresh_table.aws.wakes["dynamodb"].remove(working.arrived)
    assert seen == ["a", "aa", "aaa"]
    assert fresh_table.aws.pending("us-east-1", TABLE) == 0
