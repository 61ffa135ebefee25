"""What comes back by mail, told through the real entrances: SES's receipts and reports, the stream and the outbox."""

import json
from email import message_from_string, policy
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.domain.accounts import Address
from chalicelib.senders import mail
from chalicelib.store.accounts import accounts
from chalicelib.store.mail import inbox
from chalicelib.work.accounts.registering import register
from infra.local import ses_receipts
from tests.mails import a_mail
from tests.makers import CHROME, HOME, SENT, THUNDERBIRD
from tests.replies import a_bounce_notice, a_complaint, an_answer, handed_on, reply_to
from tests.system import TOKEN, System
from tests.trouble import logged, refusing

EVENTS = Path(__file__).parent / "events"


def subjects(system: System) -> list[str]:
    """Of the mails that the sender got, notifications first."""
    return sorted(mail["subject"] for mail in system.aws.outbox())


def copies(system: System, token: str = TOKEN) -> str:
    """Where a sender's own mailbox forwards copies to."""
    return str(system.call("GET", "/v1/forwarding", token=token).json["address"])


def events(system: System, message: dict[str, Any]) -> list[tuple[str, str]]:
    return [(event["kind"], event["recipient"]) for event in system.show(message)["events"]]


def test_an_answer_to_the_reply_address_is_told_and_handed_on(system: System):
    message = system.send(recipients=[{"email": "bob@example.com", "name": "Bob"}])
    system.receive(an_answer(To=f"Ann <{reply_to(message)}>"), reply_to(message))
    seen = system.show(message)
    assert seen["status"] == "replied" and seen["recipients"][0]["inferred_open"]
    assert seen["events"][0]["verdict"] == {"kind": "human", "confidence": 0.99, "reasons": ["reply", "handed_on"]}
    (answer,) = handed_on(system)
    assert answer["From"] == f'"Bob (bob@example.com)" <{reply_to(message)}>'
    assert answer["Reply-To"] == "bob@example.com" and answer["To"] == "Ann <ann@sender.example>"
    assert answer["Subject"] == "Re: Offer for June" and answer.get_content() == "Yes, gladly.\r\n"
    assert subjects(system) == ["Re: Offer for June"], "it speaks for itself"


def test_whatever_is_brought_to_a_sender_comes_where_they_want_to_be_told(system: System):
    hers = "ann@home.example"
    accounts.add_address(system.sender, Address(hers, SENT))
    system.call("PUT", "/v1/preferences", {"address": hers})
    message = system.send()
    system.receive(an_answer(To=f"Ann <{reply_to(message)}>"), reply_to(message))
    system.receive(GMAIL_ASKS, copies(system), sender="forwarding-noreply@google.com")
    at_the_gateway = "bob=example.com@localhost.example"
    system.receive(a_mail(To=at_the_gateway), at_the_gateway, sender="ann@sender.example", dmarc="FAIL")
    came = system.aws.outbox()
    assert sorted(mail["kind"] for mail in came) == ["answer", "letter", "returned"]
    assert [mail["to"] for mail in came] == [[hers]] * 3
    assert all(hers in message_from_string(mail["raw"])["To"] for mail in came)


def test_an_answer_is_known_by_its_references_where_in_reply_to_is_missing(system: System):
    message = system.send()
    inbox.remember_id("<original-7@sender.example>", message["id"], 0, SENT)
    inbox.remember_id("0100018f-SES-000000", message["id"], 0, SENT, "<original-7@sender.example>")
    references = "<older@elsewhere.example> <0100018f-SES-000000@email.amazonses.com>"
    system.receive(an_answer(References=references), copies(system))
    assert events(system, message) == [("reply", "bob@example.com")]
    assert handed_on(system) == [], "the sender has this one already"


def test_the_answer_leads_back_to_the_thread_in_the_senders_own_folder(system: System):
    message = system.send()
    inbox.remember_id("0100018f-SES-000000", message["id"], 0, SENT, "<original-7@sender.example>")
    on_the_wire = "<0100018f-SES-000000@email.amazonses.com>"
    system.receive(an_answer(In_Reply_To=on_the_wire, References=on_the_wire), reply_to(message))
    (answer,) = handed_on(system)
    assert answer["In-Reply-To"] == "<original-7@sender.example>"
    assert answer["References"] == f"{on_the_wire} <original-7@sender.example>"


def test_an_answer_from_an_alias_counts_and_says_so(system: System):
    message = system.send()
    system.receive(an_answer(From="Bob at home <bob@home.example>"), reply_to(message))
    (event,) = system.show(message)["events"]
    assert event["recipient"] == "bob@example.com"
    assert event["verdict"]["reasons"] == ["reply", "other_address", "handed_on"]


def test_the_senders_own_follow_up_is_no_answer(system: System):
    message = system.send()
    system.receive(an_answer(From="Ann <Ann@Sender.Example>"), reply_to(message), sender="ann@sender.example")
    assert events(system, message) == [] and system.aws.outbox() == []


def test_what_the_sender_writes_to_the_reply_address_alone_goes_to_the_recipient(system: System):
    message = system.send()
    own = an_answer("One more thing.", From="Ann <ann@sender.example>", To=f"Bob <{reply_to(message)}>")
    event = system.receive(own, reply_to(message), sender="ann@sender.example")
    system.run("receive", event)
    assert events(system, message) == []
    (mail,) = system.aws.outbox()
    assert mail["to"] == ["bob@example.com"] and "To: Bob <bob@example.com>" in mail["raw"]


def test_an_out_of_office_note_is_no_answer_and_says_until_when(system: System):
    message = system.send()
    note = an_answer(
        "I am on vacation and will be back on 5 October.\r\n",
        Subject="Automatic reply: Offer for June",
        Auto_Submitted="auto-replied (vacation)",
    )
    system.receive(note, reply_to(message), sender="")
    seen = system.show(message)
    assert (seen["status"], seen["recipients"][0]["away_until"]) == ("no_evidence", "2026-10-05")
    (event,) = seen["events"]
    assert (event["kind"], event["counted"]) == ("auto_reply", False)
    assert "away_until_2026-10-05" in event["verdict"]["reasons"]
    assert handed_on(system) == [], "nothing is handed on where no sender is named"


def test_a_bounce_that_calls_itself_an_automatic_reply_is_a_bounce(system: System):
    message = system.send()
    system.receive(a_bounce_notice(), reply_to(message), sender="")
    assert system.show(message)["status"] == "bounced"
    assert subjects(system) == ["“Offer for June” did not reach bob@example.com"]


def test_a_bounce_is_known_by_the_pixel_in_what_came_back(system: System):
    message = system.send()
    quoted = f"Content-Type: text/html\r\n\r\n{message['recipients'][0]['html']}"
    system.receive(a_bounce_notice("failed", "5.1.1", quoted), copies(system), sender="")
    assert system.show(message)["status"] == "bounced"


def test_a_late_mail_is_not_bounced(system: System):
    message = system.send()
    system.receive(a_bounce_notice("delayed", "4.4.1"), reply_to(message), sender="")
    assert system.show(message)["status"] == "no_evidence" and system.aws.outbox() == []


def test_the_same_notification_twice_changes_nothing(system: System):
    def everything() -> tuple:
        shown = system.show(message)
        counted = ("q#", "t#")  # looking is counted
        kept = [item for item in system.aws.items() if not item["pk"]["S"].startswith(counted)]
        return shown, system.aws.outbox(), kept

    message = system.send()
    event = system.receive(an_answer(), reply_to(message))
    before = everything()
    system.run("receive", event)
    system.follow()
    assert everything() == before


def test_one_answer_that_arrives_by_two_ways_is_one(system: System):
    message = system.send(recipients=["bob@example.com", "carol@example.com"])
    both = (reply_to(message, 0), reply_to(message, 1))
    system.receive(an_answer(), *both)
    assert system.show(message)["recipients"][0]["replies"] == 1
    assert events(system, message) == [("reply", "bob@example.com")]
    assert len(handed_on(system)) == 1


def test_an_open_after_a_bounce_does_not_undo_it_and_an_answer_does(system: System):
    message = system.send()
    system.receive(a_bounce_notice(), reply_to(message), sender="", after=60)
    system.opened(message, 3600, THUNDERBIRD, HOME)
    system.follow()
    system.minute(9000)
    assert system.show(message)["status"] == "bounced"
    system.receive(an_answer(), reply_to(message), after=9100)
    assert system.show(message)["status"] == "replied"


def test_a_feedback_report_is_a_complaint(system: System):
    message = system.send()
    system.receive(a_complaint(f"Content-Type: text/html\r\n\r\n{message['recipients'][0]['html']}"), copies(system))
    assert events(system, message) == [("complaint", "bob@example.com")]


def test_a_name_in_raw_8_bit_letters_is_understood(system: System):
    message = system.send()
    system.receive(an_answer(From="Jürgen Böb <bob@example.com>"), reply_to(message))
    assert system.show(message)["status"] == "replied"
    (answer,) = handed_on(system)
    assert answer["From"].addresses[0].display_name == "Jürgen Böb (bob@example.com)"


def test_of_two_recipients_one_answers(system: System):
    message = system.send(recipients=["bob@example.com", "carol@example.com"])
    for recipient in (0, 1):
        inbox.remember_id("<shared@sender.example>", message["id"], recipient, SENT)
    answer = an_answer(From="Carol <carol@example.com>", In_Reply_To="<shared@sender.example>")
    system.receive(answer, copies(system))
    assert [each["status"] for each in system.show(message)["recipients"]] == ["no_evidence", "replied"]
    somebody = an_answer(From="x@example.net", In_Reply_To="<shared@sender.example>", Message_ID="<2@example.net>")
    system.receive(somebody, copies(system))
    assert len(events(system, message)) == 1, "nobody knows which of the two it stands for"


def test_an_answer_to_an_answer_belongs_to_the_message_that_it_answers(system: System):
    first, second = system.send(), system.send(subject="Offer for July")
    quoted = "".join(f"> {each['recipients'][0]['pixel_url']}\r\n" for each in (second, first))
    system.receive(an_answer(f"Yes.\r\n{quoted}"), copies(system))
    assert (events(system, first), events(system, second)) == ([], [("reply", "bob@example.com")])


@pytest.mark.parametrize("wrapped", ["https://ci3.googleusercontent.com/meips/ABC=s0-d-e1-ft#{}", "{}"])
def test_a_token_in_the_quoted_html_is_enough_from_the_recipient(system: System, wrapped: str):
    message = system.send()
    html = f'<p>Yes</p><blockquote><img src="{wrapped.format(message["recipients"][0]["pixel_url"])}"></blockquote>'
    system.receive(an_answer(html, Content_Type="text/html"), copies(system))
    assert events(system, message) == [("reply", "bob@example.com")]


def test_a_stranger_who_quotes_our_token_has_the_mail_perhaps_by_forwarding(system: System):
    message = system.send()
    quoted = message["recipients"][0]["links"][0]["tracked_url"]
    with logged() as lines:
        system.receive(an_answer(f"See {quoted}", From="eve@elsewhere.example"), copies(system))
    assert events(system, message) == []
    assert lines[0]["reason"] == "possibly_forwarded"


def test_what_goes_round_in_a_circle_is_dropped(system: System):
    message = system.send()
    system.receive(an_answer(), reply_to(message))
    (answer,) = [mail for mail in system.aws.outbox() if "X-Unsealed: handed-on" in mail["raw"]]
    system.receive(answer["raw"].encode(), reply_to(message))
    assert len(events(system, message)) == 1 and len(handed_on(system)) == 1


@pytest.mark.parametrize(
    ("verdicts", "why"),
    [
        ({"spam": "FAIL"}, "looks like spam"),
        ({"virus": "FAIL"}, "contains a virus"),
        ({"dmarc": "FAIL", "dmarcPolicy": "reject"}, "could not be proven"),
        ({"dmarc": "FAIL", "dmarcPolicy": "quarantine"}, "could not be proven"),
    ],
)
def test_what_ses_finds_bad_is_neither_believed_nor_handed_on_and_its_sender_is_told(system: System, verdicts, why):
    message = system.send()
    raw = an_answer("Buy now https://evil.example", Subject="Re: https://evil.example")
    event = system.receive(raw, reply_to(message), **verdicts)
    system.run("receive", event)
    assert events(system, message) == [] and handed_on(system) == []
    (told,) = system.aws.outbox()
    assert told["to"] == ["ann@sender.example"] and told["subject"] == "A reply was withheld"
    text = message_from_string(told["raw"], policy=policy.default).get_content()
    assert "“Offer for June”" in text and "from bob@example.com" in text and why in text
    assert "evil" not in told["raw"], "nothing of it goes on by us"
    bucket, _, key = text.partition("aws s3 cp s3://")[2].partition(" ")[0].partition("/")
    kept = system.aws.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
    assert kept == raw, "the words are where the sender is told that they are"


def test_what_is_bad_and_belongs_to_no_message_or_was_no_persons_is_told_to_nobody(system: System):
    message = system.send()
    system.receive(an_answer(), "r+nonsense@localhost.example", spam="FAIL")
    system.receive(an_answer(Auto_Submitted="auto-replied"), reply_to(message), sender="", spam="FAIL")
    system.receive(an_answer(), copies(system), spam="FAIL")
    assert system.aws.outbox() == []


def test_a_mail_that_breaks_off_each_time_is_not_the_first_to_be_tried_each_minute(system: System):
    message = system.send()
    with refusing(mail._client(), "SendEmail", "LimitExceededException"):
        system.receive(an_answer(), reply_to(message))
    with refusing(mail._client(), "SendEmail", "SendingPausedException") as refused:
        for minute in range(4):
            system.minute(90_000 + 60 * minute)
    assert len(refused) == 2, "the second time it waits longer"
    system.minute(180_000)
    assert len(handed_on(system)) == 1
    system.minute(270_000)
    assert len(handed_on(system)) == 1


def test_an_answer_for_which_ses_has_no_room_waits_and_comes_once(system: System):
    message = system.send()
    with refusing(mail._client(), "SendEmail", "LimitExceededException"):
        event = system.receive(an_answer(), reply_to(message))
    assert handed_on(system) == []
    shown = system.show(message)
    assert shown["status"] == "replied" and "reply_waits" in shown["events"][0]["verdict"]["reasons"]
    with refusing(mail._client(), "SendEmail", "TooManyRequestsException"):
        system.minute(90_000)
    for after in (180_000, 270_000):
        system.minute(after)
        system.run("receive", event)
    (answer,) = handed_on(system)
    assert answer.get_content() == "Yes, gladly.\r\n"
    assert not [item for item in system.aws.items() if item["sk"]["S"] == "waiting"]


def test_a_mail_for_nobody_stays_in_the_bucket_and_no_address_is_logged(system: System):
    with logged() as lines:
        for address in ("r+nonsense@localhost.example", "somebody@localhost.example", "x@other.example"):
            system.receive(an_answer(), address)
    assert len(lines) == 3 and not any("@" in json.dumps(line) for line in lines)
    assert len(system.aws.client("s3").list_objects_v2(Bucket="unsealed-inbound")["Contents"]) >= 3


def test_what_ses_refuses_is_noted_as_an_answer_and_stays_in_the_bucket(system: System):
    message = system.send()
    with refusing(mail._client(), "SendEmail", "MessageRejected") as refused, logged() as lines:
        event = system.receive(an_answer(), reply_to(message))
        system.run("receive", event)
    assert system.show(message)["status"] == "replied" and handed_on(system) == []
    assert len(refused) == 2, "one for the notification, one for the answer: SES is not asked again"
    assert {line["message"] for line in lines} == {
        "SES refuses a notification.",
        "An answer cannot be handed on: it stays in the bucket.",
    }


def test_an_answer_for_which_sending_breaks_off_is_handed_on_when_sns_tells_again(system: System):
    message = system.send()
    with refusing(mail._client(), "SendEmail", "InternalFailure"), pytest.raises(ClientError):
        system.receive(an_answer(), reply_to(message))
    event = system.receive(an_answer(), reply_to(message))
    system.run("receive", event)
    system.follow()
    assert len(handed_on(system)) == 1


# -- What a sender's own mailbox forwards ----------------------------------------------------------------------------

GMAIL_ASKS = (Path(__file__).parent / "events" / "forwarding_gmail.eml").read_bytes()


def test_what_a_mailbox_forwards_is_noted_for_its_owners_messages_only(system: System):
    message = system.send()
    register("eve@other.example", "Eve", "UTC", "eve's token", SENT)
    inbox.remember_id("<original-7@sender.example>", message["id"], 0, SENT)
    answer = an_answer(In_Reply_To="<original-7@sender.example>")
    system.receive(answer, copies(system, "eve's token"), "in@localhost.example", "in+anything@localhost.example")
    assert events(system, message) == []
    system.receive(answer, copies(system).upper())
    assert events(system, message) == [("reply", "bob@example.com")]


def test_an_address_that_was_renewed_leads_nowhere(system: System):
    message = system.send()
    inbox.remember_id("<original-7@sender.example>", message["id"], 0, SENT)
    before = copies(system)
    assert system.call("DELETE", "/v1/forwarding").status == 204 and copies(system) != before
    with logged() as lines:
        system.receive(an_answer(In_Reply_To="<original-7@sender.example>"), before)
    assert events(system, message) == []
    assert lines[0]["message"] == "A mail came for a forward address that is nobody's."


def test_gmails_question_whether_it_may_forward_reaches_the_sender_once(system: System):
    event = system.receive(GMAIL_ASKS, copies(system), sender="forwarding-noreply@google.com")
    system.run("receive", event)
    (told,) = system.aws.outbox()
    assert (told["to"], told["subject"]) == (["ann@sender.example"], "Gmail asks whether it may forward to Unsealed")
    asked = system.call("GET", "/v1/forwarding").json["confirmation"]
    assert (asked["mailbox"], asked["code"]) == ("ann@sender.example", "384739203")
    assert asked["link"].startswith("https://mail-settings.google.com/mail/vf-")
    assert asked["code"] in told["text"] and asked["link"] in told["text"] and "href" not in told["html"]
    system.call("DELETE", "/v1/forwarding")
    assert system.call("GET", "/v1/forwarding").json["confirmation"] is None


def test_what_claims_to_be_gmails_question_is_shown_to_nobody(system: System):
    system.receive(GMAIL_ASKS, copies(system), dmarc="FAIL")
    system.receive(GMAIL_ASKS.replace(b"forwarding-noreply@google.com", b"eve@other.example"), copies(system))
    assert system.aws.outbox() == [] and system.call("GET", "/v1/forwarding").json["confirmation"] is None


# -- What SES tells of the mails that it sent ------------------------------------------------------------------------


def told(kind: str, message: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """One of AWS's own examples, about our message."""
    said = json.loads((EVENTS / f"ses_{kind}.json").read_text())
    name = said["eventType"][0].lower() + said["eventType"][1:]
    for each in said.get(name, {}).get(f"{'bounced' if name == 'bounce' else 'complained'}Recipients", ()):
        each["emailAddress"] = "Bob <bob@example.com>"
    said.get(name, {}).update(changes)
    inbox.remember_id(said["mail"]["messageId"], message["id"], 0, SENT)
    return dict(said)


def test_a_permanent_bounce_that_ses_reports_is_one_however_often_it_is_told(system: System):
    message = system.send()
    said = told("bounce", message)
    system.told_by_ses(said)
    system.told_by_ses(said)
    assert events(system, message) == [("bounce", "bob@example.com")]
    assert system.show(message)["status"] == "bounced"
    assert subjects(system) == ["“Offer for June” did not reach bob@example.com"]


def test_a_delivery_that_is_told_after_the_bounce_changes_nothing(system: System):
    message = system.send()
    system.told_by_ses(told("bounce", message))
    system.told_by_ses(told("delivery", message))
    assert system.show(message)["status"] == "bounced"


def by_ses(message: dict[str, Any], kind: str, subtype: str, **recipient: str) -> dict[str, Any]:
    """A bounce of this type at SES, of whose recipient it says no more than this."""
    recipients = [{"emailAddress": "bob@example.com", **recipient}]
    return told("bounce", message, bounceType=kind, bounceSubType=subtype) | {
        "bounce": told("bounce", message)["bounce"]
        | {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": recipients}
    }


def test_a_transient_bounce_and_a_delay_are_none(system: System):
    message = system.send()
    system.told_by_ses(by_ses(message, "Transient", "General"))
    system.told_by_ses(by_ses(message, "Transient", "General", diagnosticCode="smtp; 451 4.7.1 try later"))
    system.told_by_ses(told("delay", message))
    assert system.show(message)["status"] == "no_evidence"


@pytest.mark.parametrize(
    ("kind", "subtype", "recipient", "words"),
    [
        ("Transient", "MessageTooLarge", {}, "MessageTooLarge"),
        ("Transient", "ContentRejected", {"diagnosticCode": "smtp; 554 no pictures"}, "554 no pictures"),
        ("Transient", "AttachmentRejected", {}, "AttachmentRejected"),
        ("Transient", "General", {"status": "4.4.7", "diagnosticCode": "smtp; 550 4.4.7 Message expired"}, "expired"),
        ("Transient", "MailboxFull", {"action": "failed", "status": "4.2.2"}, "MailboxFull"),
        ("Undetermined", "Undetermined", {}, "Undetermined"),
    ],
)
def test_whatever_is_final_at_ses_is_a_bounce_in_its_words(system: System, kind, subtype, recipient, words):
    message = system.send()
    system.told_by_ses(by_ses(message, kind, subtype, **recipient))
    shown = system.show(message)
    assert shown["status"] == "bounced"
    assert any(words in reason for reason in shown["events"][0]["verdict"]["reasons"])


def test_a_mail_that_ses_did_not_send_is_a_bounce_and_no_complaint(system: System):
    message = system.send()
    system.told_by_ses(told("complaint", message, complaintSubType="OnAccountSuppressionList"))
    assert events(system, message) == [("bounce", "bob@example.com")]
    assert "never_sent" in system.show(message)["events"][0]["verdict"]["reasons"]


def test_a_mail_that_ses_rejects_is_a_bounce(system: System):
    message = system.send()
    said = told("delivery", message) | {"eventType": "Reject", "reject": {"reason": "Bad content"}}
    system.told_by_ses(said | {"mail": said["mail"] | {"destination": ["bob@example.com"]}})
    assert events(system, message) == [("bounce", "bob@example.com")]
    assert "said_Bad content" in system.show(message)["events"][0]["verdict"]["reasons"]


def test_what_is_taken_for_a_bounce_by_signs_alone_is_handed_on(system: System):
    message = system.send()
    failed = an_answer(
        "Your message could not be delivered to\r\n\r\nbob@example.com: 550 no such user\r\n",
        From="Postmaster <postmaster@example.com>",
        Subject="Undeliverable: Offer for June",
    )
    system.receive(failed, reply_to(message), sender="postmaster@example.com")
    assert events(system, message) == [("bounce", "bob@example.com")] and len(handed_on(system)) == 1


def test_an_answer_with_a_notice_attached_is_an_answer(system: System):
    message = system.send()
    body = (
        a_bounce_notice()
        .partition(b"\r\n\r\n")[2]
        .decode()
        .replace("Your message could", "Hello Ann,\r\n\r\nyes! It could")
    )
    system.receive(an_answer(body, Content_Type="multipart/mixed; boundary=b"), reply_to(message))
    assert events(system, message) == [("reply", "bob@example.com")] and len(handed_on(system)) == 1


def test_a_bounce_of_headers_only_belongs_to_the_copy_whose_reply_address_it_gives_back(system: System):
    message = system.send(recipients=["carol@example.com", "bob@example.com"])
    notice = a_bounce_notice("failed", "5.1.1", f"Reply-To: Ann <{reply_to(message, 1)}>\r\nSubject: Offer\r\n")
    system.receive(notice.replace(b"message/rfc822", b"text/rfc822-headers"), copies(system), sender="")
    assert events(system, message) == [("bounce", "bob@example.com")]


def test_who_answers_to_all_reaches_the_sender_once(system: System):
    message = system.send()
    to_all = an_answer(To=f"<{reply_to(message)}>", Cc="Ann <ann@sender.example>, dora@example.com")
    system.receive(to_all, reply_to(message))
    assert system.show(message)["status"] == "replied" and handed_on(system) == []


def test_what_the_sender_answers_goes_by_us_again_where_they_want_it(system: System):
    message = system.send()
    system.call("PUT", "/v1/preferences", {"through": True})
    system.receive(an_answer(), reply_to(message))
    (answer,) = handed_on(system)
    assert answer["Reply-To"] == reply_to(message)


def test_what_answers_a_mail_of_the_gateways_goes_by_us_again_unless_they_do_not_want_it(system: System):
    message = system.send()
    inbox.remember_id("0100018f-SES-000000", message["id"], 0, SENT, "<original-7@sender.example>")
    answering = {"In_Reply_To": "<0100018f-SES-000000@email.amazonses.com>"}
    system.receive(an_answer(**answering), reply_to(message))
    system.call("PUT", "/v1/preferences", {"through": False})
    system.receive(an_answer(**answering, Message_ID="<answer-2@example.com>"), reply_to(message))
    assert [answer["Reply-To"] for answer in handed_on(system)] == [reply_to(message), "bob@example.com"]


def test_a_header_line_that_is_none_is_repaired_and_not_handed_on(system: System):
    message = system.send()
    raw = an_answer().replace(b"Message-ID:", b"no field at all\r\nMessage-ID:")
    system.receive(raw, reply_to(message))
    (answer,) = handed_on(system)
    assert (
        answer["X-Not-A-Field"] == "no field at all" and answer["Message-ID"] and "Yes, gladly." in answer.get_content()
    )


def test_a_complaint_that_ses_reports(system: System):
    message = system.send()
    assert "complained_at" not in system.show(message)["recipients"][0]
    system.told_by_ses(told("complaint", message))
    system.told_by_ses(told("complaint", message))
    assert events(system, message) == [("complaint", "bob@example.com")]
    (bob,) = system.show(message)["recipients"]
    assert bob["complained_at"] == system.show(message)["events"][0]["at"]
    (mail,) = system.aws.outbox()
    assert mail["subject"] == "bob@example.com marked “Offer for June” as spam"
    assert "Do not write to them again" in mail["text"]
    (entry,) = system.call("GET", "/v1/feed").json["items"]
    assert (entry["kind"], entry["recipient"]) == ("complaint", "bob@example.com")


def test_a_report_is_matched_by_our_own_header_where_no_id_was_noted(system: System):
    message = system.send(recipients=["carol@example.com", "bob@example.com"])
    said = json.loads((EVENTS / "ses_bounce.json").read_text())
    said["bounce"]["bouncedRecipients"][0]["emailAddress"] = "bob@example.com"
    said["mail"]["headers"].append({"name": "X-Unsealed", "value": message["id"]})
    system.told_by_ses(said)
    assert events(system, message) == [("bounce", "bob@example.com")]


def test_a_report_is_matched_by_the_reply_address_where_no_id_was_noted(system: System):
    message = system.send(recipients=["carol@example.com", "bob@example.com"])
    said = json.loads((EVENTS / "ses_bounce.json").read_text())
    said["mail"]["headers"].append({"name": "Reply-To", "value": f"Ann <{reply_to(message, 1)}>"})
    system.told_by_ses(said)
    assert events(system, message) == [("bounce", "bob@example.com")]


@pytest.mark.parametrize("said", [{}, {"eventType": "Bounce"}, {"mail": {"messageId": "1"}, "eventType": "Bounce"}, []])
def test_what_has_not_sess_form_is_refused_by_name(system: System, said: Any):
    with logged() as lines:
        system.run("feedback", ses_receipts.event("feedback", said, SENT))
        system.run("receive", ses_receipts.event("inbound", said, SENT))
        system.run("receive", ses_receipts.event("other", said, SENT))
    assert [line["level"] for line in lines] == ["ERROR"] * 3
    assert lines[2]["reason"] == "another topic"


def test_a_click_after_an_answer_is_still_a_click(system: System):
    message = system.send()
    system.receive(an_answer(), reply_to(message))
    system.clicked(message, 9000, CHROME)
    system.follow()
    system.minute(20_000)
    assert [kind for kind, _ in events(system, message)] == ["reply", "click"]
