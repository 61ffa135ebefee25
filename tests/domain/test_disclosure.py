"""What is kept of a hit, in words for who made it."""

import pytest

from chalicelib.domain.disclosure import happened, moment, seen_as
from chalicelib.domain.events import EventKind, Evidence, VerdictKind
from chalicelib.domain.verdicts import signatures
from chalicelib.domain.verdicts.judging import Judgement
from tests.makers import SENT, a_click, a_reply, a_verdict, an_open


@pytest.mark.parametrize("kind", VerdictKind)
def test_every_verdict_has_words_in_which_you_are_the_recipient(kind):
    for event in (an_open(), a_click()):
        said = happened(Judgement(event, a_verdict(kind, 0.934), None))
        assert said.endswith(".") and ("93%" in said) == (kind is not VerdictKind.UNKNOWN)
        assert ("counted as you" in said) == (kind in (VerdictKind.HUMAN, VerdictKind.PROXY_HUMAN))


def test_what_is_no_hit_is_said_without_a_verdict():
    assert happened(Judgement(a_reply(), a_verdict(), None)) == "You replied"
    for kind in set(EventKind) - {EventKind.OPEN, EventKind.CLICK}:
        assert happened(Judgement(a_reply(), a_verdict(), None)), kind


def test_somebody_else_is_not_you():
    assert "somebody you forwarded it to" in happened(Judgement(an_open(), a_verdict(), None, forwarded=True))


def test_whatever_is_kept_of_a_program_and_network_is_said():
    said = seen_as(Evidence(agent="thunderbird", network="google", device="windows", client="a1.b2", subnet="c3"))
    assert said == (
        "Kept with it: the agent is Thunderbird or a relative of it; it came from the network of Google; "
        "the device is one with Windows."
    )
    assert seen_as(Evidence()) == ""
    for name in signatures.BY_NAME:
        assert seen_as(Evidence(agent=name)), name


def test_a_moment_says_on_which_clock_it_is():
    assert moment(SENT) == "Monday, 21 September 2026, 14:13 (UTC)"
