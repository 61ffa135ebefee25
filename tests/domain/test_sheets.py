"""Sheets: whatever is packed is unpacked, in few bytes; and what a line says is what its message would say."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.messages import message_id
from chalicelib.domain.sheets import EVERYTHING, LINES, Line, line, packed, search, unpacked
from chalicelib.domain.state import Tally
from tests.makers import SENT, a_message, a_state

IDS = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")
LINE = st.builds(Line, IDS, st.text(st.characters(), max_size=40), st.integers(0, 2**16 - 1))


@given(st.lists(LINE, max_size=60))
def test_whatever_is_packed_is_unpacked(lines):
    assert unpacked(packed(lines)) == tuple(lines)


def test_a_line_takes_a_seventh_of_a_messages_item():
    people, things = ("Ann", "Bob", "Carol", "Dan", "Eve", "Frank", "Grace"), ("offer", "minutes", "invoice", "visit")
    lines = [
        Line(
            message_id(SENT + 3000.0 * number, str(number)),
            f"re: {things[number % 4]} for {people[number % 7]}, {17 * number % 31} june".casefold(),
            2,
        )
        for number in range(LINES)
    ]
    assert len(packed(lines)) < 40 * LINES


def test_words_are_found_in_whatever_case_and_a_prepared_message_never():
    message = a_message(subject="Die STRASSE nach Šibenik")
    for words, found in (("straße", True), ("šIBENIK", True), ("", True), (None, True), ("Split", False)):
        assert search(words, None).finds(message, a_state(message)) is found
    assert not search(None, None).finds(a_message(prepared=True), a_state())


def test_each_standing_is_found_by_its_name_and_a_problem_is_any_of_three():
    message = a_message()
    tallies = {
        "no_evidence": Tally(),
        "opened": Tally(opens=1),
        "clicked": Tally(clicks=1),
        "replied": Tally(replied_at=SENT),
        "bounced": Tally(bounced_at=SENT),
        "cannot_know": Tally(blind="x"),
        "not_tracked": Tally(not_tracked="x"),
        "complained": Tally(opens=1, complained_at=SENT),
    }
    for name, tally in tallies.items():
        state = a_state(message, tallies=(tally,))
        assert search(None, name).may_find(line(message, state))
        others = [other for other in tallies if search(None, other).finds(message, state)]
        assert others == ([name] if name != "complained" else ["opened", "complained"])
        assert search(None, "problem").finds(message, state) == (name in ("bounced", "not_tracked", "complained"))


def test_a_search_for_nothing_is_for_everything():
    assert search(None, None) == search("", None) == EVERYTHING
