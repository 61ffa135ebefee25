"""A POST to a URL that a sender chose: to the very address that was checked, over TLS, once, and for seconds only.

No redirect is followed and no proxy asked (http.client does neither), and of the answer nothing but its head is read, and how
a refusal begins.
"""

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer
from typing import NamedTuple

from chalicelib.config import VERSION
from chalicelib.domain.errors import BadInput
from chalicelib.domain.webhook_targets import Target, loops_back, public, target
from chalicelib.domain.webhooks import Failure

SECONDS = 5.0  # to connect, and as many for all that follows

_READ = 512  # bytes of an answer that says why it is none


class Answer(NamedTuple):
    """What came back: the status, the seconds after which it asks to be tried again (None: it does not say), and how its text
    begins.
    """

    status: int
    retry_after: int | None = None
    text: str = ""


Resolve = Callable[[str, int], Sequence[str]]


class Unreachable(Exception):  # noqa: N818
    """There was no answer."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host, the best to try first. Raises OSError or UnicodeError where it has none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def post(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    loopback: bool,
    resolve: Resolve = addresses,
    trusted: ssl.SSLContext | None = None,
    seconds: float = SECONDS,
) -> int:
    """The status of the answer. Raises Unreachable. `loopback` allows this machine; `trusted` is whose certificates count."""
    return exchange(url, headers, body, loopback=loopback, resolve=resolve, trusted=trusted, seconds=seconds).status


def exchange(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    loopback: bool,
    resolve: Resolve = addresses,
    trusted: ssl.SSLContext | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """The same, with what the answer says beside its status. Headers that are given go before our own."""
    try:
        aim = target(url, loopback=loopback)  # again: what is allowed may have changed since it was registered
    except BadInput as error:
        raise Unreachable(Failure.NOT_PUBLIC) from error
    address = _checked(aim, resolve, loopback)
    try:
        reached = socket.create_connection((address, aim.port), seconds)
    except OSError as failure:
        raise Unreachable(Failure.NO_CONNECTION) from failure
    reached.settimeout(None)  # from here on it is all of it together that may take so long
    with _cut_off(reached, seconds) as late:
        answer = _ask(aim, reached, {**headers, "host": aim.authority}, body, trusted or _everybody())
        if late.is_set():  # an answer that we cut off ourselves
            raise Unreachable(Failure.NO_ANSWER)
        return answer


def _checked(aim: Target, resolve: Resolve, loopback: bool) -> str:
    """The address to go to. One that is not public among them spoils them all."""
    try:
        found = resolve(aim.host, aim.port)
    except (OSError, UnicodeError) as failure:
        raise Unreachable(Failure.NOT_PUBLIC) from failure  # told apart by nobody: a name may exist within our network
    if not found or not all(public(each) or (loopback and loops_back(each)) for each in found):
        raise Unreachable(Failure.NOT_PUBLIC)
    return found[0]


def _ask(
    aim: Target, reached: socket.socket, headers: Mapping[str, str], body: bytes, trusted: ssl.SSLContext
) -> Answer:
    connection = HTTPConnection(aim.host, aim.port)
    connection.sock = reached
    ours = {"content-type": "application/json", "user-agent": f"Unsealed/{VERSION}", "connection": "close"}
    try:
        if aim.secure:
            connection.sock = trusted.wrap_socket(reached, server_hostname=aim.host)
        connection.request("POST", aim.path, body, ours | dict(headers))
        answer = connection.getresponse()
        after = answer.getheader("retry-after", "")
        said = b"" if answer.status < 400 else answer.read(_READ)
        return Answer(answer.status, int(after) if after.isdecimal() else None, said.decode("utf-8", "replace"))
    except ssl.SSLCertVerificationError as failure:
        raise Unreachable(Failure.BAD_CERTIFICATE) from failure
    except (OSError, HTTPException) as failure:
        raise Unreachable(Failure.NO_ANSWER) from failure
    finally:
        connection.close()


@contextmanager
def _cut_off(connection: socket.socket, seconds: float) -> Iterator[Event]:
    """Within it the connection ends after so many seconds, however slowly the other side goes on talking; the event says so."""
    ours, late = connection.dup(), Event()  # TLS takes the other one over
    timer = Timer(seconds, _end, (ours, late))
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        timer.join()
        ours.close()
        connection.close()


def _end(connection: socket.socket, late: Event) -> None:
    late.set()
    with suppress(OSError):  # the other side was quicker
        connection.shutdown(socket.SHUT_RDWR)


@cache
def _everybody() -> ssl.SSLContext:
    """Trust in the machine's own roots."""
    return ssl.create_default_context()
