"""HTML as a browser's tokeniser reads it (WHATWG HTML, 13.2.5), by position: so that it can be changed by splicing.

Nothing is parsed into a tree and nothing is ever written out again. Every text is HTML, however broken, and is read in
linear time: no repetition below gives back what it took, and what the end of the text leaves unfinished ends the reading.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html.entities import html5 as named_characters
from itertools import chain
from string import ascii_lowercase
from typing import NamedTuple

_WHITE_SPACE = "\t\n\f\r "
_S = r"\t\n\f\r "
_NAME = rf"[^{_S}/>][^{_S}/>=]*+"
_BARE = rf"[^{_S}>\"'][^{_S}>]*+"
_VALUE = rf"(?:\"[^\"]*+\"|'[^']*+'|{_BARE})"
_UNFINISHED = rf"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|{_BARE})"
_ATTRIBUTE = rf"{_NAME}(?:[{_S}]*+=[{_S}]*+{_UNFINISHED}?+)?+"
_ATTRIBUTES = rf"(?:[{_S}/]*+{_ATTRIBUTE})*+[{_S}/]*+"
_REST = rf"{_ATTRIBUTES}>"
_TAG = rf"/?[a-zA-Z][^{_S}/>]*+{_REST}"
# Most tags are of a simple form. A letter or digit before `=` ends a name, so what follows is a value.
_SIMPLE_REST = rf"[^{_S}/>]*+[^>=]*+(?:(?<=[a-zA-Z0-9_-])={_VALUE}[^>=]*+)*+>"
# Doctypes, processing instructions, `<![if !mso]>`, `</3>`; then a `<` that begins nothing.
_COMMENT = r"!--(?:-?>|(?!\[if)[^-]*+(?:-(?!-!?>)[^-]*+)*+--!?>)"
_OTHER = r"!(?!--)[^>]*+>|\?[^>]*+>|/(?:[^a-zA-Z>][^>]*+)?+>|(?![a-zA-Z/!?])|/\Z"


def _both_cases(letters: Iterable[str]) -> str:
    return "".join(sorted(letter + letter.upper() for letter in letters))


def _any_case(words: str) -> str:
    """A pattern for these words in upper and lower case: faster than IGNORECASE."""
    return re.sub(r"[a-z]", lambda letter: f"[{_both_cases(letter[0])}]", words)


_RAW_TEXT = ("title", "textarea", "style", "script", "xmp", "iframe", "noembed", "noframes", "plaintext")
_RAW_TEXT_END = {name: re.compile(rf"</{_any_case(name)}(?=[{_S}/>])") for name in _RAW_TEXT}
_SCRIPT_STEP = re.compile(rf"<!(?=--)|-->|<(/?){_any_case('script')}(?=[{_S}/>])")
_COMMENT_END = re.compile(r"--!?>")
_EACH_ATTRIBUTE = re.compile(rf"({_NAME})(?:[{_S}]*+=[{_S}]*+(?:\"([^\"]*+)\"|'([^']*+)'|({_BARE}))?)?")
_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]++)|([0-9]++));?|([a-zA-Z][a-zA-Z0-9]*+(?:;|(?!=))))")
# What is unfinished goes on to the end here, too: else each try to find its end would go there and back.
_HIDDEN = rf"({_any_case('script|style')})(?=[{_S}/>]){_ATTRIBUTES}>(?:[^<]++|<(?!/\1[{_S}/>]))*+"
_MARKUP = re.compile(
    rf"<(?:!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))|{_HIDDEN}|/?[a-zA-Z][^{_S}/>]*+{_ATTRIBUTES}(?:>|\Z)"
    r"|[!?/][^>]*+(?:>|\Z))"
)
_EVERY_TAG = re.compile(rf"<([a-zA-Z][^{_S}/>]*+)({_ATTRIBUTES})(?:>|\Z)")
_EVERY_ATTRIBUTE = re.compile(rf"({_NAME})(?:[{_S}]*+=[{_S}]*+({_UNFINISHED})?+)?+")
_TAG_NAME = re.compile(rf"<(/?)([a-zA-Z][^{_S}/>]*+)")
_IN_LINE_NAMES = """
a abbr b bdi bdo big cite code del em font i img ins kbd label mark o:p q s samp small span strike strong sub sup td th time
tt u var wbr
"""
_IN_LINE = frozenset(_IN_LINE_NAMES.split())
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


Value = tuple[int, int, bool, str]
"""The value of an attribute: where it starts and ends, without its quotes, if it has any, and what a browser reads there.

White space around it is left out of what is read.
"""

Token = tuple[str, int, int, int, Value | None, int]
"""A tag or conditional comment: its name, where it starts, its inside begins and it ends; a value; where its text ends.

The name is in lower case, with the slash of an end tag; `!--` is a comment; an empty name is where everything ends, or
where what is unfinished begins. The inside of a tag is its attributes, that of a comment its text. The value is that of
the attribute that is read of such tags. Where only text stands between a tag with a value and its end tag, the end tag
is no token of its own, and the text ends where it starts; else this is -1.
"""


def reader(*names: str, **valued: Sequence[str]) -> re.Pattern[str]:
    """A pattern for `tokens`, which stops at the tags with these names: `/a` is an end tag, `v:*` begins with `v:`.

    A name may go on with a lookahead for what stands in such a tag: `p(?=...)`. With `href=["a"]` it stops at `a`, too,
    and reads its `href`. It passes over everything else at once; only at conditional comments (`<!--[if`) and elements
    of raw text, in which there are no tags, it stops as well.
    """
    plain = [*names, *_RAW_TEXT]
    every = [*plain, *(name for wanted in valued.values() for name in wanted)]
    usual_end = rf"/{_unlike([name[1:] for name in every if name[0] == '/'])}[a-zA-Z0-9]*+>"
    usual_start = _unlike([name for name in every if name[0] != "/"]) + _SIMPLE_REST
    passed = rf"{usual_end}|{usual_start}|(?!{_named(every)}){_TAG}|{_OTHER}|{_COMMENT}"
    stops = [f"({_named(plain)}){_REST}"]
    for number, (attribute, wanted) in enumerate(valued.items()):
        closed = rf"(?:([^<]*+)</(?i:\{3 * number + 3})>)?"
        stops.append(f"({_named(wanted)})(?:{_up_to_value(attribute)}{_REST}{closed}|{_REST})")
    return re.compile(rf"(?:[^<]*+<(?:{passed}))*+[^<]*+(?:<(?:(!--)|{'|'.join(stops)}))?")


def _named(names: Sequence[str]) -> str:
    """A pattern for these names of tags."""
    return rf"(?=/?[a-zA-Z])(?:{'|'.join(map(_name, names))})(?=[{_S}/>])"


def _name(name: str) -> str:
    plain, more, condition = name.partition("(?=")
    return _any_case(plain).replace("*", rf"[^{_S}/>]++") + more + condition


def _unlike(names: Sequence[str]) -> str:
    """A cheap pattern for the beginnings of most tags that have none of these names, and of no tag that has.

    No wanted name begins with that letter; or, for the letters with which most tags begin, none goes on like that; or the
    name is wanted, but its lookahead fails.
    """
    if "*" in names:
        return "(?!)"
    plain = [name.partition("(?=")[0] for name in names]
    seconds = {letter: {name[1:2] for name in plain if name[0] == letter} for letter in ascii_lowercase}
    free = [letter for letter in seconds if not seconds[letter]]
    shared = [letter for letter in "bdhipst" if seconds[letter] and "" not in seconds[letter]]
    either = [f"[{_both_cases(free)}]"]
    if shared:
        clashes = {second for letter in shared for second in seconds[letter]}
        either.append(f"[{_both_cases(shared)}](?![{_both_cases(clashes)}])")
    either += [_name(name).replace("(?=", "(?!", 1) for name in names if "(?=" in name]
    return f"(?:{'|'.join(either)})"


def _up_to_value(attribute: str) -> str:
    """A pattern for what stands in a tag up to the end of this attribute's value, which is a group."""
    name = _any_case(attribute)
    others = rf"(?:[{_S}/]*+(?!{name}[{_S}/>=]){_ATTRIBUTE})*+"
    return rf"{others}[{_S}/]*+{name}[{_S}]*+=[{_S}]*+({_VALUE})"


def tokens(html: str, names: re.Pattern[str], start: int, end: int) -> Iterator[Token]:
    """The conditional comments, elements of raw text and tags with these names (see `reader`) between two positions.

    They come in order; the last token is the empty one.
    """
    while True:
        found = names.match(html, start, end)
        assert found  # nosec B101 # the pattern matches anything: this tells the type checker, nothing hangs on it
        last, start = found.lastindex, found.end()
        if last is None:
            yield "", start, end, end, None, -1
            return
        value, after, text_end = None, start, -1
        if last == 1:
            name, begin, inside = "!--", start - 3, start
            after = start = _comment_end(html, start, end)
        else:  # the plain names are a group; for each attribute there are three: the name, the value, the text
            group = 2 if last == 2 else last - last % 3
            name, (begin, inside) = found[group].lower(), found.span(group)
            if last > group:
                value = _value(html, *found.span(group + 1))
                if last == group + 2:
                    after, text_end = found.span(last)
            elif name in _RAW_TEXT_END:
                start = _raw_text_end(html, name, start, end)
        if start < 0:
            yield "", begin - 1, end, end, None, -1
            return
        yield name, begin - 1, inside, after, value, text_end


def _value(html: str, start: int, end: int) -> Value:
    quoted = html[start] in "\"'"
    if quoted:
        start, end = start + 1, end - 1
    return start, end, quoted, decoded(html[start:end]).strip(_WHITE_SPACE)


def _comment_end(html: str, inside: int, end: int) -> int:
    """Where the comment ends whose text begins at `inside`; -1 if it never does."""
    found = _COMMENT_END.search(html, inside, end)
    return found.end() if found else -1


def _raw_text_end(html: str, name: str, start: int, end: int) -> int:
    """Where the end tag of an element of raw text begins; -1 if there is none."""
    if name == "script":
        return _script_end(html, start, end)
    found = _RAW_TEXT_END[name].search(html, start, end)
    return found.start() if found else -1


def _script_end(html: str, start: int, end: int) -> int:
    """The same for a script, in which `<!-- <script> </script> -->` is text."""
    escaped = nested = False
    for step in _SCRIPT_STEP.finditer(html, start, end):
        if step[1] is None:
            escaped, nested = step[0] == "<!", nested and step[0] == "<!"
        elif step[1] and not nested:
            return step.start()
        elif escaped:
            nested = not step[1]
    return -1


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
            before = len(html[tag.inside : found.start()].rstrip(_WHITE_SPACE))
            yield Attribute(found[1].lower(), tag.inside + before, start, end, quoted, decoded(html[start:end]))


class Line(NamedTuple):
    """A line of text as a reader sees it, its white space drawn together, and where it stands."""

    start: int
    end: int
    text: str


def lines(html: str, start: int, end: int) -> Iterator[Line]:
    """The lines of text between two positions, none of them in a tag. Cells of a row are one line."""
    pieces: list[str] = []
    begun = position = start
    preformatted = False
    for found in chain(_MARKUP.finditer(html, start, end), [None]):
        at = found.start() if found else end
        text = html[position:at]
        if preformatted and "\n" in text:
            for each in text.splitlines(keepends=True):
                pieces.append(each)
                position += len(each)
                if each.endswith("\n"):
                    yield from _line(begun, position, pieces)
                    pieces, begun = [], position
        elif text:
            pieces.append(text)
        if found is None:
            break
        position = found.end()
        name = _TAG_NAME.match(html, found.start())
        called = name[2].lower() if name else ""
        if called == "pre" and name:
            preformatted = not name[1]
        if not name or called in _IN_LINE:
            pieces.append(" " if called in ("td", "th") else "")
            continue
        yield from _line(begun, at, pieces)
        pieces, begun = [], position
    yield from _line(begun, end, pieces)


def _line(start: int, end: int, pieces: list[str]) -> Iterator[Line]:
    text = decoded("".join(pieces))
    text = " ".join((text if text.isascii() else text.translate(_ZERO_WIDTH)).split())
    if text:
        yield Line(start, end, text)


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


def visible_text(html: str) -> str:
    """The text that a reader sees of a piece of HTML, in which no tag is cut: white space drawn together."""
    text = decoded(_MARKUP.sub("", html) if "<" in html else html)
    if not text.isascii():
        text = text.translate(_ZERO_WIDTH)
    return " ".join(text.split())
