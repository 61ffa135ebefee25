"""The calls on messages: what goes in, what comes out, and where lists lead."""

import gzip
import json
from base64 import b64decode

import pytest

from chalicelib.domain.events import Event, EventKind, Verdict, VerdictKind
from chalicelib.work.tracking.recording import put
from tests.bench.many_people import newsletter
from tests.mails import a_mail
from tests.makers import CHROME, GMAIL_PROXY, GOOGLE, HOME, SENT, THUNDERBIRD
from tests.system import HTML, TOKEN, System

AN_HOUR = 3600.0


def listed(system: System, query: str = "") -> list[str]:
    answer = system.call("GET", f"/v1/messages?{query}")
    assert answer.status == 200, answer.body
    return [message["subject"] for message in answer.json["items"]]


# -- Made


def test_a_message_is_given_back_with_a_copy_for_each_recipient(system: System):
    recipients = ["bob@example.com", {"email": "Carol@Example.com", "name": "Carol"}]
    message = system.send(recipients=recipients, thread="<1@mail.example>")
    assert message["status"] == "no_evidence"
    assert (message["subject"], message["thread"], message["muted"]) == ("Offer for June", "<1@mail.example>", False)
    assert message["sent_at"] == message["created_at"] == "2026-09-21T14:13:20Z"
    assert [(each["email"], each["name"]) for each in message["recipients"]] == [
        ("bob@example.com", ""),
        ("carol@example.com", "Carol"),
    ]
    for each in message["recipients"]:
        assert each["pixel_url"] in each["html"]
        assert each["html"].startswith("<html><body><p>Dear Bob, <a href=")
        (link,) = each["links"]
        assert link["url"] == "https://example.com/offer?a=1&b=2#top"
        assert link["tracked_url"] in each["html"]
    assert "events" not in message


def test_who_said_no_gets_their_mail_without_a_pixel_and_says_so(system: System):
    message = system.send(recipients=[{"email": "bob@example.com", "consent": "denied"}])
    (bob,) = message["recipients"]
    assert (bob["html"], bob["links"], bob["status"], bob["not_tracked"]) == (HTML, [], "not_tracked", "consent_denied")
    assert "pixel_url" not in bob


def test_links_alone_are_enough_for_a_client_that_writes_its_own_mail(system: System):
    message = system.send(html="", links=["https://example.com/a", "https://example.com/a"])
    first, second = message["recipients"][0]["links"]
    assert first["url"] == second["url"]
    assert first["tracked_url"] != second["tracked_url"]


@pytest.mark.parametrize(
    "html", ["<a href=", "<p><a href='https://x.example'", "]]>", "</html></html>", "\x00<b>\x00", "<"]
)
def test_broken_html_is_a_mail_too(system: System, html):
    message = system.send(html=html)
    assert message["recipients"][0]["pixel_url"] in message["recipients"][0]["html"]


def test_a_mail_that_was_sent_earlier_says_when(system: System):
    message = system.send(sent_at="2026-09-20T08:00:00+02:00")
    assert message["sent_at"] == "2026-09-20T06:00:00Z"
    assert message["created_at"] == "2026-09-21T14:13:20Z"


# -- Shown


def test_events_are_shown_with_verdict_reasons_and_link(system: System):
    message = system.send()
    system.opened(message, 2, GMAIL_PROXY, GOOGLE)
    system.clicked(message, 2 * AN_HOUR, CHROME, HOME)
    system.follow()
    system.now = SENT + 3 * AN_HOUR
    seen = system.show(message)
    assert [event["kind"] for event in seen["events"]] == ["open", "click"]
    click = seen["events"][1]
    assert click["at"] == "2026-09-21T16:13:20Z"
    assert (click["recipient"], click["link"]) == ("bob@example.com", "https://example.com/offer?a=1&b=2#top")
    assert click["counted"] and click["verdict"]["kind"] == "human"
    assert 0 < click["verdict"]["confidence"] <= 1
    assert click["verdict"]["reasons"]
    assert seen["status"] == "clicked"


def test_a_held_event_says_until_when(system: System):
    message = system.send(links=["https://example.com/terms"])
    system.clicked(message, 30, CHROME, HOME)
    system.follow()
    seen = system.show(message)
    assert seen["status"] == "no_evidence"
    assert seen["events"][0]["held_until"] > "2026-09-21T14:13:50Z"
    system.minute(AN_HOUR)
    seen = system.show(message)
    assert (seen["status"], seen["events"][0]["held_until"]) == ("clicked", None)


def test_the_copies_are_given_once_only(system: System):
    (bob,) = system.show(system.send())["recipients"]
    assert not {"html", "pixel_url", "links"} & bob.keys()


def test_where_answers_and_the_recipient_go_is_shown_whenever_a_message_is(system: System):
    message = system.send(recipients=["bob@example.com", "carol@example.com"])
    names = ("page_url", "reply_to")
    for made, seen in zip(message["recipients"], system.show(message)["recipients"], strict=True):
        assert [made[name] for name in names] == [seen[name] for name in names]
    system.call("PATCH", f"/v1/messages/{message['id']}", {"sent_at": "2026-09-21T14:12:00Z"})
    bob, _ = system.show(message)["recipients"]
    assert system.ask("GET", bob["page_url"]).status == 200 and bob["reply_to"] == message["recipients"][0]["reply_to"]


def test_who_was_erased_has_no_page_any_more(system: System):
    message = system.send(recipients=["bob@example.com", "carol@example.com"])
    system.call("DELETE", "/v1/contacts/bob@example.com")
    erased, carol = system.show(message)["recipients"]
    assert not {"page_url", "reply_to"} & erased.keys() and "page_url" in carol


def test_the_status_of_a_message_is_the_strongest_of_its_recipients(system: System):
    message = system.send(recipients=["a@example.com", "b@example.com", "c@example.com"])
    system.opened(message, AN_HOUR, THUNDERBIRD, HOME, recipient=1)
    system.follow()
    seen = system.show(message)
    assert seen["status"] == "opened"
    assert [each["status"] for each in seen["recipients"]] == ["no_evidence", "opened", "no_evidence"]
    assert seen["recipients"][1]["opened_at"] == "2026-09-21T15:13:20Z"


# -- Changed


def test_a_message_is_muted_and_dated_in_parts(system: System):
    message = system.send()
    path = f"/v1/messages/{message['id']}"
    assert system.call("PATCH", path, {"muted": True}).json["muted"] is True
    changed = system.call("PATCH", path, {"sent_at": "2026-09-21T14:00:00Z"}).json
    assert (changed["muted"], changed["sent_at"]) == (True, "2026-09-21T14:00:00Z")
    assert system.call("PATCH", path, {}).json == changed
    assert {name: value for name, value in system.show(message).items() if name != "events"} == changed


def test_a_reply_is_taken_and_folded_when_the_stream_brings_it(system: System):
    message = system.send()
    path = f"/v1/messages/{message['id']}/replies"
    system.now = SENT + 2 * AN_HOUR
    for _ in range(2):
        answer = system.call("POST", path, {"recipient": "Bob@example.com", "at": "2026-09-21T15:13:20Z"})
        assert (answer.status, answer.json["id"]) == (202, message["id"])
    system.follow()
    seen = system.show(message)
    assert (seen["status"], seen["recipients"][0]["replies"]) == ("replied", 1)
    assert seen["recipients"][0]["inferred_open"] is True


def test_a_deleted_message_is_gone(system: System):
    message = system.send()
    path = f"/v1/messages/{message['id']}"
    assert system.call("DELETE", path).status == 204
    assert system.call("GET", path).status == 404
    assert system.call("DELETE", path).status == 404
    assert listed(system) == []


def test_what_was_told_of_a_deleted_message_leaves_the_feed_also_within_its_first_second(system: System):
    system.now = SENT + 0.9
    message = system.send()
    path = f"/v1/messages/{message['id']}"
    assert system.call("POST", f"{path}/replies", {"recipient": "bob@example.com"}).status == 202
    system.follow()
    assert len(system.call("GET", "/v1/feed").json["items"]) == 1
    assert system.call("DELETE", path).status == 204
    assert system.call("GET", "/v1/feed").json["items"] == []


# -- Listed


@pytest.fixture
def five(system: System) -> list[dict]:
    made = []
    for number in range(5):
        system.now = SENT + number
        recipients = [f"b{number}@example.com"] + (["both@example.com"] if number % 2 else [])
        made.append(system.send(subject=f"Offer No. {number}", recipients=recipients))
    return made


def test_the_newest_comes_first(system: System, five):
    assert listed(system) == [f"Offer No. {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_next_leads_through_all_and_then_ends(system: System, five, limit):
    found, after = [], ""
    while after is not None:
        page = system.call("GET", f"/v1/messages?limit={limit}" + (f"&after={after}" if after else "")).json
        assert len(page["items"]) <= limit
        found += [message["subject"] for message in page["items"]]
        after = page["next"]
    assert found == [f"Offer No. {number}" for number in (4, 3, 2, 1, 0)]


def test_a_message_that_comes_between_two_pages_disturbs_neither(system: System, five):
    first = system.call("GET", "/v1/messages?limit=2").json
    system.now = SENT + 60
    system.send(subject="A new one")
    second = system.call("GET", f"/v1/messages?limit=2&after={first['next']}").json
    assert [message["subject"] for message in second["items"]] == ["Offer No. 2", "Offer No. 1"]


def test_a_list_is_narrowed_by_recipient_words_and_status_together(system: System, five):
    system.opened(five[3], AN_HOUR, THUNDERBIRD, HOME)
    system.follow()
    assert listed(system, "recipient=BOTH@example.com") == ["Offer No. 3", "Offer No. 1"]
    assert listed(system, "q=no.%202") == ["Offer No. 2"]
    assert listed(system, "status=opened") == ["Offer No. 3"]
    assert listed(system, "recipient=both@example.com&status=opened&q=OFFER") == ["Offer No. 3"]
    assert listed(system, "recipient=b4@example.com&status=opened") == []
    assert listed(system, "q=nothing") == []


OFFER, TERMS = "https://example.com/offer", "https://example.com/terms"
PAGE = f'<a href="{OFFER}">our offer</a> <a href="{TERMS}" data-unsealed="off">terms</a>'
TEXT = f"Our offer: {OFFER}, terms: {TERMS}\n"


def test_a_text_beside_an_html_has_the_same_links_tracked_where_the_sender_asks_for_it(system: System):
    (bob,) = system.send(html=PAGE, text=TEXT)["recipients"]
    assert bob["text"] == TEXT and [link["url"] for link in bob["links"]] == [OFFER]
    (bob,) = system.send(html=PAGE, text=TEXT, text_links=True, links=["https://example.com/c"])["recipients"]
    assert [link["url"] for link in bob["links"]] == [OFFER, "https://example.com/c"]
    assert bob["text"] == f"Our offer: {bob['links'][0]['tracked_url']}, terms: {TERMS}\n"
    assert bob["links"][0]["tracked_url"] in bob["html"]


def test_a_mail_of_html_and_text_has_the_same_links_whichever_way_it_comes(system: System):
    (fields,) = system.send(html=PAGE, text=TEXT, text_links=True)["recipients"]
    parts = "".join(
        f"--b\r\nContent-Type: text/{kind}\r\n\r\n{each}\r\n" for kind, each in (("plain", TEXT), ("html", PAGE))
    )
    raw = a_mail(f"{parts}--b--", Content_Type='multipart/alternative; boundary="b"')
    (mime,) = system.call("POST", "/v1/messages/mime?text_links=true", raw).json["recipients"]
    assert [each["url"] for each in fields["links"]] == [each["url"] for each in mime["links"]] == [OFFER]
    (url,) = (each["tracked_url"].encode() for each in mime["links"])
    assert b64decode(mime["raw"]).count(url) == 2


def test_a_plain_text_alone_is_not_tracked_and_has_no_html(system: System):
    message = system.send(html="", text=TEXT)
    (bob,) = message["recipients"]
    assert (bob["status"], bob["not_tracked"], bob["text"], bob["links"]) == ("not_tracked", "plain", TEXT, [])
    assert not {"html", "pixel_url"} & bob.keys()
    assert system.show(message)["status"] == "not_tracked"
    assert system.call("GET", "/v1/contacts/bob@example.com").json["trackability"]["n"] == 0


@pytest.mark.parametrize("asked", [{"text_links": True}, {"links": [OFFER, TERMS]}], ids=["in it", "beside it"])
def test_a_plain_text_with_tracked_links_tells_of_clicks_and_cannot_tell_of_opens(system: System, asked):
    message = system.send(html="", text=TEXT, trap_link=True, **asked)
    (bob,) = message["recipients"]
    assert bob["status"] == "cannot_know" and [link["url"] for link in bob["links"]] == [OFFER, TERMS]
    assert not {"html", "pixel_url", "not_tracked"} & bob.keys()
    assert (bob["text"] == TEXT) == ("links" in asked)
    answer = system.clicked(message, 2 * AN_HOUR, CHROME, HOME, link=1)
    assert (answer.status, answer.headers["location"]) == (302, TERMS)
    system.follow()
    system.minute(3 * AN_HOUR)
    assert system.show(message)["status"] == "clicked"


def test_a_client_that_writes_its_own_mail_gets_a_pixel_whatever_it_writes(system: System):
    (bob,) = system.send(html="", links=[OFFER])["recipients"]
    assert bob["status"] == "no_evidence" and bob["pixel_url"] in bob["html"]


# -- An answer does not contradict itself


def test_what_an_event_says_is_what_the_counts_say_before_the_stream_was_followed(system: System):
    message = system.send()
    system.opened(message, 2 * AN_HOUR)
    system.clicked(message, 3 * AN_HOUR, CHROME)
    shown = system.show(message)
    assert [(each["kind"], each["counted"]) for each in shown["events"]] == [("open", True), ("click", True)]
    assert shown["status"] == "clicked" and shown["recipients"][0]["opens"] == shown["recipients"][0]["clicks"] == 1
    system.follow()
    assert system.show(message) == shown


def test_an_event_says_in_words_what_it_was_and_on_what_device(system: System):
    message = system.send()
    system.clicked(message, 3 * AN_HOUR, CHROME)
    (event,) = system.show(message)["events"]
    assert event["device"] == "windows" and event["explanation"].startswith("A person did this on their own device")
    page = system.ask("GET", system.show(message)["recipients"][0]["page_url"]).body
    assert b"one with Windows" in page, "the sender sees no more than the reader is shown"


def test_complaints_and_all_that_went_wrong_are_found(system: System):
    system.send(subject="Fine")
    spam = system.send(subject="Spam", recipients=["a@example.com", "b@example.com"])
    system.send(subject="Untracked", recipients=[{"email": "c@example.com", "consent": "denied"}])
    told = Verdict(VerdictKind.HUMAN, 0.98, ("complaint", "feedback_report"))
    put(Event("a report", spam["id"], 1, EventKind.COMPLAINT, SENT + AN_HOUR, told))
    system.follow()
    assert listed(system, "status=complained") == ["Spam"]
    assert sorted(listed(system, "status=problem")) == ["Spam", "Untracked"]


def test_a_search_that_ends_before_it_is_full_says_how_far_back_it_went(system: System, monkeypatch):
    for number in range(4):
        system.now = SENT + number * 60
        system.send(subject=f"No. {number}")
    monkeypatch.setattr("chalicelib.store.messages.lists.MOST_LOOKED_AT", 2)
    found = system.call("GET", "/v1/messages?q=No.%200").json
    assert found["items"] == [] and found["next"] and found["searched_back_to"].startswith("2026-09-21T14:15")
    assert system.call("GET", "/v1/messages?limit=2").json["searched_back_to"] is None


def test_a_newsletter_to_fifty_goes_in_one_compressed_answer_or_in_two(system: System):
    asked = {"subject": "News", "recipients": [f"reader{n}@example.com" for n in range(50)], "html": newsletter()}
    body = json.dumps(asked).encode()
    told = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    answer = system.ask("POST", "/v1/messages", body, told | {"Accept-Encoding": "br, gzip"})
    assert (answer.status, answer.headers["content-encoding"]) == (201, "gzip")
    whole = json.loads(gzip.decompress(answer.body))
    assert all("html" in each for each in whole["recipients"]) and "next" not in whole
    first = system.call("POST", "/v1/messages", asked)
    assert first.status == 201 and "content-encoding" not in first.headers
    second = system.call("POST", f"/v1/messages?after={first.json['next']}", asked)
    given = [each["email"] for some in (first, second) for each in some.json["recipients"] if "html" in each]
    assert given == asked["recipients"] and second.json["id"] == first.json["id"] and "next" not in second.json
    assert max(len(first.body), len(second.body)) <= 4_718_592, "Lambda hands on 6 MB, as base64"
    refused = system.call("POST", f"/v1/messages?after={first.json['next']}x", asked)
    assert (refused.status, refused.json["field"]) == (422, "after")
