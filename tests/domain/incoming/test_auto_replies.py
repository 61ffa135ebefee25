"""Automatic replies: what shows them, what does not, and until when the person is away."""

from pathlib import Path

import pytest

from chalicelib.domain.incoming.auto_replies import away_until, is_listed, may_be_one, signs
from chalicelib.domain.incoming.auto_subjects import is_automatic
from chalicelib.domain.incoming.received import Mail
from tests.mails import a_mail
from tests.makers import SENT

EVENTS = Path(__file__).parents[2] / "events"


@pytest.mark.parametrize(
    ("fields", "sign"),
    [
        ({"Auto-Submitted": "auto-replied"}, "auto_submitted"),
        ({"Auto-Submitted": "auto-generated (failure)"}, "auto_submitted"),
        ({"Auto-Submitted": "Auto-Replied; owner-email=x"}, "auto_submitted"),
        ({"X-Autoreply": "yes"}, "auto_field"),
        ({"X-Autorespond": "1"}, "auto_field"),
        ({"Precedence": "auto_reply"}, "precedence_auto"),
        ({"Return-Path": "<>"}, "null_sender"),
        ({"Subject": "Automatic reply: Offer"}, "auto_subject"),
        ({"Subject": "=?utf-8?q?Abwesenheitsnotiz=3A_Offer?="}, "auto_subject"),
    ],
)
def test_a_machine_shows_itself(fields, sign):
    assert signs(Mail(a_mail(**{name.replace("-", "_"): value for name, value in fields.items()})), False) == (sign,)


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto-Submitted": "no"},
        {"X-Auto-Response-Suppress": "All"},
        {"Precedence": "bulk"},
        {"List-Id": "<list.example.com>"},
        {"Subject": "Re: Out of office next week"},
        {"Subject": "The automatic reply did not work"},
        {"X-Autoreply": "no"},
        {
            "Auto-Submitted": "auto-generated",
            "X-MS-Exchange-Inbox-Rules-Loop": "owner@sender.example",
            "X-MS-Exchange-Generated-Message-Source": "Mailbox Rules Agent",
        },
    ],
)
def test_a_person_does_not(fields):
    assert signs(Mail(a_mail(**{name.replace("-", "_"): value for name, value in fields.items()})), False) == ()


@pytest.mark.parametrize("fields", [{"Precedence": "bulk"}, {"Precedence": "junk"}, {"List_Id": "<list.example.com>"}])
def test_its_subject_shows_one_through_a_list_too(fields):
    assert signs(Mail(a_mail(Subject="Out of office: Offer", **fields)), False) == ("auto_subject",)


def test_what_exchange_answers_by_a_rule_of_its_authors_own_is_one():
    rules = {"X_MS_Exchange_Generated_Message_Source": "Mailbox Rules Agent", "Auto_Submitted": "auto-generated"}
    answer = a_mail(X_MS_Exchange_Inbox_Rules_Loop="ann@sender.example", **rules)
    assert signs(Mail(answer), False) == ("auto_submitted",)


@pytest.mark.parametrize(
    "text",
    [
        "This is an automatic reply. I am away.",
        "Thank you.\r\nThis message was automatically generated.",
        "Dies ist eine automatisch generierte Antwort.",
        "I will not be reading my mail for a while.",
        'Your mail regarding "Offer" will be read when I return.',
    ],
)
def test_a_text_says_that_it_is_one(text):
    assert signs(Mail(a_mail(text, "text/plain")), False) == ("auto_text",)
    quoted = text.replace("\r\n", "\r\n> ")
    assert signs(Mail(a_mail(f"Yes!\r\n\r\n> {quoted}", "text/plain")), False) == ()


def test_a_note_that_marks_nothing_may_be_one():
    assert may_be_one(Mail(a_mail("I am out of the office until 5 October.", "text/plain")))
    assert not may_be_one(Mail(a_mail("Yes, gladly.", "text/plain")))
    for text in (
        "Jag är på semester till 5 oktober.",
        "Jestem na urlopie do 5.10.",
        "10月5日まで休暇をいただいております。",
    ):
        assert may_be_one(Mail(a_mail(text, "text/plain")))


def test_the_envelope_tells_of_a_null_sender_too():
    assert signs(Mail(a_mail()), True) == ("null_sender",)


def test_mail_of_a_list_is_listed():
    assert is_listed(Mail(a_mail(Precedence="list"))) and not is_listed(Mail(a_mail()))


@pytest.mark.parametrize(
    "subject",
    ["Out of Office: x", "AUTO: x", "Réponse automatique : x", "Fuera de la oficina", "Afwezig: x", "Autosvar: x"],
)
def test_subjects_in_several_languages(subject):
    assert is_automatic(subject) is (subject != "AUTO: x")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("I am back on Monday, 5 October.", "2026-10-05"),
        ("I will return on October 5th, 2026.", "2026-10-05"),
        ("Out from 22 September until 2 October, back on 5 October.", "2026-10-05"),
        ("ich bin bis zum 09.10.2026 nicht im Büro", "2026-10-09"),
        ("Je serai de retour le 3 janvier.", "2027-01-03"),
        ("Estaré fuera hasta el 7 de octubre de 2026.", "2026-10-07"),
        ("away until 2026-12-24", "2026-12-24"),
        ("back on 25/12/2026", "2026-12-25"),
        ("back on 03/04/2027", ""),
        ("I was here until 3 May 2021.", ""),
        ("I shall be back on 31 June.", ""),
        ("I am away. Our fair is on 5 October.", ""),
        ("I shall be back.", ""),
    ],
)
def test_until_when_the_person_is_away(text, until):
    assert away_until(Mail(a_mail(text, "text/plain")), SENT) == until


def test_a_page_alone_is_read_and_a_quote_is_not():
    assert (
        away_until(Mail(a_mail("<p>I am back on <b>5 October</b>.</p><blockquote>until 9 October</blockquote>")), SENT)
        == "2026-10-05"
    )
    quoting = "I am away.\r\n\r\n> I am away until 9 October\r\n\r\n-- \r\nBob, until 8 October"
    assert away_until(Mail(a_mail(quoting, "text/plain")), SENT) == ""


def test_of_a_subject_only_what_is_its_own_is_read():
    assert away_until(Mail(a_mail("Away.", "text/plain", Subject="Automatic reply: until 9 October")), SENT) == ""
    assert away_until(Mail(a_mail("Away.", "text/plain", Subject="Away until 9 October")), SENT) == "2026-10-09"


def test_what_the_text_says_comes_before_what_an_absences_subject_says():
    subject = "Out of Office: Bob (back 9 October)"
    assert away_until(Mail(a_mail("Thank you.", "text/plain", Subject=subject)), SENT) == "2026-10-09"
    assert away_until(Mail(a_mail("I am back on 5 October.", "text/plain", Subject=subject)), SENT) == "2026-10-05"
    named = a_mail("Thank you.", "text/plain", From="Bob <bob@example.com>", Subject="Bob: Abwesend bis 9.10.")
    assert away_until(Mail(named), SENT) == "2026-10-09"


def test_the_dates_in_whole_notes():
    found = [away_until(Mail((EVENTS / f"away_{name}.eml").read_bytes()), SENT) for name in ("exchange", "gmail")]
    assert found == ["2026-10-09", "2026-10-05"]


def test_what_marks_all_its_mail_is_a_machine_where_it_says_so():
    """Zendesk marks what an agent writes like its own: support.zendesk.com, "authenticated SMTP connector", headers to keep."""
    fields = {"X-Mailer": "Zendesk Mailer", "Auto-Submitted": "auto-generated"}
    assert not signs(Mail(a_mail("I have looked at it: yes, you may.\r\n", **fields)), False)
    assert signs(Mail(a_mail("Your request (12) has been received.\r\n", **fields)), False) == ("auto_text",)


def test_who_speaks_of_the_others_absence_is_no_machine():
    subject = "Re: Automatic reply: Offer"
    for text in ("I see you are away until the 14th.", "Enjoy your holiday!", "Schönen Urlaub, bis zum 21.9.!"):
        assert not signs(Mail(a_mail(text, Subject=subject)), False)
    assert signs(Mail(a_mail("I am on holiday until the 14th.", Subject=subject)), False) == ("auto_subject",)


@pytest.mark.parametrize(
    "fields",
    [
        {"From": "Sales <no-reply@partner.example>"},
        {"From": "Support <support@partner.example>"},
        {"Precedence": "bulk"},
        {"Subject": "[#48113] Offer"},
        {"X-Mailer": "Zendesk Mailer", "Auto-Submitted": "auto-generated"},
    ],
)
def test_what_desks_say_shows_a_machine_if_it_comes_from_one(fields):
    for text in (
        "You have reached an unattended mailbox.",
        "Please do not reply to this e-mail.",
        "Ein Ticket wurde erstellt.",
    ):
        assert signs(Mail(a_mail(text, "text/plain", **fields)), False) == ("auto_text",)
        assert not signs(Mail(a_mail(text, "text/plain")), False)
    assert not signs(Mail(a_mail("Yes, we take it.", "text/plain", **fields)), False)


def test_re_out_of_office_is_a_machines_unless_somebody_speaks_to_the_other():
    assert signs(Mail(a_mail("Thank you for your mail.", Subject="RE: Out of Office")), False) == ("auto_subject",)
    assert not signs(Mail(a_mail("Thanks for telling me. Enjoy Crete!", Subject="RE: Out of Office")), False)


def test_a_word_for_holidays_makes_no_machine_of_who_says_something_else():
    assert not signs(Mail(a_mail("We would like two rooms from 7 to 18 October.", Subject="Holiday: two rooms")), False)
    assert signs(Mail(a_mail("Thank you for your mail.", Subject="Holiday: Offer")), False) == ("auto_subject",)
    assert signs(Mail(a_mail("", Subject="Holiday: Offer")), False) == ("auto_subject",)


def test_one_word_for_an_absence_begins_a_persons_thread_where_nobody_is_absent():
    text = "In der Liste fehlt Herr Huber."
    assert not signs(Mail(a_mail(text, Subject="Abwesenheit")), False)
    assert signs(Mail(a_mail(text, Subject="Abwesenheit", In_Reply_To="<1@sender.example>")), False) == (
        "auto_subject",
    )
    assert signs(Mail(a_mail("Bin im Urlaub.", Subject="Abwesenheit")), False) == ("auto_subject",)


@pytest.mark.parametrize(
    ("text", "automatic"),
    [
        ("We have received your message and will be in touch soon.", True),
        ("Votre demande a bien été enregistrée (88120).", True),
        ("お問い合わせを受け付けました。担当者より折り返しご連絡いたします。", True),
        ("We have received your message. Which of the two do you mean?", False),
        ("We have received your message, and I will be in touch soon.", False),
        ("We have received your offer and signed it.", False),
    ],
)
def test_a_desk_acknowledges_with_a_number_or_a_promise_and_asks_nothing(text, automatic):
    assert bool(signs(Mail(a_mail(text, "text/plain", From="Support <support@partner.example>")), False)) is automatic
    assert not signs(Mail(a_mail(text, "text/plain")), False)
