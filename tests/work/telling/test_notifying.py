"""Telling the sender: once on each channel they want, whatever breaks in between."""

import time

import pytest
from botocore.exceptions import ClientError

from chalicelib.domain.accounts import Change, Platform
from chalicelib.domain.feed_places import Place
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.preferences import Preferences, Tell
from chalicelib.domain.sign_in import GOOD_FOR
from chalicelib.domain.webhooks import MOST_TRIES
from chalicelib.senders import mail, push
from chalicelib.store import keys, table
from chalicelib.store.accounts import accounts
from chalicelib.store.telling import notification_items, outbox
from chalicelib.work import due as ticks
from chalicelib.work.accounts.registering import add_device, register
from chalicelib.work.telling import notifying
from chalicelib.work.telling.notifying import CODES, MAILS, Arrived
from tests.embedded import Embedded
from tests.makers import SENT, a_notification
from tests.system import System
from tests.trouble import TABLE_REFUSES, logged, refusing, settings, the_table

NOW = SENT + 7200
RECORD, ANOTHER = "the stream's record", "another record"


@pytest.fixture
def ann(fresh_table: Embedded) -> str:
    return register("ann@sender.example", "Ann", "Europe/Berlin", "a token", SENT)


def due(sender: str, **changes) -> tuple[Notification, keys.Key]:
    """A notification in the outbox."""
    news = a_notification(sender=sender, **changes)
    item = notification_items.of_notification(news, SENT + 7200, int(SENT) + 86_400)
    table.write([table.put_always(item)])
    return news, keys.Key(item["pk"], item["sk"])


def tell(news: Notification, key: keys.Key, record: str, now: float) -> None:
    """What follows when the stream brings it."""
    notifying.tell([Arrived(news, key, record)], now)


def wish(sender: str, **changes) -> None:
    assert accounts.change(sender, Change(**changes)) is not None


def a_phone(sender: str, token: str = "a device token") -> str:
    return add_device(sender, Platform.APNS, token, "phone", SENT).endpoint


def try_again(at: float) -> None:
    """What a tick does of mails that wait."""
    ticks.run(at, at, time.monotonic, (CODES, MAILS))


def waiting_mails() -> list[outbox.Waiting]:
    return [each for _, key in outbox.mails_due(NOW + 1e6) if (each := outbox.waiting(key))]


def marks(key: keys.Key) -> dict[str, str]:
    item = table.get(key)
    assert item is not None
    return {name: value for name, value in item.items() if name.startswith("sent_by_")}


# -- Once


def test_a_mail_goes_to_the_sender_and_is_marked_with_its_name(fresh_table: Embedded, ann):
    news, key = due(ann)
    tell(news, key, RECORD, NOW)
    (sent,) = fresh_table.outbox()
    assert (sent["to"], sent["subject"]) == (["ann@sender.example"], "Bob opened “Offer for June”")
    assert "(Europe/Berlin)" in sent["text"]
    assert marks(key) == {"sent_by_email": sent["id"]}


def test_however_often_it_is_delivered_it_is_sent_once(fresh_table: Embedded, ann):
    a_phone(ann)
    news, key = due(ann)
    for record in (RECORD, RECORD, ANOTHER, RECORD):
        tell(news, key, record, NOW)
    assert len(fresh_table.outbox()) == len(fresh_table.pushes()) == 1


def test_what_another_record_claimed_is_left_to_it(fresh_table: Embedded, ann):
    news, key = due(ann)
    outbox.claim(key, ANOTHER)
    tell(news, key, RECORD, NOW)
    assert fresh_table.outbox() == []


def test_what_was_deleted_meanwhile_is_not_told(fresh_table: Embedded, ann):
    news, key = due(ann)
    table.delete([key])
    tell(news, key, RECORD, NOW)
    assert fresh_table.outbox() == []
    assert table.get(key) is None


# -- Crashes


def test_a_crash_before_the_sending_loses_nothing(fresh_table: Embedded, ann):
    news, key = due(ann)
    with refusing(the_table(), "UpdateItem", "ValidationException"), pytest.raises(TABLE_REFUSES):
        tell(news, key, RECORD, NOW)
    assert fresh_table.outbox() == []
    tell(news, key, RECORD, NOW)
    assert len(fresh_table.outbox()) == 1


def test_a_crash_between_the_sending_and_the_mark_repeats_it_and_only_then(fresh_table: Embedded, ann):
    news, key = due(ann)
    with refusing(the_table(), "UpdateItem", "ValidationException", after=1), pytest.raises(TABLE_REFUSES):
        tell(news, key, RECORD, NOW)
    assert len(fresh_table.outbox()) == 1
    tell(news, key, ANOTHER, NOW)
    assert len(fresh_table.outbox()) == 1
    tell(news, key, RECORD, NOW)
    assert len(fresh_table.outbox()) == 2
    tell(news, key, RECORD, NOW)
    assert len(fresh_table.outbox()) == 2


def test_a_push_that_fails_does_not_repeat_the_mail(fresh_table: Embedded, ann):
    a_phone(ann)
    news, key = due(ann)
    with refusing(push._client(), "Publish", "InternalError"), pytest.raises(ClientError):
        tell(news, key, RECORD, NOW)
    tell(news, key, RECORD, NOW)
    assert len(fresh_table.outbox()) == len(fresh_table.pushes()) == 1


def test_a_push_that_fails_repeats_no_other_devices(fresh_table: Embedded, ann):
    both = {a_phone(ann, "a first token"), a_phone(ann, "a second token")}
    news, key = due(ann)
    with refusing(push._client(), "Publish", "InternalError", after=1), pytest.raises(ClientError):
        tell(news, key, RECORD, NOW)
    tell(news, key, RECORD, NOW)
    assert {sent["endpoint"] for sent in fresh_table.pushes()} == both and len(fresh_table.pushes()) == 2


def test_a_push_that_fails_keeps_none_from_the_devices_behind_it(fresh_table: Embedded, ann):
    phones = {a_phone(ann, f"device token {number}") for number in range(3)}
    news, key = due(ann)
    with refusing(push._client(), "Publish", "InternalError", most=1), pytest.raises(ClientError):
        tell(news, key, RECORD, NOW)
    assert len(fresh_table.pushes()) == 2
    tell(news, key, RECORD, NOW)
    assert {sent["endpoint"] for sent in fresh_table.pushes()} == phones and len(fresh_table.pushes()) == 3


def test_a_mail_that_ses_never_takes_is_marked_and_logged_and_holds_nothing_up(fresh_table: Embedded, ann):
    a_phone(ann)
    news, key = due(ann)
    with settings(MAIL_FROM="stranger@elsewhere.example"), logged() as lines:
        tell(news, key, RECORD, NOW)
    assert marks(key)["sent_by_email"] == "refused"
    assert len(fresh_table.pushes()) == 1
    (line,) = lines
    assert (line["level"], line["reason"], line["message_id"]) == ("ERROR", "MessageRejected", news.message)
    assert "example" not in str(line).replace("message", "")


# -- Where and of what


def test_by_push_only(fresh_table: Embedded, ann):
    wish(ann, email=False)
    a_phone(ann)
    news, key = due(ann)
    tell(news, key, RECORD, NOW)
    assert fresh_table.outbox() == []
    (device,) = accounts.devices(ann)
    assert len(fresh_table.pushes()) == 1 and marks(key) == {"sent_by_push": device.id}


def test_by_email_only(fresh_table: Embedded, ann):
    wish(ann, push=False)
    a_phone(ann)
    tell(*due(ann), RECORD, NOW)
    assert fresh_table.pushes() == []
    assert len(fresh_table.outbox()) == 1


def test_on_every_device(fresh_table: Embedded, ann):
    endpoints = {a_phone(ann, f"device token {number}") for number in range(3)}
    news, key = due(ann)
    tell(news, key, RECORD, NOW)
    assert {sent["endpoint"] for sent in fresh_table.pushes()} == endpoints
    assert set(marks(key)["sent_by_push"].split()) == {device.id for device in accounts.devices(ann)}


@pytest.mark.parametrize(
    ("tell_of", "first", "told"),
    [(Tell.FIRST, True, 1), (Tell.FIRST, False, 0), (Tell.EACH, False, 1), (Tell.NEVER, True, 0)],
)
def test_only_what_the_sender_wants_to_be_told(fresh_table: Embedded, ann, tell_of, first, told):
    wish(ann, tell={**Preferences().tell, NotificationKind.OPEN: tell_of})
    news, key = due(ann, first=first)
    tell(news, key, RECORD, NOW)
    assert len(fresh_table.outbox()) == told
    assert len(outbox.told(ann, Place(), limit=9)[0]) == 1  # it stands in the feed all the same


@pytest.mark.parametrize("deleted", [False, True])
def test_a_device_that_is_gone_is_forgotten_and_the_others_are_told(fresh_table: Embedded, ann, deleted):
    gone, there = a_phone(ann, "an old token"), a_phone(ann, "a new token")
    sns = fresh_table.client("sns")
    if deleted:
        sns.delete_endpoint(EndpointArn=gone)
    else:
        sns.set_endpoint_attributes(EndpointArn=gone, Attributes={"Enabled": "false"})
    tell(*due(ann), RECORD, NOW)
    assert [sent["endpoint"] for sent in fresh_table.pushes()] == [there]
    assert [device.endpoint for device in accounts.devices(ann)] == [there]


def test_a_sender_without_a_device_is_told_by_email_and_that_is_all(fresh_table: Embedded, ann):
    news, key = due(ann)
    tell(news, key, RECORD, NOW)
    assert list(marks(key)) == ["sent_by_email"]


def test_a_sender_who_is_gone_is_told_nothing(fresh_table: Embedded):
    tell(*due("0000000000000000"), RECORD, NOW)
    assert fresh_table.outbox() == []


# -- When SES has no room

FULL = "TooManyRequestsException"


@pytest.fixture
def hasty(monkeypatch) -> None:
    """boto3 does not pause before it tries again."""
    monkeypatch.setattr(time, "sleep", lambda _: None)


def test_a_mail_that_ses_has_no_room_for_waits_and_holds_up_neither_pushes_nor_the_stream(
    fresh_table: Embedded, ann, hasty
):
    a_phone(ann)
    wish(ann, push=True)
    news, key = due(ann)
    with refusing(mail._client(), "SendEmail", FULL), logged() as lines:
        tell(news, key, RECORD, NOW)
        try_again(NOW + 59)
    assert [line["message"] for line in lines] == ["SES has no room: a notification waits."]
    assert (len(fresh_table.outbox()), len(fresh_table.pushes())) == (0, 1)
    tell(news, key, RECORD, NOW)
    assert fresh_table.outbox() == [], "the stream brings it again with whatever failed before it"
    for _ in range(3):
        try_again(NOW + 60)
        tell(news, key, RECORD, NOW + 60)
    assert (len(fresh_table.outbox()), len(fresh_table.pushes())) == (1, 1)
    assert set(marks(key)) == {"sent_by_email", "sent_by_push"}


def test_where_there_is_no_room_yet_one_is_tried_for_all_that_waits_by_then(fresh_table: Embedded, ann, hasty):
    told = [due(ann, message=f"{number:032x}") for number in range(3)]
    with refusing(mail._client(), "SendEmail", FULL) as refused:
        for each in told:
            tell(*each, RECORD, NOW)
        refused.clear()
        try_again(NOW + 60)
        tries = len(refused)
        refused.clear()
        tell(*due(ann, message=f"{9:032x}"), RECORD, NOW)
        assert len(refused) == tries
    assert sorted(each.refused for each in waiting_mails()) == [1, 2, 2, 2], "they are one mail by then"
    try_again(NOW + 1e6)
    assert len(fresh_table.outbox()) == 1


def test_after_a_day_of_tries_it_is_given_up_and_the_log_says_so(fresh_table: Embedded, ann, hasty):
    news, key = due(ann)
    at = NOW
    with refusing(mail._client(), "SendEmail", FULL), logged() as lines:
        tell(news, key, RECORD, at)
        while waiting := waiting_mails():
            at = waiting[0].due_at
            try_again(at)
    assert at - NOW >= 86_400 and marks(key) == {"sent_by_email": "given up"}
    assert lines[-1]["message"] == "SES had no room for a mail, and it is given up."
    assert len(lines) == MOST_TRIES + 1
    tell(news, key, RECORD, at)
    assert fresh_table.outbox() == []


def test_one_that_fails_holds_up_no_other_that_waits(fresh_table: Embedded, ann, hasty):
    with refusing(mail._client(), "SendEmail", FULL):
        for number in range(2):
            tell(*due(ann, message=f"{number:032x}"), RECORD, NOW)
    with refusing(the_table(), "GetItem", "ValidationException"), logged() as lines:
        try_again(NOW + 60)
    assert [line["message"] for line in lines] == ["Work that was due broke off."]
    try_again(NOW + 360)
    assert len(fresh_table.outbox()) == 1


def test_a_code_that_ses_has_no_room_for_waits_as_long_as_it_is_good(system: System, hasty):
    for after, mails in ((60, 1), (GOOD_FOR, 0)):
        system.aws.reset()
        again = System(system.aws)
        with refusing(mail._client(), "SendEmail", FULL):
            again.ask("POST", "/v1/sign-in", b'{"email": "ann@sender.example"}')
            again.follow()
        for _ in range(2):
            again.minute(after)
        assert len(again.aws.outbox()) == mails
        assert outbox.codes_due(SENT + 1e6) == []
