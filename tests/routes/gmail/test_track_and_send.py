"""Track and send: the user's own draft in Gmail, tracked and sent by Gmail itself. Never the wrong one, never half of one."""

import json
import re
import time
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest

from chalicelib.work.doors import gmail_sending
from tests.gmail import COMPOSE
from tests.google import Google, google
from tests.makers import HOME, THUNDERBIRD
from tests.routes.gmail.test_answers import act, asked, card, words
from tests.system import Answer, System
from tests.trouble import settings

DRAFT = b"""\
MIME-Version: 1.0\r
References: <zero@example.com>\r
In-Reply-To: <zero@example.com>\r
Date: Sun, 15 Jun 2025 09:00:00 +0000\r
Message-ID: <CAF1@mail.gmail.com>\r
Subject: Re: Offer for June\r
From: Ann <ann@sender.example>\r
To: Bob <bob@example.com>\r
Cc: carol@example.net\r
Bcc: dan@example.org\r
Content-Type: multipart/alternative; boundary="b1"\r
\r
--b1\r
Content-Type: text/plain; charset="UTF-8"\r
\r
Hello, our offer <https://example.com/offer?a=1>\r
--b1\r
Content-Type: text/html; charset="UTF-8"\r
\r
<div dir="ltr">Hello, <a href="https://example.com/offer?a=1">our offer</a></div>\r
--b1--\r
"""
PEOPLE = {"to": ["bob@example.com"], "cc": ["carol@example.net"], "bcc": ["dan@example.org"]}


@pytest.fixture
def it(monkeypatch):
    with google() as found, settings(GMAIL_DRAFTS="on"):
        found.box.grants["a user's token"] = {COMPOSE}
        monkeypatch.setattr(time, "sleep", found.box.wait)
        yield found


def beside_the_composer(system: System, it: Google, **event: Any) -> dict[str, Any]:
    return card(asked(system, it, "compose", **{"people": PEOPLE, "scopes": [COMPOSE], **event}))


def offered(shown: dict[str, Any]) -> list[dict[str, str]]:
    """What the buttons of a card offer to send."""
    found = re.findall(r'"parameters": (\[[^]]*"value": "send"[^]]*\])', json.dumps(shown))
    return [{each["key"]: each["value"] for each in json.loads(one)} for one in found]


def tap(system: System, it: Google, button: dict[str, str], **event: Any) -> Answer:
    given = {"people": PEOPLE, "scopes": [COMPOSE], **event}
    return asked(system, it, "act", parameters=button, **given)


def said(answer: Answer) -> str:
    """The sentence that a tap is answered with."""
    return str(answer.json["renderActions"]["action"]["notification"]["text"])


def test_the_draft_that_is_open_is_tracked_and_sent_in_its_thread(system: System, it):
    it.box.save("r1", DRAFT, "t1")
    it.box.save("r2", DRAFT.replace(b"bob@", b"other@"))
    shown = beside_the_composer(system, it)
    assert "Re: Offer for June" in words(shown) and "Which of these" not in words(shown)
    [button] = offered(shown)
    answer = tap(system, it, button)
    assert "Sent, and tracked" in words(card(answer))
    [(to, raw, thread)] = it.box.sent
    assert (to, thread, list(it.box.drafts)) == (
        ["bob@example.com", "carol@example.net", "dan@example.org"],
        "t1",
        ["r2"],
    )
    [message] = system.call("GET", "/v1/messages").json["items"]
    mail = message_from_bytes(raw, policy=SMTP)
    assert mail["X-Unsealed"] == message["id"] and mail["Subject"] == "Re: Offer for June"
    assert message["copies"] == "shared" and message["sent_at"]
    html = mail.get_body(("html",)).get_content()
    pixel = re.search(r'src="([^"]+/o/[^"]+)"', html)
    link = re.search(r'href="([^"]+/c/[^"]+)"', html)
    assert pixel and link and html.startswith('<div dir="ltr">Hello, <a ')
    assert (
        system.ask("GET", link[1], headers={"User-Agent": THUNDERBIRD}).headers["location"]
        == "https://example.com/offer?a=1"
    )
    system.opened({"recipients": [{"pixel_url": pixel[1]}]}, 7200, THUNDERBIRD, HOME)
    system.follow()
    assert system.call("GET", f"/v1/messages/{message['id']}").json["shared_copy"]["opens"] >= 1


def test_what_was_sent_is_known_beside_it_by_its_own_header(system: System, it):
    it.box.save("r1", DRAFT)
    tap(system, it, offered(beside_the_composer(system, it))[0])
    it.mails["m1"] = it.box.sent[0][1].replace(b"<CAF1@mail.gmail.com>", b"<another@mail.gmail.com>")
    assert "One of these 3" in words(card(asked(system, it, "open")))
    assert "No tracking is known" in words(card(asked(system, it, "open", email="eve@eve.example")))


def test_the_scope_is_asked_for_when_it_is_first_needed(system: System, it):
    it.box.save("r1", DRAFT)
    shown = beside_the_composer(system, it, scopes=[])
    assert "For this Google asks you once" in words(shown) and not offered(shown) and not it.box.calls
    wanted = {"requesting_google_scopes": {"scopes": [COMPOSE]}}
    assert act(system, it, "drafts", people=PEOPLE).json == wanted
    assert tap(system, it, {"do": "send", "draft": "r1", "saved": "m1"}, scopes=[]).json == wanted
    assert offered(card(act(system, it, "drafts", people=PEOPLE, scopes=[COMPOSE])))


def test_without_the_setting_no_draft_is_looked_at(system: System, it):
    it.box.save("r1", DRAFT)
    with settings(GMAIL_DRAFTS=""):
        shown = beside_the_composer(system, it)
    assert "Track and send" not in words(shown) and not it.box.calls


def test_where_two_drafts_go_to_the_same_people_the_user_chooses(system: System, it):
    it.box.save("r1", DRAFT)
    it.box.save("r2", DRAFT.replace(b"our offer", b"another"))
    shown = beside_the_composer(system, it)
    assert "Which of these is it?" in words(shown)
    assert [each["draft"] for each in offered(shown)] == ["r2", "r1"]
    tap(system, it, offered(shown)[1])
    assert list(it.box.drafts) == ["r2"]


def test_where_there_are_more_drafts_than_are_looked_at_the_user_is_asked(system: System, it):
    for number in range(gmail_sending.MOST_DRAFTS):
        it.box.save(f"r{number}", DRAFT.replace(b"bob@", b"other%d@" % number))
    it.box.save("open", DRAFT)
    shown = beside_the_composer(system, it)
    assert "Which of these is it?" in words(shown) and [each["draft"] for each in offered(shown)] == ["open"]


@pytest.mark.parametrize(
    "people",
    [
        {"to": ["bob@example.com"], "cc": ["carol@example.net"]},
        {"to": ["bob@example.com", "carol@example.net"], "bcc": ["dan@example.org"]},
        {**PEOPLE, "to": ["bob@example.com", "eve@example.com"]},
    ],
    ids=["one fewer", "in another field", "one more"],
)
def test_a_draft_to_other_people_is_never_offered_nor_sent(system: System, it, people):
    it.box.save("r1", DRAFT)
    shown = beside_the_composer(system, it, people=people)
    assert not offered(shown) and "No saved draft goes to exactly these people" in words(shown)
    [button] = offered(beside_the_composer(system, it))
    answer = tap(system, it, button, people=people)
    assert "It goes to other people" in words(card(answer)) and not it.box.sent


def test_a_draft_that_was_saved_since_is_shown_again(system: System, it):
    it.box.save("r1", DRAFT)
    [button] = offered(beside_the_composer(system, it))
    it.box.save("r1", DRAFT.replace(b"Hello", b"Dear Bob"))
    answer = tap(system, it, button)
    assert "It was saved again" in words(card(answer)) and not it.box.sent
    tap(system, it, offered(card(answer))[0])
    assert b"Dear Bob" in it.box.sent[0][1]


def test_a_draft_that_is_still_being_written_is_not_sent(system: System, it):
    it.box.save("r1", DRAFT)
    [button] = offered(beside_the_composer(system, it))
    it.box.meanwhile = lambda: it.box.save("r1", DRAFT.replace(b"Hello", b"Hello you"))
    answer = tap(system, it, button)
    assert it.box.waited == [2.0]  # seconds, in which Gmail saves what is typed
    assert "You are still writing it" in words(card(answer)) and not it.box.sent and "update" not in it.box.calls
    assert system.call("GET", "/v1/messages").json["items"] == []


LEFT = {
    "signed": (b"multipart/alternative;", b"multipart/signed; micalg=pgp-sha512;", "it is signed"),
    "encrypted": (b"multipart/alternative;", b"multipart/encrypted; protocol=x;", "it is encrypted"),
    "s/mime": (b"multipart/alternative;", b"application/pkcs7-mime;", "it is encrypted"),
    "plain": (b"text/html", b"text/plain", "it is plain text"),
    "pgp in the text": (b"Hello, our", b"-----BEGIN PGP MESSAGE-----", "it is encrypted"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "why"), LEFT.values(), ids=LEFT.keys())
def test_what_cannot_be_tracked_is_left_as_it_is(system: System, it, old, new, why):
    raw = DRAFT.replace(old, new)
    it.box.save("r1", raw)
    answer = tap(system, it, offered(beside_the_composer(system, it))[0])
    assert why in said(answer) and "nothing was changed" in said(answer)
    assert it.box.drafts["r1"].raw == raw and not it.box.sent and "update" not in it.box.calls
    assert system.call("GET", "/v1/messages").json["items"] == []


def test_who_wants_no_tracking_has_it_for_all_of_them(system: System, it):
    system.call("PUT", "/v1/contacts/carol@example.net/consent", {"consent": "denied"})
    it.box.save("r1", DRAFT)
    answer = tap(system, it, offered(beside_the_composer(system, it))[0])
    assert "nothing was changed" in said(answer) and it.box.drafts["r1"].raw == DRAFT
    assert system.call("GET", "/v1/messages").json["items"] == []


def test_what_gmail_does_not_send_is_as_it_was_and_can_be_sent_again(system: System, it):
    it.box.save("r1", DRAFT, "t1")
    [button] = offered(beside_the_composer(system, it))
    it.box.fails = lambda call: 503 if call == "send" else 0
    answer = tap(system, it, button)
    assert "as you wrote it" in said(answer)
    assert (it.box.drafts["r1"].raw, it.box.drafts["r1"].thread, it.box.sent) == (DRAFT, "t1", [])
    assert system.call("GET", "/v1/messages").json["items"] == []
    it.box.fails = lambda call: 0
    tap(system, it, offered(beside_the_composer(system, it))[0])
    assert len(it.box.sent) == 1


def test_what_was_sent_though_the_answer_was_lost_is_known_as_sent(system: System, it):
    it.box.save("r1", DRAFT)
    [button] = offered(beside_the_composer(system, it))
    it.box.fails = lambda call: -1 if call == "send" else 0
    assert "Sent, and tracked" in words(card(tap(system, it, button)))
    assert len(it.box.sent) == 1 and system.call("GET", "/v1/messages").json["items"][0]["sent_at"]


def test_a_draft_that_an_earlier_try_left_tracked_is_tracked_anew_and_once(system: System, it):
    it.box.save("r1", DRAFT, "t1")
    it.box.fails = lambda call: 503 if call == "send" or it.box.calls.count("update") > 1 else 0
    answer = tap(system, it, offered(beside_the_composer(system, it))[0])
    assert "Look into your drafts" in said(answer) and b"X-Unsealed" in it.box.drafts["r1"].raw
    it.box.fails = lambda call: 0
    tap(system, it, offered(beside_the_composer(system, it))[0])
    [(_, raw, thread)] = it.box.sent
    assert raw.count(b"X-Unsealed") == 1 and len(re.findall(rb"/o/[\w-]{20}", raw)) == 1 and thread == "t1"


def test_where_gmail_does_not_show_the_draft_nothing_is_sent(system: System, it):
    it.box.save("r1", DRAFT)
    [button] = offered(beside_the_composer(system, it))
    it.box.fails = lambda call: -2 if call == "get" else 0
    assert "try again" in said(tap(system, it, button)) and not it.box.sent
    it.box.fails = lambda call: 0
    del it.box.drafts["r1"]
    assert "try again" in said(tap(system, it, button)), "it is gone"


@pytest.mark.parametrize(("call", "status"), [("list", 500), ("list", 429), ("get", 503), ("get", -2)])
def test_where_gmail_shows_no_drafts_the_other_ways_are_there(system: System, it, call, status):
    it.box.save("r1", DRAFT)
    it.box.fails = lambda asked: status if asked == call else 0
    shown = words(beside_the_composer(system, it))
    assert "did not show us your drafts" in shown and "Insert tracking" in shown


def test_a_draft_that_is_too_large_is_said_so_before_anything_is_read(system: System, it):
    it.box.save("r1", DRAFT + b" " * gmail_sending.LARGEST)
    shown = beside_the_composer(system, it)
    assert not offered(shown) and "it is too large" in words(shown)


def test_the_double_refuses_what_google_would(it):
    box, token = it.box, "a user's token"
    box.save("r1", DRAFT, "t1")
    base = "/gmail/v1/users/me/drafts"
    for method, path, by, body, status in (
        ("GET", base, "another", {}, 403),
        ("GET", f"{base}?metadataHeaders=To", token, {}, 400),
        ("GET", f"{base}/r1?format=RAW", token, {}, 400),
        ("PUT", f"{base}/r1", token, {"message": {"raw": "not base64!"}}, 400),
        ("PUT", f"{base}/r1", token, {"message": {"text": "x"}}, 400),
        ("PUT", f"{base}/r1", token, {"message": {}}, 400),
        ("PUT", f"{base}/r1", token, {"message": {"raw": "eA==", "threadId": "unknown"}}, 404),
        ("PUT", f"{base}/r9", token, {"message": {"raw": "eA=="}}, 404),
        ("POST", f"{base}/send", token, {}, 400),
        ("POST", f"{base}/send", token, {"id": 7}, 400),
        ("PATCH", f"{base}/r1", token, {}, 404),
    ):
        assert box.answer(method, path, by, json.dumps(body).encode())[0] == status, (method, path, body)
    assert box.drafts["r1"].raw == DRAFT and not box.sent
