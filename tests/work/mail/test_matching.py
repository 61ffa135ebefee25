"""Which message a mail belongs to, where somebody else used the same Message-ID for mails of their own."""

from typing import Any

import pytest

from chalicelib.store.mail import inbox
from chalicelib.work.accounts.registering import register
from tests.makers import SENT
from tests.replies import an_answer, handed_on, reply_to
from tests.system import System

EVE = "another sender's token"
KNOWN = "<offer@sender.example>"


@pytest.fixture
def crowded(system: System) -> dict[str, Any]:
    """A message of Ann's with a Message-ID that Eve notes 80 times, of earlier and of later mails."""
    register("eve@other.example", "Eve", "UTC", EVE, SENT)
    notes(system, 50)
    system.now += 60
    message = system.send()
    assert system.call("PATCH", f"/v1/messages/{message['id']}", {"message_id": KNOWN}).status == 200
    system.now += 60
    notes(system, 30)
    return message


def notes(system: System, copies: int) -> None:
    """Eve notes the id for each of so many copies of a mail of her own."""
    people = [f"p{number}@example.com" for number in range(copies - 1)]
    mail = {"subject": "x", "recipients": ["bob@example.com", *people], "text": "x"}
    made = system.call("POST", "/v1/messages", mail, token=EVE).json
    assert system.call("PATCH", f"/v1/messages/{made['id']}", {"message_id": KNOWN}, token=EVE).status == 200


def replied(system: System, token: str) -> int:
    found = system.call("GET", "/v1/messages", token=token).json["items"]
    return sum(each["replies"] for message in found for each in message["recipients"])


def test_an_answer_that_a_mailbox_forwards_finds_its_owners_message(system: System, crowded: dict[str, Any]):
    mine = str(system.call("GET", "/v1/forwarding").json["address"])
    system.receive(an_answer(In_Reply_To=KNOWN), mine)
    assert system.show(crowded)["recipients"][0]["replies"] == 1 and replied(system, EVE) == 0


def test_an_answer_that_is_handed_on_keeps_its_thread(system: System, crowded: dict[str, Any]):
    inbox.remember_id("ses-1", crowded["id"], 0, SENT, KNOWN)
    for number in range(60):
        inbox.remember_id("ses-1", f"{number:032x}", 0, SENT, "<eves@other.example>")
    system.receive(an_answer(In_Reply_To="<ses-1@email.amazonses.com>"), reply_to(crowded))
    (mail,) = handed_on(system)
    assert mail["In-Reply-To"] == KNOWN


def test_an_answer_to_a_deleted_message_is_not_handed_to_who_used_its_id(system: System, crowded: dict[str, Any]):
    address = reply_to(crowded)
    system.call("DELETE", f"/v1/messages/{crowded['id']}")
    system.receive(an_answer("For Ann alone.\r\n", In_Reply_To=KNOWN), address)
    assert system.aws.outbox() == [] and replied(system, EVE) == 0


def test_an_answer_to_an_address_that_a_server_changed_is_nobodys_where_two_used_its_id(
    system: System, crowded: dict[str, Any]
):
    system.receive(an_answer(In_Reply_To=KNOWN), reply_to(crowded).replace("r+", "r+x"))
    assert handed_on(system) == [] and replied(system, EVE) == 0


def test_an_answer_to_an_address_that_a_server_changed_is_known_by_an_id_that_one_used(system: System):
    message = system.send()
    system.call("PATCH", f"/v1/messages/{message['id']}", {"message_id": KNOWN})
    system.receive(an_answer(In_Reply_To=KNOWN), reply_to(message).replace("r+", "r+x"))
    assert len(handed_on(system)) == 1


def test_what_ses_tells_of_a_mail_is_noted_for_who_sent_it(system: System, crowded: dict[str, Any]):
    inbox.remember_id("offer", crowded["id"], 0, SENT)
    bounced = {"bouncedRecipients": [{"emailAddress": "bob@example.com", "status": "5.1.1"}], "bounceType": "Permanent"}
    about = {
        "messageId": "offer",
        "timestamp": "2026-09-21T14:13:20.000Z",
        "source": "ann@sender.example",
        "destination": ["bob@example.com"],
        "headers": [{"name": "X-Unsealed", "value": crowded["id"]}],
    }
    system.told_by_ses({
        "eventType": "Bounce",
        "mail": about,
        "bounce": {**bounced, "bounceSubType": "General", "timestamp": "2026-09-21T14:20:00.000Z", "feedbackId": "f-1"},
    })  # fmt: skip
    assert system.show(crowded)["recipients"][0]["status"] == "bounced"
    everybody = system.call("GET", "/v1/messages", token=EVE).json["items"]
    assert not any(each["status"] == "bounced" for message in everybody for each in message["recipients"])
