"""A relay with a mail client before it and a provider's server behind it, all on the loopback interface."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller

from infra.relay import certificate
from infra.relay.relay import Relay
from infra.relay.upstream import Submission
from tests.makers import SENT
from tests.system import TOKEN, System

ANN = "ann@sender.example"


class Provider:
    """The sender's provider: what came, and what it answers to a recipient or a mail (None: yes)."""

    def __init__(self) -> None:
        self.came: list[tuple[str, str, bytes]] = []
        self.to_recipient: str | None = None
        self.to_mail: str | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._server: Controller | None = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.to_recipient:
            return self.to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.to_mail:
            return self.to_mail
        self.came += [((envelope.mail_from or "").strip("<>"), each, envelope.content) for each in envelope.rcpt_tos]
        return "250 OK"

    def up(self, **able) -> None:
        self._server = Controller(self, hostname="127.0.0.1", port=self.port, data_size_limit=100_000_000, **able)
        self._server.start()

    def down(self) -> None:
        if self._server is not None:
            self._server.stop()
        self._server = None


class Post:
    """The relay, the system behind it and the provider. `now` stands still unless it is moved."""

    def __init__(self, system: System, provider: Provider, folder) -> None:
        self.system, self.provider, self.folder = system, provider, folder
        self.now = SENT
        self.files = certificate.self_made(folder, SENT - 86_400)
        self.relay = self.a_relay()
        self.relay.door.start()

    def a_relay(self, **changes) -> Relay:
        upstream = Submission("127.0.0.1", self.provider.port, tls=False, instance="this one")
        usual = {
            "host": "127.0.0.1",
            "port": 0,
            "folder": self.folder / "relay",
            "tls": certificate.context(*self.files),
            "upstream": upstream,
            "by": "unsealed@localhost.example",
            "now": lambda: self.now,
            "instance": "this one",
            "name": "localhost",
        }
        return Relay(**(usual | changes))

    def again(self, **changes) -> None:
        """The relay was killed, and another one takes its place."""
        self.close()
        self.relay = self.a_relay(**changes)
        self.relay.door.start()

    def close(self) -> None:
        self.relay.door.stop()
        self.relay.spool.close()

    @contextmanager
    def client(self, user: str = "anybody", password: str = TOKEN) -> Iterator[smtplib.SMTP]:
        """A mail program that has signed in."""
        with smtplib.SMTP("127.0.0.1", self.relay.door.port, timeout=30) as connection:
            connection.starttls(context=self.trusting())
            connection.login(user, password)
            yield connection

    def trusting(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.files[0]))
        context.check_hostname = False
        return context

    def send(self, raw: bytes, *to: str, mail_from: str = ANN) -> None:
        with self.client() as client:
            client.sendmail(mail_from, list(to) or ["bob@example.com"], raw)

    def hand_over(self, after: float = 0.0) -> None:
        """The courier looks at the queue, so much later."""
        self.now += after
        self.relay.courier.round(self.now)


def shown(post: Post) -> bytes | None:
    """The certificate that the relay proves itself by."""
    with smtplib.SMTP("127.0.0.1", post.relay.door.port, timeout=30) as connection:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection.starttls(context=context)
        assert isinstance(connection.sock, ssl.SSLSocket)
        return connection.sock.getpeercert(binary_form=True)


@pytest.fixture
def provider() -> Iterator[Provider]:
    provider = Provider()
    provider.up()
    yield provider
    provider.down()


@pytest.fixture
def post(system: System, provider: Provider, tmp_path) -> Iterator[Post]:
    post = Post(system, provider, tmp_path)
    yield post
    post.close()
