import pytest

from tests.aws.queues import QueueDriver


@pytest.fixture
def queue(fresh_table):
    def send(bodies):
        for body in bodies:
            fresh_table.client("sqs").send_message(QueueUrl=fresh_table.made.queue_url, MessageBody=body)

    def driver(function):
        return QueueDriver(fresh_table.client("sqs"), fresh_table.made.queue_url, "replay", function, 10)

    send.driver = driver
    send.clock = fresh_table.clock
    return send


def test_messages_come_as_lambda_has_them_and_are_gone_when_done(queue):
    queue(["a", "b"])
    events = []
    driver = queue.driver(lambda event, context: events.append(event))
    assert [driver.deliver(), driver.deliver()] == [2, 0]
    (event,) = events
    assert [record["body"] for record in event["Records"]] == ["a", "b"]
    record = event["Records"][0]
    assert record["eventSource"] == "aws:sqs"
    assert record["eventSourceARN"] == "arn:aws:sqs:us-east-1:123456789012:unsealed-spill"
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert {"messageId", "receiptHandle", "messageAttributes", "md5OfBody", "awsRegion"} <= set(record)


def test_only_what_is_named_as_failed_comes_again_when_its_time_is_over(queue):
    queue(["good", "bad", "fine"])
    seen = []

    def replay(event, context):
        bodies = {record["body"]: record["messageId"] for record in event["Records"]}
        seen.append(sorted(bodies))
        return {"batchItemFailures": [{"itemIdentifier": bodies["bad"]}] if len(seen) == 1 else []}

    driver = queue.driver(replay)
    assert [driver.deliver(), driver.deliver()] == [3, 0]
    queue.clock.advance(31)
    assert [driver.deliver(), driver.deliver()] == [1, 0]
    assert seen == [["bad", "fine", "good"], ["bad"]]


def test_of_a_batch_that_raises_all_come_again(queue, caplog):
    queue(["a", "b"])
    seen = []

    def replay(event, context):
        seen.append(len(event["Records"]))
        if len(seen) == 1:
            raise LookupError("on purpose")

    driver = queue.driver(replay)
    driver.deliver()
    queue.clock.advance(31)
    assert [driver.deliver(), driver.deliver()] == [2, 0]
    assert seen == [2, 2]


def test_an_answer_that_names_a_stranger_deletes_nothing(queue):
    queue(["a"])
    driver = queue.driver(lambda event, context: {"batchItemFailures": [{"itemIdentifier": "nobody"}]})
    driver.deliver()
    queue.clock.advance(31)
    assert driver.deliver() == 1
