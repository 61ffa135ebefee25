"""Who did most stands first; who did as much as another, and was written to last, before them."""

from chalicelib.domain.habits.liveliest import liveliest
from chalicelib.domain.messages import Recipient
from chalicelib.domain.state import Tally
from tests.makers import a_message, a_state


def to(*people: tuple[str, Tally]):
    message = a_message(recipients=tuple(Recipient(email) for email, _ in people))
    return message, a_state(message, tallies=tuple(tally for _, tally in people))


def test_who_answered_comes_before_who_clicked_who_read_and_who_did_nothing():
    newest = [
        to(("quiet@a.example", Tally()), ("reader@a.example", Tally(opens=9))),
        to(("clicker@a.example", Tally(clicks=1)), ("", Tally(replies=1))),
        to(("answers@a.example", Tally(replies=1)), ("older@a.example", Tally())),
    ]
    names = [email.partition("@")[0] for email in liveliest(newest, 9)]
    assert names == ["answers", "clicker", "reader", "quiet", "older"]
    assert liveliest(newest, 2) == ["answers@a.example", "clicker@a.example"]
