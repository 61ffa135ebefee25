"""The switchboard: what a cold open has to load, and how AWS is told to call each function."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import app
from infra.local.functions import Context
from tests.embedded import Embedded
from tests.system import scheduled

ROOT = Path(__file__).parent.parent
NOT_FOR_A_COLD_OPEN = [
    *("boto3", "botocore", "msgspec", "aws_lambda_powertools", "pydantic"),
    *("email", "http", "html", "urllib.request", "xml", "zoneinfo", "asyncio", "concurrent", "uuid", "tempfile"),
]


def loaded_after(code: str) -> set[str]:
    """The modules that a fresh process has loaded after it ran some code."""
    tail = "\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "HOME")}
    done = subprocess.run(
        [sys.executable, "-c", code + tail], cwd=ROOT, env=environment, capture_output=True, check=True, timeout=60
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def cold() -> set[str]:
    return loaded_after("import app")


@pytest.mark.parametrize("name", NOT_FOR_A_COLD_OPEN)
def test_a_cold_open_does_not_load(cold, name):
    assert name not in cold


NOT_ITS_ROOMS = [
    "chalicelib.senders",
    "chalicelib.store.table",
    *(f"chalicelib.routes.{name}" for name in ("api.dispatch", "api.openapi", "resources")),
    *(f"chalicelib.work.{name}" for name in ("following", "telling", "messages", "mail", "contacts", "accounts")),
    *(f"chalicelib.domain.{name}" for name in ("letters", "outgoing", "habits", "timeline")),
]


@pytest.mark.parametrize("room", NOT_ITS_ROOMS)
def test_a_cold_open_does_not_load_the_room(cold, room):
    assert not any(name == room or name.startswith(f"{room}.") for name in cold)


def test_it_is_imported_without_any_settings(cold):
    assert "chalicelib.routes.public.tracking" in cold


PURE = ["follow", "replay", "receive", "feedback", "due", "summarise"]


def test_every_function_beside_the_api_is_named_here():
    assert sorted(handler.name for handler in app.app.pure_lambda_functions) == []
    assert sorted(source.handler_string for source in app.app.event_sources) == sorted(f"app.{name}" for name in PURE)


@pytest.fixture
def sources() -> dict[str, object]:
    return {source.name: source for source in app.app.event_sources}


def test_the_stream_is_read_from_its_beginning_in_batches(sources):
    follow = sources["follow"]
    assert follow.starting_position == "TRIM_HORIZON"
    assert follow.batch_size == 100


def test_the_queue_is_read_in_batches(sources):
    assert sources["replay"].batch_size == 10


def test_schedules(sources):
    assert sources["due"].schedule_expression == "rate(1 minute)"
    assert sources["summarise"].schedule_expression == "rate(1 hour)"


def test_every_answer_is_binary_to_the_gateway():
    assert app.app.api.binary_types == ["*/*"]


def test_a_function_that_finds_nothing_to_do_does_nothing(fresh_table: Embedded):
    assert app.follow({"Records": []}, Context("follow")) == {"batchItemFailures": []}
    assert app.replay({"Records": []}, Context("replay")) == {"batchItemFailures": []}
    assert app.due(scheduled(1_790_000_000), Context("due")) is None
    assert app.summarise(scheduled(1_790_000_000), Context("summarise")) is None
    assert fresh_table.items() == []


def test_the_public_ways_in_are_these_and_the_api():
    assert {path: sorted(methods) for path, methods in app.app.routes.items() if not path.startswith("/v1/")} == {
        "/o/{token}": ["GET", "HEAD"],
        "/c/{token}": ["GET", "HEAD"],
        "/p/{token}": ["GET", "POST"],
        "/n/{token}": ["GET", "POST"],
        "/openapi.json": ["GET"],
        "/healthz": ["GET", "HEAD"],
        "/": ["GET", "HEAD"],
        "/app": ["GET", "HEAD"],
        "/app/{page}": ["GET", "HEAD"],
        "/app/v/{version}/{name}": ["GET", "HEAD"],
        "/favicon.ico": ["GET", "HEAD"],
        "/thunderbird/unsealed.xpi": ["GET", "HEAD"],
        "/thunderbird/updates.json": ["GET", "HEAD"],
        "/apple/unsealed.mobileconfig": ["GET"],
        "/mail/config-v1.1.xml": ["GET"],
        "/.well-known/autoconfig/mail/config-v1.1.xml": ["GET"],
        "/autodiscover/autodiscover.xml": ["POST"],
        "/Autodiscover/Autodiscover.xml": ["POST"],
        "/outlook/{name}": ["GET", "HEAD"],
        "/.well-known/microsoft-officeaddins-allowed.json": ["GET"],
        "/gmail/home": ["POST"],
        "/gmail/open": ["POST"],
        "/gmail/compose": ["POST"],
        "/gmail/act": ["POST"],
        "/{proxy+}": ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"],
    }
