"""Today: what there is to do now, whom to turn to and when, what happened, and what is due."""

import pytest

from chalicelib.domain.events import Event, EventKind, Verdict, VerdictKind
from chalicelib.store.tracking import events
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.system import System

DAY = 86_400.0


def today(system: System) -> dict:
    answer = system.call("GET", "/v1/today")
    assert answer.status == 200, answer.body
    return answer.json


def test_where_nothing_happened_it_says_so(system: System):
    found = today(system)
    assert found["summary"] == "Nothing has happened."
    assert (found["now"], found["people"], found["latest"], found["due"]) == ([], [], [], [])
    assert found["counts"] == {"read": 0, "clicked": 0, "replied": 0, "bounced": 0, "cannot_know": 0}


def test_what_happened_is_one_line_a_message_and_what_to_do_stands_first(system: System):
    offer, terms = system.send(recipients=[{"email": "bob@example.com", "name": "Bob"}]), system.send(subject="Terms")
    for after in (7200, 7300):
        system.opened(offer, after, THUNDERBIRD, HOME)
    system.opened(terms, 7400, THUNDERBIRD, HOME)
    system.follow()
    system.call("POST", f"/v1/messages/{terms['id']}/replies", {"recipient": "bob@example.com"})
    system.follow()
    found = today(system)
    assert found["summary"] == "1 replied, 2 read."
    assert [(each["subject"], each["text"]) for each in found["latest"]] == [
        ("Terms", "bob@example.com replied to “Terms”"),
        ("Offer for June", "Bob opened “Offer for June”, 2 times"),
    ]
    assert (found["now"][0]["kind"], found["now"][0]["action"]) == ("reply", "reply")


def test_who_read_and_did_not_answer_is_somebody_to_write_to_at_an_hour_of_theirs(system: System):
    message = system.send()
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.follow()
    system.now = SENT + 3.5 * DAY
    (person,) = today(system)["people"]
    assert (person["email"], person["approach"], person["message"]) == ("bob@example.com", "write", message["id"])
    assert person["at"] == "2026-09-25T14:00:00Z" and person["hour"] == "Friday 16:00 (Europe/Berlin)"
    assert person["reason"].startswith("Read, but no reply")


def test_who_reported_spam_is_nobody_to_turn_to(system: System):
    message = system.send()
    system.opened(message, 7200, THUNDERBIRD, HOME)
    events.put(
        Event(
            "f" * 32,
            message["id"],
            0,
            EventKind.COMPLAINT,
            SENT + 8000,
            Verdict(VerdictKind.HUMAN, 0.95, ("complaint",)),
        )
    )
    system.follow()
    system.now = SENT + 6 * DAY
    found = today(system)
    assert found["people"] == [] and found["leave"] == 1


def test_what_cannot_be_known_is_named_and_never_counted_as_unread(system: System):
    system.send(recipients=[{"email": "carol@duck.com", "name": "Carol"}])
    found = today(system)
    assert [(each["recipient"], each["name"]) for each in found["cannot_know"]] == [("carol@duck.com", "Carol")]
    assert found["counts"]["cannot_know"] == 1


def test_reminders_to_come_are_listed_and_in_the_language_of_the_account(system: System):
    message = system.send(remind="week")
    assert message["remind_at"] == "2026-09-28T07:00:00Z"
    (due,) = today(system)["due"]
    assert (due["message"], due["at"], due["chosen"]) == (message["id"], message["remind_at"], True)
    system.call("PUT", "/v1/preferences", {"language": "hi"})
    assert today(system)["summary"] == "कुछ नहीं हुआ।"


# Reminders


def remind(system: System, message: dict, wish: object) -> dict:
    answer = system.call("PATCH", f"/v1/messages/{message['id']}", {"remind": wish})
    assert answer.status == 200, answer.body
    return answer.json


def test_a_reminder_is_set_changed_and_taken_away(system: System):
    message = system.send()
    assert system.show(message)["remind_at"] is None
    assert remind(system, message, "tomorrow")["remind_at"] == "2026-09-22T07:00:00Z"
    assert remind(system, message, "2026-10-02T12:00:00Z")["remind_at"] == "2026-10-02T12:00:00Z"
    assert system.call("GET", "/v1/messages").json["items"][0]["remind_at"] == "2026-10-02T12:00:00Z"
    assert remind(system, message, None)["remind_at"] is None


@pytest.mark.parametrize("wish", ["soon", "2020-01-01", ""])
def test_what_is_no_time_to_come_is_refused(system: System, wish):
    answer = system.call("PATCH", f"/v1/messages/{system.send()['id']}", {"remind": wish})
    assert 400 <= answer.status < 500 and answer.json["field"] == "remind"


@pytest.mark.parametrize(
    ("opened", "replied", "subject"),
    [
        (False, False, "No sign that bob@example.com has opened “Offer for June”"),
        (True, False, "bob@example.com read “Offer for June” and has not replied"),
        (True, True, None),
    ],
)
def test_a_reminder_comes_once_and_says_what_is_known_or_not_at_all(system: System, opened, replied, subject):
    message = system.send(remind="tomorrow")
    if opened:
        system.opened(message, 7200, THUNDERBIRD, HOME)
    if replied:
        system.call("POST", f"/v1/messages/{message['id']}/replies", {"recipient": "bob@example.com"})
    system.follow()
    before = len(system.aws.outbox())
    for late in (0, 60, 3600):
        system.minute(60_401 + late)
    told = [mail["subject"] for mail in system.aws.outbox()[before:]]
    assert told == ([] if subject is None else [subject])
    assert system.show(message)["remind_at"] is None


def test_an_answer_in_the_thread_ends_the_reminders_of_all_of_it(system: System):
    first, second = (system.send(thread="<t@x>", subject=f"No. {n}", remind="tomorrow") for n in range(2))
    system.call("POST", f"/v1/messages/{second['id']}/replies", {"recipient": "bob@example.com"})
    system.follow()
    before = len(system.aws.outbox())
    system.minute(60_401)
    assert len(system.aws.outbox()) == before
    assert system.call("GET", f"/v1/messages/{first['id']}/follow-up").json["items"][0]["step"] == "done"


# Digest


def test_the_digest_comes_at_the_senders_hour_with_the_result_in_its_subject_and_not_when_it_is_empty(system: System):
    system.call("PUT", "/v1/preferences", {"tell": {"open": "never"}, "digest": {"when": "daily", "hour": 8}})
    system.opened(system.send(), 7200, THUNDERBIRD, HOME)
    system.follow()
    system.minute(56_700)  # before eight in Berlin
    assert system.aws.outbox() == []
    for late in (0, 60):
        system.minute(56_801 + late)
    (mail,) = system.aws.outbox()
    assert mail["subject"] == "1 read" and "bob@example.com opened “Offer for June”" in mail["text"]
    system.call("PUT", "/v1/preferences", {"digest": {"when": "never"}})
    system.minute(56_801 + DAY)
    assert len(system.aws.outbox()) == 1


def test_a_digest_that_comes_late_tells_what_it_would_have_told_and_the_next_one_the_rest(system: System):
    system.call("PUT", "/v1/preferences", {"tell": {"open": "never"}, "digest": {"when": "daily", "hour": 8}})
    offer = system.send()
    terms = system.send(subject="Terms", recipients=["eve@example.com"])
    system.opened(offer, 7200, THUNDERBIRD, HOME)
    system.follow()
    system.opened(terms, 58_000, THUNDERBIRD, HOME)  # after eight
    system.follow()
    system.minute(60_000)
    (late,) = system.aws.outbox()
    assert late["subject"] == "1 read" and "Offer" in late["text"] and "Terms" not in late["text"]
    system.minute(56_801 + DAY)
    _, next_one = system.aws.outbox()
    assert "eve@example.com opened “Terms”" in next_one["text"]
    assert "bob@example.com opened" not in next_one["text"]


def test_a_reminder_that_comes_late_is_of_the_time_when_it_was_due(system: System):
    message = system.send(remind="tomorrow")
    system.minute(10 * DAY)
    (entry,) = system.call("GET", "/v1/feed").json["items"]
    assert entry["kind"] == "reminder"
    assert entry["at"] < "2026-09-23" and message["id"] == entry["message"]
