"""Notices from mail systems, read: what could not be delivered, what is late, and to whom.

Machine-readable fields say what became of the mail. Where they do not, what is final says so, and what is late too; a code
such as 4.4.1 does neither: it stands in the last notice of a server that was down for a week.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from chalicelib.domain.incoming import notice_words
from chalicelib.domain.incoming.notice_signs import LONGEST_NOTICE, STATUS_PARTS, prose
from chalicelib.domain.incoming.received import MOST_PARTS, Mail, Part, groups

# An enhanced code (RFC 3463), or a reply code of SMTP (RFC 5321, 4.2) where an answer of a server begins. The subject of a
# code is one digit, of which there are eight: so a version of Exim is none.
_ENHANCED = re.compile(r"(?<![\d.])[245]\.[0-7]\.\d{1,3}(?![\d.]*\d)", re.ASCII)
_REPLY = re.compile(r"(?:^|[\s:>(#])([45][0-5]\d)(?:[ -]|$)", re.ASCII)
_TYPED = re.compile(r"^(?:rfc822|utf-8|unknown)\s*;\s*", re.IGNORECASE)
_DIAGNOSED = re.compile(r"^\s*[\w.-]{1,40}\s*;")  # RFC 3464, 2.3.6; nullmailer writes no type
_ADDRESS = re.compile(r"[A-Za-z0-9._%+=&'/~-]{0,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}", re.ASCII)
# In a field nothing else stands: an address may have letters of any script (RFC 6531), each as it is or coded (RFC 6533, 3).
_RECIPIENT = re.compile(r"[^\s<>()\[\]\",;:@]{1,256}@[^\s<>()\[\]\",;:@]{1,190}")
_CODED = re.compile(r"\\x\{([0-9A-F]{2,6})\}")
_FINAL = notice_words.compiled(notice_words.FINAL)
_ARRIVED = notice_words.compiled(notice_words.ARRIVED)
_LATE = notice_words.compiled(notice_words.LATE)
# So Postfix and Exim title what they give up; nullmailer titles a delay as returned mail too.
_RETURNED = re.compile(r"undelivered mail returned to sender|mail delivery failed: returning message", re.IGNORECASE)
_WELL = frozenset({"delivered", "relayed", "expanded"})
_ACTIONS = _WELL | {"failed", "delayed"}
_MOST_ADDRESSES = 50
_LONGEST_SAYING = 160  # characters
_AROUND = r"\s<>()\[\]\"',;:"  # what stands around an address, and is no part of one
_SOMEBODYS = re.compile(rf"(?<![^{_AROUND}])[^{_AROUND}]{{1,400}}@[^{_AROUND}]{{1,200}}")


@dataclass(frozen=True, slots=True)
class Notice:
    """What a mail system says of one recipient: `action` as RFC 3464, 2.3.3, has it, `status` as RFC 3463, "" if untold.

    `words` are its own, without addresses.
    """

    recipient: str
    action: str
    status: str
    words: str = field(default="", compare=False)

    @property
    def failed(self) -> bool:
        """Whether the mail is given up. The action decides: a mailbox that stayed full to the end is a failure too."""
        return self.action == "failed" if self.action in _ACTIONS else not self.status.startswith("2")

    @property
    def arrived(self) -> bool:
        """Whether it says that all is well."""
        return self.action in _WELL if self.action in _ACTIONS else self.status.startswith("2")


def notices(mail: Mail) -> tuple[Notice, ...]:
    """What a bounce says of each recipient: by its fields, else by its header and its prose."""
    text = f"{mail.subject}\n{prose(mail)}"
    told = tuple(
        _corrected(notice, text)
        for part in mail.own("message/")
        if part.kind in STATUS_PARTS
        for notice in _by_fields(mail, part)
    )
    if told:
        return told
    enhanced = _ENHANCED.search(text)
    reply = None if enhanced else _REPLY.search(text)
    status = enhanced[0] if enhanced else f"{reply[1][0]}.0.0" if reply else ""
    status = "" if status.startswith("2") else status
    failed = [each.lower() for each in _RECIPIENT.findall(mail.field("x-failed-recipients"))]
    words = saying(_line_of(text, enhanced or reply))
    action = "failed" if _RETURNED.search(mail.subject) and _LATE.search(text) else ""
    return tuple(
        _corrected(Notice(address, action, status, words), text) for address in (failed or [""])[:_MOST_ADDRESSES]
    )


def is_final(diagnosis: str) -> bool:
    """Whether a server's words, or their code, say that it will not take the mail, however often it is tried."""
    code = _ENHANCED.search(diagnosis) or _REPLY.search(diagnosis)
    return _FINAL.search(diagnosis) is not None or (code is not None and code[0].lstrip(" \t:>(#").startswith("5"))


def saying(words: str) -> str:
    """A mail system's words as they are kept: on one line, short, and without anybody's address."""
    return " ".join(_SOMEBODYS.sub("…", words[: 10 * _LONGEST_SAYING]).split())[:_LONGEST_SAYING]


def addresses_in(mail: Mail) -> tuple[str, ...]:
    """The addresses that the prose of a notice names, in lower case and in order."""
    text = "\n".join(mail.text(part)[: 3 * LONGEST_NOTICE] for part in mail.own("text/"))
    found = (_whole(text, each.start(), each.end()).lower() for each in _ADDRESS.finditer(text))
    return tuple(dict.fromkeys(address for address in found if address[0] != "@"))[:_MOST_ADDRESSES]


def _whole(text: str, start: int, end: int) -> str:
    """An address with the letters before it that are none of ASCII's: those of two cases, for others may be a word's."""
    while start and (text[start - 1] in "._%+-" or text[start - 1].lower() != text[start - 1].upper()):
        start -= 1
    return text[start:end]


def _line_of(text: str, found: re.Match[str] | None) -> str:
    """The line that a code stands in."""
    if found is None:
        return ""
    return text[text.rfind("\n", 0, found.end() - 1) + 1 :].partition("\n")[0]


def _corrected(notice: Notice, text: str) -> Notice:
    """A notice whose action the prose tells, or takes back: OpenSMTPD says `delayed` of an envelope that has expired."""
    if notice.arrived or notice.action == "failed":
        return notice
    if _FINAL.search(text):
        return replace(notice, action="failed")
    if not notice.action and not notice.status and _ARRIVED.search(text):
        return replace(notice, action="delivered")
    return replace(notice, action="delayed") if not notice.action and _LATE.search(text) else notice


def _by_fields(mail: Mail, part: Part) -> Iterator[Notice]:
    for number, group in enumerate(groups(mail.text(part))):
        if number > MOST_PARTS:
            return
        recipient = group.get("original-recipient") or group.get("final-recipient") or ""
        action, status = group.get("action", ""), group.get("status", "")
        if recipient or action or status:
            diagnosis = group.get("diagnostic-code", "")
            address = _RECIPIENT.search(_CODED.sub(_decoded, _TYPED.sub("", recipient)))
            word = action.split("(")[0].split(";")[0].strip().lower()
            words = saying(_DIAGNOSED.sub("", diagnosis))
            yield Notice(address[0].lower() if address else "", word, _code(status, diagnosis), words)


def _code(status: str, diagnosis: str) -> str:
    """A status, or what a server said where the status says nothing: Courier's is 5.0.0 whatever the answer was."""
    code, said = _ENHANCED.search(status), _ENHANCED.search(diagnosis)
    if code and said and code[0].endswith(".0.0") and said[0][0] == code[0][0]:
        return said[0]
    return code[0] if code else ""


def _decoded(coded: re.Match[str]) -> str:
    number = int(coded[1], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
