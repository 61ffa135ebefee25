"""Faults, made at the wire: one call that our functions make of AWS fails, and the cloud does what it does then.

    with shaking(embedded) as wire:
        system = Shaken(embedded, wire)       # tests/system.py's System, upon a wire that may fail
        wire.fail(7, Fault.UNHEARD)           # the seventh call: done, but its answer gets lost
        ...                                   # the story
        system.ending()                       # what it came to

boto3 meets the fault where it would send its request, the request path's own connection in what comes out of its socket.
Their own retries run, but for the pauses between. A process dies by an exception that is no Exception, while it waits for
an answer: nothing in the house may catch that, as nothing catches SIGKILL.

Who calls a function again: API clients (on 409, 5xx and silence, the same request with its Idempotency-Key), the stream
(infra/local/pump.py: in halves, or from the named record on), the queue, SNS (two more times), a schedule (the next
time). Nobody asks for a pixel or a link again.
"""

import json
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import Any

from botocore.exceptions import ReadTimeoutError

from chalicelib.config import config
from chalicelib.store.dynamodb import wire as request_path
from infra.local import pump, ses_receipts
from infra.local.functions import FunctionError, invoke
from infra.local.httpd import Request, Response
from tests.aws import queues
from tests.aws.aws import Aws, Call, _call
from tests.embedded import Embedded
from tests.makers import HOME, SENT
from tests.system import Answer, System, scheduled
from tests.trouble import logged


class Fault(StrEnum):
    """How a call fails."""

    THROTTLED = "throttled"
    BROKEN = "500"
    GARBLED = "503, in HTML"  # as from something that stands in front of the service
    UNDONE = "silence, not done"  # as a timeout before the effect
    UNHEARD = "silence, but done"  # as a timeout after it
    KILLED = "killed, not done"  # the process dies as it makes the call
    KILLED_AFTER = "killed, but done"  # ... and as the answer comes


LASTING = (Fault.THROTTLED, Fault.BROKEN, Fault.GARBLED, Fault.UNDONE, Fault.UNHEARD)
"""The faults that may also last until the function ends, whatever its clients' retries do."""

_ANSWERED = (Fault.THROTTLED, Fault.BROKEN, Fault.GARBLED)
_DONE = (Fault.UNHEARD, Fault.KILLED_AFTER)
_DEADLY = (Fault.KILLED, Fault.KILLED_AFTER)
_WRITES = ("PutItem", "UpdateItem", "TransactWriteItems")


class Killed(BaseException):
    """The process is gone. No Exception: nothing may catch it."""


class Died(Exception):  # noqa: N818
    """What Lambda sees of a process that was killed."""


class Wire:
    """What stands between our functions and the embedded AWS. `made` names their calls, in order."""

    def __init__(self, aws: Aws) -> None:
        self.url = aws.url
        self._perform = aws.perform
        self._gone = threading.Event()
        self.fail(0, Fault.BROKEN)

    def fail(self, number: int, fault: Fault, *, lasting: bool = False) -> None:
        """Count anew; let the call of this number fail (1 is the first, 0 none), and, `lasting`, all after it until the
        function ends."""
        self.made: list[str] = []
        self.inside = False
        self.at = ""
        self.sent_unmarked = False
        self._plan = (number, fault, lasting)
        self._failing = self._sent = False

    def ended(self) -> None:
        """A function ended."""
        self.inside = self._failing = self._sent = False

    def perform(self, request: Request) -> Response:
        """A call by boto3, in the thread that makes it."""
        answer = self._answer(request)
        if isinstance(answer, Fault):
            raise Killed if answer in _DEADLY else ReadTimeoutError(endpoint_url=self.url)
        return answer

    def listen(self, request: Request) -> Response:
        """A call that comes by HTTP. Raises ConnectionError, which hangs up."""
        answer = self._answer(request)
        if isinstance(answer, Fault):
            if answer in _DEADLY:
                self._gone.clear()
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)
                self._gone.wait(5)
            raise ConnectionError("The wire is silent.")
        return answer

    def die(self, *_: object) -> None:
        """The signal's handler, in the thread that waits for the answer."""
        self._gone.set()
        raise Killed

    def _answer(self, request: Request) -> Response | Fault:
        """What AWS answers; or why it does not."""
        if not self.inside:
            return self._perform(request)
        call = _call(request)
        self.made.append(_name(call))
        number, fault, lasting = self._plan
        if len(self.made) == number:
            self.at, self._failing = self.made[-1], lasting
        elif not self._failing:
            response = self._perform(request)
            self._sent = _sends(call) and response.status < 400
            return response
        done = fault in _DONE and self._perform(request).status < 400
        self.sent_unmarked |= (done and _sends(call)) or (self._sent and not done and call.operation in _WRITES)
        return _refusal(call, fault) if fault in _ANSWERED else fault


def _name(call: Call) -> str:
    service = {"email": "ses"}.get(call.service, call.service)
    operation = {"POST /v2/email/outbound-emails": "SendEmail"}.get(call.operation, call.operation.partition("/")[0])
    return f"{service} {operation.strip()}"


def _sends(call: Call) -> bool:
    return _name(call) in ("ses SendEmail", "sns Publish")


def _refusal(call: Call, fault: Fault) -> Response:
    """What the service says; a transaction that is throttled is cancelled, and boto3 does not try that again."""
    if fault is Fault.GARBLED:
        return Response(503, (("Content-Type", "text/html"),), b"<html><h1>503 Service Unavailable</h1></html>")
    throttled = fault is Fault.THROTTLED
    match call.service:
        case "sns":
            code = "Throttling" if throttled else "InternalError"
            said = f"<ErrorResponse><Error><Type>Receiver</Type><Code>{code}</Code></Error></ErrorResponse>"
            return Response(400 if throttled else 500, (("Content-Type", "text/xml"),), said.encode())
        case "s3":
            code = "SlowDown" if throttled else "InternalError"
            return Response(503 if throttled else 500, (), f"<Error><Code>{code}</Code></Error>".encode())
        case "dynamodb" if throttled and call.operation == "TransactWriteItems":
            reasons = [{"Code": "ThrottlingError"} for _ in json.loads(call.body)["TransactItems"]]
            said = {"__type": "TransactionCanceledException", "CancellationReasons": reasons}
            return Response(400, (), json.dumps(said).encode())
        case "dynamodb":
            code = "ProvisionedThroughputExceededException" if throttled else "InternalServerError"
        case _:
            code = "TooManyRequestsException" if throttled else "InternalFailure"
    status = 500 if not throttled else 429 if call.service in ("ses", "email") else 400
    return Response(status, (("x-amzn-errortype", code),), json.dumps({"__type": code}).encode())


class Shaken(System):
    """The system upon a wire that may fail, called again as the cloud calls it. Stands still unless its story moves it."""

    def __init__(self, aws: Embedded, wire: Wire, unasked: frozenset[str] = frozenset(), sender: str = "") -> None:
        self.wire = wire
        self.unasked = unasked  # hits that never come
        self.lost: list[str] = []  # hits that nobody was answered
        self.asked = 0  # requests and mails so far
        aws.draw_from(1)  # the names that moto draws are the same in each run
        self._stream = aws._reader()
        self._spilled = False
        super().__init__(aws, sender)

    def run(self, function: str, event: dict[str, Any]) -> Any:
        """Call a function. Raises Died, or what it raises."""
        before, self.wire.inside = len(self.wire.made), True
        try:
            with logged() as lines:
                return super().run(function, event)
        except Killed as killed:
            request_path.hang_up()  # the next one is another process
            raise Died from killed
        finally:
            self._spilled |= "sqs SendMessage" in self.wire.made[before:]
            self.wire.ended()
            for line in lines:
                if "event" in line:  # neither table nor queue took it: its owner sends it on, as it stands in the log
                    queue = self.aws.client("sqs")
                    queue.send_message(QueueUrl=config().spill_queue_url, MessageBody=line["event"])
                    self._spilled = True

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        address: str = HOME,
        request_id: str = "",
    ) -> Answer:
        """One request; one of the API, or of a form, is sent again until it is answered. A hit comes once."""
        name = f"{self._number():032x}"
        if "/v1/" in path or method == "POST":
            keyed = {**(headers or {}), "Idempotency-Key": name}
            for _ in range(4):
                with suppress(Died):
                    answer = super().ask(method, path, body, keyed, address, name)
                    if answer.status < 500 and answer.status != 409:
                        return answer
            raise AssertionError(f"{method} {path} is never answered")
        if name in self.unasked:
            return Answer(502, {}, b"")
        try:
            answer = super().ask(method, path, body, headers, address, name)
        except Died:
            self.lost.append(name)
            return Answer(502, {}, b"")
        assert answer.status in (200, 302), f"{answer.status} for {path}"
        return answer

    def _number(self) -> int:
        self.asked += 1
        return self.asked

    def follow(self) -> None:
        """What waits in the queue is put, and the stream followed until it is dry. Nothing is given up."""
        made = self.aws.made
        if self._spilled:
            queue = queues.QueueDriver(self.aws.client("sqs"), made.queue_url, "replay", self._function("replay"), 10)
            while queue.deliver():
                pass
            self._spilled = False
        while batch := self._stream.read(25):
            stream = pump.Pump(self._stream.read, "follow", self._function("follow"), 25, self._pass)
            stream.deliver(batch)

    def _pass(self, number: str) -> None:
        """Where the stream is followed to. What Lambda would lay aside is a failure here."""
        self.aws.passed = number

    def _function(self, name: str) -> Any:
        return lambda event, _: self.run(name, event)

    def receive(
        self, raw: bytes, *recipients: str, sender: str = "bob@example.com", after: float = 7200, **verdicts: str
    ) -> dict[str, Any]:
        """A mail comes in by SES."""
        self.now = SENT + after
        name = f"mail{self._number()}"
        self.aws.keep_mail(f"mail/{name}", raw)
        event = ses_receipts.event(
            "inbound", ses_receipts.receipt(name, sender, recipients, self.now, verdicts), self.now
        )
        self._at_least_once("receive", event)
        self.follow()
        return event

    def told_by_ses(self, said: Mapping[str, Any]) -> None:
        """SES tells what became of a mail that it sent."""
        self._at_least_once("feedback", ses_receipts.event("feedback", said, self.now))
        self.follow()

    def minute(self, after: float) -> None:
        """The schedule of every minute comes round, and once more a minute later."""
        for late in (0.0, 60.0):
            self.now = SENT + after + late
            with suppress(FunctionError):
                invoke("due", self._function("due"), scheduled(self.now))
            self.follow()

    def hour(self, after: float) -> None:
        """The schedule of every hour comes round, and once more: as if no time had passed, so that ends can be compared."""
        self.now = SENT + after
        for _ in range(2):
            self._at_least_once("summarise", scheduled(self.now))
            self.follow()

    def _at_least_once(self, function: str, event: dict[str, Any]) -> None:
        for _ in range(3):
            with suppress(FunctionError):
                return invoke(function, self._function(function), event)
        raise AssertionError(f"{function} was laid aside")

    def ending(self) -> "Ending":
        """What it all came to."""
        mails = Counter((tuple(mail["to"]), mail["subject"], _SURE.sub("", mail["text"])) for mail in self.aws.outbox())
        pushes = Counter((push["token"], push["message"]) for push in self.aws.pushes())
        return Ending(_lasting(self.aws.items()), mails, pushes)


# The minute that came through, and a link that dates from it.
_SURE = re.compile(r"; it became sure at \d\d:\d\d|(?<=/n/)[\w-]+")


class Ending:
    """The table without what says only how often or when it was written, and what left the house, with how often."""

    def __init__(self, items: Sequence[str], mails: Counter[Any], pushes: Counter[Any]) -> None:
        self.items, self.sent = list(items), Counter({**mails, **pushes})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ending) and (self.items, self.sent) == (other.items, other.sent)

    def repeats(self, other: "Ending") -> bool:
        """Whether it is the other end, but that something was sent more often."""
        return self.items == other.items and self.sent.keys() == other.sent.keys() and self.sent > other.sent

    def beside(self, other: "Ending") -> str:
        """What differs, in short, for whoever has to find out why."""
        here, there = set(self.items) - set(other.items), set(other.items) - set(self.items)
        return "\n".join(
            [
                *(f"+ {each[:400]}" for each in sorted(here)),
                *(f"- {each[:400]}" for each in sorted(there)),
                *(f"sent {self.sent[each]} instead of {other.sent[each]}: {str(each)[:90]}" for each in self.sent | other.sent
                  if self.sent[each] != other.sent[each]),
            ]
        )  # fmt: skip


_PASSING = frozenset({"version", "as_of", "decided_at", "claimed_by", "due_at", "outcome", "used", "refused"})


def _lasting(items: Sequence[Mapping[str, Any]]) -> list[str]:
    found = []
    for item in items:
        marks = ("sent_by_", "told_by_")
        kept = {name: value for name, value in item.items() if name not in _PASSING and not name.startswith(marks)}
        if kept["sk"]["S"].startswith("n#"):  # its key says when it was decided
            kept["sk"] = {"S": "n#" + kept["sk"]["S"].split("#", 2)[2]}
        found.append(json.dumps(kept, sort_keys=True, default=repr))
    return sorted(found)


@contextmanager
def shaking(embedded: Embedded) -> Iterator[Wire]:
    """Within it our functions reach the embedded AWS by a wire that may fail, and nobody pauses before trying again."""
    server = embedded.aws._server
    assert server is not None
    wire = Wire(embedded.aws)
    before, handler, pause, sleep = server.answer, signal.getsignal(signal.SIGUSR1), pump.FIRST_PAUSE, time.sleep
    signal.signal(signal.SIGUSR1, wire.die)
    server.answer, embedded.aws.perform, pump.FIRST_PAUSE = wire.listen, wire.perform, 0.0
    time.sleep = lambda _: None  # boto3's and our own pauses: the only sleep there is
    try:
        yield wire
    finally:
        server.answer, pump.FIRST_PAUSE, time.sleep = before, pause, sleep
        signal.signal(signal.SIGUSR1, handler)
        del embedded.aws.perform  # its class's is there again
