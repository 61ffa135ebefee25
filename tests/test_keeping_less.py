"""Keeping less: levels, what is gone once judged, and what expires."""

import pytest

from tests.mails import a_mail
from tests.makers import CHROME, HOME, SENT, THUNDERBIRD
from tests.privacy import BOB, a_full_story, events_in_the_table, refuse
from tests.system import System
from tests.traces import leftovers


@pytest.mark.parametrize(
    ("keep", "subject", "name"),
    [
        ("full", "Offer for June", "Bobby Jones"),
        ("no_subject", "", "Bobby Jones"),
        ("no_names", "", ""),
        ("counts_only", "", ""),
    ],
)
def test_a_sender_chooses_how_much_is_kept_of_a_mail(system: System, keep, subject, name):
    assert system.call("PUT", "/v1/preferences", {"keep": keep}).json["keep"] == keep
    message = system.send(recipients=[BOB], thread="the thread of June")
    raw = system.call("POST", "/v1/messages/mime", a_mail(To="Bobby Jones <bob.jones@example.com>")).json
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.follow()
    for each in (message, raw):
        assert bool(each["subject"]) == bool(subject)
        assert each["recipients"][0]["name"] == name
    text = str([item for item in system.aws.items() if item["sk"]["S"] != "sender"])
    assert ("Offer for June" in text) == bool(subject) == ("the thread of June" in text)
    assert ("Bobby Jones" in text) == bool(name)
    (entry,) = system.call("GET", "/v1/feed").json["items"]
    assert entry["text"] == f"{name or BOB['email']} opened “{subject or 'your mail'}”"


def test_where_only_counts_are_kept_the_events_are_gone_after_a_day(system: System):
    system.call("PUT", "/v1/preferences", {"keep": "counts_only"})
    message = system.send()
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.clicked(message, 7300, CHROME)
    system.follow()
    system.minute(9000)
    assert len(events_in_the_table(system.aws)) == 2
    for minute in range(3):
        system.minute(7300 + 86_400 + 60 * minute)
    assert events_in_the_table(system.aws) == []
    shown = system.show(message)
    assert (shown["status"], shown["recipients"][0]["opens"], shown["events"]) == ("clicked", 1, [])
    system.opened(message, 3 * 86_400, THUNDERBIRD, HOME)
    system.follow()
    assert system.show(message)["recipients"][0]["opens"] == 2, "what comes later is added"
    (entry,) = [item for item in system.aws.items() if item["sk"]["S"].startswith("n#") and "click" in item["sk"]["S"]]
    assert float(entry["expires"]["N"]) < SENT + 3 * 86_400


def test_no_address_and_no_agent_of_a_reader_is_in_the_table(system: System):
    message = system.send()
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.3.0 unheard-of"
    assert system.opened(message, 7200, agent, "93.184.216.77").status == 200
    system.clicked(message, 7300, agent, "2001:db8::77")
    for state in ("before the fold", "after it"):
        text = str([item for item in system.aws.items() if item["pk"]["S"][:2] != "q#"])
        for secret in ("93.184.216", "2001:db8", "unheard-of", "140.3.0", "Gecko", "93184216", "5db8d84d"):
            assert secret not in text, state
        system.follow()


def test_all_that_is_about_a_person_expires(system: System):
    a_full_story(system, BOB["email"], BOB["name"])
    refuse(system, system.send(recipients=["dave@example.com"]))
    lasting = {item["sk"]["S"][:2] for item in system.aws.items() if "expires" not in item}
    # The account, its addresses, tokens, devices' marks; refusals, which hold no address.
    assert lasting <= {"se", "ad", "a#", "to", "k#", "ow", "x#"}
    system.aws.clock.advance(SENT + 500 * 86_400 - system.aws.clock.now())
    system.aws.sweep()
    assert leftovers(system.aws, system.sender, BOB["email"], BOB["name"]) == []
