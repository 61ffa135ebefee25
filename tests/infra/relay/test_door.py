"""Who may send through the relay, and that what it says it took is in the queue."""

import smtplib
import threading
from base64 import b64encode
from email import message_from_bytes, policy

import pytest

from chalicelib.domain.accounts import Address
from chalicelib.store.accounts import accounts
from chalicelib.store.dynamodb import sdk as dynamodb
from infra.relay import door, password_guesses
from infra.relay.upstream import ses
from tests.infra.relay.conftest import ANN, Post
from tests.mails import SIGNED, a_mail
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.trouble import settings


def refused(post: Post, raw: bytes, mail_from: str = ANN) -> str:
    """What a client is told that does not get its mail taken."""
    with post.client() as client, pytest.raises(smtplib.SMTPResponseException) as told:
        client.sendmail(mail_from, ["bob@example.com"], raw)
    assert post.relay.spool.waiting() == 0
    return f"{told.value.smtp_code} {told.value.smtp_error.decode()}"


# -- Who


def test_a_mail_goes_through_tracked_and_its_pixel_counts(post: Post):
    post.send(a_mail(), "bob@example.com")
    post.hand_over()
    ((mail_from, recipient, raw),) = post.provider.came
    assert (mail_from, recipient) == (ANN, "bob@example.com")
    (message,) = post.system.call("GET", "/v1/messages").json["items"]
    assert (message["subject"], message["status"]) == ("Offer for June", "no_evidence")
    pixel = raw.partition(b'<img src="')[2].partition(b'"')[0].decode()
    post.system.now += 7200
    post.system.ask("GET", pixel, headers={"User-Agent": THUNDERBIRD}, address=HOME)
    post.system.follow()
    assert post.system.show(message)["status"] == "opened"


def test_a_plain_text_goes_as_it_came_unless_the_sender_wants_its_links_tracked(post: Post):
    letter = a_mail("See https://example.com/offer\r\n", "text/plain")
    post.send(letter)
    post.system.call("PUT", "/v1/preferences", {"text_links": True})
    post.send(letter)
    post.hand_over()
    (_, _, before), (_, _, after) = post.provider.came
    assert b"https://example.com/offer" in before and b"https://example.com/offer" not in after
    assert b"/c/" in after and b"/o/" not in after
    found = post.system.call("GET", "/v1/messages").json["items"]
    assert {each["status"] for each in found} == {"not_tracked", "cannot_know"}


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_the_password_is_an_api_token_and_the_name_may_be_anything(post: Post, mechanism):
    with smtplib.SMTP("127.0.0.1", post.relay.door.port) as client:
        client.starttls(context=post.trusting())
        client.ehlo()
        assert set(client.esmtp_features["auth"].split()) == {"LOGIN", "PLAIN"}
        client.esmtp_features["auth"] = mechanism
        assert client.login(ANN, "a test's token")[0] == 235


@pytest.mark.parametrize("way", ["AUTH plain", "auth Plain", "AUTH PLAIN"])
def test_the_name_of_a_way_to_sign_in_is_good_in_any_case(post: Post, way):
    with smtplib.SMTP("127.0.0.1", post.relay.door.port) as client:
        client.starttls(context=post.trusting())
        client.ehlo()
        assert client.docmd(way, b64encode(b"\0ann\0a test's token").decode())[0] == 235


@pytest.mark.parametrize(
    "said", ["SIZE=200 AUTH=<>", "auth=ann+40sender.example size=200", "AUTH=<> BODY=8bitmime", "size=9"]
)
def test_what_clients_say_of_a_mail_is_taken(post: Post, said):
    with post.client() as client:
        assert client.docmd("MAIL", f"FROM:<{ANN}> {said}") == (250, b"2.1.0 OK")
        assert client.docmd("RCPT", "TO:<bob@example.com>")[0] == 250
        assert client.data(a_mail())[0] == 250
    post.hand_over()
    assert [each[:2] for each in post.provider.came] == [(ANN, "bob@example.com")]


def test_a_read_receipt_of_the_accounts_own_comes_from_nobody(post: Post):
    receipt = a_mail("", Content_Type='multipart/report; report-type=disposition-notification; boundary="b"').replace(
        b"\r\n\r\n",
        b"\r\n\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
        b"Disposition: manual-action; displayed\r\n--b--\r\n",
        1,
    )
    post.send(receipt, mail_from="")
    post.hand_over()
    ((mail_from, recipient, raw),) = post.provider.came
    assert (mail_from.strip("<>"), recipient) == ("", "bob@example.com") and b"displayed" in raw
    assert refused(post, a_mail(), "").startswith("550 5.7.1 Only a report")
    assert refused(post, receipt.replace(ANN.encode(), b"bob@example.com", 1), "").startswith("550 5.7.1 From")


def test_a_wrong_password_opens_nothing(post: Post):
    for password in ("", "a guess", "ä", "\x00"):
        with pytest.raises((smtplib.SMTPAuthenticationError, UnicodeEncodeError)), post.client(password=password):
            pass
    with smtplib.SMTP("127.0.0.1", post.relay.door.port) as client:
        client.starttls(context=post.trusting())
        client.ehlo()
        assert client.mail(ANN)[0] == 530


def test_without_tls_there_is_neither_a_password_asked_nor_a_mail_taken(post: Post):
    with smtplib.SMTP("127.0.0.1", post.relay.door.port) as client:
        client.ehlo()
        assert "auth" not in client.esmtp_features and "starttls" in client.esmtp_features
        assert client.docmd("AUTH", "PLAIN AGFubgB0b2tlbg==")[0] in (530, 538)
        assert client.docmd("MAIL", f"FROM:<{ANN}>")[0] == 530


def test_a_table_that_does_not_answer_is_no_wrong_password(post: Post):
    from tests.trouble import refusing

    with smtplib.SMTP("127.0.0.1", post.relay.door.port) as client:
        client.starttls(context=post.trusting())
        client.ehlo()
        with refusing(dynamodb.client(), "GetItem", "InternalServerError"):
            assert client.docmd("AUTH", "PLAIN AGFubgB0b2tlbg==")[0] == 451


def wrong_password(post: Post) -> bytes:
    """What who guesses is told."""
    with pytest.raises(smtplib.SMTPAuthenticationError) as told, post.client(password="a guess"):
        pass
    return told.value.smtp_error


def test_who_guesses_is_not_listened_to_for_a_while(post: Post):
    for _ in range(password_guesses.MOST // 2):  # smtplib tries PLAIN, then LOGIN
        assert wrong_password(post).startswith(b"5.7.8")
    assert wrong_password(post).startswith(b"4.7.0 Too many")
    with pytest.raises(smtplib.SMTPAuthenticationError), post.client():
        pass
    post.now += password_guesses.WHILE
    post.send(a_mail())
    assert post.relay.spool.waiting() == 1


def test_guesses_are_counted_by_neighbourhood_and_forgotten_in_the_end():
    noted = password_guesses.Guesses(lambda: SENT)
    for number in range(password_guesses.MOST):
        noted.note(f"2001:db8::{number}")
    assert noted.too_many("2001:db8::ffff") and not noted.too_many("2001:db8:0:1::1")
    for number in range(password_guesses.MOST_PEERS):
        noted.note(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert not noted.too_many("2001:db8::1") and not noted.too_many("10.0.0.1")


def test_one_slow_answer_of_the_table_holds_up_nobody(post: Post):
    asked, go_on, gave_up = threading.Event(), threading.Event(), threading.Event()

    def slow(params, **_):
        asked.set()
        if not go_on.wait(10):
            gave_up.set()

    events = dynamodb.client().meta.events
    events.register_first("before-call.dynamodb.GetItem", slow)
    signing_in = threading.Thread(target=lambda: post.send(a_mail()))
    signing_in.start()
    try:
        assert asked.wait(30)
        events.unregister("before-call.dynamodb.GetItem", slow)
        with post.client() as other:
            assert other.noop()[0] == 250 and not gave_up.is_set()
    finally:
        go_on.set()
        signing_in.join(30)
    assert post.relay.spool.waiting() == 1


# -- What


JUERGEN = "jürgen@bücher.example"


def test_where_ses_delivers_addresses_in_other_letters_are_refused_in_words_and_texts_are_not(post: Post):
    post.again(upstream=ses)
    with post.client() as client:
        assert "smtputf8" not in client.esmtp_features
        code, told = client.docmd("MAIL", f"FROM:<{ANN}> SMTPUTF8")
        assert (code, told[:5]) == (553, b"5.6.7")
        assert client.mail(ANN)[0] == 250
        client.send(f"RCPT TO:<{JUERGEN}>\r\n".encode())
        code, told = client.getreply()
        assert (code, told[:5]) == (553, b"5.6.7")
        assert client.rcpt("bob@example.com")[0] == 250
        assert client.data(a_mail(Subject="Grüße"))[0] == 250


def test_an_address_in_other_letters_gets_its_mail_as_it_was_written_by_a_provider_that_takes_it(post: Post):
    raw = a_mail(Subject="Grüße", To=f"Jürgen <{JUERGEN}>, Bob <bob@example.com>")
    with post.client() as client:
        client.sendmail(ANN, [JUERGEN, "bob@example.com"], raw, mail_options=["SMTPUTF8", "BODY=8BITMIME"])
    post.hand_over()
    came = {recipient: mail for _, recipient, mail in post.provider.came}
    assert came[JUERGEN] == raw and b"/o/" in came["bob@example.com"]


def test_who_writes_other_letters_without_saying_so_is_told(post: Post):
    with post.client() as client:
        assert client.mail(ANN)[0] == 250
        client.send(f"RCPT TO:<{JUERGEN}>\r\n".encode())
        assert client.getreply() == (553, door._NOT_SAID.removeprefix("553 ").encode())


def test_a_provider_that_takes_no_other_letters_is_not_asked_again_and_the_sender_is_told(post: Post):
    post.provider.down()
    post.provider.up(enable_SMTPUTF8=False)
    with post.client() as client:
        client.sendmail(ANN, [JUERGEN], a_mail(), mail_options=["SMTPUTF8"])
    post.hand_over()
    post.hand_over()
    ((_, recipient, told),) = post.provider.came
    mail = message_from_bytes(told, policy=policy.default)
    said = mail.get_body(("plain",)).get_content()
    assert recipient == ANN and JUERGEN in said and "SMTPUTF8" in said
    assert post.relay.spool.waiting() == 0


def test_a_spoofed_author_is_refused_in_the_header_and_on_the_envelope(post: Post):
    assert "550 5.7.1 From: eve@other.example" in refused(post, a_mail(From="Ann <eve@other.example>"))
    assert "550 5.7.1 eve@other.example" in refused(post, a_mail(), "eve@other.example")
    for two in ("Ann <ann@sender.example>, eve@other.example", "eve@other.example <ann@sender.example>", ""):
        assert "must hold one address" in refused(post, a_mail(From=two))
    twice = a_mail().replace(b"To:", b"From: eve@other.example\r\nTo:", 1)
    assert "must hold one address" in refused(post, twice)


def test_a_mail_that_goes_round_in_circles_is_stopped(post: Post):
    hop = b"Received: from a by b; Mon, 21 Sep 2026 14:13:20 +0000\r\n"
    assert refused(post, hop * 31 + a_mail()).startswith("554 5.4.6")
    post.send(hop * 30 + a_mail())
    assert post.relay.spool.waiting() == 1


def test_a_mail_that_we_sent_before_goes_on_as_it_is(post: Post):
    raw = a_mail(X_Unsealed="0199")
    post.send(raw)
    post.hand_over()
    assert post.provider.came[0][2] == raw
    (message,) = post.system.call("GET", "/v1/messages").json["items"]
    assert message["recipients"][0]["not_tracked"] == "loop"


def test_the_size_limit_is_announced_and_held(post: Post):
    with post.client() as client:
        assert int(client.esmtp_features["size"]) == door.LARGEST_MAIL
        assert client.docmd("MAIL", f"FROM:<{ANN}> SIZE={door.LARGEST_MAIL + 1}")[0] == 552


def test_a_full_queue_is_told_and_nothing_of_the_mail_is_kept(post: Post):
    post.again(most_bytes=30_000)
    post.send(a_mail())
    with post.client() as client, pytest.raises(smtplib.SMTPDataError) as told:
        client.sendmail(ANN, ["bob@example.com"], a_mail("<p>" + "x " * 10_000 + "</p>"))
    assert told.value.smtp_code == 452
    assert post.relay.spool.waiting() == 1


def test_a_queue_that_was_full_before_takes_not_even_an_envelope(post: Post):
    post.again(most_bytes=-1)
    with post.client() as client:
        assert client.mail(ANN) == (452, b"4.3.1 The queue is full: try again later.")


def test_a_disk_that_fails_leaves_the_mail_with_the_client(post: Post):
    (post.folder / "relay" / "making").rmdir()
    assert refused(post, a_mail()) == "452 4.3.1 The queue is full: try again later."


def test_more_bytes_than_were_announced_are_refused_and_not_kept(post: Post):
    line = b"x" * 900_000 + b"\r\n"
    assert refused(post, a_mail() + line * (door.LARGEST_MAIL // len(line) + 1)).startswith("552")
    post.send(a_mail())


def test_more_recipients_than_at_a_time_are_for_the_next_time(post: Post):
    with post.client() as client:
        client.mail(ANN)
        codes = {client.rcpt(f"b{number}@example.com")[0] for number in range(door.MOST_RECIPIENTS)}
        assert codes == {250}
        assert client.rcpt("one@more.example")[0] == 452


def test_a_signed_mail_goes_out_byte_for_byte_and_is_not_tracked(post: Post):
    post.send(SIGNED)
    post.hand_over()
    assert post.provider.came[0][2] == SIGNED
    (message,) = post.system.call("GET", "/v1/messages").json["items"]
    assert (message["status"], message["recipients"][0]["not_tracked"]) == ("not_tracked", "signed")


def test_each_recipient_gets_a_copy_and_the_hidden_ones_stay_hidden(post: Post):
    everybody = ["bob@example.com", "carol@example.com", "dora@example.com"]
    post.send(a_mail(Cc="carol@example.com", Bcc="dora@example.com"), *everybody)
    post.hand_over()
    assert [recipient for _, recipient, _ in post.provider.came] == everybody
    assert len({raw for _, _, raw in post.provider.came}) == 3
    assert not any(b"dora" in raw for _, _, raw in post.provider.came)


def test_lines_that_end_oddly_or_never_arrive_as_lines(post: Post):
    with post.client() as client:
        client.mail(ANN)
        client.rcpt("bob@example.com")
        client.docmd("DATA")
        client.send(
            a_mail(kind="text/plain").replace(b"\r\n\r\n", b"\r\n\r\na\n.\nb\rc" + b"x" * 900 + b"\r\n") + b".\r\n"
        )
        assert client.getreply()[0] == 250
    post.hand_over()
    assert b"\r\na\r\n.\r\nb\r\ncxxxx" in post.provider.came[0][2]
    assert len(post.provider.came) == 1


def test_a_mail_is_not_lost_though_we_cannot_note_it(post: Post):
    from tests.trouble import refusing

    with refusing(dynamodb.client(), "TransactWriteItems", "ValidationException"):
        post.send(a_mail())
    post.hand_over()
    assert post.provider.came[0][2] == a_mail()


def test_a_verified_address_of_the_sender_may_be_the_author_and_the_envelope(post: Post):
    home = "ann@home.example"
    assert "not an address of the account" in refused(post, a_mail(From=home), home)
    accounts.add_address(post.system.sender, Address(home, SENT))
    with post.client() as client:
        client.sendmail(home, ["bob@example.com"], a_mail(From=home))
    assert post.relay.spool.waiting() == 1


def test_a_token_that_may_not_send_is_no_password_here(post: Post):
    made = post.system.call("POST", "/v1/tokens", {"name": "a reader's", "scopes": ["read", "admin"]}).json["token"]
    with pytest.raises(smtplib.SMTPAuthenticationError) as told, post.client(password=made):
        pass
    assert told.value.smtp_code == 535


def test_a_password_that_is_used_too_often_is_for_later(post: Post):
    post.now += 60
    with settings(CALLS_A_MINUTE="1"):
        with post.client():
            pass
        with pytest.raises(smtplib.SMTPAuthenticationError) as told, post.client():
            pass
    assert told.value.smtp_code == 454
