"""What is refused is told in the language that the caller asks for, and in English to who asks for none: programs log it."""

import json
import re
from collections.abc import Iterator
from typing import Any, get_type_hints

import msgspec
import pytest
from msgspec import inspect

from chalicelib.domain.errors import Rejected
from chalicelib.domain.words import hi, kn
from chalicelib.domain.words.sentences import Sentence
from chalicelib.routes.api import reading
from chalicelib.routes.api.calls import ROUTES
from chalicelib.routes.api.dispatch import function_of
from infra import words
from tests.system import TOKEN, System
from tests.trouble import logged, refusing, the_table

SCRIPTS = {"hi": "[\u0900-\u097f]", "kn": "[\u0c80-\u0cff]"}
TABLES = {"hi": hi.WORDS, "kn": kn.WORDS}


def asked(system: System, language: str | None, method: str, path: str, body: Any = None, token: str = TOKEN):
    headers = {"Authorization": f"Bearer {token}"} | ({"Accept-Language": language} if language else {})
    return system.ask(method, path, json.dumps(body).encode() if body is not None else b"", headers)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [(None, "en"), ("*", "en"), ("de-DE,de;q=0.9", "en"), ("hi-IN,hi;q=0.9,en;q=0.8", "hi"), ("en;q=0.5, kn", "kn")],
)
def test_a_refusal_is_in_the_language_that_is_liked_best_of_ours(system: System, wanted, given):
    answer = asked(system, wanted, "POST", "/v1/messages", {"subject": "x", "recipients": ["bob"]})
    told = {
        "en": "“bob” is not an e-mail address.",
        "hi": "“bob” ई-मेल पता नहीं है।",
        "kn": "“bob” ಇ-ಮೇಲ್ ವಿಳಾಸವಲ್ಲ.",
    }
    assert (answer.headers["content-language"], answer.headers["vary"]) == (given, "Accept-Language")
    assert answer.json == {
        "title": "Unprocessable Content",  # a name that programs know, as the field's is
        "status": 422,
        "detail": told[given],
        "field": "recipients[0].email",
    }


REFUSED = {
    "nobody knows who asks": ("GET", "/v1/messages", None, "another token"),
    "no such message": ("GET", f"/v1/messages/{'0' * 32}", None, TOKEN),
    "no query here": ("GET", "/v1/account?x=1", None, TOKEN),
    "no body": ("POST", "/v1/messages", None, TOKEN),
    "a code that is none": (
        "POST",
        "/v1/sign-in/confirm",
        {"email": "ann@sender.example", "code": "1", "time_zone": "UTC"},
        "",
    ),
    "no page": ("GET", "/nowhere", None, TOKEN),
    "no profile": ("GET", "/apple/unsealed.mobileconfig?email=ann@sender.example", None, TOKEN),
}


@pytest.mark.parametrize("call", REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("language", words.TRANSLATED)
def test_whoever_refuses_does_so_in_the_language_that_is_asked_for(system: System, language, call):
    method, path, body, token = call
    english, answer = (asked(system, each, method, path, body, token) for each in ("en", language))
    assert answer.status == english.status >= 400 and answer.headers["content-language"] == language
    assert re.search(SCRIPTS[language], answer.json["detail"]) and english.json["detail"].isascii()


def test_our_own_fault_is_told_so_too(system: System):
    with refusing(the_table(), "TransactWriteItems", "ValidationException"), logged() as lines:
        answer = asked(system, "hi", "POST", "/v1/messages", {"subject": "x", "recipients": ["bob@example.com"]})
    assert (answer.status, answer.headers["content-language"], len(lines)) == (500, "hi", 1)
    assert answer.json["detail"].startswith("यहाँ कुछ गड़बड़ हुई।")


WRONG = [
    5,
    -1,
    10**30,
    1.5,
    msgspec.Raw(b"1e999"),
    True,
    None,
    "",
    "nonsense",
    "x" * 5_000,
    "ä",
    "2026-01-01",
    [],
    [5],
    ["x"],
    [{}],
    {},
    {"no": 1},
]


def given(kind: inspect.Type, deep: int = 3) -> Iterator[Any]:
    """Objects of a type with one value wrong, each in turn, and those within them."""
    match kind:
        case inspect.Metadata(type=inner):
            yield from given(inner, deep)
        case inspect.UnionType(types=kinds):
            for each in kinds:
                yield from given(each, deep)
        case inspect.ListType(item_type=item):
            yield from ([each] for each in given(item, deep))
        case inspect.StructType(fields=fields) if deep:
            yield from ({"no such field": 1}, {})
            for field in fields:
                for value in [*WRONG, *given(field.type, deep - 1)]:
                    yield {field.encode_name: value}


def left_in_english(text: str, language: str) -> list[str]:
    """What a refusal is made of that has no translation: its sentence, and those within it."""
    template, values = (text.template, text.values) if isinstance(text, Sentence) else (text, {})
    within = [each for each in values.values() if isinstance(each, Sentence)]
    missing = [] if TABLES[language].get(template) else [template]
    return missing + [each for sentence in within for each in left_in_english(sentence, language)]


def refused(read: Any, kind: Any) -> Iterator[str]:
    bodies = [*WRONG, *given(inspect.type_info(kind))] if read is reading.body else given(inspect.type_info(kind))
    for wrong in bodies:
        try:
            read(
                msgspec.json.encode(wrong)
                if read is reading.body
                else {name: str(value) for name, value in wrong.items()},
                kind,
            )
        except Rejected as refusal:
            yield refusal.sentence


def test_whatever_does_not_fit_a_call_is_told_wholly_in_each_language():
    """Every body and every query that any call takes, with something wrong in each of its places."""
    told: set[str] = set()
    for route in ROUTES:
        types = get_type_hints(function_of(route))
        for name, read in (("body", reading.body), ("query", reading.query)):
            for sentence in refused(read, types[name]) if name in types else ():
                told.add(getattr(sentence, "template", sentence))
                for language in words.TRANSLATED:
                    assert left_in_english(sentence, language) == [], route
    assert {sentence for _, sentence in reading._SENTENCES} <= told, "each of ours is met"
