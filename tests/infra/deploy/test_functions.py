"""What is said of the functions in three places (app.py, config.json, functions.yaml) and of the resources fits together."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import app
from chalicelib.store import stream
from infra.deploy import functions, policies, stack
from infra.deploy.settings import APPLICATIONS
from tests.embedded import Embedded
from tests.infra import everything

ROOT = Path(__file__).parents[3]
CONFIG = json.loads((ROOT / ".chalice" / "config.json").read_text())
RESOURCES = functions.load(stack.TEMPLATE)
PSEUDO = {"AWS::Partition", "AWS::Region", "AWS::AccountId", "Stage", "Domain"}
OPTIONAL = {*APPLICATIONS, "ApnsEndpoints", "FcmEndpoints"}

OUTPUTS = {name: f"arn:aws:sqs:us-east-1:123456789012:{name}" for name in RESOURCES["Outputs"]}
NAMES = stack.names(OUTPUTS) | dict.fromkeys(PSEUDO, "prod")


def every_function() -> list[str]:
    return ["api_handler", *(source.name for source in app.app.event_sources)]


@pytest.mark.parametrize("function", every_function())
def test_a_function_is_known_wherever_functions_are_named(function):
    named = {
        each["Properties"].get("FunctionName", {}).get("Fn::Sub")
        for each in functions.load(functions.FILE)["Resources"].values()
    }
    assert functions.full_name("${Stage}", function) in named, "functions.yaml names each, so that alarms find it"
    alarm = json.dumps(RESOURCES["Resources"]["ErrorsAlarm"])
    assert f'"{functions.full_name("${Stage}", function)}"' in alarm, "the alarm watches each"
    assert CONFIG["lambda_functions"][function]["lambda_timeout"], "each says how long it may take"


def test_the_gateway_gives_up_later_than_the_function():
    assert CONFIG["lambda_functions"]["api_handler"]["lambda_timeout"] < 29  # seconds: the gateway's own limit


def test_a_spilled_event_stays_out_of_sight_for_six_times_as_long_as_its_function_may_take():
    visible = RESOURCES["Resources"]["SpillQueue"]["Properties"]["VisibilityTimeout"]
    assert visible >= 6 * CONFIG["lambda_functions"]["replay"]["lambda_timeout"]  # Lambda developer guide, SQS


def test_no_resource_is_named_where_it_would_beat_a_tests_environment():
    assert "environment_variables" not in CONFIG
    ours = set(functions.extras(NAMES).environment)
    assert not any(ours & set(block["environment_variables"]) for block in CONFIG["stages"].values())


def test_nothing_is_named_that_the_stack_does_not_tell():
    text = "".join(json.dumps(policies.read(name)) for name in policies.functions())
    assert set(re.findall(r"\$\{([^}]+)\}", text)) <= set(NAMES) | OPTIONAL
    assert functions.extras(NAMES).environment["STREAM_ARN"] == OUTPUTS["TableStreamArn"]


def test_all_that_may_be_lost_has_a_place_to_go_and_all_batches_may_fail_in_part():
    extras = functions.extras(NAMES)
    follow, replay = extras.sources["unsealed-prod-follow"], extras.sources["unsealed-prod-replay"]
    assert (follow.kind, replay.kind) == ("dynamodb", "sqs")
    assert follow.arn == OUTPUTS["TableStreamArn"] and replay.arn == OUTPUTS["SpillQueueArn"]
    assert follow.settings["DestinationConfig"] == {"OnFailure": {"Destination": OUTPUTS["DeadLettersArn"]}}
    for source in (follow, replay):
        assert source.settings["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    scheduled = {f"unsealed-prod-{source.name}" for source in app.app.event_sources} - set(extras.sources)
    assert set(extras.invocations) == scheduled


def test_the_streams_filter_hides_nothing_that_is_acted_on_and_lets_little_else_through(
    embedded: Embedded, tmp_path_factory: pytest.TempPathFactory
):
    records = everything.told(embedded, tmp_path_factory).records
    (one,) = functions.extras(NAMES).sources["unsealed-prod-follow"].settings["FilterCriteria"]["Filters"]
    pattern = json.loads(one["Pattern"])
    acted = [bool(stream.changes({"Records": [record]})) for record in records]
    passed = [matches(pattern, record) for record in records]
    assert passed == acted and any(acted) and not all(acted)


def matches(pattern: Any, event: Any) -> bool:
    """Lambda's filter rules, as far as we use them: a list means one of, {"prefix": ...} begins with."""
    if isinstance(pattern, dict):
        return isinstance(event, dict) and all(
            name in event and matches(rule, event[name]) for name, rule in pattern.items()
        )
    return any(event.startswith(rule["prefix"]) if isinstance(rule, dict) else event == rule for rule in pattern)


def test_a_table_keeps_its_data_and_can_be_brought_back():
    table = RESOURCES["Resources"]["Table"]["Properties"]
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["DeletionProtectionEnabled"] is True
