"""Whether one sender holds up another: `python -m tests.bench.starvation [--messages 5000] [--deliveries 4000]`. The last
line is JSON.

Ann refused tracking for fifty contacts, each of whom all her messages went to, and has as many deliveries that wait for ten
dead webhooks. Bob has one webhook, whose endpoint failed once, and a contact who refused. How many ticks do Bob's retry and
his erasure wait, beside Ann and alone? A call of AWS takes ten milliseconds here, by the tick's own clock.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from infra.local.httpd import Response
from tests.aws.aws import Call
from tests.embedded import Embedded

A_CALL = 0.01  # seconds
DEAD = "http://127.0.0.1:9/"  # nothing listens there
BOBS = "bob's token"


@contextmanager
def called(aws: Embedded) -> Iterator[list[str]]:
    """The operations of AWS that are called within it."""
    calls: list[str] = []

    def watch(call: Call) -> Callable[[Response], None]:
        calls.append(call.operation)
        return lambda response: None

    aws.aws.watchers.append(watch)
    try:
        yield calls
    finally:
        aws.aws.watchers.remove(watch)
