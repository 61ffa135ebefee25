"""Summaries on schedule: of the contacts that changed, each once, and the rest the next time."""

import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

from chalicelib.domain.habits import audiences
from chalicelib.domain.habits.audiences import Audience
from chalicelib.store.contacts import contacts
from chalicelib.work.accounts.registering import register
from chalicelib.work.contacts import summarising
from chalicelib.work.contacts.summarising import AT_ONCE, FIRST_SHARE, GROWTH, SECONDS
from infra.local.httpd import Response
from tests.aws.aws import Call
from tests.bench import summaries
from tests.bench.summaries import fill
from tests.counting import Counted, counting
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.system import System
from tests.trouble import logged, meanwhile, refusing, the_table

AN_HOUR = 3600.0


def run(at: float) -> int:
    """A run that has all the time it needs."""
    return summarising.run(at, lambda: 0.0)


def sent_to(system: System, *emails: str) -> dict:
    return system.send(recipients=list(emails))


def summarised(system: System) -> dict[str, float]:
    """Who has a summary, and of when."""
    found, end = contacts.summaries(system.sender, after=None, limit=100)
    assert end is None
    return {each.email: each.at - SENT for each in found}


def everybody(system: System) -> Audience:
    return contacts.audiences(system.sender, [""])[0]


def opened(system: System, message: dict, after: float) -> None:
    system.opened(message, after, THUNDERBIRD, HOME)
    system.follow()


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


def test_one_senders_failure_is_no_others_and_goes_on_the_next_time(system: System):
    sent_to(system, *(f"b{number:02}@example.com" for number in range(AT_ONCE + 5)))
    with logged() as lines, refusing(the_table(), "TransactWriteItems", "ValidationException", after=1):
        assert run(SENT + AN_HOUR) == AT_ONCE
    assert {line["message"] for line in lines} == {"Contacts could not be summarised."}
    assert run(SENT + 2 * AN_HOUR) == 5
    assert len(summarised(system)) == AT_ONCE + 5
    assert everybody(system).people == AT_ONCE + 5


def test_a_contact_that_cannot_be_read_is_told_in_the_log_and_holds_nobody_up(system: System):
    sent_to(system, *(f"b{number:02}@example.com" for number in range(10)))
    system.aws.client("dynamodb").update_item(
        TableName="unsealed",
        Key={"pk": {"S": f"s#{system.sender}"}, "sk": {"S": "c#b04@example.com"}},
        UpdateExpression="SET exchanges = :half",
        ExpressionAttributeValues={":half": {"B": b"half of one"}},
    )
    with logged() as lines:
        assert run(SENT + AN_HOUR) == 9
    assert [line["message"] for line in lines] == ["Contacts could not be summarised."]


def test_who_changes_while_the_summary_is_made_is_summarised_as_changed(system: System):
    sent_to(system, "bob@example.com")
    with meanwhile(the_table(), "TransactWriteItems", lambda: sent_to(system, "bob@example.com")):
        assert run(SENT + AN_HOUR) == 1
    assert contacts.load(system.sender, ["bob@example.com"])[0].messages == 2
    assert run(SENT + 2 * AN_HOUR) == 0
    assert (everybody(system).people, everybody(system).version) == (1, 1)


def test_more_contacts_than_fit_a_transaction_are_all_done(system: System):
    for start in range(0, AT_ONCE + 1, 50):
        sent_to(system, *(f"b{number}@d{number}.example" for number in range(start, min(start + 50, AT_ONCE + 1))))
    assert run(SENT + AN_HOUR) == AT_ONCE + 1
    assert run(SENT + AN_HOUR) == 0


def test_two_senders_contacts_with_one_address_are_two(system: System):
    eve = register("eve@sender.example", "Eve", "UTC", "another token", SENT)
    system.call("POST", "/v1/messages", {"subject": "x", "recipients": ["bob@example.com"]}, token="another token")
    sent_to(system, "bob@example.com")
    assert run(SENT) == 2
    assert summarised(system) == {"bob@example.com": 0}
    assert [each.email for each in contacts.summaries(eve, after=None, limit=9)[0]] == ["bob@example.com"]


# -- Fair turns


class Slow:
    """A clock by which a call of AWS takes this part of a run's time."""

    def __init__(self, calls: list[Counted], many: int) -> None:
        self._calls, self._many = calls, many

    def __call__(self) -> float:
        return len(self._calls) * SECONDS / self._many


def of_sender(number: int) -> int:
    return len(contacts.summaries(f"sender{number}", after=None, limit=100_000)[0])


def test_a_sender_with_very_many_changed_holds_nobody_up_and_goes_on_the_next_time(system: System):
    many = 2 * FIRST_SHARE
    fill(many, {"all": many}, SENT - 60, senders=1)  # before anybody else's
    register("eve@sender.example", "Eve", "UTC", "another token", SENT)
    people = [f"b{number}@example.com" for number in range(50)]
    system.call("POST", "/v1/messages", {"subject": "x", "recipients": people}, token="another token")
    sent_to(system, *people)
    done, runs = 0, 0
    while of_sender(0) < many:
        with counting(system.aws) as calls:
            done += summarising.run(SENT + runs * AN_HOUR, Slow(calls, 80))
        runs += 1
        assert len(calls) < 100
        assert done - of_sender(0) == 100, "the others' are all done in the first run, and none again"
        assert of_sender(0) >= FIRST_SHARE
    assert runs == 2
    assert contacts.audiences("sender0", [""])[0].people == many


def test_with_time_enough_whoever_has_more_than_a_share_is_through_in_one_run(system: System):
    many = FIRST_SHARE + AT_ONCE + 1
    fill(many, {"all": many}, SENT, senders=1)
    assert run(SENT) == of_sender(0) == many
    assert run(SENT) == 0


def test_a_list_of_failures_longer_than_a_share_ends(system: System):
    many = FIRST_SHARE + 1
    fill(many, {"all": many}, SENT, senders=1)
    with logged(), refusing(the_table(), "TransactWriteItems", "TransactionCanceledException"):
        assert run(SENT) == 0
    assert many < FIRST_SHARE * GROWTH
    assert run(SENT) == many


# -- Audiences


def shares(system: System) -> Audience:
    """What the sums should be: all shares of the summaries that stand in the table, added up."""
    found, _ = contacts.summaries(system.sender, after=None, limit=100)
    total = Audience("")
    for summary in found:
        total = audiences.changed(total, None, summary.share, summary.at)
    return total


def test_the_sums_of_all_and_of_each_domain_follow_what_changed(system: System):
    to_bob, to_carol = sent_to(system, "bob@a.example"), sent_to(system, "carol@b.example")
    run(SENT + AN_HOUR)
    assert [(each.people, each.readers) for each in contacts.audiences(system.sender, ["", "a.example"])] == [
        (2, 0),
        (1, 0),
    ]
    opened(system, to_bob, 2 * AN_HOUR)
    opened(system, to_carol, 3 * AN_HOUR)
    run(SENT + 4 * AN_HOUR)
    of_a, of_b = contacts.audiences(system.sender, ["a.example", "b.example"])
    assert everybody(system).sums == of_a.sums + of_b.sums == shares(system).sums > 0
    assert (of_a.people, of_a.readers, of_a.moments) == (1, 1, 1)


def test_a_message_that_is_deleted_is_taken_out_of_the_sums(system: System):
    message = sent_to(system, "bob@example.com")
    opened(system, message, AN_HOUR)
    run(SENT + 2 * AN_HOUR)
    assert everybody(system).moments == 1
    system.call("DELETE", f"/v1/messages/{message['id']}")
    run(SENT + 3 * AN_HOUR)
    assert (everybody(system).moments, everybody(system).sums) == (0, 0)


def test_a_run_that_breaks_off_anywhere_counts_each_share_once(system: System):
    messages = [sent_to(system, f"b{number}@d{number % 3}.example") for number in range(AT_ONCE + 3)]
    for number, message in enumerate(messages[::4]):
        opened(system, message, (number + 1) * AN_HOUR)
    for operation in ("BatchGetItem", "TransactWriteItems", "Query"):
        for after in range(2):
            with (
                logged(),
                suppress(Exception),
                refusing(the_table(), operation, "ValidationException", after=after),
            ):
                run(SENT + 50 * AN_HOUR)
            opened(system, messages[after + 1], (51 + after) * AN_HOUR)
    run(SENT + 60 * AN_HOUR)
    run(SENT + 61 * AN_HOUR)
    assert everybody(system)._replace(version=0) == shares(system)
    domains, _ = contacts.domains(system.sender, after=None, limit=9)
    assert sum(each.sums for each in domains) == shares(system).sums
    assert sum(each.people for each in domains) == AT_ONCE + 3


def test_two_runs_at_once_count_each_share_once(system: System):
    opened(system, sent_to(system, "bob@example.com"), AN_HOUR)
    with meanwhile(the_table(), "TransactWriteItems", lambda: run(SENT + 2 * AN_HOUR)):
        run(SENT + 2 * AN_HOUR)
    assert (everybody(system).people, everybody(system).moments) == (1, 1)


def test_a_domain_that_changed_costs_no_look_at_the_others_of_it(system: System):
    sent_to(system, *(f"b{number}@example.com" for number in range(20)))
    message = sent_to(system, "carol@example.com")
    run(SENT + AN_HOUR)
    opened(system, message, 2 * AN_HOUR)
    with counting(system.aws) as calls:
        assert run(SENT + 3 * AN_HOUR) == 1
    assert sum(call.write_units for call in calls) <= 10
    assert sum(call.read_units for call in calls) <= 10


# -- In a process of its own, as in Lambda


def test_a_run_that_is_killed_in_the_middle_is_finished_by_the_next(system: System):
    fill(5 * AT_ONCE, {"all": 5 * AT_ONCE}, SENT, senders=1)
    command = f"from chalicelib.work.contacts import summarising; summarising.run({SENT}, lambda: 0.0)"
    with subprocess.Popen([sys.executable, "-c", command]) as process:
        writes = []

        def kill(call: Call) -> Callable[[Response], None]:
            writes.append(call.operation == "TransactWriteItems")
            if sum(writes) == 3:
                process.kill()
            return lambda response: None

        system.aws.aws.watchers.append(kill)
        try:
            assert process.wait(60) == -signal.SIGKILL
        finally:
            system.aws.aws.watchers.remove(kill)
    found, _ = contacts.summaries("sender0", after=None, limit=1_000)
    assert 2 * AT_ONCE <= len(found) <= 3 * AT_ONCE  # the third came through or not: nobody was there to hear it
    assert run(SENT + AN_HOUR) == 5 * AT_ONCE - len(found)
    (everybody,) = contacts.audiences("sender0", [""])
    found, _ = contacts.summaries("sender0", after=None, limit=1_000)
    assert everybody.people == len(found) == 5 * AT_ONCE
    assert everybody.moments == sum(len(each.share.hours) for each in found)


def test_ten_times_as_many_that_changed_take_no_more_memory(system: System):
    fill(330, {"few": 30, "many": 330}, SENT, senders=3)
    few, many = summaries.run(system.aws, SENT), summaries.run(system.aws, SENT + AN_HOUR)
    assert (few["summaries"], many["summaries"]) == (30, 300)
    assert many["megabytes"] < 1.05 * few["megabytes"]
    assert many["write_units"] < 11 * few["write_units"]
