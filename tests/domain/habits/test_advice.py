"""Whom to write to, to call, to leave alone."""

from chalicelib.domain.contacts import Contact, Exchange
from chalicelib.domain.habits.advice import Approach, Outlook, outlook, rank
from chalicelib.domain.habits.behaviour import behaviour
from chalicelib.domain.habits.evidence import weigh
from chalicelib.domain.habits.picture import Picture, picture
from chalicelib.domain.habits.send_times import recommend

DAY, HOUR = 86_400, 3600
MONDAY = 2_900 * 7 * DAY - 72 * HOUR  # 00:00 UTC
NOW = MONDAY + 63 * DAY + 11 * HOUR  # a Monday, 11:00
ANYBODY = recommend(weigh([], [], "UTC", NOW))


def mail(
    day: float,
    opens: int = 0,
    after: float = HOUR,
    reply_after: float | None = None,
    masked: bool = False,
    blank: bool = False,
) -> Exchange:
    """A mail sent at ten in the morning: opened so often, first and answered so many seconds later."""
    sent_at = MONDAY + day * DAY + 10 * HOUR
    opened_at = sent_at + after if opens else None
    replied_at = None if reply_after is None else sent_at + reply_after
    return Exchange(f"{day:08}", sent_at, opens, 0, masked, opened_at, None, replied_at, blank)


ANSWERING = [mail(day, opens=1, reply_after=5 * HOUR) for day in range(0, 60, 5)]
READING = [mail(day, opens=3) for day in range(0, 50, 5)]
NEITHER = [mail(day) for day in range(0, 60, 4)]


def seen(
    exchanges: list[Exchange],
    at: float = NOW,
    email: str = "bob@example.com",
    **counts: int,
) -> Picture:
    contact = Contact(email, messages=len(exchanges), exchanges=tuple(exchanges), **counts)
    return picture(contact, behaviour(exchanges, "UTC", at), ANYBODY, "UTC", "UTC", at)


def look(exchanges: list[Exchange], email: str = "bob@example.com", **counts: int) -> Outlook:
    return outlook(seen(exchanges, NOW, email, **counts))


def test_who_answers_is_written_to():
    found = look(ANSWERING)
    assert found.approach == Approach.WRITE
    assert found.answers > 0.7
    assert found.reason == "Replied to 12 of 12 mails."


def test_who_reads_and_never_answers_is_called():
    assert look(READING).approach == Approach.CALL
    assert "never answered" in look(READING).reason


def test_who_neither_reads_nor_answers_is_left_alone():
    found = look(NEITHER)
    assert found.approach == Approach.LEAVE
    assert found.reason == "The last 15 mails brought no reaction."


def test_whose_opens_are_hidden_is_called_since_nobody_knows_whether_they_read():
    found = look([mail(day, masked=True) for day in range(0, 60, 4)])
    assert found.approach == Approach.CALL
    assert "cannot be known" in found.reason


def test_who_gets_mail_without_a_pixel_is_never_said_not_to_read():
    found = look([mail(day, blank=True) for day in range(0, 60, 4)])
    assert (found.approach, found.reason) == (
        Approach.CALL,
        "Replied to 0 of 15 mails. Whether they read them cannot be known.",
    )
    some = look([*NEITHER, *(mail(day, blank=True) for day in range(1, 60, 4))])
    assert (some.approach, some.reason) == (Approach.LEAVE, "Replied to 0 of 30 mails. Opened 0 of 15.")


def test_of_whose_provider_takes_pixels_out_silence_says_nothing():
    found = look(NEITHER, "bob@duck.com")
    assert (found.approach, found.reason) == (
        Approach.CALL,
        "Replied to 0 of 15 mails. Whether they read them cannot be known.",
    )


def test_a_new_contact_is_written_to():
    found = look([])
    assert (found.approach, found.reason) == (Approach.WRITE, "Nothing is known about this contact yet.")


def test_of_who_has_just_been_written_to_it_is_not_said_that_nothing_is_known():
    found = look([mail(62, opens=1), mail(63)])
    assert (found.approach, found.reason) == (
        Approach.WRITE,
        "It is too early to say whether they reply. Opened 1 of 2.",
    )


def test_whose_mails_come_back_is_left_alone_until_the_address_is_right():
    found = look([mail(61), mail(62)], bounced=2)
    assert (found.approach, found.answers, found.reason) == (
        Approach.LEAVE,
        0.0,
        "2 of 2 mails bounced: check the address.",
    )
    assert look(ANSWERING, bounced=1, replied=12).approach == Approach.WRITE


def test_the_ranking_begins_with_whose_next_step_is_worth_most_and_ends_with_whom_to_leave():
    people = {"cold": look(NEITHER), "reader": look(READING), "new": look([]), "friend": look(ANSWERING)}
    assert [name for name, _ in rank(people)] == ["friend", "reader", "new", "cold"]
