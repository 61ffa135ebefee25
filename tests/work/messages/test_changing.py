"""What a sender does with a message afterwards: look, mute, date, report a reply, delete."""

from contextlib import suppress
from dataclasses import replace

import pytest

import app
from chalicelib.domain.errors import BadInput, Conflict, NotFound
from chalicelib.domain.events import EventKind
from chalicelib.store.contacts import contacts
from chalicelib.store.erasure import erasures
from chalicelib.store.erasure.erasures import Erasure, What
from chalicelib.store.mail import inbox
from chalicelib.store.messages import messages
from chalicelib.store.telling import outbox
from chalicelib.store.tracking import events
from chalicelib.work.erasure import erasing
from chalicelib.work.messages import changing
from infra.local.functions import Context
from tests.makers import HOME, SENT, THUNDERBIRD, an_open
from tests.signing_in import left
from tests.system import System
from tests.trouble import CANCELED, TABLE_REFUSES, meanwhile, refusing, the_table

EVE = "e7e0e7e0e7e0e7e0"
AN_HOUR = 3600.0


@pytest.fixture
def message(system: System) -> dict:
    return system.send()


def opened(system: System, message: dict, after: float = AN_HOUR) -> None:
    system.opened(message, after, THUNDERBIRD, HOME)
    system.follow()


def told(system: System) -> list[str]:
    return [mail["subject"] for mail in system.aws.outbox()]


# -- Look


def test_every_event_is_shown_with_its_judgement_in_order_of_time(system: System, message):
    opened(system, message, 2 * AN_HOUR)
    opened(system, message, AN_HOUR)
    stored, judged = changing.judged(system.sender, message["id"], SENT + 3 * AN_HOUR)
    assert [each.event.at for each in judged] == [SENT + AN_HOUR, SENT + 2 * AN_HOUR]
    assert all(each.counted for each in judged)
    assert stored.state.tallies[0].opens == 2


def test_an_event_is_shown_before_the_stream_has_brought_it(system: System, message):
    system.opened(message, AN_HOUR, THUNDERBIRD, HOME)
    _, judged = changing.judged(system.sender, message["id"], SENT + AN_HOUR)
    assert [each.event.kind for each in judged] == [EventKind.OPEN]


@pytest.mark.parametrize("sender", ["ours", EVE])
@pytest.mark.parametrize("act", ["look", "mute", "reply", "delete"])
def test_what_is_not_there_and_what_is_anothers_are_told_apart_by_nobody(system: System, message, sender, act):
    before = system.aws.items()
    sender, name = (EVE, message["id"]) if sender == EVE else (system.sender, "0" * 32)
    with pytest.raises(NotFound, match=r"^No such message\.$"):
        match act:
            case "look":
                changing.judged(sender, name, SENT)
            case "mute":
                changing.change(sender, name, muted=True, sent_at=None, at=SENT)
            case "reply":
                changing.reply(sender, name, "bob@example.com", SENT, SENT)
            case "delete":
                changing.remove(sender, name, SENT)
    assert system.aws.items() == before


# -- Mute and date


def test_a_muted_message_counts_and_tells_nothing_until_it_is_heard_again(system: System, message):
    changing.change(system.sender, message["id"], muted=True, sent_at=None, at=SENT)
    opened(system, message)
    assert system.show(message)["recipients"][0]["opens"] == 1
    assert told(system) == []
    changing.change(system.sender, message["id"], muted=False, sent_at=None, at=SENT)
    changing.reply(system.sender, message["id"], "bob@example.com", SENT + AN_HOUR, SENT + AN_HOUR)
    system.follow()
    assert told(system) == ["bob@example.com replied to “Offer for June”"]


def test_what_is_left_out_of_a_change_stays(system: System, message):
    changing.change(system.sender, message["id"], muted=True, sent_at=None, at=SENT)
    after = changing.change(system.sender, message["id"], muted=None, sent_at=SENT - 60, at=SENT)
    assert (after.state.muted, after.message.sent_at) == (True, SENT - 60)
    assert messages.load(system.sender, message["id"]) == after


@pytest.mark.parametrize("sent_at", [SENT + 86_400, -1.0])
def test_a_mail_was_not_sent_in_the_future_nor_before_there_were_any(system: System, message, sent_at):
    before = system.aws.items()
    with pytest.raises(BadInput) as refused:
        changing.change(system.sender, message["id"], muted=None, sent_at=sent_at, at=SENT)
    assert refused.value.field == "sent_at"
    assert system.aws.items() == before


@pytest.mark.parametrize("sent_at", [0.0, SENT - 86_400, SENT + 60])
def test_whatever_day_a_mail_is_given_its_events_are_still_folded(system: System, message, sent_at):
    changing.change(system.sender, message["id"], muted=None, sent_at=sent_at, at=SENT)
    opened(system, message)
    assert system.show(message)["status"] == "opened"


def test_what_was_opened_before_the_mail_went_out_is_the_senders_own_as_soon_as_that_is_known(system: System, message):
    opened(system, message, AN_HOUR)
    assert system.show(message)["status"] == "opened"
    system.now = SENT + 3 * AN_HOUR
    changing.change(system.sender, message["id"], muted=None, sent_at=SENT + 2 * AN_HOUR, at=SENT + 3 * AN_HOUR)
    seen = system.show(message)
    assert [event["verdict"]["kind"] for event in seen["events"]] == ["self"]
    assert (seen["status"], seen["recipients"][0]["opens"]) == ("no_evidence", 0)
    (bob,) = contacts.load(system.sender, ["bob@example.com"])
    assert (bob.opened, bob.opens) == (0, 0)


def test_a_change_while_the_mail_is_being_opened_stands_beside_what_the_fold_found(system: System, message):
    system.opened(message, AN_HOUR, THUNDERBIRD, HOME)
    with meanwhile(the_table(), "PutItem", system.follow):
        changing.change(system.sender, message["id"], muted=True, sent_at=None, at=SENT + AN_HOUR)
    stored = messages.load(system.sender, message["id"])
    assert stored is not None and stored.state.muted and stored.state.tallies[0].opens == 1


# -- Replies


def test_a_reply_is_told_and_the_same_reply_again_is_not(system: System, message):
    for _ in range(2):
        changing.reply(system.sender, message["id"], " BOB@example.com", SENT + AN_HOUR, SENT + AN_HOUR)
        system.follow()
    seen = system.show(message)
    assert (seen["status"], seen["recipients"][0]["replies"]) == ("replied", 1)
    assert told(system) == ["bob@example.com replied to “Offer for June”"]


def test_another_reply_is_another(system: System, message):
    for hours in (1, 2):
        changing.reply(system.sender, message["id"], "bob@example.com", SENT + hours * AN_HOUR, SENT + 2 * AN_HOUR)
    system.follow()
    assert system.show(message)["recipients"][0]["replies"] == 2


@pytest.mark.parametrize(
    ("email", "at", "field"),
    [
        ("carol@example.com", SENT, "recipient"),
        ("nobody", SENT, "recipient"),
        ("bob@example.com", SENT + 86_400, "at"),
        ("bob@example.com", SENT - 86_400, "at"),
        ("bob@example.com", -6e10, "at"),
    ],
)
def test_a_reply_that_cannot_be_is_refused_by_its_field(system: System, message, email, at, field):
    before = system.aws.items()
    with pytest.raises(BadInput) as refused:
        changing.reply(system.sender, message["id"], email, at, SENT)
    assert refused.value.field == field
    assert system.aws.items() == before


# -- Delete


def test_a_deleted_message_leaves_nothing_and_its_contacts_as_if_it_had_never_been_sent(system: System, message):
    (before,) = contacts.load(system.sender, ["bob@example.com"])
    other = system.send(subject="Another")
    opened(system, other)
    changing.remove(system.sender, other["id"], SENT + AN_HOUR)
    left = str(system.aws.items())
    assert other["id"] not in left and "Another" not in left
    (after,) = contacts.load(system.sender, ["bob@example.com"])
    assert (after.messages, after.opened, after.opens) == (1, 0, 0)
    assert after.exchanges == before.exchanges


def test_what_comes_for_a_deleted_message_is_answered_and_not_kept(system: System, message):
    changing.remove(system.sender, message["id"], SENT)
    before = system.aws.items()
    assert system.opened(message).status == 200
    assert system.clicked(message, AN_HOUR, THUNDERBIRD).status == 302
    system.follow()
    assert system.aws.items() == before


def test_a_fold_that_was_on_its_way_does_not_bring_a_deleted_message_back(system: System, message):
    system.opened(message, AN_HOUR, THUNDERBIRD, HOME)
    records = {"Records": system.aws.records()}
    changing.remove(system.sender, message["id"], SENT + AN_HOUR)
    before = system.aws.items()
    assert app.follow(records, Context("follow")) == {"batchItemFailures": []}
    assert system.aws.items() == before


def test_a_message_with_many_events_is_deleted_with_all_of_them(system: System, message):
    for number in range(60):
        events.put(an_open(AN_HOUR + number * 600, message=message["id"]))
    system.follow()
    changing.remove(system.sender, message["id"], SENT + 86_400)
    assert message["id"] not in str(system.aws.items())


def test_a_message_is_deleted_while_it_is_being_opened(system: System, message):
    system.opened(message, AN_HOUR, THUNDERBIRD, HOME)
    with meanwhile(the_table(), "TransactWriteItems", system.follow):
        changing.remove(system.sender, message["id"], SENT + AN_HOUR)
    assert message["id"] not in str(system.aws.items())


def test_of_what_cannot_be_deleted_at_once_nothing_is_erased(system: System, message):
    opened(system, message)
    before = system.aws.items()
    with (
        refusing(the_table(), "TransactWriteItems", CANCELED),
        pytest.raises(Conflict),
    ):
        changing.remove(system.sender, message["id"], SENT + AN_HOUR)
    assert system.aws.items() == before


@pytest.mark.parametrize(("operation", "after"), [("PutItem", 0), *(("BatchWriteItem", number) for number in range(4))])
def test_a_deletion_that_breaks_off_goes_on_by_itself_and_shows_nothing_more_of_the_message(
    system: System, message, operation, after
):
    inbox.remember_id("an-id@example.com", message["id"], 0, SENT)
    opened(system, message)
    with suppress(*TABLE_REFUSES), refusing(the_table(), operation, "AccessDeniedException", after=after):
        changing.remove(system.sender, message["id"], SENT + AN_HOUR)
    assert system.call("GET", f"/v1/messages/{message['id']}").status == 404
    system.minute(AN_HOUR + 200)
    assert message["id"] not in str(system.aws.items())


def test_a_deletion_reads_no_more_at_once_than_a_page_of_the_feed_and_ends_all_the_same(system: System, message):
    for number in range(3):
        opened(system, system.send(subject=f"No. {number}", recipients=[f"b{number}@example.com"]), AN_HOUR + number)
    opened(system, message, 2 * AN_HOUR)
    stored = changing.load(system.sender, message["id"])
    erasure = Erasure(What.MESSAGE, system.sender, SENT, message["id"], after=outbox.before(SENT))
    erasures.begin_message(erasure, stored, [], SENT)
    places, step = [], erasure
    while last := outbox.forget_message(system.sender, message["id"], after=step.after, most=1):
        places.append(last)
        step = replace(step, after=last)
    assert len(set(places)) == len(places) == 3
    assert erasing.go_on(erasure, SENT) is None
    assert message["id"] not in str(system.aws.items())
    assert len(system.call("GET", "/v1/feed").json["items"]) == 3


def test_an_account_that_is_erased_leaves_nothing_of_a_message_that_was_being_deleted(system: System, message):
    opened(system, message)
    with suppress(*TABLE_REFUSES), refusing(the_table(), "BatchWriteItem", "AccessDeniedException"):
        changing.remove(system.sender, message["id"], SENT + AN_HOUR)
    assert left(system).status == 202
    for after in (2, 3):
        system.minute(after * AN_HOUR)
    assert [item for item in system.aws.items() if message["id"] in str(item) or system.sender in str(item)] == []
