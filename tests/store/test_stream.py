"""The table's stream: new events, notifications and deliveries, and nothing else, as the records of AWS say it."""

from base64 import b64encode

from chalicelib.domain.sign_in import SIGN_IN, CodeRequest
from chalicelib.store import keys, stream
from chalicelib.store.accounts import codes
from chalicelib.store.dynamodb.values import to_wire
from chalicelib.store.telling import deliveries
from chalicelib.store.tracking import events
from tests.embedded import Embedded
from tests.makers import SENT, an_open
from tests.system import System


def test_a_new_event_is_a_change(fresh_table: Embedded):
    events.put(an_open())
    (record,) = fresh_table.records()
    (change,) = stream.changes({"Records": [record]})
    assert change.event == an_open()
    assert (change.notification, change.key) == (None, None)
    assert (change.sequence, change.id) == (record["dynamodb"]["SequenceNumber"], record["eventID"])
    assert abs(change.at - fresh_table.clock.now()) < 60


def test_a_new_notification_is_a_change_with_its_key(system: System):
    message = system.send()
    system.opened(message)
    system.follow()
    (item,) = [item for item in system.aws.items() if item["sk"]["S"].startswith("n#")]
    record = a_record("INSERT", item)
    (change,) = stream.changes({"Records": [record]})
    assert change.event is None
    assert change.notification is not None and change.notification.message == message["id"]
    assert change.key == (item["pk"]["S"], item["sk"]["S"])


def test_a_new_request_for_a_code_is_a_change_and_a_try_of_it_is_none(fresh_table: Embedded):
    request = CodeRequest("ann#b@sender.example", SIGN_IN, SENT, "6f1c")
    codes.ask(request)
    codes.tried(request, right=False)
    (change,) = stream.changes({"Records": fresh_table.records()})
    assert change.wants_code and change.event is change.notification is None
    assert change.key is not None and codes.of_key(change.key) == request


def test_a_new_delivery_is_a_change(system: System):
    news = keys.notification("s", SENT, SENT, "0199:open:0")
    deliveries.add(news, "hook")
    (record,) = (each for each in system.aws.records() if each["dynamodb"]["Keys"]["sk"]["S"].startswith("p#"))
    (change,) = stream.changes({"Records": [record]})
    assert (change.event, change.notification, change.key) == (None, None, None)
    assert change.delivery is not None
    assert (change.delivery.webhook, change.delivery.notification) == ("hook", news)


def a_record(name: str, item: dict, sequence: str = "100") -> dict:
    """A record as the Lambda developer guide shows it ("Example DynamoDB Streams event")."""
    keys = {key: item[key] for key in ("pk", "sk")}
    content = {"ApproximateCreationDateTime": 1_790_000_000.0, "Keys": keys, "SequenceNumber": sequence}
    return {
        "eventID": f"e{sequence}",
        "eventName": name,
        "eventSource": "aws:dynamodb",
        "dynamodb": content | ({} if name == "REMOVE" else {"NewImage": item}),
    }


def test_nothing_follows_from_what_was_changed_removed_or_is_another_item(system: System):
    message = system.send()
    system.opened(message)
    system.follow()
    others = [item for item in system.aws.items() if item["sk"]["S"][:2] not in ("e#", "n#", "p#")]
    assert {"facts", "sender", "address", "token"} <= {item["sk"]["S"] for item in others}
    all_items = system.aws.items()
    records = [a_record("MODIFY", item) for item in all_items] + [a_record("REMOVE", item) for item in all_items]
    records += [a_record("INSERT", _as_lambda_gives_it(item)) for item in others]
    assert stream.changes({"Records": records}) == []


def _as_lambda_gives_it(item: dict) -> dict:
    return {
        name: {"B": b64encode(value["B"]).decode()} if isinstance(value.get("B"), bytes) else value
        for name, value in item.items()
    }


def test_changes_come_in_the_order_of_the_records():
    records = [
        a_record("INSERT", to_wire({"pk": f"m#{'0' * 32}", "sk": f"e#1790000000000#{n}", **_EVENT}), str(n))
        for n in (3, 1, 2)
    ]
    assert [change.sequence for change in stream.changes({"Records": records})] == ["3", "1", "2"]


_EVENT = {
    "kind": "open",
    "recipient": 0,
    "at": 1_790_000_000.5,
    "guess": {"kind": "human", "confidence": 0.9, "reasons": ["thunderbird"]},
}


def test_lambda_is_asked_to_deliver_again_from_the_earliest_failure_on():
    assert stream.failures([]) == {"batchItemFailures": []}
    assert stream.failures({"1000", "999", "10000"}) == {"batchItemFailures": [{"itemIdentifier": "999"}]}
