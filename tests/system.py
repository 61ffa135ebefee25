"""The whole system in a test: requests come in as API Gateway's events, the stream is followed when the story says so."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import app
from chalicelib.domain.messages import Message, message_id
from chalicelib.store.dynamodb.values import to_wire
from chalicelib.store.messages.message_items import of_facts, of_message
from chalicelib.work.accounts.registering import register
from infra.local import gateway, ses_receipts
from infra.local.functions import Context
from tests.embedded import Embedded
from tests.makers import GMAIL_PROXY, GOOGLE, HOME, SENT, a_message, a_state

TOKEN = "a test's token"
SENDERS_DESK = "198.51.100.77"
_PUBLIC = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Answer:
    """What a client sees."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class System:
    """Unsealed with one sender, who signs up unless they are there already. `now` is what the clock of gateway and table
    says, and stands still unless moved.
    """

    def __init__(self, aws: Embedded, sender: str = "") -> None:
        self.aws = aws
        self.now = SENT
        aws.keep_time(lambda: self.now)
        self.sender = sender or self._signed_up()

    def _signed_up(self) -> str:
        sender = register("ann@sender.example", "Ann", "Europe/Berlin", TOKEN, SENT)
        self.call("GET", "/v1/feed")  # the sender's own device is known from its first call on
        self.follow()
        return sender

    def run(self, function: str, event: dict[str, Any]) -> Any:
        """Call a function as Lambda does."""
        return getattr(app, "app" if function == "api_handler" else function)(
            event, Context(function, now=lambda: self.now)
        )

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        address: str = HOME,
        request_id: str = "",
    ) -> Answer:
        """One request through the front door's event and Chalice."""
        event = gateway.event(
            method,
            path.removeprefix(_PUBLIC),
            list((headers or {}).items()),
            body,
            self.now,
            request_id or str(uuid.uuid4()),
            address,
            app.app.routes,
        )
        assert event is not None, f"the gateway knows no {method} {path}"
        response = gateway.answer(self.run("api_handler", event))
        return Answer(response.status, {name.lower(): value for name, value in response.headers}, response.body)

    def call(self, method: str, path: str, body: Any = None, token: str = TOKEN) -> Answer:
        """One call of the JSON API."""
        sent = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return self.ask(method, path, sent, headers, SENDERS_DESK)

    def send(self, **changes: Any) -> dict[str, Any]:
        """A message, as the API gives it back."""
        message = {"subject": "Offer for June", "recipients": ["bob@example.com"], "html": HTML, **changes}
        answer = self.call("POST", "/v1/messages", message)
        assert answer.status == 201, answer.body
        return answer.json  # type: ignore[no-any-return]

    def opened(
        self,
        message: dict[str, Any],
        after: float = 3 * 3600,
        agent: str = GMAIL_PROXY,
        address: str = GOOGLE,
        recipient: int = 0,
    ) -> Answer:
        """The pixel of a recipient's copy is fetched, `after` seconds after the start of the story."""
        self.now = SENT + after
        url = message["recipients"][recipient]["pixel_url"]
        return self.ask("GET", url, headers={"User-Agent": agent}, address=address)

    def clicked(self, message: dict[str, Any], after: float, agent: str, address: str = HOME, link: int = 0) -> Answer:
        """A link of the first recipient's copy is followed."""
        self.now = SENT + after
        url = message["recipients"][0]["links"][link]["tracked_url"]
        return self.ask("GET", url, headers={"User-Agent": agent}, address=address)

    def receive(
        self, raw: bytes, *recipients: str, sender: str = "bob@example.com", after: float = 7200, **verdicts: str
    ) -> dict[str, Any]:
        """A mail comes in by SES, `after` seconds after the start of the story; the event that told of it."""
        self.now = SENT + after
        event = ses_receipts.arrive(self.aws.keep_mail, raw, sender, recipients, self.now, verdicts)
        self.run("receive", event)
        self.follow()
        return event

    def told_by_ses(self, said: Mapping[str, Any]) -> None:
        """SES tells what became of a mail that it sent."""
        self.run("feedback", ses_receipts.event("feedback", said, self.now))
        self.follow()

    def kept(self) -> list[dict[str, Any]]:
        """What the table holds, beside what each call of the API writes of itself: how often, when, and from which device."""
        return [
            {name: value for name, value in item.items() if name not in ("used_at", "used", "window", "seen")}
            for item in self.aws.items()
            if item["sk"]["S"] != "own" and not item["pk"]["S"].startswith("q#")
        ]

    def follow(self) -> None:
        """The stream is followed until it is dry."""
        assert self.aws.deliver(lambda event, context: self.run("follow", event)) == []

    def minute(self, after: float) -> None:
        """The schedule of every minute comes round, `after` seconds after the start of the story."""
        self.now = SENT + after
        self.run("due", scheduled(self.now))
        self.follow()

    def hour(self, after: float) -> None:
        """The schedule of every hour comes round."""
        self.now = SENT + after
        self.run("summarise", scheduled(self.now))

    def wrote(self, many: int, about: Callable[[int], dict[str, Any]]) -> list[Message]:
        """Messages of before, a minute apart, the newest first, each with what it is `about`. The stream tells of none."""
        made = []
        for number in range(many):
            at = SENT - 60.0 * number
            times = {"id": message_id(at, str(number)), "sent_at": at, "created_at": at}
            made.append(a_message(**{"sender": self.sender, **times, **about(number)}))
            items = (of_message(made[-1], a_state(made[-1]), 1, int(at) + 10**8), of_facts(made[-1], int(at) + 10**8))
            self.aws.lay(map(to_wire, items))
        return made

    def show(self, message: dict[str, Any]) -> dict[str, Any]:
        """The message as it stands."""
        answer = self.call("GET", f"/v1/messages/{message['id']}")
        assert answer.status == 200, answer.body
        return answer.json  # type: ignore[no-any-return]


HTML = '<html><body><p>Dear Bob, <a href="https://example.com/offer?a=1&amp;b=2#top">our offer</a>.</p></body></html>'


def scheduled(at: float) -> dict[str, Any]:
    """The event that EventBridge hands to a scheduled function."""
    from datetime import UTC, datetime

    time = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "version": "0",
        "id": "1",
        "account": "123456789012",
        "region": "us-east-1",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "time": time,
        "resources": [],
        "detail": {},
    }
