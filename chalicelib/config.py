"""Every setting, from the environment: one frozen object, read on first use."""

import os
import re
from functools import cache
from typing import NamedTuple

VERSION = "0.1.0"


class MissingSettings(Exception):  # noqa: N818
    """A required setting is missing, or a value is invalid. Raised on first use, naming it."""


class Config(NamedTuple):
    """The settings of one deployment. docs/settings.md has a line on each."""

    table_name: str
    secrets: tuple[bytes, ...]
    public_url: str
    mail_from: str
    spill_queue_url: str
    dead_letters_url: str
    apns_application_arn: str
    fcm_application_arn: str
    retention_days: int
    consent_policy: str
    verdict_settings: str
    stage: str
    allowed_senders: frozenset[str]
    calls_a_minute: int
    inbound_bucket: str
    inbound_domain: str
    inbound_topic: str
    feedback_topic: str
    configuration_set: str
    region: str
    dynamodb_endpoint: str
    ca_bundle: str
    light_table: bool
    webhook_loopback: bool
    data_dir: str
    demo: bool
    vapid_keys: tuple[str, ...]
    relay_address: str
    mail_servers: str
    gmail_service_account: str
    gmail_client_id: str
    gmail_drafts: bool
    google_apis: str

    @property
    def key(self) -> bytes:
        """The key of the hashes that tell two hits apart. It is the oldest secret, so that a rotation does not change it."""
        return self.secrets[-1]


@cache
def config() -> Config:
    """The settings of this process. Raises MissingSettings."""
    data_dir = (
        os.environ.get("DATA_DIR", "") if not os.environ.get("STAGE") else ""
    )  # a function's disk is gone with it
    needed = {name: os.environ.get(name, "") for name in ("TABLE_NAME", "SECRETS", "PUBLIC_URL", "MAIL_FROM")}
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION", "")
    needed["AWS_REGION"] = region
    elsewhere = ("TABLE_NAME", "AWS_REGION") if data_dir else ()  # all is in DATA_DIR then
    missing = [name for name, value in needed.items() if not value and name not in elsewhere]
    if missing:
        raise MissingSettings(f"Set {', '.join(missing)} in the environment: docs/settings.md says what each is.")
    return Config(
        table_name=needed["TABLE_NAME"],
        secrets=_secrets(needed["SECRETS"]),
        public_url=needed["PUBLIC_URL"].rstrip("/"),
        mail_from=needed["MAIL_FROM"],
        spill_queue_url=os.environ.get("SPILL_QUEUE_URL", ""),
        dead_letters_url=os.environ.get("DEAD_LETTERS_URL", ""),
        apns_application_arn=os.environ.get("APNS_APPLICATION_ARN", ""),
        fcm_application_arn=os.environ.get("FCM_APPLICATION_ARN", ""),
        retention_days=_number("RETENTION_DAYS", os.environ.get("RETENTION_DAYS", "400")),
        consent_policy=_policy(os.environ.get("CONSENT_POLICY", "full")),
        verdict_settings=os.environ.get("VERDICT_SETTINGS", ""),
        stage=os.environ.get("STAGE", ""),
        allowed_senders=frozenset(
            filter(None, map(str.strip, os.environ.get("ALLOWED_SENDERS", "").lower().split(",")))
        ),
        calls_a_minute=_number("CALLS_A_MINUTE", os.environ.get("CALLS_A_MINUTE", "600")),
        inbound_bucket=os.environ.get("INBOUND_BUCKET", ""),
        inbound_domain=(os.environ.get("INBOUND_DOMAIN") or needed["MAIL_FROM"].partition("@")[2]).lower(),
        inbound_topic=os.environ.get("INBOUND_TOPIC", ""),
        feedback_topic=os.environ.get("FEEDBACK_TOPIC", ""),
        configuration_set=os.environ.get("CONFIGURATION_SET", ""),
        region=region,
        dynamodb_endpoint=os.environ.get("AWS_ENDPOINT_URL_DYNAMODB")
        or os.environ.get("AWS_ENDPOINT_URL")
        or f"https://dynamodb.{region}.amazonaws.com",
        ca_bundle=os.environ.get("AWS_CA_BUNDLE", ""),
        # Elsewhere than on Lambda, the credentials may stand in a profile, which only boto3 reads.
        light_table=_table_client(os.environ.get("TABLE_CLIENT", ""), "AWS_LAMBDA_FUNCTION_NAME" in os.environ),
        # On AWS a function's own loopback is where its runtime listens: a stage never has this.
        data_dir=data_dir,
        webhook_loopback=os.environ.get("WEBHOOK_LOOPBACK") == "on" and not os.environ.get("STAGE"),
        # The local system's start page signs anybody at this machine in: never what has a stage, or strangers can reach.
        demo=os.environ.get("DEMO") == "on" and not os.environ.get("STAGE") and _loops_back(needed["PUBLIC_URL"]),
        vapid_keys=_vapid_keys(os.environ.get("VAPID_KEYS", "")),
        relay_address=os.environ.get("RELAY_ADDRESS", ""),
        mail_servers=os.environ.get("MAIL_SERVERS", ""),
        gmail_service_account=os.environ.get("GMAIL_SERVICE_ACCOUNT", ""),
        gmail_client_id=os.environ.get("GMAIL_CLIENT_ID", ""),
        gmail_drafts=os.environ.get("GMAIL_DRAFTS") == "on",
        google_apis=_stand_in(os.environ.get("GOOGLE_APIS", "")),
    )


def _vapid_keys(listed: str) -> tuple[str, ...]:
    keys = tuple(filter(None, map(str.strip, listed.split(","))))
    if not all(re.fullmatch(r"[A-Za-z0-9_-]{43}", key) for key in keys):
        raise MissingSettings("VAPID_KEYS must be private keys of 32 bytes in base64url, newest first, between commas.")
    return keys


def _loops_back(url: str) -> bool:
    return re.match(r"https?://(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(/|$)", url) is not None


def _stand_in(url: str) -> str:
    """What stands for Google's servers in a test: on this machine alone, and never on AWS."""
    return url.rstrip("/") if url and _loops_back(url) and not os.environ.get("STAGE") else ""


def _number(name: str, wanted: str) -> int:
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 10 and wanted[0] != "0"):
        raise MissingSettings(f"{name} must be a whole number from 1 up, not “{wanted}”.")
    return int(wanted)


def _table_client(wanted: str, on_lambda: bool) -> bool:
    """Whether the table is asked by our own client."""
    if wanted not in ("", "light", "boto3"):
        raise MissingSettings("TABLE_CLIENT must be “light” or “boto3”.")
    return wanted == "light" or (not wanted and on_lambda)


def _policy(wanted: str) -> str:
    if wanted not in ("full", "links", "nothing"):
        raise MissingSettings("CONSENT_POLICY must be “full”, “links” or “nothing”.")
    return wanted


def _secrets(listed: str) -> tuple[bytes, ...]:
    secrets = tuple(secret.strip().encode() for secret in listed.split(","))
    if not all(secrets):
        raise MissingSettings("SECRETS contains an empty secret: separate them with single commas, newest first.")
    return secrets


class Credentials(NamedTuple):
    """A function's AWS credentials. `session_token` is empty for a user's own keys."""

    access_key: str
    secret_key: str
    session_token: str


def credentials() -> Credentials:
    """The credentials as the environment holds them now: read at each call, since they may be renewed."""
    return Credentials(
        os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"], os.environ.get("AWS_SESSION_TOKEN", "")
    )
