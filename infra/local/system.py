"""The whole of Unsealed in one process: AWS, the front door, the pump, the queue, the schedules, and data that survive."""

import importlib
import logging
import os
import re
import secrets
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from chalice.app import DynamoDBEventConfig, ScheduledEventConfig, SQSEventConfig

from infra import settings
from infra.deploy import secret
from infra.local import arrivals, resources, schedules, shortcut
from infra.local.aws import Aws
from infra.local.console import Console, Receive
from infra.local.folder import Folder
from infra.local.functions import Function, FunctionError, invoke
from infra.local.gateway import MOST_BODY, MOST_HEADERS, Gateway
from infra.local.httpd import Request, Response, Server
from infra.local.journal import CannotStart
from infra.local.keeping import Keeper
from infra.local.players import Players
from infra.local.pump import Pump, Reader
from infra.local.queues import QueueDriver
from infra.local.resources import REGION, TABLE
from infra.local.schedules import Schedule, Scheduler

log = logging.getLogger(__name__)

SETTLE_SECONDS = 20.0
_SMTP_PORT = 2525
_MOST_A_DAY = 100_000  # recipients by the relay: whoever tries it out by a script shall not wait
_DEMO = {"email": "demo@localhost.example", "name": "Demo", "time_zone": "Europe/Berlin"}


class System:
    """One local system. Raises CannotStart if another has the folder or the port, or if the data cannot be read, and
    WrongSetting; so does `start`.
    """

    def __init__(self, host: str, port: int, data: Path) -> None:
        _forget_aws()
        self._folder = Folder(data)
        try:
            self._door = Server(host, port, _too_early, MOST_HEADERS, MOST_BODY)
        except OSError as taken:
            raise CannotStart(
                f"{host}:{port} cannot be listened on ({taken.strerror}): choose another PORT, or HOST."
            ) from taken
        self._door.start()
        self.url = f"http://127.0.0.1:{self._door.port}"
        self._aws = Aws(self._folder.clock())
        self._keeper = Keeper(self._folder, self._aws)
        self._stops: list[Callable[[], None]] = []
        self._threads: list[threading.Thread] = []

    def start(self) -> str:
        """Start everything, and return the API token of the demo sender."""
        self._aws.start()
        shortcut.take(self._aws)
        made = resources.make(self._aws.url)
        public_url = os.environ.get("PUBLIC_URL") or self.url
        if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", public_url):
            raise settings.WrongSetting(
                f"PUBLIC_URL is an address like https://t.example.com, which “{public_url}” is not."
            )
        kept = self._folder.secret("secrets", partial(secrets.token_urlsafe, 32))
        vapid = self._folder.secret("vapid", secret.vapid_key)
        os.environ.update(resources.environment(made, self._aws.url, public_url, kept.split(","), vapid.split(",")))
        app = importlib.import_module("app").app
        if wrong := importlib.import_module("chalicelib.work.readiness").readiness().missing:
            raise settings.WrongSetting(wrong)
        token = self._folder.secret("token", importlib.import_module("chalicelib.store.accounts.api_tokens").new)
        registering = importlib.import_module("chalicelib.work.accounts.registering")
        sender = registering.register(**_DEMO, token=token, at=self._aws.clock.now())
        functions = app.handler_map
        scheduled = [Schedule("expired items", "rate(1 minute)", lambda at: self._expire())]
        for source in app.event_sources:
            function = functions[source.name]
            if isinstance(source, DynamoDBEventConfig):
                self._pump(made.stream_arn, source.name, function, source.batch_size)
            elif isinstance(source, SQSEventConfig):
                self._queue(made.queue_url, source.name, function, source.batch_size)
            elif isinstance(source, ScheduledEventConfig):
                scheduled.append(
                    Schedule(source.name, _text(source.schedule_expression), self._caller(source.name, function))
                )
        scheduler = Scheduler(self._aws.clock, scheduled)
        self._run("schedules", scheduler.run, scheduler.stop)
        self._run("keeper", self._keeper.run, self._keeper.stop)
        now = self._aws.clock.now
        # Only the start page of a system that nobody else can reach may sign anybody in (chalicelib/config.py).
        demo = importlib.import_module("chalicelib.config").config().demo
        players = Players(self._answer, token, partial(_session, sender, now), now, self._settle) if demo else None
        console = Console(now, scheduler.advance, self._settle, self._receiver(functions["receive"]), players)
        self._door.answer = Gateway(app, self._aws.clock, console)
        self._take_mail(str(self._door.server_address[0]))
        return token

    @property
    def whole(self) -> bool:
        """Whether all that was started still runs. What ended says why on stderr."""
        return all(thread.is_alive() for thread in self._threads)

    def _answer(self, request: Request) -> Response:
        return self._door.answer(request)

    def stop(self) -> None:
        """Take no more requests, end what runs, and keep all."""
        self._door.stop()
        for stop in self._stops:
            stop()
        self._aws.stop()
        self._folder.close()

    def _take_mail(self, host: str) -> None:
        """The SMTP relay, which hands over to UPSTREAM_HOST, else to the outbox. SMTP_PORT is its port; `off` is none."""
        if os.environ.get("SMTP_PORT") == "off":
            return
        port = settings.port("SMTP_PORT", _SMTP_PORT)
        certificate, relay, upstream = (
            importlib.import_module(f"infra.relay.{name}") for name in ("certificate", "relay", "upstream")
        )
        folder, clock = self._folder.path / "relay", self._aws.clock
        instance = uuid.uuid4().hex
        try:
            made = relay.Relay(
                host=host,
                port=port,
                folder=folder,
                tls=certificate.context(*certificate.self_made(folder, clock.now())),
                upstream=upstream.chosen(instance),
                by=resources.MAIL_FROM,
                now=clock.now,
                instance=instance,
                most_a_day=_MOST_A_DAY,
            )
        except OSError as taken:
            sentence = f"SMTP cannot be listened for on {host}:{port} ({taken.strerror}): choose another SMTP_PORT."
            if os.environ.get("SMTP_PORT"):
                raise CannotStart(sentence) from taken
            log.warning("%s There is no relay.", sentence)
            return
        made.start()
        log.info("SMTP on %s:%d, certificate %s", host, made.door.port, folder / "certificate.pem")
        self._stops.append(made.stop)

    def _pump(self, arn: str, name: str, function: Function, batch_size: int) -> None:
        position = self._folder.position()
        if position is not None:
            self._aws.trim(REGION, TABLE, position)
        reader = Reader(resources.client("dynamodbstreams", self._aws.url), arn, position)
        pump = Pump(reader, arn, name, function, batch_size, self._passed, now=self._aws.clock.now)
        self._aws.wakes["dynamodb"].append(pump.arrived)
        self._run("pump", pump.run, pump.stop)

    def _passed(self, number: str) -> None:
        self._folder.pass_position(number)
        self._aws.trim(REGION, TABLE, number)

    def _queue(self, url: str, name: str, function: Function, batch_size: int) -> None:
        driver = QueueDriver(resources.client("sqs", self._aws.url), url, name, function, batch_size)
        self._aws.wakes["sqs"].append(driver.arrived)
        self._run("queue", driver.run, driver.stop)

    def _receiver(self, function: Function) -> Receive:
        s3 = resources.client("s3", self._aws.url)

        def receive(raw: bytes, sender: str, recipients: Sequence[str], verdicts: Mapping[str, str]) -> None:
            came = arrivals.arrive(s3, raw, sender, recipients, self._aws.clock.now(), verdicts)
            invoke("receive", function, came)

        return receive

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
        while self._aws.pending(REGION, TABLE) and monotonic() < until:
            sleep(0.01)

    def _caller(self, name: str, function: Function) -> Callable[[float], None]:
        def call(at: float) -> None:
            try:
                invoke(name, function, schedules.event(name, at), self._aws.clock.now)
            except FunctionError:
                return  # it is in the log; the next time comes soon enough

        return call

    def _expire(self) -> None:
        self._aws.sweep(REGION)


def _session(sender: str, now: Callable[[], float]) -> Mapping[str, str]:
    token = importlib.import_module("chalicelib.work.accounts.signing_in").session(sender, now())
    kept: Mapping[str, str] = importlib.import_module("chalicelib.routes.api.sessions").kept(token)
    return kept


def _too_early(request: Request) -> Response:
    return Response(503, [("Content-Type", "text/plain"), ("Retry-After", "1")], b"The system is starting.\n")


def _text(expression: Any) -> str:
    return expression if isinstance(expression, str) else str(expression.to_string())


def _forget_aws() -> None:
    """No setting of the person who starts this may lead to the real AWS, or to a proxy."""
    for name in list(os.environ):
        if name.startswith("AWS_"):
            del os.environ[name]
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        os.environ[name] = os.devnull
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"
