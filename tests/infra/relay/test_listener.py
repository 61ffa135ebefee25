"""A port of its own: connections are taken once it started, end when it stops, and the port is free again."""

import asyncio
import socket
import threading

import pytest
from aiosmtpd.smtp import SMTP

from infra.relay.listener import Listener


class Echo(asyncio.Protocol):
    """Sends back what it is sent."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        assert isinstance(self.transport, asyncio.WriteTransport)
        self.transport.write(data)


def test_it_answers_when_it_started_and_gives_the_port_back_when_it_stopped():
    loops = []
    listener = Listener("127.0.0.1", 0, lambda loop: loops.append(loop) or Echo(), "echo")
    listener.start()
    for _ in range(2):
        with socket.create_connection(("127.0.0.1", listener.port)) as connection:
            connection.sendall(b"hello")
            assert connection.recv(5) == b"hello"
    assert len(set(loops)) == 1, "each connection is answered by the one loop"
    listener.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", listener.port))
    assert "echo" not in {thread.name for thread in threading.enumerate()}
    again = Listener("127.0.0.1", listener.port, lambda _: Echo(), "echo")
    again.start()
    again.stop()


def test_no_line_of_an_answer_waits_for_the_last_one_to_arrive():
    taken: list[Echo] = []
    listener = Listener("127.0.0.1", 0, lambda _: taken.append(Echo()) or taken[-1], "echo")
    listener.start()
    with socket.create_connection(("127.0.0.1", listener.port)) as connection:
        connection.sendall(b"hello")
        assert connection.recv(5) == b"hello"
        theirs = taken[0].transport.get_extra_info("socket")
        assert theirs.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), "Nagle's algorithm holds small answers back"
    listener.stop()


def test_a_port_that_is_taken_is_told_before_it_starts():
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(OSError, match="in use"):
        Listener("127.0.0.1", other.getsockname()[1], lambda _: Echo(), "echo")


def test_what_was_never_started_can_be_stopped_and_stopping_twice_is_stopping():
    listener = Listener("127.0.0.1", 0, lambda _: Echo(), "echo")
    listener.stop()
    listener.stop()


def test_what_is_under_way_ends_when_it_stops():
    listener = Listener("127.0.0.1", 0, lambda loop: SMTP(None, hostname="t.example.com", loop=loop), "smtp")
    listener.start()
    with socket.create_connection(("127.0.0.1", listener.port), timeout=10) as connection:
        assert connection.recv(200).startswith(b"220 t.example.com")
        listener.stop()
        assert connection.recv(200) == b"", "the client is hung up on"
