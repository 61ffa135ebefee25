"""The line that programs put above what they quote: who wrote it, mostly with the time, and a colon at the end.

A sender's own line may name a person, a day and a colon too: “Bob <bob@example.com> writes well, see:”. What tells them apart
is what else stands in it. In the line of a program there are names, addresses, a time, the word for writing, and between them
words that are short in every language; behind the word for writing there is nothing but a name or a time.
"""

import re
from collections.abc import Callable, Sequence

from chalicelib.domain.outgoing.attribution_words import AS, BY, QUOTING, THIS, TO, WHAT, Piece, pieces_of, written_at
from chalicelib.domain.outgoing.html_text import Line

MOST_LINES = 4  # over which programs break such a line
_LONGEST = 400  # characters of it

# Each begins with what it cannot do without, which takes the least time to look for.
_YEAR = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|[./-]\d{1,2}[./-]\d{2}|年|월)")
_TIME = re.compile(r"\d(?: ?[:.hH] ?[0-5]\d(?!\d)|時|点)")
_ADDRESS = re.compile(r"@(?<=[^\s<>()@\"]@)[^\s<>()@\"]{1,250}\.[^\s<>()@\"]")
_BEGINS_WITH_ADDRESS = re.compile(r"[>\s]*+[<(\[]?[^\s<>()@\"]++@")  # so the name stands in the line above
_DAY = re.compile(r"(?<![\d:.])\d{1,2}(?![\d:])")
_SENTENCE_END = re.compile(r"(?:([^\W\d_]{4,40})[.…]{1,9}|[!?])[)\"”»*_]{0,9}\s{1,9}|[。！？]")
_ENDED = re.compile(
    r"(?:(?<![\s.]\d)(?<![\s.]\d\d)\.|[!?…:。！？：])[)\"”»*_]*\Z"
)  # what stands above is a sentence of its own
_TITLES = frozenset({"prof", "dipl", "univ", "sept"})  # behind which a sentence goes on
_CLOSED = (">", ")", "]")  # with which an address in brackets ends
_MOST_NAMES = 8  # words of a name
_MOST_SMALL = 4  # of them in small letters


def begun(lines: Sequence[Line], number: int, contains: Callable[[int], bool]) -> int:
    """Where the words begin that end with a line, and say who wrote what comes behind it; -1 if it says nothing like that.

    They may say less where what comes is set off as a quotation is, which `contains` answers.
    """
    if not ends_in_colon(lines[number].text):
        return -1
    said = ""
    found = -1
    contained: bool | None = None
    for first_line in range(number, max(number - MOST_LINES, -1), -1):
        text = lines[first_line].text
        if said and _ENDED.search(text) and not said[0].isdigit():
            break
        said = f"{text} {said}" if said else text
        if len(said) > _LONGEST:
            break
        if not (names_an_address(said) or names_a_day(said) or names_a_time(said)):
            continue
        if contained is None:
            contained = contains(lines[number].end)
        if _says_who(said, contained):
            found = lines[first_line].start
            if not _BEGINS_WITH_ADDRESS.match(text):
                break
    return found


def behind_margin(lines: Sequence[Line], number: int, is_apart: Callable[[Line, Line], bool]) -> int:
    """The number of the line where what a margin (`>`) marks from a line on ends; the line's own if nothing is marked there.

    Lines right below those with a margin may be what was broken off them: only an empty line ends it, of which `is_apart`
    answers whether one stands between two.
    """
    first = number
    while number < len(lines) and (
        lines[number].text.startswith(">") or (number > first and not is_apart(lines[number - 1], lines[number]))
    ):
        number += 1
    return number


def ends_in_colon(text: str) -> bool:
    """Whether a line ends in a colon, whatever is put around it for emphasis."""
    return text.rstrip(" *_").endswith((":", "："))


def names_a_day(text: str) -> bool:
    """Whether there is a year in a text, or a day in figures."""
    return _YEAR.search(text) is not None


def names_a_time(text: str) -> bool:
    """Whether there is a time of day in a text."""
    return _TIME.search(text) is not None


def names_an_address(text: str) -> bool:
    """Whether there is an address of mail in a text."""
    return _ADDRESS.search(text) is not None


def _says_who(said: str, contained: bool) -> bool:
    """Whether a line that ends in a colon is a program's. `contained` is whether a quotation is set off below it."""
    text = _last_sentence(said.rstrip(" *_")[:-1])
    address, time = names_an_address(text), names_a_time(text)
    year = _YEAR.search(text)
    day = year is not None and (not year[0].isdigit() or _DAY.search(text) is not None)
    if not (address or day or time):
        return False
    if written := written_at(text):
        start, end = written
        return _stands_before(pieces_of(text[:start]), contained) and _stands_behind(pieces_of(text[end:]))
    line = pieces_of(text)
    if line and line[0].text.lower() in QUOTING:
        by = len(line) > 1 and line[1].text in BY
        return address and _stands_behind(line[1 + by :])
    if (address and day and time) or (contained and (address or (day and time))):
        return _names_only(line, contained)
    return False


def _last_sentence(text: str) -> str:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        goes_on = end[1] and (end[1].lower() in _TITLES or not text[end.end() : end.end() + 1].isupper())
        if not goes_on and text[end.end() :].strip():
            start = end.end()
    return text[start:]


def _stands_before(pieces: list[Piece], contained: bool) -> bool:
    """Whether that may stand before the word for writing: few words, whoever and whenever is named among them."""
    telling = [index for index, piece in enumerate(pieces) if piece.tells]
    first, last = (telling[0], telling[-1]) if telling else (len(pieces), len(pieces))
    before = [piece for piece in pieces[:first] if piece.is_said]
    behind = [piece for piece in pieces[last:] if piece.is_said]
    likened = (bool(pieces) and pieces[0].text.lower() in AS) or any(piece.text in AS for piece in behind)
    return (
        (contained or not likened)
        and len(before) <= (4 if telling else 2)
        and len(behind) <= 3
        and max(sum(piece.is_long for piece in each) for each in (before, behind)) <= 2
        and sum(piece.is_long for piece in pieces[first:last]) <= 6
    )


def _stands_behind(pieces: list[Piece]) -> bool:
    """Whether that may stand behind the word for writing: a name, a time, or nothing."""
    numbers = [index for index, piece in enumerate(pieces) if piece.kind == "number"]
    first, last = (numbers[0], numbers[-1]) if numbers else (len(pieces), -1)
    said = 0
    names = _small_names(pieces)
    for index, piece in enumerate(pieces):
        following = pieces[index + 1 :]
        if piece.kind == "mark":
            number_follows = bool(following) and following[0].kind == "number"
            word_follows = bool(following) and following[0].is_said
            if piece.text not in (",:" if number_follows else ",") or (word_follows and not first < index < last):
                return False
        elif piece.is_long and piece.text not in THIS and piece.text not in BY and index not in names:
            beside = next((each for each in following if each.kind != "mark"), None)
            if not first < index < last and (index > first or beside is None or beside.kind != "number"):
                return False
        elif piece.text in WHAT and not (following and (following[0].kind == "number" or following[0].text in THIS)):
            return False
        elif piece.is_said and piece.text not in THIS:
            said += not first < index < last
            named = next((each for each in following if not each.is_named), None)
            if (
                named
                and named.kind == "address"
                and (piece.text in TO or (named is following[0] and piece.text not in BY))
            ):
                return False
        elif piece.is_unspaced:
            return False
    return said <= 3


def _names_only(pieces: list[Piece], contained: bool) -> bool:
    """Whether a line without a word for writing holds names, addresses, times, and nothing that is said of them.

    Where a quotation is set off below, a few words may end it, in a language whose word for writing is not known.
    """
    last = max((index for index, piece in enumerate(pieces) if piece.tells), default=-1)
    behind = pieces[last + 1 :]
    if behind and behind[0].kind == "mark" and sum(piece.is_said for piece in behind) < 2:
        behind = behind[1:]
    if any(piece.kind == "mark" or piece.is_unspaced for piece in behind) or len(behind) > 4:
        return False
    if last < 0:
        return False  # what looks like an address stands in quotation marks
    if not contained and (sum(piece.is_said for piece in behind) > 1 or any(piece.is_long for piece in behind)):
        return False
    names = _small_names(pieces)
    unmarked = [piece for index, piece in enumerate(pieces[: last + 1]) if piece.kind != "mark" and index not in names]
    for index, piece in enumerate(unmarked):
        begins = all(each.is_said and not each.is_long for each in unmarked[:index])
        if (
            piece.is_long
            and piece.text not in BY
            and not begins
            and not any(each.kind == "number" for each in unmarked[index + 1 : index + 3])
        ):
            return False
    return all(
        _is_named(pieces, index, names) for index, piece in enumerate(pieces) if piece.kind == "address"
    ) and not any(piece.text in ":;。" for piece in pieces[:last])


def _small_names(pieces: list[Piece]) -> set[int]:
    """Where words in small letters end a name that an address in brackets follows: “Test user <test@example.com>”."""
    found: set[int] = set()
    for index, piece in enumerate(pieces):
        if piece.kind == "address" and piece.text.endswith(_CLOSED):
            first = index
            while first > 0 and pieces[first - 1].kind == "word":
                first -= 1
            while first < index - 1 and pieces[first].is_said:
                first += 1
            if first == index - 1 and pieces[first].is_said and first > 0 and pieces[first - 1].kind == "word":
                continue
            if index - first <= _MOST_SMALL:
                found.update(range(first, index))
    return found


def _is_named(pieces: list[Piece], index: int, names: set[int]) -> bool:
    """Whether an address stands where a name or a time leads to it, and not a verb or “to”."""
    before = index - 1
    while before >= max(index - _MOST_NAMES, 0) and (pieces[before].is_named or before in names):
        before -= 1
    if before < 0 or not pieces[before].is_said or pieces[before].text in BY:
        return True
    alone = before == index - 1 and (before == 0 or pieces[before - 1].kind != "word")
    return alone and pieces[index].text.endswith(_CLOSED)
