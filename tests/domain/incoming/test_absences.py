"""Until when somebody is away: the date that a word of return or of an end governs, in many languages, or none."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.incoming.absences import FARTHEST, away_until

FRIDAY = date(2026, 9, 4)


@pytest.mark.parametrize(
    ("note", "until"),
    [
        # English
        ("I am away until 10 September.", "2026-09-10"),
        ("I answer when I return on the 8th September.", "2026-09-08"),
        ("I'm back in the office Mon 21 Sep.", "2026-09-21"),
        ("I will return to the office on Tuesday, September 22nd.", "2026-09-22"),
        ("I return on Sept. 21", "2026-09-21"),
        ("I'll be back at work at 9:00 on 21 September", "2026-09-21"),
        ("Back Monday the 21st", "2026-09-21"),
        ("I will be out of office until the 18th.", "2026-09-18"),
        ("I return 21-Sep-26.", "2026-09-21"),
        ("I am away up to and including 18 September.", "2026-09-18"),
        ("From 21 September onwards I can be reached again.", "2026-09-21"),
        ("I am absent for the period commencing 7 September 2026 and ending 18 September 2026.", "2026-09-18"),
        ("I am on leave until 18 September. Ask Eve, who is back on 10 September.", "2026-09-18"),
        ("Vanaf 21 september beantwoord ik uw mail.", "2026-09-21"),
        ("I am on leave. Sam is back on 14 September.", ""),
        ("Sam is back on 14 September.", "2026-09-14"),
        ("I am away; find Sam in room 9/14, back building.", ""),
        ("我正在休假。报名截止到9月30日。", ""),
        ("I will be away, returning 09/21/2026.", "2026-09-21"),
        ("I return to my desk on 21/9.", "2026-09-21"),
        ("I return to the office on 2026/09/21.", "2026-09-21"),
        ("On 21 September I will be back.", "2026-09-21"),
        # German, Dutch
        ("Ich bin bis einschließlich Freitag, 18.9.2026, abwesend.", "2026-09-18"),
        ("Ich bin ab dem 10.9. wieder da.", "2026-09-10"),
        ("Fragen Sie Frau Roth, die ab 10.9. wieder da ist.", ""),
        ("Ab dem 7.9. beantworte ich keine Mails.", ""),
        ("Rechnungen bitte bis zum 25.9. an uns.", ""),
        ("Ich bin bis 18.09.26 im Urlaub.", "2026-09-18"),
        ("Ich bin erst am Montag, den 21. September, wieder für Sie da.", "2026-09-21"),
        ("Ich kehre am 21. September zurück.", "2026-09-21"),
        ("Ik ben afwezig tot en met 18 september.", "2026-09-18"),
        ("Op 7 oktober ben ik weer bereikbaar", "2026-10-07"),
        # French, Spanish, Italian, Portuguese, Romanian
        ("Je suis absent jusqu'au 12 septembre.", "2026-09-12"),
        ("De retour au bureau lundi 21/09", "2026-09-21"),
        ("Je suis en congés jusqu'au 09/10/2026", "2026-10-09"),
        ("Volveré a la oficina el lunes 21 de septiembre", "2026-09-21"),
        ("Rientrerò in ufficio il 21/09/2026", "2026-09-21"),
        ("Estarei de volta no dia 21 de setembro", "2026-09-21"),
        ("Sunt în concediu până pe 18 septembrie", "2026-09-18"),
        # The North
        ("Jag är tillbaka på kontoret måndagen den 21 september", "2026-09-21"),
        ("Jeg er på ferie til og med 18. september", "2026-09-18"),
        ("Jeg er tilbake 21. september", "2026-09-21"),
        ("Olen lomalla 18. syyskuuta saakka", "2026-09-18"),
        ("Palaan töihin 21.9.2026", "2026-09-21"),
        ("Olen puhkusel kuni 18. septembrini", "2026-09-18"),
        # The East
        ("Jestem nieobecny do 18 września 2026.", "2026-09-18"),
        ("Vrátím se 21. 9. 2026", "2026-09-21"),
        ("2026. szeptember 21-én térek vissza", "2026-09-21"),
        ("Я в отпуске до 18 сентября 2026 г.", "2026-09-18"),
        ("Я у відпустці до 18 вересня", "2026-09-18"),
        ("Θα απουσιάζω έως 18 Σεπτεμβρίου", "2026-09-18"),
        ("18 Eylül'e kadar izindeyim", "2026-09-18"),
        ("אני בחופשה עד 18 בספטמבר", "2026-09-18"),
        ("أنا في إجازة حتى 18 سبتمبر", "2026-09-18"),
        ("9月18日まで不在です。", "2026-09-18"),
        ("من تا ۱۵ مهر در مرخصی هستم.", "2026-10-07"),
        ("تا تاریخ ۱۴۰۵/۰۷/۱۵ مرخصی هستم", "2026-10-07"),
        ("من از ۱ تا ۳۱ شهریور مرخصی هستم", "2026-09-22"),
        ("۲۰ مهر به دفتر برمی‌گردم", "2026-10-12"),
        ("我将于2026年9月21日返回办公室", "2026-09-21"),
        ("9월 18일까지 부재중입니다", "2026-09-18"),
        ("Tôi nghỉ đến ngày 18 tháng 9", "2026-09-18"),
    ],
)
def test_the_date_that_such_a_word_governs(note, until):
    assert away_until(note, FRIDAY) == until


@pytest.mark.parametrize(
    "note",
    [
        "I am on holiday 7 - 18 September and will reply afterwards.",
        "I am out from Monday 7th to Friday 18th September inclusive. My mobile is 0170 1234567.",
        "Out of office September 7-18, 2026.",
        "I am out of office 7/9/2026 - 18/9/2026",
        "Vom 7. bis 18. September bin ich nicht im Büro.",
        "Ich bin vom 7.9.-18.9. abwesend",
        "Je suis absent du 07/09/2026 au 18/09/2026 inclus.",
        "Estaré de vacaciones del 7 al 18 de septiembre",
        "Sono in ferie dal 7 al 18 settembre",
        "Estou de férias de 7 a 18 de setembro",
        "Jag är på semester från 7 till 18 september",
        "Będę nieobecna od 7 do 18 września",
    ],
)
def test_of_a_span_it_is_the_last_day(note):
    assert away_until(note, FRIDAY) == "2026-09-18"


@pytest.mark.parametrize(
    "note",
    [
        "I am out today, back tomorrow.",
        "I'm out of the office until October 2026.",
        "I am back at 17.30.",
        "Call me back on 0170 12 9 2026",
        "I came back on 1 September.",
        "back on 03/04/2027",  # March or April
        "I will be back in the office on Tuesday, September 21st",  # a Monday
        "I shall be back on 31 June.",
        "This mailbox is closed. Messages sent back then, on 4 October 2026, are lost.",
        "I am away. Our office is open through the year; the fair is on 14 November 2026.",
        "I will return your mail within two days. Our address: 12 March Road.",
        "Unsere Messe ist vom 7. bis 18. September",
        "Our sale runs until 30 September.",
        "Get 10% off until 10 October!",
        "I am available 24/7 until I return",
        "Please return the form by 14 October 2026.",
        "My birthday is 5 October.",
        "Wracam 15 listopada",  # November in Polish, October in Croatian
        "",
    ],
)
def test_none_rather_than_a_wrong_one(note):
    assert away_until(note, FRIDAY) == ""


@pytest.mark.parametrize(
    ("note", "until"),
    [
        ("I am away until 10 September; ref 2026-10-01 for the contract.", "2026-09-10"),
        ("Out from 22 September until 2 October, back on 5 October.", "2026-10-05"),
        ("I will be out starting 09/07/2026 and will not return until 09/21/2026.", "2026-09-21"),
        ("I am out until 18 September. Registration for our conference is open until 12 December 2026!", "2026-09-18"),
        ("The shop is open until 24 December. I'm away until 20 September.", "2026-09-20"),
        ("I am on parental leave until 1 March 2027. Until then please ask Ada.", "2027-03-01"),
    ],
)
def test_of_several_it_is_that_of_the_return_then_of_the_absence(note, until):
    assert away_until(note, FRIDAY) == until


@given(st.text(max_size=400))
def test_any_text_states_a_date_that_is_near_or_none(note):
    found = away_until(note, FRIDAY)
    assert found == "" or FRIDAY <= date.fromisoformat(found) <= FRIDAY + FARTHEST


@given(st.integers(0, 200))
def test_any_day_is_read_as_it_is_written(days):
    day = FRIDAY + timedelta(days=days)
    for written in (
        f"{day:%d %B %Y}",
        f"{day:%Y-%m-%d}",
        f"{day:%d.%m.%Y}",
        f"{day:%B} {day.day}",
        f"{day:%A}, {day:%d %B}",
    ):
        assert away_until(f"I shall be back on {written}.", FRIDAY) == day.isoformat()


@pytest.mark.parametrize(
    "note",
    [
        "We are closed on Monday 7 September.",
        "I am out of the office on Monday, 7 September. I read your message when I return.",
        "Am 7.9. bin ich nicht im Büro.",
        "Je suis absente le lundi 7 septembre.",
        "Our office is closed.\n\nFrom: 5 September\nTo: 7 September",
        "My last day of leave is September 7.",
        "Ab Montag, 7.9., lese ich meine Nachrichten wieder.",
        "Jestem na urlopie do 4.09, wracam do biura 7 września.",
    ],
)
def test_a_day_of_absence_the_fields_of_a_form_and_the_last_day(note):
    assert away_until(note, FRIDAY) == "2026-09-07"


@pytest.mark.parametrize(
    "note",
    [
        "I am going on leave on 7 September.",
        "I am away. Please write to Joe on 7 September.",
        "I am away.\n\nOur webinar\nFrom: 5 September\nTo: 7 September",
        "Ab dem 7.9. bin ich im Urlaub.",
        "We are closed. Our new shop opens on 7 September.",
    ],
)
def test_a_day_on_which_something_else_is(note):
    assert away_until(note, FRIDAY) == ""


@pytest.mark.parametrize(
    "note",
    [
        "Back in Denver on 7 September, in Boston until 6 September.",
        "Our office is closed Monday, September 7.",
        "Gli uffici saranno chiusi lunedì 7 settembre.",
        "Opět mě zastihnete od pondělí 7. září.",
        "Nos bureaux sont fermés du 5 septembre au soir au lundi 7 septembre au matin.",
        "ΘΑ ΛΕΙΠΩ ΜΕΧΡΙ 7 ΣΕΠΤΕΜΒΡΙΟΥ.",
        "本人出差，9.7返岗。",
        "放假至9月6日，9月7日正常上班。",
        "9月5日（土）～6日（日）は休業、7日（月）より順次ご返信いたします。",
        "I'm away\nStart: 05/Sep/2026\nEnd: 07/Sep/2026",
    ],
)
def test_where_somebody_is_back_and_from_when_on(note):
    assert away_until(note, FRIDAY) == "2026-09-07"


@pytest.mark.parametrize(
    "note",
    [
        "Rientro previsto per il 7/9.",
        "Será retomado: regresso previsto para 7 de setembro.",
        "Zwischen dem 5. und dem 7. September bin ich nur eingeschränkt erreichbar.",
        "Vi holder lukket og åbner igen mandag den 7. september.",
        "Będę ponownie dostępny od poniedziałku 7 września.",
        "Szeptember 5. és 7. között nem vagyok az irodában.",
        "אהיה בחופשה בין ה-5 ל-7 בספטמבר.",
        "ลาพักร้อน 5/9/2569 - 7/9/2569",
        "Tôi nghỉ đến 06/09/2026 và làm việc lại từ ngày 07/09/2026.",
        "年假中，2026年9月5日—2026年9月7日。",
    ],
)
def test_what_stands_between_in_more_languages(note):
    assert away_until(note, FRIDAY) == "2026-09-07"


def test_until_when_a_colleague_is_there_is_no_absence():
    assert away_until("I'm out; Tom, who is in until 11 September, can help you.", FRIDAY) == ""


@pytest.mark.parametrize(
    "note",
    [
        "14 Eylül'den itibaren izinde olacağım.",
        "Olen lomalla 14.9. alkaen.",
        "我从9月14日起休假。",
        "Dal 14 settembre il nostro nuovo indirizzo è via Roma 1.",
        "Ich bin nicht da. Unser Termin am 14.9. findet statt.",
        "Ich bin unterwegs. Besuchen Sie uns vom 22. bis 25. September auf der Messe.",
        "I'm away. Visit us from 22 to 24 September in Berlin.",
        "Goods can be returned until 30 September.",
        "I'm away. Do call Tom after 14 September about the tender.",
        "I'm out. The back cover in print on 14 September shows our team.",
        "I've left. From 14 September Priya takes over my work again.",
        "There is now a 1.3MB package with all that is available.",
    ],
)
def test_where_an_absence_begins_or_something_else_is(note):
    assert away_until(note, FRIDAY) == ""


def test_what_is_from_a_day_on_without_an_absence_is_a_return():
    assert away_until("İzindeyim, 14 Eylül'den itibaren ofisteyim.", FRIDAY) == "2026-09-14"
    assert away_until("Olen lomalla, töissä taas 14.9. alkaen.", FRIDAY) == "2026-09-14"
