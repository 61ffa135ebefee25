"""The connection of the request path: what it takes for an answer, whom it trusts, and that it notices its end."""

import hashlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from chalicelib.store.dynamodb import connection
from chalicelib.store.dynamodb.connection import ROOTS, Connection
from tests.certificates import certificate, server_context

# https://www.amazontrust.com/repository/ : SHA-256 of the subject public key information, read in November 2026.
AMAZON = {
    "Amazon Root CA 1": "fbe3018031f9586bcbf41727e417b7d1c45c2f47f93be372a17b96b50757d5a2",
    "Amazon Root CA 2": "7f4296fc5b6a4e3b35d3c369623e364ab1af381d8fa7121533c9d6c633ea2461",
    "Amazon Root CA 3": "36abc32656acfc645c61b71613c4bf21c787f5cabbee48348d58597803d7abc9",
    "Amazon Root CA 4": "f7ecded5c66047d28ed6466b543c40e0743abe81d109254dcf845d4c2c7853c5",
    "Starfield Services Root Certificate Authority - G2": "2b071c59a0a0ae76b0eadb2bad23bad4580b69c3601b630c2eaf0613afa83f92",
}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n\r\n"
A_WHILE = 0.2  # seconds


class Peer:
    """A server that says these pieces, one after the other, to each request, and counts its connections."""

    def __init__(self, *pieces: bytes, tls: ssl.SSLContext | None = None, leaves: bool = False) -> None:
        self.pieces, self.tls, self.leaves = pieces, tls, leaves
        self.connections = 0
        self.left = threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.netloc = f"127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self.listening.accept()
            except OSError:
                return
            self.connections += 1
            try:
                spoken = plain if self.tls is None else self.tls.wrap_socket(plain, server_side=True)
                with spoken:
                    while spoken.recv(65_536):
                        for piece in self.pieces:
                            spoken.sendall(piece)
                        if self.leaves:
                            break
            except OSError:
                plain.close()
            self.left.set()


@pytest.fixture
def peers() -> Iterator[list[Peer]]:
    made: list[Peer] = []
    yield made
    for each in made:
        each.listening.close()


@pytest.fixture
def reach(peers):
    opened: list[Connection] = []

    def to(peer: Peer, scheme: str = "http", bundle: str = "") -> Connection:
        peers.append(peer)
        opened.append(Connection(scheme, peer.netloc, 2.0, bundle))
        return opened[-1]

    yield to
    for each in opened:
        each.close()


@pytest.mark.parametrize(
    "pieces",
    [(HEAD + b"{}",), (HEAD, b"{}"), (HEAD[:20], HEAD[20:-3], HEAD[-3:] + b"{", b"}")],
    ids=["at once", "head and body", "in bits"],
)
def test_an_answer_is_read_however_it_is_cut(reach, pieces):
    assert reach(Peer(*pieces)).post({"host": "x"}, b"{}") == (200, b"{}")


def test_one_connection_has_many_answers(reach):
    peer = Peer(HEAD + b"{}")
    kept = reach(peer)
    for _ in range(3):
        assert kept.post({"host": "x"}, b"{}") == (200, b"{}")
        assert not kept.gone()
    assert peer.connections == 1


def test_it_notices_that_the_other_side_has_left(reach):
    peer = Peer(HEAD + b"{}", leaves=True)
    kept = reach(peer)
    kept.post({"host": "x"}, b"{}")
    assert peer.left.wait(2) and kept.gone()


@pytest.mark.parametrize("said", [b"Connection: close", b"connection:Close", b"Connection: keep-alive, close"])
def test_what_was_said_to_be_the_last_answer_is_the_last(reach, said):
    """Moto's server says so, reads on for a moment, and answers none of what it reads."""
    kept = reach(Peer(HEAD[:-2] + said + b"\r\n\r\n{}"))
    assert kept.post({"host": "x"}, b"{}") == (200, b"{}")
    assert kept.gone()


@pytest.mark.parametrize(
    "said",
    [
        b"HELO\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n{}",
    ],
)
def test_what_is_no_answer_is_a_failure(reach, said):
    with pytest.raises(ConnectionError):
        reach(Peer(said)).post({"host": "x"}, b"{}")


def test_an_answer_that_trickles_has_no_longer_than_one_that_does_not_come():
    def trickle(peer: socket.socket) -> None:
        with peer, suppress(OSError):
            while True:
                peer.sendall(b"x")
                time.sleep(0.02)

    listening = socket.create_server(("127.0.0.1", 0))
    with listening, closing(Connection("http", f"127.0.0.1:{listening.getsockname()[1]}", A_WHILE)) as kept:
        threading.Thread(target=lambda: trickle(listening.accept()[0]), daemon=True).start()
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            kept.post({"host": "x"}, b"{}")
        took, began = time.monotonic() - began, time.monotonic()
        time.sleep(A_WHILE)
        assert took / (time.monotonic() - began) < 3


def test_an_answer_that_breaks_off_is_a_failure(reach):
    with pytest.raises(ConnectionResetError):
        reach(Peer(HEAD + b"{", leaves=True)).post({"host": "x"}, b"{}")


@pytest.mark.filterwarnings("ignore:Parsed a serial number")  # Starfield's is 0
def test_the_roots_are_amazons_as_published():
    text = Path(ROOTS).read_text()
    found = {}
    for pem in re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", text, re.DOTALL):
        certificate = x509.load_pem_x509_certificate(pem.encode())
        (name,) = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        key = certificate.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        found[name.value] = hashlib.sha256(key).hexdigest()
    assert found == AMAZON


@pytest.fixture
def secured(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    file = certificate(tmp_path)
    return file, server_context(file)


def test_a_bundle_of_ones_own_is_trusted(reach, secured):
    file, context = secured
    assert reach(Peer(HEAD + b"{}", tls=context), "https", str(file)).post({"host": "x"}, b"{}") == (200, b"{}")


def test_where_amazons_roots_do_not_reach_the_machines_own_are_asked(reach, secured, monkeypatch):
    file, context = secured
    monkeypatch.setenv("SSL_CERT_FILE", str(file))  # OpenSSL's own setting
    connection._trust.cache_clear()
    peer = Peer(HEAD + b"{}", tls=context)
    assert reach(peer, "https").post({"host": "x"}, b"{}") == (200, b"{}")
    assert peer.connections == 2
    connection._trust.cache_clear()


def test_a_stranger_is_not_trusted(reach, secured, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    monkeypatch.setenv("SSL_CERT_DIR", "/nowhere")
    connection._trust.cache_clear()
    with pytest.raises(ssl.SSLCertVerificationError):
        reach(Peer(HEAD + b"{}", tls=secured[1]), "https")
    connection._trust.cache_clear()
