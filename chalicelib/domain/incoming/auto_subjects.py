"""Whether a subject is that of an automatic reply: a phrase of a mail system's, with nothing or a mark behind it.

People write of absences and of automatic replies too: what goes on in words is theirs.
"""

import re
from collections.abc import Sequence

from chalicelib.domain.incoming import clauses
from chalicelib.domain.incoming.auto_reply_words import (
    ALWAYS,
    BEFORE_A_COLON,
    I_AM,
    IN_THE_FIRST_PERSON,
    OF_SOMEBODY,
    PEOPLE_SAY_TOO,
    SENTENCES,
)
from chalicelib.domain.incoming.date_words import tokens
from chalicelib.domain.incoming.plain_subjects import plain
from chalicelib.domain.incoming.subject_dates import begins_with_a_date, ends_with_a_date, leads_to_a_date, says_until

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
_APART = re.compile(r"[()\[\]（）【】|,;]|\s[-–—~]+\s(?=\D)")
_AUTOMATIC_WORDS = "aut|αυτο|авто|аўта|otom|tu dong|自动|自動|자동|تلقائ|خودکار|אוטומטי|स्व|อัตโนมัติ"
_CLOSING = frozenset("])】*>-=)）")
_BEHIND_NAME = re.compile(r"\s*(?:[-–—|:,]+\s*|(?=\())")
_COLON = re.compile(r"[:：]\s*")
_SHORTEST_NAME = 2  # letters, and one more
_LONGEST_HEADING = 60  # characters


def _phrases(*rows: str) -> frozenset[str]:
    return frozenset(plain(line) for row in rows for line in row.splitlines() if line)


_ALWAYS = _phrases(
    ALWAYS,
    IN_THE_FIRST_PERSON,
    *(f"{who} {line}" for line in SENTENCES.split("\n") for who in I_AM.split("\n") if line and who),
)
_BEFORE_A_COLON = _phrases(BEFORE_A_COLON)
_PEOPLE_SAY_TOO = _phrases(PEOPLE_SAY_TOO)
_AUTOMATIC = tuple(f" {phrase}" for phrase in _phrases(ALWAYS) if "aut" in phrase and " " in phrase)
_UNSPACED = tuple(sorted((each for each in _ALWAYS | _BEFORE_A_COLON if each[0] > "\u3000"), key=len, reverse=True))
_SAY_AUTOMATIC = tuple(each for each in sorted(_ALWAYS, key=len, reverse=True) if re.search(_AUTOMATIC_WORDS, each))
_OF_SOMEBODY = tuple(f" {phrase}" for phrase in _phrases(OF_SOMEBODY))


def without_name(subject: str, name: str) -> str:
    """A subject without its author's name in front, or behind a colon: Out of office: Ada Lovelace, back 5 May."""
    words = {each.lower() for each in (name, *name.split()) if len(each) > _SHORTEST_NAME}
    called = sorted(words, key=len, reverse=True)
    text = subject[:LONGEST]
    end = _end_of_name(text, 0, called)
    if end and (mark := _BEHIND_NAME.match(text, end)):
        return text[mark.end() :]
    for colon in _COLON.finditer(text):
        end = _end_of_name(text, colon.end(), called)
        if end > colon.end() and (text[end : end + 1].isspace() or text[end : end + 1] in (",", "(")):
            return text[: colon.start() + 1] + text[end:]
    return subject


def _end_of_name(text: str, start: int, called: Sequence[str]) -> int:
    """Where the words of a name end that stand from a position on; that position where none does."""
    end = at = start
    while found := next((each for each in called if text[at : at + len(each)].lower() == each), ""):
        end = at + len(found)
        at = end + 1
        if not text[end:at].isspace():
            break
    return end


def is_automatic(subject: str) -> bool:
    """Whether a subject begins as those of automatic replies do. One that answers (`Re: `) needs a clear phrase."""
    text = plain(subject[:LONGEST])
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


def opens_as_one(text: str) -> bool:
    """Whether a text begins with a heading that says that it is automatic: [Automatic reply], *** AUTO-REPLY ***."""
    said = plain(text.lstrip()[:_LONGEST_HEADING].partition("\n")[0])
    begun = said.lstrip(_MARKS)
    phrase = next((each for each in _SAY_AUTOMATIC if begun.startswith(each)), "")
    behind = begun[len(phrase) :].lstrip()
    return phrase != "" and (behind[:1] in _CLOSING if begun != said else behind.startswith((":", "：")))


def answers(subject: str) -> bool:
    """Whether a subject is that of an answer to an automatic reply: `Re: Automatic reply: Offer`."""
    return ":" in _answered(subject).rstrip(": ")


def begins_with_an_absence(subject: str) -> bool:
    """Whether a subject is one word for an absence, or begins with it: Abwesenheit, Absence: your class."""
    return plain(subject[:LONGEST]).partition(":")[0].strip(_MARKS) in _PEOPLE_SAY_TOO


def names_holidays(subject: str) -> bool:
    """Whether a subject begins with a word for holidays alone, which people have something to say about."""
    return plain(subject[:LONGEST]).lstrip(_MARKS).partition(":")[0].strip() in _BEFORE_A_COLON


def may_answer(subject: str) -> bool:
    """Whether it may be one: `Re: Out of office`. Some programs write so themselves."""
    return _answered(subject) != ""


def _answered(subject: str) -> str:
    """What stands behind `Re: `, "" if nothing does."""
    text = plain(subject[:LONGEST]).lstrip(_MARKS)
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
    if any(phrase in plain(text) for phrase in _OF_SOMEBODY):
        return text
    head, colon, tail = text.replace("：", ":").partition(":")
    if not colon:
        return text
    if not is_automatic(f"{head}:"):
        return ""
    if _answered(tail) or _BEHIND_A_PHRASE.search(plain(head)):
        return head
    if is_automatic(tail):
        return own_part(tail)  # Automatic reply: Out of office until 5 October
    words = tokens(head)
    automatic = re.search(_AUTOMATIC_WORDS, plain(head))
    if automatic and not any(clauses.is_about_absence(words, at) for at in range(len(words))):
        return head
    said = (each.strip() for each in _APART.split(tail))
    return " ".join([head, *(each for each in said if begins_with_a_date(each))])


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
    rest = text[end.end() :] if end else ""
    if bare and head in _BEFORE_A_COLON and (leads_to_a_date(rest) or ends_with_a_date(rest)):
        return True  # On vacation - back 21 Sep
    words = text.split(" ")
    for number in range(1, len(words)):
        before, behind = " ".join(words[:number]).rstrip(","), words[number:]
        always = before in _ALWAYS or before.endswith(_OF_SOMEBODY)
        if always and begins_with_a_date(" ".join(behind)):
            return True
        if before in _BEFORE_A_COLON and ends_with_a_date(" ".join(behind)):
            return True
        if (always or before in _BEFORE_A_COLON) and says_until(behind):
            return True
    front = next((phrase for phrase in _UNSPACED if text.startswith(phrase)), "")
    if front and begins_with_a_date(text[len(front) :]):
        return True
    return text.endswith(_UNSPACED) and ends_with_a_date(text)
