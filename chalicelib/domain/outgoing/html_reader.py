"""Reads HTML token by token, and passes at once over what nobody asked for.

What the end of the text leaves unfinished ends the reading.
"""

import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from chalicelib.domain.outgoing.html import (
    ATTRIBUTE,
    BARE,
    REST,
    USUAL,
    VALUE,
    WHITE_SPACE,
    S,
    any_case,
    both_cases,
    decoded,
    one_of,
)

_TAG = rf"/?[a-zA-Z][^{S}/>]*+{REST}"
# Most tags with other attributes are of a simple form. A letter or digit before `=` ends a name, so what follows is a value.
_SIMPLE_REST = rf"[a-zA-Z0-9]*+(?:{USUAL})*+(?:>|[^{S}/>]*+[^>=]*+(?:(?<=[a-zA-Z0-9_-])={VALUE}[^>=]*+)*+>)"
# Doctypes, processing instructions, `<![if !mso]>`, `</3>`; then a `<` that begins nothing.
_COMMENT = r"!--(?:-?>|(?!\[if)[^-]*+(?:-(?!-!?>)[^-]*+)*+--!?>)"
_OTHER = r"!(?!--)[^>]*+>|\?[^>]*+>|/(?:[^a-zA-Z>][^>]*+)?+>|(?![a-zA-Z/!?])|/\Z"
_RAW_TEXT = ("title", "textarea", "style", "script", "xmp", "iframe", "noembed", "noframes", "plaintext")
_RAW_TEXT_END = {name: re.compile(rf"</{any_case(name)}(?=[{S}/>])") for name in _RAW_TEXT}
_SCRIPT_STEP = re.compile(rf"<!(?=--)|-->|<(/?){any_case('script')}(?=[{S}/>])")
_COMMENT_END = re.compile(r"--!?>")
# What stands in a tag up to the end of its first `href`, whose value is a group.
_HREF = any_case("href")
_UP_TO_HREF = rf"(?:[{S}/]*+(?!{_HREF}[{S}/>=]){ATTRIBUTE})*+[{S}/]*+{_HREF}[{S}]*+=[{S}]*+({VALUE})"
# One that leads to no web page: it begins neither with an `h` nor with what may become one.
_NO_WEB_PAGE = rf"(?:\"(?![hH&{S}])[^\"]*+\"|'(?![hH&{S}])[^']*+'|(?![hH&]){BARE})"


Value = tuple[int, int, bool, str]
"""The value of a `href`: where it starts and ends, without its quotes, if it has any, and what a browser reads there.

White space around it is left out of what is read.
"""

Token = tuple[str, int, int, int, Value | None, int]
"""A tag or conditional comment: its name, where it starts, its inside begins and it ends; a value; where its text ends.

The name is in lower case, with the slash of an end tag; `!--` is a comment; an empty name is where everything ends, or
where what is unfinished begins. The inside of a tag is its attributes, that of a comment its text. The value is that of
a link's `href`. Where it is seen at once that no other token stands between a tag with a value and its end tag, that is no
token of its own, and the text ends where it starts; else this is -1.
"""


def reader(*names: str, links: Sequence[str] = (), having: tuple[Sequence[str], str] | None = None) -> re.Pattern[str]:
    """A pattern for `tokens`, which stops at the tags with these names: `/a` is an end tag, `v:*` begins with `v:`.

    It stops at the tags named as `links`, too, and reads their `href`, but for an `a` that is seen at once to lead to no web
    page; and at some names `having` what a pattern finds in the tag (and at a few without it, where the tag is written in an
    unusual form). It passes over everything else at once; only at conditional comments (`<!--[if`) it stops as well, and at
    elements of raw text, for `tokens` to go on behind them.
    """
    some, what = having or ((), "")
    plain = [*names, *some, *_RAW_TEXT]
    every = [*links, *plain]
    others = "".join(f"|{any_case(name)}(?!{what})" for name in some)
    usual_end = "|".join(rf"/{each}[a-zA-Z0-9]*+>" for each in _unlike([name[1:] for name in every if name[0] == "/"]))
    usual_start = rf"(?:{'|'.join(_unlike([name for name in every if name[0] != '/']))}{others}){_SIMPLE_REST}"
    passed = rf"{usual_end}|{usual_start}|(?!{_named(every)}){_TAG}|{_OTHER}|{_COMMENT}"
    text = rf"(?:[^<]*+<(?:{passed}))*+[^<]*+"
    stops = [f"({_named(plain)}){REST}"]
    if links:
        before = rf"(?:(?! {_HREF}){USUAL})*+"
        usual = rf"{before} {_HREF}=\"([^\"]*+)\"(?:{USUAL})*+ ?>"
        stops.append(rf"({_named(links)}){usual}(?:({text})</(?i:\3)>)?+")
        stops.append(rf"({_named(links)})(?:{_UP_TO_HREF}{REST}(?:([^<]*+)</(?i:\6)>)?+|{REST})")
        a, title = any_case("a"), any_case("title")
        nowhere = rf"{a}{before}(?:>|[{S}]++{_HREF}={_NO_WEB_PAGE}(?:{USUAL})*+{REST})[^<]*+(?:</{a}>)?+"
        text = rf"(?:[^<]*+<(?:{passed}|{nowhere}|{title}>[^<]*+</{title}(?=[{S}/>])))*+[^<]*+"
    return re.compile(rf"{text}(?:<(?:(!--)|{'|'.join(stops)}))?+")


def _named(names: Sequence[str]) -> str:
    """A pattern for these names of tags."""
    return rf"(?:{one_of(names, lambda name: any_case(name).replace('*', f'[^{S}/>]++'))})(?=[{S}/>])"


def _unlike(names: Sequence[str]) -> list[str]:
    """Cheap patterns for the beginnings of most tags that have none of these names, and of no tag that has.

    No wanted name begins with that letter; or, for the letters with which most tags begin, none goes on like that.
    """
    seconds = {letter: {name[1:2] for name in names if name[0] == letter} for letter in ascii_lowercase}
    free = [letter for letter in seconds if not seconds[letter]]
    shared = [letter for letter in "bdhipst" if seconds[letter] and "" not in seconds[letter]]
    clashes = {second for letter in shared for second in seconds[letter]}
    return [f"[{both_cases(free)}]", *([rf"[{both_cases(shared)}](?![{both_cases(clashes)}])"] if shared else [])]


def tokens(html: str, names: re.Pattern[str], start: int, end: int) -> Iterator[Token]:
    """The conditional comments, and the tags with these names (see `reader`), between two positions.

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
        if last > 5:  # a link: its name, its value and, if that is known, its text
            name, (begin, inside) = found[6].lower(), found.span(6)
            if last > 6:
                value = _value(html, *found.span(7))
            if last == 8:
                after, text_end = found.span(8)
        elif last > 2:  # one that is written as most are
            name, written = found.group(3, 4)
            name, begin = name.lower(), found.start(3)
            inside = begin + len(name)
            if "&" in written:
                written = decoded(written)
            first, behind = found.span(4)
            value = first, behind, True, written.strip(WHITE_SPACE)
            if last == 5:
                after, text_end = found.span(5)
        elif last == 2:
            name, (begin, inside) = found[2].lower(), found.span(2)
            if name in _RAW_TEXT_END:
                start = _raw_text_end(html, name, start, end)
                if start >= 0:
                    continue
        else:
            name, begin, inside = "!--", start - 3, start
            after = start = _comment_end(html, start, end)
        if start < 0:
            yield "", begin - 1, end, end, None, -1
            return
        yield name, begin - 1, inside, after, value, text_end


def _value(html: str, start: int, end: int) -> Value:
    quoted = html[start] in "\"'"
    if quoted:
        start, end = start + 1, end - 1
    return start, end, quoted, decoded(html[start:end]).strip(WHITE_SPACE)


def _comment_end(html: str, inside: int, end: int) -> int:
    """Where the comment ends whose text begins at `inside`; -1 if it never does."""
    found = _COMMENT_END.search(html, inside, end)
    return found.end() if found else -1


def _raw_text_end(html: str, name: str, start: int, end: int) -> int:
    """Where the end tag of an element of raw text begins; -1 if there is none."""
    if name == "script":
        return _script_end(html, start, end)
    at = html.find("<", start, end)  # styles hold none: to find a character takes the least time
    found = _RAW_TEXT_END[name].search(html, at, end) if at >= 0 else None
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
