"""What IAM would ask for each call of AWS, and whether a policy allows it.

Service authorization reference, "Actions, resources, and condition keys" of DynamoDB, SQS, SNS, SES v2 and S3. A
transaction needs the right to each of its writes (DynamoDB developer guide, "Using IAM with transactions"). A raw mail
sent by SES v2 needs SendRawEmail (SES developer guide, "Identity and access management").
"""

import json
import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from tests.aws.aws import Call


class Need(NamedTuple):
    """One right: an action on a resource."""

    action: str
    resource: str


def needs(call: Call, names: Mapping[str, str]) -> set[Need]:
    """The rights that a call needs. `names` are the resources, as policies call them."""
    match call.service:
        case "dynamodb" | "dynamodbstreams":
            return _of_dynamodb(call, json.loads(call.body), names)
        case "sqs":
            return {Need(f"sqs:{call.operation}", _queue(json.loads(call.body)["QueueUrl"], names))}
        case "sns":
            asked = parse_qs(call.body.decode())
            (arn,) = next(
                asked[name] for name in ("TargetArn", "EndpointArn", "PlatformApplicationArn") if name in asked
            )
            return {Need(f"sns:{call.operation}", arn)}
        case "s3" if call.operation.startswith("Get /"):
            # Who may not list the bucket is told of an object that is gone that its access is denied (GetObject's own page).
            bucket = names["InboundMail.Arn"]
            return {
                Need("s3:GetObject", f"{bucket}/{call.operation.split('/', 2)[2]}"),
                Need("s3:ListBucket", bucket),
            }
        case "ses" | "email":
            return _of_ses(call, names)
    raise AssertionError(f"Nobody has said what {call.service} {call.operation} needs.")


def allows(policy: Mapping[str, Any], need: Need) -> bool:
    """Whether a statement of the policy, rendered, allows it. Ours have no Deny and no conditions."""
    return any(
        statement["Effect"] == "Allow"
        and any(fnmatchcase(need.action, action) for action in statement["Action"])
        and any(fnmatchcase(need.resource, resource) for resource in statement["Resource"])
        for statement in policy["Statement"]
    )


def _of_dynamodb(call: Call, body: Any, names: Mapping[str, str]) -> set[Need]:
    table = names["Table.Arn"]
    if call.service == "dynamodbstreams":
        return {Need(f"dynamodb:{call.operation}", names["Table.StreamArn"])}
    if call.operation == "TransactWriteItems":
        actions = {
            "Put": "PutItem",
            "Update": "UpdateItem",
            "Delete": "DeleteItem",
            "ConditionCheck": "ConditionCheckItem",
        }
        return {Need(f"dynamodb:{actions[kind]}", table) for each in body["TransactItems"] for kind in each}
    if call.operation == "TransactGetItems":
        return {Need("dynamodb:GetItem", table)}
    return {Need(f"dynamodb:{call.operation}", f"{table}/index/{body['IndexName']}" if "IndexName" in body else table)}


def _of_ses(call: Call, names: Mapping[str, str]) -> set[Need]:
    where = f"arn:aws:ses:{names['AWS::Region']}:{names['AWS::AccountId']}"
    if call.operation.startswith("Get /v2/email/identities/"):
        return {Need("ses:GetEmailIdentity", f"{where}:identity/{call.operation.rpartition('/')[2]}")}
    if call.operation != "POST /v2/email/outbound-emails":
        raise AssertionError(f"Nobody has said what SES's {call.operation} needs.")
    content = json.loads(call.body)
    action = "ses:SendRawEmail" if "Raw" in content["Content"] else "ses:SendEmail"
    domain = re.search(r"@([^>\s]+)", content["FromEmailAddress"])
    assert domain is not None
    return {
        Need(action, f"{where}:identity/{domain[1]}"),
        Need(action, f"{where}:configuration-set/{content['ConfigurationSetName']}"),
    }


def _queue(url: str, names: Mapping[str, str]) -> str:
    return f"arn:aws:sqs:{names['AWS::Region']}:{names['AWS::AccountId']}:{url.rpartition('/')[2]}"
