"""What was told and taken back is marked, and nothing else is."""

from chalicelib.domain.correcting import marked
from chalicelib.domain.events import Event
from chalicelib.domain.timeline import fold
from tests.makers import CHROME, HOME, SENT, a_click, a_message, a_state, an_open

LATER = SENT + 30 * 86_400
SIX_LINKS = a_message(links=tuple(f"https://example.com/{number}" for number in range(6)))
SCAN = [a_click(3600 + 0.3 * link, link, address="198.51.100.70") for link in range(6)]


def told(*batches: list[Event]) -> list[str]:
    """The ids of what is corrected, after one fold for each batch of events, as they came in."""
    state, events = a_state(SIX_LINKS), []
    for batch in batches:
        events += batch
        done = fold(SIX_LINKS, events, state, LATER)
        state = done.state
    return [each.event.id for each in marked(done.judgements, state.told) if each.corrected]


def test_the_click_that_was_told_before_its_burst_was_known_is_marked():
    assert told(SCAN[:1], SCAN[1:]) == [SCAN[0].id]


def test_what_was_never_told_is_not():
    assert told(SCAN) == []
    assert told([an_open(address=HOME), a_click(agent=CHROME, address=HOME)]) == []


def test_it_stays_marked_when_somebody_really_comes():
    person = a_click(8 * 3600, 2, agent=CHROME, address=HOME)
    assert told(SCAN[:1], SCAN[1:], [person]) == [SCAN[0].id]
