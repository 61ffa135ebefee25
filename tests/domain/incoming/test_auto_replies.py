"""Automatic replies: what shows them, what does not, and until when the person is away."""

from pathlib import Path

import pytest

from chalicelib.domain.incoming.auto_replies import away_until, is_listed, is_subject, signs
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
        {"Subject": "Out of office", "List-Id": "<list.example.com>"},
        {"Subject": "The automatic reply did not work"},
    ],
)
def test_a_person_does_not(fields):
    assert signs(Mail(a_mail(**{name.replace("-", "_"): value for name, value in fields.items()})), False) == ()


def test_the_envelope_tells_of_a_null_sender_too():
    assert signs(Mail(a_mail()), True) == ("null_sender",)


def test_mail_of_a_list_is_listed():
    assert is_listed(Mail(a_mail(Precedence="list"))) and not is_listed(Mail(a_mail()))


@pytest.mark.parametrize(
    "subject",
    ["Out of Office: x", "AUTO: x", "Réponse automatique : x", "Fuera de la oficina", "Afwezig: x", "Autosvar: x"],
)
def test_subjects_in_several_languages(subject):
    assert is_subject(subject) is (subject != "AUTO: x")


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


def test_the_dates_in_whole_notes():
    found = [away_until(Mail((EVENTS / f"away_{name}.eml").read_bytes()), SENT) for name in ("exchange", "gmail")]
    assert found == ["2026-10-09", "2026-10-05"]
