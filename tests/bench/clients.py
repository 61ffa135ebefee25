"""Real mail programs, through the relay and the gateway and back again: python -m tests.bench.clients [--pictures DIR].

It starts a local system of its own, whose relay hands over to a second SMTP server: the sender's provider, and everybody
else's. Each program writes a mail to somebody; the mail arrives there; headless Chromium renders what arrived, two hours
later by the system's clock; it is answered by mail; and the sender's view must say `replied`. Then what is refused, and
how. A program that this machine does not have is left out, and that is said: on Debian

    apt-get install swaks msmtp curl mutt s-nail chromium thunderbird xvfb xdotool

Nothing leaves the loopback interface. The last line is JSON: how many stories were told, and how many ended well.
"""

import argparse
import json
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests import mail_programs
from tests.bench import thunderbird
from tests.bench.load import Local
from tests.infra.relay.conftest import Provider
from tests.mail_programs import COMMANDS, Missing, Sending
from tests.mails import HTML, a_mail
from tests.makers import CHROME
from tests.system import SENDERS_DESK

DEMO = "demo@localhost.example"
PATIENCE = 30.0  # seconds for a mail to arrive
TWO_HOURS = 7200
CHROMIUM = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", f"--user-agent={CHROME}"),
)


@dataclass(frozen=True, slots=True)
class Story:
    """What became of one mail: in which words it was taken, whether it was tracked, and the sender's view of it."""

    program: str
    way: str
    taken: str
    tracked: str
    rendered: str
    opened: str
    answered: str


class World:
    """A local system, and the second SMTP server to which everything goes that leaves it."""

    def __init__(self, local: Local, provider: Provider, smtp_port: int, folder: Path, pictures: Path | None) -> None:
        self.local, self.provider, self.smtp_port = local, provider, smtp_port
        self.folder, self.pictures = folder, pictures
        self.certificate = local.folder / "relay" / "certificate.pem"

    def ask(self, method: str, path: str, body: bytes | None = None) -> Any:
        """The system's answer to its sender, who sits at a desk elsewhere."""
        headers = {"Authorization": f"Bearer {self.local.token}", "X-Forwarded-For": SENDERS_DESK}
        asked = urllib.request.Request(f"http://127.0.0.1:{self.local.port}{path}", body, headers, method=method)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.load(answer)

    def pass_time(self, seconds: float) -> None:
        self.ask("POST", "/_local/clock", json.dumps({"advance_seconds": seconds}).encode())

    def receive(self, raw: bytes, to: str, sender: str, **verdicts: str) -> None:
        """SES receives a mail and tells of it: S3, SNS, app.receive."""
        self.ask("POST", f"/_local/receive?{urlencode({'to': to, 'from': sender, **verdicts})}", raw)

    def sent_by_ses(self) -> list[dict[str, Any]]:
        return self.ask("GET", "/_local/outbox")["items"]  # type: ignore[no-any-return]

    def home(self) -> Path:
        """An empty folder."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    def sending(self, program: str) -> Sending:
        """A mail to somebody whom only this program writes to."""
        to, subject = f"{program}@example.com", f"Offer by {program}"
        raw = a_mail(From=f"Demo <{DEMO}>", To=to, Subject=subject, Message_ID=f"<{program}@localhost.example>")
        return Sending(self.smtp_port, self.local.token, self.certificate, DEMO, to, subject, HTML, raw)

    def arrived(self, to: str) -> bytes:
        """The mail that came to this address at the second server."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for _, recipient, raw in self.provider.came:
                if recipient == to:
                    return raw
            time.sleep(0.05)
        raise TimeoutError(f"nothing arrived for {to}")

    def read_and_answer(self, program: str, way: str, taken: str, raw: bytes, to: str) -> Story:
        """Somebody opens what arrived, and answers it."""
        mail = message_from_bytes(raw, policy=policy.default)
        (message,) = self.ask("GET", f"/v1/messages?{urlencode({'recipient': to})}")["items"]
        tracked = message["recipients"][0].get("not_tracked") or "tracked"
        self.pass_time(TWO_HOURS)
        rendered = self.render(mail.get_body(("html",)).get_content(), f"{program}-{way}".replace(" ", "-"))
        self.pass_time(TWO_HOURS)
        opened = self.view(message)
        answer = EmailMessage()
        answer["From"], answer["To"] = to, str(mail["Reply-To"] or mail["From"])
        answer["Subject"], answer["Message-ID"] = f"Re: {mail['Subject']}", f"<answer-{program}-{len(way)}@example.com>"
        answer["In-Reply-To"] = answer["References"] = str(mail["Message-ID"])
        answer.set_content("Yes, gladly.")
        # To our own reply address, else to the sender's mailbox, whose rule forwards a copy.
        where = (
            mail["Reply-To"].addresses[0].addr_spec
            if mail["Reply-To"]
            else self.ask("GET", "/v1/forwarding")["address"]
        )
        self.receive(answer.as_bytes(), where, to)
        return Story(program, way, taken, tracked, rendered, opened, self.view(message))

    def view(self, message: dict[str, Any]) -> str:
        """What the sender is shown: the status, and the last event's verdict."""
        seen = self.ask("GET", f"/v1/messages/{message['id']}")
        last = seen["events"][-1]["verdict"] if seen["events"] else None
        return f"{seen['status']} ({last['kind']} {last['confidence']:.2f})" if last else str(seen["status"])

    def render(self, html: str, name: str) -> str:
        """Chromium renders a mail's HTML; the words in it."""
        if shutil.which("chromium") is None:
            return "no chromium"
        page = self.home() / "mail.html"
        page.write_text(html)
        command = [*CHROMIUM, f"--user-data-dir={self.home()}", "--virtual-time-budget=4000"]
        if self.pictures is not None:
            command += ["--window-size=600,300", f"--screenshot={self.pictures / f'chromium-{name}.png'}"]
        else:
            command += ["--dump-dom"]
        done = subprocess.run([*command, str(page)], capture_output=True, timeout=120)
        return "rendered" if done.returncode == 0 else f"failed ({done.returncode})"


@contextmanager
def a_world(pictures: Path | None) -> Iterator[World]:
    """Everything started, and stopped behind it."""
    provider = Provider()
    provider.up()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        upstream = {"UPSTREAM_HOST": "127.0.0.1", "UPSTREAM_PORT": str(provider.port), "UPSTREAM_TLS": "off"}
        local = Local(folder / "data", SMTP_PORT=str(port), **upstream)
        local.folder.mkdir()
        local.start()
        try:
            yield World(local, provider, port, folder, pictures)
        finally:
            local.stop()
            provider.down()


def by_relay(world: World, program: str) -> Story:
    """A program sends through the relay: AUTH over STARTTLS. Raises Missing."""
    sending = world.sending(program)
    if program == "thunderbird":
        kept = thunderbird.send(sending, world.home(), world.pictures)
        taken = "sent; Sent has our pixel" if b"/o/" in kept else "sent; Sent is as written"
    else:
        done = mail_programs.send(program, sending, world.home())
        taken = "sent" if done.returncode == 0 else f"failed: {(done.stderr or done.stdout)[-80:]!r}"
    return world.read_and_answer(program, "relay", taken, world.arrived(sending.to), sending.to)


def by_gateway(world: World, program: str) -> Story:
    """A program sends to `name=example.com@` by its own provider, whose server brings it to SES. Raises Missing."""
    if shutil.which("swaks") is None:
        raise Missing("swaks is not installed on this machine")
    to, written_to = "dora@example.com", "dora=example.com@localhost.example"
    mail = world.home() / "mail.eml"
    mail.write_bytes(a_mail(From=f"Demo <{DEMO}>", To=written_to, Subject="Offer by the gateway"))
    said = _swaks(world.provider.port, "--from", DEMO, "--to", written_to, "--data", str(mail))
    world.receive(world.arrived(written_to), written_to, DEMO)
    (gone,) = [each for each in world.sent_by_ses() if each["to"] == [to]]
    with smtplib.SMTP("127.0.0.1", world.provider.port) as ses:
        ses.sendmail(gone["from"], [to], gone["raw"].encode())
    return world.read_and_answer(program, "gateway", said[-1] if said else "sent", world.arrived(to), to)


def refusals_of_the_relay(world: World) -> Iterator[tuple[str, str]]:
    """What is tried at the relay, and what it says to that. Raises Missing."""
    if shutil.which("swaks") is None:
        raise Missing("swaks is not installed on this machine")
    signed_in = ("--tls", "--auth", "PLAIN", "--auth-user", "demo", "--auth-password")
    hop = b"Received: from a by b; Mon, 21 Sep 2026 14:13:20 +0000\r\n"
    tried = {
        "a wrong password": ((*signed_in, "a guess"), DEMO, a_mail(From=DEMO)),
        "no TLS": ((), DEMO, a_mail(From=DEMO)),
        "TLS, no password": (("--tls",), DEMO, a_mail(From=DEMO)),
        "an unregistered sender": (
            (*signed_in, world.local.token),
            "eve@other.example",
            a_mail(From="eve@other.example"),
        ),
        "a spoofed From": ((*signed_in, world.local.token), DEMO, a_mail(From="Demo <boss@other.example>")),
        "two authors": ((*signed_in, world.local.token), DEMO, a_mail(From=f"{DEMO}, eve@other.example")),
        "a mail that loops": ((*signed_in, world.local.token), DEMO, hop * 31 + a_mail(From=DEMO)),
    }
    for what, (options, sender, raw) in tried.items():
        mail = world.home() / "mail.eml"
        mail.write_bytes(raw)
        said = _swaks(world.smtp_port, *options, "--from", sender, "--to", "x@example.com", "--data", str(mail))
        yield what, " / ".join(said) or "taken"


def refusals_of_the_gateway(world: World) -> Iterator[tuple[str, str]]:
    """What is tried at the gateway by SES's receipts, and what comes of it: a mail, or a line in the log."""
    bob, nobody = "bob=example.com@localhost.example", "nobody@localhost.example"
    ourselves, eve = "x=localhost.example@localhost.example", "eve@other.example"
    tried: dict[str, tuple[bytes, str, str, dict[str, str]]] = {
        "an unregistered sender": (a_mail(From=eve, To=bob), bob, eve, {}),
        "a spoofed From": (a_mail(From=DEMO, To=bob), bob, eve, {"dmarc": "FAIL"}),
        "a mail that loops": (a_mail(From=DEMO, To=bob, X_Unsealed="0199"), bob, DEMO, {}),
        "an automatic mail": (a_mail(From=DEMO, To=bob, Auto_Submitted="auto-replied"), bob, DEMO, {}),
        "an address that is nobody's": (a_mail(From=DEMO, To=nobody), nobody, DEMO, {}),
        "back to ourselves": (a_mail(From=DEMO, To=ourselves), ourselves, DEMO, {}),
    }
    for what, (raw, to, sender, verdicts) in tried.items():
        log, sent = world.folder / "log", len(world.sent_by_ses())
        seen = log.stat().st_size
        world.receive(raw, to, sender, **verdicts)
        told = [f"mail to {each['to'][0]}: {_reason(each['text'])}" for each in world.sent_by_ses()[sent:]]
        yield what, "; ".join(told) or f"nothing goes out; the log says: {_logged(log, seen)}"


def _swaks(port: int, *options: str) -> list[str]:
    """The answers that were no yes."""
    command = ["swaks", "--server", "127.0.0.1", "--port", str(port), *options]
    done = subprocess.run(command, capture_output=True, timeout=60, text=True)
    lines = (line.split(None, 1) for line in done.stdout.splitlines())
    return [line[1] for line in lines if len(line) == 2 and line[0] in ("<**", "<~*")]


def _reason(text: str) -> str:
    """What a mail says that something was not delivered, without its first and its last sentence."""
    return " ".join(text.split("\n\n")[2].split())


def _logged(log: Path, since: int) -> str:
    lines = log.read_bytes()[since:].decode().splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    return "; ".join(f"{each['message']} {each.get('reason', '')}".strip() for each in told if "mail" in each)


def main() -> None:
    """Tell all stories, and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--pictures", type=Path, help="a folder for pictures of Thunderbird's screen and of what Chromium shows"
    )
    pictures = parser.parse_args().pictures
    stories, left_out = [], []
    with a_world(pictures) as world:
        ways = [(by_relay, program) for program in (*COMMANDS, "thunderbird")] + [(by_gateway, "swaks")]
        for way, program in ways:
            try:
                stories.append(way(world, program))
            except Missing as missing:
                left_out.append(f"{program}: {missing}")
        _print(("program", "way", "the program", "the mail", "Chromium", "after opening", "after the answer"), [
            (each.program, each.way, each.taken, each.tracked, each.rendered, each.opened, each.answered) for each in stories
        ])  # fmt: skip
        for name, refusals in (("the relay", refusals_of_the_relay), ("the gateway", refusals_of_the_gateway)):
            print()
            try:
                _print((f"tried at {name}", "the answer"), list(refusals(world)))
            except Missing as missing:
                left_out.append(f"refusals of {name}: {missing}")
    print(*(f"\nLeft out: {each}" for each in left_out), sep="")
    well = sum(each.tracked == "tracked" and each.answered.startswith("replied") for each in stories)
    print(json.dumps({"stories": len(stories), "ended_well": well, "left_out": len(left_out)}))


def _print(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, tuple("-" * width for width in widths), *rows):
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
