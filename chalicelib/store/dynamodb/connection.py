"""A kept connection, and as much of HTTP/1.1 (RFC 9112) as DynamoDB answers: status, headers, a body of a known length.

The standard library's client reads headers as mail, and loading its mail would cost a cold open more than its own work.
The roots of trust are Amazon's alone: reading the usual 120 others would take as long as all the rest of the handshake.
If AWS ever answers with a certificate of another root, the machine's own are asked.
"""

import select
import socket
import ssl
import time
from binascii import crc32
from functools import cache

ROOTS = f"{__file__.rpartition('/')[0]}/amazon_roots.pem"  # pathlib would have to be loaded

_MOST_HEAD = 65_536  # bytes


class Connection:
    """One connection to `netloc` (host, or host:port). Every failure to connect or to talk is an OSError.

    `seconds` is for connecting, however many waits that takes, and for a post that says nothing else; the look-up of a name
    alone nothing can cut short. `bundle` is a file of other roots of trust, empty for Amazon's.
    """

    def __init__(self, scheme: str, netloc: str, seconds: float, bundle: str = "") -> None:
        host, _, port = netloc.partition(":")
        self._host = host.encode("ascii")  # as bytes, since text would load the codec of international names
        self._port = int(port or (80 if scheme == "http" else 443))
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        self._last = False
        self._socket = self._reach()
        if scheme != "http":
            self._socket = self._secure(self._socket, bundle or ROOTS)

    def post(self, headers: dict[str, str], body: bytes, seconds: float | None = None) -> tuple[int, bytes]:
        """The status and the body of the answer to a POST of `body` to /. Within `seconds`, else TimeoutError."""
        self._until = time.monotonic() + (self._seconds if seconds is None else seconds)
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        length = f"POST / HTTP/1.1\r\n{head}content-length: {len(body)}\r\n\r\n"
        self._socket.settimeout(self._left())
        self._socket.sendall(length.encode("latin-1") + body)
        return self._answer()

    def gone(self) -> bool:
        """Whether the other side has closed it meanwhile, as it does while a function sleeps (nothing else comes unasked), or
        said that it will: what is sent then, nobody may read (RFC 9112, 9.6).
        """
        waiting = select.poll()
        waiting.register(self._socket, select.POLLIN)
        return self._last or bool(waiting.poll(0))

    def close(self) -> None:
        """Close it."""
        self._socket.close()

    def __del__(self) -> None:
        """A thread that ends takes its kept connection along."""
        if hasattr(self, "_socket"):
            self._socket.close()

    def _reach(self) -> socket.socket:
        reached = socket.create_connection((self._host, self._port), self._left())  # type: ignore[arg-type]
        reached.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return reached

    def _secure(self, plain: socket.socket, bundle: str) -> socket.socket:
        plain.settimeout(self._left())
        try:
            return _trust(bundle).wrap_socket(plain, server_hostname=self._host)
        except ssl.SSLCertVerificationError:
            plain.close()
            return _trust("").wrap_socket(self._reach(), server_hostname=self._host)

    def _answer(self) -> tuple[int, bytes]:
        read = b""
        while b"\r\n\r\n" not in read and len(read) < _MOST_HEAD:
            read += self._more()
        head, _, body = read.partition(b"\r\n\r\n")
        fields = head.lower()
        stated, status = _value(fields, b"content-length"), head[9:12]
        if not head.startswith(b"HTTP/1.1 ") or not (status.isdigit() and stated.isdigit()):
            raise ConnectionError("This is no answer of DynamoDB's.")
        self._last = b"close" in _value(fields, b"connection")
        length = int(stated)
        if len(body) < length:
            parts, there = [body], len(body)
            while there < length:
                parts.append(self._more())
                there += len(parts[-1])
            body = b"".join(parts)
        checksum = _value(fields, b"x-amz-crc32")
        if checksum and checksum != b"%d" % crc32(body):
            raise ConnectionError("The answer was changed on its way.")
        return int(status), body

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("It took too long.")
        return left

    def _more(self) -> bytes:
        self._socket.settimeout(self._left())
        read = self._socket.recv(_MOST_HEAD)
        if not read:
            raise ConnectionResetError("The other side hung up.")
        return read


def _value(fields: bytes, name: bytes) -> bytes:
    """The value of a header in a head in lower case, empty if there is none."""
    return fields.partition(b"\r\n" + name + b":")[2].partition(b"\r\n")[0].strip()


@cache
def _trust(bundle: str) -> ssl.SSLContext:
    """Trust in the roots of a file, or in the machine's own."""
    if not bundle:
        return ssl.create_default_context()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cafile=bundle)
    return context
