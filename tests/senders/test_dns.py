"""TXT records, as a name server on this machine gives them."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from chalicelib.senders import dns

ALIAS = b"\xc0\x0c" + struct.pack("!HHIH", 5, 1, 60, 2) + b"\xc0\x0c"  # RFC 1035, 3.2.1, with a pointer for each name


def record(*parts: bytes, kind: int = 16) -> bytes:
    content = b"".join(bytes([len(part)]) + part for part in parts)
    return b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 60, len(content)) + content


def answer(asked: bytes, *records: bytes, flags: int = 0x8180) -> bytes:
    return asked[:2] + struct.pack("!HHHHH", flags, 1, len(records), 0, 0) + asked[12:] + b"".join(records)


@contextmanager
def serving(by_udp: Callable[[bytes], bytes], by_tcp: bytes = b"") -> Iterator[tuple[str, int]]:
    """Within it a name server that answers one question; by TCP with these records where it is asked there."""
    tcp = socket.create_server(("127.0.0.1", 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", tcp.getsockname()[1]))

    def serve() -> None:
        asked, whose = udp.recvfrom(512)
        udp.sendto(by_udp(asked), whose)
        if by_tcp:
            connection, _ = tcp.accept()
            with connection:
                asked = connection.recv(512)[2:]
                said = answer(asked, by_tcp)
                connection.sendall(struct.pack("!H", len(said)) + said)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield udp.getsockname()
    finally:
        thread.join()
        udp.close()
        tcp.close()


def asked_of(by_udp: Callable[[bytes], bytes], by_tcp: bytes = b"") -> list[str]:
    with serving(by_udp, by_tcp) as server:
        return dns.texts("_dmarc.sender.example", server)


def test_a_record_of_several_strings_is_one_text_and_other_records_are_none():
    found = asked_of(lambda asked: answer(asked, ALIAS, record(b"v=DMARC1; ", b"p=none"), record(b"more")))
    assert found == ["v=DMARC1; p=none", "more"]


def test_a_name_that_does_not_exist_has_no_records():
    assert asked_of(lambda asked: answer(asked, flags=0x8183)) == []


def test_what_is_too_long_for_a_packet_comes_by_tcp():
    assert asked_of(lambda asked: answer(asked, flags=0x8380), record(b"a" * 200, b"b" * 200)) == [
        "a" * 200 + "b" * 200
    ]


@pytest.mark.parametrize(
    "said",
    [
        lambda asked: b"",
        lambda asked: answer(asked, flags=0x8182),  # it failed
        lambda asked: b"\0\0" + answer(asked)[2:] if asked[:2] != b"\0\0" else b"",  # an answer to something else
        lambda asked: answer(asked, record(b"cut off"))[:-3] + b"",
        lambda asked: answer(asked, b"\xc0\x0c"),
    ],
)
def test_what_is_no_answer_is_none(said):
    with pytest.raises(OSError, match="cannot be read"):
        asked_of(said)


@pytest.mark.parametrize("name", ["", "a..b", "a" * 64 + ".example", "münchen.example"])
def test_what_is_no_name_is_not_asked_for(name):
    with pytest.raises(OSError, match="no name"):
        dns.texts(name, ("127.0.0.1", 9))
