"""Sheets on schedule, and searches upon them: whatever happened, and whenever, they find what a look at each message finds."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.sheets import LINES, MATURE, Line, Search, search, unpacked
from chalicelib.store import keys, table
from chalicelib.store.dynamodb.values import from_wire
from chalicelib.store.erasure import erasures
from chalicelib.store.erasure.erasures import Erasure, What
from chalicelib.store.messages import lists, searches
from chalicelib.work.accounts.registering import register
from chalicelib.work.messages import packing
from tests.embedded import Embedded, examples
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.privacy import BOB, FORM, a_full_story
from tests.store.messages.test_messages import a_numbered, create
from tests.system import System
from tests.trouble import logged, meanwhile, refusing, the_table

AN_HOUR = 3600.0
EVERY = [
    search(words, standing) for words in (None, "1", "offer") for standing in (None, "opened", "replied", "problem")
]


def run(system: System, after: float, lines: int = 4, clock: Callable[[], float] = lambda: 0.0) -> None:
    """A run to which the sender seems active."""
    packing.run(SENT + after, clock, [system.sender], lines)


def on_sheets(system: System) -> list[list[str]]:
    """The ids on each sheet, oldest first."""
    found = table.query(keys.desk(system.sender), "f#", "f$")
    return [[line.id for line in unpacked(item["lines"])] for item in found]


def pages(system: System, wanted: Search, limit: int) -> list[str]:
    """The ids that a search finds, page by page."""
    found: list[str] = []
    after = None
    for _ in range(200):
        page, after = searches.searched(system.sender, wanted, after=after, limit=limit)
        assert len(page) <= limit
        found += [each.message.id for each in page]
        if after is None:
            return found
    raise AssertionError("It never ended.")


def finds_what_a_look_at_each_finds(system: System, limit: int) -> None:
    """Every search finds, page by page, what it finds among all messages, looked at one by one."""
    every, _ = lists.listed(system.sender, lambda each: True, after=None, limit=10_000)
    for wanted in EVERY:
        looked_at = [each.message.id for each in every if wanted.finds(each.message, each.state)]
        assert pages(system, wanted, limit) == looked_at


def sent(system: System, many: int, every: float = 600.0) -> list[dict[str, Any]]:
    made = []
    for number in range(many):
        system.now = SENT + every * number
        made.append(system.send(subject=f"Offer {number}", recipients=[f"reader{number % 3}@example.com"]))
    return made


def packed(system: System, many: int = 20) -> list[dict[str, Any]]:
    """So many messages, all of them on sheets as far as they fill them."""
    made = sent(system, many)
    system.follow()
    run(system, 2 * MATURE)
    run(system, 2 * MATURE + AN_HOUR)
    assert sum(map(len, on_sheets(system))) == many // 4 * 4
    return made


def test_old_messages_are_announced_first_and_put_on_sheets_an_hour_later(system: System):
    made = [each["id"] for each in sent(system, 10)]
    run(system, 2 * MATURE)
    assert on_sheets(system) == []
    run(system, 2 * MATURE + 60)  # the schedule may come twice
    assert on_sheets(system) == []
    packing.run(SENT + 2 * MATURE + AN_HOUR, lambda: 0.0, [], 4)  # it waits by itself
    assert on_sheets(system) == [made[:4], made[4:8]]
    before = system.aws.items()
    run(system, 2 * MATURE + 2 * AN_HOUR)
    run(system, 2 * MATURE + 3 * AN_HOUR)
    assert [each for each in on_sheets(system) if each] == [made[:4], made[4:8]]
    assert len(system.aws.items()) == len(before)


def test_what_is_young_waits_and_has_its_turn_by_itself(system: System):
    sent(system, 4)
    run(system, AN_HOUR)
    for after in (MATURE, MATURE + 3 * AN_HOUR, MATURE + 4 * AN_HOUR):
        packing.run(SENT + after, lambda: 0.0, [], 4)
    assert [len(each) for each in on_sheets(system)] == [4]


def test_who_wrote_little_has_no_sheets_and_pays_for_no_slip(system: System):
    made = sent(system, 3)
    for hour in range(4):
        run(system, 2 * MATURE + hour * AN_HOUR, LINES)
    system.opened(made[0], 3 * MATURE, THUNDERBIRD, HOME)
    system.follow()
    assert not [item for item in system.aws.items() if item["sk"]["S"][:2] in ("f#", "z#")]


def test_what_happens_later_is_found_at_once(system: System):
    made = packed(system)
    system.opened(made[2], 3 * MATURE, THUNDERBIRD, HOME)
    system.follow()
    system.call("POST", f"/v1/messages/{made[5]['id']}/replies", {"recipient": "reader2@example.com"})
    system.follow()
    assert pages(system, search(None, "opened"), 10) == [made[2]["id"]]
    assert pages(system, search(None, "replied"), 10) == [made[5]["id"]]
    assert pages(system, search(None, "no_evidence"), 7) == [
        each["id"] for each in reversed(made) if each not in (made[2], made[5])
    ]


def test_what_happens_between_the_announcement_and_the_sheet_is_found(system: System):
    made = sent(system, 8)
    run(system, 2 * MATURE)
    system.opened(made[1], 2 * MATURE + 60, THUNDERBIRD, HOME)
    system.follow()
    run(system, 2 * MATURE + AN_HOUR)
    assert pages(system, search(None, "opened"), 10) == [made[1]["id"]]


def test_a_message_that_goes_while_its_sheet_is_written_does_not_stay_on_it(system: System):
    made = sent(system, 8)
    run(system, 2 * MATURE)

    def goes() -> None:
        system.call("DELETE", f"/v1/messages/{made[1]['id']}")

    with meanwhile(the_table(), "PutItem", goes):
        run(system, 2 * MATURE + AN_HOUR)
    left = [each["id"] for each in made if each != made[1]]
    assert on_sheets(system)[0] == [left[0], *left[1:4]]
    assert pages(system, search("offer", None), 3) == left[::-1]


def test_while_something_is_being_erased_no_sheet_is_written(system: System):
    made = sent(system, 8)
    run(system, 2 * MATURE)
    erasures.note(Erasure(What.CONTACT, system.sender, SENT, "reader0@example.com"), SENT)
    run(system, 2 * MATURE + AN_HOUR)
    assert on_sheets(system) == []
    erasures.done(Erasure(What.CONTACT, system.sender, SENT, "reader0@example.com"))
    run(system, 2 * MATURE + 2 * AN_HOUR)
    assert on_sheets(system) == [[each["id"] for each in made[:4]], [each["id"] for each in made[4:]]]


def test_a_sheet_that_broke_off_before_it_was_noted_is_written_again(system: System):
    made = sent(system, 4)
    run(system, 2 * MATURE)
    with refusing(the_table(), "UpdateItem", "AccessDeniedException"), logged():
        run(system, 2 * MATURE + AN_HOUR)
    system.call("DELETE", f"/v1/messages/{made[0]['id']}")
    assert made[0]["id"] not in on_sheets(system)[0]
    run(system, 2 * MATURE + 2 * AN_HOUR)
    assert pages(system, search("offer", None), 3) == [each["id"] for each in made[:0:-1]]


def test_a_sheet_that_is_gone_is_missed_by_nobody(system: System):
    made = packed(system)
    for after in ("", made[7]["id"]):
        table.delete([keys.sheet(system.sender, after)])
    finds_what_a_look_at_each_finds(system, 3)


def test_a_sheet_goes_with_its_oldest_message(system: System):
    packed(system)
    items = {item["sk"]["S"]: item for item in system.aws.items()}
    for sheet in (item for name, item in items.items() if name.startswith("f#")):
        lines = unpacked(_bytes(sheet["lines"]))
        assert int(sheet["expires"]["N"]) == min(int(items[f"m#{each.id}"]["expires"]["N"]) for each in lines)


def test_one_senders_sheets_wait_for_one_of_anothers_at_most(system: System):
    eve = System(system.aws, register("eve@sender.example", "Eve", "Europe/Berlin", "another token", SENT))
    sent(system, 40)
    for number in range(8):
        create(replace(a_numbered(number), sender=eve.sender))
    packing.run(SENT + 2 * MATURE, lambda: 0.0, [system.sender, eve.sender], 4)
    ticks = iter(range(1000))
    packing.run(SENT + 2 * MATURE + AN_HOUR, lambda: float(next(ticks) * 40), [], 4)
    assert 0 < len(on_sheets(system)) < 10 and len(on_sheets(eve)) >= 1


def test_of_somebody_erased_nothing_stays_on_sheets_or_slips(system: System):
    a_full_story(system, "bob.jones@example.com", "Bobby Jones")
    for number in range(9):
        system.send(subject="Notes for Bobby Jones", recipients=[BOB, f"reader{number}@example.com"])
    system.follow()
    for hour in range(3):
        run(system, 3 * MATURE + hour * AN_HOUR, 2)
    assert any("bobby" in line.subject for line in lines_of(system))
    system.call("DELETE", "/v1/contacts/bob.jones@example.com")
    for minute in range(1, 6):
        system.minute(4 * MATURE + 60 * minute)
    assert lines_of(system) and not any("bobby" in line.subject for line in lines_of(system))
    kept = {item["sk"]["S"][2:] for item in system.aws.items() if item["sk"]["S"].startswith("m#")}
    assert {line.id for line in lines_of(system)} <= kept


def test_with_the_account_all_sheets_and_slips_go(system: System):
    made = packed(system)
    system.call("POST", f"/v1/messages/{made[5]['id']}/replies", {"recipient": "reader2@example.com"})
    system.follow()
    erasures.note(Erasure(What.ACCOUNT, system.sender, system.now), system.now)
    for minute in range(1, 9):
        system.minute(3 * MATURE + 120 * minute)
    assert not [item for item in system.aws.items() if item["pk"]["S"] == f"s#{system.sender}"]


STEP = st.one_of(
    st.tuples(st.just("send"), st.integers(1, 9)),
    st.tuples(st.sampled_from(["open", "reply", "delete", "refuse"]), st.integers(0, 40)),
    st.tuples(st.just("erase"), st.integers(0, 3)),
    st.tuples(st.just("hour"), st.integers(1, 60)),
    st.tuples(st.just("hour"), st.just(1)),
)


def test_whatever_happens_a_search_finds_what_a_look_at_each_finds(fresh_table: Embedded):
    @settings(max_examples=examples(12))
    @given(st.lists(STEP, min_size=6, max_size=24))
    def law(steps: list[tuple[str, int]]) -> None:
        fresh_table.reset()
        a_story_of(System(fresh_table), steps)

    law()


def a_story_of(system: System, steps: list[tuple[str, int]]) -> None:
    made: list[dict[str, Any]] = []
    after = 0.0
    for what, number in [("send", 9), ("hour", 30), ("hour", 1), *steps, ("hour", 1)]:
        after += 60
        system.now = SENT + after
        if what == "send":
            for _ in range(number):
                people = [f"reader{each % 4}@example.com" for each in {len(made), len(made) // 3}]
                made.append(system.send(subject=f"Offer {len(made)}", recipients=sorted(set(people))))
        elif what == "erase":
            system.call("DELETE", f"/v1/contacts/reader{number}@example.com")
            system.minute(after + 90)
        elif what == "hour":
            after += number * AN_HOUR
            run(system, after)
        elif made:
            _happens(system, what, made[number % len(made)], after)
        system.follow()
        if what == "hour":
            finds_what_a_look_at_each_finds(system, 3)
    finds_what_a_look_at_each_finds(system, 5)


def _happens(system: System, what: str, message: dict[str, Any], after: float) -> None:
    if what == "open":
        system.opened(message, after, THUNDERBIRD, HOME)
    elif what == "refuse":
        system.ask("POST", message["recipients"][0]["page_url"], b"sure=yes&answer=refuse", FORM)
    elif what == "delete":
        system.call("DELETE", f"/v1/messages/{message['id']}")
    else:
        system.call("POST", f"/v1/messages/{message['id']}/replies", {"recipient": message["recipients"][0]["email"]})


def lines_of(system: System) -> list[Line]:
    return [line for item in table.query(keys.desk(system.sender), "f#", "f$") for line in unpacked(item["lines"])]


def _bytes(wire: dict[str, Any]) -> bytes:
    return bytes(from_wire({"lines": wire})["lines"])
