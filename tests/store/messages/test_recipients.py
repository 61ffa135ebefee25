"""A search by address reads that address' messages, and finds what any search would."""

from dataclasses import replace

import pytest

from chalicelib.domain.messages import MOST_RECIPIENTS, Recipient
from chalicelib.store import keys, table
from chalicelib.store.messages import lists, messages
from chalicelib.work.accounts.registering import register
from tests.counting import counting
from tests.embedded import Embedded
from tests.makers import SENT
from tests.store.messages.test_messages import a_numbered, create

BOB, CAROL = "bob@example.com", "carol@example.com"


@pytest.fixture
def ann(fresh_table: Embedded) -> str:
    return register("ann@sender.example", "Ann", "UTC", "a token", SENT)


def to(ann: str, n: int, *emails: str) -> str:
    message = a_numbered(n, sender=ann, recipients=tuple(Recipient(email) for email in emails))
    create(message)
    return message.id


def found(ann: str, email: str, limit: int = 50, after: str | None = None) -> tuple[list[str], str | None]:
    page, last = lists.listed_to(ann, email, lambda _: True, after=after, limit=limit)
    return [each.message.id for each in page], last


def test_it_costs_what_the_address_got_whatever_else_there_is(fresh_table: Embedded, ann):
    mine = [to(ann, n, CAROL) for n in (3, 60)]
    for n in range(100, 160):
        to(ann, n, BOB)
    with counting(fresh_table) as calls:
        assert found(ann, CAROL) == ([mine[1], mine[0]], None)
    assert len(calls) == 3 and sum(call.read_units for call in calls) <= 3


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_lead_through_all_of_them_newest_first(fresh_table: Embedded, ann, limit):
    made = [to(ann, n, *((BOB, CAROL) if n % 2 else (BOB,))) for n in range(7)]
    for email, wanted in ((BOB, made[::-1]), (CAROL, made[1::2][::-1])):
        pages, after = [], None
        for _ in range(9):
            page, after = found(ann, email, limit, after)
            pages += page
            if after is None:
                break
        assert pages == wanted and after is None


def test_a_page_reads_no_more_of_an_address_that_got_much(fresh_table: Embedded, ann):
    made = [to(ann, n, BOB) for n in range(40)]
    with counting(fresh_table) as calls:
        page, after = found(ann, BOB, 2, made[30])
    assert page == [made[29], made[28]] and after == made[28]
    assert sum(call.read_units for call in calls) <= 4


def test_as_many_recipients_as_there_may_be_are_all_noted(fresh_table: Embedded, ann):
    people = [f"b{n}@example.com" for n in range(MOST_RECIPIENTS)]
    message = to(ann, 1, *people)
    assert all(found(ann, email)[0] == [message] for email in (people[0], people[-1]))


def test_what_an_older_account_did_not_note_is_found_by_looking_at_all(fresh_table: Embedded, ann):
    unnoted = to(ann, 1, BOB)
    table.delete([keys.sent_to(ann, BOB, unnoted)])
    table.change(keys.account(ann), {"recipients_noted": None})
    noted = to(ann, 2, BOB)
    assert found(ann, BOB) == ([noted, unnoted], None)


def test_a_message_that_is_razed_leaves_no_address(fresh_table: Embedded, ann):
    messages.raze(ann, to(ann, 1, BOB, CAROL))
    assert not [item for item in fresh_table.items() if item["sk"]["S"].startswith("b#")]


def test_one_that_is_prepared_is_noted_as_well(fresh_table: Embedded, ann):
    message = replace(a_numbered(1, sender=ann, recipients=(Recipient(BOB),)), prepared=True)
    create(message)
    assert found(ann, BOB)[0] == [message.id]
