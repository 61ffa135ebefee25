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
_BEHIND_A_PHRASE = re.compile(r" (?:re|aw|sv|vs|antw|odp|ynt|rv|fw|fwd)\Z")  # Out of office Re: SUBJECT
# What gateways and ticket systems put before a subject: [EXTERNAL], {Spam?}, ***SPAM***, EXT:, [Ticket 12].
_TAG = re.compile(
    r"(?:\[[^\]\[]{1,60}\]|\{[^{}]{1,30}\}|\*{2,5}[^*]{1,30}\*{2,5}|(?:ext|extern|external|caution|spam|warning)\s?:)\s*"
)
_MOST_TAGS = 3
_MOST_WORDS = 6  # of a phrase with words of somebody's before it
_LAST_PART = re.compile(r".{1,60}(?:\s[-–—|]|[|!])\s(?=[^-–—|!:]+\Z)")
_END = re.compile(r"[:\]】()（）|«»\"“”]|\s[-–—~]|[-–—]\s|[.!…](?=\s|\Z)")
_MARKS = " \t[【({<\"'“”«»*#_~-–—=!."
_BY_MARK = frozenset(":]】")
_PREPOSITIONS = ("on ", "im ", "in ", "en ", "op ", "de ", "pa ", "na ", "в ", "у ")  # On holiday, with no more words
_DASHES = re.compile(r"(?<=\w)[-‐‑_/](?=\w)")


def _plain(text: str) -> str:
    """A text without case, accents, hyphens and pictures, its marks in their plain forms."""
    letters = unicodedata.normalize("NFKD", re.sub(r"[’‘`´ʼ]", "'", text))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter) and not _is_picture(letter))
    return " ".join(_DASHES.sub(" ", bare.casefold().replace("ı", "i")).split())


def _is_picture(letter: str) -> bool:
    return letter > "\u2000" and (letter == "\ufe0f" or unicodedata.category(letter) in ("So", "Cf"))


def _phrases(*rows: str) -> frozenset[str]:
    return frozenset(_plain(line) for row in rows for line in row.splitlines() if line)


_ALWAYS = _phrases(
    ALWAYS,
    IN_THE_FIRST_PERSON,
    *(f"{who} {line}" for line in SENTENCES.split("\n") for who in I_AM.split("\n") if line and who),
)
_BEFORE_A_COLON = _phrases(BEFORE_A_COLON)
_AUTOMATIC = tuple(f" {phrase}" for phrase in _phrases(ALWAYS) if "aut" in phrase and " " in phrase)
_OF_SOMEBODY = tuple(f" {phrase}" for phrase in _phrases(OF_SOMEBODY))
_UNTIL = frozenset(map(_plain, UNTIL.split()))


def is_automatic(subject: str) -> bool:
    """Whether a subject begins as those of automatic replies do. One that answers (`Re: `) needs a clear phrase."""
    text = _plain(subject[:LONGEST])
    if text.startswith("[auto]") or _is_marked(text, bare=True):
        return True
    for _ in range(_MOST_TAGS):
        tag = _TAG.match(text)
        if tag is None:
            break
        text = text[tag.end() :]
        if _is_marked(text, bare=False):
            return True
    part = _LAST_PART.match(text)  # Client Ltd - Automatic reply
    return part is not None and "auto" in text[part.end() :] and text[part.end() :] in _ALWAYS


def answers(subject: str) -> bool:
    """Whether a subject is that of an answer to an automatic reply: `Re: Automatic reply: Offer`."""
    return ":" in _answered(subject).rstrip(": ")


def may_answer(subject: str) -> bool:
    """Whether it may be one: `Re: Out of office`. Some programs write so themselves."""
    return _answered(subject) != ""


def _answered(subject: str) -> str:
    """What stands behind `Re: `, "" if nothing does."""
    text = _plain(subject[:LONGEST]).lstrip(_MARKS)
    found = _REPLY.match(text)
    return text[found.end() :].strip() if found else ""


def _is_marked(text: str, *, bare: bool) -> bool:
    """The same of a plain text; `bare` is whether nothing stands before it."""
    text = text.lstrip(_MARKS)
    rest = _AUTO.sub("", text, count=1) if _AUTO.match(text) else text
    answer = rest
    while found := _REPLY.match(answer):
        answer = answer[found.end() :].lstrip(_MARKS)
    if rest is not text and answer is not rest:
        return True  # Auto: Re: SUBJECT
    return _is_phrase(answer, bare=bare and answer is rest)


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
    if mark == ":":
        head = _BEHIND_A_PHRASE.sub("", head)
    if head in _ALWAYS or head.endswith(_OF_SOMEBODY):
        return True
    if bare and mark == ":" and len(head.split()) <= _MOST_WORDS and head.endswith(_AUTOMATIC):
        return True  # Out of office automatic reply: SUBJECT
    alone = head.startswith(_PREPOSITIONS) and len(text) - len(head) < 3
    if bare and head in _BEFORE_A_COLON and (mark in _BY_MARK or alone):
        return True
    words = text.split(" ")
    for number, word in enumerate(words[:-1], 1):
        before = " ".join(words[: number - 1])
        if word not in _UNTIL or not (before in _ALWAYS or before in _BEFORE_A_COLON or before.endswith(_OF_SOMEBODY)):
            continue
        if any(letter.isdigit() for letter in " ".join(words[number : number + 5])):
            return True
    return False
