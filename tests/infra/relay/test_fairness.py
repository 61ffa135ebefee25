"""What one sender, one token or one address may do at the relay, so that it stays there for the others."""

import asyncio
import smtplib
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from chalicelib.store.accounts import quotas
from chalicelib.work.accounts.registering import register
from infra.relay import callers, door
from infra.relay.callers import Callers
from infra.relay.protocol import Protocol
from infra.relay.spool import Envelope, Full, Spool
from infra.relay.upstream import ses
from tests.infra.relay.conftest import ANN, Post
from tests.mails import a_mail
from tests.makers import SENT
from tests.trouble import settings

EVE = "eve@other.example"


def a_token(post: Post, **said: Any) -> dict[str, Any]:
    return dict(post.system.call("POST", "/v1/tokens", {"name": "a program's", "scopes": ["send"], **said}).json)


# -- The token, for each mail


def test_a_token_that_was_revoked_sends_nothing_more_over_a_connection_that_is_open(post: Post):
    made = a_token(post)
    with post.client(password=made["token"]) as client:
        client.sendmail(ANN, ["bob@example.com"], a_mail())
        assert post.system.call("DELETE", f"/v1/tokens/{made['id']}").status == 204
        with pytest.raises(smtplib.SMTPSenderRefused) as told:
            client.sendmail(ANN, ["bob@example.com"], a_mail())
        assert (told.value.smtp_code, told.value.smtp_error[:5]) == (530, b"5.7.0")
        assert client.mail(ANN)[0] == 530, "nobody is signed in any more"
    assert post.relay.spool.waiting() == 1


def test_a_token_that_is_revoked_while_the_mail_comes_does_not_send_it(post: Post):
    made = a_token(post)
    with post.client(password=made["token"]) as client:
        client.mail(ANN)
        client.rcpt("bob@example.com")
        post.system.call("DELETE", f"/v1/tokens/{made['id']}")
        assert client.data(a_mail())[0] == 530
    assert post.relay.spool.waiting() == 0


def test_a_token_that_expires_sends_nothing_more(post: Post):
    made = a_token(post, expires_at="2026-09-21T15:00:00Z")
    with post.client(password=made["token"]) as client:
        client.sendmail(ANN, ["bob@example.com"], a_mail())
        post.now += 3600
        assert client.mail(ANN)[0] == 530


def test_whoever_lost_one_token_may_sign_in_with_another(post: Post):
    made = a_token(post)
    with post.client(password=made["token"]) as client:
        post.system.call("DELETE", f"/v1/tokens/{made['id']}")
        assert client.mail(ANN)[0] == 530
        client.login("anybody", a_token(post)["token"])
        client.sendmail(ANN, ["bob@example.com"], a_mail())
    assert post.relay.spool.waiting() == 1


# -- Mails and recipients


def test_mails_count_as_calls_of_the_token(post: Post):
    post.now += 60
    with settings(CALLS_A_MINUTE="3"), post.client() as client:
        for _ in range(2):
            client.sendmail(ANN, ["bob@example.com"], a_mail())
        assert client.mail(ANN) == (452, door._TOO_FAST.removeprefix("452 ").encode())
        post.now += 60
        client.sendmail(ANN, ["bob@example.com"], a_mail())


def test_recipients_are_counted_by_the_day_whatever_the_number_of_mails(post: Post):
    assert quotas.take(post.system.sender, "relay", door.MOST_A_DAY - 2, door.MOST_A_DAY, SENT)
    post.send(a_mail(), "bob@example.com", "carol@example.com")
    with post.client() as client:
        client.mail(ANN)
        client.rcpt("bob@example.com")
        code, said = client.data(a_mail())
        assert code == 452 and f"{door.MOST_A_DAY} recipients a day" in said.decode()
    assert post.relay.spool.waiting() == 2
    post.now += quotas.DAY
    post.send(a_mail())
    assert post.relay.spool.waiting() == 3


def test_the_owner_says_how_many(post: Post):
    post.again(most_a_day=1)
    post.send(a_mail())
    with pytest.raises(smtplib.SMTPDataError):
        post.send(a_mail())


# -- The queue


def queued(spool: Spool, sender: str, size: int, mail_from: str = ANN) -> None:
    spool.put([(Envelope(sender, mail_from, "bob@example.com", SENT), b"x" * size)], SENT)


def test_one_sender_does_not_fill_the_queue_for_all(tmp_path):
    spool = Spool(tmp_path, 100_000)
    with pytest.raises(Full):
        for _ in range(100):
            queued(spool, "ann", 1_000)
    taken = spool.waiting()
    assert taken == pytest.approx(75, abs=10)
    queued(spool, "eve", 1_000)
    queued(spool, "ann", 1_000, mail_from="")  # what tells of a failure has room, or nothing would ever leave
    spool.close()
    again = Spool(tmp_path, 100_000)
    with pytest.raises(Full):
        queued(again, "ann", 1_000)
    queued(again, "eve", 1_000)
    for entry in again.due(SENT)[:40]:
        again.done(entry)
    queued(again, "ann", 1_000)
    again.close()


def test_who_has_filled_their_share_is_told_and_the_other_is_served(post: Post):
    register(EVE, "Eve", "UTC", "eve's token", SENT)
    post.again(most_bytes=200_000)
    large = a_mail("<p>" + "x " * 25_000 + "</p>")
    with post.client() as client:
        for _ in range(2):
            client.sendmail(ANN, ["bob@example.com"], large)
        with pytest.raises(smtplib.SMTPDataError) as told:
            client.sendmail(ANN, ["bob@example.com"], large)
        assert told.value.smtp_code == 452
    with post.client(password="eve's token") as client:
        client.sendmail(EVE, ["bob@example.com"], a_mail(From=EVE))
    assert post.relay.spool.waiting() == 3


# -- Connections


def test_one_address_does_not_keep_the_others_out():
    open_ones = Callers()
    assert all(open_ones.enter("2001:db8::1") for _ in range(callers.MOST_FROM_ONE))
    assert not open_ones.enter("2001:db8::2"), "who has one address of a network has them all"
    assert open_ones.enter("2001:db8:0:1::1")
    open_ones.leave("2001:db8::3")
    assert open_ones.enter("2001:db8::2")


def test_there_are_never_more_than_the_process_can_hold():
    open_ones = Callers()
    assert sum(open_ones.enter(f"192.0.2.{number % 250}") for number in range(callers.MOST + 100)) == callers.MOST


def test_a_connection_too_many_is_told_so_and_a_closed_one_makes_room(post: Post):
    open_ones = [socket.create_connection(("127.0.0.1", post.relay.door.port)) for _ in range(callers.MOST_FROM_ONE)]
    assert all(each.recv(3) == b"220" for each in open_ones)
    with socket.create_connection(("127.0.0.1", post.relay.door.port)) as one_more:
        said = b"".join(iter(lambda: one_more.recv(100), b""))
    assert said.startswith(b"421 4.7.0 Too many connections")
    for each in open_ones:
        each.close()
    while post.relay.door._callers._open:
        pass  # the door notices it in its own thread
    post.send(a_mail())  # which goes over to TLS, and is one connection all the same
    assert post.relay.spool.waiting() == 1


# -- Time


class Clock(asyncio.SelectorEventLoop):
    """An event loop whose time is moved by hand."""

    now = 0.0

    def time(self) -> float:
        return self.now

    def settle(self) -> None:
        """Let everything happen that is due."""
        for _ in range(20):
            self.call_soon(self.stop)
            self.run_forever()


class Line(asyncio.Transport):
    """A connection's server side: what was said, and whether it was closed."""

    def __init__(self) -> None:
        super().__init__({"peername": ("192.0.2.1", 1)})
        self.said, self.closed = b"", False

    def write(self, data: Any) -> None:
        self.said += bytes(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


class Taking:
    """A handler of mails that takes them all."""

    content = b""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.content = envelope.content
        return "250 OK"


def test_a_slow_line_may_take_all_the_time_it_needs_and_an_idle_one_not():
    loop, line, taking = Clock(), Line(), Taking()
    protocol = Protocol(taking, Callers(), loop=loop, hostname="localhost")
    protocol.connection_made(line)
    loop.settle()
    for said in (b"EHLO x\r\n", b"MAIL FROM:<a@b.example>\r\n", b"RCPT TO:<c@d.example>\r\n", b"DATA\r\n"):
        protocol.data_received(said)
        loop.settle()
    assert b"354" in line.said
    for _ in range(40):  # two hours, and only lines that are not whole for most of them
        loop.now += 180
        protocol.data_received(b"half a line ")
        loop.settle()
        assert not line.closed
    protocol.data_received(b"\r\n.\r\n")
    loop.settle()
    assert line.said.endswith(b"250 OK\r\n") and len(taking.content) == 40 * 12 + 2
    loop.now += 301
    loop.settle()
    assert line.closed, "between two mails nothing comes at all"
    protocol.connection_lost(None)
    loop.settle()
    loop.close()


def test_one_that_stops_in_the_middle_of_a_mail_is_not_waited_for():
    loop, line = Clock(), Line()
    protocol = Protocol(Taking(), Callers(), loop=loop, hostname="localhost")
    protocol.connection_made(line)
    loop.settle()
    for said in (b"EHLO x\r\n", b"MAIL FROM:<a@b.example>\r\n", b"RCPT TO:<c@d.example>\r\n", b"DATA\r\n", b"half"):
        protocol.data_received(said)
        loop.settle()
    loop.now += 301
    loop.settle()
    assert line.closed
    protocol.connection_lost(None)
    loop.settle()
    loop.close()


# -- The header

ORDERS = {
    "Sender": "eve@other.example",
    "Return-Path": "<eve@other.example>",
    "Resent-From": "eve@other.example",
    "Resent-Bcc": "everybody@other.example",
    "X-SES-CONFIGURATION-SET": "another",
    "X-SES-SOURCE-ARN": "arn:aws:ses:eu-west-1:123456789012:identity/other.example",
}


def with_orders() -> bytes:
    return b"".join(f"{name}: {value}\r\n".encode() for name, value in ORDERS.items()) + a_mail()


def sent(post: Post) -> list[EmailMessage]:
    return [message_from_bytes(mail["raw"].encode(), policy=policy.default) for mail in post.system.aws.outbox()]


def test_no_client_gives_orders_to_ses(post: Post):
    service = post.system.aws.client("sesv2")
    service.create_email_identity(EmailIdentity=ANN)
    post.again(upstream=ses)
    post.send(b"DKIM-Signature: v=1; a=rsa-sha256\r\nDate: Mon, 21 Sep 2026 14:00:00 +0000\r\n" + with_orders())
    post.hand_over()
    service.delete_email_identity(EmailIdentity=ANN)
    (mail,) = sent(post)
    assert {name for name in ORDERS if name in mail} == set()
    assert mail["DKIM-Signature"] is None and len(mail.get_all("Date", [])) <= 1
    assert mail["From"] == "Ann <ann@sender.example>"


def test_no_client_names_another_sender_to_the_provider(post: Post):
    post.send(with_orders())
    post.hand_over()
    mail = message_from_bytes(post.provider.came[0][2], policy=policy.default)
    assert {name for name in ORDERS if name in mail} == set()
    assert mail["Subject"] == "Offer for June"
