"""What a look at the pages costs: as much as they show, whatever exists."""

import os

import pytest

from chalicelib.domain.messages import message_id
from chalicelib.store import table
from chalicelib.store.messages import message_items
from tests.counting import Counted, counting
from tests.embedded import Embedded
from tests.makers import SENT, a_message, a_state
from tests.system import System

MANY = int(os.environ.get("MESSAGES", "2000"))  # 20,000 by hand: they take a minute to make


PAGES = [  # a path, and the most calls and read units that it may take
    ("/v1/today", 6, 40),
    ("/v1/messages?limit=30", 3, 15),
    ("/v1/feed?limit=100", 3, 15),
    ("/v1/ranking", 4, 40),
    ("/v1/messages?recipient=nobody@example.com&limit=1", 7, 60),
    ("/v1/messages?q=heffalump&limit=1", 4, 60),
]


@pytest.fixture(scope="module")
def looked(embedded: Embedded) -> list[dict[str, list[Counted]]]:
    """What each page costs a sender who has 200 messages by now, and who has MANY, all sent within the last week."""
    embedded.reset()
    system = System(embedded)
    system.now = SENT + 7 * 86_400
    return [_after(system, range(200)), _after(system, range(200, MANY))]


def _after(system: System, messages: range) -> dict[str, list[Counted]]:
    for number in messages:
        at = SENT + number * 7 * 86_400 / messages.stop
        made = a_message(id=message_id(at, str(number)), sender=system.sender, sent_at=at, created_at=at)
        items = [
            message_items.of_message(made, a_state(made), 1, int(at) + 10**7),
            message_items.of_facts(made, int(at) + 10**7),
        ]
        table.write([table.put_always(each) for each in items])
    return {path: _asked(system, path) for path, _, _ in PAGES}


def _asked(system: System, path: str) -> list[Counted]:
    with counting(system.aws) as calls:
        assert system.call("GET", path).status == 200
    return [call for call in calls if call.service == "dynamodb"]


@pytest.mark.parametrize(("path", "most_calls", "most_units"), PAGES)
def test_it_does_not_grow_with_what_exists(looked, path, most_calls, most_units):
    few, many = (each[path] for each in looked)  # of the calls, one lets the caller in
    units = [sum(call.read_units for call in calls) for calls in (few, many)]
    assert len(many) <= most_calls and units[1] <= most_units
    assert len(many) <= 1.5 * len(few)
    looks_at_500 = "q=" in path or "recipient=" in path  # where nothing is noted of an address
    assert units[1] <= 1.5 * units[0] or looks_at_500
