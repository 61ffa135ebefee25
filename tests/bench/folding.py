"""How fast events are folded: `python -m tests.bench.folding`. The last line is JSON.

Pure folding (domain/timeline.py) by messages of 5, 50 and 250 events; and the whole way from the stream's record to the
state in the embedded table, where most of the time is the table's.
"""

import json
import time
from collections.abc import Callable

from chalicelib.domain.timeline import fold
from tests.makers import a_click, a_message, a_state, an_open


def seconds(act: Callable[[], object], least: float = 0.5) -> float:
    """Seconds that one call takes, the mean over at least `least` seconds."""
    act()
    times, began = 0, time.process_time()
    while time.process_time() - began < least:
        act()
        times += 1
    return (time.process_time() - began) / times


def main() -> None:
    """The command."""
    message = a_message()
    figures = {}
    for size in (5, 50, 250):
        events = [
            an_open(3600 + 600 * n, address=f"81.2.{n}.7") if n % 5 else a_click(3601 + 600 * n) for n in range(size)
        ]
        took = seconds(lambda events=events: fold(message, events, a_state(message), 0.0))  # type: ignore[misc]
        figures[f"milliseconds_for_{size}"] = round(took * 1000, 3)
        figures[f"events_per_second_in_messages_of_{size}"] = round(size / took)
        print(f"a message of {size:>3} events: {took * 1000:7.3f} ms, {size / took:9,.0f} events a second")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
