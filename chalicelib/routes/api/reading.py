"""What a caller sent, read into the type that a call wants. What does not fit is told in a plain sentence, with its field.

msgspec says where it stumbled and over what, in words for programmers: here, in one place, they become ours.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import inspect

from chalicelib.domain.errors import BadInput, Malformed

_TIME = "a time like 2026-11-22T09:00:00Z, with its zone"
_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "datetime": _TIME,
}
_NO_TIME = (
    r"Expected `datetime` with .*|Invalid (?:RFC3339 encoded datetime|epoch timestamp)|Timestamp is out of range.*"
)
# What msgspec says of a value, and our sentence: {0} is the first group, {known} what there is to choose.
_SENTENCES = [
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (r"Expected `str` of length >= 1", "This must not be empty."),
        (r"Expected `str` of length >= (\d+)", "This must be a text of at least {0} characters."),
        (r"Expected `str` of length <= (\d+)", "This must be a text of at most {0} characters."),
        (r"Expected `str` matching regex .*", "This contains characters that are not allowed."),
        (r"Expected `int` >= (-?\d+)", "This must be a whole number of at least {0}."),
        (r"Expected `int` <= (-?\d+)", "This must be a whole number of at most {0}."),
        (r"(?:Integer value|Number) out of range", "This number is too large."),
        (_NO_TIME, f"This must be {_TIME}."),
        (r"Invalid enum value .*", "This must be one of: {known}."),
        (r"Object missing required field `(.*)`", "“{0}” is missing."),
        (r"Object contains unknown field `(.*)`", "“{0}” is not known here. Known names: {known}."),
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
        why = str(failure).removeprefix("JSON is malformed: ").replace("Input data was truncated", "it is incomplete")
        raise Malformed(f"The body is not JSON: {why}.", "body") from failure


def query(given: Mapping[str, str | list[str]], kind: Any) -> Any:
    """A request's query as a `kind`; what was given several times is a list. Raises BadInput."""
    try:
        read = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as failure:
        raise _refused(str(failure).replace("got `array`", "got `several`"), kind) from failure
    for field, text in given.items():  # a number would be taken for unix seconds
        if isinstance(getattr(read, field, None), datetime) and ":" not in text:
            raise BadInput(f"This must be {_TIME}.", field)
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
            return "This can be given only once."
        kinds = " or ".join(_KINDS.get(each, each) for each in wanted)
        return f"{'This' if where else 'The body'} must be {kinds}, not {_KINDS.get(got, got)}."
    for pattern, sentence in _SENTENCES:
        if match := pattern.fullmatch(said):
            known = _known(inspect.type_info(kind), re.findall(r"\w+", where)) if "{known}" in sentence else ()
            return sentence.format(*(group[:80] for group in match.groups()), known=", ".join(known))
    return "This cannot be."


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
