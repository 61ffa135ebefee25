"""One machine beside other open trackers, each run as its README says: `python -m tests.bench.peers [--fastapi CHECKOUT]
[--django ENVIRONMENT]`.

The same hits in turn, each on a mail of its own; every news leaves by STARTTLS and a login to one SMTP server, which is not
counted. CPU is that of all the processes that a tracker needs, its database's too. `--fastapi` is a checkout of
github.com/mbuckingham74/mailtracker with its requirements, and greenlet, in `.venv`; it wants mariadb-server. `--django` is an
environment with `pytracking[django]` and gunicorn. That one is a library: the few lines of a project around it, one row and one
mail a hit, are as its README has them. The last line is the figures as JSON.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.bench.one_machine import ROOT, message, pixel
from tests.bench.one_machine import Build as Ours
from tests.certificates import certificate, server_context
from tests.makers import CHROME

_TICK = os.sysconf("SC_CLK_TCK")
_PATIENCE = 60.0
_QUIET = 2.0  # seconds without work: it is idle
_TOGETHER = 130  # seconds that ours waits at most, so that what comes together is told in one mail
_OLD_ENOUGH = 6.0  # seconds: the FastAPI tracker takes no open before
_PROJECT = """
import os, sys
import django
from django.conf import settings
settings.configure(
    SECRET_KEY="a bench's", ALLOWED_HOSTS=["*"], ROOT_URLCONF="project", DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DATABASE"]}},
    EMAIL_HOST="localhost", EMAIL_PORT=int(os.environ["MAIL"]), EMAIL_USE_TLS=True,
    EMAIL_HOST_USER="ann", EMAIL_HOST_PASSWORD="secret",
    PYTRACKING_CONFIGURATION={"base_open_tracking_url": "http://127.0.0.1/open/"},
)
django.setup()
from django.core.mail import send_mail
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.urls import path
from pytracking.django import OpenTrackingView

class Open(models.Model):
    message = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
    agent = models.TextField()
    address = models.CharField(max_length=40)
    class Meta:
        app_label = "project"

class Opened(OpenTrackingView):
    def notify_tracking_event(self, result):
        message, request = result.metadata["message"], result.request_data
        Open.objects.create(message=message, agent=request["user_agent"], address=request["user_ip"])
        send_mail(f"{message} was opened", "By somebody.", "ann@example.com", ["ann@example.com"])

urlpatterns = [path("open/<path:path>", Opened.as_view())]
application = get_wsgi_application()
if __name__ == "__main__":
    with connection.schema_editor() as editor:
        editor.create_model(Open)
    import pytracking
    for number in range(int(sys.argv[1])):
        print(pytracking.get_open_tracking_url({"message": str(number)}, base_open_tracking_url="/open/"))
"""


class Mailbox:
    """The SMTP server that every news goes to: it counts them."""

    def __init__(self) -> None:
        self.mails = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail."""
        self.mails += 1
        return "250 OK"


@contextmanager
def mailbox(folder: Path) -> Iterator[tuple[Mailbox, int, Path]]:
    """The server, its port, and the certificate that it proves itself by."""
    proof = certificate(folder, "localhost")
    found = Mailbox()
    controller = Controller(
        found,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=server_context(proof),
        authenticator=lambda *_: AuthResult(success=True),
        auth_required=True,
    )
    controller.start()
    yield found, controller.port, proof
    controller.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@dataclass(frozen=True)
class Tracker:
    """A tracker that runs: where it listens, its mails' pixels, its processes, and what lets it tell what waits."""

    port: int
    pixels: Sequence[str]
    processes: Sequence[subprocess.Popen[Any]]
    settle: Callable[[], object] = lambda: None

    def cpu(self) -> float:
        """Seconds of CPU so far, of its processes and their children."""
        spent, own = 0, {process.pid for process in self.processes}
        for each in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = each.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            if {int(each.parent.name), int(fields[1])} & own:
                spent += int(fields[11]) + int(fields[12])
        return spent / _TICK

    def idle(self) -> float:
        """Seconds of CPU once it has nothing more to do."""
        last, since = self.cpu(), monotonic()
        while monotonic() - since < _QUIET:
            sleep(0.1)
            if (now := self.cpu()) - last > 0.03:
                last, since = now, monotonic()
        return self.cpu()


@contextmanager
def ours(folder: Path, hits: int, mail: int, proof: Path, alone: bool) -> Iterator[Tracker]:
    """This build, which sends by its queue to the owner's provider. `alone`: each mail is another sender's."""
    settings = {
        "UPSTREAM_HOST": "localhost",
        "UPSTREAM_PORT": str(mail),
        "UPSTREAM_USER": "ann",
        "UPSTREAM_PASSWORD": "secret",
        "SSL_CERT_FILE": str(proof),
    }
    data = folder / ("alone" if alone else "together")
    tokens = list[str]()
    if alone:  # codes are read in the outbox, so without a provider
        domains = ",".join(f"sender{number}.example" for number in range(hits))
        settings["ALLOWED_SENDERS"] = domains
        build = Ours(ROOT, data, ALLOWED_SENDERS=domains)
        tokens = [build.signed_in(build.connection(), number) for number in range(hits)]
        build.stop()
    build = Ours(ROOT, data, **settings)
    asking = build.connection()
    whose = tokens or [""] * hits
    made = [build.call(asking, "POST", "/v1/messages", message(number), whose[number]) for number in range(hits)]

    def later(seconds: int) -> None:
        build.call(asking, "POST", "/_local/clock", {"advance_seconds": seconds})

    later(7200)
    try:
        settle = (lambda: None) if alone else (lambda: later(_TOGETHER))  # what is told alone waits for nothing
        yield Tracker(build.port, [pixel(each) for each in made], [build.process], settle)
    finally:
        build.stop()


@contextmanager
def fastapi(checkout: Path, folder: Path, hits: int, mail: int) -> Iterator[Tracker]:
    """The FastAPI tracker on MariaDB."""
    port, database = free_port(), free_port()
    data = folder / "mariadb"
    told = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["mariadb-install-db", f"--datadir={data}", "--user=root", "--skip-test-db"], **told)  # type: ignore[call-overload]
    where = [f"--socket={folder}/socket", f"--port={database}", "--bind-address=127.0.0.1", "--skip-name-resolve"]
    begin: list[str | Path] = [
        checkout / ".venv/bin/python",
        "-m",
        "uvicorn",
        "app.main:app",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    settings = {
        "DATABASE_URL": f"mysql+aiomysql://ann:secret@127.0.0.1:{database}/mailtrack",
        "SECRET_KEY": "a bench's",
        "API_KEY": "key",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DASHBOARD_USERNAME": "ann",
        "DASHBOARD_PASSWORD": "secret",
        "SMTP_SERVER": "localhost",
        "SMTP_PORT": str(mail),
        "SMTP_USERNAME": "ann@example.com",
        "SMTP_PASSWORD": "secret",
        "NOTIFICATION_EMAIL": "ann@example.com",
    }
    with process(["mariadbd", "--no-defaults", f"--datadir={data}", "--user=root", *where]) as engine:
        until(lambda: (folder / "socket").exists())
        asked = (
            "CREATE DATABASE mailtrack; CREATE USER ann@'%' IDENTIFIED BY 'secret'; GRANT ALL ON mailtrack.* TO ann@'%'"
        )
        subprocess.run(["mariadb", f"--socket={folder}/socket", "-e", asked], **told)  # type: ignore[call-overload]
        with process(begin, cwd=checkout, env={"PATH": os.environ["PATH"], **settings}) as web:
            until(lambda: listens(port))
            asking = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
            pixels = []
            for number in range(hits):
                body = json.dumps({"recipient": f"bob{number}@example.com", "subject": f"No. {number}"})
                asking.request("POST", "/api/tracks", body, {"X-API-Key": "key", "Content-Type": "application/json"})
                pixels.append(json.loads(asking.getresponse().read())["pixel_url"].partition(str(port))[2])
            sleep(_OLD_ENOUGH)
            yield Tracker(port, pixels, [engine, web])


@contextmanager
def django(environment: Path, folder: Path, hits: int, mail: int, proof: Path) -> Iterator[Tracker]:
    """pytracking in a Django project of a few lines, on SQLite."""
    port = free_port()
    (folder / "project.py").write_text(_PROJECT)
    settings = {"PATH": os.environ["PATH"], "DATABASE": str(folder / "project.sqlite"), "MAIL": str(mail)}
    told: dict[str, Any] = {"cwd": folder, "env": settings | {"SSL_CERT_FILE": str(proof)}, "text": True}
    listed = subprocess.run(
        [environment / "bin/python", "project.py", str(hits)], check=True, stdout=subprocess.PIPE, **told
    )
    begin: list[str | Path] = [
        environment / "bin/gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
        "project:application",
    ]
    with process(begin, **told) as web:
        until(lambda: listens(port))
        yield Tracker(port, listed.stdout.split(), [web])


def measured(tracker: Tracker, box: Mailbox) -> dict[str, float]:
    """CPU from a hit to the news of it, milliseconds, and how many mails told of them."""
    opened(tracker, tracker.pixels[:1])  # what loads at first
    before, mails = tracker.idle(), box.mails
    opened(tracker, tracker.pixels[1:])
    tracker.idle()
    tracker.settle()
    spent, hits = tracker.idle() - before, len(tracker.pixels) - 1
    return {"hit_to_told_ms": 1000 * spent / hits, "mails_a_hit": (box.mails - mails) / hits}


def opened(tracker: Tracker, pixels: Sequence[str]) -> None:
    """Somebody opens each of these."""
    asking = http.client.HTTPConnection("127.0.0.1", tracker.port, timeout=_PATIENCE)
    for number, each in enumerate(pixels):
        asking.request(
            "GET", each, headers={"User-Agent": CHROME, "X-Forwarded-For": f"81.4.{number // 200}.{number % 200}"}
        )
        response = asking.getresponse()
        assert response.read() and response.status == 200


def until(enough: Callable[[], bool]) -> None:
    """Wait for something. Raises TimeoutError."""
    late = monotonic() + _PATIENCE
    while not enough():
        if monotonic() > late:
            raise TimeoutError
        sleep(0.05)


def listens(port: int) -> bool:
    """Whether somebody does."""
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def process(begin: Sequence[str | Path], **told: Any) -> Iterator[subprocess.Popen[Any]]:
    """A process, ended in the end."""
    begun = subprocess.Popen(begin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **told)
    try:
        yield begun
    finally:
        begun.terminate()
        begun.wait(_PATIENCE)


def main() -> None:
    """Measure in turn, and print the medians."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--fastapi", type=Path)
    asked.add_argument("--django", type=Path)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--hits", type=int, default=80, help="no more than a hundred: so many may sign in on a day")
    said = asked.parse_args()
    found: dict[str, list[dict[str, float]]] = {}
    for _ in range(said.rounds):
        with ExitStack() as open_ones:
            folder = Path(open_ones.enter_context(tempfile.TemporaryDirectory()))
            box, mail, proof = open_ones.enter_context(mailbox(folder))
            runs = {
                "ours": ours(folder, said.hits, mail, proof, alone=False),
                "ours, each in a mail of its own": ours(folder, said.hits, mail, proof, alone=True),
            }
            if said.fastapi:
                runs["fastapi"] = fastapi(said.fastapi.resolve(), folder, said.hits, mail)
            if said.django:
                runs["django"] = django(said.django.absolute(), folder, said.hits, mail, proof)
            for name, run in runs.items():
                with run as tracker:
                    found.setdefault(name, []).append(measured(tracker, box))
                    print(name, found[name][-1], file=sys.stderr)
    figures = {
        name: {each: round(statistics.median(run[each] for run in runs), 2) for each in runs[0]}
        for name, runs in found.items()
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
