"""A stack in every state in which an earlier deploy may have left it: mended, or a sentence that says what to do."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.stub import ANY, Stubber

from infra.deploy import ses, stack
from infra.deploy.errors import CannotDeploy
from infra.deploy.settings import Settings

NAME = "unsealed-prod"


class Session:
    """An account whose answers are prepared, service by service, in order."""

    region_name = "eu-central-1"

    def __init__(self) -> None:
        made, aws = boto3.Session("x", "x", region_name=self.region_name), Config(ignore_configured_endpoint_urls=True)
        self._clients = {name: made.client(name, config=aws) for name in ("cloudformation", "dynamodb", "ses", "sesv2")}
        self._stubs = {name: Stubber(client) for name, client in self._clients.items()}
        for stub in self._stubs.values():
            stub.activate()

    def client(self, service: str) -> Any:
        return self._clients[service]

    def answers(self, service: str, operation: str, answer: dict[str, Any] | str, asked: Any = None) -> None:
        """The next answer of a service, or its refusal: `code: message`."""
        if isinstance(answer, str):
            code, _, message = answer.partition(": ")
            self._stubs[service].add_client_error(operation, code, message)
        else:
            self._stubs[service].add_response(operation, answer, asked)

    def all_asked(self) -> None:
        for stub in self._stubs.values():
            stub.assert_no_pending_responses()


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def state(session: Session) -> Callable[..., None]:
    def tell(status: str | None, **more: Any) -> None:
        if status is None:
            session.answers(
                "cloudformation", "describe_stacks", f"ValidationError: Stack with id {NAME} does not exist"
            )
        else:
            about = {"StackName": NAME, "StackStatus": status, "CreationTime": "2026-11-21T00:00:00Z", **more}
            session.answers("cloudformation", "describe_stacks", {"Stacks": [about]})

    return tell


def events(session: Session, *told: tuple[str, str, str]) -> None:
    """The events of a stack, newest first: what, its status, the reason."""
    made = [
        {
            "StackId": NAME,
            "EventId": str(number),
            "StackName": NAME,
            "LogicalResourceId": what,
            "ResourceStatus": status,
            "ResourceStatusReason": reason,
            "Timestamp": "2026-11-21T00:00:00Z",
        }
        for number, (what, status, reason) in enumerate(told)
    ]
    session.answers("cloudformation", "describe_stack_events", {"StackEvents": made})


def test_a_stack_that_is_not_there_is_made(session, state):
    state(None)
    session.answers("cloudformation", "create_stack", {"StackId": NAME})
    state("CREATE_COMPLETE")
    state("CREATE_COMPLETE", Outputs=[{"OutputKey": "Table", "OutputValue": "t"}])
    assert stack.Stack(session, NAME).deploy({"Stage": "prod"}) == {"Table": "t"}
    session.all_asked()


def test_a_stack_that_is_as_it_should_be_stays_so(session, state):
    state("UPDATE_COMPLETE")
    session.answers("cloudformation", "update_stack", "ValidationError: No updates are to be performed.")
    state("UPDATE_COMPLETE", Outputs=[{"OutputKey": "Table", "OutputValue": "t"}])
    assert stack.Stack(session, NAME).deploy({"Stage": "prod"}) == {"Table": "t"}


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED"])
def test_what_was_never_whole_is_cleared_away_and_made_again(session, state, status):
    state(status)
    detail = {
        "StackId": NAME,
        "StackName": NAME,
        "LogicalResourceId": "Table",
        "PhysicalResourceId": "t",
        "ResourceType": "AWS::DynamoDB::Table",
        "LastUpdatedTimestamp": "2026-11-21T00:00:00Z",
        "ResourceStatus": "DELETE_FAILED",
    }
    session.answers("cloudformation", "describe_stack_resource", {"StackResourceDetail": detail})
    session.answers("dynamodb", "scan", {"Count": 0})
    session.answers("dynamodb", "update_table", {}, {"TableName": "t", "DeletionProtectionEnabled": False})
    state(status)
    session.answers("cloudformation", "delete_stack", {}, {"StackName": NAME})
    state(None)
    session.answers("cloudformation", "create_stack", {"StackId": NAME}, ANY_CREATION)
    state("CREATE_COMPLETE")
    state("CREATE_COMPLETE")
    stack.Stack(session, NAME).deploy({"Stage": "prod"})
    session.all_asked()


ANY_CREATION = {"StackName": NAME, "TemplateBody": ANY, "Parameters": ANY, "Tags": ANY}


def test_a_table_with_items_is_never_cleared_away(session, state):
    state("ROLLBACK_FAILED")
    detail = {
        "LogicalResourceId": "Table",
        "PhysicalResourceId": "t",
        "ResourceType": "AWS::DynamoDB::Table",
        "LastUpdatedTimestamp": "2026-11-21T00:00:00Z",
        "ResourceStatus": "DELETE_FAILED",
    }
    session.answers("cloudformation", "describe_stack_resource", {"StackResourceDetail": detail})
    session.answers("dynamodb", "scan", {"Count": 1})
    with pytest.raises(CannotDeploy, match="holds items: nothing is deleted"):
        stack.Stack(session, NAME).deploy({"Stage": "prod"})


@pytest.mark.parametrize(
    "status, told",
    [("UPDATE_ROLLBACK_FAILED", "continue-update-rollback"), ("DELETE_FAILED", "make destroy")],
)
def test_what_only_the_owner_can_mend_is_said(session, state, status, told):
    state(status)
    events(session, ("Table", "UPDATE_FAILED", "it is in use"), (NAME, "UPDATE_IN_PROGRESS", ""))
    with pytest.raises(CannotDeploy, match=f"it is in use.*{told}"):
        stack.Stack(session, NAME).deploy({"Stage": "prod"})


@pytest.mark.parametrize(
    "reason, told",
    [
        ("track.example.com already exists in stack other", "The name is taken"),
        ("You are not authorized to do this", "Mend that, and deploy again"),
    ],
)
def test_a_stack_that_fails_says_what_failed_first(session, state, reason, told):
    state(None)
    session.answers("cloudformation", "create_stack", {"StackId": NAME})
    state("ROLLBACK_COMPLETE")
    events(
        session,
        ("RuleSet", "CREATE_FAILED", "Resource creation cancelled"),
        ("Identity", "CREATE_FAILED", reason),
        (NAME, "CREATE_IN_PROGRESS", "User Initiated"),
        ("Table", "CREATE_FAILED", "of an earlier try"),
    )
    with pytest.raises(CannotDeploy, match=f"Identity: {reason}.*{told}"):
        stack.Stack(session, NAME).deploy({"Stage": "prod"})


def test_the_owners_active_rule_set_is_kept_and_shared(session):
    metadata = {"Metadata": {"Name": "another", "CreatedTimestamp": "2026-11-21T00:00:00Z"}}
    session.answers("ses", "describe_active_receipt_rule_set", metadata)
    assert ses.rule_set(session) == "another"
    session.all_asked()


def test_where_no_rule_set_is_active_ours_is_made_and_made_active(session):
    session.answers("ses", "describe_active_receipt_rule_set", {})
    session.answers("ses", "list_receipt_rule_sets", {"RuleSets": []})
    session.answers("ses", "create_receipt_rule_set", {}, {"RuleSetName": "unsealed"})
    session.answers("ses", "set_active_receipt_rule_set", {}, {"RuleSetName": "unsealed"})
    assert ses.rule_set(session) == "unsealed"
    session.all_asked()


def test_a_region_that_receives_no_mail_is_said(session):
    session.answers("ses", "describe_active_receipt_rule_set", "InvalidAction: not here")
    with pytest.raises(CannotDeploy, match="SES does not receive mail in eu-central-1"):
        ses.rule_set(session)


def test_the_records_that_an_owner_is_told_have_a_forger_of_the_domain_rejected(session: Session):
    tokens = {"VerifiedForSendingStatus": False, "DkimAttributes": {"Tokens": ["one"]}}
    session.answers("sesv2", "get_email_identity", tokens)
    session.answers("sesv2", "get_account", {"ProductionAccessEnabled": True})
    left = ses.left_to_do(session, Settings("prod", {}, {}, "track.example.com", "", "", ""), "")
    assert '    _dmarc.track.example.com TXT "v=DMARC1; p=reject"' in left
    session.all_asked()
