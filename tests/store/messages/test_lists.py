"""Messages in lists: newest first, page by page, whatever is wanted of them."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.store.messages import lists
from tests.embedded import Embedded
from tests.makers import SENT, a_state
from tests.store.messages.test_messages import ANN, EVE, a_numbered, create, put_at_once


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(0, 12)), st.integers(1, 7), st.sampled_from([1, 2, 3]))
def test_pages_of_any_size_lead_through_all_that_is_wanted_newest_first(fresh_table: Embedded, numbers, limit, every):
    fresh_table.reset()
    for n in numbers:
        create(a_numbered(n))
    create(a_numbered(99, sender=EVE))
    wanted = [n for n in sorted(numbers, reverse=True) if n % every == 0]
    found: list[str] = []
    after = None
    for _ in range(len(wanted) + 1):
        page, after = lists.listed(
            ANN, lambda stored: round(stored.message.sent_at - SENT) % every == 0, after=after, limit=limit
        )
        assert len(page) <= limit
        found += [each.message.subject for each in page]
        if after is None:
            break
    assert after is None
    assert found == [f"No. {n}" for n in wanted]


def test_a_list_in_which_little_is_wanted_pauses_and_leads_on(fresh_table: Embedded):
    put_at_once(fresh_table, [(a_numbered(n), a_state()) for n in range(lists.MOST_LOOKED_AT + 4)])
    found, after = lists.listed(ANN, lambda stored: stored.message.subject == "No. 0", after=None, limit=9)
    assert (found, after) == ([], a_numbered(4).id)
    found, after = lists.listed(ANN, lambda stored: stored.message.subject == "No. 0", after=after, limit=9)
    assert ([each.message.subject for each in found], after) == (["No. 0"], None)
