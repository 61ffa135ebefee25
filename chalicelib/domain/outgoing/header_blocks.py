"""The fields of another mail's header, as programs show them above a mail that is quoted: each on a line of its own.

A sender's own list may have such lines: a journey from one town to another, a memo with its date and subject. In a mail's
header an address stands behind who sent it or got it, or else it names the minute, or says that it was sent or is an answer.
"""

import re
from collections.abc import Callable, Iterable

from chalicelib.domain.outgoing.attribution_lines import names_a_day, names_a_time, names_an_address
from chalicelib.domain.outgoing.html_text import Line

MARGIN = "> |*\u00a0\t"
"""What may stand before a line: the margin of a quote, the marks of emphasis or of a list."""
MOST_FIELDS = 16  # lines of a header, folded ones too
_LONGEST = 400  # characters of a line that are looked at
_FIELD = re.compile(r"[*_]?([^\W\d_][^:：<>@\d]{0,30}?)\s?[*_]?\s?[:：][*_]?(?!//)\s*+(.*)", re.DOTALL)
# What the programs of these languages put before the subject of an answer, or of what they pass on.
_ANSWERED = re.compile(
    r"(?:re|fwd?|aw|antw|wg|tr|rv|rif|r|i|res|enc|sv|vs|vl|vb|odp|pd|ynt|ilt|yml|továbbá|σχετ|προθ|回复|答复|转发|回覆|轉寄|转寄|返信|転送)"
    r"(?:\[\d+\])?\s?[:：]",
    re.IGNORECASE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("+", " ") for word in text.split())


# The fields' names as the programs show them that speak these languages. A space is written as a plus.
_FIELDS = {
    "from": _words(
        "from von de da van från fra lähettäjä od от від kimden gönderen 发件人 寄件者 寄件人 发信人 差出人 "
        "送信者 보낸+사람 보낸사람 발신 expeditor feladó από מאת من จาก từ dari pengirim afzender expéditeur "
        "remitente mittente odesílatel odosielateľ odosielatel pošiljatelj šalje nuo saatja kellelt remetente "
        "absender avsender afsender avsändare sender от+кого відправник отправитель người+gửi desde "
        "sendandi frá nork кімнен"
    ),
    "date": _words(
        "date datum fecha data dato päivä päiväys päivämäärä дата tarih 时间 日期 日時 날짜 dátum ημερομηνία תאריך التاريخ "
        "تاريخ วันที่ ngày tanggal kuupäev datums date+and+time le dags"
    ),
    "sent": _words(
        "sent gesendet gesendet+am envoyé date+d'envoi enviado enviado+el enviado+em enviada+em fecha+de+envío inviato "
        "data+invio verzonden skickat sendt lähetetty wysłano odesláno odoslané отправлено надіслано gönderildi "
        "gönderme+tarihi 发送时间 寄件日期 發送時間 送信日時 보낸+날짜 보낸날짜 trimis elküldve στάλθηκε נשלח تم+الإرسال "
        "đã+gửi dikirim poslano saadetud išsiųsta nosūtīts жіберілді"
    ),
    "to": _words(
        "to an à a para aan till til vastaanottaja do кому kime alıcı 收件人 收件者 宛先 받는+사람 받는사람 "
        "către címzett προς אל إلى ถึง đến tới kepada destinataire destinatario destinatário komu pro "
        "empfänger kam kellele saaja mottagare mottaker modtager geadresseerde получатель do+kogo zu til za "
        "nori кімге"
    ),
    "subject": _words(
        "subject betreff betr objet sujet asunto oggetto onderwerp assunto ämne emne aihe temat předmět "
        "predmet тема konu 主题 主題 主旨 件名 제목 subiect tárgy θέμα נושא الموضوع เรื่อง chủ+đề tiêu+đề "
        "subjek perihal assumpte tema teema tēma zadeva naslov efni gaia тақырып"
    ),
}
_KINDS: dict[str, set[str]] = {}
for _kind, _names in _FIELDS.items():
    for _name in _names:
        _KINDS.setdefault(_name, set()).add(_kind)
_SENDERS = frozenset(name.split()[-1] for name in _FIELDS["from"])
_DAYS = frozenset(name.split()[-1] for kind in ("date", "sent") for name in _FIELDS[kind])


class Read:
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


def may_name_the_sender(word: str) -> bool:
    """Whether a word is, or ends, the name of the field that says who wrote a mail, in one of many languages."""
    return word.lower() in _SENDERS


def may_name_the_day(word: str) -> bool:
    """The same of the field that says when."""
    return word.lower() in _DAYS


def field(line: Line) -> tuple[str, str] | None:
    """The name and the value of a field, if a line reads like one."""
    found = _FIELD.fullmatch(line.text.lstrip(MARGIN))
    return (found[1].strip(" *_").lower(), found[2]) if found else None


def is_header(read: Read, first_line: int, is_ruled: Callable[[int], bool]) -> bool:
    """Whether the lines from one on begin with the fields of a mail's header.

    `is_ruled` answers whether a rule or a border stands above a position.
    """
    known: set[str] = set()
    kinds: set[str] = set()
    fields = addresses = other = 0
    dated = strange = bare = mailbox = told = False
    for number in range(first_line, first_line + MOST_FIELDS):
        line = read.at(number)
        if line is None:
            break
        named = field(line)
        if named is None:
            other += 1
            if other > 2:
                break
        else:
            other = 0
            if len(named[0].split()) > 4:
                break
            fields += 1
            kinds = _KINDS.get(named[0], set())
            known |= kinds
        said = (line.text if named is None else named[1])[:_LONGEST]
        addressed, day = names_an_address(said), names_a_day(said)
        addresses += addressed
        dated = dated or day
        if kinds & {"from", "to"}:
            mailbox = mailbox or addressed
            if named and not addressed and (day or names_a_time(said)):
                return False  # from one day to another
        told = told or "sent" in kinds or ("date" in kinds and names_a_time(said))
        told = told or ("subject" in kinds and _ANSWERED.match(said) is not None)
        if number == first_line:
            strange, bare = not known, not (addresses or dated)
        if strange and ("from" in known or (known and bare)):
            return False  # a line of the sender's own, of that form, above the header
        if _is_sure(known, mailbox) and (dated or mailbox) and (mailbox or told) and (dated or _is_whole(known)):
            return True
    if "from" in known or ("to" in known and "subject" in known):
        return _is_sure(known, mailbox) and is_ruled(read.lines[first_line].start)
    return (
        fields >= 4
        and dated
        and not (strange and bare)
        and (addresses >= 2 or (addresses >= 1 and is_ruled(read.lines[first_line].start)))
    )


def _is_sure(known: set[str], mailbox: bool) -> bool:
    """Whether fields with these names can be those of a mail's header."""
    if "from" in known or ("to" in known and "subject" in known):
        return len(known) > 1 and ("subject" in known or mailbox)
    return False


def _is_whole(known: set[str]) -> bool:
    """Whether nothing is missing but the day."""
    return len(known) > 2 or {"from", "subject"} <= known
