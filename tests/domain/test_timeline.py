"""The fold: what a message's events come to, in whatever order and however often they come."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.consent import Untracked
from chalicelib.domain.events import Event, EventKind, Evidence, Verdict, VerdictKind
from chalicelib.domain.messages import Message, Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.state import State, Status, Tally
from chalicelib.domain.timeline import (
    LEFT_OPEN,
    MOST_FOLDED,
    MOST_LEFT_OPEN,
    MOST_OPEN,
    MOST_TOLD,
    REOPENED,
    fold,
    news_to,
    order,
    reopened,
    room,
)
from chalicelib.domain.worth_telling import Wishes
from tests.makers import (
    CHROME,
    GMAIL_PROXY,
    GOOGLE,
    SENT,
    a_bounce,
    a_click,
    a_message,
    a_reply,
    a_state,
    an_open,
)

AN_HOUR, A_DAY = 3600.0, 86400.0
LATER = SENT + 30 * A_DAY
MESSAGE = a_message()
SIX_LINKS = a_message(links=tuple(f"https://example.com/{number}" for number in range(6)))


def folded(*events: Event, state: State | None = None, at: float = LATER, message=MESSAGE, **more):
    return fold(message, events, state or a_state(message), at, **more)


def tally(*events: Event, at: float = LATER) -> Tally:
    (found,) = folded(*events, at=at).state.tallies
    return found


def told(*events: Event, **more) -> list[str]:
    return [each.what for each in folded(*events, **more).notifications]


# -- Tallies and statuses


def test_nothing_happened_and_nothing_is_known():
    found = folded()
    assert found.state == replace(a_state(), as_of=LATER)
    assert found.state.tallies[0].status is Status.NO_EVIDENCE
    assert found.notifications == ()


def test_opens_and_clicks_are_counted_and_their_first_times_kept():
    found = tally(an_open(AN_HOUR), an_open(2 * AN_HOUR), a_click(3 * AN_HOUR), a_click(5 * AN_HOUR, 1))
    assert (found.opens, found.clicks, found.status) == (2, 2, Status.CLICKED)
    assert found.opened_at == SENT + AN_HOUR
    assert found.clicked_at == SENT + 3 * AN_HOUR


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([an_open()], Status.OPENED),
        ([an_open(), a_click()], Status.CLICKED),
        ([an_open(), a_click(), a_reply()], Status.REPLIED),
        ([a_reply()], Status.REPLIED),
        ([a_bounce()], Status.BOUNCED),
        ([an_open(5 * AN_HOUR), a_bounce()], Status.BOUNCED),
        ([a_bounce(), a_reply()], Status.REPLIED),
        ([a_reply(60), a_bounce(AN_HOUR)], Status.BOUNCED),
    ],
)
def test_the_strongest_thing_known_is_the_status(events, status):
    assert tally(*events).status is status


def test_a_reply_after_a_bounce_reopens_the_recipient():
    assert tally(a_bounce(60)).status is Status.BOUNCED
    found = tally(a_bounce(60), a_reply(AN_HOUR))
    assert found.status is Status.REPLIED
    assert found.bounced_at == SENT + 60


def test_a_click_or_a_reply_without_an_open_infers_one():
    assert tally(a_click()).inferred_open
    assert tally(a_reply()).inferred_open
    assert not tally(an_open(), a_click()).inferred_open
    assert not tally().inferred_open
    assert not tally(a_bounce()).inferred_open


def test_a_machine_is_counted_apart_and_proves_nothing():
    machine = an_open(AN_HOUR, agent="curl/8.5.0")
    found = tally(machine)
    assert (found.opens, found.machine, found.status) == (0, 1, Status.NO_EVIDENCE)
    assert told(machine) == []


def test_what_nobody_can_say_is_neither_a_person_nor_a_machine():
    unknown = replace(an_open(), guess=Verdict(VerdictKind.UNKNOWN, 0.5, ("other",)))
    found = tally(unknown)
    assert found == Tally()


def test_an_automatic_answer_and_a_complaint_are_kept_and_are_no_reply():
    sure = Verdict(VerdictKind.BOT, 0.99, ("auto_reply",))
    away = Event("away", MESSAGE.id, 0, EventKind.AUTO_REPLY, SENT + 30, sure, evidence=Evidence())
    spam = replace(away, id="spam", kind=EventKind.COMPLAINT, at=SENT + A_DAY)
    found = tally(away, spam)
    assert (found.auto_replies, found.replies, found.complained_at, found.away_until) == (1, 0, SENT + A_DAY, "")
    assert found.status is Status.NO_EVIDENCE


def test_until_when_they_are_away_is_what_the_newest_automatic_answer_that_says_so_states():
    def away(minutes: int, *reasons: str) -> Event:
        sure = Verdict(VerdictKind.BOT, 0.97, ("auto_reply", *reasons))
        return Event(f"away {minutes}", MESSAGE.id, 0, EventKind.AUTO_REPLY, SENT + 60 * minutes, sure)

    longer, shorter = away(1, "away_until_2026-10-12", "auto_subject"), away(2, "away_until_2026-10-05")
    assert tally(longer).away_until == "2026-10-12"
    assert tally(shorter, longer, away(3)).away_until == "2026-10-05"


def test_a_strangers_device_is_counted_as_a_forward():
    iphone = (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/18.5 Mobile/15E148 Safari/604.1"
    )
    found = tally(an_open(AN_HOUR), an_open(3 * A_DAY, agent=iphone, address="203.0.113.40"))
    assert (found.opens, found.forwarded) == (1, 1)


def test_each_recipient_has_a_tally_of_their_own():
    message = a_message(recipients=(Recipient("a@example.com"), Recipient("b@example.com")))
    found = folded(an_open(recipient=1), a_bounce(recipient=0), message=message).state
    assert [each.status for each in found.tallies] == [Status.BOUNCED, Status.OPENED]


def test_an_event_of_nobody_is_passed_over():
    assert folded(an_open(recipient=7)).state.tallies == (Tally(),)


def test_a_copy_without_tracking_says_so_until_something_is_known():
    untracked = a_state(tallies=(Tally(not_tracked="plain"),))
    assert folded(state=untracked).state.tallies[0].status is Status.NOT_TRACKED
    after = folded(a_reply(), state=untracked).state.tallies[0]
    assert (after.status, after.not_tracked) == (Status.REPLIED, "plain")


# -- Holding and telling


def test_a_held_event_counts_for_nothing_until_its_wait_is_over():
    click = a_click(43)
    held = folded(click, at=SENT + 44)
    assert held.state.tallies == (Tally(),)
    assert held.notifications == ()
    assert held.state.due_at is not None
    released = folded(click, state=held.state, at=held.state.due_at)
    assert released.state.tallies[0].clicks == 1
    assert [each.what for each in released.notifications] == ["click:0"]
    assert released.state.due_at is None


def test_it_is_looked_at_again_when_the_first_of_the_held_is_over():
    first, second = a_click(43), a_click(80, 1)
    alone = folded(first, at=SENT + 81).state.due_at
    assert folded(first, second, at=SENT + 81).state.due_at == alone
    assert folded(second, at=SENT + 81).state.due_at > alone


def a_scan(start: float) -> list[Event]:
    return [a_click(start + 0.3 * link, link, address="198.51.100.70") for link in range(6)]


def test_a_burst_seen_while_its_first_click_was_held_is_never_told():
    held = folded(*a_scan(43)[:1], message=SIX_LINKS, at=SENT + 43)
    after = folded(*a_scan(43), message=SIX_LINKS, state=held.state)
    assert after.notifications == ()
    assert after.state.tallies == (Tally(machine=6),)


def test_a_burst_seen_too_late_takes_the_click_back_though_it_was_told():
    early = folded(*a_scan(AN_HOUR)[:1], message=SIX_LINKS, at=SENT + 2 * AN_HOUR)
    assert (early.state.tallies[0].clicks, early.state.told) == (1, frozenset({"click:0"}))
    late = folded(*a_scan(AN_HOUR), message=SIX_LINKS, state=early.state)
    assert late.state.tallies == (Tally(machine=6),)
    assert late.state.told == frozenset({"not:click:0"})
    (taken_back,) = late.notifications
    assert taken_back.correction and taken_back.kind == "click"
    assert folded(*a_scan(AN_HOUR), message=SIX_LINKS, state=late.state).notifications == ()


def test_what_was_told_is_not_told_again():
    first = folded(an_open())
    assert [each.what for each in first.notifications] == ["open:0"]
    assert told(an_open(), an_open(8 * AN_HOUR), state=first.state) == []


def test_a_muted_message_counts_everything_and_tells_nothing_then_or_later():
    muted = folded(an_open(), state=a_state(muted=True))
    assert muted.notifications == ()
    assert muted.state.muted
    assert muted.state.tallies[0].opens == 1
    assert told(an_open(), a_click(), state=replace(muted.state, muted=False)) == ["click:0"]


def test_more_than_one_transaction_holds_is_told_in_parts_and_wholly():
    message = a_message(recipients=tuple(Recipient(f"b{number}@example.com") for number in range(50)))
    events = [each for n in range(50) for each in (a_click(AN_HOUR + n * 60, recipient=n), a_reply(A_DAY, recipient=n))]
    state, parts = a_state(message), []
    while not parts or state.due_at is not None:
        found = fold(message, events, state, LATER)
        assert len(found.notifications) + len(message.recipients) + 1 <= 100
        assert found.state.due_at in (None, LATER)
        state, parts = found.state, [*parts, [each.what for each in found.notifications]]
    assert [len(part) for part in parts] == [MOST_TOLD, MOST_TOLD, 2]
    assert {what for part in parts for what in part} == state.told
    assert len(state.told) == 100


def test_nothing_settles_while_something_is_left_to_tell():
    message = a_message(recipients=tuple(Recipient(f"b{number}@example.com") for number in range(50)))
    events = [a_reply(60 * n, recipient=n % 50) for n in range(2 * MOST_LEFT_OPEN + 1)]
    first = fold(message, events, a_state(message), LATER)
    assert (first.state.due_at, first.state.settled_through) == (LATER, None)
    second = fold(message, events, first.state, LATER)
    assert second.state.settled_through is not None
    assert len(second.state.told) == 50


# -- Time


def test_a_later_fold_never_knows_less():
    click = a_click(43)
    released = folded(click, at=LATER).state
    again = folded(click, state=released, at=SENT + 44)
    assert again.state == released


def test_an_event_ahead_of_the_clock_moves_it():
    assert folded(an_open(AN_HOUR), at=SENT).state.as_of == SENT + AN_HOUR


# -- Settling


def a_reader(count: int) -> list[Event]:
    """One person who opens the mail every six hours, on one device."""
    return [an_open(AN_HOUR + 6 * AN_HOUR * number) for number in range(count)]


def in_steps(events: list[Event], step: int, message: Message = MESSAGE) -> State:
    """The state after the events came a few at a time, each fold reading only what is not settled."""
    state = a_state(message)
    for end in range(step, len(events) + step, step):
        state = reopened(message, state, events[end - step : end])
        through = state.settled_through
        open_ = [each for each in events[:end] if through is None or order(each) > through]
        state = fold(message, open_, state, open_[-1].at + A_DAY).state
    return state


@pytest.mark.parametrize("step", [9, 50])
def test_a_viral_mail_settles_and_counts_as_if_it_were_folded_whole(step):
    events = a_reader(MOST_OPEN + 2 * LEFT_OPEN + 10)
    state = in_steps(events, step)
    assert state.settled_through is not None
    assert state.tallies == folded(*events).state.tallies
    assert state.tallies[0].opens == len(events)


def test_up_to_the_limit_nothing_settles_and_above_it_half_stays_open():
    events = a_reader(MOST_OPEN + 1)
    assert folded(*events[:-1]).state.settled_through is None
    state = folded(*events).state
    assert state.settled_through == order(events[-LEFT_OPEN - 1])
    assert state.settled[0].opens == len(events) - LEFT_OPEN


def test_of_a_mail_to_many_more_stays_open():
    message = a_message(recipients=tuple(Recipient(f"b{number}@example.com") for number in range(50)))
    events = [an_open(AN_HOUR + 60 * n, recipient=n % 50) for n in range(2 * MOST_LEFT_OPEN)]
    assert fold(message, events, a_state(message), LATER).state.settled_through is None


EARLY = an_open(2, agent=GMAIL_PROXY, address=GOOGLE)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
ELSEWHERE = {"agent": IPHONE, "address": "203.0.113.9"}


@pytest.mark.parametrize(
    "last",
    [
        a_reply(700 * AN_HOUR),
        a_bounce(700 * AN_HOUR),
        an_open(700 * AN_HOUR, agent=GMAIL_PROXY, address=GOOGLE),
        a_click(700 * AN_HOUR),
    ],
    ids=["a reply", "a bounce", "a second fetch", "a click"],
)
@pytest.mark.parametrize(
    "first",
    [[EARLY], [an_open(AN_HOUR), *(an_open(40 * AN_HOUR + 60 * n, **ELSEWHERE) for n in range(3))]],
    ids=["an early fetch", "a stranger"],
)
def test_what_comes_later_changes_what_was_settled_as_if_all_were_folded_whole(first, last):
    machines = [an_open(50 * AN_HOUR + AN_HOUR * n, agent="curl/8.5.0") for n in range(MOST_OPEN + 40)]
    events = [*first, *machines, last]
    assert in_steps(events[:-1], 7).settled_through is not None
    assert in_steps(events, 7).tallies == folded(*events).state.tallies


def test_what_was_settled_of_very_many_stands():
    state = a_state(settled=(Tally(opens=REOPENED + 1),), settled_through=order(an_open(9)), settled_count=REOPENED + 1)
    assert reopened(MESSAGE, state, [a_reply(AN_HOUR)]) == state
    assert reopened(MESSAGE, state, [an_open(8)]).settled_through is None, "it comes late"


def test_every_further_open_is_told_beyond_what_is_still_open():
    events = a_reader(MOST_OPEN + 1)
    state = folded(*events, looked_for=Wishes(every=frozenset({NotificationKind.OPEN}))).state
    assert state.settled_through is not None
    open_ = [event for event in [*events, an_open(9_000 * AN_HOUR)] if order(event) > state.settled_through]
    found = fold(
        MESSAGE, open_, state, 9_000 * AN_HOUR + LATER, looked_for=Wishes(every=frozenset({NotificationKind.OPEN}))
    )
    assert [each.times for each in found.notifications] == [MOST_OPEN + 2]


def test_nothing_settles_while_something_is_held():
    events = [*a_reader(MOST_OPEN), a_click(6 * AN_HOUR * MOST_OPEN)]
    now = events[-1].at + 1
    assert folded(*events, at=now).state.due_at is not None
    assert folded(*events, at=now).state.settled_through is None
    assert folded(*events, at=now + A_DAY).state.settled_through is not None


# -- Laws

_afters = st.integers(1, 3 * 86400).map(float)
_events = st.lists(
    st.one_of(
        st.builds(an_open, _afters, recipient=st.integers(0, 2), agent=st.sampled_from([CHROME, "curl/8.5.0", ""])),
        st.builds(an_open, _afters, recipient=st.integers(0, 2), agent=st.just(GMAIL_PROXY), address=st.just(GOOGLE)),
        st.builds(a_click, _afters, st.integers(0, 1), recipient=st.integers(0, 2)),
        st.builds(a_reply, _afters, recipient=st.integers(0, 2)),
        st.builds(a_bounce, _afters, recipient=st.integers(0, 2)),
    ),
    max_size=10,
)
_THREE = a_message(recipients=tuple(Recipient(f"{name}@example.com") for name in "abc"))


@given(_events, st.randoms(use_true_random=False), st.floats(SENT, LATER))
def test_neither_order_nor_repetition_of_the_events_matters(events, chance, at):
    shuffled = events * 2
    chance.shuffle(shuffled)
    assert fold(_THREE, shuffled, a_state(_THREE), at) == fold(_THREE, events, a_state(_THREE), at)


@given(_events, st.lists(st.integers(0, 10), max_size=3), st.floats(SENT, LATER))
@settings(max_examples=50)
def test_folds_on_the_way_change_what_was_told_but_never_the_end(events, stops, at):
    state = a_state(_THREE)
    for stop in stops:
        state = fold(_THREE, events[:stop], state, at).state
    whole = fold(_THREE, events, a_state(_THREE), LATER).state
    found = fold(_THREE, events, state, LATER).state
    assert replace(found, told=whole.told) == whole
    assert found.told >= state.told


@given(_events, st.floats(SENT, LATER))
@settings(max_examples=50)
def test_a_second_fold_of_the_same_tells_nothing_and_changes_nothing(events, at):
    once = fold(_THREE, events, a_state(_THREE), at)
    again = fold(_THREE, events, once.state, at)
    assert again.state == once.state
    assert again.notifications == ()


@given(_events, st.lists(st.floats(SENT, LATER), min_size=2, max_size=4))
@settings(max_examples=50)
def test_what_is_known_is_known_of_ever_later_times(events, times):
    state = a_state(_THREE)
    for at in times:
        after = fold(_THREE, events, state, at).state
        assert after.as_of >= state.as_of
        assert after.due_at is None or after.due_at > after.as_of
        state = after


@given(_events, st.floats(SENT, LATER))
@settings(max_examples=50)
def test_every_hit_is_counted_once_or_held_or_unknown(events, at):
    found = fold(_THREE, events, a_state(_THREE), at)
    hits = [each for each in found.judgements if each.event.kind in (EventKind.OPEN, EventKind.CLICK)]
    apart = [
        each
        for each in hits
        if (each.hold_until is not None and each.hold_until > found.state.as_of)
        or (each.verdict.kind is VerdictKind.UNKNOWN and not each.forwarded)
    ]
    counted = sum(each.opens + each.clicks + each.machine + each.forwarded for each in found.state.tallies)
    assert counted == len(hits) - len(apart)


# -- Nothing is kept of who refused


TWO_RECIPIENTS = a_message(recipients=(Recipient("bob@example.com"), Recipient("carol@example.com")))


def test_what_who_refused_did_is_as_if_it_had_never_been_but_for_a_bounce():
    theirs = [an_open(recipient=0), a_click(recipient=0), a_reply(recipient=0)]
    others = [an_open(4 * 3600, recipient=1), a_bounce(recipient=0)]
    seen = fold(TWO_RECIPIENTS, [*theirs, *others], a_state(TWO_RECIPIENTS), SENT + 9e5).state
    refused = seen.without([0], Untracked.WITHDRAWN)
    assert refused.tallies[1] == seen.tallies[1] and {name[-2:] for name in refused.told} <= {":1"}
    assert (refused.tallies[0].opens, refused.tallies[0].status) == (0, Status.BOUNCED)
    again = fold(TWO_RECIPIENTS, [*theirs, *others], refused, SENT + 9e5).state
    assert again.tallies == refused.tallies
    assert [refused.keeps(event) for event in [*theirs, *others]] == [False, False, False, True, True]


def test_of_who_is_erased_not_even_a_bounce_is_kept():
    gone = a_state(TWO_RECIPIENTS).without([0], Untracked.ERASED)
    assert not gone.keeps(a_bounce(recipient=0)) and gone.keeps(an_open(recipient=1))
    assert gone.without([0], Untracked.WITHDRAWN) == gone


def test_where_only_counts_are_kept_the_events_settle_when_a_day_has_passed():
    message = a_message(counts_only=True)
    seen = [an_open(), a_click()]
    early = fold(message, seen, a_state(message), SENT + 5 * 3600).state
    assert (early.settled, early.due_at) == ((), seen[-1].at + 86_400)
    late = fold(message, seen, early, seen[-1].at + 86_400).state
    assert late.settled == late.tallies and late.settled_through == order(seen[-1])
    assert late.due_at == late.as_of, "once more: then the events go"
    done = fold(message, [], late, late.as_of + 60).state
    assert (done.tallies, done.due_at) == (late.tallies, None)


# -- A storm


def storm_of(size: int) -> list[Event]:
    return [an_open(7200 + number / 50, address=f"81.2.{number % 250}.7") for number in range(size)]


def followed(message: Message, events: list[Event], size: int) -> State:
    """The state after the events came in batches of this size, each read as the store reads them."""
    state = a_state(message)
    for end in range(size, len(events) + size, size):
        came, news = events[:end], events[end - size : end]
        through = state.settled_through
        fresh = [event for event in came if through is None or order(event) > through][: room(state)]
        state = fold(message, news_to(state, news) if state.full else fresh, state, news[-1].at).state
    return state


@pytest.mark.parametrize("size", [100, 333, MOST_FOLDED + 500])
def test_the_first_events_are_counted_up_to_the_ceiling_however_they_come(size):
    state = followed(a_message(), storm_of(MOST_FOLDED + 500), size)
    assert (state.full, state.tallies[0].opens, state.settled_count) == (True, MOST_FOLDED, MOST_FOLDED)
    assert state.settled == state.tallies and state.due_at is None


def test_below_the_ceiling_a_message_is_not_full():
    assert not followed(a_message(), storm_of(MOST_FOLDED - 1), 100).full


def test_of_a_full_message_each_recipients_first_answer_of_each_kind_is_news():
    state = followed(a_message(), storm_of(MOST_FOLDED), 500)
    events = [an_open(9000), a_reply(9100), a_reply(9050), a_bounce(9200), a_reply(9300, recipient=1)]
    news = news_to(state, events)
    assert [(event.kind, event.at - SENT) for event in news] == [("reply", 9050), ("bounce", 9200)]
    found = fold(a_message(), news, state, SENT + 9400)
    assert [each.what for each in found.notifications] == ["reply:0", "bounce:0"]
    assert found.state.tallies[0].opens == MOST_FOLDED
    assert news_to(found.state, events) == []
