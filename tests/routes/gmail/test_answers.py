"""The Gmail add-on, as Google asks it: who is answered, what the cards show, what a tap does."""

import json
import re
from typing import Any

import pytest
from google.apps.card_v1 import Card

from chalicelib.domain.accounts import Address
from chalicelib.domain.doors.gmail_cards import READ_THIS_MAIL
from chalicelib.store.accounts import accounts
from chalicelib.work.accounts.registering import register
from tests.counting import counting
from tests.embedded import PUBLIC_URL
from tests.google import CLIENT, ROBOT, Google, google
from tests.makers import HOME, THUNDERBIRD
from tests.signing_in import signed_in
from tests.system import Answer, System
from tests.trouble import settings

ANN = "ann@sender.example"
SENT_MAIL = b"Message-ID: <one@mail.example>\r\nFrom: ann@sender.example\r\nTo: Bob <bob@example.com>\r\n\r\n"


@pytest.fixture
def it():
    with google() as found:
        yield found


def asked(system: System, it: Google, what: str, email: str = ANN, **event: Any) -> Answer:
    """One request of Google's, as it stands in the guide on HTTP add-ons."""
    people = event.pop("people", {})
    body = {
        "commonEventObject": {
            "hostApp": "GMAIL",
            "platform": "WEB",
            "userLocale": event.pop("locale", "en"),
            "timeZone": {"id": "Europe/Berlin", "offset": 7_200_000},
            "formInputs": {name: {"stringInputs": {"value": [each]}} for name, each in event.pop("inputs", {}).items()},
            "parameters": event.pop("parameters", {}),
        },
        "authorizationEventObject": {
            "userOAuthToken": "a user's token",
            "userIdToken": it.token(aud=CLIENT, email=email),
            "authorizedScopes": event.pop("scopes", []),
        },
        "gmail": {
            "messageId": "m1",
            "threadId": "t1",
            "accessToken": "a mail's token",
            **{f"{kind}Recipients": emails for kind, emails in people.items()},
        },
    }
    system_token = it.token(aud=f"{PUBLIC_URL}/gmail/{what}", email=ROBOT)
    headers = {"Authorization": f"Bearer {system_token}", "Content-Type": "application/json"}
    return system.ask("POST", f"/gmail/{what}", json.dumps(body).encode(), headers, "66.249.84.1")


def card(answer: Answer) -> dict[str, Any]:
    """The card of an answer, which Google's own description of cards takes."""
    assert answer.status == 200, answer.body
    action = answer.json.get("action") or answer.json["renderActions"]["action"]
    [step] = action["navigations"]
    found = step.get("pushCard") or step["updateCard"]
    Card.from_json(json.dumps(found))
    return found


def words(shown: dict[str, Any]) -> str:
    """All that a card says."""
    said = r'"(?:text|topLabel|bottomLabel|title|subtitle|label)": "([^"]*)"'
    return " | ".join(re.findall(said, json.dumps(shown, ensure_ascii=False)))


def on_the_draft(answer: Answer) -> dict[str, Any]:
    """What an answer changes of the mail that is written."""
    found: dict[str, Any] = answer.json["renderActions"]["hostAppAction"]["gmailAction"]["updateDraftActionMarkup"]
    return found


def inserted_by(answer: Answer) -> str:
    """The HTML that an answer inserts, where the cursor stands."""
    body = on_the_draft(answer)["updateBody"]
    [inserted] = body["insertContents"]
    assert (body["type"], inserted["contentType"]) == ("IN_PLACE_INSERT", "IMMUTABLE_HTML")
    return str(inserted["content"])


def act(system: System, it: Google, do: str, message: str = "", **event: Any) -> Answer:
    parameters = {"do": do, **({"message": message} if message else {})}
    return asked(system, it, "act", parameters=parameters, **event)


def tracked(system: System, it: Google) -> dict[str, Any]:
    """A mail from Gmail's composer to Bob, sent with our pixel in it; Gmail has it as `m1`."""
    answer = act(system, it, "track", people={"to": ["Bob@example.com"]})
    inserted = inserted_by(answer)
    kind = b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    it.mails["m1"] = SENT_MAIL[:-2] + kind + b"<p>Hello</p>" + inserted.encode()
    [message] = system.call("GET", "/v1/messages").json["items"]
    url = re.search(r'src="([^"]+)"', inserted)
    assert url
    return {**message, "recipients": [{"pixel_url": url[1]}]}


@pytest.mark.parametrize("what", ["home", "open", "compose", "act"])
def test_nobody_but_google_is_answered(system: System, it, what):
    body = json.dumps({"authorizationEventObject": {"userIdToken": it.token(aud=CLIENT, email=ANN)}}).encode()
    for header in ("", "Bearer x", f"Bearer {it.token(aud='https://evil.example', email=ROBOT)}"):
        assert system.ask("POST", f"/gmail/{what}", body, {"Authorization": header}).status == 401
    good = {"Authorization": f"Bearer {it.token(aud=PUBLIC_URL, email=ROBOT)}"}
    assert system.ask("POST", f"/gmail/{what}", b"{}", good).status == 401, "whose mailbox it is must be said as well"
    assert system.ask("POST", f"/gmail/{what}", b"[", good).status == 422


def test_home_leads_to_our_pages_and_a_stranger_is_told_how_to_become_a_sender(system: System, it):
    shown = card(asked(system, it, "home"))
    assert "Today" in words(shown) and f"{PUBLIC_URL}/app/settings" in json.dumps(shown)
    assert "Sign in" in words(card(asked(system, it, "home", email="eve@gmail.com")))


def test_a_mail_is_tracked_from_the_composer_and_found_again_by_its_text(system: System, it):
    message = tracked(system, it)
    assert "Insert tracking" in words(card(asked(system, it, "compose", people={"to": ["bob@example.com"]})))
    shown = card(asked(system, it, "open"))
    assert "Look for tracking in this mail" in words(shown), "its Message-ID is not known"
    asking = act(system, it, "look")
    assert asking.json == {"requesting_google_scopes": {"scopes": [READ_THIS_MAIL]}}
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.follow()
    shown = card(act(system, it, "look", scopes=[READ_THIS_MAIL]))
    assert "Opened" in words(shown) and "bob@example.com" in words(shown) and "1 open; last " in words(shown)
    assert re.search(r"\d+% sure", words(shown))
    assert f"{PUBLIC_URL}/app/message?id={message['id']}" in json.dumps(shown)
    assert it.asked[-1][1]["x-goog-gmail-access-token"] == "a mail's token"
    assert "Opened" in words(card(asked(system, it, "open"))), "its Message-ID is known now, so answers are too"


def test_a_mail_is_known_by_its_message_id_in_three_calls(system: System, it):
    from chalicelib.store.mail.inbox import remember_id

    message = system.send(recipients=["bob@example.com"])
    remember_id("<one@mail.example>", message["id"], 0, system.now)
    it.mails["m1"] = SENT_MAIL
    asked(system, it, "home")
    with counting(system.aws) as calls:
        shown = card(asked(system, it, "open"))
    assert "No sign of opening" in words(shown) and "Offer for June" in words(shown)
    assert len(calls) <= 3, [each.operation for each in calls]


def test_a_mail_is_known_by_its_message_id_whoever_else_used_it(system: System, it):
    from chalicelib.store.mail.inbox import remember_id

    register("eve@other.example", "Eve", "UTC", "eves token", system.now)
    sent = {"subject": "x", "text": "x", "recipients": [f"p{number}@example.com" for number in range(50)]}
    others = system.call("POST", "/v1/messages", sent, token="eves token").json
    for number in range(50):
        remember_id("<one@mail.example>", others["id"], number, system.now)
    system.now += 60
    message = system.send(recipients=["bob@example.com"])
    remember_id("<one@mail.example>", message["id"], 0, system.now)
    it.mails["m1"] = SENT_MAIL
    assert "Offer for June" in words(card(asked(system, it, "open")))


def test_an_answer_in_the_thread_shows_what_it_answers(system: System, it):
    from chalicelib.store.mail.inbox import remember_id

    message = system.send()
    remember_id("<one@mail.example>", message["id"], 0, system.now)
    it.mails["m1"] = (
        b"Message-ID: <two@x>\r\nIn-Reply-To: <one@mail.example>\r\nFrom: bob@example.com\r\nTo: ann@sender.example\r\n\r\n"
    )
    assert "bob@example.com" in words(card(asked(system, it, "open")))


def test_nobody_sees_or_changes_anothers_message(system: System, it):
    message = tracked(system, it)
    with settings(ALLOWED_SENDERS="eve.example"):
        signed_in(system, "eve@eve.example")
    eve: dict[str, Any] = {"email": "eve@eve.example", "scopes": [READ_THIS_MAIL]}
    assert "No tracking is known" in words(card(asked(system, it, "open", **eve)))
    for do in ("mute", "remind"):
        answer = act(system, it, do, message["id"], email="eve@eve.example", inputs={"remind": "week"})
        assert answer.json["renderActions"]["action"]["notification"]["text"] == "No such message."
    assert system.call("GET", f"/v1/messages/{message['id']}").json["muted"] is False


def test_by_an_address_that_does_not_sign_in_nobody_acts_for_its_sender(system: System, it):
    """It may be a mailbox that several read: each of them has a Google account of its name."""
    message, team = tracked(system, it), "sales@sender.example"
    accounts.add_address(system.sender, Address(team, system.now))
    it.mails["m1"] = it.mails["m1"].replace(ANN.encode(), team.encode())
    assert "nobody signs in" in words(card(asked(system, it, "home", email=team)))
    shown = words(card(asked(system, it, "open", email=team, scopes=[READ_THIS_MAIL])))
    assert "bob@example.com" not in shown.lower()
    for do in ("mute", "remind", "track", "link"):
        inputs = {"remind": "tomorrow", "url": "https://example.com"}
        people = {"to": ["carol@example.com"]}
        answer = act(system, it, do, message["id"], email=team, inputs=inputs, people=people)
        assert "By this address nobody signs in" in answer.body.decode()
    assert not system.show(message)["muted"] and len(system.call("GET", "/v1/messages").json["items"]) == 1
    assert system.call("PATCH", f"/v1/addresses/{team}", {"sign_in": True}).status == 200
    shown = words(card(asked(system, it, "open", email=team, scopes=[READ_THIS_MAIL])))
    assert "bob@example.com" in shown.lower()
    assert "Nothing more is told" in act(system, it, "mute", message["id"], email=team).body.decode()


def test_mute_and_remind(system: System, it):
    message = tracked(system, it)
    shown = act(system, it, "mute", message["id"])
    assert "Tell me again" in words(card(shown))
    assert system.call("GET", f"/v1/messages/{message['id']}").json["muted"] is True
    assert "Mute" in words(card(act(system, it, "unmute", message["id"])))
    told = act(system, it, "remind", message["id"], inputs={"remind": "week"}).json
    assert told["renderActions"]["action"]["notification"]["text"].startswith("You will be reminded")
    assert system.call("GET", f"/v1/messages/{message['id']}").json["remind_at"]


def test_a_tracked_link_leads_to_what_was_written_and_shows_its_words(system: System, it):
    written = {"url": "https://example.com/offer?a=1&b=2", "words": "Our <offer>"}
    answer = act(system, it, "link", people={"to": ["bob@example.com"]}, inputs=written)
    html = inserted_by(answer)
    url = re.fullmatch(r'<a href="([^"]+)">Our &lt;offer&gt;</a>', html)
    assert url, html
    assert system.ask("GET", url[1], headers={"User-Agent": THUNDERBIRD}).headers["location"] == written["url"]
    wrong = act(system, it, "link", people={"to": ["bob@example.com"]}, inputs={"url": "javascript:1"})
    assert "notification" in wrong.json["renderActions"]["action"]


def test_to_several_it_goes_through_the_gateway_one_copy_each(system: System, it):
    people = {"to": ["bob@example.com", "Eve@Example.org"], "cc": [], "bcc": ["dan=example.net@localhost.example"]}
    shown = words(card(asked(system, it, "compose", people=people)))
    assert "Gmail sends one mail to all 3" in shown and "Send through Unsealed" in shown
    domain = "t.example.org"
    people["bcc"] = [f"dan=example.net@{domain}"]
    with settings(INBOUND_DOMAIN=domain):
        change = on_the_draft(act(system, it, "gateway", people=people))
    to = [{"email": f"bob=example.com@{domain}"}, {"email": f"eve=example.org@{domain}"}]
    assert change == {
        "updateToRecipients": {"toRecipients": to},
        "updateBccRecipients": {"bccRecipients": [{"email": f"dan=example.net@{domain}"}]},
    }


def test_to_several_one_pixel_tells_that_one_of_them_opened(system: System, it):
    inserted = inserted_by(act(system, it, "track", people={"to": ["bob@example.com"], "cc": ["eve@example.org"]}))
    it.mails["m1"] = SENT_MAIL[:-2] + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + inserted.encode()
    url = re.search(r'src="([^"]+)"', inserted)
    assert url
    system.opened({"recipients": [{"pixel_url": url[1]}]}, 7200, THUNDERBIRD, HOME)
    system.follow()
    shown = words(card(act(system, it, "look", scopes=[READ_THIS_MAIL])))
    assert "One of these 2, nobody knows which | Opened | 1 open; last" in shown
    assert shown.count("Cannot know") == 2


def test_before_there_are_recipients_the_card_says_what_to_do(system: System, it):
    assert "whom it goes to" in words(card(asked(system, it, "compose")))


def test_where_gmail_does_not_answer_the_card_says_so(system: System, it):
    asked(system, it, "home")
    it.down = True
    assert "did not show us this mail" in words(card(asked(system, it, "open")))


def test_who_wants_no_tracking_gets_no_pixel(system: System, it):
    system.call("PUT", "/v1/contacts/bob@example.com/consent", {"consent": "denied"})
    answer = act(system, it, "track", people={"to": ["bob@example.com"]})
    assert "no tracking" in answer.json["renderActions"]["action"]["notification"]["text"]


def test_an_old_button_is_told(system: System, it):
    assert "older version" in act(system, it, "explode").json["renderActions"]["action"]["notification"]["text"]


@pytest.mark.parametrize(
    "event", [b"{}", b'{"gmail": 1}', b'{"commonEventObject": {"timeZone": [], "formInputs": {"a": 1}}}']
)
def test_an_event_with_less_in_it_is_no_fault_of_ours(system: System, it, event):
    body = json.loads(event)
    body["authorizationEventObject"] = {
        "systemIdToken": it.token(aud=PUBLIC_URL, email=ROBOT),
        "userIdToken": it.token(aud=CLIENT, email=ANN),
    }
    for what in ("home", "compose", "open", "act"):
        assert system.ask("POST", f"/gmail/{what}", json.dumps(body).encode()).status == 200


@pytest.mark.parametrize(("locale", "letters"), [("hi-IN", "[\u0900-\u097f]"), ("kn", "[\u0c80-\u0cff]")])
def test_cards_speak_the_users_language(system: System, it, locale, letters):
    message = tracked(system, it)
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.follow()
    people = {"to": ["bob@example.com", "eve@example.org"]}
    shown = [
        asked(system, it, "home", locale=locale),
        asked(system, it, "home", email="eve@gmail.com", locale=locale),
        asked(system, it, "open", locale=locale),
        act(system, it, "look", scopes=[READ_THIS_MAIL], locale=locale),
        act(system, it, "mute", message["id"], locale=locale),
        asked(system, it, "compose", locale=locale),
        asked(system, it, "compose", people=people, locale=locale),
    ]
    for answer in shown:
        said = [each for each in words(card(answer)).split(" | ") if each not in ("Unsealed", "bob@example.com")]
        assert said and all(re.search(letters, each) for each in said), said
    wrong = {"people": {"to": ["bob@example.com"]}, "inputs": {"url": "javascript:1"}}
    for refused in (act(system, it, "explode", locale=locale), act(system, it, "link", locale=locale, **wrong)):
        assert re.search(letters, refused.json["renderActions"]["action"]["notification"]["text"])


def test_what_looks_like_markup_in_a_card_is_shown_as_it_is(system: System, it):
    shown = card(asked(system, it, "home", email="<b>eve@gmail.com"))
    assert "&lt;b&gt;eve@gmail.com is no address" in words(shown)


@pytest.mark.parametrize("what", ["home", "open", "compose"])
def test_no_card_takes_more_than_three_calls(system: System, it, what):
    asked(system, it, "home")
    tracked(system, it)
    people = {"to": ["bob@example.com"]}
    with settings(GMAIL_DRAFTS="on"), counting(system.aws) as calls:
        card(asked(system, it, what, people=people, scopes=[READ_THIS_MAIL]))
    assert len(calls) <= 3, [each.operation for each in calls]
