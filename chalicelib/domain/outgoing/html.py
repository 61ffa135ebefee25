"""HTML as a browser's tokeniser reads it (WHATWG HTML, 13.2.5), by position: so that it can be changed by splicing.

Nothing is parsed into a tree and nothing is ever written out again. Every text is HTML, however broken, and is read in
linear time: no repetition below gives back what it took, and what the end of the text leaves unfinished ends the reading.
"""

import re
from collections.abc import Iterator
from html.entities import html5 as named_characters
from string import ascii_lowercase
from typing import NamedTuple

_WHITE_SPACE = "\t\n\f\r "
_S = r"\t\n\f\r "
_NAME = rf"[^{_S}/>][^{_S}/>=]*+"
_VALUE = rf"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^{_S}>\"'][^{_S}>]*+)"
_CAPTURED = rf"(?:\"([^\"]*+)\"|'([^']*+)'|([^{_S}>\"'][^{_S}>]*+))"
_ATTRIBUTE = rf"{_NAME}(?:[{_S}]*+=[{_S}]*+{_VALUE}?+)?+"
_ATTRIBUTES = rf"(?:[{_S}/]*+{_ATTRIBUTE})*+[{_S}/]*+"
_REST = rf"{_ATTRIBUTES}>"
_TAG = rf"/?[a-zA-Z][^{_S}/>]*+{_REST}"
# Doctypes, processing instructions, `<![if !mso]>`, `</3>`; then a `<` that begins nothing.
_COMMENT = r"!--(?:-?>|(?!\[if)[^-]*+(?:-(?!-!?>)[^-]*+)*+--!?>)"
_OTHER = r"!(?!--)[^>]*+>|\?[^>]*+>|/(?:[^a-zA-Z>][^>]*+)?+>|(?![a-zA-Z/!?])|/\Z"


def _any_case(words: str) -> str:
    """A pattern for these words in upper and lower case: faster than IGNORECASE."""
    return re.sub(r"[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", words)


_RAW_TEXT = ("title", "textarea", "style", "script", "xmp", "iframe", "noembed", "noframes", "plaintext")
_RAW_TEXT_END = {name: re.compile(rf"</{_any_case(name)}(?=[{_S}/>])") for name in _RAW_TEXT}
_SCRIPT_STEP = re.compile(rf"<!(?=--)|-->|<(/?){_any_case('script')}(?=[{_S}/>])")
_COMMENT_END = re.compile(r"--!?>")
_EACH_ATTRIBUTE = re.compile(rf"({_NAME})(?:[{_S}]*+=[{_S}]*+{_CAPTURED}?)?")
_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]++)|([0-9]++));?|([a-zA-Z][a-zA-Z0-9]*+(?:;|(?!=))))")
# What is unfinished goes on to the end here, too: else each try to find its end would go there and back.
_HIDDEN = rf"({_any_case('script|style')})(?=[{_S}/>]){_ATTRIBUTES}>(?:[^<]++|<(?!/\1[{_S}/>]))*+"
_MARKUP = re.compile(
    rf"<(?:!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))|{_HIDDEN}|/?[a-zA-Z][^{_S}/>]*+{_ATTRIBUTES}(?:>|\Z)"
    r"|[!?/][^>]*+(?:>|\Z))"
)
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


class Token(NamedTuple):
    """A tag or conditional comment, from `start` to `end`; its attributes, or the comment's text, begin at `inside`.

    `name` is in lower case, with the slash of an end tag; `!--` is a comment; an empty name is where the text ends, or
    where what is unfinished in it begins.
    """

    name: str
    start: int
    inside: int
    end: int


class Value(NamedTuple):
    """The value of an attribute: where it stands, without its quotes if it has any, and what a browser reads there.

    `text` has no white space around it.
    """

    start: int
    end: int
    quoted: bool
    text: str


def reader(*names: str) -> re.Pattern[str]:
    """A pattern for `tokens`, which stops at the tags with these names: `/a` is an end tag, `v:*` begins with `v:`.

    It passes over everything else at once; only at conditional comments (`<!--[if`) and elements of raw text, in which
    there are no tags, it stops as well.
    """
    stops = "|".join(_any_case(name).replace("*", rf"[^{_S}/>]++") for name in (*names, *_RAW_TEXT))
    stop = rf"(?=/?[a-zA-Z])(?:{stops})(?=[{_S}/>])"
    ends = [name[1:] for name in names if name.startswith("/")]
    starts = [name for name in (*names, *_RAW_TEXT) if not name.startswith("/")]
    # Most tags begin with letters that no wanted name begins with, and are of a simple form: these are passed over
    # faster. A letter or digit before `=` ends a name, so what follows is a value.
    usual_end = rf"/{_beginning_like_none_of(ends)}[a-zA-Z0-9]*+>"
    usual_start = rf"{_beginning_like_none_of(starts)}[^{_S}/>]*+[^>=]*+(?:(?<=[a-zA-Z0-9_-])={_VALUE}[^>=]*+)*+>"
    passed = rf"{usual_end}|{usual_start}|(?!{stop}){_TAG}|{_OTHER}|{_COMMENT}"
    return re.compile(rf"(?:[^<]*+<(?:{passed}))*+[^<]*+(?:<(?:(!--)|({stop}){_REST}))?")


def _beginning_like_none_of(names: list[str]) -> str:
    """A pattern for the first letter of names that differ from all of these in their first or second letter."""
    free, shared = "", ["(?!)"]
    for letter in "" if "*" in names else ascii_lowercase:
        seconds = {name[1:2] for name in names if name[0] == letter}
        if not seconds:
            free += letter + letter.upper()
        elif "" not in seconds:
            shared.append(f"{_any_case(letter)}(?!{_any_case('|'.join(sorted(seconds)))})")
    return f"(?:[{free}]|{'|'.join(shared)})" if free else "(?!)"


def tokens(html: str, names: re.Pattern[str], start: int, end: int) -> Iterator[Token]:
    """The conditional comments, elements of raw text and tags with these names (see `reader`) between two positions.

    They come in order; the last token is the empty one.
    """
    while True:
        found = names.match(html, start, end)
        assert found  # nosec B101 # the pattern matches anything: this tells the type checker, nothing hangs on it
        if found.lastindex == 2:
            name, (begin, inside), start = found[2].lower(), found.span(2), found.end()
            token = Token(name, begin - 1, inside, start)
            if name in _RAW_TEXT_END:
                start = _raw_text_end(html, token, end)
        elif found.lastindex == 1:
            token = Token("!--", found.end() - 4, found.end(), _comment_end(html, found.end(), end))
            start = token.end
        else:
            yield Token("", found.end(), end, end)
            return
        if start < 0:
            yield Token("", token.start, end, end)
            return
        yield token


def _comment_end(html: str, inside: int, end: int) -> int:
    """Where the comment ends whose text begins at `inside`; -1 if it never does."""
    found = _COMMENT_END.search(html, inside, end)
    return found.end() if found else -1


def _raw_text_end(html: str, token: Token, end: int) -> int:
    """Where the end tag of an element of raw text begins; -1 if there is none."""
    if token.name == "script":
        return _script_end(html, token.end, end)
    found = _RAW_TEXT_END[token.name].search(html, token.end, end)
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


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag, given what stands in it after its name. Of two with one name, the first one counts."""
    found: dict[str, str] = {}
    for name, *values in _EACH_ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), decoded("".join(values)))
    return found


def value_of(name: str) -> re.Pattern[str]:
    """A pattern for `value`, for the attribute with this name."""
    name = _any_case(name)
    others = rf"(?:[{_S}/]*+(?!{name}[{_S}/>=]){_ATTRIBUTE})*+"
    return re.compile(rf"{others}[{_S}/]*+{name}[{_S}]*+=[{_S}]*+{_CAPTURED}")


def value(html: str, name: re.Pattern[str], token: Token) -> Value | None:
    """The value that an attribute (see `value_of`) has in a tag; None if it has none there."""
    found = name.match(html, token.inside, token.end)
    if found is None or found.lastindex is None:
        return None
    start, end = found.span(found.lastindex)
    return Value(start, end, found.lastindex < 3, decoded(html[start:end]).strip(_WHITE_SPACE))


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
    return " ".join((text if text.isascii() else text.translate(_ZERO_WIDTH)).split())
