"""What the lists of a heavy account read: `python -m tests.bench.heavy_account [--beside FOLDER] [--messages 2000]`.

A sender has so many messages, a hundred of them read of late; one old message has a rare word, a rare recipient and was
answered. Counted are the calls of AWS and the read units of each list, and of a search led on to its end: two days later,
when the hourly schedule has put what is old enough on sheets, whose cost is counted as well, with its write units. With
`--beside`, another checkout of the project is asked the same in the same run. The last line is JSON.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

READ = 60  # messages that somebody opens, one each
RARE = "rare@example.org"
DAY = 86_400.0


def main() -> None:
    """The command."""
    from tests.bench import beside

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--messages", type=int, default=2_000)
    asked = parser.parse_args()
    (found,) = beside.in_turn(1, __file__, "count", str(asked.messages), other=asked.beside)
    for name, lists in found.items():
        for path, (calls, units) in lists.items():
            print(
                f"{name:6} {path:36} {calls:6} calls {units:8.1f} {'write' if path.endswith('writes') else 'read'} units"
            )
    print(json.dumps(found))


def counted(many: int) -> dict[str, tuple[int, float]]:
    """Calls and read units of each list."""
    import app
    from tests.counting import counting
    from tests.embedded import started
    from tests.makers import HOME, SENT, THUNDERBIRD
    from tests.system import System

    with started() as aws:
        aws.reset()
        system = System(aws)
        old = put_old_ones(system.sender, many)
        system.now = SENT - many * 60.0
        rare = system.send(subject="A heffalump", recipients=[RARE])
        system.call("POST", f"/v1/messages/{rare['id']}/replies", {"recipient": RARE})
        system.now = SENT
        for number in range(READ):
            made = system.send(subject=f"Offer {number}", recipients=[f"reader{number}@example.com"])
            system.opened(made, 7200 + number, THUNDERBIRD, f"{HOME.rpartition('.')[0]}.{number}")
        system.follow()
        old(system.sender)
        system.call("GET", "/v1/feed")  # this device is known today
        figures: dict[str, tuple[int, float]] = {}

        def count(name: str, act: Callable[[], object]) -> None:
            with counting(aws) as calls:
                act()
            found = [call for call in calls if call.service == "dynamodb"]
            figures[name] = len(found), sum(call.read_units for call in found)

        def whole(path: str) -> int:
            after, items = "", 0
            while True:
                page = system.call("GET", path + after).json
                items += len(page["items"])
                if page["next"] is None:
                    return items
                after = f"{'&' if '?' in path else '?'}after={page['next']}"

        for path in ("/v1/messages?limit=50", "/v1/today", "/v1/ranking"):
            if path.partition("?")[0] in app.app.routes:
                count(path, lambda path=path: system.call("GET", path))  # type: ignore[misc]
        system.hour(2 * DAY)
        with counting(aws) as calls:
            for hour in range(1, 4):
                system.hour(2 * DAY + hour * 3600)
        system.call("GET", "/v1/feed")
        figures["three hours of the schedule"] = len(calls), sum(call.read_units for call in calls)
        figures["three hours of the schedule: writes"] = len(calls), sum(call.write_units for call in calls)
        for query in ("q=heffalump", f"recipient={RARE}", "status=replied", "q=heffalump&limit=1"):
            count(f"to the end: {query}", lambda query=query: whole(f"/v1/messages?{query}"))  # type: ignore[misc]
        count("one page of q=heffalump", lambda: system.call("GET", "/v1/messages?q=heffalump"))
        count("to the end: /v1/export", lambda: whole("/v1/export?limit=100"))
        return figures


def put_old_ones(sender: str, many: int) -> Callable[[str], None]:
    """Messages made before, to the same two hundred people, put as the store puts them, without asking for each."""
    from chalicelib.domain.messages import Recipient, message_id
    from chalicelib.store import table
    from tests.makers import SENT, a_message, a_state

    try:
        from chalicelib.store.messages import message_items as items
    except ImportError:
        from chalicelib.store import items  # type: ignore[attr-defined, no-redef]
    facts = getattr(items, "of_new_facts", items.of_facts)

    def put(sender: str) -> None:
        for number in range(many - READ - 1):
            at = SENT - (number + 1) * 50.0
            to = (Recipient(f"old{number % 200}@example.com", "Old Friend"),)
            made = a_message(id=message_id(at, str(number)), sender=sender, sent_at=at, created_at=at, recipients=to)
            made = replace(made, subject=f"Minutes of our meeting, no. {number}")
            for item in (items.of_message(made, a_state(made), 1, int(at) + 10**8), facts(made, int(at) + 10**8)):
                table.write([table.put_always(item)])

    return put


if __name__ == "__main__":
    if sys.argv[1:2] == ["count"]:
        print(json.dumps(counted(int(sys.argv[2]))))
    else:
        main()
