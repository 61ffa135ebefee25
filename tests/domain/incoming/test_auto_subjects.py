"""Which subjects are those of automatic replies, and which are people's who write of such."""

import pytest

from chalicelib.domain.incoming.auto_reply_words import ALWAYS, BEFORE_A_COLON
from chalicelib.domain.incoming.auto_subjects import (
    answers,
    is_automatic,
    may_answer,
    names_holidays,
    opens_as_one,
    own_part,
    without_name,
)


@pytest.mark.parametrize("phrase", [line for line in ALWAYS.split("\n") if line and "(" not in line])
def test_a_product_s_phrase_ends_the_subject_or_stands_before_a_colon(phrase):
    assert is_automatic(phrase) and is_automatic(f"{phrase.upper()}: Re: Offer") and is_automatic(f"[{phrase}] Offer")
    assert (
        is_automatic(f"{phrase} : Offer") and is_automatic(f"{phrase} - Offer") and not is_automatic(f"{phrase} budget")
    )


@pytest.mark.parametrize("word", BEFORE_A_COLON.split("\n")[1:-1])
def test_a_word_for_holidays_stands_before_a_colon(word):
    assert (
        is_automatic(f"{word}: Offer")
        and not is_automatic(f"{word} in June")
        and not is_automatic(f"Re: {word}: Offer")
    )


@pytest.mark.parametrize(
    "subject",
    [
        "Ada Lovelace is out of the office (returning Mon 21/09/2026)",
        "AUTO: Ada Lovelace is out of the office. (returning 18/09/2026)",
        "Ada Lovelace est absent(e) du bureau (retour le 18/09/2026)",
        "Auto: Re: Offer",
        "[AUTO] Offer",
        "RE: Out of Office",
        "I’m on vacation",
        "I am currently on holiday",
        "Away until May 5",
        "Abwesend bis 20.9.",
        "Out-of-office reply",
        "Réponse automatique : Offre",
        "外出：ご案内",
    ],
)
def test_other_forms_of_them(subject):
    assert is_automatic(subject)


@pytest.mark.parametrize(
    "subject",
    [
        "I'm out of budget, sorry",
        "Absence de réponse à mon mail",
        "Abwesenheitsplan 2026",
        "Abwesenheit von Herrn Huber am Freitag",
        "Automatische Antwort abschalten?",
        "Out of office?",
        "Out of office hours support?",
        "Re: Out of office next week",
        "Re: Abwesenheit",
        "Automatic reply feature request",
        "Who is out of the office today?",
        "I am on holiday next week, can we meet?",
        "Fuera de la oficina de correos",
        "不在庫の件",
        "AUTO: x",
        "",
    ],
)
def test_people_write_of_absences_too(subject):
    assert not is_automatic(subject)


def test_what_of_a_subject_is_its_own():
    assert own_part("Automatic reply: until 30 September") == "Automatic reply"
    assert own_part("Away until May 5") == "Away until May 5"
    assert "18/09/2026" in own_part("AUTO: Ada is out of the office. (returning 18/09/2026)")
    assert own_part("Re: Offer until 30 September") == ""


@pytest.mark.parametrize(
    "subject",
    ["[EXTERNAL] Automatic reply: Offer", "EXT: Out of Office: Offer", "***SPAM*** {Spam?} Automatische Antwort: Angebot",
     "Client Ltd - Automatic reply", "Out of office Re: Offer", "On holiday", "Ada is away from the office until 14 May"],
)  # fmt: skip
def test_what_gateways_and_companies_put_before_a_phrase_or_programs_behind_it(subject):
    assert is_automatic(subject)


@pytest.mark.parametrize(
    "subject", ["[EXTERNAL] Re: Offer", "[Ticket 12] Holiday: plans", "On holiday in June", "Re: On holiday"]
)
def test_what_stands_before_it_makes_no_phrase(subject):
    assert not is_automatic(subject)


def test_an_answer_to_an_automatic_reply_is_one():
    assert (
        answers("Re: Automatic reply: Offer")
        and not answers("Re: Out of office")
        and not answers("Automatic reply: Re: Offer")
    )


def test_pictures_around_a_phrase_do_not_matter():
    assert is_automatic("\U0001f334 Out of office \U0001f334") and is_automatic(
        "\u2600\ufe0f Abwesenheitsnotiz: Angebot"
    )


def test_an_answer_may_be_one_without_the_subject_of_what_was_answered():
    assert may_answer("Re: Out of office") and may_answer("AW: Abwesend: Angebot") and not may_answer("Out of office")


@pytest.mark.parametrize(
    ("subject", "own"),
    [
        ("Out of Office: Ada (back 22 Sep)", "Out of Office back 22 Sep"),
        ("Abwesenheit: 07.09. - 18.09.2026", "Abwesenheit 07.09. - 18.09.2026"),
        ("Automatic reply: Out of office until 5 October", " Out of office until 5 October"),
        ("Automatic reply: Offer (back 22 Sep)", "Automatic reply"),
        ("Out of Office: Re: Offer (back 22 Sep)", "Out of Office"),
        ("Out of Office: Offer until 22 Sep", "Out of Office"),
        ("Out of Office Re: back 22 Sep", "Out of Office Re"),
    ],
)
def test_behind_an_absence_and_a_colon_what_begins_with_a_date_is_its_own_too(subject, own):
    assert own_part(subject) == own


@pytest.mark.parametrize(
    "subject",
    ["Out of office 5-12 October", "OOO 9/7-9/18", "Abwesenheit 7.9.-18.9.", "Afwezig t/m 18 september", "Poissa 18.9. asti",
     "外出至9月18日", "On leave until Monday", "On vacation - returning 21 Sept", "Annual leave, back 21 September"],
)  # fmt: skip
def test_a_date_may_follow_at_once(subject):
    assert is_automatic(subject)


@pytest.mark.parametrize(
    "subject", ["Out of office 365 licences", "Vacation 7-18 September", "Absence 3 times", "OOO 2 days"]
)
def test_a_number_is_no_date_for_that(subject):
    assert not is_automatic(subject)


def test_the_authors_name_in_front_or_behind_the_colon_is_no_part_of_it():
    assert without_name("Ada Lovelace - Out of office", "Ada Lovelace") == "Out of office"
    assert without_name("Out of office: Ada until 22 Sep", "Ada Lovelace") == "Out of office: until 22 Sep"
    assert without_name("Ada's offer", "Ada Lovelace") == "Ada's offer" and without_name("Offer", "") == "Offer"


def test_people_speak_of_holidays_too():
    assert names_holidays("Urlaub: zwei Zimmer") and not names_holidays("Out of office: Offer")
    assert not is_automatic("Away until 5") and is_automatic("Maternity leave until March 2027")


@pytest.mark.parametrize(
    "text",
    ["[Automatic reply] Back on Monday.", "*** AUTO-REPLY ***\nBack on Monday.", "(Automatische Antwort)", "【自动回复】你好",
     "Auto-reply: I'm driving."],
)  # fmt: skip
def test_a_heading_says_that_a_text_is_automatic(text):
    assert opens_as_one(text)


@pytest.mark.parametrize(
    "text", ["Automatic reply is a nuisance.", "(Automatic doors, please)", "", "Yes [automatic reply]"]
)
def test_a_text_that_speaks_of_it_has_no_such_heading(text):
    assert not opens_as_one(text)
