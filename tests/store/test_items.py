"""Objects and items: whatever is put comes back, through the wire, and what is written often fits one write unit."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.consent import By, Consent
from chalicelib.domain.contacts import NEWEST, Contact, Exchange
from chalicelib.domain.events import Event, EventKind, Evidence, Verdict, VerdictKind
from chalicelib.domain.messages import Message, Recipient
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.notifications import Notification
from chalicelib.domain.state import State, Tally
from chalicelib.domain.summaries import summarise
from chalicelib.store.contacts import contact_items
from chalicelib.store.dynamodb.values import Item, from_wire, to_wire
from chalicelib.store.messages import message_items
from chalicelib.store.telling import notification_items
from chalicelib.store.tracking.event_items import of_event, to_event
from tests.capacity import item_size
from tests.makers import CHROME, SENT, a_click, a_message, a_state, an_open

EXPIRES = int(SENT) + 400 * 86_400
ONE_UNIT = 1_024  # bytes of a write unit


def stored(item: Item) -> Item:
    """The item as the table gives it back: DynamoDB writes numbers its own way, without a fraction that is nought."""
    wire = to_wire(item)
    return from_wire({name: _as_dynamodb_writes(value) for name, value in wire.items()})


def _as_dynamodb_writes(wire):
    ((kind, value),) = wire.items()
    match kind:
        case "N":
            return {"N": value.removesuffix(".0")}
        case "M":
            return {"M": {name: _as_dynamodb_writes(each) for name, each in value.items()}}
        case "L":
            return {"L": [_as_dynamodb_writes(each) for each in value]}
    return wire


_times = st.integers(1, 2**42).map(lambda milliseconds: milliseconds / 1000)
_maybe = st.none() | _times
_names = st.text(max_size=20)
_hex = st.text("0123456789abcdef", min_size=32, max_size=32)
_emails = st.emails(domains=st.just("example.com"))
_small = st.integers(0, 500)
_verdicts = st.builds(
    Verdict, st.sampled_from(VerdictKind), st.floats(0, 1), st.lists(st.text(max_size=12), max_size=4).map(tuple)
)
_evidence = st.builds(
    Evidence, _names, _names, _names, st.lists(st.text(max_size=8), max_size=3).map(tuple), _names, _names
)
_events = st.builds(
    Event,
    st.text("0123456789abcdef-#", min_size=1, max_size=36),
    _hex,
    st.integers(0, 49),
    st.sampled_from(EventKind),
    _times,
    _verdicts,
    st.none() | _small,
    _evidence,
    st.none() | st.integers(-720, 840),
)
_messages = st.builds(
    Message,
    id=_hex,
    sender=st.text("0123456789abcdef", min_size=16, max_size=16),
    subject=_names,
    recipients=st.lists(st.builds(Recipient, _emails, _names), min_size=1, max_size=3).map(tuple),
    links=st.lists(st.text(max_size=30), max_size=3).map(tuple),
    sent_at=_times,
    created_at=_times,
    thread=st.none() | _names,
    trap_link=st.none() | _small,
    counts_only=st.booleans(),
    shared=st.lists(st.integers(0, 49), max_size=3).map(tuple),
    prepared=st.booleans(),
)
_offsets = st.none() | st.integers(-720, 840).filter(bool)  # none is 0: that says nothing of where somebody is
_OF_TYPE = {int: _small, bool: st.booleans(), str: _names, float | None: _maybe, int | None: _offsets}
_OF_TYPE |= {Consent: st.sampled_from(Consent), By | None: st.none() | st.sampled_from(By)}


def _any_values(kind, **more):
    """Objects with any values: those of plain fields by their types, whatever fields there are."""
    plain = {each.name: _OF_TYPE[each.type] for each in fields(kind) if each.name not in more}
    return st.builds(kind, **plain, **more)


_tallies = _any_values(Tally)
_states = st.builds(
    State,
    tallies=st.lists(_tallies, min_size=1, max_size=3).map(tuple),
    told=st.frozensets(_names, max_size=4),
    muted=st.booleans(),
    as_of=_times,
    due_at=_maybe,
    settled=st.lists(_tallies, max_size=3).map(tuple),
    settled_through=st.none() | st.tuples(_times, _names),
    unclear=st.booleans(),
    shared=st.none() | _tallies,
    settled_shared=st.none() | _tallies,
)


@given(_events)
def test_an_event_comes_back_as_it_was_put(event):
    assert to_event(stored(of_event(event, EXPIRES))) == event


@given(_messages, _states)
@settings(max_examples=60)
def test_a_message_and_its_state_come_back_as_they_were_put(message, state):
    item, facts = (
        stored(message_items.of_message(message, state, 7, EXPIRES)),
        stored(message_items.of_facts(message, EXPIRES)),
    )
    assert message_items.to_message(item, facts) == message
    assert message_items.to_state(item) == state
    assert (item["version"], item["expires"], facts["expires"]) == (7, EXPIRES, EXPIRES)


@given(_messages, _states)
@settings(max_examples=30)
def test_a_list_shows_a_message_without_its_links(message, state):
    item = stored(message_items.of_message(message, state, 1, EXPIRES))
    assert message_items.to_message(item, {}) == replace(message, links=(), trap_link=None)


@given(_messages, _states)
@settings(max_examples=30)
def test_only_what_waits_stands_on_the_due_list(message, state):
    item = message_items.of_message(message, state, 1, EXPIRES)
    assert (to_wire(item).keys() >= {"due_shard", "due_at"}) == (state.due_at is not None)
    assert len(to_wire(item).keys() & {"due_shard", "due_at"}) != 1


@given(
    st.builds(
        Notification,
        message=_hex,
        sender=_hex,
        kind=st.sampled_from(NotificationKind),
        recipient=st.integers(0, 49),
        email=_emails,
        name=_names,
        subject=_names,
        sent_at=_times,
        at=_times,
        verdict=_verdicts,
        first=st.booleans(),
        link=st.text(max_size=30),
        among=st.lists(st.builds(Recipient, _emails, _names), max_size=3).map(tuple),
    ),
    _times,
)
def test_a_notification_comes_back_as_it_was_put(news, at):
    item = stored(notification_items.of_notification(news, at, EXPIRES))
    assert notification_items.to_notification(item) == news
    assert item["decided_at"] == at


_minutes = st.integers(0, 2**31 // 60).map(lambda minutes: minutes * 60.0)


@st.composite
def _exchanges(draw):
    sent = draw(_minutes)
    after = st.none() | st.integers(0, 10**6).map(lambda minutes: sent + minutes * 60.0)
    return draw(
        _any_values(
            Exchange,
            message=st.text("0123456789abcdef", min_size=8, max_size=8),
            sent_at=st.just(sent),
            opens=st.integers(0, 255),
            clicks=st.integers(0, 255),
            opened_at=after,
            clicked_at=after,
            replied_at=after,
        )
    )


_their_exchanges = st.lists(_exchanges(), max_size=5, unique_by=lambda each: each.message).map(tuple)
_contacts = _any_values(Contact, email=_emails, exchanges=_their_exchanges)


@given(_contacts)
@settings(max_examples=60)
def test_a_contact_comes_back_as_it_was_put(contact):
    assert contact_items.to_contact(stored(contact_items.of_contact("s", contact))) == contact


@given(_contacts)
@settings(max_examples=30)
def test_a_contact_stands_on_the_due_list_only_while_it_waits(contact):
    names = to_wire(contact_items.of_contact("s", contact)).keys() & {"due_shard", "due_at"}
    assert len(names) == (0 if contact.due_at is None else 2)


def test_an_exchange_is_kept_to_the_minute_and_counts_to_255():
    exchange = Exchange("0000000f", SENT + 29, 4_000, 300, opened_at=SENT + 3 * 3600 + 31, clicked_at=SENT - 5_000)
    (found,) = contact_items.to_contact(
        contact_items.of_contact("s", Contact("b@example.com", exchanges=(exchange,)))
    ).exchanges
    assert abs(found.sent_at - exchange.sent_at) <= 30
    assert abs(found.opened_at - exchange.opened_at) <= 30
    assert found.clicked_at == found.sent_at  # a clock that ran ahead: no earlier than the mail itself
    assert (found.opens, found.clicks, found.replied_at) == (255, 255, None)


@given(st.lists(st.integers(0, 400 * 24), max_size=NEWEST), st.sampled_from([None, "UTC", "Asia/Tokyo"]), _times)
@settings(max_examples=20)
def test_a_summary_comes_back_with_its_weights_to_a_ten_thousandth_of_the_largest(hours, zone, at):
    opened = [SENT + hour * 3600 for hour in sorted(hours)]
    exchanges = tuple(Exchange(f"{n:08x}", each - 7200, 1, opened_at=each) for n, each in enumerate(opened))
    summary = summarise(Contact("bob@example.com", exchanges=exchanges, time_zone=zone or ""), at)
    found = contact_items.to_summary(stored(contact_items.of_summary("s", summary)))
    assert (found.email, found.at, found.counts) == ("bob@example.com", at, summary.counts)
    for name in ("enough_data", "weekday", "hour", "time_zone", "n", "gain", "gain_error", "reason"):
        assert getattr(found.send_time, name) == getattr(summary.send_time, name)
    weights = summary.send_time.weights
    assert abs(sum(found.send_time.weights) - 1) < 1e-9
    assert found.send_time.weights == pytest.approx(weights, abs=max(weights) / 10_000)


# -- Sizes


def size(item: Item) -> int:
    return item_size(to_wire(item))


def a_busy_contact(email: str, name: str) -> Contact:
    """A contact of years: each number in it as long as it gets."""
    exchanges = tuple(
        Exchange(f"{n:08x}", SENT, 200, 200, opened_at=SENT + 60, clicked_at=SENT + 90, replied_at=SENT * 1.01)
        for n in range(NEWEST)
    )
    counts = {each.name: 98_765 for each in fields(Contact) if each.type is int}
    return Contact(**counts | {"email": email, "name": name, "exchanges": exchanges, "due_at": SENT + 0.123})


def test_the_busiest_contact_with_a_long_address_costs_one_write_unit():
    email = "maximiliane.von-und-zu-oberhuber+angebote@vertrieb.donaudampfschifffahrt-gesellschaft.example"
    contact = a_busy_contact(email, "Maximiliane Oberhuber")
    assert size(contact_items.of_contact("5e7de75e7de75e7d", contact)) <= ONE_UNIT


def test_an_ordinary_event_costs_one_write_unit():
    for event in (an_open(), a_click(link=999), an_open(agent=CHROME, headers={"accept-language": "de", "dnt": "1"})):
        event = replace(event, id="5b8b0a4c-0000-4000-8000-0123456789ab", guess=_with_all_reasons(event.guess))
        assert size(of_event(event, EXPIRES)) <= ONE_UNIT / 2


def _with_all_reasons(verdict: Verdict) -> Verdict:
    return replace(
        verdict, reasons=(*verdict.reasons, "network_microsoft_mail", "confirmed_by_reply", "fossil", "soon")
    )


def test_an_ordinary_message_costs_one_write_unit_also_when_it_was_opened_clicked_and_answered():
    message = a_message(
        subject="Re: Our offer for the summer festival, with the changes of last Tuesday",
        recipients=tuple(Recipient(f"person.{n}@company.example", f"Person {n}") for n in range(2)),
        thread="<CAF1x2y3z4=abcdefghijklmnopqrstuvwxyz0123456789@mail.gmail.com>",
    )
    busy = Tally(
        opens=12, clicks=3, replies=1, machine=4, opened_at=SENT + 0.1, clicked_at=SENT + 1, replied_at=SENT + 2
    )
    state = a_state(
        message,
        tallies=(busy, busy),
        told=frozenset({"open:0", "click:0", "reply:0", "open:1", "click:1", "reply:1"}),
        as_of=SENT + 0.123,
        due_at=SENT + 0.123,
    )
    assert size(message_items.of_message(message, state, 123, EXPIRES)) <= ONE_UNIT


def test_a_message_to_fifty_with_a_thousand_links_fits_an_item():
    message = a_message(
        subject="€" * 998,
        recipients=tuple(Recipient(f"{'b' * 57}{n:02}@{'x' * 60}.example.com", "€" * 200) for n in range(50)),
        links=tuple("x" * 200 for _ in range(1_000)),
    )
    longest = {int: 10**6 + 1, float | None: SENT + 0.123, str: "consent_withdrawn", int | None: 840}
    busy = Tally(**{each.name: longest[each.type] for each in fields(Tally)})
    state = a_state(message, tallies=(busy,) * 50, settled=(busy,) * 50, settled_through=(SENT, "x" * 40))
    for item in (message_items.of_message(message, state, 1, EXPIRES), message_items.of_facts(message, EXPIRES)):
        assert size(item) < 400 * 1_024
