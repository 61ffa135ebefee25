"""What reminders cost: `python -m tests.bench.reminders [--due 1000] [--messages 2000 20000] [--million 1000000]`. The last
line is JSON.

Ann has so many messages and so many reminders that come due at nine; Bob has one of each, a second later. How many ticks do
they wait, and what does DynamoDB charge for all of them, read and write units? The same again among many more messages, and
then, on one machine, ten times as many reminders among a million messages: what is asked of the table, and for how long.
A call takes ten milliseconds here, by the tick's own clock.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from chalicelib.domain.messages import Message, Recipient, message_id
from chalicelib.domain.state import State, Tally
from chalicelib.domain.telling.reminders import Reminder
from chalicelib.store.dynamodb.values import to_wire
from chalicelib.store.messages import message_items
from chalicelib.store.telling import reminders
from chalicelib.work import due
from chalicelib.work.accounts.registering import register
from tests import one_machine
from tests.bench.faults import quiet
from tests.bench.starvation import A_CALL
from tests.counting import Counted, counting
from tests.embedded import Embedded, started
from tests.makers import SENT
from tests.one_machine import OneMachine
from tests.system import System

NINE = SENT + 3 * 86_400
EXPIRES = int(SENT) + 10**7


def sent(system: System, sender: str, number: int) -> Message:
    """A message that nobody opened, laid down."""
    at = SENT - 86_400 + number / 100
    people = (Recipient(f"b{number % 500:03}@example.com"),)
    message = Message(message_id(at, str(number)), sender, f"No. {number}", people, (), at, at)
    state = State(tallies=(Tally(),), as_of=at)
    items = message_items.of_message(message, state, 1, EXPIRES), message_items.of_facts(message, EXPIRES)
    system.aws.lay(map(to_wire, items))
    return message


def begun(system: System, messages: int, reminded: int) -> str:
    """What there is before nine; who Bob is."""
    step = max(1, messages // reminded)
    for number in range(messages):
        message = sent(system, system.sender, number)
        if number % step == 0 and number // step < reminded:
            reminders.put(Reminder(system.sender, message.id, NINE, chosen=True))
    bob = register("bob@sender.example", "Bob", "UTC", "bob's token", SENT)
    reminders.put(Reminder(bob, sent(system, bob, 7).id, NINE + 1, chosen=True))
    system.follow()
    return bob


def ticks(bob: str, made: Callable[[], int], most: int = 10_000) -> dict[str, Any]:
    """How many ticks Bob waits, and all of them; the calls of the longest; `made` says how many calls were made."""
    waited = longest = 0
    for number in range(1, most):
        at, before = NINE + 60.0 * number, made()
        due.run(at, at, lambda before=before: (made() - before) * A_CALL)  # type: ignore[misc]
        longest = max(longest, made() - before)
        left = {sender for sender, _ in reminders.due(at)}
        waited = waited or (number if bob not in left else 0)
        if not left:
            return {"ticks_until_bobs": waited, "ticks_until_all": number, "calls_of_the_longest_tick": longest}
    raise AssertionError("They are never told.")


def on_aws(aws: Embedded, messages: int, reminded: int) -> dict[str, Any]:
    """The units of all reminders."""
    aws.reset()
    system = System(aws)
    bob = begun(system, messages, reminded)
    calls: list[Counted]
    with counting(aws) as calls:
        figures = ticks(bob, lambda: len(calls))
    each = reminded + 1
    return {
        "messages": messages,
        "due": reminded,
        **figures,
        "calls": round(len(calls) / each, 2),
        "read_units": round(sum(call.read_units for call in calls) / each, 2),
        "write_units": round(sum(call.write_units for call in calls) / each, 2),
    }


def multiplied(here: OneMachine, sender: str, to: int) -> None:
    """One of the sender's messages as often as it takes, each with a name and a time of its own."""
    pk = f"s#{sender}"
    with here.engine.database.writing() as connection:
        sk, item, expires = connection.execute(
            "SELECT sk, item, expires FROM items WHERE pk = ? AND sk LIKE 'm#%' ORDER BY sk LIMIT 1", (pk,)
        ).fetchone()
        connection.execute(
            "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ?) "
            "INSERT INTO items (pk, sk, item, expires) "
            "SELECT ?, substr(?, 1, length(?) - 7) || printf('%07d', n), ?, ? FROM counted WHERE true "
            "ON CONFLICT DO NOTHING",
            (to, pk, sk, sk, item, expires),
        )


def on_one_machine(messages: int, reminded: int) -> dict[str, Any]:
    """What is asked of the table, and the processor's time for it."""
    context: AbstractContextManager[OneMachine] = one_machine.started()
    with context as here:
        here.reset()
        system = System(here)  # type: ignore[arg-type] # it answers the same
        bob = begun(system, reminded, reminded)
        multiplied(here, system.sender, messages - reminded)
        asked = 0

        def count(_: str) -> None:
            nonlocal asked
            asked += 1

        here.engine.asked.append(count)
        began = time.process_time()
        figures = ticks(bob, lambda: asked)
        spent = time.process_time() - began
    each = reminded + 1
    return {
        "messages": messages,
        "due": reminded,
        **figures,
        "calls": round(asked / each, 2),
        "cpu_ms": round(1_000 * spent / each, 3),
    }


def shown(figures: Sequence[dict[str, Any]]) -> None:
    """One line each."""
    for each in figures:
        print(", ".join(f"{name} {value}" for name, value in each.items()), flush=True)


def main() -> None:
    """The command."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--due", type=int, default=1_000)
    wanted.add_argument("--messages", type=int, nargs="*", default=[2_000, 20_000])
    wanted.add_argument("--million", type=int, default=1_000_000)
    asked = wanted.parse_args()
    found: dict[str, list[dict[str, Any]]] = {"aws": [], "one_machine": []}
    with Path(os.devnull).open("w") as nowhere:
        quiet(nowhere)
        with started() as aws:
            for messages in asked.messages:
                found["aws"].append(on_aws(aws, messages, asked.due))
                shown(found["aws"][-1:])
        for messages in (10 * asked.due, asked.million):
            found["one_machine"].append(on_one_machine(messages, 10 * asked.due))
            shown(found["one_machine"][-1:])
    print(json.dumps(found))


if __name__ == "__main__":
    main()
