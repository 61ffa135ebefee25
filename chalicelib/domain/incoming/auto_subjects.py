"""Whether a subject is that of an automatic reply: a phrase of a mail system's, with nothing or a mark behind it.

People write of absences and of automatic replies too: what goes on in words is theirs.
"""

import re
import unicodedata

from chalicelib.domain.incoming.auto_reply_words import (
    ALWAYS,
    BEFORE_A_COLON,
    I_AM,
    IN_THE_FIRST_PERSON,
    OF_SOMEBODY,
    SENTENCES,
    UNTIL,
)

LONGEST = 300  # characters that are looked at

_REPLY = re.compile(r"(?:re|aw|sv|vs|antw|antwort|ref|rif|odp|ynt|res|回复|回覆|答复|返信)\s?(?:\[\d{1,3}\])?\s?:\s*")
_AUTO = re.compile(r"auto\s?:\s*")
_END = re.compile(r"[:\]】()（）|«»\"“”]|\s[-–—~]|[-–—]\s|[.!…](?=\s|\Z)")
_MARKS = " \t[【({<\"'“”«»*#_~-–—=!."
_BY_MARK = frozenset(":]】")
_DASHES = re.compile(r"(?<=\w)[-‐‑_/](?=\w)")


def _plain(text: str) -> str:
    """A text without case, accents and hyphens, its marks in their plain forms."""
    letters = unicodedata.normalize("NFKD", re.sub(r"[’‘`´ʼ]", "'", text))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_DASHES.sub(" ", bare.casefold().replace("ı", "i")).split())


def _phrases(*rows: str) -> frozenset[str]:
    return frozenset(_plain(line) for row in rows for line in row.splitlines() if line)


_ALWAYS = _phrases(
    ALWAYS,
    IN_THE_FIRST_PERSON,
    *(f"{who} {line}" for line in SENTENCES.split("\n") for who in I_AM.split("\n") if line and who),
)
_BEFORE_A_COLON = _phrases(BEFORE_A_COLON)
_OF_SOMEBODY = tuple(f" {phrase}" for phrase in _phrases(OF_SOMEBODY))
_UNTIL = frozenset(map(_plain, UNTIL.split()))


def is_automatic(subject: str) -> bool:
    """Whether a subject begins as those of automatic replies do. One that answers (`Re: `) needs a clear phrase."""
    text = _plain(subject[:LONGEST])
    if text.startswith("[auto]"):
        return True
    text = text.lstrip(_MARKS)
    rest = _AUTO.sub("", text, count=1) if _AUTO.match(text) else text
    answer = rest
    while found := _REPLY.match(answer):
        answer = answer[found.end() :].lstrip(_MARKS)
    if rest is not text and answer is not rest:
        return True  # Auto: Re: SUBJECT
    return _is_phrase(answer, bare=answer is rest)


def own_part(subject: str) -> str:
    """What of the subject of an automatic reply is not the subject of the mail that it answers."""
    text = subject[:LONGEST]
    if any(phrase in _plain(text) for phrase in _OF_SOMEBODY):
        return text
    head, colon, _ = text.partition(":")
    return head if colon and is_automatic(f"{head}:") else "" if colon else text


def _is_phrase(text: str, *, bare: bool) -> bool:
    end = _END.search(text)
    head = (text[: end.start()] if end else text).strip(" ,;.!…")
    mark = end[0].strip() if end else ""
    if "?" in text[len(head) : len(head) + 2] or "?" in head:
        return False
    if not bare and " " not in head and not head.startswith("auto") and mark not in _BY_MARK:
        return False  # an answer to somebody who wrote of their absence
    if head in _ALWAYS or head.endswith(_OF_SOMEBODY):
        return True
    if bare and mark in _BY_MARK and head in _BEFORE_A_COLON:
        return True
    words = text.split(" ")
    for number, word in enumerate(words[:-1], 1):
        before = " ".join(words[: number - 1])
        if word in _UNTIL and number > 1 and any(letter.isdigit() for letter in " ".join(words[number : number + 5])):
            return before in _ALWAYS or before in _BEFORE_A_COLON or before.endswith(_OF_SOMEBODY)
    return False
