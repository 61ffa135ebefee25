"""What a person at this machine is shown of what left the house."""

import json
from collections.abc import Iterator

import pytest

from chalicelib.senders import mail
from infra.local.console import Console
from infra.local.httpd import Request
from tests import one_machine
from tests.mails import a_mail
from tests.makers import HOME, THUNDERBIRD
from tests.replies import an_answer, reply_to
from tests.system import System


@pytest.fixture
def system() -> Iterator[System]:
    """Unsealed on one machine."""
    with one_machine.started() as here:
        yield System(here)  # type: ignore[arg-type] # it answers the same


def shown(system: System, path: str) -> str:
    console = Console(system.aws._outbox, lambda: 0.0, lambda seconds: seconds, lambda: None, lambda *_: None)
    answer = console(Request("GET", path, (), b"", "127.0.0.1"))
    assert answer is not None and answer.status == 200
    return answer.body.decode()


def test_each_mail_says_what_kind_it_is(system: System):
    message = system.send()
    system.opened(message, 7_200, THUNDERBIRD, HOME)
    system.follow()
    system.receive(an_answer(), reply_to(message))
    to = "carol=example.com@localhost.example"
    system.receive(a_mail(From="Ann <ann@sender.example>", Subject="By the gateway"), to, sender="ann@sender.example")
    kinds = [(mail["kind"], mail["to"][0]) for mail in system.aws.outbox()]
    assert kinds[:2] == [("letter", "ann@sender.example"), ("answer", "ann@sender.example")]
    assert ("copy", "carol@example.com") in kinds


def test_the_outbox_reads_as_letters_do(system: System):
    assert shown(system, "/_local/outbox.txt") == "Nothing was sent so far.\n"
    for hours, subject in enumerate(("First", "Zweites für Jürgen"), 2):
        system.opened(system.send(subject=subject), hours * 3600, THUNDERBIRD, HOME)
        system.follow()
    first, second = shown(system, "/_local/outbox.txt").split("─" * 72)
    assert first.splitlines()[:2] == [
        "2026-09-21T16:13:20.000Z  letter to ann@sender.example",
        "bob@example.com opened “First”",
    ]
    assert "How sure" in first and "bob@example.com opened “Zweites für Jürgen”" in second


def test_as_json_it_is_readable_too_and_holds_everything(system: System):
    raw = b"From: a@localhost.example\r\nTo: b@example.com\r\nSubject: =?utf-8?q?=C3=BCber?= \xff\r\n\r\nText \xff\r\n"
    mail.forward(raw, "b@example.com", "unsealed@localhost.example")
    told = shown(system, "/_local/outbox")
    assert json.loads(told)["items"] == system.aws.outbox()
    assert '\n      "kind": "copy",' in told and "über" in told
    assert "über" in shown(system, "/_local/outbox.txt")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "127.0.0.1:8000"}, 200),
        ({"Host": "localhost:8000", "Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Host": "[::1]:8000", "Sec-Fetch-Site": "none"}, 200),
        ({"Host": "rebound.example:8000"}, 403),
        ({"Host": "127.0.0.1.rebound.example"}, 403),
        ({"Host": "127.0.0.1:8000", "Origin": "https://elsewhere.example"}, 403),
        ({"Host": "127.0.0.1:8000", "Origin": "null"}, 403),
        ({"Host": "127.0.0.1:8000", "Origin": "http://127.0.0.1:3000"}, 403),
        ({"Host": "127.0.0.1:8000", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "127.0.0.1:8000", "Sec-Fetch-Site": "same-site"}, 403),
    ],
)
@pytest.mark.parametrize(("method", "path"), [("GET", "/_local/clock"), ("POST", "/_local/clock")])
def test_it_answers_by_this_machines_names_alone_and_no_page_of_another_site(system, method, path, headers, status):
    console = Console(system.aws._outbox, lambda: 0.0, lambda seconds: seconds, lambda: None, lambda *_: None)
    answer = console(Request(method, path, tuple(headers.items()), b'{"advance_seconds": 0}', "127.0.0.1"))
    assert answer is not None and answer.status == status
