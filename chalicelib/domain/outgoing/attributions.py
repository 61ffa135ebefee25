"""The words that programs put above a mail that is answered or forwarded, in whatever language.

Either one line, or a few, that say who wrote it, mostly with the time, and end with a colon. Or the fields of its header, each
on a line of its own. Where the words that are known do not tell, the structure does: a date, a time, an address.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from chalicelib.domain.outgoing.html_text import Line

MOST_LINES = 4  # over which programs break such a line
_LONGEST = 400  # characters of it
_MOST_FIELDS = 16  # lines of a header, folded ones too

# Each begins with what it cannot do without, which takes the least time to look for.
_YEAR = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|[./-]\d{1,2}[./-]\d{2}|年|월)")
_TIME = re.compile(r"\d(?: ?[:.hH] ?[0-5]\d(?!\d)|時|点)")
_ADDRESS = re.compile(r"@(?<=[^\s<>()@\"]@)[^\s<>()@\"]{1,250}\.[^\s<>()@\"]")
_WROTE_WORDS = """
wrote write writes schrieb schreibt écrit escribió escribio escribe scritto scrisse scrive schreef geschreven escreveu skrev
skrifaði kirjoitti napsal napsala napísal napísala написал написала написав писал писала пише пишет напиша írta yazdı yazmış
scris έγραψε rašė parašė kirjutas rakstīja escriure escrigué viết menulis quoting quote quotes zitat citando cita citát
citazione citeert
"""
_WROTE = frozenset(_WROTE_WORDS.split())
_WROTE_BEGINS = ("napisał", "napisal")  # of Polish, Slovene and Croatian, with what endings there are
_WROTE_UNSPACED = ("写道", "寫道", "書きました", "작성", "כתב", "كتب", "เขียน", "лет", "님이")
_WORD = re.compile(r"\w+")
_GROUPWISE = re.compile(r">{2,} .{3,200} >{2,}")
_TITLE = re.compile(r"[-_—=*]{3,80}+\s?[^\s-].{1,200}?\s?[-_—=*]{3,80}|[-_—=]{20,200}")
_RULES = frozenset("-_—=*")  # with which a title begins
_FIELD = re.compile(r"[*_]?([^\W\d_][^:：<>@]{0,30}?)\s?[*_]?\s?[:：][*_]?(?!//)\s*+(.*)", re.DOTALL)
_MARGIN = "> |*\u00a0\t"
_BEGINNINGS = _RULES | frozenset(_MARGIN)  # of lines that need no colon to be looked at


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


_KINDS: dict[str, set[str]] = {}
for _kind, _names in _FIELDS.items():
    for _name in _names:
        _KINDS.setdefault(_name, set()).add(_kind)


def first(
    lines: Iterable[Line], before: int, *, is_ruled: Callable[[int], bool], contains: Callable[[int], bool]
) -> int:
    """Where the first such words begin; -1 if there are none, or, maybe, if they do not begin before a position.

    `is_ruled` answers whether a rule or a border stands above a position, `contains` whether what comes behind one is set off
    as a quotation is.
    """
    read = _Read(lines)
    number = -1
    while line := read.at(number := number + 1):
        if read.lines[max(number - MOST_LINES + 1, 0)].start >= before:
            return -1
        text = line.text
        named = ":" in text or "：" in text
        if not named and text[:1] not in _BEGINNINGS:
            continue
        text = text.lstrip(_MARGIN)
        if not text:
            continue
        titled = text[0] in _RULES and _TITLE.fullmatch(text)
        if titled and (
            (_YEAR.search(text) and says_written(text))  # ---- On Mon, 2 Nov 2026 09:14:02 +0100 Bob <…> wrote ----
            or any(each and _may_head(each, text) for each in (read.at(number + 1), read.at(number + 2)))
        ):
            return line.start
        if line.text.startswith(">") and _GROUPWISE.fullmatch(line.text) and _YEAR.search(text):
            return line.start
        if not named:
            continue
        if (start := begun(read.lines, number, contains)) >= 0:
            return start
        if _field(line) and _is_header(read, number, is_ruled):
            above = read.lines[number - 1] if number else line
            return above.start if _ends_in_colon(above.text) and len(above.text) < 60 else line.start
    return -1


class _Read:
    """Lines, of which only those are read that are asked for."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._unread = iter(lines)
        self.lines: list[Line] = []

    def at(self, number: int) -> Line | None:
        """The line with this number; None where they end before it."""
        while len(self.lines) <= number:
            line = next(self._unread, None)
            if line is None:
                return None
            self.lines.append(line)
        return self.lines[number]


def begun(lines: Sequence[Line], number: int, contains: Callable[[int], bool]) -> int:
    """Where the words begin that end with a line, and say who wrote what comes behind it; -1 if it says nothing like that.

    They must say more unless what comes is set off as a quotation is, which `contains` answers.
    """
    if not _ends_in_colon(lines[number].text):
        return -1
    length = -1
    address = year = time = wrote = False
    contained: bool | None = None
    for first_line in range(number, max(number - MOST_LINES, -1), -1):
        text = lines[first_line].text
        length += len(text) + 1
        if length > _LONGEST:
            return -1
        address = address or _ADDRESS.search(text) is not None
        year = year or _YEAR.search(text) is not None
        time = time or _TIME.search(text) is not None
        wrote = wrote or says_written(text)
        if (address and year and time) or (wrote and (address or year or time)):
            return lines[first_line].start
        if address or (year and time):
            if contained is None:
                contained = contains(lines[number].end)
            if contained:
                return lines[first_line].start
    return -1


def _ends_in_colon(text: str) -> bool:
    return text.rstrip(" *_").endswith((":", "："))


def says_written(text: str) -> bool:
    """Whether a text has a word for writing, in one of many languages."""
    words = _WORD.findall(text.lower())
    if not _WROTE.isdisjoint(words):
        return True
    return not text.isascii() and (
        any(word in text for word in _WROTE_UNSPACED) or any(word.startswith(_WROTE_BEGINS) for word in words)
    )


def names_a_field(word: str) -> bool:
    """Whether a word is the name of the field that says who wrote a mail, in one of many languages."""
    return "from" in _KINDS.get(word.lower(), ())


def _field(line: Line) -> tuple[str, str] | None:
    """The name and the value of a field, if a line reads like one."""
    found = _FIELD.fullmatch(line.text.lstrip(_MARGIN))
    return (found[1].strip(" *_").lower(), found[2]) if found else None


def _may_head(line: Line, title: str) -> bool:
    """Whether a line below a title is a field's. Where the title has words, an address in the line will do."""
    return bool(_field(line)) or (_ADDRESS.search(line.text) is not None and any(map(str.isalpha, title)))


def _is_header(read: _Read, first_line: int, is_ruled: Callable[[int], bool]) -> bool:
    """Whether the lines from one on begin with the fields of a mail's header."""
    known: set[str] = set()
    fields = addresses = other = 0
    dated = strange = bare = False
    for number in range(first_line, first_line + _MOST_FIELDS):
        line = read.at(number)
        if line is None:
            break
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
            known |= _KINDS.get(name, set())
        said = line.text if field is None else field[1]
        addresses += _ADDRESS.search(said) is not None
        dated = dated or _YEAR.search(said) is not None
        if number == first_line:
            strange, bare = not known, not (addresses or dated)
        if strange and ("from" in known or (known and bare)):
            return False  # a line of the sender's own, of that form, above the header
        if _is_sure(known, addresses) and (dated or (addresses and len(known) > 2)):
            return True
    if "from" in known or ("to" in known and "subject" in known):
        return _is_sure(known, addresses) and is_ruled(read.lines[first_line].start)
    return fields >= 4 and dated and (addresses >= 2 or (addresses >= 1 and is_ruled(read.lines[first_line].start)))


def _is_sure(known: set[str], addresses: int) -> bool:
    """Whether fields with these names can be those of a mail's header."""
    if "from" in known or ("to" in known and "subject" in known):
        return len(known) > 1 and ("subject" in known or addresses > 0)
    return False
