"""A run of the summaries over very many contacts: `python -m tests.bench.summaries [--contacts 1000000] [--changed 0.01]`.

The contacts are put straight into the embedded table (a million puts would measure the putting); then the scheduled
function runs in a process of its own, as in Lambda, first over a tenth of those that changed, then over the rest. What
is counted: request units by the rules of tests/capacity.py, seconds, and the most memory that the process ever had, which
does not grow with what changed; and that a run when nothing changed costs a look at the index, however many contacts
there are. Last: JSON.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from random import Random
from typing import Any

HOUR, DAY = 3600.0, 86_400.0
_RUN = """
import json, re, resource, sys, time
from pathlib import Path
from chalicelib.work.contacts import summarising
from chalicelib.store import table
from chalicelib.store.dynamodb import sdk as dynamodb
dynamodb.client()
began = time.process_time()
done = summarising.run(float(sys.argv[1]), time.monotonic)
used, status = time.process_time() - began, Path("/proc/self/status")
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # which on Linux is at least what the parent had
if status.exists():
    most = int(re.search(r"VmHWM:\\s+([0-9]+) kB", status.read_text())[1])
print(json.dumps({"summaries": done, "cpu_seconds": round(used, 1), "megabytes": round(most / 1024, 1)}))
"""


def main() -> None:
    """The command."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--contacts", type=int, default=1_000_000)
    wanted.add_argument("--changed", type=float, default=0.01)
    asked = wanted.parse_args()
    from infra.local.clock import Clock
    from tests.aws import resources
    from tests.aws.aws import Aws
    from tests.embedded import PUBLIC_URL, SECRETS, Embedded

    aws = Aws(Clock())
    aws.start()
    made = resources.make(aws.url)
    os.environ.update(resources.environment(made, aws.url, PUBLIC_URL, SECRETS))
    embedded, changed, now = Embedded(aws, made), round(asked.contacts * asked.changed), time.time()
    began = time.monotonic()
    fill(asked.contacts, {"a tenth": changed // 10, "the rest": changed}, now)
    print(f"{asked.contacts:,} contacts put in place, {changed:,} of them changed: {time.monotonic() - began:.0f} s")
    figures: dict[str, Any] = {"contacts": asked.contacts, "changed": changed}
    for name, at in (("a tenth", now), ("the rest", now + HOUR), ("nothing changed", now + 2 * HOUR)):
        figures[name] = run(embedded, at)
        print(name, figures[name])
    aws.stop()
    print(json.dumps(figures))


def run(embedded: Any, at: float) -> dict[str, Any]:
    """One run in a process of its own, and what it cost."""
    from tests.counting import counting

    began = time.monotonic()
    with counting(embedded) as calls:
        process = subprocess.run([sys.executable, "-c", _RUN, str(at)], stdout=subprocess.PIPE, check=True)
    return {
        **json.loads(process.stdout),
        "calls": len(calls),
        "write_units": sum(call.write_units for call in calls),
        "read_units": sum(call.read_units for call in calls),
        "seconds": round(time.monotonic() - began, 1),
    }


def fill(many: int, changed: dict[str, int], now: float, senders: int = 500) -> None:
    """Put so many contacts into the table; the first of them changed, up to each number of `changed` an hour later."""
    from moto.dynamodb.models.dynamo_type import DynamoType, Item

    from chalicelib.domain.contacts import Contact, Exchange
    from chalicelib.store.contacts import contact_items
    from chalicelib.store.dynamodb.values import to_wire
    from tests.embedded import the_table

    table = the_table()
    for number in range(many):
        random = Random(number)
        sent = [now - random.uniform(1, 300) * DAY for _ in range(random.randint(1, 6))]
        exchanges = tuple(
            Exchange(f"{n:08x}", at, opens=1, opened_at=at + random.uniform(0.1, 20) * HOUR)
            for n, at in enumerate(sent)
        )
        hours_later = next((place for place, until in enumerate(changed.values()) if number < until), None)
        contact = Contact(
            f"person{number}@firm{number % 97}.example",
            messages=len(sent),
            opened=len(sent),
            exchanges=exchanges,
            due_at=None if hours_later is None else now - 60 + hours_later * HOUR,
            version=1,
        )
        wire = to_wire(contact_items.of_contact(f"sender{number % senders}", contact))
        key, order = DynamoType(wire["pk"]), DynamoType(wire["sk"])
        table.items[key][order] = Item(key, order, wire)


if __name__ == "__main__":
    main()
