"""What is counted and what is logged: figures in CloudWatch's form, one id from the hit to the notification, no person."""

import json
from typing import Any

import pytest

from chalicelib.log import count
from tests.makers import CHROME, HOME, THUNDERBIRD
from tests.system import System
from tests.trouble import NOBODY_THERE, logged, settings

BOB, ANN = "bob@example.com", "ann@sender.example"


def lines(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines() if line.startswith("{")]


def counted(printed: str, name: str) -> list[dict[str, Any]]:
    return [line for line in lines(printed) if name in line and "_aws" in line]


def test_a_figure_is_one_line_in_the_embedded_metric_format(capsys):
    count("prod", "Hits", 1, 1_790_000_000.5, "verdict=human", message_id="m")
    (line,) = lines(capsys.readouterr().out)
    assert line == {
        "_aws": {
            "Timestamp": 1_790_000_000_500,
            "CloudWatchMetrics": [
                {
                    "Namespace": "Unsealed",
                    "Dimensions": [["stage", "verdict"]],
                    "Metrics": [{"Name": "Hits", "Unit": "Count"}],
                }
            ],
        },
        "Hits": 1,
        "stage": "prod",
        "verdict": "human",
        "message_id": "m",
    }


def test_without_a_stage_nothing_is_counted(capsys):
    count("", "Hits", 1, 1.0)
    assert capsys.readouterr().out == ""


def test_a_hit_and_its_notification_are_counted_under_one_id(system: System, capsys):
    message = system.send()
    with settings(STAGE="prod"):
        system.opened(message, 7200, THUNDERBIRD, HOME)
        system.follow()
        system.minute(9000)
    printed = capsys.readouterr().out
    (hit,) = counted(printed, "Hits")
    (told,) = counted(printed, "Notifications")
    assert hit["message_id"] == told["message_id"] == message["id"]
    assert (hit["verdict"], told["channel"]) == ("human", "email")
    assert hit["event_id"] == system.show(message)["events"][0]["id"]
    (age,) = counted(printed, "OldestHeldSeconds")
    assert age["OldestHeldSeconds"] == 0


def test_what_spills_is_counted_and_logged_with_its_ids(system: System, capsys):
    message = system.send()
    with settings(STAGE="prod", AWS_ENDPOINT_URL_DYNAMODB=NOBODY_THERE), logged() as said:
        system.opened(message, 7200, THUNDERBIRD, HOME)
    (warned,) = said
    (spilled,) = counted(capsys.readouterr().out, "Spilled")
    assert spilled["message_id"] == warned["message_id"] == message["id"]
    assert spilled["event_id"] == warned["event_id"]


@pytest.mark.parametrize("trouble", [{}, {"AWS_ENDPOINT_URL_DYNAMODB": NOBODY_THERE}], ids=["in peace", "in trouble"])
def test_no_line_tells_of_a_person(system: System, capsys, trouble):
    message = system.send()
    with logged() as said:
        with settings(STAGE="prod", **trouble):
            system.opened(message, 7200, THUNDERBIRD, HOME)
            system.clicked(message, 7300, CHROME, HOME)
        with settings(STAGE="prod"):
            system.follow()
            system.minute(9000)
    printed = capsys.readouterr().out + json.dumps(said)
    assert ("Spilled" if trouble else "Hits") in printed and bool(said) == bool(trouble)
    for secret in (BOB, ANN, HOME, "Thunderbird", "Chrome", "Offer for June", "https://example.com"):
        assert secret not in printed
