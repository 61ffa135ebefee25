"""However much there is to erase: a request makes a bounded number of calls, and nobody's erasures hold up another's work."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

import pytest

from chalicelib.domain.accounts import Address
from chalicelib.domain.consent import Consent
from chalicelib.domain.messages import Message, Recipient, message_id
from chalicelib.domain.state import State, Tally
from chalicelib.senders import mail
from chalicelib.store.accounts import accounts
from chalicelib.store.contacts import contacts
from chalicelib.store.dynamodb.values import to_wire
from chalicelib.store.erasure import erasures
from chalicelib.store.erasure.erasures import Erasure, What
from chalicelib.store.messages import message_items
from chalicelib.store.tracking.event_items import of_event
from chalicelib.work import due
from chalicelib.work.accounts.registering import register
from tests.counting import operations
from tests.embedded import Embedded
from tests.makers import SENT, THUNDERBIRD, an_open
from tests.privacy import events_in_the_table
from tests.signing_in import code_for
from tests.system import System
from tests.trouble import refusing

MOST_CALLS = 120  # of one request: at ten milliseconds each, well within the API's time
A_CALL = 0.01  # seconds
EXPIRES = int(SENT) + 10**7
FULL = "TooManyRequestsException"


def puts(aws: Embedded, items: Sequence[dict]) -> None:
    waiting = iter(items)
    while some := list(islice(waiting, 25)):
        requests = [{"PutRequest": {"Item": to_wire(item)}} for item in some]
        aws.client("dynamodb").batch_write_item(RequestItems={"unsealed": requests})


def many_messages(system: System, recipients: Sequence[str], many: int, opened: bool = True) -> list[Message]:
    """So many mails to the same people, each opened by the first of them."""
    items, made = [], []
    for number in range(many):
        at = SENT - 86_400 + number
        message = Message(
            message_id(at, str(number)), system.sender, f"No. {number}", tuple(map(Recipient, recipients)), (), at, at
        )
        state = State(tallies=tuple(Tally(opens=1) for _ in recipients), as_of=at)
        items += [
            message_items.of_message(message, state, 1, int(at) + 10**7),
            message_items.of_facts(message, int(at) + 10**7),
        ]
        if opened:
            items.append(of_event(an_open(at - SENT + 60, message=message.id), int(at) + 10**7))
        made.append(message)
    puts(system.aws, items)
    return made


@pytest.fixture
def hasty(monkeypatch) -> None:
    """Without the client's own waits between its tries."""
    monkeypatch.setattr("time.sleep", lambda seconds: None)


@contextmanager
def bounded(system: System) -> Iterator[None]:
    with operations(system.aws) as calls:
        yield
    assert len(calls) <= MOST_CALLS, Counter(calls)


def ticks(system: System, after: float, until: Callable[[], bool], most: int = 50, a_call: float = A_CALL) -> int:
    """How many ticks it took, where a call takes a hundredth of a second, or as long as is said."""
    for number in range(1, most + 1):
        at = SENT + after + 60 * number
        system.now = at
        with operations(system.aws) as calls:
            due.run(at, at, lambda calls=calls: len(calls) * a_call)
        assert len(calls) * a_call < 60, "a tick ends before the next one begins"
        system.follow()
        if until():
            return number
    raise AssertionError("It never ended.")


def known(system: System, *emails: str) -> None:
    system.send(recipients=list(emails))
    system.follow()


# -- Requests


def test_a_refusal_after_many_mails_is_noted_in_few_calls_and_erased_behind_it(system: System):
    known(system, "bob@example.com")
    many_messages(system, ["bob@example.com"], 150)
    with bounded(system):
        answer = system.call("PUT", "/v1/contacts/bob@example.com/consent", {"consent": "denied"})
    assert (answer.status, answer.json["consent"]) == (200, "denied")
    ticks(system, 0, lambda: events_in_the_table(system.aws) == [])
    ticks(system, 3_600, lambda: erasures.due(SENT + 1e6) == [])


def test_an_erasure_after_many_mails_answers_that_it_goes_on(system: System):
    known(system, "bob@example.com")
    many_messages(system, ["bob@example.com", "carol@example.com"], 40)
    with bounded(system):
        answer = system.call("DELETE", "/v1/contacts/bob@example.com")
    assert (answer.status, answer.json) == (202, {"done": False})
    ticks(system, 0, lambda: "bob@example.com" not in str(system.aws.items()))


def test_a_mail_that_notes_fifty_refusals_makes_few_calls(system: System):
    everybody = [f"b{number:02}@example.com" for number in range(50)]
    known(system, *everybody)
    many_messages(system, everybody[:1], 30)
    with bounded(system):
        system.send(recipients=[{"email": each, "consent": "denied"} for each in everybody])
    assert {each.consent for each in contacts.load(system.sender, everybody)} == {Consent.DENIED}
    ticks(system, 0, lambda: erasures.due(SENT + 1e6) == [] and events_in_the_table(system.aws) == [])


def test_a_message_that_went_viral_is_deleted_and_refused_in_few_calls(system: System):
    known(system, "bob@example.com")
    viral, other = many_messages(system, ["bob@example.com", "carol@example.com"], 2, opened=False)
    for message in (viral, other):
        seen = [an_open(n / 10, message=message.id, recipient=n % 2) for n in range(1_100)]
        puts(system.aws, [of_event(each, EXPIRES) for each in seen])
    with bounded(system):
        assert system.call("PUT", "/v1/contacts/bob@example.com/consent", {"consent": "denied"}).status == 200
    with bounded(system):
        assert system.call("DELETE", f"/v1/messages/{viral.id}").status == 204
    ticks(system, 0, lambda: erasures.due(SENT + 1e6) == [])
    left = events_in_the_table(system.aws)
    assert len(left) == 550, "Carol's, of the mail that was not deleted"


def test_an_account_with_all_that_it_may_have_goes_in_few_calls_and_lets_nobody_in(system: System):
    for number in range(40):
        system.call("POST", "/v1/devices", {"platform": "apns", "token": f"a device token {number}"})
        system.call("POST", "/v1/tokens", {"name": f"{number}", "scopes": ["read"]})
    for number in range(19):
        accounts.add_address(system.sender, Address(f"ann{number}@sender.example", SENT))
    many_messages(system, ["bob@example.com"], 40)
    system.follow()  # of each new token the sender is told
    system.now += 1
    system.call("POST", "/v1/account/code")
    system.follow()
    email = system.call("GET", "/v1/account").json["email"]
    farewell = {"email": email, "code": code_for(system, email)}
    with bounded(system):
        assert system.call("DELETE", "/v1/account", farewell).status == 202
    assert system.call("GET", "/v1/account").status == 401
    ticks(system, 0, lambda: not any(system.sender in str(item) for item in system.aws.items()))
    assert (
        system.aws.client("sns").list_endpoints_by_platform_application(PlatformApplicationArn=_application(system))[
            "Endpoints"
        ]
        == []
    )


def _application(system: System) -> str:
    return str(
        system.aws.client("sns").list_platform_applications()["PlatformApplications"][0]["PlatformApplicationArn"]
    )


# -- Ticks


def test_what_one_sender_erases_delays_nothing_of_anothers(system: System, hasty):
    """What Ann erases would take ticks and ticks. Eve's erasure is over in one all the same, and her mail is out."""
    everybody = [f"b{number:02}@example.com" for number in range(20)]
    known(system, *everybody)
    many_messages(system, everybody, 60)
    system.send(recipients=[{"email": each, "consent": "denied"} for each in everybody])
    eve = register("eve@other.example", "Eve", "UTC", "eve's token", SENT)
    to_bob = system.call(
        "POST", "/v1/messages", {"subject": "Hi", "recipients": ["bob@example.com"]}, "eve's token"
    ).json
    with refusing(mail._client(), "SendEmail", FULL):
        system.opened(to_bob, 7_200, THUNDERBIRD, "93.184.216.34")
        system.follow()
    erasures.note(Erasure(What.REFUSED, eve, SENT, "bob@example.com"), SENT + 7_200)
    assert len(erasures.due(SENT + 1e6)) == 21
    ticks(system, 7_200, lambda: True, most=1, a_call=8 * A_CALL)
    assert {whose for whose, _ in erasures.due(SENT + 1e6)} == {system.sender}
    assert [each["to"] for each in system.aws.outbox()] == [["eve@other.example"]]
    ticks(system, 7_260, lambda: erasures.due(SENT + 1e6) == [])
