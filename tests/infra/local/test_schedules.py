import json
from datetime import UTC, datetime

import pytest

from infra.local.clock import Clock
from infra.local.console import Console
from infra.local.httpd import Request
from infra.local.schedules import Schedule, Scheduler, event, next_after

NINE = datetime(2026, 11, 21, 21, 0, tzinfo=UTC).timestamp()


def at(text):
    return datetime.fromisoformat(f"{text}Z").timestamp()


@pytest.mark.parametrize(
    ("expression", "time"),
    [
        ("rate(1 minute)", "2026-11-21T21:01:00"),
        ("rate(5 minutes)", "2026-11-21T21:05:00"),
        ("rate(1 hour)", "2026-11-21T22:00:00"),
        ("rate(7 days)", "2026-11-28T21:00:00"),
        ("cron(0 * * * ? *)", "2026-11-21T22:00:00"),
        ("cron(15 3 * * ? *)", "2026-11-22T03:15:00"),
        ("cron(0/20 * * * ? *)", "2026-11-21T21:20:00"),
        ("cron(*/45 * ? * * *)", "2026-11-21T21:45:00"),
        ("cron(5,10 21-23 * * ? *)", "2026-11-21T21:05:00"),
    ],
)
def test_when_a_schedule_fires_next(expression, time):
    assert next_after(expression, NINE) == at(time)
    assert next_after(expression, NINE - 1) > NINE - 1


@pytest.mark.parametrize(
    "expression", ["rate(1 week)", "cron(0 12 1 * ? *)", "cron(61 * * * ? *)", "cron(x * * * ? *)", "daily"]
)
def test_what_is_not_understood_is_said_at_once(expression):
    with pytest.raises(ValueError, match="schedule"):
        next_after(expression, NINE)


def test_the_event_of_a_rule_tells_whole_seconds():
    made = event("due", NINE + 0.9)
    assert (made["time"], made["source"], made["detail-type"]) == (
        "2026-11-21T21:00:00Z",
        "aws.events",
        "Scheduled Event",
    )
    assert made["resources"] == ["arn:aws:events:us-east-1:123456789012:rule/unsealed-due"]


@pytest.fixture
def fired():
    return []


@pytest.fixture
def scheduler(fired):
    def firing(name):
        return lambda time: fired.append((name, time))

    names = {"minute": "rate(1 minute)", "day": "rate(1 day)"}
    clock = Clock()
    scheduler = Scheduler(clock, [Schedule(name, expression, firing(name)) for name, expression in names.items()])
    scheduler.clock = clock
    return scheduler


def test_each_fires_when_its_time_has_come(scheduler, fired):
    began = scheduler.clock.now()
    for seconds in (10, 70, 80, 131):
        scheduler.fire(began + seconds)
    assert fired == [("minute", began + 70), ("minute", began + 131)]


def test_a_step_of_the_clock_fires_everything_once_at_the_new_time(scheduler, fired):
    began = scheduler.clock.now()
    time = scheduler.advance(3 * 86_400)
    assert fired == [("minute", time), ("day", time)]
    assert int(time) >= began + 3 * 86_400


def test_a_clock_that_is_set_back_holds_nothing_up(scheduler, fired):
    began = scheduler.clock.now()
    for seconds in (-7200, -7150, -7140, -7080):
        scheduler.fire(began + seconds)
    assert fired == [("minute", began - 7140), ("minute", began - 7080)]


SENT = None  # nothing left the house


def console(scheduler, settled):
    return Console(SENT, scheduler.clock.now, scheduler.advance, lambda: settled.append(True), lambda *_: None)


def ask(console, method, path, body=b""):
    return console(Request(method, path, (), body, "127.0.0.1"))


def test_the_console_moves_the_clock_and_waits_for_what_follows(scheduler, fired):
    settled = []
    answer = ask(console(scheduler, settled), "POST", "/_local/clock", b'{"advance_seconds": 60}')
    assert answer.status == 200
    assert abs(at(json.loads(answer.body)["now"][:-1]) - scheduler.clock.now()) < 2
    assert ([name for name, _ in fired], settled) == (["minute", "day"], [True])


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"advance_seconds": "x"}', b'{"advance_seconds": -1}', b'{"advance_seconds": 1e99}']
)
def test_the_console_says_what_it_wants(scheduler, fired, body):
    answer = ask(console(scheduler, []), "POST", "/_local/clock", body)
    assert (answer.status, fired) == (400, [])
    assert "advance_seconds" in json.loads(answer.body)["title"]


def test_the_console_has_its_own_paths_only(scheduler):
    answer = console(scheduler, [])
    assert ask(answer, "GET", "/v1/messages") is None
    assert ask(answer, "GET", "/_local/nothing").status == 404


def test_the_console_takes_a_mail_with_the_envelope_that_is_given_or_stands_in_it(scheduler):
    taken = []
    answer = Console(SENT, scheduler.clock.now, scheduler.advance, lambda: None, lambda *mail: taken.append(mail))
    mail = b"From: Bob <bob@example.com>\r\nTo: ann@x.example\r\nCc: c@x.example\r\n\r\nHi"
    assert ask(answer, "POST", "/_local/receive", mail).status == 202
    assert ask(answer, "POST", "/_local/receive?to=r+a@x.example&from=&dmarc=FAIL", mail).status == 202
    assert taken == [
        (mail, "bob@example.com", ["ann@x.example", "c@x.example"], {}),
        (mail, "", ["r+a@x.example"], {"dmarc": "FAIL"}),
    ]
    assert ask(answer, "POST", "/_local/receive", b"no mail at all").status == 400
