"""A thread since one of its mails: who answered, and whether its sender went on."""

from chalicelib.domain.state import Tally
from chalicelib.domain.threads import ALONE, Thread, since
from tests.makers import SENT, a_message

NOTHING = (Tally(),)
OFFER = a_message(thread="<offer@x>")
EARLIER, LATER = (a_message(id=f"{number:032x}", thread="<offer@x>", sent_at=SENT + number - 5) for number in (1, 9))


def replied(after: float) -> tuple[Tally, ...]:
    return (Tally(replied_at=SENT + after),)


def test_a_mail_without_a_thread_is_alone_whatever_others_did():
    assert since(a_message(), replied(60), [(LATER, replied(60))]) == ALONE == Thread(replied=False, goes_on=False)


def test_an_answer_to_any_mail_of_the_thread_counts_if_it_came_since():
    assert since(OFFER, replied(60), []).replied
    assert since(OFFER, NOTHING, [(EARLIER, replied(0))]).replied
    assert not since(OFFER, NOTHING, [(EARLIER, replied(-1))]).replied, "it answered what was written before"


def test_a_newer_mail_of_the_sender_goes_on_and_an_older_one_or_itself_does_not():
    assert since(OFFER, NOTHING, [(LATER, NOTHING)]).goes_on
    assert not since(OFFER, NOTHING, [(EARLIER, NOTHING), (OFFER, NOTHING)]).goes_on
