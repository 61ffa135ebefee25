"""The settings: read on first use, whole or not at all, and what is missing is named."""

import pytest

from chalicelib.config import MissingSettings, config
from tests.embedded import Embedded
from tests.trouble import settings

NEEDED = ["TABLE_NAME", "SECRETS", "PUBLIC_URL", "MAIL_FROM"]


@pytest.mark.parametrize("name", NEEDED)
def test_a_setting_that_is_missing_is_named(embedded: Embedded, name):
    with settings(**{name: ""}), pytest.raises(MissingSettings, match=rf"^Set {name} in the environment"):
        config()


def test_all_that_are_missing_are_named_at_once(embedded: Embedded):
    with settings(**dict.fromkeys(NEEDED, "")), pytest.raises(MissingSettings, match=", ".join(NEEDED)):
        config()


def test_secrets_are_newest_first_and_the_oldest_is_the_key_of_the_marks(embedded: Embedded):
    with settings(SECRETS="newest, older,oldest"):
        assert config().secrets == (b"newest", b"older", b"oldest")
        assert config().key == b"oldest"


@pytest.mark.parametrize("listed", ["a,", ",a", "a,,b", "a, ,b", ","])
def test_no_empty_text_is_a_secret(embedded: Embedded, listed):
    with settings(SECRETS=listed), pytest.raises(MissingSettings, match="SECRETS contains an empty secret"):
        config()


def test_a_slash_at_the_end_of_the_public_url_does_not_matter(embedded: Embedded):
    with settings(PUBLIC_URL="https://t.example/"):
        assert config().public_url == "https://t.example"


@pytest.mark.parametrize(("wanted", "stage", "allowed"), [("on", "", True), ("", "", False), ("on", "prod", False)])
def test_a_webhook_may_lead_to_this_machine_only_where_it_is_said_so_and_never_on_aws(
    embedded: Embedded, wanted, stage, allowed
):
    with settings(WEBHOOK_LOOPBACK=wanted, STAGE=stage):
        assert config().webhook_loopback is allowed


def test_who_may_sign_in_is_read_in_any_case_and_with_any_spaces_and_nobody_is_nobody(embedded: Embedded):
    with settings(ALLOWED_SENDERS=" Example.com,,ann@Home.example ,"):
        assert config().allowed_senders == {"example.com", "ann@home.example"}
    for nobody in ("", " ", ",", " , "):
        with settings(ALLOWED_SENDERS=nobody):
            assert config().allowed_senders == frozenset()


@pytest.mark.parametrize("name", ["RETENTION_DAYS", "CALLS_A_MINUTE"])
@pytest.mark.parametrize("wanted", ["", "a year", "0", "-1", "1.5", "٣"])
def test_what_is_no_number_is_named(embedded: Embedded, name, wanted):
    with settings(**{name: wanted}), pytest.raises(MissingSettings, match=rf"^{name} must be a whole number"):
        config()


def test_settings_are_read_once(embedded: Embedded):
    assert config() is config()


def test_a_policy_of_consent_that_nobody_knows_is_refused_before_a_mail_goes_out_by_it(embedded: Embedded):
    assert config().consent_policy == "full"
    with settings(CONSENT_POLICY="link"), pytest.raises(MissingSettings, match="CONSENT_POLICY"):
        config()


@pytest.mark.parametrize(
    ("url", "stage", "demo"),
    [
        ("http://127.0.0.1:8000", "", True),
        ("http://localhost:8000", "", True),
        ("https://t.example.com", "", False),
        ("http://127.0.0.1.example.com", "", False),
        ("http://127.0.0.1:8000", "prod", False),
    ],
)
def test_only_a_system_that_nobody_else_reaches_signs_anybody_in(fresh_table, url, stage, demo):
    with settings(DEMO="on", PUBLIC_URL=url, STAGE=stage):
        assert config().demo is demo
    with settings(DEMO="", PUBLIC_URL=url, STAGE=stage):
        assert config().demo is False


def test_keys_of_pushes_are_named_where_they_cannot_be_ones(fresh_table):
    with settings(VAPID_KEYS="short"), pytest.raises(MissingSettings, match="VAPID_KEYS"):
        config()
    with settings(VAPID_KEYS="A" * 43 + ", " + "B" * 43):
        assert config().vapid_keys == ("A" * 43, "B" * 43)


@pytest.mark.parametrize(
    ("wanted", "function", "light"),
    [
        ("", "", False),
        ("", "unsealed-prod-follow", True),
        ("boto3", "unsealed-prod-follow", False),
        ("light", "", True),
    ],
)
def test_the_table_is_asked_without_boto3_on_lambda_and_where_it_is_chosen(
    embedded: Embedded, monkeypatch, wanted, function, light
):
    if function:
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", function)
    with settings(TABLE_CLIENT=wanted):
        assert config().light_table is light


def test_a_client_that_is_not_there_is_refused(embedded: Embedded):
    with settings(TABLE_CLIENT="botocore"), pytest.raises(MissingSettings, match="TABLE_CLIENT must be"):
        config()
