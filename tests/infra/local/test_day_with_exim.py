"""A day on one machine with a real mail server: a mail goes out by the relay, is opened, answered and bounced, and each is told
by a mail that arrives in a mailbox.
"""

import re
from pathlib import Path

import pytest

from tests.infra.exim import exim, free_port, submit
from tests.infra.local.test_system import Running
from tests.makers import HOME, THUNDERBIRD

ANN, BOB = "demo@localhost.example", "bob@example.com"
MAIL = (
    b"From: Ann <demo@localhost.example>\r\nTo: bob@example.com, nobody@example.com\r\nSubject: Offer for June\r\n"
    b"Message-ID: <one@localhost.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b"<html><body><p>Dear Bob, here is our offer.</p></body></html>\r\n"
)


def test_a_day_with_a_real_mail_server(tmp_path: Path):
    relay, lmtp = free_port(), free_port()
    with exim(lmtp) as server:
        settings = {
            "SMTP_PORT": str(relay),
            "UPSTREAM_HOST": "127.0.0.1",
            "UPSTREAM_PORT": str(server.port),
            "UPSTREAM_TLS": "off",
            "MAIL_FROM": "unsealed@t.example.com",
            "INBOUND_PORT": str(lmtp),
        }
        system = Running(tmp_path / "data", **settings)
        try:
            _the_day(system, server, relay)
        finally:
            system.end()
        assert "Traceback" not in system.errors, system.errors


def _the_day(system: Running, server, relay: int) -> None:
    def later() -> None:
        """News waits for company: two minutes pass."""
        system.ask("POST", "/_local/clock", {"advance_seconds": 130})

    forward = system.ask("GET", "/v1/forwarding")[1]["address"]
    (server.folder / "forward").write_text(forward)
    submit(relay, ANN, system.token, MAIL, [BOB, "nobody@example.com"])
    copy = server.wait_for(BOB, "Offer for June")
    pixel = re.search(r'/o/([^"]+)"', copy.get_content())[1]

    server.wait_for(ANN, "Mail delivery failed")  # exim's own notice, in Ann's mailbox; and by her forward rule:
    system.ask("POST", "/_local/clock", {"advance_seconds": 7200})
    server.wait_for(ANN, "“Offer for June” did not reach nobody@example.com", later)

    assert system.ask("GET", f"/o/{pixel}", User_Agent=THUNDERBIRD, X_Forwarded_For=HOME)[0] == 200
    server.wait_for(ANN, "opened “Offer for June”", later)

    answer = f"From: Bob <{BOB}>\r\nTo: {ANN}\r\nSubject: Re: Offer for June\r\nMessage-ID: <two@example.com>\r\n"
    answer += "In-Reply-To: <one@localhost.example>\r\n\r\nYes, gladly.\r\n"
    server.send(BOB, ANN, answer.encode())
    assert "Yes, gladly." in server.wait_for(ANN, "Re: Offer for June").get_content()
    server.wait_for(ANN, "bob@example.com replied to “Offer for June”", later)
    (message,) = system.ask("GET", "/v1/messages")[1]["items"]
    states = {each["email"]: each["status"] for each in message["recipients"]}
    assert states == {BOB: "replied", "nobody@example.com": "bounced"}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPSTREAM_HOST", raising=False)
