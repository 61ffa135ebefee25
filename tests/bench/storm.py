"""A storm: `python -m tests.bench.storm [--opens 50000] [--a-second 833] [--most 1000]`. The last line is JSON.

A mail goes viral: 50,000 people open one recipient's copy within a minute. Then a bot asks for the same pixel as often.
The table refuses what is beyond `--most` writes a second on one partition, as DynamoDB does
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html); what it refuses waits in
the queue. The stream is followed every tenth of a second, as far as it came, and the units of every call are counted.
"""

import argparse
import json
import logging
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chalicelib.domain.timeline import MOST_FOLDED
from infra.local import pump
from infra.local.functions import Context
from infra.local.httpd import Request, Response
from tests.aws import queues
from tests.aws.aws import _call
from tests.bench.faults import quiet
from tests.counting import Counted, counting
from tests.embedded import Embedded, started
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.system import System

WRITES = 0.625e-6  # dollars a unit, on demand (docs/costs.md)
READS = 0.125e-6
AFTER = 7200.0  # seconds from the send


class Partitions:
    """The embedded AWS, but that a partition takes only `most` writes a second of the system's clock."""

    def __init__(self, system: System, most: int) -> None:
        self._system, self.most = system, most
        self._written: Counter[tuple[str, int]] = Counter()
        self.refused = 0

    def __call__(self, request: Request) -> Response:
        call = _call(request)
        if (call.service, call.operation) == ("dynamodb", "PutItem"):
            place = json.loads(call.body)["Item"]["pk"]["S"], int(self._system.now)
            self._written[place] += 1
            if self._written[place] > self.most:
                self.refused += 1
                return Response(400, (), b'{"__type": "ProvisionedThroughputExceededException"}')
        return self._system.aws.aws.perform(request)

    @property
    def busiest(self) -> int:
        """The most writes that one partition took within a second."""
        return min(max(self._written.values(), default=0), self.most)


class Storm:
    """One message, and those who open it."""

    def __init__(self, aws: Embedded, most: int = 1000) -> None:
        self.system = System(aws)
        self.message = self.system.send()
        self.system.follow()
        self.partitions = Partitions(self.system, most)
        self._stream = aws._reader()

    @contextmanager
    def raging(self) -> Iterator[None]:
        """Within it the partitions have their limit, and nobody pauses before trying again."""
        server = self.system.aws.aws._server
        assert server is not None
        before, sleep = server.answer, time.sleep
        server.answer, time.sleep = self.partitions, lambda _: None
        try:
            yield
        finally:
            server.answer, time.sleep = before, sleep

    @property
    def kept(self) -> int:
        """How many hits are in the table."""
        return sum(item["sk"]["S"].startswith("e#") for item in self.system.aws.items())

    def blow(self, opens: int, a_second: int, start: float, address: Callable[[int], str]) -> dict[str, list[Counted]]:
        """Opens from these addresses, one after the other; what was called by whom."""
        called: dict[str, list[Counted]] = defaultdict(list)
        step = max(1, a_second // 10)
        for first in range(0, opens, step):
            with counting(self.system.aws) as calls:
                for number in range(first, min(first + step, opens)):
                    answer = self.system.opened(self.message, start + number / a_second, THUNDERBIRD, address(number))
                    assert answer.status == 200
            called["the request path"] += calls
            self._follow(called)
        self.system.now += 60
        self._replay(called)
        self._follow(called)
        return called

    def _follow(self, called: dict[str, list[Counted]]) -> None:
        with counting(self.system.aws) as calls:
            while batch := self._stream.read(100):
                answer = self.system.run("follow", {"Records": batch})
                assert answer == {"batchItemFailures": []}
                self.system.aws.aws.trim("us-east-1", "unsealed", pump.number(batch[-1]))
        called["what follows"] += [call for call in calls if call.service != "dynamodbstreams"]

    def _replay(self, called: dict[str, list[Counted]]) -> None:
        aws = self.system.aws
        queue = queues.QueueDriver(aws.client("sqs"), aws.made.queue_url, "replay", self._replayed, 10)
        with counting(aws) as calls:
            while queue.deliver():
                self._follow(called)
        called["the queue"] += [call for call in calls if call.operation == "PutItem" and call.write_units]

    def _replayed(self, event: Any, _: Context) -> Any:
        self.system.now += 20 / self.partitions.most  # at half the pace that the partition takes
        return self.system.run("replay", event)

    def one_more(self, start: float) -> tuple[float, float]:
        """The write and read units of one more open, with all that follows."""
        with counting(self.system.aws) as calls:
            self.system.opened(self.message, start, THUNDERBIRD, HOME)
        behind: dict[str, list[Counted]] = {"what follows": []}
        self._follow(behind)
        return units(calls + behind["what follows"])


def units(calls: Sequence[Counted]) -> tuple[float, float]:
    """Write and read units."""
    return sum(call.write_units for call in calls), sum(call.read_units for call in calls)


def cents(writes: float, reads: float) -> float:
    """What DynamoDB takes for it."""
    return 100 * (writes * WRITES + reads * READS)


def people(number: int) -> str:
    """Everybody from their own address."""
    return f"{81 + number // 62_500}.{number // 250 % 250}.{number % 250}.7"


def main() -> None:
    """The command."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--opens", type=int, default=50_000)
    wanted.add_argument("--a-second", type=int, default=833)
    wanted.add_argument("--most", type=int, default=1000)
    asked = wanted.parse_args()
    figures: dict[str, Any] = {"opens": asked.opens, "a_second": asked.a_second}
    with Path(os.devnull).open("w") as nowhere, started() as aws:
        quiet(nowhere)
        logging.disable(logging.CRITICAL)
        for name, address in (("people", people), ("one bot", lambda _: "93.184.216.35")):
            aws.reset()
            storm = Storm(aws, asked.most)
            first = storm.one_more(AFTER)
            began = time.process_time()
            with storm.raging():
                called = storm.blow(asked.opens, asked.a_second, AFTER + 60, address)
            took = time.process_time() - began
            last = storm.one_more(storm.system.now - SENT + 60)
            figures[name] = tell(name, storm, called, first, last, took, asked.opens)
    print(json.dumps(figures))


def tell(
    name: str,
    storm: Storm,
    called: dict[str, list[Counted]],
    first: tuple[float, float],
    last: tuple[float, float],
    took: float,
    opens: int,
) -> dict[str, Any]:
    """Print the figures of one storm, and give them."""
    seen = storm.system.show(storm.message)
    recipient = seen["recipients"][0]
    found = {
        "kept": storm.kept,
        "counted": recipient["opens"] + recipient["machine_hits"],
        "at_least": seen["at_least"],
        "notifications": len(storm.system.aws.outbox()),
        "refused": storm.partitions.refused,
        "busiest_second": storm.partitions.busiest,
        "units_of_the_first": first,
        "units_of_the_last": last,
        "cpu_seconds": round(took),
    }
    print(f"\n{opens:,} opens by {name}: {found['counted']:,} of at most {MOST_FOLDED:,} counted, "
          f"{found['notifications']} notification, {found['refused']:,} puts refused at first")  # fmt: skip
    total = [0.0, 0.0]
    for who, calls in called.items():
        writes, reads = units(calls)
        total = [total[0] + writes, total[1] + reads]
        print(f"{who:>18}: {len(calls):>7,} calls {writes:>9,.0f} write units {reads:>9,.0f} read units "
              f"{cents(writes, reads):6.2f} cents")  # fmt: skip
    print(f"{'the first open':>18}: {first[0]:.0f} write units, {first[1]:.1f} read units: {cents(*first):.5f} cents")
    print(f"{'one more at last':>18}: {last[0]:.0f} write units, {last[1]:.1f} read units: {cents(*last):.5f} cents")
    return found | {"write_units": total[0], "read_units": total[1], "cents": round(cents(*total), 2)}


if __name__ == "__main__":
    main()
