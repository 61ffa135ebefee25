"""The stack of the owner's resources (infra/resources.yaml): made, changed, mended, taken away."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from infra.deploy.errors import CannotDeploy
from infra.deploy.functions import load

TEMPLATE = Path(__file__).parent.parent / "resources.yaml"

_PAUSE = 3.0  # seconds between two looks at a stack that is being worked on
_MOST_LOOKS = 1200
_NEVER_LIVED = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "REVIEW_IN_PROGRESS"}
_TAKEN = ("already exists", "AlreadyExists", "is not available")


class Stack:
    """One stack. `session` is boto3's."""

    def __init__(self, session: Any, name: str) -> None:
        self.name = name
        self._session = session
        self._service = session.client("cloudformation")

    def deploy(self, parameters: Mapping[str, str]) -> dict[str, str]:
        """Make the stack, or change it to what the template says now: its outputs. Raises CannotDeploy."""
        status = self._settled()
        if status in _NEVER_LIVED:
            self._clear_away()
            status = None
        if status == "UPDATE_ROLLBACK_FAILED":
            raise CannotDeploy(
                f"The stack {self.name} could not go back after a failed change ({self._reason()}). Mend that, run "
                f"`aws cloudformation continue-update-rollback --stack-name {self.name}`, then deploy again."
            )
        if status == "DELETE_FAILED":
            raise CannotDeploy(
                f"The stack {self.name} was to be taken away, which did not succeed ({self._reason()}). Run `make "
                f"destroy` again, then deploy."
            )
        self._apply(parameters, new=status is None)
        return self.outputs()

    def outputs(self) -> dict[str, str]:
        """The stack's outputs, none if there is no stack."""
        found = self._describe()
        return {each["OutputKey"]: each["OutputValue"] for each in (found or {}).get("Outputs", ())}

    def parameter(self, name: str) -> str:
        """What a parameter of the stack is now, empty if there is no stack."""
        given = (self._describe() or {}).get("Parameters", ())
        return next((str(each["ParameterValue"]) for each in given if each["ParameterKey"] == name), "")

    def destroy(self) -> None:
        """Take the stack away, and wait. That it is not there is a quiet success. Raises CannotDeploy."""
        if self._settled() is None:
            return
        self._service.delete_stack(StackName=self.name)
        status = self._settled()
        if status not in (None, "DELETE_COMPLETE"):
            raise CannotDeploy(
                f"The stack {self.name} is still there ({status}): {self._reason()}. Mend that, and run it again."
            )

    def _apply(self, parameters: Mapping[str, str], new: bool) -> None:
        act = self._service.create_stack if new else self._service.update_stack
        try:
            act(
                StackName=self.name,
                TemplateBody=TEMPLATE.read_text(),
                Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
                Tags=[{"Key": "application", "Value": "unsealed"}],
            )
        except ClientError as failure:
            if "No updates are to be performed" in failure.response["Error"]["Message"]:
                return
            raise
        status = self._settled()
        if status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            reason = self._reason()
            advice = "Mend that, and deploy again."
            if any(word in reason for word in _TAKEN):
                advice = "The name is taken by something that this stack did not make: remove or rename that, and deploy again."
            raise CannotDeploy(f"The stack {self.name} could not be {'made' if new else 'changed'}: {reason}. {advice}")

    def _settled(self) -> str | None:
        """The stack's status once nothing is under way any more, None if there is no stack."""
        for _ in range(_MOST_LOOKS):
            found = self._describe()
            status = None if found is None else str(found["StackStatus"])
            if status is None or status == "DELETE_COMPLETE":
                return None
            if not status.endswith("_IN_PROGRESS") or status == "REVIEW_IN_PROGRESS":
                return status
            time.sleep(_PAUSE)
        raise CannotDeploy(f"The stack {self.name} has been worked on for an hour: look at it, then run again.")

    def _describe(self) -> Mapping[str, Any] | None:
        try:
            found: Mapping[str, Any] = self._service.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as failure:
            if failure.response["Error"]["Code"] == "ValidationError" and "does not exist" in str(failure):
                return None
            raise
        return found

    def _reason(self) -> str:
        """What failed first in the last thing that was done with the stack."""
        failed = "no reason is known"
        for event in self._service.describe_stack_events(StackName=self.name)["StackEvents"]:  # newest first
            reason = event.get("ResourceStatusReason", "")
            if event["ResourceStatus"].endswith("_FAILED") and "cancelled" not in reason:
                failed = f"{event['LogicalResourceId']}: {reason.rstrip('.')}"
            if event["LogicalResourceId"] == self.name and event["ResourceStatus"] in _BEGINNINGS:
                break
        return failed

    def _clear_away(self) -> None:
        """Remove what is left of a stack that was never whole. Nothing was ever kept in it: its table has to be empty."""
        table = self._physical("Table")
        if table is not None:
            dynamodb = self._session.client("dynamodb")
            try:
                if dynamodb.scan(TableName=table, Limit=1)["Count"]:
                    raise CannotDeploy(
                        f"The stack {self.name} was never whole, and yet its table {table} holds items: nothing is "
                        f"deleted. Save them, delete the stack, then deploy again."
                    )
                dynamodb.update_table(TableName=table, DeletionProtectionEnabled=False)
            except dynamodb.exceptions.ResourceNotFoundException:
                table = None
        self.destroy()

    def _physical(self, resource: str) -> str | None:
        try:
            found = self._service.describe_stack_resource(StackName=self.name, LogicalResourceId=resource)
        except ClientError:
            return None
        physical = found["StackResourceDetail"].get("PhysicalResourceId")
        return None if physical is None else str(physical)


_BEGINNINGS = ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS")


def names(outputs: Mapping[str, str]) -> dict[str, str]:
    """The outputs by what they are in the template: {"Table.Arn": "arn:..."}; Ref is the resource's bare name."""
    known = {}
    for key, output in load(TEMPLATE)["Outputs"].items():
        match output["Value"]:
            case {"Ref": name}:
                known[name] = outputs[key]
            case {"Fn::GetAtt": [name, attribute]}:
                known[f"{name}.{attribute}"] = outputs[key]
    return known
