"""What the sender is told: each thing once, the strongest first, with all that the telling needs."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.events import Event, EventKind, VerdictKind
from chalicelib.domain.messages import Recipient
from chalicelib.domain.notifications import Notification
from chalicelib.domain.verdicts.judging import Judgement
from chalicelib.domain.worth_telling import first_time
from tests.makers import SENT, a_bounce, a_click, a_message, a_reply, a_verdict, an_open

MESSAGE = a_message(recipients=(Recipient("bob@example.com", "Bob"), Recipient("carol@example.com")))
NOTHING: frozenset[str] = frozenset()


def judged(*events: Event, verdict: VerdictKind = VerdictKind.HUMAN, forwarded: bool = False) -> list[Judgement]:
    return [Judgement(event, a_verdict(verdict), None, forwarded) for event in events]


def names(found: tuple[Notification, ...]) -> list[str]:
    return [each.what for each in found]


def test_a_notification_holds_all_that_the_telling_needs():
    (news,) = first_time(MESSAGE, judged(a_click(3600, link=1)), NOTHING)
    assert news == Notification(
        message=MESSAGE.id,
        sender=MESSAGE.sender,
        kind=EventKind.CLICK,
        recipient=0,
        email="bob@example.com",
        name="Bob",
        subject="Offer for June",
        sent_at=SENT,
        at=SENT + 3600,
        verdict=a_verdict(),
        first=True,
        link="https://example.com/terms",
        recipients=2,
    )


def test_each_recipients_first_of_each_kind_is_told_and_no_second():
    events = [an_open(1), an_open(2), a_click(3), a_click(4), an_open(5, recipient=1), a_reply(6), a_reply(7)]
    assert names(first_time(MESSAGE, judged(*events), NOTHING)) == ["open:0", "click:0", "open:1", "reply:0"]


def test_only_the_messages_first_of_a_kind_is_called_first():
    found = first_time(MESSAGE, judged(an_open(1), an_open(2, recipient=1), a_click(3, recipient=1)), NOTHING)
    assert [(each.what, each.first) for each in found] == [("open:0", True), ("open:1", False), ("click:1", True)]


def test_first_looks_back_at_what_was_told_before():
    (news,) = first_time(MESSAGE, judged(an_open(recipient=1)), frozenset({"open:0"}))
    assert not news.first


def test_of_two_of_one_name_each_has_a_namesake():
    bobs = a_message(
        recipients=(Recipient("bob@example.com", "Bob"), Recipient("b@x.example", "BOB"), Recipient("c@x.example"))
    )
    events = judged(an_open(), an_open(1, recipient=1), an_open(2, recipient=2))
    assert [each.namesake for each in first_time(bobs, events, NOTHING)] == [True, True, False]


def test_what_was_told_before_is_not_told_again():
    assert first_time(MESSAGE, judged(an_open(), a_bounce()), frozenset({"open:0", "bounce:0"})) == ()


def test_an_open_after_a_click_or_a_reply_is_no_news():
    assert names(first_time(MESSAGE, judged(a_click(1), an_open(2)), NOTHING)) == ["click:0"]
    assert names(first_time(MESSAGE, judged(a_reply(1), an_open(2)), NOTHING)) == ["reply:0"]
    assert first_time(MESSAGE, judged(an_open()), frozenset({"click:0"})) == ()
    assert names(first_time(MESSAGE, judged(an_open()), frozenset({"click:1"}))) == ["open:0"]


def test_what_a_machine_did_or_somebody_else_is_not_told():
    for kind in set(VerdictKind) - {VerdictKind.HUMAN, VerdictKind.PROXY_HUMAN}:
        assert first_time(MESSAGE, judged(an_open(), a_click(), verdict=kind), NOTHING) == ()
    assert first_time(MESSAGE, judged(an_open(), a_click(), forwarded=True), NOTHING) == ()
    assert names(first_time(MESSAGE, judged(an_open(), verdict=VerdictKind.PROXY_HUMAN), NOTHING)) == ["open:0"]


def test_a_bounce_is_told_though_no_person_caused_it():
    assert names(first_time(MESSAGE, judged(a_bounce(), verdict=VerdictKind.BOT), NOTHING)) == ["bounce:0"]


def test_a_complaint_is_told_once_and_an_automatic_answer_not():
    complaint, away = (
        Event("1", MESSAGE.id, 0, kind, SENT, a_verdict()) for kind in (EventKind.COMPLAINT, EventKind.AUTO_REPLY)
    )
    assert names(first_time(MESSAGE, judged(complaint, complaint), NOTHING)) == ["complaint:0"]
    assert first_time(MESSAGE, judged(complaint), frozenset({"complaint:0"})) == ()
    assert first_time(MESSAGE, judged(away), NOTHING) == ()


def test_an_event_of_nobody_is_passed_over_and_a_link_of_none_has_no_address():
    assert first_time(MESSAGE, judged(an_open(recipient=2)), NOTHING) == ()
    (news,) = first_time(MESSAGE, judged(a_click(link=9)), NOTHING)
    assert news.link == ""


_events = st.lists(
    st.one_of(
        st.builds(make, st.integers(1, 9_999), recipient=st.integers(0, 2))
        for make in (an_open, a_click, a_reply, a_bounce)
    ),
    max_size=8,
).map(lambda events: sorted(events, key=lambda event: event.at))


@given(_events, st.sets(st.sampled_from(["open:0", "click:0", "reply:1", "bounce:1"])))
def test_nothing_is_told_twice_and_told_is_told(events, told):
    told = frozenset(told)
    found = names(first_time(MESSAGE, judged(*events), told))
    assert len(set(found)) == len(found)
    assert not set(found) & told
    assert first_time(MESSAGE, judged(*events), told | set(found)) == ()
