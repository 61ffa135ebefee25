"""One copy for several people, as mail programs send it: what is done with it was one of them, and nobody knows which."""

import re
from base64 import b64decode

import pytest

from chalicelib.config import config
from chalicelib.domain.messages import ONE_OF_THEM
from chalicelib.domain.tokens import TokenKind, read
from tests.mails import a_mail
from tests.makers import CHROME, GMAIL_PROXY, GOOGLE, HOME, SENT
from tests.replies import an_answer
from tests.system import HTML, System

AN_HOUR = 3600.0
A_DAY = 86_400.0
THREE = [
    {"email": "bob@example.com", "name": "Bob"},
    {"email": "carol@example.net", "name": "Carol"},
    "dan@example.org",
]


def shared(system: System, recipients=THREE, **changes):
    return system.send(recipients=recipients, copies="shared", **changes)


def feed(system: System):
    return system.call("GET", "/v1/feed").json["items"]


def contact(system: System, email: str):
    return system.call("GET", f"/v1/contacts/{email}").json


def the_token(url: str):
    return read(TokenKind.PIXEL, url.rpartition("/")[2], config().secrets)


# -- One copy


def test_all_have_one_token_and_the_copy_stands_once(system: System):
    message = shared(system)
    first, *others = message["recipients"]
    (url,) = {each["pixel_url"] for each in message["recipients"]}
    assert the_token(url).recipient == ONE_OF_THEM
    assert url in first["html"] and first["links"][0]["tracked_url"] in first["html"]
    assert not any(name in each for each in others for name in ("html", "links"))
    assert len({each["reply_to"] for each in message["recipients"]}) == 1
    assert message["copies"] == "shared"
    assert message["shared_copy"]["one_of"] == ["bob@example.com", "carol@example.net", "dan@example.org"]


def test_a_large_mail_to_many_is_one_copy(system: System):
    many = [f"reader{number}@example.com" for number in range(50)]
    message = shared(system, many, html=f"<p>{'word ' * 100_000}</p>")
    assert len(message["recipients"]) == 50


def test_a_raw_mail_is_one_copy_too(system: System):
    raw = a_mail(To="bob@example.com, carol@example.net")
    answer = system.call("POST", "/v1/messages/mime?copies=shared", raw)
    assert answer.status == 201, answer.body
    first, second = answer.json["recipients"]
    assert first["pixel_url"] == second["pixel_url"]
    assert first["pixel_url"].encode() in b64decode(first["raw"])
    assert "raw" not in second


def test_with_one_recipient_it_is_theirs(system: System):
    message = shared(system, ["bob@example.com"])
    assert the_token(message["recipients"][0]["pixel_url"]).recipient == 0
    assert (message["copies"], message["shared_copy"]) == ("each", None)
    system.opened(message)
    system.follow()
    assert system.show(message)["recipients"][0]["status"] == "opened"
    assert feed(system)[0]["recipient"] == "bob@example.com"
    assert contact(system, "bob@example.com")["opened"] == 1


def test_the_sender_in_copy_is_not_one_of_them(system: System):
    message = shared(system, ["ann@sender.example", "bob@example.com"])
    ann, bob = message["recipients"]
    assert bob["pixel_url"] in ann["html"]
    assert ann["not_tracked"] == "self"
    system.opened(message, recipient=1)
    system.follow()
    assert [each["status"] for each in system.show(message)["recipients"]] == ["not_tracked", "opened"]


# -- What is known


def test_an_open_is_one_of_them_in_state_words_and_contacts(system: System):
    message = shared(system)
    assert message["status"] == "no_evidence"
    assert {each["status"] for each in message["recipients"]} == {"no_evidence"}
    assert message["shared_copy"]["text"] == "No sign yet that any of Bob, Carol and dan@example.org has opened it."
    system.opened(message)
    system.follow()
    seen = system.show(message)
    assert seen["status"] == seen["shared_copy"]["status"] == "opened"
    assert seen["shared_copy"]["opens"] == 1
    assert seen["shared_copy"]["text"] == "One of Bob, Carol and dan@example.org opened it; it does not show which one."
    assert [(each["status"], each["opens"]) for each in seen["recipients"]] == [("cannot_know", 0)] * 3
    (event,) = seen["events"]
    assert (event["recipient"], event["shared"], event["counted"]) == ("", True, True)
    (entry,) = feed(system)
    assert entry["text"] == "One of Bob, Carol and dan@example.org opened “Offer for June”"
    assert (entry["recipient"], entry["one_of"]) == ("", ["bob@example.com", "carol@example.net", "dan@example.org"])
    for email in entry["one_of"]:
        known = contact(system, email)
        assert (known["messages"], known["opened"], known["opens"], known["last_at"]) == (1, 0, 0, None)


def test_the_mail_that_tells_of_it_names_all_of_them(system: System):
    message = shared(system)
    system.opened(message)
    system.follow()
    system.minute(4 * AN_HOUR)
    (letter,) = system.aws.outbox()
    assert "One of Bob, Carol and dan@example.org opened" in letter["subject"]
    assert "nobody can tell which one it was" in letter["text"]
    assert "Mute One of" not in letter["text"]


def test_two_of_them_on_two_devices_are_nobody_passing_it_on(system: System):
    message = shared(system)
    system.opened(message, 2 * AN_HOUR, CHROME, HOME)
    system.opened(message, 60 * AN_HOUR, CHROME.replace("Windows NT 10.0; Win64; x64", "Macintosh"), "203.0.114.9")
    system.follow()
    seen = system.show(message)
    assert seen["shared_copy"]["opens"] == 2
    assert not any(each["possibly_forwarded"] for each in seen["events"])


def test_a_click_is_one_of_them_too(system: System):
    message = shared(system)
    system.clicked(message, 3 * AN_HOUR, CHROME)
    system.follow()
    assert system.show(message)["shared_copy"]["status"] == "clicked"
    assert "followed a link" in system.show(message)["shared_copy"]["text"]


def test_an_answer_is_its_authors(system: System):
    message = shared(system)
    answer = system.call("POST", f"/v1/messages/{message['id']}/replies", {"recipient": "carol@example.net"})
    assert answer.status == 202
    system.follow()
    seen = system.show(message)
    assert [each["status"] for each in seen["recipients"]] == ["no_evidence", "replied", "no_evidence"]
    assert seen["status"] == "replied"
    assert contact(system, "carol@example.net")["replied"] == 1


def test_lists_find_it_by_what_one_of_them_did(system: System):
    message = shared(system)
    system.opened(message)
    system.follow()
    found = {
        status: [each["id"] for each in system.call("GET", f"/v1/messages?status={status}").json["items"]]
        for status in ("opened", "no_evidence", "cannot_know")
    }
    assert found == {"opened": [message["id"]], "no_evidence": [], "cannot_know": []}


def test_a_storm_of_opens_is_settled_for_all_of_them(system: System):
    message = shared(system)
    for number in range(300):
        system.opened(message, AN_HOUR + number * 60.0, GMAIL_PROXY, GOOGLE)
    system.follow()
    system.minute(20 * AN_HOUR)
    system.opened(message, 21 * AN_HOUR)
    system.follow()
    assert system.show(message)["shared_copy"]["opens"] == 301


def test_one_reminder_tells_of_all_and_ends_when_one_answers(system: System):
    system.call("PUT", "/v1/preferences", {"remind": {"whom": "all", "not_opened": 1, "unit": "days"}})
    message = shared(system)
    system.minute(3 * A_DAY)
    texts = [each["text"] for each in feed(system) if each["message"] == message["id"]]
    assert texts == ["No sign that any of Bob, Carol and dan@example.org has opened “Offer for June”"]


# -- Consent


def test_what_one_of_them_refused_stands_for_all(system: System):
    message = shared(system, [{"email": "bob@example.com", "consent": "denied"}, "carol@example.net"])
    assert message["recipients"][0]["html"] == HTML
    assert [each["not_tracked"] for each in message["recipients"]] == ["consent_denied", "consent_of_another"]
    assert message["status"] == "not_tracked"


def test_a_refusal_later_takes_away_what_one_of_them_did(system: System):
    message = shared(system)
    system.opened(message)
    system.follow()
    system.call("PUT", "/v1/contacts/bob@example.com/consent", {"consent": "denied"})
    system.minute(4 * AN_HOUR)
    seen = system.show(message)
    assert (seen["shared_copy"]["opens"], seen["shared_copy"]["not_tracked"], seen["events"]) == (
        0,
        "consent_withdrawn",
        [],
    )
    system.opened(message, 6 * AN_HOUR)
    system.follow()
    assert system.show(message)["shared_copy"]["opens"] == 0


def test_the_page_stops_it_for_all_since_nobody_knows_who_asks(system: System):
    message = shared(system)
    system.opened(message)
    system.follow()
    (url,) = {each["page_url"] for each in message["recipients"]}
    page = system.ask("GET", url).body.decode()
    assert "nobody knows who you are" in page and "b…@example.com, c…@example.net" in page
    assert "bob" not in page
    system.ask("POST", url, b"answer=refuse&sure=yes", {"Content-Type": "application/x-www-form-urlencoded"})
    system.follow()
    assert system.show(message)["events"] == []
    assert contact(system, "bob@example.com")["consent"] == "unknown"
    assert "This mail is not tracked" in system.ask("GET", url).body.decode()


def test_erasing_one_of_them_leaves_no_word_of_them(system: System):
    message = shared(system)
    system.opened(message)
    system.follow()
    assert system.call("DELETE", "/v1/contacts/bob@example.com").status == 202
    for minute in range(5):
        system.minute(4 * AN_HOUR + minute * 120)
    assert not re.search("bob@example|Bob", str(system.kept()).replace("Dear Bob", ""))
    assert system.show(message)["shared_copy"]["one_of"] == ["carol@example.net", "dan@example.org"]


# -- Sent, or not


def test_what_the_composer_loads_counts_for_nothing(system: System):
    message = shared(system, prepared=True)
    assert message["prepared"]
    system.opened(message, 30)
    system.follow()
    assert contact(system, "bob@example.com").get("status") == 404
    assert system.call("GET", "/v1/messages").json["items"] == []
    system.now = SENT + 60
    body = {"sent_at": "2026-09-21T14:14:20Z", "message_id": "<7@mail.example>"}
    answer = system.call("PATCH", f"/v1/messages/{message['id']}", body)
    assert answer.status == 200, answer.body
    assert (answer.json["prepared"], answer.json["status"]) == (False, "no_evidence")
    assert contact(system, "bob@example.com")["messages"] == 1
    system.opened(message, 2 * AN_HOUR)
    system.follow()
    seen = system.show(message)
    assert [each["verdict"]["kind"] for each in seen["events"]] == ["self", "proxy_human"]
    assert seen["shared_copy"]["opens"] == 1


def test_confirming_twice_is_confirming_once(system: System):
    message = shared(system, prepared=True)
    for _ in range(2):
        assert system.call("PATCH", f"/v1/messages/{message['id']}", {"message_id": "<7@mail.example>"}).status == 200
    assert contact(system, "bob@example.com")["messages"] == 1


def test_saying_that_it_was_sent_is_enough(system: System):
    message = shared(system, prepared=True)
    answer = system.call("PATCH", f"/v1/messages/{message['id']}", {"sent": True})
    assert (answer.status, answer.json["prepared"]) == (200, False)


def test_what_nobody_confirms_disappears(system: System):
    message = shared(system, prepared=True)
    system.opened(message, 30)
    system.follow()
    system.minute(A_DAY - 60)
    assert system.call("GET", f"/v1/messages/{message['id']}").status == 200
    system.minute(A_DAY + 60)
    assert system.call("GET", f"/v1/messages/{message['id']}").status == 404
    assert message["id"] not in str([each for each in system.kept() if not each["pk"]["S"].startswith("d#")])


def test_what_was_confirmed_stays(system: System):
    message = shared(system, prepared=True)
    system.call("PATCH", f"/v1/messages/{message['id']}", {"sent_at": "2026-09-21T14:13:21Z"})
    system.minute(3 * A_DAY)
    assert system.show(message)["prepared"] is False


@pytest.mark.parametrize("confirmed", [False, True])
def test_what_was_never_sent_is_withdrawn(system: System, confirmed):
    message = shared(system, prepared=True)
    if confirmed:
        system.call("PATCH", f"/v1/messages/{message['id']}", {"message_id": "<7@mail.example>"})
    answer = system.call("PATCH", f"/v1/messages/{message['id']}", {"sent": False})
    assert (answer.status, answer.json["id"]) == (200, message["id"])
    assert system.call("GET", f"/v1/messages/{message['id']}").status == 404
    assert contact(system, "bob@example.com").get("messages", 0) == 0


@pytest.mark.parametrize("wrong", ["", "no id", "<>", "a\r\nb"])
def test_a_message_id_looks_like_one(system: System, wrong):
    message = shared(system)
    answer = system.call("PATCH", f"/v1/messages/{message['id']}", {"message_id": wrong})
    assert (answer.status, answer.json["field"]) == (422, "message_id")


def test_an_answer_is_known_by_the_message_id_that_was_told(system: System):
    message = shared(system)
    system.call("PATCH", f"/v1/messages/{message['id']}", {"message_id": "<7@mail.example>"})
    forward = system.call("GET", "/v1/forwarding").json["address"]
    raw = an_answer(From="carol@example.net", To="ann@sender.example", In_Reply_To="<7@mail.example>")
    system.receive(raw, forward, sender="carol@example.net")
    assert [each["status"] for each in system.show(message)["recipients"]] == ["no_evidence", "replied", "no_evidence"]
