"""What is in the queue goes out, or its sender is told: through an upstream that is down, and through a kill."""

import socket
from email import message_from_bytes, policy
from itertools import pairwise

import pytest

from chalicelib.senders import mail
from infra.relay import courier
from infra.relay.courier import DAY, HOUR, MINUTE
from infra.relay.spool import Envelope, Full, InUse, Spool
from infra.relay.upstream import Submission
from tests import trouble
from tests.infra.relay.conftest import ANN, Post
from tests.mails import SIGNED, a_mail


def subjects(post: Post) -> list[str]:
    return [str(message_from_bytes(raw, policy=policy.default)["Subject"]) for _, _, raw in post.provider.came]


def test_an_upstream_that_is_down_loses_nothing(post: Post):
    post.provider.down()
    for number in range(3):
        post.send(a_mail(Subject=f"Number {number}"))
    post.hand_over()
    assert post.provider.came == [] and post.relay.spool.waiting() == 3
    post.provider.up()
    post.hand_over(MINUTE - 1)
    assert post.provider.came == [], "it is not asked again at once"
    post.hand_over(1)
    assert subjects(post) == ["Number 0", "Number 1", "Number 2"]
    assert post.relay.spool.waiting() == 0


def test_a_kill_loses_nothing_that_was_said_to_be_taken(post: Post):
    post.provider.down()
    post.send(a_mail())
    post.send(SIGNED)
    post.hand_over()
    post.again()
    post.provider.up()
    post.hand_over(MINUTE)
    assert len(post.provider.came) == 2 and post.provider.came[1][2] == SIGNED


def test_what_a_kill_left_half_written_is_of_no_mail_that_was_taken(post: Post):
    post.send(a_mail())
    (post.folder / "relay" / "making" / "half.mail").write_bytes(b"{")
    post.again()
    assert post.relay.spool.waiting() == 1
    assert list((post.folder / "relay" / "making").iterdir()) == []


def test_tries_become_rarer(post: Post):
    post.provider.to_mail = "451 busy"
    post.send(a_mail())
    start, tried = post.now, []
    while post.now < start + DAY:
        before = [entry.tries for entry in post.relay.spool.due(post.now)]
        post.hand_over()
        if before:
            tried.append(post.now - start)
        post.now += MINUTE
    assert tried[:5] == [0, MINUTE, 6 * MINUTE, 21 * MINUTE, 81 * MINUTE]
    assert {after - before for before, after in pairwise(tried[5:])} == {3 * HOUR}


def test_after_five_days_the_sender_is_told(post: Post):
    post.provider.to_mail = "451 busy"
    post.send(a_mail())
    while post.provider.came == []:
        post.hand_over(3 * HOUR)
        if post.now > courier.PATIENCE + HOUR + post.system.now:
            post.provider.to_mail = None
    ((mail_from, recipient, raw),) = post.provider.came
    assert (mail_from, recipient) == ("", ANN)
    told = message_from_bytes(raw, policy=policy.default)
    assert told["Subject"] == "Not delivered: Offer for June"
    text = told.get_body(("plain",)).get_content()
    assert "bob@example.com" in text and "5 days" in text and "451 busy" in text
    assert told.get_content_type() == "multipart/report" and told["Auto-Submitted"] == "auto-replied"
    assert post.relay.spool.waiting() == 0


def test_a_refusal_for_good_is_told_at_once_and_recorded(post: Post):
    post.provider.to_recipient = "550 5.1.1 no such user"
    post.send(a_mail())
    post.hand_over()
    post.provider.to_recipient = None
    post.hand_over()
    ((_, recipient, raw),) = post.provider.came
    assert recipient == ANN and b"5.1.1 no such user" in raw
    post.system.follow()
    (message,) = post.system.call("GET", "/v1/messages").json["items"]
    assert message["status"] == "bounced"


def test_no_log_names_a_recipient(post: Post, caplog):
    post.provider.to_recipient = "550 5.1.1 <bob@example.com>: no such user"
    post.send(a_mail())
    post.hand_over()
    assert "no such user" in caplog.text and "bob" not in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.4.5 Daily user sending limit exceeded. https://support.google.com/mail/?p=DailyLimitExceeded - gsmtp",
        "550 5.7.1 Daily SMTP relay limit exceeded for user. - gsmtp",
        "554 5.1.90 You have reached your daily limit for message recipients",
        "550 5.7.705 Access denied, tenant has exceeded threshold",
        "550 Domain sender.example has exceeded the max emails per hour (200/200 (100%)) allowed. Message discarded.",
        "554 4.7.1 Try again later",
        "550 4.2.2 Mailbox full",
    ],
)
def test_what_the_provider_lets_its_customer_send_today_is_no_bounce(post: Post, answer):
    post.provider.to_mail = answer
    post.send(a_mail())
    post.hand_over()
    assert post.relay.spool.waiting() == 1
    post.provider.to_mail = None
    post.hand_over(MINUTE)
    assert [recipient for _, recipient, _ in post.provider.came] == ["bob@example.com"]


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.1.1 no such user",
        "552 5.3.4 Your message exceeded Google's message size limits",
        "552 Message size exceeds the limit",
        "552 5.7.0 This message was blocked because its content presents a potential security issue",
        "550 5.7.1 This message violates the policy of example.com",
        "550 5.7.0 From address is not one of your addresses",
        "554 5.4.6 Too many hops",
        "554 rejected",
    ],
)
def test_what_is_for_good_is_told_at_once(post: Post, answer):
    post.provider.to_mail = answer
    post.send(a_mail())
    post.hand_over()
    post.provider.to_mail = None
    post.hand_over()
    ((_, recipient, raw),) = post.provider.came
    assert recipient == ANN and b"delivery-status" in raw


def test_a_notice_that_the_provider_refuses_goes_by_ses(post: Post):
    post.provider.to_recipient = "550 5.7.0 From address is not one of your addresses"
    post.send(a_mail())
    post.hand_over()
    post.hand_over()
    assert post.relay.spool.waiting() == 0 and post.provider.came == []
    (told,) = post.system.aws.outbox()
    assert (told["to"], told["kind"]) == ([ANN], "returned") and "bob@example.com" in told["text"]


def test_a_notice_waits_while_ses_takes_nothing_either_and_ends_where_ses_refuses_it(post: Post):
    post.provider.to_recipient = "550 5.1.1 no such user"
    post.send(a_mail())
    post.hand_over()
    with trouble.refusing(mail._client(), "SendEmail", "SendingPausedException"):
        post.hand_over()
        post.hand_over(MINUTE)
    assert post.relay.spool.waiting() == 1
    with trouble.refusing(mail._client(), "SendEmail", "MessageRejected"):
        post.hand_over(HOUR)
    assert post.relay.spool.waiting() == 0 and post.system.aws.outbox() == []


def test_one_bad_copy_holds_up_no_other(post: Post):
    post.send(a_mail())
    path = post.relay.spool.due(post.now)[0].path
    path.write_bytes(b"no envelope")
    post.send(SIGNED)
    post.hand_over()
    assert [raw for _, _, raw in post.provider.came] == [SIGNED]
    assert post.relay.spool.waiting() == 1


def test_a_relay_is_never_its_own_upstream(post: Post):
    itself = Submission("127.0.0.1", post.relay.door.port, tls=False, instance="this one")
    post.send(a_mail())
    other = courier.Courier(post.relay.spool, itself, "x@y.example", lambda: post.now)
    other.round(post.now)
    assert post.relay.spool.waiting() == 1
    assert post.relay.spool.due(post.now + MINUTE)[0].tries == 1


def test_two_relays_do_not_share_a_queue(post: Post):
    with pytest.raises(InUse):
        Spool(post.folder / "relay", 1)


def test_a_disk_that_is_full_takes_nothing_and_keeps_nothing(tmp_path):
    spool = Spool(tmp_path, 1_000)
    ours = Envelope("5e7de75e", ANN, "bob@example.com", 0.0)
    spool.put([(ours, b"x" * 600)], 0.0)
    with pytest.raises(Full):
        spool.put([(ours, b"x" * 100), (ours, b"x" * 300)], 0.0)
    assert spool.waiting() == 1 and list((tmp_path / "making").iterdir()) == []
    spool.done(spool.due(0.0)[0])
    spool.put([(ours, b"x" * 600)], 0.0)
    spool.close()


def test_the_ports_that_are_taken_leave_the_queue_to_others(post: Post, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError):
        post.a_relay(port=taken.getsockname()[1], folder=tmp_path / "another")
    Spool(tmp_path / "another", 1).close()


def test_answers_find_the_mail_by_the_id_that_its_program_gave_it(post: Post):
    from chalicelib.store.mail import inbox

    post.send(a_mail())
    post.hand_over()
    (message,) = post.system.call("GET", "/v1/messages").json["items"]
    ((known,),) = inbox.copies(["1"])
    assert known.copy == (message["id"], 0)


def test_name_servers_are_asked_once_what_this_machine_is_called(post: Post, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr(socket, "getfqdn", lambda name="": asked.append(name) or "mail.example.com")
    post.provider.down()
    post.provider.up(server_hostname="provider.example")
    upstream = Submission("127.0.0.1", post.provider.port, tls=False, instance="another one")
    for _ in range(3):
        with upstream():
            pass
    assert len(asked) <= 1
