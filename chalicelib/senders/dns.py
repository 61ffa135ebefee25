"""The TXT records of a name, asked of the machine's own name server (RFC 1035): Python's library asks for addresses only."""

import secrets
import socket
import struct
from pathlib import Path

SECONDS = 2.0
_TXT, _IN = 16, 1
_TRUNCATED, _NO_SUCH_NAME = 0x0200, 3
_POINTER = 0xC0  # two bytes that say where the rest of a name stands (section 4.1.4)


def texts(name: str, server: tuple[str, int] | None = None) -> list[str]:
    """The TXT records of a name, each put together; none where there is no such name. Raises OSError without an answer."""
    if not name.isascii() or not all(0 < len(each) < 64 for each in name.split(".")):
        raise OSError("This is no name.")
    number = secrets.randbits(16)
    labels = b"".join(bytes([len(each)]) + each for each in name.encode("ascii").split(b"."))
    asked = struct.pack("!HHHHHH", number, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!HH", _TXT, _IN)
    where = server or (_server(), 53)
    answer = _by_udp(asked, where)
    try:
        if struct.unpack_from("!H", answer, 2)[0] & _TRUNCATED:
            answer = _by_tcp(asked, where)
        return _read(answer, asked)
    except (struct.error, IndexError, ValueError) as wrong:
        raise OSError("A name server's answer cannot be read.") from wrong


def _server() -> str:
    for line in Path("/etc/resolv.conf").read_text().splitlines():
        word, _, address = line.strip().partition(" ")
        if word == "nameserver":
            return address.strip()
    raise OSError("No name server is named.")


def _by_udp(asked: bytes, where: tuple[str, int]) -> bytes:
    with socket.socket(socket.AF_INET6 if ":" in where[0] else socket.AF_INET, socket.SOCK_DGRAM) as reached:
        reached.settimeout(SECONDS)
        reached.connect(where)  # then nobody else's answer is taken
        reached.send(asked)
        return reached.recv(65_535)


def _by_tcp(asked: bytes, where: tuple[str, int]) -> bytes:
    with socket.create_connection(where, SECONDS) as reached, reached.makefile("rb") as answer:
        reached.sendall(struct.pack("!H", len(asked)) + asked)
        (length,) = struct.unpack("!H", answer.read(2))
        return answer.read(length)


def _read(answer: bytes, asked: bytes) -> list[str]:
    _, flags, _, records = struct.unpack_from("!HHHH", answer)
    if answer[:2] != asked[:2] or answer[12 : len(asked)].lower() != asked[12:].lower():
        raise ValueError("This answers something else.")
    if flags & 0xF == _NO_SUCH_NAME:
        return []
    if flags & 0xF:
        raise ValueError(f"The name server says {flags & 0xF}.")
    place, found = len(asked), []
    for _ in range(records):
        while answer[place] and answer[place] < _POINTER:
            place += 1 + answer[place]
        place += 1 if not answer[place] else 2
        kind, _, _, length = struct.unpack_from("!HHIH", answer, place)
        place += 10
        if place + length > len(answer):
            raise ValueError("This ends in the middle.")
        if kind == _TXT:  # others are names that this one is an alias of
            found.append(_text(answer[place : place + length]))
        place += length
    return found


def _text(content: bytes) -> str:
    """A record's strings, one after the other as DMARC has it."""
    parts = []
    while content:
        parts.append(content[1 : 1 + content[0]])
        content = content[1 + content[0] :]
    return b"".join(parts).decode("utf-8", "replace")
