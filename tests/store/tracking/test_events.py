"""Events in the table: put once under their id, and as text while they wait elsewhere."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.config import config
from chalicelib.store.dynamodb import wire
from chalicelib.store.messages import messages
from chalicelib.store.tracking import events
from tests.counting import counting
from tests.embedded import Embedded
from tests.makers import CHROME, GMAIL_PROXY, GOOGLE, HOME, SENT, a_bounce, a_click, a_reply, an_open
from tests.trouble import NOBODY_THERE, settings


def test_an_event_is_one_write_unit_and_no_read(fresh_table: Embedded):
    events.put(an_open())  # a connection is there
    with counting(fresh_table) as calls:
        events.put(a_click(agent=CHROME))
    assert [(call.operation, call.write_units, call.read_units) for call in calls] == [("PutItem", 1, 0)]


def test_an_event_that_is_put_again_changes_nothing(fresh_table: Embedded):
    events.put(an_open())
    before, records = fresh_table.items(), len(fresh_table.records())
    events.put(an_open())
    assert fresh_table.items() == before
    assert len(fresh_table.records()) == records == 1


def test_it_is_read_back_as_it_was_put(fresh_table: Embedded):
    click = a_click(agent=CHROME, headers={"accept-language": "de", "dnt": "1"})
    events.put(click)
    (record,) = fresh_table.records()
    assert record["dynamodb"]["Keys"]["pk"]["S"] == f"m#{click.message}"
    assert events.from_text(json.dumps(record["dynamodb"]["NewImage"])) == click
    assert messages.with_events(click.message)[0] is None


def test_it_expires_when_the_settings_say(fresh_table: Embedded):
    event = an_open()
    events.put(event)
    (item,) = fresh_table.items()
    assert int(item["expires"]["N"]) == int(event.at) + config().retention_days * 86_400
    with settings(RETENTION_DAYS="1"):
        events.put(a_click())
    assert {int(item["expires"]["N"]) - int(SENT) for item in fresh_table.items()} == {
        3 * 3600 + 400 * 86_400,
        4 * 3600 + 86_400,
    }


def test_nothing_of_the_person_is_kept(fresh_table: Embedded):
    events.put(
        a_click(agent=CHROME, address=HOME, headers={"accept-language": "de-AT", "referer": "https://mail.example"})
    )
    kept = str(fresh_table.items())
    for trace in (CHROME, "Chrome", HOME, "de-AT", "mail.example"):
        assert trace not in kept


def test_a_table_that_is_not_there_is_said(fresh_table: Embedded):
    with settings(AWS_ENDPOINT_URL_DYNAMODB=NOBODY_THERE), pytest.raises(wire.TableUnavailable):
        events.put(an_open())


_events = st.one_of(
    st.builds(an_open, st.floats(0, 9e6), agent=st.sampled_from([CHROME, GMAIL_PROXY, ""]), address=st.just(GOOGLE)),
    st.builds(a_click, st.floats(0, 9e6), st.integers(0, 999), recipient=st.integers(0, 49)),
    st.builds(a_reply, st.floats(0, 9e6)),
    st.builds(a_bounce, st.floats(0, 9e6)),
)


@given(_events)
def test_an_event_that_waits_as_text_is_the_same_event(embedded: Embedded, event):
    text = events.as_text(event)
    assert events.from_text(text) == event
    assert text.isprintable() and len(text) < 2_000
