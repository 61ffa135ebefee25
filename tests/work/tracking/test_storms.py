"""A mail that goes viral: counted up to a ceiling, told once, at a price that does not grow."""

from typing import Any

from chalicelib.domain.timeline import MOST_FOLDED
from chalicelib.store.dynamodb.values import to_wire
from chalicelib.store.tracking.event_items import of_event
from tests.bench.storm import Storm, people, units
from tests.counting import counting
from tests.makers import HOME, SENT, THUNDERBIRD, an_open
from tests.system import System


def blown(system: System, hits: int) -> dict[str, Any]:
    """A message, and hits on it that came faster than anybody followed them."""
    message = system.send()
    system.follow()
    opens = (an_open(7200 + number / 833, message=message["id"], address=people(number)) for number in range(hits))
    items = [to_wire(of_event(each, int(SENT) + 86_400)) for each in opens]
    for start in range(0, hits, 25):
        puts = [{"PutRequest": {"Item": item}} for item in items[start : start + 25]]
        system.aws.client("dynamodb").batch_write_item(RequestItems={"unsealed": puts})
    system.now = SENT + 7300
    return message


def test_a_mail_that_goes_viral_is_counted_up_to_the_ceiling_told_once_and_costs_no_more(system: System):
    message = blown(system, MOST_FOLDED + 60)
    system.follow()
    seen = system.show(message)
    assert (seen["at_least"], seen["recipients"][0]["opens"]) == (True, MOST_FOLDED)
    assert seen["recipients"][0]["opened_at"].startswith("2026-09-21T16:13:20"), (
        "the first, though the newest come first"
    )
    assert [mail["subject"] for mail in system.aws.outbox()] == [
        "bob@example.com keeps opening “Offer for June”: 3 times within hours"
    ]
    assert system.call("GET", "/v1/contacts/bob@example.com").json["opens"] == MOST_FOLDED

    with counting(system.aws) as calls:
        system.opened(message, 7400, THUNDERBIRD, HOME)
        system.follow()
    writes, reads = units([call for call in calls if call.service == "dynamodb"])
    assert writes == 1 and reads <= 12, "its put, and a look at the state"

    system.now += 60
    for at in ("2026-09-21T16:15:00Z", "2026-09-21T16:15:01Z"):
        reply = {"recipient": "bob@example.com", "at": at}
        assert system.call("POST", f"/v1/messages/{message['id']}/replies", reply).status == 202
    records = system.aws.records()
    for _ in range(2):
        system.run("follow", {"Records": records})
    system.follow()
    seen = system.show(message)
    assert (seen["status"], seen["recipients"][0]["replies"]) == ("replied", 1), "answers are told of it all the same"
    assert [mail["subject"] for mail in system.aws.outbox()][1:] == ["bob@example.com replied to “Offer for June”"]


def test_what_a_hot_partition_refuses_waits_in_the_queue_and_is_counted(system: System):
    storm = Storm(system.aws, most=40)
    with storm.raging():
        storm.blow(120, 100, 7200.0, people)
    assert storm.partitions.refused > 40
    assert storm.kept == storm.system.show(storm.message)["recipients"][0]["opens"] == 120
    assert len(storm.system.aws.outbox()) == 1
