"""The deployment of the Gmail add-on, as Google's own description takes it."""

import json
import subprocess
import sys

import pytest

import app
from infra.gmail import deployment


def test_google_takes_it():
    from google.cloud.gsuiteaddons_v1 import Deployment  # which each process would load to find its tests

    made = Deployment.from_json(json.dumps(deployment("t.example.com")))
    assert made.add_ons.common.homepage_trigger.run_function == "https://t.example.com/gmail/home"
    assert made.add_ons.gmail.compose_trigger.draft_access.name == "METADATA"


def test_it_names_what_is_there_and_may_open_our_pages():
    text = json.dumps(deployment("t.example.com"))
    for what in ("home", "open", "compose"):
        assert f"https://t.example.com/gmail/{what}" in text and f"/gmail/{what}" in app.app.routes
    assert deployment("t.example.com")["addOns"]["common"]["openLinkUrlPrefixes"] == ["https://t.example.com/"]


def test_the_scope_for_whole_drafts_is_there_only_where_it_is_wanted():
    wanted = "https://www.googleapis.com/auth/gmail.compose"
    assert wanted not in json.loads(printed("t.example.com").stdout)["oauthScopes"]
    assert wanted in json.loads(printed("t.example.com", "on").stdout)["oauthScopes"]


def printed(host: str, drafts: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", "infra.gmail", host, drafts], capture_output=True, text=True)


def test_the_command_prints_it():
    assert (
        json.loads(printed("x.execute-api.eu-west-1.amazonaws.com/api").stdout)["addOns"]["common"]["name"]
        == "Unsealed"
    )


@pytest.mark.parametrize("host", ["", "https://t.example.com", "localhost", 'a"b.com'])
def test_what_is_no_host_is_told(host):
    assert printed(host).returncode == 1 and "make gmail HOST=" in printed(host).stderr
