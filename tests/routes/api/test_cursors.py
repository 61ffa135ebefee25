"""Cursors: opaque, good for their own list, and harmless whatever is in them."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import BadInput
from chalicelib.routes.api.cursors import cursor, position
from tests.system import System

LISTS = ["messages", "contacts", "send-times", "feed"]


@given(st.sampled_from(LISTS), st.text(min_size=1, max_size=200))
def test_a_cursor_leads_back_to_its_position_and_needs_no_escaping(name, where):
    made = cursor(name, where)
    assert made is not None and set(made) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert position(name, made) == where


def test_a_list_that_ends_has_none_and_one_that_begins_needs_none():
    assert cursor("messages", None) is None
    assert position("messages", None) is None


@given(st.text())
def test_any_text_at_all_is_a_cursor_or_a_refusal(text):
    try:
        position("messages", text)
    except BadInput as refusal:
        assert refusal.field == "after"


@pytest.mark.parametrize("name", LISTS)
def test_no_list_takes_anothers(system: System, name):
    for other in set(LISTS) - {name}:
        answer = system.call("GET", f"/v1/{name}?after={cursor(other, '0199')}")
        assert (answer.status, answer.json["field"]) == (422, "after")


def crafted(name: str, where: bytes) -> str:
    return urlsafe_b64encode(name.encode() + b":" + where).decode().rstrip("=")


HOSTILE = [
    b"",
    b"~~",
    b"\x00",
    b"\xff",
    b"#",
    b"$",
    b"zzzz",
    b"m#",
    b"0;a=1=2",
    b"nan",
    b"1e300",
    b"-1",
    b"1;x",
    b"x" * 3_000,
]


@pytest.mark.parametrize("name", LISTS)
def test_a_made_up_cursor_is_refused_or_shows_only_what_is_ones_own(system: System, name):
    system.send()
    for where in HOSTILE:
        answer = system.call("GET", f"/v1/{name}?after={crafted(name, where)}")
        assert answer.status in (200, 422), where
        if answer.status == 422:
            assert answer.json["field"] == "after"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(LISTS), st.binary(max_size=40))
def test_no_cursor_at_all_is_a_failure(system: System, name, where):
    assert system.call("GET", f"/v1/{name}?after={crafted(name, where)}").status in (200, 422)


@pytest.mark.parametrize("name", ["messages", "contacts", "send-times"])
def test_a_cursor_longer_than_any_key_is_refused(system: System, name):
    answer = system.call("GET", f"/v1/{name}?after={crafted(name, b'x' * 300)}")
    assert (answer.status, answer.json["field"]) == (422, "after")
