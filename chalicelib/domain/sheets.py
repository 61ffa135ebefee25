"""Sheets: what a search looks at of a sender's older messages, many packed together, so that few bytes are read.

What stands on a sheet is a hint: what it finds is read, and judged, as the message itself.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chalicelib.domain.messages import Message
from chalicelib.domain.records import record
from chalicelib.domain.state import State, Status

LINES = 50
"""Messages on a sheet. A search reads as many and some more from their own items: those that wait for the next sheet."""

MATURE = 86_400.0
"""Seconds after which a message may stand on a sheet: most of what becomes of a mail has by then, and costs no slip."""

_STANDINGS = (*(each.value for each in Status), "complained")  # in the order of their bits: only ever added to
_BITS = {name: 1 << number for number, name in enumerate(_STANDINGS)}
_WANTED = _BITS | {"problem": _BITS["complained"] | _BITS["bounced"] | _BITS["not_tracked"]}

_ID = 16  # bytes
_RAW = -15  # deflate without zlib's header


class Line(NamedTuple):
    """One message on a sheet: its subject in folded case, and its standings."""

    id: str
    subject: str
    standings: int


@record
class Search:
    """What is looked for: `words` in a subject, whatever the case, and one of these `standings` (0: whatever they are)."""

    words: str = ""
    standings: int = 0

    def finds(self, message: Message, state: State) -> bool:
        """Whether a message is meant. One that is only prepared never is."""
        return not message.prepared and self.may_find(line(message, state))

    def may_find(self, line: Line) -> bool:
        """Whether the message of this line may be meant."""
        return self.words in line.subject and bool(not self.standings or self.standings & line.standings)


EVERYTHING = Search()


def search(words: str | None, standing: str | None) -> Search:
    """The search for these words and this standing, as far as they are named: a status, `complained`, or a `problem`."""
    return Search((words or "").casefold(), 0 if standing is None else _WANTED[standing])


def standings(message: Message, state: State) -> int:
    """The statuses of a message's recipients, and whether one complained: a bit for each that occurs."""
    found = 0
    for tally in state.known(message):
        found |= _BITS[tally.status.value] | (_BITS["complained"] if tally.complained_at is not None else 0)
    return found


def line(message: Message, state: State) -> Line:
    """A message as it stands on a sheet."""
    return Line(message.id, message.subject.casefold(), standings(message, state))


def packed(lines: Sequence[Line]) -> bytes:
    """A sheet's lines in few bytes: the ids digit by digit (most of their times are alike), the standings, the subjects.

    Raw deflate (RFC 1951). Some 35 bytes a line, ten of them an id's random part.
    """
    ids = [bytes.fromhex(each.id) for each in lines]
    columns = b"".join(bytes(each[place] for each in ids) for place in range(_ID))
    subjects = json.dumps([each.subject for each in lines], ensure_ascii=False, separators=(",", ":"))
    head = len(lines).to_bytes(2, "big") + columns + b"".join(each.standings.to_bytes(2, "big") for each in lines)
    return zlib.compress(head + subjects.encode("utf-8", "surrogatepass"), 9, _RAW)


def unpacked(content: bytes) -> tuple[Line, ...]:
    """The lines of a sheet, as `packed` had them."""
    whole = zlib.decompress(content, _RAW)
    many = int.from_bytes(whole[:2], "big")
    columns, rest = whole[2 : 2 + _ID * many], whole[2 + _ID * many :]
    subjects = json.loads(rest[2 * many :].decode("utf-8", "surrogatepass"))
    return tuple(
        Line(columns[n::many].hex(), subject, int.from_bytes(rest[2 * n : 2 * n + 2], "big"))
        for n, subject in enumerate(subjects)
    )


def changed(lines: Iterable[Line], new: Line) -> tuple[Line, ...]:
    """The lines with this one in the place of the one of the same message, if there is one."""
    return tuple(new if each.id == new.id else each for each in lines)
