"""The page about costs says what is counted here. `make costs` writes it anew."""

import json
import os
import re
from pathlib import Path

import pytest

from chalicelib.domain.messages import Door
from chalicelib.store.accounts import accounts
from infra import costs
from infra.costs import Standing, Work
from infra.deploy import functions, stack
from tests.counting import Counted, counting
from tests.system import System
from tests.system import scheduled as event
from tests.test_costs import stories  # noqa: F401 - the very stories that docs/cost-of-an-open.md is of

PAGE = costs.ROOT / "docs" / "costs.md"
VERDICTS, CHANNELS = 8, 3
PLAIN = {"Spilled", "OldestHeldSeconds", "CodesStopped", "SendersStopped"}


def work(name: str, request: list[Counted], behind: list[Counted]) -> Work:
    """A story's work. The stream calls `follow` for each new event and for each new notification."""
    mails = sum(call.service == "ses" for call in behind)
    both = request + behind
    calls = [costs.REQUEST_MS, *[costs.FOLLOW_MS] * (1 + mails)]
    return Work(name, *units(both), 1, calls, mails)


def scheduled(name: str, calls: list[Counted]) -> Work:
    return Work(name, *units(calls), 0, [costs.SCHEDULE_MS])


@pytest.fixture
def page(system: System, stories) -> str:  # noqa: F811
    with counting(system.aws) as minute:
        system.run("due", event(1_790_900_000))
    system.run("summarise", event(1_790_900_000))
    with counting(system.aws) as hour:
        system.run("summarise", event(1_790_903_600))
    system.call("GET", "/v1/feed")  # the use of the token is noted once an hour
    accounts.note_mail(
        accounts.sender_of_address("ann@sender.example") or "", Door.API, system.now
    )  # and so is that a mail came
    with counting(system.aws) as request:
        system.send(subject="A third")
    sent = Work("a message for one recipient", *units(request), 1, [costs.FOLLOW_MS])
    works = [work(name, request, behind) for name, (request, behind) in stories.items()]
    standing = Standing(
        scheduled("minute", minute), scheduled("hour", hour), VERDICTS + CHANNELS + len(PLAIN), alarm_metrics()
    )
    return costs.page(sent, works, standing)


def units(calls: list[Counted]) -> tuple[float, float]:
    return sum(call.write_units for call in calls), sum(call.read_units for call in calls)


def alarm_metrics() -> int:
    resources = functions.load(stack.TEMPLATE)["Resources"].values()
    alarms = [each["Properties"] for each in resources if each["Type"] == "AWS::CloudWatch::Alarm"]
    return sum(sum("MetricStat" in metric for metric in each.get("Metrics", ())) or 1 for each in alarms)


def test_the_page_says_what_was_counted(page):
    if os.environ.get("UNSEALED_WRITE_COSTS"):
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "`make costs` writes it anew"


def test_a_million_opens_cost_less_than_any_hosted_service_asks(stories):  # noqa: F811
    dearest = max(work(name, *calls).price * 1e6 for name, calls in stories.items())
    without_mails = max(
        work(name, request, [call for call in behind if call.service != "ses"]).price * 1e6
        for name, (request, behind) in stories.items()
    )
    assert dearest < 150 and without_mails < 25


def test_the_figures_that_are_counted_are_all_paid_for():
    text = (costs.ROOT / "chalicelib").rglob("*.py")
    names = {name for path in text for name in re.findall(r'count\(config\(\)\.stage, "(\w+)"', path.read_text())}
    assert names == {"Hits", "Notifications"} | PLAIN


def test_each_price_names_its_source():
    source = Path(costs.__file__).read_text()
    assert len(re.findall(r"# https://aws.amazon.com/[a-z-]+/pricing/", source)) == 5
    assert json.loads((costs.ROOT / ".chalice" / "config.json").read_text())["lambda_architecture"] == "arm64"
