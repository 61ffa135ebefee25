"""The outbox: an entry is claimed by one, marked by channel, and given as the feed."""

import json
from dataclasses import replace
from pathlib import Path

from chalicelib.domain.events import EventKind
from chalicelib.domain.feed_places import OVERLAP, Place
from chalicelib.domain.notifications import Notification
from chalicelib.store import keys, table
from chalicelib.store.telling import notification_items, outbox
from tests.embedded import Embedded
from tests.makers import SENT, a_message, a_verdict

ANN = a_message().sender


def put(kind: EventKind = EventKind.OPEN, at: float = SENT, decided_at: float = SENT, sender: str = ANN) -> keys.Key:
    news = Notification(a_message().id, sender, kind, 0, "bob@example.com", "Bob", "Offer", SENT, at, a_verdict(), True)
    item = notification_items.of_notification(news, decided_at, int(SENT) + 86_400)
    table.write([table.put_always(item)])
    return keys.Key(item["pk"], item["sk"])


# -- Claimed and marked


def test_an_entry_is_claimed_by_one_record_only_and_by_that_one_again(fresh_table: Embedded):
    key = put()
    assert outbox.claim(key, "record 1") == {}
    assert outbox.claim(key, "record 2") is None
    assert outbox.claim(key, "record 1") == {}


def test_a_second_claim_knows_on_which_channels_it_was_sent(fresh_table: Embedded):
    key = put()
    outbox.claim(key, "record 1")
    outbox.record_outcome(key, "email", "an id of SES")
    assert set(outbox.claim(key, "record 1") or ()) == {"email"}
    outbox.record_outcome(key, "push", "an id of SNS")
    assert set(outbox.claim(key, "record 1") or ()) == {"email", "push"}


def test_an_entry_that_was_deleted_meanwhile_is_neither_claimed_nor_brought_back(fresh_table: Embedded):
    key = put()
    table.delete([key])
    assert outbox.claim(key, "record 1") is None
    outbox.record_outcome(key, "email", "an id of SES")
    assert fresh_table.items() == []


# -- Waiting for room


def waiting_until(at: float) -> list[outbox.Waiting]:
    return [each for _, key in outbox.mails_due(at) if (each := outbox.waiting(key))]


def test_one_that_waits_is_claimed_by_no_record_of_the_stream_and_found_when_it_is_due(fresh_table: Embedded):
    key = put()
    outbox.claim(key, "record 1")
    outbox.put_back(key, SENT + 60)
    assert outbox.claim(key, "record 1") is None
    assert waiting_until(SENT + 59) == []
    (waiting,) = waiting_until(SENT + 60)
    assert (waiting.key, waiting.due_at, waiting.refused, waiting.wants_code) == (key, SENT + 60, 1, False)
    assert waiting.notification is not None and waiting.notification.kind == EventKind.OPEN


def test_a_try_of_one_that_waits_is_begun_by_one_and_counted_and_due_again_in_case_it_breaks_off(fresh_table: Embedded):
    outbox.put_back(put(), SENT + 60)
    (waiting,) = waiting_until(SENT + 60)
    assert outbox.claim_waiting(waiting, SENT + 120) == {}
    assert outbox.claim_waiting(waiting, SENT + 120) is None
    assert waiting_until(SENT + 119) == []
    assert [(each.due_at, each.refused) for each in waiting_until(SENT + 120)] == [(SENT + 120, 2)]


def test_one_that_waits_no_more_is_off_the_list_and_keeps_its_marks(fresh_table: Embedded):
    key = put()
    outbox.put_back(key, SENT + 60)
    outbox.record_outcome(key, "email", "an id of SES")
    outbox.wait_no_more(key)
    assert waiting_until(SENT + 1e6) == []
    assert outbox.claim(key, "record 1") == {"email": "an id of SES"}


def test_one_that_was_deleted_while_it_waited_is_not_brought_back(fresh_table: Embedded):
    key = put()
    outbox.put_back(key, SENT + 60)
    (waiting,) = waiting_until(SENT + 60)
    table.delete([key])
    assert outbox.claim_waiting(waiting, SENT + 120) is None
    outbox.put_back(key, SENT + 60)
    outbox.wait_no_more(key)
    assert fresh_table.items() == []


# -- The feed


def told(since: float = 0.0, seen: frozenset[str] = frozenset(), limit: int = 10) -> list[outbox.Entry]:
    return outbox.told(ANN, Place(since, named=dict.fromkeys(seen, since)), limit)[0]


def test_the_feed_has_what_was_decided_oldest_first_and_of_the_sender_only(fresh_table: Embedded):
    put(EventKind.REPLY, at=SENT + 5, decided_at=SENT + 9)
    put(EventKind.OPEN, at=SENT + 3, decided_at=SENT + 4)
    put(EventKind.CLICK, at=SENT + 4, decided_at=SENT + 4)
    put(EventKind.BOUNCE, sender="e7e0e7e0e7e0e7e0")
    assert [each.notification.kind for each in told()] == [EventKind.OPEN, EventKind.CLICK, EventKind.REPLY]
    assert [each.at for each in told()] == [SENT + 4, SENT + 4, SENT + 9]
    assert [each.notification.kind for each in told(limit=1)] == [EventKind.OPEN]


def test_what_comes_behind_a_later_entry_is_still_given(fresh_table: Embedded):
    put(EventKind.REPLY, decided_at=SENT + 50)
    (seen,) = told()
    put(EventKind.OPEN, decided_at=SENT + 20)
    (late,) = told(since=SENT + 50, seen=frozenset({seen.position}))
    assert late.notification.kind == EventKind.OPEN


def test_the_feed_looks_back_as_long_as_a_function_that_folds_may_run():
    functions = json.loads((Path(__file__).parents[3] / ".chalice" / "config.json").read_text())["lambda_functions"]
    assert max(functions[name]["lambda_timeout"] for name in ("follow", "due")) <= OVERLAP


def test_entries_of_one_moment_have_names_of_their_own_that_stay(fresh_table: Embedded):
    for kind in (EventKind.OPEN, EventKind.CLICK, EventKind.REPLY, EventKind.BOUNCE):
        put(kind)
    names = [each.position for each in told()]
    assert len(set(names)) == 4
    assert names == [each.position for each in told()]
    assert told(seen=frozenset(names)) == []


def test_an_entry_that_was_claimed_and_marked_stands_in_the_feed_as_before(fresh_table: Embedded):
    key = put()
    before = told()
    outbox.claim(key, "record 1")
    outbox.record_outcome(key, "email", "an id of SES")
    assert told() == before
    assert told()[0].notification == replace(before[0].notification)


# -- What cannot be read


def test_one_that_cannot_be_read_is_left_out_of_the_list_and_goes_with_what_is_erased(fresh_table: Embedded):
    sound, damaged = put(EventKind.OPEN), put(EventKind.CLICK, decided_at=SENT + 1)
    change = {"Key": {"pk": {"S": damaged.pk}, "sk": {"S": damaged.sk}}, "UpdateExpression": "REMOVE verdict"}
    fresh_table.client("dynamodb").update_item(TableName="unsealed", **change)
    found, end = outbox.listed(ANN, after=None, limit=10)
    assert ([each.notification.kind for each in found], end) == ([EventKind.OPEN], None)
    assert list(outbox.entries([sound, damaged])) == [sound], "one damaged post holds up no other"
    assert outbox.forget(ANN, lambda _: False, after=None, most=10) is None
    assert [item["sk"]["S"] for item in fresh_table.items()] == [sound.sk]
