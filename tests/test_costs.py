"""What one open costs, counted call by call; docs/cost-of-an-open.md's table is these very figures."""

from pathlib import Path

import pytest

from chalicelib.domain.sheets import MATURE
from chalicelib.store import keys
from chalicelib.store.table import query
from chalicelib.work.messages import packing
from chalicelib.work.tracking.recording import put
from tests.counting import Counted, counting
from tests.makers import (
    APPLE_PREFETCH,
    APPLE_RELAY,
    GMAIL_PROXY,
    GOOGLE,
    HOME,
    SENT,
    THUNDERBIRD,
    an_open,
)
from tests.system import System
from tests.trouble import settings
from tests.webhook_endpoint import receiving

READING_THE_STREAM = {"DescribeStream", "GetShardIterator", "GetRecords"}  # Lambda does it, free of charge
PAGE = Path(__file__).parent.parent / "docs" / "cost-of-an-open.md"


def count(system: System, **hit: str) -> tuple[list[Counted], list[Counted]]:
    """The calls of the request, and those of what follows, for one fetch of a pixel two hours later."""
    message, after = hit.pop("message"), float(hit.pop("after", "7200"))
    with counting(system.aws) as request:
        system.opened(message, after, **hit)
    with counting(system.aws) as behind:
        system.follow()
    return request, [call for call in behind if call.operation not in READING_THE_STREAM]


@pytest.fixture
def stories(system: System) -> dict[str, tuple[list[Counted], list[Counted]]]:
    """What is counted: a message's first human open, another by the same person, a machine's first and second."""
    message, other = system.send(), system.send(subject="Another")
    system.follow()
    apple = {"agent": APPLE_PREFETCH, "address": APPLE_RELAY}
    return {
        "the first open of a message, by a person": count(system, message=message, agent=THUNDERBIRD, address=HOME),
        "a further open by a person": count(system, message=message, agent=THUNDERBIRD, address=HOME),
        "the first hit of a machine": count(system, message=other, **apple),
        "a further hit of a machine": count(system, message=other, **apple),
    }


def test_the_request_makes_one_write_and_no_read(stories):
    for request, _ in stories.values():
        ((service, operation, writes, reads),) = [
            (call.service, call.operation, call.write_units, call.read_units) for call in request
        ]
        assert (service, operation, writes, reads) == ("dynamodb", "PutItem", 1, 0)


def test_an_open_stays_within_its_price(stories):
    prices = [sum(call.write_units for call in request + behind) for request, behind in stories.values()]
    first, further, machine, further_machine = prices
    assert first <= 10 and further <= 5 and machine <= 3 and further_machine <= 3


def test_a_summary_in_between_makes_the_first_open_dearer_by_one_and_a_further_one_not(system: System):
    message = system.send()
    system.follow()
    system.hour(3600)
    first = count(system, message=message, agent=THUNDERBIRD, address=HOME)
    system.hour(7300)
    further = count(system, message=message, agent=THUNDERBIRD, address=HOME)
    assert sum(call.write_units for calls in first for call in calls) <= 10
    assert sum(call.write_units for calls in further for call in calls) <= 5


def test_a_proxys_open_costs_what_a_persons_own_does(system: System):
    message = system.send()
    system.follow()
    request, behind = count(system, message=message, agent=GMAIL_PROXY, address=GOOGLE)
    assert sum(call.write_units for call in request + behind) <= 10


def test_a_further_open_reads_at_most_twice_what_the_second_does_however_many_there_were(system: System):
    message, few = system.send(), system.send(subject="Another")
    count(system, message=few, agent=THUNDERBIRD, address=HOME)
    _, second = count(system, message=few, agent=THUNDERBIRD, address=HOME, after="7500")
    units, there = [], 0
    for size in (100, 250, 600):
        for number in range(there, size - 1):
            system.opened(message, 7200 + 60 * number, THUNDERBIRD, HOME)
        there = size
        system.follow()
        request, behind = count(system, message=message, agent=THUNDERBIRD, address=HOME, after=str(7200 + 60 * size))
        assert sum(call.write_units for call in request + behind) <= 5
        units.append(sum(call.read_units for call in behind))
    assert max(units) <= 2 * sum(call.read_units for call in second)


def test_a_webhooks_post_costs_what_the_page_says(system: System):
    with receiving() as endpoint, settings(WEBHOOK_LOOPBACK="on"):
        message, other = system.send(), system.send(subject="Another")
        _, without = count(system, message=message, agent=THUNDERBIRD, address=HOME)
        system.call("POST", "/v1/webhooks", {"url": endpoint.url})
        _, behind = count(system, message=other, agent=THUNDERBIRD, address=HOME, after="7500")  # no mail just before
    assert len(endpoint.posts) == 1
    writes = sum(call.write_units for call in behind) - sum(call.write_units for call in without)
    reads = sum(call.read_units for call in behind) - sum(call.read_units for call in without)
    assert f"posted to a webhook costs {writes:g} write units and {reads:g} read units more" in PAGE.read_text()


def test_a_status_that_changes_on_a_sheet_costs_two_more_and_a_further_open_nothing(system: System):
    old = many(system)
    system.now = SENT + 2 * MATURE
    for hour in range(2):
        packing.run(system.now + 3600 * hour, lambda: 0.0, [system.sender])
    units = []
    for message in (system.send()["id"], old):
        system.follow()
        for _ in range(2):
            number = len(units) + 1
            system.now = SENT + 2 * MATURE + 7200 * number
            with counting(system.aws) as calls:
                put(an_open(2 * MATURE + 7200 * number, message=message, agent=THUNDERBIRD, address=HOME))
                system.follow()
            units.append(sum(call.write_units for call in calls))
    assert [then - now for now, then in zip(units[:2], units[2:], strict=True)] == [2, 0]
    assert "costs 2 write units more, which note that" in PAGE.read_text()


def test_a_search_for_something_rare_costs_a_fifth_of_reading_each_message(system: System):
    many(system)
    with counting(system.aws) as calls:
        list(query(keys.desk(system.sender), "m#", "m$"))
    each = sum(call.read_units for call in calls)
    for hour in range(2):
        packing.run(SENT + 2 * MATURE + 3600 * hour, lambda: 0.0, [system.sender])
    for asked in ("q=heffalump", "status=replied", "q=heffalump&limit=1"):
        with counting(system.aws) as calls:
            assert system.call("GET", f"/v1/messages?{asked}").json == {
                "items": [],
                "next": None,
                "searched_back_to": None,
            }
        assert sum(call.read_units for call in calls) <= 0.2 * each


def many(system: System) -> str:
    """Five hundred messages of late; the id of the oldest."""

    def about(number: int) -> dict[str, str]:
        return {"subject": f"{('Offer', 'Minutes', 'Visit')[number % 3]} of no. {number * 7919 % 500}"}

    return system.wrote(500, about)[-1].id


def test_the_page_says_what_was_counted(stories):
    told = PAGE.read_text().partition("<!-- costs -->")[2].partition("<!-- /costs -->")[0].strip()
    assert told == table(stories), f"the page should say:\n\n{table(stories)}\n"


def table(stories: dict[str, tuple[list[Counted], list[Counted]]]) -> str:
    lines = ["| | calls in the request | calls behind it | write units | read units |", "|---|---|---|---|---|"]
    for name, (request, behind) in stories.items():
        both = request + behind
        lines.append(
            f"| {name} | {said(request)} | {said(behind)} | {sum(call.write_units for call in both):g} "
            f"| {sum(call.read_units for call in both):g} |"
        )
    return "\n".join(lines)


def said(calls: list[Counted]) -> str:
    names = ["SendEmail" if call.service == "ses" else call.operation for call in calls]
    return ", ".join(
        f"{name}{f' ({names.count(name)})' if names.count(name) > 1 else ''}" for name in dict.fromkeys(names)
    )
