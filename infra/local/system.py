"""The whole of Unsealed in one process: the table, the front door, the pump, the queues, the schedules, and what leaves."""

import importlib
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from chalice.app import DynamoDBEventConfig, ScheduledEventConfig, SQSEventConfig

from chalicelib.store.sqlite import queues, stream
from chalicelib.store.sqlite.database import WrongFormat
from infra import process_settings
from infra.deploy import secret
from infra.local import incoming, mail_ports, schedules, ses_receipts
from infra.local.checkpoints import Checkpoints
from infra.local.clock import Clock
from infra.local.console import Console
from infra.local.demo import Demo
from infra.local.folder import CannotStart, Folder
from infra.local.functions import Function, FunctionError, invoke
from infra.local.gateway import MOST_BODY, MOST_HEADERS, Gateway
from infra.local.httpd import Request, Response, Server
from infra.local.place import Place, environment, place
from infra.local.proxies import proxies
from infra.local.pump import Pump
from infra.local.queues import QueueDriver
from infra.local.schedules import Schedule, Scheduler
from infra.local.sent import HandOn, Outbox

log = logging.getLogger(__name__)

SETTLE_SECONDS = 20.0
_DEMO = {"email": "demo@localhost.example", "name": "Demo", "time_zone": "Europe/Berlin"}
_BATCH = 1000  # records of the stream: of a storm upon a mail one fold takes all, where Lambda's batch has its price
_SWEPT = 1000  # items that expire, at a time


class System:
    """One local system. Raises CannotStart if another has the folder or the port, or if the data cannot be read, and
    WrongSetting; so does `start`.
    """

    def __init__(self, host: str, port: int, data: Path) -> None:
        self._folder = Folder(data)
        try:
            self._door = Server(host, port, _too_early, MOST_HEADERS, MOST_BODY)
        except OSError as taken:
            raise CannotStart(
                f"{host}:{port} cannot be listened on ({taken.strerror}): choose another PORT, or HOST."
            ) from taken
        self._door.start()
        self.url = f"http://127.0.0.1:{self._door.port}"
        self._stops: list[Callable[[], None]] = []
        self._threads: list[threading.Thread] = []

    def start(self) -> str:
        """Start everything, and return the API token of the demo sender; "" where this is no demo."""
        here = place(self.url)
        self._clock = self._folder.clock() if here.demo else Clock()  # a machine that serves goes by the time
        believed = proxies() or (None if here.demo else ())
        kept = os.environ.get("SECRETS") or self._folder.secret("secrets", partial(secrets.token_urlsafe, 32))
        vapid = os.environ.get("VAPID_KEYS") or self._folder.secret("vapid", secret.vapid_key)
        os.environ.update(environment(here, self._folder.path, kept, vapid))
        app = importlib.import_module("app").app
        if wrong := importlib.import_module("chalicelib.work.readiness").readiness().missing:
            raise process_settings.WrongSetting(wrong)
        self._open_table()
        self._outbox = Outbox(self._folder.path, self._clock, self._provider(here))
        scheduler = self._work(app)
        token, console = self._demo(app, scheduler) if here.demo else ("", _nothing)
        self._run("outbox", self._outbox.run, self._outbox.stop)
        self._door.answer = Gateway(app, self._clock, console, believed)
        self._mail(str(self._door.server_address[0]), here)
        return token

    @property
    def whole(self) -> bool:
        """Whether all that was started still runs. What ended says why on stderr."""
        return all(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        """Take no more requests, end what runs, and keep all."""
        self._door.stop()
        for stop in self._stops:
            stop()
        self._table.database.close()
        self._folder.close()

    def _open_table(self) -> None:
        try:
            self._table = importlib.import_module("chalicelib.store.sqlite.engine").engine()
        except WrongFormat as later:
            raise CannotStart(f"{later} Upgrade, or choose another DATA_DIR.") from later
        self._table.now = self._clock.now
        checkpoints = Checkpoints(self._table.database)
        self._run("checkpoints", checkpoints.run, checkpoints.stop)

    def _work(self, app: Any) -> Scheduler:
        """Start what works by itself: what Lambda's event sources call on AWS."""
        functions, database, now = app.handler_map, self._table.database, self._clock.now
        scheduled = [Schedule("expired items", "rate(1 minute)", self._expire)]
        for source in app.event_sources:
            function = functions[source.name]
            if isinstance(source, DynamoDBEventConfig):
                read, passed = partial(stream.records, database), partial(stream.passed, database)
                pump = Pump(read, source.name, function, _BATCH, passed, now=now)
                self._table.answered.append(lambda call, woken=pump.arrived: woken.set() if call in _WRITES else None)
                self._run("pump", pump.run, pump.stop)
            elif isinstance(source, SQSEventConfig):
                self._queue(queues.SPILL, function, source.batch_size)
            elif isinstance(source, ScheduledEventConfig):
                act = self._caller(source.name, function)
                scheduled.append(Schedule(source.name, _text(source.schedule_expression), act))
        self._queue(incoming.QUEUE, incoming.receiver(database, functions["receive"], now), 1)
        scheduler = Scheduler(self._clock, scheduled)
        self._run("schedules", scheduler.run, scheduler.stop)
        return scheduler

    def _queue(self, name: str, function: Function, batch_size: int) -> None:
        driver = QueueDriver(self._table.database, name, function, batch_size, self._clock.now)
        self._run(name, driver.run, driver.stop)

    def _demo(self, app: Any, scheduler: Scheduler) -> tuple[str, Console]:
        """The demo sender's token, and what only a demo has."""
        now = self._clock.now
        token = self._folder.secret("token", importlib.import_module("chalicelib.store.accounts.api_tokens").new)
        registering = importlib.import_module("chalicelib.work.accounts.registering")
        sender = registering.register(**_DEMO, token=token, at=now())
        keep, function = incoming.keeper(self._folder.path), app.handler_map["receive"]

        def receive(raw: bytes, sender: str, recipients: Sequence[str], verdicts: Mapping[str, str]) -> None:
            came = ses_receipts.arrive(keep, raw, sender, recipients, now(), verdicts)
            invoke("receive", function, came, now)

        def advance(seconds: float) -> float:
            # What came before belongs to the time before: it is worked off, lest it be due a minute late, and dated.
            self._settle()
            self._outbox.take()
            return scheduler.advance(seconds)

        demo = Demo(self._answer, token, partial(_session, sender, now), now, self._settle)

        def cards(request: Request) -> Response:
            drawing = importlib.import_module("infra.local.cards")  # nobody waits for it at the start
            drawn: Response = drawing.Cards(_DEMO["email"], now)(request)
            return drawn

        return token, Console(self._outbox, now, advance, self._settle, receive, demo, cards)

    def _answer(self, request: Request) -> Response:
        return self._door.answer(request)

    def _mail(self, host: str, here: Place) -> None:
        """The ports that mail comes in by."""
        stop = mail_ports.relay(host, here, self._folder.path / "relay", self._clock.now)
        if stop is not None:
            self._stops.append(stop)

        def take(raw: bytes, sender: str, recipients: Sequence[str], server: str) -> None:
            at = self._clock.now()
            incoming.take(self._table.database, self._folder.path, raw, sender, recipients, at, server)

        stop = mail_ports.inbound(host, take)
        if stop is not None:
            self._stops.append(stop)

    def _provider(self, here: Place) -> HandOn | None:
        """What takes mails to the owner's provider, UPSTREAM_HOST; None where there is none."""
        found = mail_ports.provider(here, self._folder.path, self._clock.now)
        if found is None:
            return None
        working, hand_on = found
        self._run("provider", working.run, working.stop)
        return hand_on

    def _run(self, name: str, work: Callable[[], None], stop: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True, name=name)
        thread.start()
        self._threads.append(thread)

        def end() -> None:
            stop()
            thread.join(timeout=5)

        self._stops.append(end)

    def _settle(self) -> None:
        """Wait until the pump has handed over all that was written."""
        until = monotonic() + SETTLE_SECONDS
        while stream.pending(self._table.database) and monotonic() < until:
            sleep(0.01)

    def _caller(self, name: str, function: Function) -> Callable[[float], None]:
        def call(at: float) -> None:
            try:
                invoke(name, function, schedules.event(name, at), self._clock.now)
            except FunctionError:
                return  # it is in the log; the next time comes soon enough

        return call

    def _expire(self, at: float) -> None:
        while self._table.sweep(at, _SWEPT) == _SWEPT:
            time.sleep(0.01)  # others write in between


_WRITES = frozenset({"PutItem", "TransactWriteItems", "UpdateItem"})


def _nothing(request: Request) -> None:
    """No path of a demo's is there."""


def _session(sender: str, now: Callable[[], float]) -> Mapping[str, str]:
    token = importlib.import_module("chalicelib.work.accounts.signing_in").session(sender, now())
    kept: Mapping[str, str] = importlib.import_module("chalicelib.routes.api.sessions").kept(token)
    return kept


def _too_early(request: Request) -> Response:
    return Response(503, [("Content-Type", "text/plain"), ("Retry-After", "1")], b"The system is starting.\n")


def _text(expression: Any) -> str:
    return expression if isinstance(expression, str) else str(expression.to_string())
