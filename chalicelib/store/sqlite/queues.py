"""The queues of a system on one machine, as rows of its file: what SQS is to one on AWS."""

from typing import NamedTuple

from chalicelib.store.sqlite.database import Database

SPILL = "spill"
DEAD_LETTERS = "dead letters"
HIDDEN = 30.0  # seconds for which a message that was read is not shown again


class Message(NamedTuple):
    """A message of a queue, and how often it was received, this time included."""

    number: int
    body: str
    tries: int


def put(database: Database, queue: str, body: str) -> None:
    """Put a message into a queue."""
    with database.writing() as connection:
        connection.execute("INSERT INTO queue (name, body) VALUES (?, ?)", (queue, body))


def receive(database: Database, queue: str, most: int, at: float) -> list[Message]:
    """The oldest messages of a queue that nobody has had within HIDDEN seconds, or only in a time that is yet to come: the
    clock was set back.
    """
    with database.writing() as connection:
        found = connection.execute(
            "SELECT number, body, tries + 1 FROM queue WHERE name = ? AND (seen_at <= ? OR seen_at > ?)"
            " ORDER BY number LIMIT ?",
            (queue, at - HIDDEN, at, most),
        ).fetchall()
        seen = [(at, number) for number, _, _ in found]
        connection.executemany("UPDATE queue SET seen_at = ?, tries = tries + 1 WHERE number = ?", seen)
    return [Message(*each) for each in found]


def done(database: Database, numbers: list[int]) -> None:
    """Take messages away."""
    with database.writing() as connection:
        connection.executemany("DELETE FROM queue WHERE number = ?", [(number,) for number in numbers])
