"""The fields above a mail that is quoted: with a time of day or without, in every language; a sender's own list is none."""

from html import escape

import pytest

from chalicelib.domain.outgoing.plain_text import read
from chalicelib.domain.outgoing.rewriting import links

# A slash stands between the lines.
HEADERS = """
From: Bob Brown <bob@example.com> / Sent: Monday, November 2, 2026 / To: Ann <ann@example.com> / Subject: Re: The offer
From: Bob Brown <bob@example.com> / To: Ann <ann@example.com> / Subject: Re: The offer
From: Bob Brown <bob@example.com> / Date: 2 November 2026 / To: Ann / Subject: The offer
From: Bob Brown / Sent: Monday, November 2, 2026 / To: Ann / Subject: RE: The offer
Von: Bob Brown <bob@example.com> / Gesendet: Montag, 2. November 2026 / An: Ann / Betreff: AW: Angebot
Von: Bob Brown / Gesendet: 02.11.2026 / An: Ann / Cc: Eve / Betreff: AW: Angebot
De : Bob Brown <bob@example.com> / Envoyé : lundi 2 novembre 2026 / À : Ann / Objet : RE: offre
De : Bob Brown <bob@example.com> / À : Ann <ann@example.com> / Objet : offre
De: Bob Brown <bob@example.com> / Enviado el: lunes, 2 de noviembre de 2026 / Para: Ann / Asunto: RE: oferta
Da: Bob Brown <bob@example.com> / Inviato: lunedì 2 novembre 2026 / A: Ann / Oggetto: R: offerta
Van: Bob Brown <bob@example.com> / Verzonden: maandag 2 november 2026 / Aan: Ann / Onderwerp: RE: aanbod
Från: Bob Brown <bob@example.com> / Skickat: den 2 november 2026 / Till: Ann / Ämne: SV: erbjudande
Od: Bob Brown <bob@example.com> / Wysłano: poniedziałek, 2 listopada 2026 / Do: Ann / Temat: RE: oferta
От: Bob Brown <bob@example.com> / Отправлено: 2 ноября 2026 г. / Кому: Ann / Тема: RE: предложение
Кімнен: Bob Brown <bob@example.com> / Жіберілді: 2026-11-02 / Кімге: Ann <ann@example.com> / Тақырып: ұсыныс
发件人： Bob Brown <bob@example.com> / 发送时间： 2026年11月2日 / 收件人： Ann / 主题：回复：报价
差出人: Bob Brown <bob@example.com> / 宛先: Ann <ann@example.com> / 件名: Re: 見積
보낸 사람: Bob Brown <bob@example.com> / 보낸 날짜: 2026년 11월 2일 월요일 / 받는 사람: Ann / 제목: RE: 제안
From: Bob Brown <bob@example.com> / Subject: The offer
Kimden: Bob Brown <bob@example.com> / Gönderildi: 2 Kasım 2026 Pazartesi / Kime: Ann / Konu: RE: teklif
Lähettäjä: Bob Brown <bob@example.com> / Lähetetty: maanantai 2. marraskuuta 2026 / Vastaanottaja: Ann / Aihe: VS: tarjous
Fra: Bob Brown <bob@example.com> / Sendt: 2. november 2026 / Til: Ann / Emne: SV: tilbud
Subject: The offer / Date: 2 November 2026 / From: Bob Brown <bob@example.com> / To: Ann <ann@example.com>
From: bob@example.com / To: ann@example.com / Cc: eve@example.com / Subject: The offer
"""

OWN = """
From: Berlin / To: Paris
From: Berlin / To: Paris / Date: 2 November 2026
From: Berlin / To: Paris / Date: 2 November 2026 / Time: 9:14 / Seat: 12
From: Berlin / To: Paris / Subject: our trip
From: Berlin / To: Paris / Date: 2 November 2026 / Subject: our trip
From: Berlin / To: Paris / Date: 2 November 2026 / Questions: bob@example.com
Date: 2 November 2026 / From: Berlin / To: Paris / Contact: Bob <bob@example.com>
Von: Berlin / Nach: Paris / Datum: 2. November 2026 / Fragen: bob@example.com
Von: Berlin / An: Paris 9:14 / Datum: 2. November 2026 / Fragen an: bob@example.com
De : Lyon / À : Paris / Date : 2 novembre 2026 / Contact : bob@example.com
Da: Roma / A: Milano / Data: 2 novembre 2026 / Info: bob@example.com
De: Madrid / A: París / Fecha: 2 de noviembre de 2026 / Contacto: bob@example.com
From: 1 November 2026 / To: 5 November 2026 / Subject: holiday of Bob
From: 9:00 / To: 17:30 / Date: 2 November 2026 / Where: Room 2 / Host: bob@example.com
Date: 2 November 2026 / Subject: Minutes of our call / Present: Bob <bob@example.com>, Ann
Subject: History / Date: 2 November 2026 / Teacher: bob@example.com
Name: Ann / Phone: 030 1234 / E-mail: ann@example.com / Date: 2 November 2026
Till: Stockholm / Från: Malmö / Datum: 2026-11-02 / Frågor: bob@example.com
От: Москва / До: Казань / Дата: 2 ноября 2026 / Вопросы: bob@example.com
Invoice: 2026-114 / To: Bob <bob@example.com> / Date: 2 November 2026 / Amount: 20 EUR
Offer: 2026-114 / From: 2 November 2026 / To: 30 November 2026 / Contact: bob@example.com
"""

MINE, THEIRS = "https://mine.example/", "https://theirs.example/"


def parts(line: str) -> tuple[str, str]:
    name, colon, value = line.partition("：" if "：" in line else ":")
    return escape(name + colon), escape(value)


def in_one_paragraph(fields: list[str]) -> str:
    return "<p class=MsoNormal>" + "<br>".join("<b>{}</b>{}".format(*parts(field)) for field in fields) + "</p>"


def in_paragraphs(fields: list[str]) -> str:
    return "".join("<p><b>{}</b>{}</p>".format(*parts(field)) for field in fields)


def in_rows(fields: list[str]) -> str:
    return (
        "<table>"
        + "".join("<tr><td><b>{}</b></td><td>{}</td></tr>".format(*parts(each)) for each in fields)
        + "</table>"
    )


SHOWN = (in_one_paragraph, in_paragraphs, in_rows)


def page(fields: str, shown, above: str) -> str:
    return (
        f"<html><body><p>{above}My answer is <a href='{MINE}'>here</a>.</p>{shown(fields.split(' / '))}"
        f"<p><a href='{THEIRS}'>this</a></p></body></html>"
    )


@pytest.mark.parametrize("fields", HEADERS.strip().split("\n"))
def test_below_another_mails_header_all_is_quoted(fields):
    text = fields.replace(" / ", "\n")
    assert read(f"My answer: {MINE}\n\n{text}\n\n{THEIRS}\n").links == (MINE,)
    for shown in SHOWN:
        for above in ("", "We meet at 9:30. " + "<p>More and more.</p>" * 300):
            assert links(page(fields, shown, above)) == (MINE,), shown


@pytest.mark.parametrize("fields", OWN.strip().split("\n"))
def test_below_a_senders_own_list_nothing_is(fields):
    text = fields.replace(" / ", "\n")
    assert read(f"My answer: {MINE}\n\n{text}\n\n{THEIRS}\n").links == (MINE, THEIRS)
    for shown in SHOWN:
        for above in ("", "We meet at 9:30. "):
            assert links(page(fields, shown, above)) == (MINE, THEIRS), shown


def test_names_alone_head_a_quote_where_a_rule_stands_above_them():
    fields = "From: Bob Brown / Date: 2 November 2026 / Subject: The offer"
    assert links(page(fields, in_paragraphs, "")) == (MINE, THEIRS)
    assert links(page(fields, lambda each: "<hr>" + in_paragraphs(each), "")) == (MINE,)


def test_a_log_is_no_header():
    log = "Aug  4 11:31:51 mira kernel: ready 12Mar2001 bob@example.com\n" * 4
    assert read(f"{log}\n{MINE}").links == (MINE,)
