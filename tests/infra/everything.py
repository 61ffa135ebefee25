"""A story that asks something of everything: every route, every function, and what each function asks of AWS for it."""

import json
import os
import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.config import config
from chalicelib.domain.contacts import unlearnt
from chalicelib.domain.messages import Recipient
from chalicelib.domain.tokens import Claim, TokenKind, mint
from chalicelib.routes.web.files import version
from chalicelib.senders import mail
from chalicelib.store.contacts import contacts
from chalicelib.store.due import due
from chalicelib.store.erasure import erasures
from chalicelib.store.erasure.erasures import Erasure, What
from chalicelib.store.mail import inbox
from chalicelib.work.accounts.registering import register
from infra.deploy.secret import vapid_key
from infra.local.httpd import Response
from tests.aws.aws import Call
from tests.aws.queues import QueueDriver
from tests.aws.resources import TABLE, Resources
from tests.embedded import Embedded
from tests.google import CLIENT, ROBOT, google
from tests.mails import a_mail
from tests.makers import (
    APPLE_PREFETCH,
    APPLE_RELAY,
    CHROME,
    GMAIL_PROXY,
    GOOGLE,
    HOME,
    SENT,
    THUNDERBIRD,
)
from tests.packaging import one_at_a_time
from tests.replies import an_answer, reply_to
from tests.senders.test_web_push import public, text
from tests.signing_in import left
from tests.system import TOKEN, System, scheduled
from tests.trouble import NOBODY_THERE, refusing, settings

TWO_LINKS = '<a href="https://example.com/offer">Our offer</a> <a href="https://example.com/terms">and terms</a>'


CODE = re.compile(r"\b\d{4} \d{4}\b")
GATEWAY = "bob=example.com@localhost.example"


class Watched(System):
    """The system, with a note of which function makes which call, and of which routes were asked."""

    def __init__(self, aws: Embedded) -> None:
        self.running: list[str] = []
        self.calls: list[tuple[str, Call]] = []
        self.asked: set[tuple[str, str]] = set()
        self.records: list[dict[str, Any]] = []
        super().__init__(aws)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Within it all calls are noted."""
        self.aws.aws.watchers.append(self._watch)
        try:
            yield
        finally:
            self.aws.aws.watchers.remove(self._watch)

    def run(self, function: str, event: dict[str, Any]) -> Any:
        """Call a function, which is then the one that calls AWS."""
        if function == "api_handler":
            self.asked.add((event["httpMethod"], event["resource"]))
        if function == "follow":
            self.records += event["Records"]
        self.running.append(function)
        try:
            return super().run(function, event)
        finally:
            self.running.pop()

    def doubtful(self) -> dict[str, Any]:
        """A message with a click that is held, `until` it is sure: so soon after the sending, by the stream's clock."""
        self.now = self.aws.clock.now()
        message = self.send(html=TWO_LINKS)
        self.now += 300
        self.ask("GET", message["recipients"][0]["links"][0]["tracked_url"], headers={"User-Agent": CHROME})
        return message | {"until": self.now + 86_400}

    def replay(self) -> None:
        """The spill queue is handed over."""
        queue = QueueDriver(
            self.aws.client("sqs"), self.aws.made.queue_url, "replay", lambda event, _: self.run("replay", event), 10
        )
        assert queue.deliver()

    def _watch(self, call: Call) -> Callable[[Response], None]:
        if self.running:
            self.calls.append((self.running[-1], call))
        return lambda response: None


@dataclass(frozen=True)
class Told:
    """What is known of a story once it is over: which function made which call, which routes were asked, what the stream
    handed over, what stands in the table, and the resources by the names that AWS gave them.
    """

    calls: list[tuple[str, Call]]
    asked: set[tuple[str, str]]
    records: list[dict[str, Any]]
    items: list[dict[str, Any]]
    made: Resources


def told(aws: Embedded, folders: pytest.TempPathFactory) -> Told:
    """The story, played once in a run of the tests: whoever comes first plays it, the others are told of it."""
    own = folders.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "everything"
    with one_at_a_time(shared):
        kept = shared / "told"
        if not kept.exists():
            written = shared / "half told"
            written.write_bytes(pickle.dumps(_played(aws)))
            written.rename(kept)
        return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]


def _played(aws: Embedded) -> Told:
    aws.reset()
    system = Watched(aws)
    with system.watching():
        story(system)
    return Told(system.calls, system.asked, system.records, aws.items(), aws.made)


def _shared(system: Watched) -> None:
    """One copy for several, by an add-on."""
    for path in ("/thunderbird/unsealed.xpi", "/thunderbird/updates.json"):
        for method in ("GET", "HEAD"):
            system.ask(method, path)
    made = [
        system.send(recipients=["carol@example.com", "dan@example.com"], copies="shared", prepared=True)
        for _ in range(2)
    ]
    system.call("PATCH", f"/v1/messages/{made[0]['id']}", {"message_id": "<7@mail.example>"})
    system.call("PATCH", f"/v1/messages/{made[1]['id']}", {"sent": False})
    system.opened(made[0], 97_000, THUNDERBIRD, HOME)
    system.follow()


def _sheets(system: Watched) -> None:
    """More mails than the newest go on sheets, one of them is answered later, one goes, and somebody looks for them."""
    made = system.wrote(60, lambda number: {"subject": f"No. {number}", "recipients": (Recipient("old@example.com"),)})
    for after in (90_000, 93_600, 97_200):
        system.hour(after)
    system.call("POST", f"/v1/messages/{made[50].id}/replies", {"recipient": "old@example.com"})
    system.follow()
    system.call("DELETE", f"/v1/messages/{made[49].id}")
    assert len(system.call("GET", "/v1/messages?q=no.%2050&status=replied").json["items"]) == 1


def story(system: Watched) -> None:
    """Something of everything. A new route or function wants a line here."""
    bob = {"email": "bob@example.com"}
    system.call("GET", "/openapi.json")
    system.ask("GET", "/healthz")
    system.ask("HEAD", "/healthz")
    _access(system)
    _programs(system)
    _gmail(system)
    for method, name in (("GET", "manifest.xml"), ("HEAD", "unsealed.js")):
        assert system.ask(method, f"/outlook/{name}").status == 200
    assert system.ask("GET", "/.well-known/microsoft-officeaddins-allowed.json").status == 200
    system.call("GET", "/v1/preferences")
    system.call("GET", "/v1/preferences/previews")
    system.call("PUT", "/v1/preferences", {"push": True})
    system.call("GET", "/v1/account")
    system.call("PATCH", "/v1/account", {"name": "Ann"})
    for platform in ("apns", "fcm"):
        for word in ("one", "two"):
            device = {"platform": platform, "token": f"{platform} token {word}"}
            devices = system.call("POST", "/v1/devices", device).json
        system.call("DELETE", f"/v1/devices/{devices['id']}")
    _pages(system)
    _webhooks(system)
    system.call("DELETE", "/v1/forwarding")
    keyed = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "a name of the caller's"}
    system.ask("POST", "/v1/messages/mime", a_mail(), keyed)
    message, other = (system.send(recipients=[bob], subject=word) for word in ("One", "Two"))
    system.follow()
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.clicked(message, 7300, CHROME)
    system.opened(other, 30, APPLE_PREFETCH, APPLE_RELAY)
    system.follow()
    held, expired = system.doubtful(), system.doubtful()
    system.follow()
    key = {"pk": {"S": f"m#{expired['id']}"}, "sk": {"S": "facts"}}
    system.aws.client("dynamodb").delete_item(TableName=TABLE, Key=key)  # TTL takes items one by one
    system.run("due", scheduled(held["until"]))
    system.follow()
    with settings(AWS_ENDPOINT_URL_DYNAMODB=NOBODY_THERE):
        system.opened(other, 7400, THUNDERBIRD, HOME)
    system.replay()
    system.follow()
    _sheets(system)
    for path in ("/v1/messages", f"/v1/messages/{message['id']}", "/v1/feed", "/v1/send-times"):
        assert system.call("GET", path).status == 200, path
    system.call("GET", "/v1/contacts")
    system.call("GET", "/v1/contacts/bob@example.com")
    system.call("PATCH", "/v1/contacts/bob@example.com", {"time_zone": "Europe/Berlin"})
    system.call("GET", "/v1/ranking")
    _shared(system)
    _reminded(system)
    system.call("GET", f"/v1/messages/{message['id']}/follow-up")
    system.call("PATCH", f"/v1/messages/{message['id']}", {"muted": True})
    system.call("POST", f"/v1/messages/{other['id']}/replies", {"recipient": "bob@example.com"})
    system.follow()
    _mails(system, other)
    _full(system)
    _tried(system)
    for endpoint in list(_endpoints(system.aws)):
        system.aws.client("sns").set_endpoint_attributes(EndpointArn=endpoint, Attributes={"Enabled": "false"})
    system.clicked(other, 9000, CHROME)
    system.follow()
    system.call("DELETE", f"/v1/messages/{message['id']}")
    system.opened(message, 9100, THUNDERBIRD, HOME)
    system.follow()
    _rights(system)
    system.ask("HEAD", message["recipients"][0]["pixel_url"])
    system.ask("HEAD", message["recipients"][0]["links"][0]["tracked_url"])


def _programs(system: Watched) -> None:
    """Mail programs that set themselves up."""
    asked = b"<Autodiscover><Request><EMailAddress>ann@sender.example</EMailAddress></Request></Autodiscover>"
    with settings(RELAY_ADDRESS="smtp.sender.example", MAIL_SERVERS="sender.example=imap.sender.example"):
        for path in ("/mail/config-v1.1.xml", "/.well-known/autoconfig/mail/config-v1.1.xml"):
            assert system.ask("GET", f"{path}?emailaddress=ann@sender.example").status == 200
        for path in ("/autodiscover/autodiscover.xml", "/Autodiscover/Autodiscover.xml"):
            assert system.ask("POST", path, asked).status == 200
        assert system.call("GET", "/apple/unsealed.mobileconfig?email=ann@sender.example").status == 200


def _gmail(system: Watched) -> None:
    """The Gmail add-on: a card of each kind, and what a tap does."""
    with google() as it:
        for what in ("home", "open", "compose", "act"):
            system_token = it.token(
                aud=config().public_url, email=ROBOT, iat=int(system.now), exp=int(system.now) + 600
            )
            user_token = it.token(
                aud=CLIENT, email="ann@sender.example", iat=int(system.now), exp=int(system.now) + 600
            )
            tokens = {"systemIdToken": system_token, "userIdToken": user_token}
            body = json.dumps({"authorizationEventObject": tokens}).encode()
            assert system.ask("POST", f"/gmail/{what}", body).status == 200


def _muting(message: dict[str, Any]) -> str:
    """An address such as stands in the footer of a mail about a message."""
    claim = Claim(TokenKind.MUTE, message["id"], 0, int(SENT), 0, "message")
    return f"{config().public_url}/n/{mint(claim, config().secrets)}"


def _reminded(system: Watched) -> None:
    """Somebody wants to be reminded, and told each morning; a thread is muted, and a kind of mails from a mail's footer."""
    system.call(
        "PUT", "/v1/preferences", {"digest": {"when": "daily"}, "remind": {"whom": "all"}, "sound": {"open": True}}
    )
    message = system.send(recipients=["dan@example.com"], thread="<a@thread>", remind="tomorrow")
    system.call("PATCH", f"/v1/messages/{message['id']}", {"remind": "week", "thread_muted": True})
    system.call("GET", "/v1/today")
    now = system.now
    system.call(
        "PUT", "/v1/preferences", {"quiet": {"from": "00:00", "to": "23:59"}}
    )  # an open then waits with its push
    system.call("PATCH", f"/v1/messages/{message['id']}", {"thread_muted": False})
    system.opened(message, now + 600 - SENT, THUNDERBIRD, "203.0.113.77")
    system.follow()
    system.call("PUT", "/v1/preferences", {"quiet": {"from": None, "to": None}, "unusual": {"hot_opens": 4}})
    sounds = ("reply", "bounce", "complaint", "reminder", "hot", "revived", "shared", "away", "click")
    system.call("PUT", "/v1/preferences", {"sound": dict.fromkeys(sounds, True)})
    system.ask("GET", _muting(message))
    system.ask("POST", _muting(message), b"answer=stop")
    system.run("due", scheduled(now + 86_400))
    system.run("due", scheduled(now + 9 * 86_400))
    system.follow()
    system.call("PATCH", f"/v1/messages/{message['id']}", {"remind": None, "thread_muted": False})
    system.call("PATCH", f"/v1/messages/{message['id']}", {"thread_muted": True})
    system.now = now


def _pages(system: Watched) -> None:
    """A browser looks at every page, and at what is none."""
    for path in ("/", "/favicon.ico", "/app", "/app/today", f"/app/v/{version()}/app.js"):
        for method in ("GET", "HEAD"):
            assert system.ask(method, path).status < 400, path
    for method in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"):
        system.ask(method, "/nowhere")


def _tried(system: Watched) -> None:
    """A browser wants pushes, which nobody takes, and each channel is tried."""
    phone, now = system.call("GET", "/v1/devices").json["items"][0]["id"], system.now
    with settings(VAPID_KEYS=vapid_key(), WEBHOOK_LOOPBACK="on"):
        system.call("GET", "/v1/devices/key")
        keys = {"p256dh": text(public(ec.generate_private_key(ec.SECP256R1()))), "auth": text(bytes(16))}
        browser = {"platform": "web", "token": f"{NOBODY_THERE}/push", "keys": keys}
        device = system.call("POST", "/v1/devices", browser).json["id"]
        hook = system.call("POST", "/v1/webhooks", {"url": NOBODY_THERE}).json["id"]
        for path in ("preferences", f"devices/{device}", f"devices/{phone}", f"webhooks/{hook}"):
            assert system.call("POST", f"/v1/{path}/test").status == 200, path
        message = system.send(subject="Pushed", recipients=["erin@example.com"])
        system.now += 7_200
        system.ask("GET", message["recipients"][0]["pixel_url"], headers={"User-Agent": GMAIL_PROXY}, address=GOOGLE)
        system.follow()
        system.run("due", scheduled(system.now + 3_600))
        system.call("DELETE", f"/v1/webhooks/{hook}")
        system.call("DELETE", f"/v1/devices/{device}")
    system.now = now


def _webhooks(system: Watched) -> None:
    """Webhooks at which nobody listens: one stays, and is tried again."""
    with settings(WEBHOOK_LOOPBACK="on"):
        made = [system.call("POST", "/v1/webhooks", {"url": NOBODY_THERE}).json for _ in range(2)]
    system.call("GET", "/v1/webhooks")
    system.call("DELETE", f"/v1/webhooks/{made[0]['id']}")


def _access(system: Watched) -> None:
    """Somebody signs in, makes a token, has another address, and goes."""
    home = {"email": "ann@home.example"}
    system.ask("POST", "/v1/sign-in", b'{"email": "ann@sender.example"}')
    system.call("POST", "/v1/addresses", home)
    system.follow()
    codes = {mail["to"][0]: CODE.search(mail["text"])[0] for mail in system.aws.outbox()}  # type: ignore[index]
    told = json.dumps({"email": "ann@sender.example", "code": codes["ann@sender.example"]}).encode()
    session = system.ask("POST", "/v1/sign-in/confirm", told).json["token"]
    system.call("POST", "/v1/addresses/confirm", home | {"code": codes["ann@home.example"]})
    system.call("GET", "/v1/addresses")
    system.call("PATCH", "/v1/addresses/ann@home.example", {"sign_in": True})
    system.call("DELETE", "/v1/addresses/ann@home.example")
    made = system.call("POST", "/v1/tokens", {"name": "laptop", "scopes": ["read"]}, session).json
    system.call("GET", "/v1/tokens")
    system.call("DELETE", f"/v1/tokens/{made['id']}")
    system.call("POST", "/v1/sign-out", token=session)


def _rights(system: Watched) -> None:
    """Recipients refuse and are erased: at once, later on by the schedule, and while an event of theirs is followed."""
    carol = "carol@example.com"
    mails = [system.send(recipients=["bob@example.com", carol]) for _ in range(2)]
    system.ask("GET", mails[0]["recipients"][1]["page_url"])
    system.ask("POST", mails[0]["recipients"][1]["page_url"], b"sure=yes&answer=refuse")
    system.call("PUT", f"/v1/contacts/{carol}/consent", {"consent": "denied"})
    refused = replace(contacts.load(system.sender, ["bob@example.com"])[0], forgotten_before=system.now + 1)
    contacts.update(system.sender, refused, system.now)
    system.opened(mails[0], 9200, THUNDERBIRD, HOME)
    system.follow()
    (bob,) = contacts.load(system.sender, ["bob@example.com"])
    erasure = Erasure(What.CONTACT, system.sender, system.now, bob.email)
    erasures.begin(erasure, replace(unlearnt(bob, system.now), messages=0), system.now)
    system.run("due", scheduled(system.now + 60))
    system.call("DELETE", f"/v1/contacts/{carol}")
    system.call("GET", "/v1/export")
    register("eve@sender.example", "Eve", "UTC", "eve's token", system.now)
    left(system, "eve's token")
    system.run("due", scheduled(system.now + 60))


def _mails(system: Watched, message: dict[str, Any]) -> None:
    """Mails come in, and reports on those that went out."""
    inbox.remember_id("ses-1", message["id"], 0, system.now)
    system.receive(an_answer(In_Reply_To="<ses-1@email.amazonses.com>"), reply_to(message))
    system.receive(a_mail(To=f"Bob <{GATEWAY}>"), GATEWAY, sender="ann@sender.example")
    rule = system.call("GET", "/v1/forwarding").json["address"]
    system.receive(an_answer("Code: 12345678", From="forwarding-noreply@google.com"), rule)
    system.receive(an_answer(Message_ID="<5@example.com>", In_Reply_To="<ses-1@email.amazonses.com>"), rule)
    permanent = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": "bob@example.com"}]}
    bounce = permanent | {"timestamp": "2026-09-21T14:14:21.669Z", "feedbackId": "1"}
    report = {"eventType": "Bounce", "bounce": bounce, "mail": {"messageId": "ses-1"}}
    system.told_by_ses(report)
    for number, own in enumerate(("ann@sender.example", "nobody@elsewhere.example")):
        letter = {"messageId": f"letter-{number}", "source": config().mail_from}
        stopped = bounce | {"feedbackId": f"own-{number}", "bouncedRecipients": [{"emailAddress": own}]}
        system.told_by_ses(report | {"bounce": stopped, "mail": letter})
    with settings(AWS_ENDPOINT_URL_DYNAMODB=NOBODY_THERE):
        system.receive(an_answer(Message_ID="<2@example.com>"), reply_to(message))
        system.told_by_ses(report | {"bounce": bounce | {"feedbackId": "2"}})


def _full(system: Watched) -> None:
    """SES has no room for a while: for a notification, for a code, for a reply, and for a mail at the gateway."""
    message = system.send(subject="Three")
    with refusing(mail._client(), "SendEmail", "TooManyRequestsException"):
        system.opened(message, 8800, THUNDERBIRD, "93.184.216.77")
        system.ask("POST", "/v1/sign-in", b'{"email": "ann@sender.example"}')
        system.follow()
        system.receive(an_answer(Message_ID="<3@example.com>"), reply_to(message))
        system.receive(
            a_mail(To=f"Bob <{GATEWAY}>", Message_ID="<4@sender.example>"), GATEWAY, sender="ann@sender.example"
        )
    later = system.aws.clock.now() + 86_400
    due(["mails", "codes"], later, read=1)  # a list that is longer than one look
    due(["mails", "codes"], later, read=1)
    system.run("due", scheduled(later))


def _endpoints(aws: Embedded) -> Iterator[str]:
    for application in (aws.made.apns_arn, aws.made.fcm_arn):
        for found in aws.client("sns").list_endpoints_by_platform_application(PlatformApplicationArn=application)[
            "Endpoints"
        ]:
            yield found["EndpointArn"]
