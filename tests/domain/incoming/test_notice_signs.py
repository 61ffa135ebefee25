"""Whether a mail system wrote a mail: by a report, by its address, or by several signs; never by one word of a person's."""

from pathlib import Path

import pytest

from chalicelib.domain.incoming.notice_signs import prose, signs
from chalicelib.domain.incoming.received import Mail
from tests.mails import a_mail
from tests.replies import a_bounce_notice

EVENTS = Path(__file__).parents[2] / "events"
FAILED = "Your message could not be delivered to\r\n\r\n<bob@example.com>: 550 5.1.1 user unknown\r\n"
REPORT = (
    "--b\r\nContent-Type: text/plain\r\n\r\n{}\r\n--b\r\nContent-Type: message/{}delivery-status\r\n\r\n"
    "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; eve@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
)
MIXED = "multipart/mixed; boundary=b"


def a_text(body: str = FAILED, **fields: str) -> Mail:
    return Mail(a_mail(body, "text/plain", **fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"From": "MAILER-DAEMON@mx.example", "Subject": "anything"},
        {"From": "MAILER-DAEMON", "Subject": "anything"},
        {"From": "Mailer Daemon <admin@mx.example>", "Subject": "Delivery status notification: error"},
        {"From": "System Administrator <admin@mx.example>", "Subject": "Undeliverable: Offer"},
        {"From": "Postmaster <postmaster@mx.example>", "Subject": "Undeliverable: Offer"},
        {"From": "amazonses.com <x@us-west-2.amazonses.com>", "Subject": "Delivery Status Notification (Failure)"},
        {
            "From": "Ops <ops@mx.example>",
            "Return_Path": "<MAILER-DAEMON@mx.example>",
            "Subject": "Mail delivery failed",
        },
        {"From": "Ops <ops@mx.example>", "X_Failed_Recipients": "bob@example.com", "Subject": "Mail delivery failed"},
        {"From": "Ops <ops@mx.example>", "Return_Path": "<>", "Subject": "Unzustellbar: Angebot"},
        {"From": "imss@mx.example", "Subject": "Mail could not be delivered"},
    ],
)
def test_a_mail_system_shows_itself_by_several_signs(fields):
    assert signs(a_text(**fields))


@pytest.mark.parametrize("author", ["postmaster@mx.example", "Postmaster@mx.example", "<>"])
def test_a_postmaster_without_a_return_path_writes_notices_in_whatever_language(author):
    text = "Ni ellid danfon eich neges at bob@example.com.\r\n"
    assert signs(a_text(text, From=author, Subject="Neges heb ei danfon"), null_sender=True)
    assert not signs(a_text(text, From=author, Subject="Neges heb ei danfon"))
    assert not signs(a_text("Bin im Urlaub.\r\n", From=author, Subject="Urlaub"), null_sender=True)
    assert not signs(
        a_text("Bin weg. Fragen an eve@example.com\r\n", From="Jo <postmaster@mx.example>"), null_sender=True
    )


def test_what_ses_tells_of_a_bounce_by_sns_and_mail_is_a_report():
    told = '{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"bob@example.com"}]}}'
    raw = a_text(told, From="AWS Notifications <no-reply@sns.amazonaws.com>", Subject="AWS Notification Message")
    assert signs(raw)[0] == "delivery_report"


def test_a_null_envelope_is_one_of_them():
    assert not signs(a_text(From="Ops <ops@mx.example>", Subject="Mail delivery failed"))
    assert signs(a_text(From="Ops <ops@mx.example>", Subject="Mail delivery failed"), null_sender=True)


@pytest.mark.parametrize("form", ["", "global-"])
def test_a_report_is_one_in_either_form(form):
    report = REPORT.format("It failed.", form)
    assert signs(Mail(a_mail(report, Content_Type="multipart/report; report-type=delivery-status; boundary=b")))
    assert signs(Mail(a_mail(report, From="postmaster@mx.example", Content_Type=MIXED)))


@pytest.mark.parametrize(
    ("author", "subject", "body"),
    [
        ("Royal Mail Delivery Office <york.office@royalmail.example>", "Re: Offer", "Yes please."),
        (
            "Royal Mail Delivery Office <york.office@royalmail.example>",
            "Delivery failed",
            "We could not deliver your parcel.",
        ),
        ("Jo Field <postmaster@tinyco.example>", "Re: Offer", "Yes please."),
        ("Jo Field <postmaster@tinyco.example>", "Offer", f"Yes. Last time it failed:\r\n{FAILED}"),
        ('"Paul Postmaster" <paul@example.com>', "Your offer", "Yes please, 550 pieces."),
        ("Postmaster <postmaster@example.com>", "Your question", "Hello,\r\nplease publish a record."),
        ("System Administrator <admin@example.com>", "Your mailbox", "Hi Bob,\r\nthe mailbox is full."),
        ("Ann <ann@example.com>", "FW: Undelivered Mail Returned to Sender", FAILED),
        ("Ann <ann@example.com>", "Undelivered Mail Returned to Sender", f"Hi Bob,\r\n\r\n{FAILED}"),
        ("Ann <ann@example.com>", "Your mail could not be delivered?", FAILED),
        (
            "Delivery <delivery@shop.example>",
            "Delivery notification",
            "Your order could not be delivered. We will try again.",
        ),
    ],
)
def test_a_person_does_not(author, subject, body):
    assert signs(a_text(body, From=author, Subject=subject)) == ()


@pytest.mark.parametrize("subject", ["Re: Offer", "That notice"])
def test_an_answer_with_a_report_attached_is_an_answer(subject):
    raw = a_mail(
        REPORT.format("Hello Ann,\r\n\r\nyes please. I attach what I got.", ""), Subject=subject, Content_Type=MIXED
    )
    assert signs(Mail(raw)) == ()


@pytest.mark.parametrize("subject", ["Fwd: Undelivered Mail Returned to Sender", "FW: Offer", "Re: Offer"])
def test_what_a_daemon_wrote_stays_a_notice_where_a_filter_that_forwards_it_puts_its_mark_before(subject):
    author = "Mail Delivery System <MAILER-DAEMON@mx.example>"
    assert signs(a_text(From=author, Subject=subject))
    assert not signs(a_text("Yes, we take it.\r\n", From=author, Subject="Re: Offer"))
    assert not signs(
        a_text("Ha, that is my address. Deal!\r\n", From="Jo Field <mailer-daemon@mx.example>", Subject="Re: Offer")
    )


def test_a_bounce_that_a_person_passes_on_is_theirs():
    assert signs(Mail((EVENTS / "ordinary_quotes_bounce.eml").read_bytes())) == ()


def test_what_is_given_back_is_no_prose():
    mail = a_text(f"{FAILED}\r\n--- Original message follows ---\r\nReceived: by Exim 4.94.2\r\n")
    assert "user unknown" in prose(mail) and "4.94.2" not in prose(mail)
    assert prose(Mail(a_bounce_notice())).strip() == "Your message could not be delivered."


def test_a_line_that_names_an_address_and_says_that_it_failed_is_a_sign():
    text = "Your message to bob@example.com couldn't be delivered, for want of a permission.\r\n"
    told = signs(a_text(text, From="Groups <no-reply@groups.example>", Subject="Message rejected"), null_sender=True)
    assert "names_address" in told and "returned_mail" not in told


@pytest.mark.parametrize("name", ["Mimecast Postmaster", "Content-filter at mx.example", "Barracuda Email Security"])
def test_who_filters_mail_is_a_mail_system(name):
    assert signs(a_text(From=f'"{name}" <postmaster@mx.example>', Subject="Message you sent blocked"))
