"""What does not fit is told in plain sentences: where it stands, what is wanted there, and never in a library's words."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
import pytest

from chalicelib.domain.errors import BadInput, Malformed
from chalicelib.routes.api import reading
from chalicelib.routes.resources.account import NewDevice
from chalicelib.routes.resources.feed import FeedQuery
from chalicelib.routes.resources.message_inputs import MessageQuery, NewMessage
from chalicelib.routes.resources.mime import MimeQuery

TIME = "This must be a time like 2026-11-22T09:00:00Z, with its zone."
KNOWN = "subject, recipients, html, text, text_links, links, sent_at, thread, trap_link, remind, copies, prepared, door"


class Anything(msgspec.Struct):
    """What the calls of today do not ask for."""

    ratio: float = 0
    day: Literal["monday", "sunday"] = "monday"
    few: Annotated[list[int], msgspec.Meta(max_length=2)] = []


def refused(read, kind, given) -> tuple[str | None, str]:
    with pytest.raises((BadInput, Malformed)) as refusal:
        read(given, kind)
    return refusal.value.field, refusal.value.sentence


BODIES = {
    b'{"subject": 5}': ("subject", "This must be a text, not a whole number."),
    b'{"subject": null}': ("subject", "This must be a text, not null."),
    b'{"thread": []}': ("thread", "This must be a text, not a list."),
    b'{"subject": "%s"}' % (b"x" * 999): ("subject", "This must be a text of at most 998 characters."),
    b'{"trap_link": "yes"}': ("trap_link", "This must be true or false, not a text."),
    b'{"links": {}}': ("links", "This must be a list, not an object."),
    b'{"links": ["", 1.5]}': ("links[1]", "This must be a text, not a number."),
    b'{"recipients": [1]}': ("recipients[0]", "This must be a text or an object, not a whole number."),
    b'{"recipients": [{}]}': ("recipients[0].email", "“email” is missing."),
    b'{"recipients": [{"consent": "x"}]}': (
        "recipients[0].consent",
        "This must be one of: granted, denied, unknown.",
    ),
    b'{"recipients": [{"e": 1}]}': ("recipients[0].e", "“e” is not known here. Known names: email, name, consent."),
    b'{"bcc": 1}': ("bcc", f"“bcc” is not known here. Known names: {KNOWN}."),
    b'{"sent_at": "yesterday"}': ("sent_at", TIME),
    b'{"sent_at": "2026-01-01"}': ("sent_at", TIME),
    b'{"sent_at": "2026-01-01T00:00:00"}': ("sent_at", TIME),
    b'{"sent_at": 1}': ("sent_at", f"{TIME[:-1]}, not a whole number."),
    b'{"sent_at": 1e999}': ("sent_at", "This number is too large."),
    b"[]": ("body", "The body must be an object, not a list."),
    b"": ("body", "This call needs a JSON body."),
    b" \n": ("body", "This call needs a JSON body."),
    b"{": ("body", "The body is not JSON: it is incomplete."),
    b"subject=x": ("body", "The body is not JSON: invalid character (byte 0)."),
    b'{"subject": "\xff"}': ("body", "The body is not JSON: it is not UTF-8."),
}


@pytest.mark.parametrize(("given", "told"), BODIES.items(), ids=lambda each: str(each)[:40])
def test_a_body_that_does_not_fit_is_told_what_would(given, told):
    assert refused(reading.body, NewMessage, given) == told


def test_a_text_of_the_wrong_length_or_letters_is_told_which_would_do():
    assert refused(reading.body, NewDevice, b'{"token": ""}')[1] == "This must be a text of at least 8 characters."
    assert (
        "contains characters that are not allowed"
        in refused(reading.body, NewDevice, '{"token": "ääääääää"}'.encode())[1]
    )


QUERIES = {
    "limit=101": "This must be a whole number of at most 100.",
    "limit=0": "This must be a whole number of at least 1.",
    "limit=all": "This must be a whole number, not a text.",
    "status=foo": "This must be one of: no_evidence, opened, clicked, replied, bounced, cannot_know, not_tracked, "
    "complained, problem.",
    "sort=up": "“sort” is not known here. Known names: status, recipient, q, after, limit.",
}


@pytest.mark.parametrize(("given", "told"), QUERIES.items())
def test_a_query_that_does_not_fit_is_told_what_would(given, told):
    name, _, value = given.partition("=")
    assert refused(reading.query, MessageQuery, {name: value}) == (name, told)


@pytest.mark.parametrize(
    "given", ["0.5", "1790000000", "-1", "1e3", "2026-01-01", "nan", "1e30", "inf", "2026-01-01T00:00:00"]
)
def test_a_time_in_a_query_is_one_as_in_a_body_and_no_number(given):
    assert refused(reading.query, FeedQuery, {"since": given}) == ("since", TIME)
    assert reading.query({"since": "2026-01-01T00:00:00Z"}, FeedQuery).since is not None


def test_what_is_asked_twice_is_told_so_where_once_is_all():
    assert refused(reading.query, MessageQuery, {"after": ["a", "b"]}) == ("after", "This can be given only once.")
    assert reading.query({"recipient": ["a", "b"]}, MimeQuery).recipient == ["a", "b"]


@pytest.mark.parametrize("given", [b'{"ratio": "x"}', b'{"day": "friday"}', b'{"few": [1, 2, 3]}', b'{"few": [1.5]}'])
def test_what_no_call_asks_for_today_would_not_be_told_in_a_librarys_words_either(given):
    sentence = refused(reading.body, Anything, given)[1]
    assert "`" not in sentence and "Expected" not in sentence
    assert ("monday, sunday" in sentence) == (b"day" in given)


def test_what_fits_is_what_was_sent():
    found = reading.body(
        b'{"subject": "x", "recipients": ["b@example.com"], "sent_at": "2026-01-01T00:00:00Z"}', NewMessage
    )
    assert found.sent_at == datetime.fromisoformat("2026-01-01T00:00:00Z")
