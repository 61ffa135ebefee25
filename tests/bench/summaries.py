"""A run of the summaries over very many contacts: `python -m tests.bench.summaries [--contacts 1000000] [--changed 0.01]`.

The contacts are put straight into the embedded table (a million puts would measure the putting), then the scheduled
function runs as deployed. What is counted: request units by the rules of tests/capacity.py, seconds, memory; and that
a run over what did not change costs nothing but a look at the index, however many contacts there are. Last: JSON.
"""

import argparse
import json
import os
import resource
import time
from random import Random
from typing import Any

HOUR, DAY = 3600.0, 86_400.0


def main() -> None:
    """The command."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--contacts", type=int, default=1_000_000)
    wanted.add_argument("--changed", type=float, default=0.01)
    asked = wanted.parse_args()
    from infra.local import resources
    from infra.local.aws import Aws
    from infra.local.clock import Clock
    from tests.counting import counting
    from tests.embedded import PUBLIC_URL, SECRETS, Embedded

    aws = Aws(Clock())
    aws.start()
    made = resources.make(aws.url)
    os.environ.update(resources.environment(made, aws.url, PUBLIC_URL, SECRETS))
    changed = round(asked.contacts * asked.changed)
    began = time.monotonic()
    _fill(asked.contacts, changed)
    print(f"{asked.contacts:,} contacts put in place, {changed:,} of them changed: {time.monotonic() - began:.0f} s")
    from chalicelib.work import summarising

    embedded = Embedded(aws, made)
    figures: dict[str, Any] = {"contacts": asked.contacts, "changed": changed}
    for name in ("run", "run_when_nothing_changed"):
        before, began, cpu = _memory(), time.monotonic(), time.process_time()
        with counting(embedded) as calls:
            done = summarising.run(at=time.time())
        figures[name] = {
            "summaries": done,
            "calls": len(calls),
            "write_units": sum(call.write_units for call in calls),
            "read_units": sum(call.read_units for call in calls),
            "seconds": round(time.monotonic() - began, 1),
            "cpu_seconds": round(time.process_time() - cpu, 1),
            "megabytes_more": round(_memory() - before, 1),
        }
        print(name.replace("_", " "), figures[name])
    aws.stop()
    print(json.dumps(figures))


def _fill(many: int, changed: int) -> None:
    from moto.dynamodb.models.dynamo_type import DynamoType, Item

    from chalicelib.domain.contacts import Contact, Exchange
    from chalicelib.store import items
    from chalicelib.store.values import to_wire
    from tests.embedded import the_table

    table, now = the_table(), time.time()
    for number in range(many):
        random = Random(number)
        sent = [now - random.uniform(1, 300) * DAY for _ in range(random.randint(1, 6))]
        exchanges = tuple(
            Exchange(f"{n:08x}", at, opens=1, opened_at=at + random.uniform(0.1, 20) * HOUR)
            for n, at in enumerate(sent)
        )
        contact = Contact(
            f"person{number}@example.com",
            messages=len(sent),
            opened=len(sent),
            exchanges=exchanges,
            due_at=now - 60 if number < changed else None,
            version=1,
        )
        wire = to_wire(items.of_contact(f"sender{number % 500}", contact))
        key, order = DynamoType(wire["pk"]), DynamoType(wire["sk"])
        table.items[key][order] = Item(key, order, wire)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
