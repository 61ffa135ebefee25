"""Strings that make a regular expression try again and again: whatever it repeats, many times, and then an end that does
not fit.

How such expressions fail and how they are found: Davis et al., "The Impact of Regular Expression Denial of Service
(ReDoS) in Practice" (ESEC/FSE 2018), and https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from time import thread_time
from typing import Any

# What mails, headers, addresses and agents are made of: repetitions of these meet on the border of two repeated parts.
USUAL = (" ", "a", "0", ".", "-", "=", "<", "\n", "\r\n ", "a ", "a.", "<a ", '="', "(a", "a=0;", "\x80")
ENDS = ("", "\x00", "!")
CLASSES = {
    sre.CATEGORY_DIGIT: "0",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_WORD: " ",
}
# An expression may take twice as long at each letter, so the first steps are small; what only searches shows it later.
SHORT = (8, 16, 24, 32, 64, 256, 1_024, 8_192)
LONG = (1_024, 4_096, 16_384, 65_536)  # what searches by itself, fast, is slow at length only


def attacks(pattern: re.Pattern[Any]) -> Iterator[Callable[[int], Any]]:
    """For each way to pump an expression, what makes its text of about a given length."""
    pumps = {(before, pump) for before, pump in _repeated(_parsed(pattern)) if pump} | {("", each) for each in USUAL}
    for before, pump in sorted(pumps):
        for end in ENDS:

            def text(length: int, before: str = before, pump: str = pump, end: str = end) -> Any:
                made = before + pump * (length // len(pump) + 1) + end
                return made if isinstance(pattern.pattern, str) else made.encode("latin-1", "replace")

            yield text


def superlinear(do: Callable[[Any], object], text: Callable[[int], Any], lengths: Sequence[int] = SHORT) -> int:
    """The length of text from which twice the text takes more than thrice the time, thrice in a row; 0 if there is none.

    Times below half a millisecond say nothing. They are those of this thread, and the least of several: the machine may
    be busy with other things. An expression that may look a few hundred characters ahead grows like a square up to there,
    and not beyond: hence thrice.
    """
    before = _seconds(do, text(lengths[0]))
    for shorter, length in pairwise(lengths):
        now = _seconds(do, text(length))
        if now > 5e-4 and now > _allowed(shorter, length) * before and _surely(do, text, shorter, length):
            return length
        before = now
    return 0


def _surely(do: Callable[[Any], object], text: Callable[[int], Any], shorter: int, length: int) -> bool:
    longer = () if length < 64 else (2 * length, 4 * length)  # what doubles at each letter has no end
    steps = (shorter, length, *longer)
    times = [min(_seconds(do, text(each)) for _ in range(3)) for each in steps]
    return all(
        now > 5e-4 and now > _allowed(*lengths) * before
        for lengths, (before, now) in zip(pairwise(steps), pairwise(times), strict=True)
    )


def _allowed(shorter: int, longer: int) -> float:
    return 3 * max(longer / shorter / 2, 1)


def _seconds(do: Callable[[Any], object], text: Any) -> float:
    start = thread_time()
    do(text)
    return thread_time() - start


def _parsed(pattern: re.Pattern[Any]) -> Any:
    return parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)


def _repeated(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Each repeated part of an expression: a text that leads to it, and one that it matches."""
    for operation, argument in tree:
        for inner, many in _inside(operation, argument):
            if many:
                yield before, _sample(inner)
            yield from _repeated(inner, before)
        before += _sample([(operation, argument)])


def _inside(operation: Any, argument: Any) -> list[tuple[Any, bool]]:
    """The parts of an operation, and whether each is repeated."""
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [(argument[2], argument[1] > 8)]
    if operation is sre.SUBPATTERN:
        return [(argument[-1], False)]
    if operation is sre.ATOMIC_GROUP:
        return [(argument, False)]
    if operation is sre.BRANCH:
        return [(way, False) for way in argument[1]]
    if operation in (sre.ASSERT, sre.ASSERT_NOT):
        return [(argument[1], False)]
    return []


def _sample(tree: Any) -> str:
    """A text that an expression matches, its conditions aside."""
    made = ""
    for operation, argument in tree:
        if operation is sre.LITERAL:
            made += chr(argument)
        elif operation is sre.NOT_LITERAL:
            made += "a" if argument != ord("a") else "b"
        elif operation is sre.ANY:
            made += "a"
        elif operation is sre.IN:
            made += _one_of(argument)
        elif operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            made += _sample(argument[2]) * max(argument[0], 1)
        elif operation is sre.BRANCH:
            made += _sample(argument[1][0])
        elif operation in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
            made += _sample(argument[-1] if operation is sre.SUBPATTERN else argument)
    return made


def _one_of(members: Any) -> str:
    negated = members[0][0] is sre.NEGATE
    if not negated:
        operation, argument = members[0]
        if operation is sre.CATEGORY:
            return CLASSES[argument]
        return chr(argument if operation is sre.LITERAL else argument[0])
    return next((each for each in "a0 -.<=(\n\x80" if not _holds(members[1:], each)), "\u2028")


def _holds(members: Any, character: str) -> bool:
    return any(
        (operation is sre.LITERAL and chr(argument) == character)
        or (operation is sre.RANGE and argument[0] <= ord(character) <= argument[1])
        or (operation is sre.CATEGORY and CLASSES[argument] == character)
        for operation, argument in members
    )
