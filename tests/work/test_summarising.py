"""Summaries on schedule: of the contacts that changed, each once, and the rest the next time."""

from itertools import count, islice

from chalicelib.store import contacts, keys, table
from chalicelib.work.registering import register
from chalicelib.work.summarising import AT_ONCE, run
from tests.counting import counting
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.system import System
from tests.trouble import logged, meanwhile, refusing

AN_HOUR = 3600.0


def sent_to(system: System, *emails: str) -> dict:
    return system.send(recipients=list(emails))


def summarised(system: System) -> dict[str, float]:
    """Who has a summary, and of when."""
    found, end = contacts.summaries(system.sender, after=None, limit=100)
    assert end is None
    return {each.email: each.at - SENT for each in found}


def test_every_contact_that_changed_gets_its_summary(system: System):
    sent_to(system, "bob@example.com", "carol@example.com")
    assert run(SENT + AN_HOUR) == 2
    assert summarised(system) == {"bob@example.com": AN_HOUR, "carol@example.com": AN_HOUR}


def test_a_second_run_finds_nothing_to_do_and_writes_nothing(system: System):
    sent_to(system, "bob@example.com")
    run(SENT + AN_HOUR)
    before = system.aws.items()
    with counting(system.aws) as calls:
        assert run(SENT + 2 * AN_HOUR) == 0
    assert system.aws.items() == before
    assert sum(call.write_units for call in calls) == 0


def test_only_who_read_clicked_or_answered_since_is_looked_at_again(system: System):
    to_bob, _ = sent_to(system, "bob@example.com"), sent_to(system, "carol@example.com")
    run(SENT + AN_HOUR)
    system.opened(to_bob, after=2 * AN_HOUR, agent=THUNDERBIRD, address=HOME)
    system.follow()
    far = 200 * 86_400.0
    assert run(SENT + far) == 1
    assert summarised(system) == {"bob@example.com": far, "carol@example.com": AN_HOUR}
    assert run(SENT + far + AN_HOUR) == 0


def test_what_changed_after_the_schedules_time_waits_for_the_next(system: System):
    system.now = SENT + 10
    sent_to(system, "bob@example.com")
    assert run(SENT) == 0
    assert run(SENT + 10) == 1


def test_one_contacts_failure_is_no_others_and_goes_on_the_next_time(system: System):
    sent_to(system, *(f"b{number:02}@example.com" for number in range(10)))
    with logged() as lines, refusing(table.client(), "PutItem", "ValidationException", after=7):
        assert run(SENT + AN_HOUR) == 3
    assert {line["message"] for line in lines} == {"A contact could not be summarised."}
    assert run(SENT + 2 * AN_HOUR) == 7  # three were whole; the fourth had its summary, and no mark yet
    assert len(summarised(system)) == 10


def test_who_changes_while_the_summary_is_made_waits_for_the_next(system: System):
    sent_to(system, "bob@example.com")
    with meanwhile(table.client(), "PutItem", lambda: sent_to(system, "bob@example.com")):
        assert run(SENT + AN_HOUR) == 0
    assert contacts.load(system.sender, ["bob@example.com"])[0].messages == 2
    assert run(SENT + 2 * AN_HOUR) == 1
    assert summarised(system) == {"bob@example.com": 2 * AN_HOUR}


def test_more_contacts_in_one_part_of_the_list_than_are_read_at_once_are_all_done(system: System):
    part = keys.shards("contacts")[0]
    addresses = (f"b{number}@example.com" for number in count())
    in_part = (each for each in addresses if keys.shard("contacts", keys.contact(system.sender, each)) == part)
    together = list(islice(in_part, AT_ONCE + 1))
    for start in range(0, len(together), 50):
        sent_to(system, *together[start : start + 50])
    assert run(SENT + AN_HOUR) == AT_ONCE + 1
    assert run(SENT + AN_HOUR) == 0


def test_two_senders_contacts_with_one_address_are_two(system: System):
    eve = register("eve@sender.example", "Eve", "UTC", "another token", SENT)
    system.call("POST", "/v1/messages", {"subject": "x", "recipients": ["bob@example.com"]}, token="another token")
    sent_to(system, "bob@example.com")
    assert run(SENT) == 2
    assert summarised(system) == {"bob@example.com": 0}
    assert [each.email for each in contacts.summaries(eve, after=None, limit=9)[0]] == ["bob@example.com"]
