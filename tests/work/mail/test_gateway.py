"""The gateway: from any mail program, to `bob=example.com@`, and never for a stranger, in a circle or in silence."""

from email import message_from_string, policy
from email.message import EmailMessage

import pytest
from botocore.exceptions import ClientError
from moto.ses.models import ses_backends

from chalicelib.config import config
from chalicelib.domain.accounts import Address
from chalicelib.store.accounts import accounts, quotas
from chalicelib.store.mail import inbox
from chalicelib.work.mail import gateway
from infra.local import ses_receipts
from tests import trouble
from tests.aws.aws import ACCOUNT
from tests.aws.resources import REGION
from tests.mails import SIGNED, a_mail
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.system import System

ANN = "ann@sender.example"


def ours() -> str:
    return config().inbound_domain


def to_bob(**fields: str) -> bytes:
    return a_mail(**{"To": f"Bob <bob=example.com@{ours()}>", **fields})


def came(system: System, raw: bytes, *to: str, sender: str = ANN, **verdicts: str) -> dict:
    return system.receive(raw, *(to or (f"bob=example.com@{ours()}",)), sender=sender, after=0, **verdicts)


def sent(system: System) -> list[EmailMessage]:
    return [message_from_string(mail["raw"], policy=policy.default) for mail in system.aws.outbox()]


def to(system: System) -> list[str]:
    return [mail["to"][0] for mail in system.aws.outbox()]


@pytest.fixture
def verified(system: System) -> System:
    """SES may send for Ann's domain."""
    service = system.aws.client("sesv2")
    service.create_email_identity(
        EmailIdentity="sender.example", DkimSigningAttributes={"NextSigningKeyLength": "RSA_2048_BIT"}
    )
    identity = ses_backends[ACCOUNT][REGION].email_identities["sender.example"]
    identity.verified_for_sending_status = True  # as it is once the owner's DNS has the records
    yield system
    service.delete_email_identity(EmailIdentity="sender.example")


def test_a_mail_goes_on_as_the_sender_and_its_pixel_counts(verified: System):
    came(verified, to_bob(Cc="Dora <dora@example.com>", In_Reply_To="<0@example.com>", References="<0@example.com>"))
    (mail,) = sent(verified)
    assert to(verified) == ["bob@example.com"], "Dora has hers from Ann's own provider"
    assert mail["From"] == "Ann <ann@sender.example>"
    assert (mail["To"], mail["Cc"]) == ("Bob <bob@example.com>", "Dora <dora@example.com>")
    assert (mail["Message-ID"], mail["References"]) == ("<1@sender.example>", "<0@example.com>")
    assert mail["Reply-To"].startswith("r+") and mail["Reply-To"].endswith(f"@{ours()}")
    (message,) = verified.call("GET", "/v1/messages").json["items"]
    assert (message["subject"], message["thread"]) == ("Offer for June", "<0@example.com>")
    pixel = mail.get_body(("html",)).get_content().partition('<img src="')[2].partition('"')[0]
    verified.now = SENT + 7200
    verified.ask("GET", pixel, headers={"User-Agent": THUNDERBIRD}, address=HOME)
    verified.follow()
    assert verified.show(message)["status"] == "opened"


def test_the_links_of_a_plain_text_are_tracked_where_the_sender_wants_it(system: System):
    system.call("PUT", "/v1/preferences", {"text_links": True})
    came(system, a_mail("See https://example.com/offer\r\n", "text/plain", To=f"bob=example.com@{ours()}"))
    (mail,) = sent(system)
    assert "/c/" in mail.get_content() and "https://example.com/offer" not in mail.get_content()


def test_where_ses_may_not_send_for_the_domain_the_mail_comes_from_us_in_their_name(system: System):
    came(system, to_bob())
    (mail,) = sent(system)
    (author,) = mail["From"].addresses
    assert author.display_name == "Ann (ann@sender.example)" and author.domain == ours()
    assert author.addr_spec == mail["Reply-To"]


def test_a_reply_to_of_the_senders_own_stays(system: System):
    came(system, to_bob(X_Long="x" * 200, Reply_To="desk@sender.example"))
    (mail,) = sent(system)
    assert mail["Reply-To"] == "desk@sender.example"


def test_an_answer_finds_its_way_back_to_the_sender(system: System):
    came(system, to_bob())
    (mail,) = sent(system)
    answer = a_mail(From="bob@example.com", To=str(mail["Reply-To"]), Subject="Re: Offer", Message_ID="<2@example.com>")
    system.receive(answer, str(mail["Reply-To"]), sender="bob@example.com")
    (message,) = system.call("GET", "/v1/messages").json["items"]
    assert message["status"] == "replied"
    assert ANN in to(system)[1:]


def test_both_ids_of_a_copy_are_known(system: System):
    came(system, to_bob())
    (message,) = system.call("GET", "/v1/messages").json["items"]
    name = system.aws.outbox()[0]["id"]
    for given in (name, "1"):
        ((known,),) = inbox.copies([given])
        assert known.copy == (message["id"], 0)
    ((known,),) = inbox.copies([name])
    assert known.original == "<1@sender.example>"


def test_several_recipients_each_get_a_copy_of_their_own(system: System):
    both = (f"bob=example.com@{ours()}", f"carol@example.com.{ours()}")
    came(system, a_mail(To=", ".join(both)), *both)
    assert to(system) == ["bob@example.com", "carol@example.com"]
    one, other = sent(system)
    assert one["To"] == other["To"] == "bob@example.com, carol@example.com"
    assert one.get_body(("html",)).get_content() != other.get_body(("html",)).get_content()


def test_a_mail_told_twice_goes_on_once(system: System):
    event = came(system, to_bob())
    system.run("receive", event)
    assert to(system) == ["bob@example.com"]
    assert len(system.call("GET", "/v1/messages").json["items"]) == 1


def test_what_broke_off_goes_on_where_it_was(system: System):
    both = (f"bob=example.com@{ours()}", f"carol=example.com@{ours()}")
    event = ses_receipts.arrive(system.aws.keep_mail, a_mail(To=", ".join(both)), ANN, both, SENT)
    failing = trouble.refusing(gateway.sending._client(), "SendEmail", "InternalFailure", after=1)
    with failing, pytest.raises(ClientError, match="InternalFailure"):
        system.run("receive", event)
    assert to(system) == ["bob@example.com"]
    system.run("receive", event)
    assert to(system) == ["bob@example.com", "carol@example.com"]
    assert len(system.call("GET", "/v1/messages").json["items"]) == 1


def test_a_copy_that_fails_holds_up_no_other_and_goes_once_it_may(system: System):
    both = (f"bob=example.com@{ours()}", f"carol=example.com@{ours()}")
    event = ses_receipts.arrive(system.aws.keep_mail, a_mail(To=", ".join(both)), ANN, both, SENT)
    failing = trouble.refusing(gateway.sending._client(), "SendEmail", "SendingPausedException", most=1)
    with failing, pytest.raises(ClientError, match="SendingPaused"):
        system.run("receive", event)
    assert to(system) == ["carol@example.com"]
    system.run("receive", event)
    assert to(system) == ["carol@example.com", "bob@example.com"]


def test_a_copy_that_ses_will_never_take_holds_up_no_other_and_its_sender_hears_of_it_once(system: System):
    both = (f"bob=example.com@{ours()}", f"carol=example.com@{ours()}")
    event = ses_receipts.arrive(system.aws.keep_mail, a_mail(To=", ".join(both)), ANN, both, SENT)
    with trouble.refusing(gateway.sending._client(), "SendEmail", "BadRequestException", most=1):
        system.run("receive", event)
    assert to(system) == ["carol@example.com", ANN]
    told = sent(system)[1].get_body(("plain",)).get_content()
    assert "bob@example.com" in told and "carol" not in told and "BadRequestException" in told
    system.run("receive", event)
    assert to(system) == ["carol@example.com", ANN], "it is not tried again"
    system.follow()
    (message,) = system.call("GET", "/v1/messages").json["items"]
    assert [each["status"] for each in system.show(message)["recipients"]] == ["bounced", "no_evidence"]


def test_a_signed_mail_keeps_its_body_byte_for_byte(system: System):
    came(system, SIGNED.replace(b"bob@example.com", f"bob=example.com@{ours()}".encode()))
    raw = system.aws.outbox()[0]["raw"]
    assert raw.partition("\r\n\r\n")[2] == SIGNED.decode().partition("\r\n\r\n")[2]
    (message,) = system.call("GET", "/v1/messages").json["items"]
    assert message["recipients"][0]["not_tracked"] == "signed"


def test_signatures_of_the_first_way_and_hops_go(system: System):
    came(
        system, b"Return-Path: <a@b.c>\r\nReceived: from home ([198.51.100.7])\r\n" + to_bob(DKIM_Signature="v=1; b=x")
    )
    (mail,) = sent(system)
    assert {"DKIM-Signature", "Return-Path", "Received"}.isdisjoint(mail.keys())


# -- Who may not


def test_a_stranger_gets_neither_service_nor_answer(system: System):
    came(system, to_bob(From="Eve <eve@other.example>"), sender="eve@other.example")
    came(system, to_bob(From="Eve <eve@other.example>"))
    assert system.aws.outbox() == []


def test_two_authors_are_no_author(system: System):
    came(system, to_bob(From="Ann <ann@sender.example>, eve@other.example"))
    came(system, to_bob(From="eve@other.example <ann@sender.example>"))
    assert system.aws.outbox() == []


@pytest.mark.parametrize(
    ("verdict", "cure"),
    [
        ("FAIL", "DMARC did not pass"),
        ("GRAY", "at _dmarc.sender.example that says “v=DMARC1; p=none”"),
        ("PROCESSING_FAILED", "send it again"),
    ],
)
def test_who_is_not_proven_is_told_at_an_address_of_the_account_and_what_would_cure_it(system: System, verdict, cure):
    forged = to_bob(Authentication_Results="mx.example; dmarc=pass header.from=sender.example")
    came(system, forged, dmarc=verdict)
    (mail,) = sent(system)
    assert to(system) == [ANN]
    assert mail["Subject"] == "Not delivered: a mail in your name"
    assert cure in mail.get_content()


def forged(**fields: str) -> bytes:
    return a_mail(
        '<p>Click <a href="https://evil.example/x">here</a></p>',
        Subject="Your invoice https://evil.example/pay",
        To=f"evil=evil.example@{ours()}",
        X_Evil="https://evil.example",
        **fields,
    )


def test_who_writes_in_a_senders_name_reaches_them_with_nothing_of_theirs_and_once_a_day(system: System):
    """Our own domain shall bring no forger's words; and their slips shall not be hidden behind them."""
    verdicts = [{"dmarc": "FAIL"}, {"dmarc": "GRAY"}, {"dmarc": ""}, {"dmarc": "FAIL", "virus": "FAIL"}]
    for number in range(25):
        came(system, forged(), f"evil{number}=evil.example@{ours()}", **verdicts[number % 4])
    (told,) = system.aws.outbox()
    assert told["to"] == [ANN] and "evil" not in told["raw"].lower()
    for number in range(gateway.MOST_TOLD_A_DAY + 3):
        came(system, to_bob(), f"bob{number}@{ours()}")
    slips = [mail for mail in sent(system) if mail["Subject"] == "Not delivered: Offer for June"]
    assert len(slips) == gateway.MOST_TOLD_A_DAY, "true notices have a count of their own"
    system.receive(forged(), f"evil=evil.example@{ours()}", sender=ANN, after=86_400, dmarc="FAIL")
    assert sent(system)[-1]["Subject"] == "Not delivered: a mail in your name"


def test_a_proven_mail_with_a_virus_is_told_as_before(system: System):
    came(system, to_bob(), virus="FAIL")
    (mail,) = sent(system)
    assert mail["Subject"] == "Not delivered: Offer for June"
    assert "virus" in mail.get_body(("plain",)).get_content()


def test_a_mail_for_which_ses_has_no_room_goes_on_when_there_is_some(system: System):
    both = (f"bob=example.com@{ours()}", f"carol=example.com@{ours()}")
    with trouble.refusing(gateway.sending._client(), "SendEmail", "LimitExceededException", after=1):
        came(system, a_mail(To=", ".join(both)), *both)
    assert to(system) == ["bob@example.com"]
    with trouble.refusing(gateway.sending._client(), "SendEmail", "LimitExceededException"):
        system.minute(90_000)
    assert to(system) == ["bob@example.com"]
    for after in (180_000, 270_000, 360_000):
        system.minute(after)
    assert to(system) == ["bob@example.com", "carol@example.com"]
    assert len(system.call("GET", "/v1/messages").json["items"]) == 1


@pytest.mark.parametrize(
    ("fields", "sender"),
    [
        ({"X_Unsealed": "0199"}, ANN),
        ({"Auto_Submitted": "auto-replied"}, ANN),
        ({}, ""),
    ],
    ids=["ours", "automatic", "null sender"],
)
def test_what_a_machine_wrote_goes_nowhere(system: System, fields, sender):
    came(system, to_bob(**fields), sender=sender)
    assert system.aws.outbox() == []


@pytest.mark.parametrize("subject", ["Out of office: our plan", "Urlaub: Angebot"])
def test_what_reads_like_a_machines_but_may_be_the_senders_goes_on(system: System, subject):
    came(system, to_bob(Subject=subject))
    assert to(system) == ["bob@example.com"]


def test_nothing_leads_back_to_ourselves(system: System):
    came(system, to_bob(), f"bob={ours()}@{ours()}")
    (mail,) = sent(system)
    assert to(system) == [ANN] and "not an address of this gateway" in mail.get_body(("plain",)).get_content()


def test_a_day_has_an_end(system: System):
    assert quotas.take(system.sender, "gateway", gateway.MOST_A_DAY, gateway.MOST_A_DAY, SENT)
    came(system, to_bob())
    assert to(system) == [ANN]
    assert f"{gateway.MOST_A_DAY} recipients a day" in sent(system)[0].get_body(("plain",)).get_content()
    system.receive(to_bob(), f"bob=example.com@{ours()}", sender=ANN, after=86_400)
    assert to(system) == [ANN, "bob@example.com"]


def test_a_mail_counts_once_towards_the_day_however_often_it_is_tried(system: System):
    assert quotas.take(system.sender, "gateway", gateway.MOST_A_DAY - 2, gateway.MOST_A_DAY, SENT)
    both = (f"bob=example.com@{ours()}", f"carol=example.com@{ours()}")
    event = ses_receipts.arrive(system.aws.keep_mail, a_mail(To=", ".join(both)), ANN, both, SENT)
    failing = trouble.refusing(gateway.sending._client(), "SendEmail", "InternalFailure")
    with failing, pytest.raises(ClientError, match="InternalFailure"):
        system.run("receive", event)
    system.run("receive", event)
    assert to(system) == ["bob@example.com", "carol@example.com"]


def test_a_failure_counts_once_towards_the_day_however_often_it_is_tried_to_tell_of_it(system: System):
    assert quotas.take(system.sender, "told", gateway.MOST_TOLD_A_DAY - 1, gateway.MOST_TOLD_A_DAY, SENT)
    bob = (f"bob=example.com@{ours()}",)
    event = ses_receipts.arrive(system.aws.keep_mail, to_bob(), ANN, bob, SENT, {"dmarc": "FAIL"})
    failing = trouble.refusing(gateway.sending._client(), "SendEmail", "InternalFailure")
    with failing, pytest.raises(ClientError, match="InternalFailure"):
        system.run("receive", event)
    system.run("receive", event)
    assert to(system) == [ANN]


def test_the_only_notice_of_a_day_is_not_lost_with_the_function_that_counted_it(system: System):
    event = ses_receipts.arrive(
        system.aws.keep_mail, to_bob(), ANN, (f"bob=example.com@{ours()}",), SENT, {"dmarc": "FAIL"}
    )
    failing = trouble.refusing(trouble.the_table(), "PutItem", "InternalServerError", most=1)
    with failing, pytest.raises(trouble.TABLE_REFUSES):
        system.run("receive", event)
    system.run("receive", event)
    system.run("receive", event)
    assert set(to(system)) == {ANN}, "SES had said yes and it was not noted: it may come twice, and it comes"


@pytest.mark.parametrize("slip", ["bob@{}", "bob=example@{}", "unsealed@{}"])
def test_a_slip_in_the_address_is_told_to_the_sender_and_to_no_stranger(system: System, slip: str):
    address = slip.format(ours())
    came(system, a_mail(To=address), address)
    (told,) = sent(system)
    said = told.get_body(("plain",)).get_content()
    assert told["To"] == ANN and "write bob=example.com@ for bob@example.com" in said
    came(system, a_mail(From="eve@else.example", To=address), address, sender="eve@else.example")
    assert len(sent(system)) == 1


def test_the_name_in_from_stays_where_the_mail_comes_from_us(system: System):
    came(system, to_bob(From=f"Ann Miller <{ANN}>"))
    (mail,) = sent(system)
    assert mail["From"].addresses[0].display_name == f"Ann Miller ({ANN})"


def test_what_ses_refuses_is_told(system: System):
    with trouble.refusing(gateway.sending._client(), "SendEmail", "MessageRejected", after=0) as refused:
        came(system, to_bob())
    assert len(refused) == 3, "the copy, the mail that returns it, and the notification of the bounce"
    (message,) = system.call("GET", "/v1/messages").json["items"]
    assert message["status"] == "bounced", "which says so where no mail can"


def test_a_verified_address_of_the_sender_writes_as_well_as_the_first_and_one_that_is_not_does_not(system: System):
    raw = to_bob(From="Ann <ann@home.example>")
    came(system, raw, sender="ann@home.example")
    assert system.aws.outbox() == [], "nobody of ours"
    accounts.add_address(system.sender, Address("ann@home.example", SENT))
    came(system, raw, sender="ann@home.example")
    assert to(system) == ["bob@example.com"]
    assert "ann@home.example" in sent(system)[0]["From"]
    (message,) = system.call("GET", "/v1/messages").json["items"]
    own = a_mail(From="ann@home.example", Message_ID="<2@home.example>", In_Reply_To="<1@sender.example>")
    system.receive(own, sent(system)[0]["Reply-To"].addresses[0].addr_spec, sender="ann@home.example")
    assert system.show(message)["recipients"][0]["replies"] == 0, "one's own addresses never reply"
    accounts.remove_address(system.sender, "ann@home.example")
    came(system, to_bob(From="Ann <ann@home.example>", Message_ID="<3@home.example>"), sender="ann@home.example")
    assert len(system.call("GET", "/v1/messages").json["items"]) == 1
