"""One picture of a contact: whatever is asked about it, no two answers contradict each other."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.contacts import Contact, Exchange
from chalicelib.domain.events import Verdict, VerdictKind
from chalicelib.domain.habits import zones
from chalicelib.domain.habits.advice import Approach, outlook
from chalicelib.domain.habits.behaviour import behaviour
from chalicelib.domain.habits.follow_ups import Step, follow_up
from chalicelib.domain.habits.hours import Doing, days_off
from chalicelib.domain.habits.picture import Picture, picture
from chalicelib.domain.messages import Message, Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.preferences import Patience, Whom
from chalicelib.domain.state import State, Tally
from chalicelib.domain.summaries import summarise
from chalicelib.domain.telling.news import News
from chalicelib.domain.telling.reminders import Reminder, come_due
from chalicelib.domain.telling.what_now import Action, what_now
from chalicelib.domain.threads import ALONE, Thread

NOW = 1_772_500_000.0  # March 2026
DAY = 86_400.0
ZONES = [
    "",
    "Europe/Berlin",
    "Asia/Kolkata",
    "America/Los_Angeles",
    "Pacific/Auckland",
    "Asia/Riyadh",
    "Asia/Kathmandu",
]


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[Exchange, ...]:
    """Up to twelve mails of two months, opened at any hour, often at the same one."""
    made = []
    habit = draw(st.integers(0, 23))
    for number in range(draw(st.integers(1, 12))):
        sent_at = NOW - draw(st.floats(0.01, 60)) * DAY
        opens = draw(st.integers(0, 5))
        at_habit = sent_at - sent_at % DAY + DAY + habit * 3600
        opened_at = min(max(sent_at + 60, at_habit if draw(st.booleans()) else sent_at + 3600), NOW)
        replied = draw(st.integers(0, 3)) == 0
        made.append(
            Exchange(
                f"{number:08x}",
                sent_at,
                opens,
                int(opens > 2 and draw(st.booleans())),
                masked=draw(st.booleans()) and not opens,
                opened_at=opened_at if opens else None,
                replied_at=min(opened_at + 3600, NOW) if replied else None,
                bounced=draw(st.integers(0, 9)) == 0,
                away_until=draw(st.sampled_from(["", "", "", "2026-03-10", "2026-01-01", "no date"])),
            )
        )
    return tuple(sorted(made, key=lambda each: each.sent_at))


@st.composite
def seen(draw: st.DrawFn) -> Picture:
    """Anybody."""
    mails = draw(exchanges())
    contact = Contact(
        draw(
            st.sampled_from(["bob@example.com", "bob@firma.de", "info@example.com", "bob@duck.com", "bob@icloud.com"])
        ),
        messages=len(mails),
        opened=sum(each.opens > 0 for each in mails),
        replied=sum(each.replied_at is not None for each in mails),
        bounced=sum(each.bounced for each in mails),
        spam=draw(st.sampled_from([0, 0, 0, 1])),
        exchanges=mails,
        time_zone=draw(st.sampled_from(ZONES)),
    )
    summary = summarise(contact, NOW)
    labels = behaviour(mails, summary.time_zone, NOW)
    zone = draw(st.sampled_from(ZONES[1:]))
    return picture(contact, labels, summary.send_time, summary.time_zone, zone, NOW)


def tally_of(exchange: Exchange) -> Tally:
    return Tally(
        exchange.opens,
        exchange.clicks,
        int(exchange.replied_at is not None),
        masked=int(exchange.masked),
        opened_at=exchange.opened_at,
        replied_at=exchange.replied_at,
        bounced_at=exchange.sent_at if exchange.bounced else None,
    )


def is_fit(found: Picture, at: float, doing: Doing) -> bool:
    """Whether an hour is one at which this may be done, as the issue of hours has it."""
    there, here = zones.local(found.zone, at), zones.local(found.hours.sender_zone, at)
    away = found.away_until is not None and there.date() <= found.away_until
    awake = 7 <= there.hour < 22 and (doing is Doing.WRITE or 7 <= here.hour < 22)
    works = there.weekday() not in days_off(found.zone) and 9 <= there.hour < 17
    return awake and not away and (found.send_time.enough_data or works)


@settings(max_examples=300, deadline=None)
@given(seen(), st.data(), st.sampled_from([ALONE, ALONE, Thread(replied=True), Thread(goes_on=True)]))
def test_advice_never_contradicts_itself(found: Picture, data: st.DataObject, thread: Thread):
    exchange = data.draw(st.sampled_from(found.contact.exchanges))
    tally = tally_of(exchange)
    view, step = outlook(found), follow_up(found, exchange, tally, thread)
    # Who is to be left alone is neither written to nor called.
    if view.approach is Approach.LEAVE and not found.role_address:
        assert step.step not in (Step.REMIND, Step.CALL)
    if found.complained:
        assert view.approach is Approach.LEAVE and "spam" in view.reason
        assert step.step in (Step.DROP, Step.DONE, Step.WAIT) and step.at is None
    if step.step is Step.CALL:
        assert view.approach is Approach.CALL
    if thread != ALONE:
        assert step.step in (Step.DONE, Step.DROP)
    # Every hour that is named is one at which it may be done.
    if step.at is not None:
        assert is_fit(found, step.at, Doing.CALL if step.step is Step.CALL else Doing.WRITE)
        assert step.at >= NOW or step.step is Step.WAIT
    # A notification says what the follow-up says.
    kind = data.draw(
        st.sampled_from(
            [
                NotificationKind.OPEN,
                NotificationKind.CLICK,
                NotificationKind.HOT,
                NotificationKind.REVIVED,
                NotificationKind.REMINDER,
            ]
        )
    )
    sure = data.draw(st.sampled_from([0.55, 0.95]))
    told = Notification(
        "m", "s", kind, 0, found.contact.email, "Bob", "Offer", exchange.sent_at, NOW - data.draw(st.floats(0, 2 * DAY)),
        Verdict(VerdictKind.HUMAN, sure, ()), first=True,
    )  # fmt: skip
    now = what_now(News(told, NOW, NOW, found, step))
    if now.action in (Action.CALL, Action.WRITE):
        assert not found.complained and found.away_until is None and step.step not in (Step.DONE, Step.DROP)
        assert now.at is None or is_fit(found, now.at, Doing.CALL if now.action is Action.CALL else Doing.WRITE)
        assert view.approach is not Approach.LEAVE or found.role_address
    # Nor does a reminder come before the return, nor to somebody who complained, nor into an answered thread.
    message = Message("0" * 32, "s", "Offer", (Recipient(found.contact.email),), (), exchange.sent_at, exchange.sent_at)
    due = Reminder("s", message.id, NOW, chosen=True)
    outcome = come_due(due, message, State((tally,)), [found], thread, Patience(Whom.ALL), "UTC")
    if outcome.notifications:
        assert not found.complained and not found.unreachable and found.away_until is None and thread == ALONE


def anybody(**changes: object) -> Picture:
    contact = replace(
        Contact("bob@example.com", messages=1, exchanges=(Exchange("00000001", NOW - 9 * DAY),)), **changes
    )
    summary = summarise(contact, NOW)
    return picture(contact, [], summary.send_time, summary.time_zone, "Europe/Berlin", NOW)


def test_without_a_clock_of_their_own_hours_are_on_the_senders():
    found = anybody()
    assert (found.zone, found.own_clock) == ("Europe/Berlin", False)
    coming = found.hours.next(NOW, Doing.WRITE)
    assert coming is not None and is_fit(found, coming, Doing.WRITE)


def test_a_list_is_no_person():
    assert anybody(email="team-leads@googlegroups.com").role_address and anybody(email="info@example.com").role_address
    assert not anybody(email="bob@example.com").role_address
    assert outlook(anybody(email="sales@example.com")).approach is Approach.LEAVE


def test_an_absence_that_is_over_is_none():
    today = zones.local("Europe/Berlin", NOW).date()
    for days, away in ((-1, None), (0, today), (3, today + timedelta(days=3))):
        mails = (Exchange("00000001", NOW - DAY, away_until=(today + timedelta(days=days)).isoformat()),)
        assert anybody(exchanges=mails).away_until == away
    assert isinstance(today, date)


def test_who_read_and_answered_before_and_bounces_now_has_left():
    there = Exchange("00000001", NOW - 30 * DAY, opens=1, opened_at=NOW - 29 * DAY, replied_at=NOW - 28 * DAY)
    gone = Exchange("00000002", NOW - 2 * DAY, bounced=True)
    found = anybody(exchanges=(there, gone), opened=1, replied=1, bounced=1, messages=2)
    assert found.unreachable and outlook(found).approach is Approach.LEAVE
    back = replace(there, message="00000003", sent_at=NOW - DAY, opened_at=NOW - DAY / 2)
    assert not anybody(exchanges=(there, gone, back), opened=2, replied=2, bounced=1, messages=3).unreachable
