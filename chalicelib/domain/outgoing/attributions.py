"""The words that programs put above a mail that is answered or forwarded, in whatever language.

Either one line, or a few, that say who wrote it, mostly with the time, and end with a colon. Or the fields of its header, each
on a line of its own. Where the words that are known do not tell, the structure does: a date, a time, an address.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import count, islice

from chalicelib.domain.outgoing.html_text import Line

MOST_LINES = 4  # over which programs break such a line
_LONGEST = 400  # characters of it
_MOST_FIELDS = 16  # lines of a header, folded ones too

_YEAR = re.compile(r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d年|\d월")
_TIME = re.compile(r"\d{1,2} ?[:.hH] ?[0-5]\d(?!\d)|\d時|\d点")
_ADDRESS = re.compile(r"[^\s<>()@\"]@[^\s<>()@\"]{1,250}\.[^\s<>()@\"]")
_COLON = re.compile(r"[:：]\*?$")
WROTE = re.compile(
    r"\b(?:wrote|writes?|schrieb|schreibt|écrit|escribi[óo]|escribe|scritto|scrisse|scrive|schreef|geschreven|escreveu"
    r"|skrev|skrifaði|kirjoitti|napisa[łl]\w{0,3}|napsala?|napísala?|написала?|написав|писала?|пише|пишет|напиша"
    r"|írta|yazdı|yazmış|scris|έγραψε|rašė|parašė|kirjutas|rakstīja|escriure|escrigué|viết|menulis|quot(?:ing|es?)|zitat"
    r"|citando|cita|citát|citazione|citeert)\b|a écrit|写道|寫道|書きました|작성|כתב|كتب|เขียน|лет|님이",
    re.IGNORECASE,
)
_GROUPWISE = re.compile(r">{2,} .{3,200} >{2,}")
_TITLE = re.compile(r"[-_—=*]{3,80}+\s?[^\s-].{1,60}?\s?[-_—=*]{3,80}|[-_—=]{20,200}")
_RULES = frozenset("-_—=*")  # with which a title begins
_FIELD = re.compile(r"[*_]?([^\W\d_][^:：<>@]{0,30}?)\s?[*_]?\s?[:：][*_]?(?!//)\s*+(.*)", re.DOTALL)
_MARGIN = "> |*\u00a0\t"


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("+", " ") for word in text.split())


# The fields' names as the programs show them that speak these languages. A space is written as a plus.
_FIELDS = {
    "from": _words(
        "from von de da van från fra lähettäjä od от від kimden gönderen 发件人 寄件者 寄件人 发信人 差出人 "
        "送信者 보낸+사람 보낸사람 발신 expeditor feladó από מאת من จาก từ dari pengirim afzender expéditeur "
        "remitente mittente odesílatel odosielateľ odosielatel pošiljatelj šalje nuo saatja kellelt remetente "
        "absender avsender afsender avsändare sender от+кого відправник отправитель người+gửi desde "
        "sendandi frá nork"
    ),
    "date": _words(
        "sent date gesendet datum envoyé date+d'envoi enviado fecha data inviato verzonden skickat dato sendt "
        "lähetetty päivä päiväys päivämäärä wysłano odesláno odoslané отправлено дата надіслано tarih "
        "gönderildi gönderme+tarihi 发送时间 时间 日期 寄件日期 發送時間 送信日時 日時 보낸+날짜 보낸날짜 "
        "날짜 trimis elküldve dátum στάλθηκε ημερομηνία נשלח תאריך التاريخ تاريخ تم+الإرسال วันที่ ngày "
        "đã+gửi tanggal dikirim poslano saadetud kuupäev išsiųsta nosūtīts datums fecha+de+envío "
        "date+and+time gesendet+am le dags"
    ),
    "to": _words(
        "to an à a para aan till til vastaanottaja do кому kime alıcı 收件人 收件者 宛先 받는+사람 받는사람 "
        "către címzett προς אל إلى ถึง đến tới kepada destinataire destinatario destinatário komu pro "
        "empfänger kam kellele saaja mottagare mottaker modtager geadresseerde получатель do+kogo zu til za "
        "nori"
    ),
    "subject": _words(
        "subject betreff betr objet sujet asunto oggetto onderwerp assunto ämne emne aihe temat předmět "
        "predmet тема konu 主题 主題 主旨 件名 제목 subiect tárgy θέμα נושא الموضوع เรื่อง chủ+đề tiêu+đề "
        "subjek perihal assumpte tema teema tēma zadeva naslov efni gaia"
    ),
}


def first(
    lines: Iterable[Line], before: int, *, is_ruled: Callable[[int], bool], contains: Callable[[int], bool]
) -> int:
    """Where the first such words begin; -1 if there are none, or, maybe, if they do not begin before a position.

    `is_ruled` answers whether a rule or a border stands above a position, `contains` whether what comes behind one is set off
    as a quotation is.
    """
    unread, read = iter(lines), list[Line]()

    def lines_up_to(end: int) -> list[Line]:
        read.extend(islice(unread, max(end - len(read), 0)))
        return read

    for number in count():
        if len(lines_up_to(number + 1)) == number or read[max(number - MOST_LINES + 1, 0)].start >= before:
            return -1
        line = read[number]
        text = line.text.lstrip(_MARGIN)
        if not text:
            continue
        titled = text[0] in _RULES and _TITLE.fullmatch(text)
        if titled and any(_field(each) for each in lines_up_to(number + 3)[number + 1 : number + 3]):
            return line.start
        if line.text[0] == ">" and _GROUPWISE.fullmatch(line.text) and _YEAR.search(text):
            return line.start
        if ":" not in text and "：" not in text:
            continue
        if _field(line) and _is_header(
            lines_up_to(number + _MOST_FIELDS)[number : number + _MOST_FIELDS], partial(is_ruled, line.start)
        ):
            above = read[number - 1] if number else line
            return above.start if _COLON.search(above.text) and len(above.text) < 60 else line.start
        if _COLON.search(text.rstrip(" *_")) and (begun := _begun(read, number, contains)) >= 0:
            return begun
    return -1


def _begun(lines: Sequence[Line], number: int, contains: Callable[[int], bool]) -> int:
    """Where the words begin that end with a line, and say who wrote what comes behind it; -1 if it says nothing like that."""
    for first_line in range(number, max(number - MOST_LINES, -1), -1):
        said = " ".join(each.text for each in lines[first_line : number + 1])
        if attributes_words(said, contained=True) and (
            attributes_words(said, contained=False) or contains(lines[number].end)
        ):
            return lines[first_line].start
    return -1


def attributes_words(text: str, *, contained: bool) -> bool:
    """Whether a text says who wrote what comes now. It must say more unless that is `contained`: set off as a quotation."""
    if len(text) > _LONGEST or not _COLON.search(text.rstrip(" *_")):
        return False
    address, year = _ADDRESS.search(text), _YEAR.search(text)
    if contained and address:
        return True
    time = _TIME.search(text)
    if year and time and (address or contained):
        return True
    return bool((address or year or time) and WROTE.search(text))  # which takes the longest, so it comes last


def names_a_field(word: str) -> bool:
    """Whether a word is the name of the field that says who wrote a mail, in one of many languages."""
    return word.lower() in _FIELDS["from"]


def _field(line: Line) -> tuple[str, str] | None:
    """The name and the value of a field, if a line reads like one."""
    found = _FIELD.fullmatch(line.text.lstrip(_MARGIN))
    return (found[1].strip(" *_").lower(), found[2]) if found else None


def _is_header(lines: Sequence[Line], is_ruled: Callable[[], bool]) -> bool:
    """Whether these lines begin with the fields of a mail's header."""
    known: set[str] = set()
    fields = addresses = other = 0
    dated = False
    for line in lines:
        field = _field(line)
        if field is None:
            other += 1
            if other > 2:
                break
        else:
            other = 0
            name = field[0]
            if len(name.split()) > 4:
                break
            fields += 1
            known |= {kind for kind, names in _FIELDS.items() if name in names}
        said = line.text if field is None else field[1]
        addresses += bool(_ADDRESS.search(said))
        dated = dated or bool(_YEAR.search(said))
    if "from" in known or ("to" in known and "subject" in known):
        sure = len(known) >= 2 and ("subject" in known or addresses > 0)
        return sure and (dated or len(known) >= 3 or is_ruled())
    return fields >= 4 and dated and (addresses >= 2 or (addresses >= 1 and is_ruled()))
