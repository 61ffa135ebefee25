"""What the owner's AWS account holds for Unsealed, made on the local one; and the environment that points at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import boto3

REGION = "us-east-1"
TABLE = "unsealed"
DOMAIN = "localhost.example"
MAIL_FROM = f"unsealed@{DOMAIN}"
INBOUND_BUCKET = "unsealed-inbound"
_ANYTHING = "local"  # the AWS within this process lets everybody in
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": _ANYTHING}

TABLE_DEFINITION: dict[str, Any] = {
    "TableName": TABLE,
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "S"},
        {"AttributeName": "due_shard", "AttributeType": "S"},
        {"AttributeName": "due_at", "AttributeType": "N"},
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "due",
            "KeySchema": [
                {"AttributeName": "due_shard", "KeyType": "HASH"},
                {"AttributeName": "due_at", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }
    ],
    "BillingMode": "PAY_PER_REQUEST",
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
}
TTL_DEFINITION = {"Enabled": True, "AttributeName": "expires"}


@dataclass(frozen=True, slots=True)
class Resources:
    """What was made, by the names that AWS gave it."""

    stream_arn: str
    queue_url: str
    dead_letters_url: str
    apns_arn: str
    fcm_arn: str


def client(service: str, url: str) -> Any:
    """A boto3 client for the AWS at `url`."""
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
    )


def make(url: str) -> Resources:
    """Make what is missing on the AWS at `url`."""
    dynamodb, sqs, sns, ses = (client(service, url) for service in ("dynamodb", "sqs", "sns", "sesv2"))
    if TABLE not in dynamodb.list_tables()["TableNames"]:
        dynamodb.create_table(**TABLE_DEFINITION)
        dynamodb.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=TTL_DEFINITION)
    known = {found["IdentityName"] for found in ses.list_email_identities()["EmailIdentities"]}
    for identity in {DOMAIN, MAIL_FROM} - known:
        ses.create_email_identity(EmailIdentity=identity)
    s3 = client("s3", url)
    if INBOUND_BUCKET not in {found["Name"] for found in s3.list_buckets()["Buckets"]}:
        s3.create_bucket(Bucket=INBOUND_BUCKET)
    return Resources(
        stream_arn=dynamodb.describe_table(TableName=TABLE)["Table"]["LatestStreamArn"],
        queue_url=_queue(sqs, "unsealed-spill"),
        dead_letters_url=_queue(sqs, "unsealed-dead-letters"),
        apns_arn=_application(sns, "APNS"),
        fcm_arn=_application(sns, "GCM"),
    )


def _queue(sqs: Any, name: str) -> str:
    known = sqs.list_queues(QueueNamePrefix=name).get("QueueUrls", [])
    return str(known[0] if known else sqs.create_queue(QueueName=name)["QueueUrl"])


def _application(sns: Any, platform: str) -> str:
    for found in sns.list_platform_applications()["PlatformApplications"]:
        if found["PlatformApplicationArn"].endswith(f"app/{platform}/unsealed"):
            return str(found["PlatformApplicationArn"])
    made = sns.create_platform_application(Name="unsealed", Platform=platform, Attributes={})
    return str(made["PlatformApplicationArn"])


def environment(
    made: Resources, url: str, public_url: str, secrets: Sequence[str], vapid_keys: Sequence[str] = ()
) -> Mapping[str, str]:
    """What app.py and chalicelib.config read, for the AWS at `url`. `secrets` and `vapid_keys` are newest first."""
    return CREDENTIALS | {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",  # else streams are asked for at a host that moto does not know
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "TABLE_NAME": TABLE,
        "STREAM_ARN": made.stream_arn,
        "SPILL_QUEUE_URL": made.queue_url,
        "DEAD_LETTERS_URL": made.dead_letters_url,
        "PUBLIC_URL": public_url,
        "SECRETS": ",".join(secrets),
        "VAPID_KEYS": ",".join(vapid_keys),
        "MAIL_FROM": MAIL_FROM,
        "DEMO": "on",
        "CALLS_A_MINUTE": "100000",  # whoever tries it out by a script shall not wait
        "INBOUND_BUCKET": INBOUND_BUCKET,
        "INBOUND_DOMAIN": DOMAIN,
        "INBOUND_TOPIC": "unsealed-inbound",
        "FEEDBACK_TOPIC": "unsealed-feedback",
        "CONFIGURATION_SET": "unsealed",
        "APNS_APPLICATION_ARN": made.apns_arn,
        "FCM_APPLICATION_ARN": made.fcm_arn,
        "POWERTOOLS_SERVICE_NAME": "unsealed",
        "POWERTOOLS_METRICS_NAMESPACE": "Unsealed",
        "POWERTOOLS_TRACE_DISABLED": "true",
        "POWERTOOLS_DEV": "false",
    }
