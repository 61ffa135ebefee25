"""What a caller sent, read into the type that a call wants. What does not fit is told in a plain sentence, with its field.

msgspec says where it stumbled and over what, in words for programmers: here, in one place, they become ours.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import reduce
from typing import Any

import msgspec
from msgspec import inspect

from chalicelib.domain.errors import BadInput, Malformed
from chalicelib.domain.words.sentences import noted, say

_KINDS: dict[str, str] = {
    "str": say("a text"),
    "int": say("a whole number"),
    "float": say("a number"),
    "bool": say("true or false"),
    "array": say("a list"),
    "object": say("an object"),
    "datetime": say("a time like 2026-11-22T09:00:00Z, with its zone"),
}
_TIME = noted("This must be a time like 2026-11-22T09:00:00Z, with its zone.")
_NO_TIME = (
    r"Expected `datetime` with .*|Invalid (?:RFC3339 encoded datetime|epoch timestamp)|Timestamp is out of range.*"
)
# What msgspec says of a value, and our sentence: {known} is what there is to choose.
_SENTENCES = [
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (r"Expected `str` of length >= 1", noted("This must not be empty.")),
        (r"Expected `str` of length >= (?P<n>\d+)", noted("This must be a text of at least {n} characters.")),
        (r"Expected `str` of length <= (?P<n>\d+)", noted("This must be a text of at most {n} characters.")),
        (r"Expected `str` matching regex .*", noted("This contains characters that are not allowed.")),
        (r"Expected `int` >= (?P<n>-?\d+)", noted("This must be a whole number of at least {n}.")),
        (r"Expected `int` <= (?P<n>-?\d+)", noted("This must be a whole number of at most {n}.")),
        (r"(?:Integer value|Number) out of range", noted("This number is too large.")),
        (_NO_TIME, _TIME),
        (r"Invalid enum value .*", noted("This must be one of: {known}.")),
        (r"Object missing required field `(?P<name>.*)`", noted("“{name}” is missing.")),
        (
            r"Object contains unknown field `(?P<name>.*)`",
            noted("“{name}” is not known here. Known names: {known}."),
        ),
    )
]
_MISMATCH = re.compile(r"Expected `(.+)`, got `(.+)`")
_FIELD = re.compile(r"Object (?:missing required|contains unknown) field `(.*)`", re.DOTALL)
_AT = re.compile(r" - at `(?:key in )?\$(.*)`$", re.DOTALL)


def body(raw: bytes, kind: Any) -> Any:
    """The JSON of a request's body as a `kind`. Raises BadInput or Malformed."""
    if not raw.strip():
        raise Malformed("This call needs a JSON body.", "body")
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as failure:
        raise _refused(str(failure), kind) from failure
    except UnicodeDecodeError as failure:
        raise Malformed("The body is not JSON: it is not UTF-8.", "body") from failure
    except msgspec.DecodeError as failure:
        why = str(failure).removeprefix("JSON is malformed: ")  # for who writes the program that sends it, in its words
        said = say("it is incomplete") if why == "Input data was truncated" else why
        raise Malformed(say("The body is not JSON: {why}.", why=said), "body") from failure


def query(given: Mapping[str, str | list[str]], kind: Any) -> Any:
    """A request's query as a `kind`; what was given several times is a list. Raises BadInput."""
    try:
        read = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as failure:
        raise _refused(str(failure).replace("got `array`", "got `several`"), kind) from failure
    for field, text in given.items():  # a number would be taken for unix seconds
        if isinstance(getattr(read, field, None), datetime) and ":" not in text:
            raise BadInput(_TIME, field)
    return read


def _refused(said: str, kind: Any) -> BadInput:
    found = _AT.search(said)
    where, said = found[1].lstrip(".") if found else "", _AT.sub("", said)
    named = _FIELD.fullmatch(said)
    field = ".".join(filter(None, [where, named[1] if named else ""]))
    return BadInput(_sentence(said, kind, where), field or "body")


def _sentence(said: str, kind: Any, where: str) -> str:
    if mismatch := _MISMATCH.fullmatch(said):
        wanted, got = mismatch[1].removesuffix(" | null").split(" | "), mismatch[2]
        if got == "several":
            return noted("This can be given only once.")
        kinds = reduce(lambda one, other: say("{one} or {other}", one=one, other=other), map(_kind, wanted))
        if where:
            return say("This must be {wanted}, not {got}.", wanted=kinds, got=_kind(got))
        return say("The body must be {wanted}, not {got}.", wanted=kinds, got=_kind(got))
    for pattern, sentence in _SENTENCES:
        if match := pattern.fullmatch(said):
            known = _known(inspect.type_info(kind), re.findall(r"\w+", where)) if "{known}" in sentence else ()
            values = {name: group[:80] for name, group in match.groupdict().items()}
            return say(sentence, known=", ".join(known), **values)
    return noted("This cannot be.")


def _kind(name: str) -> str:
    return _KINDS.get(name, name)


def _known(kind: inspect.Type, path: list[str]) -> Iterator[str]:
    """What may stand at a path like `recipients`, `0`, `consent`: the values of an enum, the fields of an object."""
    match kind:
        case inspect.Metadata(type=inner):
            yield from _known(inner, path)
        case inspect.UnionType(types=kinds):
            for each in kinds:
                yield from _known(each, path)
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            yield from _known(item, path[1:])
        case inspect.StructType(fields=fields):
            for field in fields:
                if not path:
                    yield field.encode_name
                elif field.encode_name == path[0]:
                    yield from _known(field.type, path[1:])
        case inspect.EnumType(cls=cls):
            yield from (str(each.value) for each in cls)
        case inspect.LiteralType(values=values):
            yield from map(str, values)
