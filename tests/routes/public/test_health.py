"""What an uptime check is told."""

import tomllib
from pathlib import Path

import pytest

from tests.counting import counting
from tests.system import System
from tests.trouble import settings

PROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())["project"]


def test_a_complete_deployment_is_well_and_tells_its_version(system: System):
    with counting(system.aws) as calls:
        answer = system.ask("GET", "/healthz")
    assert (answer.status, answer.json) == (200, {"version": PROJECT["version"], "settings": "complete"})
    assert answer.headers["cache-control"] == "no-store" and calls == []


def test_what_is_missing_is_named(system: System):
    with settings(MAIL_FROM="", PUBLIC_URL=""):
        answer = system.ask("GET", "/healthz")
    assert answer.status == 503 and "PUBLIC_URL, MAIL_FROM" in answer.json["settings"]


@pytest.mark.parametrize("wrong", [{"VERDICT_SETTINGS": "no JSON"}, {"RETENTION_DAYS": "a year"}])
def test_what_is_wrong_is_named(system: System, wrong):
    with settings(**wrong):
        answer = system.ask("GET", "/healthz")
    assert answer.status == 503 and next(iter(wrong)) in answer.json["settings"]


def test_a_check_may_ask_by_head(system: System):
    assert system.ask("HEAD", "/healthz").status == 200
