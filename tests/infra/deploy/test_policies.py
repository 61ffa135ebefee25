"""Each function may do what it does, and no more: its calls in a story that asks everything of it, beside its policy."""

import pytest

import app
from infra.deploy import policies
from infra.deploy.functions import full_name
from tests.aws.resources import REGION, TABLE, Resources
from tests.embedded import Embedded
from tests.iam import Need, allows, needs
from tests.infra import everything
from tests.infra.everything import Told

ACCOUNT = "123456789012"


@pytest.fixture(scope="module")
def told(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The story of everything."""
    return everything.told(embedded, tmp_path_factory)


def names_of(made: Resources) -> dict[str, str]:
    applications = {"APNS_APPLICATION_ARN": made.apns_arn, "FCM_APPLICATION_ARN": made.fcm_arn}
    apns, fcm = (arn.replace(":app/", ":endpoint/") + "/*" for arn in applications.values())
    return {
        "Stage": "prod",
        "Domain": "localhost.example",
        "AWS::Region": REGION,
        "AWS::AccountId": ACCOUNT,
        "AWS::Partition": "aws",
        "Table.Arn": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}",
        "Table.StreamArn": made.stream_arn,
        "SpillQueue.Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:unsealed-spill",
        "InboundMail.Arn": "arn:aws:s3:::unsealed-inbound",
        "DeadLetters.Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:unsealed-dead-letters",
        "ConfigurationSet": "unsealed",
        **applications,
        "ApnsEndpoints": apns,
        "FcmEndpoints": fcm,
    }


def needed(told: Told, function: str) -> set[Need]:
    """What a function needs: for its own calls, and for what Lambda does in its name (Lambda developer guide)."""
    names = names_of(told.made)
    found = set().union(*(needs(call, names) for who, call in told.calls if who == function))
    queue, dead, stream = names["SpillQueue.Arn"], names["DeadLetters.Arn"], names["Table.StreamArn"]
    streams = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/lambda/{full_name('prod', function)}:log-stream:x"
    found |= {Need("logs:CreateLogStream", streams), Need("logs:PutLogEvents", streams)}
    if function in ("receive", "feedback"):  # "Retain discarded records" of asynchronous calls
        found |= {Need("sqs:SendMessage", dead)}
    if function == "follow":  # "Process DynamoDB records with Lambda", "Retain discarded records"
        reading = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
        found |= {Need(f"dynamodb:{action}", stream) for action in reading} | {Need("sqs:SendMessage", dead)}
    if function == "replay":  # "Using Lambda with Amazon SQS"
        found |= {Need(f"sqs:{action}", queue) for action in ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")}
    return found


def functions() -> list[str]:
    return ["api_handler", *sorted(source.name for source in app.app.event_sources)]


def test_each_function_has_a_policy_and_no_policy_is_anothers():
    assert policies.functions() == sorted(functions())


def test_the_story_asks_for_every_route(told):
    routes = {(method, path) for path, methods in app.app.routes.items() for method in methods}
    assert routes - told.asked == set(), "the story wants a line for each"
    assert {who for who, _ in told.calls} == set(functions())


def test_each_function_may_do_what_it_does_and_nothing_else(told):
    for function in functions():
        policy = policies.filled_in(policies.read(function), names_of(told.made))
        wanted = needed(told, function)
        missing = {need for need in wanted if not allows(policy, need)}
        assert not missing, f"{function} lacks {sorted(missing)}"
        for statement in policy["Statement"]:
            for part in ("Action", "Resource"):
                for each in statement[part]:
                    less = {**statement, part: [other for other in statement[part] if other != each]}
                    others = [less if other is statement else other for other in policy["Statement"]]
                    assert any(not allows({"Statement": others}, need) for need in wanted), (
                        f"{function}: nobody would miss {each} in {statement['Sid']}"
                    )


@pytest.mark.parametrize("function", policies.functions())
def test_nothing_is_named_by_a_star_that_has_a_name(function):
    for statement in policies.read(function)["Statement"]:
        assert set(statement) == {"Sid", "Effect", "Action", "Resource"}
        assert not any("*" in action for action in statement["Action"])
        for resource in statement["Resource"]:
            starless = resource.removesuffix(":*") if ":log-group:" in resource else resource
            starless = starless.removesuffix("/mail/*").removesuffix(":identity/*")
            assert "*" not in starless, (
                "log streams, mails and the senders' domains have names that nobody knows before"
            )


def test_what_a_stage_does_not_have_is_in_no_policy():
    names = dict.fromkeys(
        (
            *("Stage", "Domain", "ConfigurationSet", "AWS::Partition", "AWS::Region", "AWS::AccountId"),
            *("Table.Arn", "SpillQueue.Arn"),
        ),
        "x",
    )
    names |= dict.fromkeys(("APNS_APPLICATION_ARN", "FCM_APPLICATION_ARN", "ApnsEndpoints", "FcmEndpoints"), "")
    rendered = policies.filled_in(policies.read("api_handler"), names)
    assert [statement["Sid"] for statement in rendered["Statement"]] == ["Log", "Table", "Spill", "TryMail"]


def test_the_package_leaves_the_stacks_names_to_cloudformation():
    policy = policies.for_cloudformation(policies.read("replay"), {})
    assert policy["Statement"][1]["Resource"] == [{"Fn::Sub": "${SpillQueue.Arn}"}]
