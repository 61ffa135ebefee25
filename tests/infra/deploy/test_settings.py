"""What the owner says of a stage, and what is said when it will not do."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.deploy import settings
from infra.deploy.errors import CannotDeploy

APNS = "arn:aws:sns:eu-central-1:123456789012:app/APNS/unsealed"


def read(folder: Path, stage: str = "prod", custom: str = "", **environment: str) -> settings.Settings:
    block: dict[str, Any] = {"environment_variables": {"MAIL_FROM": "unsealed@track.example.com", **environment}}
    if custom:
        block["api_gateway_custom_domain"] = {"domain_name": custom, "certificate_arn": "arn:aws:acm:..."}
    file = folder / "config.json"
    file.write_text(json.dumps({"stages": {"dev": {}, "prod": block}}))
    return settings.read(file, stage)


def test_the_domain_is_that_of_the_address_mail_comes_from(tmp_path):
    read_ = read(tmp_path)
    assert (read_.domain, read_.stack, read_.public_url) == ("track.example.com", "unsealed-prod", "")


def test_a_custom_domain_is_the_public_url(tmp_path):
    assert read(tmp_path, custom="t.example.com").public_url == "https://t.example.com"


def test_pushes_may_go_to_the_endpoints_of_their_application_only(tmp_path):
    names = read(tmp_path, APNS_APPLICATION_ARN=APNS).names
    assert names["ApnsEndpoints"] == "arn:aws:sns:eu-central-1:123456789012:endpoint/APNS/unsealed/*"
    assert names["FcmEndpoints"] == names["FCM_APPLICATION_ARN"] == ""


@pytest.mark.parametrize(
    "said, told",
    [
        ({"MAIL_FROM": ""}, "MAIL_FROM is no address.*stages.prod"),
        ({"MAIL_FROM": "unsealed@localhost"}, "at a domain of yours"),
        ({"PUBLIC_URL": "http://t.example.com"}, "PUBLIC_URL is no https address"),
        ({"PUBLIC_URL": "https://other.example.com", "custom": "t.example.com"}, "not https://t.example.com"),
        ({"stage": "staging"}, "knows no stage staging, only dev, prod"),
        ({"stage": "Prod-1"}, "small letters"),
        ({"FCM_APPLICATION_ARN": "unsealed"}, "platform application"),
        ({"ALLOWED_SENDERS": "example.com, @home.example"}, "“@home.example” is neither an address nor a domain"),
        ({"ALLOWED_SENDERS": "*"}, "ALLOWED_SENDERS"),
        ({"RETENTION_DAYS": "a year"}, "RETENTION_DAYS is a number of days, which “a year” is not"),
        ({"CALLS_A_MINUTE": "0"}, "CALLS_A_MINUTE is a number of calls"),
        ({"CONSENT_POLICY": "all"}, "CONSENT_POLICY is “full”, “links” or “nothing”"),
        ({"VERDICT_SETTINGS": '{"hold_opens": 90}'}, "VERDICT_SETTINGS must be like.*hold_opens"),
        ({"ALLOWED_SENDERS": "example.com ann@home.example"}, "ALLOWED_SENDERS"),
    ],
)
def test_what_is_missing_or_wrong_is_named_with_its_place(tmp_path, said, told):
    with pytest.raises(CannotDeploy, match=told):
        read(tmp_path, **said)


@pytest.mark.parametrize(
    "named", ["", "example.com", "Example.com, ann@home.example", "a+b@x.example,", "sub.example.com"]
)
def test_addresses_and_domains_may_be_allowed(tmp_path, named):
    assert read(tmp_path, ALLOWED_SENDERS=named).environment.get("ALLOWED_SENDERS", "") == named
