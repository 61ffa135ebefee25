"""Whether one sender holds up another: `python -m tests.bench.starvation [--messages 5000] [--deliveries 4000]`. The last
line is JSON.

Ann has that many messages to fifty contacts, all of whom refuse, and that many deliveries waiting for ten dead webhooks.
Bob has a webhook that failed once, and a contact who refuses. How many ticks do Bob's post and his erasure wait, beside Ann
and alone? A call of AWS takes ten milliseconds here, by the tick's own clock.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from chalicelib.domain.messages import Message, Recipient, message_id
from chalicelib.domain.state import State, Tally
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import to_wire
from chalicelib.store.erasure import erasures
from chalicelib.store.erasure.erasures import Erasure, What
from chalicelib.store.messages import message_items
from chalicelib.store.telling import deliveries, notification_items
from chalicelib.store.tracking.event_items import of_event
from chalicelib.work import due
from chalicelib.work.accounts.registering import register
from chalicelib.work.telling import delivering
from tests.bench.faults import quiet
from tests.counting import operations
from tests.embedded import started
from tests.makers import SENT, a_notification, a_webhook, an_open
from tests.system import System
from tests.trouble import settings
from tests.webhook_endpoint import Endpoint, added, receiving

A_CALL = 0.01  # seconds
DEAD = "http://127.0.0.1:9/"  # nothing listens there
PEOPLE = tuple(f"b{number:02}@example.com" for number in range(50))
EXPIRES = int(SENT) + 10**7


def heavy(system: System, many_messages: int, many_deliveries: int) -> int:
    """What Ann has; how many calls her longest request made."""
    longest = 0
    system.send(recipients=list(PEOPLE))
    system.follow()
    for number in range(many_messages):
        at = SENT - 86_400 + number
        people = tuple(map(Recipient, PEOPLE))
        message = Message(message_id(at, str(number)), system.sender, f"No. {number}", people, (), at, at)
        state = State(tallies=tuple(Tally(opens=1) for _ in people), as_of=at)
        items = message_items.of_message(message, state, 1, EXPIRES), message_items.of_facts(message, EXPIRES)
        system.aws.lay(map(to_wire, items))
        system.aws.lay([to_wire(of_event(an_open(at - SENT + 60, message=message.id), EXPIRES))])
    for number in range(10):
        added(a_webhook(id=f"dead{number}", sender=system.sender, url=DEAD))
    for number in range(many_deliveries // 10):
        told(system, system.sender, number)
    brought(system.sender, SENT)
    refusals: list[tuple[str, str, Any]] = [
        (
            "POST",
            "/v1/messages",
            {"subject": "x", "recipients": [{"email": each, "consent": "denied"} for each in PEOPLE[1:]]},
        ),
        ("PUT", f"/v1/contacts/{PEOPLE[0]}/consent", {"consent": "denied"}),
        ("GET", "/v1/messages?limit=1&q=nothing", None),
        ("GET", "/v1/export?limit=100", None),
    ]
    for method, path, body in refusals:
        with operations(system.aws) as calls:
            answer = system.call(method, path, body)
        assert answer.status < 300, answer.body
        longest = max(longest, len(calls))
    return longest


def quiet_one(system: System, endpoint: Endpoint) -> str:
    """What Bob has."""
    bob = register("bob@sender.example", "Bob", "UTC", "bob's token", SENT)
    added(a_webhook(id="bobs", sender=bob, url=endpoint.url))
    told(system, bob, 1)
    endpoint.status = 503
    brought(bob, SENT)
    endpoint.status = 204
    erasures.note(Erasure(What.REFUSED, bob, SENT, "carol@example.com"), SENT)
    return bob


def told(system: System, sender: str, number: int) -> None:
    """A notification in the outbox, with a delivery for each webhook."""
    news = a_notification(sender=sender, message=f"{number:032x}")
    item = notification_items.of_notification(news, SENT - 3_600 + number / 100, EXPIRES)
    table.write([table.put_always(item)])
    delivering.prepare(news, keys.Key(item["pk"], item["sk"]))


def brought(sender: str, at: float) -> None:
    """What the stream does of the deliveries that were made."""
    found = map(deliveries.to_delivery, table.query(keys.desk(sender), "p#", "p$"))
    delivering.deliver([each for each in found if each.tries == 0], at)


def ticks(system: System, endpoint: Endpoint, bob: str) -> dict[str, Any]:
    """How many ticks Bob's post and erasure take, and the calls of the longest tick."""
    waited: dict[str, int] = {}
    longest, posted = 0, len(endpoint.posts)
    for number in range(1, 60):
        at = SENT + 60.0 * number
        system.now = at
        with operations(system.aws) as calls:
            due.run(at, at, lambda calls=calls: len(calls) * A_CALL)  # type: ignore[misc]
        longest = max(longest, len(calls))
        if len(endpoint.posts) > posted:
            waited.setdefault("post", number)
        if not any(whose == bob for whose, _ in erasures.due(SENT + 1e6)):
            waited.setdefault("erasure", number)
        if len(waited) == 2:
            break
    return {"ticks_until": waited, "calls_of_the_longest_tick": longest}


def main() -> None:
    """The command."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--messages", type=int, default=5_000)
    wanted.add_argument("--deliveries", type=int, default=4_000)
    asked = wanted.parse_args()
    figures: dict[str, Any] = {"messages": asked.messages, "deliveries": asked.deliveries}
    with (
        started() as aws,
        settings(WEBHOOK_LOOPBACK="on"),
        receiving() as endpoint,
        Path(os.devnull).open("w") as nowhere,
    ):
        quiet(nowhere)
        aws.reset()
        system = System(aws)
        figures["alone"] = ticks(system, endpoint, quiet_one(system, endpoint))
        print("alone", figures["alone"])
        aws.reset()
        system = System(aws)
        figures["calls_of_the_longest_request"] = heavy(system, asked.messages, asked.deliveries)
        figures["beside"] = ticks(system, endpoint, quiet_one(system, endpoint))
        print("beside", figures["beside"])
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
