"""What HTML is made of, as a browser's tokeniser reads it (WHATWG HTML, 13.2.5): tags, their attributes, character references.

Everything is read by position, so that it can be changed by splicing: nothing is parsed into a tree and nothing is ever
written out again. Every text is HTML, however broken, and is read in linear time: no repetition in these expressions
gives back what it took.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html.entities import html5 as named_characters
from typing import NamedTuple

# Pieces of expressions: white space, a name, values, an attribute, all of a tag's attributes, the rest of a tag.
WHITE_SPACE = "\t\n\f\r "
S = r"\t\n\f\r "
NAME = rf"[^{S}/>][^{S}/>=]*+"
BARE = rf"[^{S}>\"'][^{S}>]*+"
VALUE = rf"(?:\"[^\"]*+\"|'[^']*+'|{BARE})"
UNFINISHED = rf"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|{BARE})"
ATTRIBUTE = rf"{NAME}(?:[{S}]*+=[{S}]*+{UNFINISHED}?+)?+"
ATTRIBUTES = rf"(?:[{S}/]*+{ATTRIBUTE})*+[{S}/]*+"
REST = rf"{ATTRIBUTES}>"
# An attribute as most are written, which takes less time to read.
USUAL = rf" [a-zA-Z:-]++=(?:\"[^\"]*+\"|{BARE})"


def both_cases(letters: Iterable[str]) -> str:
    """These letters in lower and upper case, as they stand in a set of an expression."""
    return "".join(sorted(letter + letter.upper() for letter in letters))


def any_case(words: str) -> str:
    """A pattern for these words in upper and lower case: faster than IGNORECASE."""
    return re.sub(r"[a-z]", lambda letter: f"[{both_cases(letter[0])}]", words)


def one_of(names: Iterable[str], written: Callable[[str], str] = any_case) -> str:
    """A pattern for these names, as they are `written`, the letter with which each begins looked at once: most that is
    looked at begins with another one.
    """
    by_letter: dict[str, list[str]] = {}
    for name in names:
        by_letter.setdefault(name[0], []).append(written(name[1:]))
    return "|".join(f"{written(letter)}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())


_EACH_ATTRIBUTE = re.compile(rf"({NAME})(?:[{S}]*+=[{S}]*+(?:\"([^\"]*+)\"|'([^']*+)'|({BARE}))?)?")
_EVERY_TAG = re.compile(rf"<([a-zA-Z][^{S}/>]*+)({ATTRIBUTES})(?:>|\Z)")
_EVERY_ATTRIBUTE = re.compile(rf"({NAME})(?:[{S}]*+=[{S}]*+({UNFINISHED})?+)?+")
_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]++)|([0-9]++));?|([a-zA-Z][a-zA-Z0-9]*+(?:;|(?!=))))")
_COMMON = (("&nbsp;", "\u00a0"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'))


class Tag(NamedTuple):
    """A start tag: its name in lower case, where it starts, where its attributes do, and where it ends."""

    name: str
    start: int
    inside: int
    end: int


class Attribute(NamedTuple):
    """An attribute that has a value: its name in lower case, where it starts with what parts it from what stands before,
    where its value starts and ends, without its quotes, if it has any, and what is read there."""

    name: str
    start: int
    value_start: int
    value_end: int
    quoted: bool
    value: str


def every_tag(html: str) -> Iterator[Tag]:
    """All that looks like a start tag, in comments and scripts too: for what must be found wherever it stands."""
    for found in _EVERY_TAG.finditer(html):
        yield Tag(found[1].lower(), found.start(), found.start(2), found.end())


def every_attribute(html: str, tag: Tag) -> Iterator[Attribute]:
    """The attributes of a tag that have a value, with their places."""
    for found in _EVERY_ATTRIBUTE.finditer(html, tag.inside, tag.end - 1):
        if found[2]:
            start, end = found.span(2)
            quoted = found[2][0] in "\"'"
            if quoted:
                start, end = start + 1, max(start + 1, end - (len(found[2]) > 1 and found[2][-1] == found[2][0]))
            before = len(html[tag.inside : found.start()].rstrip(WHITE_SPACE))
            yield Attribute(found[1].lower(), tag.inside + before, start, end, quoted, decoded(html[start:end]))


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag, given what stands in it after its name. Of two with one name, the first one counts."""
    found: dict[str, str] = {}
    for name, *values in _EACH_ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), decoded("".join(values)))
    return found


def decoded(text: str) -> str:
    """An attribute's value with its character references resolved.

    As WHATWG HTML, 13.2.5.73 has it for attributes: without a semicolon and before `=`, a letter or a digit, a named
    reference is plain text, so `?a=1&copy=2` stays what it is.
    """
    if "&" not in text:
        return text
    if text.count("&") == text.count("&amp;"):  # so it is with nearly every URL
        return text.replace("&amp;", "&")
    for reference, character in _COMMON:  # none of them can be the rest of another reference
        text = text.replace(reference, character)
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if name:
        return named_characters.get(name, reference[0])
    digits = (hexadecimal or decimal).lstrip("0")
    code = int(digits or "0", 16 if hexadecimal else 10) if len(digits) < 8 else 0
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if 0x80 <= code <= 0x9F:  # Windows-1252 was meant
        return bytes([code]).decode("cp1252", "ignore") or chr(code)
    return chr(code)
