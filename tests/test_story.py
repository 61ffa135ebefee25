"""The main stories of the system, told through its real entrances: API, pixel, link, stream and schedule."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from chalicelib.domain.tokens import TokenKind
from chalicelib.work.tracking import recording
from tests.makers import (
    APPLE_PREFETCH,
    APPLE_RELAY,
    CHROME,
    GMAIL_PREFETCH,
    GMAIL_PROXY,
    GOOGLE,
    HOME,
    SENT,
    THUNDERBIRD,
    a_bounce,
)
from tests.system import TOKEN, System

SAFE_LINKS = "40.94.89.70"
TEN_LINKS = "".join(f'<p><a href="https://example.com/{n}">part {n}</a></p>' for n in range(10))


def test_one_mail_from_the_api_to_the_notification(system: System):
    message = system.send(recipients=[{"email": "bob@example.com", "name": "Bob"}])
    assert system.opened(message, after=7200, agent=THUNDERBIRD, address=HOME).status == 200
    system.follow()
    seen = system.show(message)
    assert seen["status"] == "opened"
    (event,) = seen["events"]
    assert event["counted"] and event["verdict"]["kind"] == "human"
    (mail,) = system.aws.outbox()
    assert mail["to"] == ["ann@sender.example"]
    assert mail["subject"] == "Bob opened “Offer for June”"
    assert "2 hours after you sent it" in mail["text"]
    (entry,) = system.call("GET", "/v1/feed").json["items"]
    assert entry["text"] == mail["subject"]


def test_a_scanner_that_follows_ten_links_in_a_second_is_nobody_and_a_person_two_hours_later_is_one(system: System):
    message = system.send(html=TEN_LINKS)
    for link in range(10):
        system.clicked(message, 43 + link / 12, CHROME, SAFE_LINKS, link=link)
    system.follow()
    system.minute(3600)
    assert system.show(message)["status"] == "no_evidence"
    assert system.aws.outbox() == []
    system.clicked(message, 7200, CHROME, HOME, link=3)
    system.follow()
    system.minute(9000)
    seen = system.show(message)
    assert seen["status"] == "clicked" and seen["recipients"][0]["clicks"] == 1
    assert [mail["subject"] for mail in system.aws.outbox()] == ["bob@example.com clicked a link in “Offer for June”"]


def test_gmails_delivery_prefetch_is_not_told_and_the_reader_five_seconds_later_is(system: System):
    message = system.send(recipients=["bob@gmail.com"])
    system.opened(message, 3, GMAIL_PREFETCH, GOOGLE)
    system.follow()
    assert system.aws.outbox() == []
    system.opened(message, 8, GMAIL_PROXY, GOOGLE)
    system.follow()
    system.minute(120)
    seen = system.show(message)
    assert [event["verdict"]["kind"] for event in seen["events"]] == ["prefetch", "proxy_human"]
    assert [mail["subject"] for mail in system.aws.outbox()] == ["bob@gmail.com opened “Offer for June”"]


def test_first_comes_a_machine_then_a_person_and_the_first_open_is_the_persons(system: System):
    message = system.send(recipients=["bob@icloud.com"])
    system.opened(message, 240, APPLE_PREFETCH, APPLE_RELAY)
    system.follow()
    system.minute(3600)
    assert system.aws.outbox() == []
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.follow()
    assert [mail["subject"] for mail in system.aws.outbox()] == ["bob@icloud.com opened “Offer for June”"]


def test_a_reply_that_a_client_saw_is_told_and_says_that_the_mail_was_read(system: System):
    message = system.send()
    system.now += 7200
    answer = system.call("POST", f"/v1/messages/{message['id']}/replies", {"recipient": "bob@example.com"})
    assert answer.status == 202
    system.follow()
    seen = system.show(message)
    assert seen["status"] == "replied" and seen["recipients"][0]["inferred_open"]
    assert [mail["subject"] for mail in system.aws.outbox()] == ["bob@example.com replied to “Offer for June”"]


def test_the_hours_at_which_somebody_reads_become_a_summary(system: System):
    for number in range(4):
        message = system.send(subject=f"Offer {number}")
        system.opened(message, 7200 + number * 7 * 86_400, THUNDERBIRD, HOME)
        system.follow()
    system.hour(30 * 86_400)
    (summary,) = system.call("GET", "/v1/send-times").json["items"]
    assert summary["email"] == "bob@example.com"
    assert len(summary["send_time"]["weights"]) == 168 and sum(summary["send_time"]["counts"]) == 4
    contact = system.call("GET", "/v1/contacts/bob@example.com").json
    assert contact["messages"] == 4 and contact["opened"] == 4


def test_a_muted_message_tells_nothing_more(system: System):
    message = system.send()
    system.call("PATCH", f"/v1/messages/{message['id']}", {"muted": True})
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.follow()
    assert system.show(message)["status"] == "opened"
    assert system.aws.outbox() == []


def test_a_deleted_message_is_forgotten_and_its_links_still_lead_on(system: System):
    message = system.send()
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.follow()
    assert system.call("DELETE", f"/v1/messages/{message['id']}").status == 204
    assert system.call("GET", f"/v1/messages/{message['id']}").status == 404
    answer = system.clicked(message, 9000, CHROME)
    assert (answer.status, answer.headers["location"]) == (302, "https://example.com/offer?a=1&b=2#top")
    assert system.opened(message, 9000).status == 200
    system.follow()
    left = {item["sk"]["S"][:2] for item in system.kept()} - {"ad", "se", "to", "a#", "k#", "c#", "t#"}
    assert left == set()
    assert system.call("GET", "/v1/contacts/bob@example.com").json["messages"] == 0


def test_what_was_told_too_early_is_taken_back_once(system: System):
    message = system.send(html=TEN_LINKS)
    system.clicked(message, 5400, CHROME, HOME, link=0)
    system.follow()
    system.minute(5460)
    assert [mail["subject"] for mail in system.aws.outbox()] == ["bob@example.com clicked a link in “Offer for June”"]
    for link in range(1, 10):
        system.clicked(message, 5400 + link / 20, CHROME, f"40.94.89.{link}", link=link)
    system.follow()
    system.minute(9000)
    assert system.show(message)["recipients"][0]["clicks"] == 0
    subjects = [mail["subject"] for mail in system.aws.outbox()]
    assert subjects[1:] == ["Correction: as far as we know, bob@example.com has not clicked a link in “Offer for June”"]
    assert system.call("GET", "/v1/contacts/bob@example.com").json["clicks"] == 0
    feed = system.call("GET", "/v1/feed").json["items"]
    assert [(entry["kind"], entry["correction"]) for entry in feed] == [("click", False), ("click", True)]
    assert feed[1]["id"] == f"{feed[0]['id']}:not"
    # It stays in sight, marked: on the message's page the very click that was told of, and on Today.
    assert [event["corrected"] for event in system.show(message)["events"]] == [True] + [False] * 9
    (line,) = system.call("GET", "/v1/today").json["latest"]
    assert (line["corrected"], line["text"]) == (True, "bob@example.com clicked a link in “Offer for June”")
    assert line["status"] == "no_evidence"


def test_the_senders_own_phone_is_known_by_its_use_of_the_api(system: System):
    message = system.send()
    phone = {"Authorization": f"Bearer {TOKEN}", "User-Agent": THUNDERBIRD}
    system.ask("GET", "/v1/feed", headers=phone, address="81.2.69.160")
    system.opened(message, 7200, THUNDERBIRD, "81.2.69.160")
    system.follow()
    system.minute(9000)
    assert [event["verdict"]["kind"] for event in system.show(message)["events"]] == ["self"]
    assert system.aws.outbox() == []


def test_where_an_open_would_not_show_silence_is_not_called_unread(system: System):
    assert system.send(recipients=["bob@example.com"])["status"] == "no_evidence"
    assert system.send(recipients=["bob@proton.me"])["status"] == "cannot_know"
    message = system.send(recipients=["carol@example.com"])
    system.opened(message, 240, APPLE_PREFETCH, APPLE_RELAY)
    system.follow()
    assert system.show(message)["status"] == "cannot_know"
    other = system.send(recipients=["carol@example.com"], subject="Another")
    assert other["status"] == "no_evidence", "one message is not enough to say so of a person"
    system.opened(other, 480, APPLE_PREFETCH, APPLE_RELAY)
    system.follow()
    assert system.send(recipients=["carol@example.com"], subject="A third")["status"] == "cannot_know"
    assert system.call("GET", "/v1/contacts/carol@example.com").json["trackability"]["reports"] == "masks"


def test_a_link_that_a_scanner_altered_leads_nowhere_and_is_noted(system: System):
    message = system.send()
    url = message["recipients"][0]["links"][0]["tracked_url"]
    system.now += 43
    assert system.ask("GET", f"{url}%27", headers={"User-Agent": CHROME}, address="40.94.89.70").status == 404
    system.follow()
    (event,) = system.show(message)["events"]
    assert event["verdict"]["kind"] == "scanner" and "altered_link" in event["verdict"]["reasons"]


def test_a_bounce_takes_back_the_open_that_its_own_notice_made(system: System):
    message = system.send()
    claim = recording.claim_of(TokenKind.PIXEL, message["recipients"][0]["pixel_url"].rpartition("/")[2])
    assert claim is not None
    system.opened(message, 30, THUNDERBIRD, HOME)
    recording.put(replace(a_bounce(20), message=claim.message))
    system.follow()
    system.minute(7200)
    assert system.show(message)["status"] == "bounced"
    assert [mail["subject"] for mail in system.aws.outbox()] == ["“Offer for June” did not reach bob@example.com"]


def test_who_reads_and_never_answers_is_to_be_called(system: System):
    for number in range(8):
        message = system.send(subject=f"Offer {number}", recipients=["bob@example.com"])
        system.opened(message, 7200 + number * 7 * 86_400, THUNDERBIRD, HOME)
        system.follow()
    system.now += 5 * 86_400
    contact = system.call("GET", "/v1/contacts/bob@example.com").json
    assert contact["behaviour"]["label"] == "opens_often_never_replies" and contact["behaviour"]["n"] >= 7
    (ranked,) = system.call("GET", "/v1/ranking").json["items"]
    assert ranked["email"] == "bob@example.com" and ranked["outlook"]["approach"] == "call"
    (advice,) = system.call("GET", f"/v1/messages/{message['id']}/follow-up").json["items"]
    assert advice["step"] == "call" and advice["at"]


def test_what_follows_a_link_that_no_person_sees_is_a_machine(system: System):
    message = system.send(trap_link=True)
    recipient = message["recipients"][0]
    assert len(recipient["links"]) == 1
    trap = re.search(r'<a href="([^"]+)" tabindex="-1" aria-hidden="true"></a><img', recipient["html"])
    assert trap is not None
    system.clicked(message, 5400, CHROME, "81.2.69.160")
    answer = system.ask("GET", trap[1], headers={"User-Agent": CHROME}, address="81.2.69.160")
    assert (answer.status, answer.headers["location"]) == (302, recipient["links"][0]["url"])
    system.follow()
    system.minute(9000)
    seen = system.show(message)
    assert [event["verdict"]["kind"] for event in seen["events"]] == ["scanner", "scanner"]
    assert system.aws.outbox() == []


def test_a_mail_prepared_today_and_sent_in_two_days_is_judged_by_when_it_went_out(system: System):
    message = system.send(recipients=["bob@gmail.com"])
    two_days = 2 * 86_400
    system.now = SENT + two_days + 60
    went_out = datetime.fromtimestamp(SENT + two_days, UTC).isoformat()
    assert system.call("PATCH", f"/v1/messages/{message['id']}", {"sent_at": went_out}).status == 200
    system.opened(message, two_days + 3)  # Gmail's own look at the delivery: by the token, two days after it
    system.follow()
    (event,) = system.show(message)["events"]
    assert (event["verdict"]["kind"], event["counted"]) == ("prefetch", False)


def test_a_mail_said_to_have_gone_out_later_takes_back_what_its_sender_did_before(system: System):
    message = system.send()
    system.opened(message, 3600, THUNDERBIRD, HOME)
    system.follow()
    assert system.show(message)["status"] == "opened"
    went_out = datetime.fromtimestamp(SENT + 7200, UTC).isoformat()
    system.now = SENT + 7300
    system.call("PATCH", f"/v1/messages/{message['id']}", {"sent_at": went_out})
    system.follow()
    assert system.show(message)["status"] == "no_evidence"
