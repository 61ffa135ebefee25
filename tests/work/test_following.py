"""Following: however the stream delivers, the end is the same, and each thing is told once."""

import json
from time import monotonic
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import app
from chalicelib.domain.contacts import write_to
from chalicelib.domain.errors import Conflict
from chalicelib.domain.events import Event
from chalicelib.domain.messages import Recipient
from chalicelib.senders import mail
from chalicelib.store import dead_letters, stream
from chalicelib.store.contacts import contacts
from chalicelib.store.dynamodb.values import to_wire
from chalicelib.store.messages import messages
from chalicelib.store.tracking import events
from chalicelib.store.tracking.event_items import of_event
from chalicelib.work import due
from chalicelib.work.tracking import folding
from infra.local.functions import Context
from tests.embedded import Embedded, examples
from tests.makers import (
    APPLE_PREFETCH,
    APPLE_RELAY,
    CHROME,
    GMAIL_PREFETCH,
    GMAIL_PROXY,
    GOOGLE,
    SENT,
    THUNDERBIRD,
    a_bounce,
    a_click,
    a_message,
    a_reply,
    a_state,
    a_webhook,
    an_open,
)
from tests.system import System
from tests.trouble import logged, refusing, the_table
from tests.trouble import settings as configured
from tests.webhook_endpoint import added, receiving

TWO = a_message(recipients=(Recipient("bob@example.com", "Bob"), Recipient("carol@example.com", "Carol")))

_some_events = st.lists(
    st.one_of(
        st.builds(an_open, st.integers(-60, 90_000), recipient=st.integers(0, 1)),
        st.builds(an_open, st.integers(0, 600), agent=st.just(GMAIL_PROXY), address=st.just(GOOGLE)),
        st.builds(an_open, st.integers(0, 60), agent=st.just(GMAIL_PREFETCH), address=st.just(GOOGLE)),
        st.builds(an_open, st.integers(60, 900), agent=st.just(APPLE_PREFETCH), address=st.just(APPLE_RELAY)),
        st.builds(a_click, st.integers(0, 90_000), st.integers(0, 1), recipient=st.integers(0, 1)),
        st.builds(a_reply, st.integers(600, 90_000), recipient=st.integers(0, 1)),
        st.builds(a_bounce, st.integers(1, 600), recipient=st.integers(0, 1)),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda event: event.id,
)


def put_message(message: Any = TWO) -> None:
    known = contacts.load(message.sender, [each.email for each in message.recipients])
    written = [write_to(each, message, "", SENT) for each in known]
    messages.create(message, a_state(message), written)


def hand_over(records: list[dict[str, Any]], now: float = SENT + 90_000) -> list[str]:
    answer = app.follow({"Records": records}, Context("follow", now=lambda: now))
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def poison(system: System, message: dict[str, Any], **changes: Any) -> None:
    """An item in a message's timeline that this version cannot read."""
    event = an_open(message=message["id"])
    item = to_wire(of_event(event, int(SENT) + 86_400)) | changes
    system.aws.client("dynamodb").put_item(TableName="unsealed", Item=item)


def calls_laid_aside(aws: Embedded) -> list[dict[str, Any]]:
    """The events that lie in the dead letters, to be handed to the function again."""
    found = aws.client("sqs").receive_message(QueueUrl=aws.made.dead_letters_url, MaxNumberOfMessages=10)
    letters = [json.loads(letter["Body"]) for letter in found.get("Messages", ())]
    assert {letter["requestContext"]["functionArn"] for letter in letters} <= {Context("follow").invoked_function_arn}
    return [letter["requestPayload"] for letter in letters]


def laid_aside(aws: Embedded) -> list[str]:
    """The sequence numbers of the records that lie in the dead letters."""
    return [record["dynamodb"]["SequenceNumber"] for call in calls_laid_aside(aws) for record in call["Records"]]


def the_end(aws: Embedded) -> list[dict[str, Any]]:
    """All that is left in the table, without what says only how often or when it was written."""
    passing = {"version", "as_of", "decided_at", "claimed_by", "sent_by_email", "due_at"}
    items = [{name: value for name, value in item.items() if name not in passing} for item in aws.items()]
    for item in items:
        if item["sk"]["S"].startswith("n#"):
            item["sk"] = {"S": "n#" + item["sk"]["S"].split("#", 2)[2]}
    return sorted(items, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


def test_any_order_repetition_and_split_of_the_records_gives_the_same_end(fresh_table: Embedded):
    @settings(max_examples=examples(25))
    @given(_some_events, st.data())
    def law(happened: list[Event], data: st.DataObject) -> None:
        ends = []
        for shuffled in (False, True):
            fresh_table.reset()
            put_message()
            for event in happened:
                events.put(event)
            records = [record for record in fresh_table.records() if record["eventName"] == "INSERT"]
            if shuffled:
                records += data.draw(st.lists(st.sampled_from(records), max_size=6), label="delivered again")
                records = data.draw(st.permutations(records), label="order")
            size = data.draw(st.integers(1, len(records)), label="batch") if shuffled else len(records)
            for start in range(0, len(records), size):
                assert hand_over(records[start : start + size]) == []
            ends.append(the_end(fresh_table))
        assert ends[0] == ends[1]

    law()


def test_what_comes_late_leads_to_the_same_state_and_contacts(fresh_table: Embedded):
    @settings(max_examples=examples(25))
    @given(_some_events, st.data())
    def law(happened: list[Event], data: st.DataObject) -> None:
        ends = []
        for order in (happened, data.draw(st.permutations(happened), label="order")):
            fresh_table.reset()
            put_message()
            for event in order:
                events.put(event)
                assert fresh_table.deliver(app.follow) == []
            told = {item["sk"]["S"] for item in the_end(fresh_table) if item["sk"]["S"].startswith("n#")}
            kept = [item for item in the_end(fresh_table) if item["sk"]["S"] not in told]
            ends.append([{name: value for name, value in item.items() if name != "told"} for item in kept])
        assert ends[0] == ends[1]

    law()


def test_a_message_is_told_of_once_however_often_its_records_come(system: System):
    message = system.send()
    system.opened(message, agent=THUNDERBIRD, address="93.184.216.34")
    records = system.aws.records()
    for _ in range(3):
        assert hand_over(records) == []
    told = [record for record in system.aws.records() if record["dynamodb"]["Keys"]["sk"]["S"].startswith("n#")]
    inserted = [record for record in told if record["eventName"] == "INSERT"]
    for _ in range(3):
        assert hand_over(inserted) == []
    assert len(system.aws.outbox()) == 1


def test_one_sentfailure_is_no_others(system: System):
    poisoned, sound = system.send(), system.send(subject="Another")
    system.opened(poisoned, 7200, THUNDERBIRD, "93.184.216.34")
    system.opened(sound, 7200, THUNDERBIRD, "93.184.216.35")
    records = system.aws.records()
    (bad,) = [
        record["dynamodb"]["SequenceNumber"]
        for record in records
        if record["dynamodb"]["Keys"]["pk"]["S"] == f"m#{poisoned['id']}" and "guess" in record["dynamodb"]["NewImage"]
    ]
    system.aws.client("dynamodb").update_item(
        TableName="unsealed",
        Key={"pk": {"S": f"s#{system.sender}"}, "sk": {"S": f"m#{poisoned['id']}"}},
        UpdateExpression="REMOVE tallies",
    )
    assert hand_over(records) == [] and laid_aside(system.aws) == [bad]
    assert system.show(sound)["status"] == "opened"
    assert system.aws.outbox() == []
    system.follow()
    assert [mail["subject"] for mail in system.aws.outbox()] == ["bob@example.com opened “Another”"]


def test_what_aws_refuses_comes_again_and_is_not_laid_aside(system: System):
    message = system.send()
    system.opened(message, 7200, THUNDERBIRD, "93.184.216.34")
    records = system.aws.records()
    with refusing(the_table(), "TransactWriteItems", "InternalFailure"):
        (failed,) = hand_over(records)
    assert failed in [record["dynamodb"]["SequenceNumber"] for record in records] and laid_aside(system.aws) == []
    assert hand_over(records) == [] and system.show(message)["status"] == "opened"


def test_what_aws_will_never_take_is_laid_aside_and_holds_up_nothing_else_of_its_batch(system: System):
    told, other = system.send(), system.send(subject="Another")
    system.opened(told, 7200, THUNDERBIRD, "93.184.216.34")
    assert hand_over(system.aws.records()) == []
    system.opened(other, 7300, THUNDERBIRD, "93.184.216.35")
    records = system.aws.records()
    with refusing(mail._client(), "SendEmail", "AccessDeniedException"), logged() as lines:
        assert hand_over(records) == []
    assert [(line["message"], line["message_id"]) for line in lines] == [
        ("A notification could not be sent.", told["id"])
    ]
    assert len(laid_aside(system.aws)) == 1 and system.show(other)["status"] == "opened"


def test_what_the_stream_brings_late_is_judged_as_of_old_and_told_behind_what_readers_of_the_feed_have_seen(
    system: System,
):
    slow, quick = system.send(), system.send(subject="Another", recipients=["carol@example.com"])
    system.follow()
    system.opened(slow, 7200, THUNDERBIRD, "93.184.216.34")
    (late,) = system.aws.records()
    system.opened(quick, 7300, THUNDERBIRD, "93.184.216.35")
    hand_over(system.aws.records()[1:], SENT + 7300)
    seen = system.call("GET", "/v1/feed").json
    assert [entry["message"] for entry in seen["items"]] == [quick["id"]]
    for _ in range(2):
        assert hand_over([late], SENT + 9000) == []
    (entry,) = system.call("GET", f"/v1/feed?after={seen['next']}").json["items"]
    assert (entry["message"], entry["at"], entry["told_at"]) == (
        slow["id"],
        "2026-09-21T16:13:20Z",
        "2026-09-21T16:43:20Z",
    )
    stored = messages.load(system.sender, slow["id"])
    assert stored is not None and stored.state.as_of == SENT + 7200


def test_a_notification_that_a_late_schedule_brings_stands_behind_what_was_told_before_it(system: System):
    held = system.send(links=["https://example.com/terms"])
    system.clicked(held, 60, CHROME)
    system.follow()
    due.run(SENT + 7200, SENT + 9000, monotonic, [folding.HELD])
    (entry,) = system.call("GET", "/v1/feed").json["items"]
    assert (entry["message"], entry["told_at"]) == (held["id"], "2026-09-21T16:43:20Z")


def test_what_the_stream_brings_late_is_posted_with_the_time_of_the_post(system: System):
    with receiving() as endpoint, configured(WEBHOOK_LOOPBACK="on"):
        added(a_webhook(sender=system.sender, url=endpoint.url))
        system.opened(system.send(), 7200, THUNDERBIRD, "93.184.216.34")
        while records := system.aws.records():
            system.aws.passed = records[-1]["dynamodb"]["SequenceNumber"]
            assert hand_over(records, SENT + 9000) == []
        (posted,) = endpoint.posts
    assert posted.headers["webhook-timestamp"] == str(int(SENT + 9000))


def test_what_is_told_late_of_a_mail_of_which_counts_are_kept_stands_a_day_all_the_same(system: System):
    system.call("PUT", "/v1/preferences", {"keep": "counts_only"})
    system.opened(system.send(), 7200, THUNDERBIRD, "93.184.216.34")
    hand_over(system.aws.records(), SENT + 5 * 86_400)
    (told,) = [item for item in system.aws.items() if item["sk"]["S"].startswith("n#")]
    assert int(told["expires"]["N"]) == SENT + 6 * 86_400


def test_a_lost_permission_loses_nothing_all_it_hits_is_laid_aside_whole_and_done_once_it_is_back(system: System):
    sent = [system.send(subject=f"No. {each}") for each in range(3)]
    for number, message in enumerate(sent):
        system.opened(message, 7200, THUNDERBIRD, f"93.184.216.{number + 1}")
    with refusing(the_table(), "TransactWriteItems", "AccessDeniedException"):
        system.follow()
    listed = system.call("GET", "/v1/messages").json[
        "items"
    ]  # as it is kept: one message alone is judged when it is shown
    assert [each["status"] for each in listed] == ["no_evidence"] * 3
    letters = calls_laid_aside(system.aws)
    assert len(letters) == 3
    for letter in letters:
        assert app.follow(letter, Context("follow")) == {"batchItemFailures": []}
    system.follow()
    assert {system.show(message)["status"] for message in sent} == {"opened"}
    system.minute(7400)
    told = " ".join(mail["text"] for mail in system.aws.outbox())
    assert all(f"opened “No. {each}”" in told for each in range(3))


def test_a_record_that_cannot_be_read_is_laid_aside_and_named_in_the_log(system: System):
    message = system.send()
    poison(system, message, kind={"S": "a kind of the future"})
    poison(system, message, guess={"S": "no verdict"}, sk={"S": "e#1790009000000#another"})
    poison(system, message, sk={"S": "n#no notification"})
    system.opened(message, 7200, THUNDERBIRD, "93.184.216.34")
    with logged() as lines:
        system.follow()
    assert [line["message"] for line in lines] == ["A record of the stream cannot be read."] * 3
    assert len(laid_aside(system.aws)) == 3
    assert system.show(message)["status"] == "opened" and len(system.aws.outbox()) == 1
    assert len(system.call("GET", "/v1/feed").json["items"]) == 1


def test_what_cannot_be_laid_aside_comes_again(system: System):
    poison(system, system.send(), guess={"S": "no verdict"})
    records = system.aws.records()
    with refusing(dead_letters._client(), "SendMessage", "InternalFailure"):
        assert hand_over(records) == [records[-1]["dynamodb"]["SequenceNumber"]]
    with configured(DEAD_LETTERS_URL=""):
        assert hand_over(records) == [records[-1]["dynamodb"]["SequenceNumber"]]
    assert laid_aside(system.aws) == []


def test_a_release_goes_on_past_a_message_that_fails(system: System):
    waiting = [system.send(subject=f"No. {number}", links=["https://example.com/terms"]) for number in range(3)]
    for number, message in enumerate(waiting):
        system.clicked(message, 60, CHROME, f"93.184.216.{number + 1}")
    system.follow()
    system.aws.client("dynamodb").update_item(
        TableName="unsealed",
        Key={"pk": {"S": f"s#{system.sender}"}, "sk": {"S": f"m#{waiting[1]['id']}"}},
        UpdateExpression="REMOVE tallies",
    )
    system.minute(7200)
    assert [system.show(waiting[number])["status"] for number in (0, 2)] == ["clicked", "clicked"]


def test_a_change_in_the_meantime_is_folded_again(fresh_table: Embedded):
    put_message()
    events.put(an_open(agent=THUNDERBIRD))
    stale, _ = messages.with_events(TWO.id)
    assert stale is not None
    folding.fold_message(TWO.id, [], SENT + 20_000, SENT + 20_000)
    with pytest.raises(Conflict):
        messages.save(stale, stale.state, [], [], SENT + 20_000)
    again, _ = messages.with_events(TWO.id)
    assert again is not None and again.state.tallies[0].opens == 1


def test_a_fold_that_meets_a_transaction_upon_its_message_is_begun_anew(fresh_table: Embedded):
    put_message()
    events.put(an_open(agent=APPLE_PREFETCH, address=APPLE_RELAY, after=240))
    with refusing(the_table(), "PutItem", "TransactionConflictException", most=2) as refused:
        assert hand_over(fresh_table.records()) == []
    stored = messages.load(TWO.sender, TWO.id)
    assert len(refused) == 2 and stored is not None and stored.state.tallies[0].machine == 1


def test_a_change_that_teaches_nothing_writes_nothing(fresh_table: Embedded):
    put_message()
    events.put(an_open(agent=THUNDERBIRD))
    folding.fold_message(TWO.id, [], SENT + 20_000, SENT + 20_000)
    before = fresh_table.items()
    folding.fold_message(TWO.id, [], SENT + 30_000, SENT + 30_000)
    assert fresh_table.items() == before


def test_of_a_deleted_message_nothing_is_kept(fresh_table: Embedded):
    events.put(an_open())
    assert hand_over(fresh_table.records()) == []
    assert fresh_table.items() == []


def test_a_failed_record_is_named_so_that_lambda_delivers_from_it_on():
    assert stream.failures({"000300", "000100"}) == {"batchItemFailures": [{"itemIdentifier": "000100"}]}
    assert stream.failures(set()) == {"batchItemFailures": []}
