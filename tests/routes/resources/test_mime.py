"""The API's door for raw mails: each recipient's mail comes back whole, tracked or with the reason why not."""

from base64 import b64decode
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from chalicelib.routes.resources import mime
from tests.mails import SIGNED, a_mail
from tests.makers import CHROME, HOME, THUNDERBIRD
from tests.system import SENDERS_DESK, TOKEN, Answer, System

PATH = "/v1/messages/mime"


def sent(system: System, raw: bytes, query: str = "") -> Answer:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "message/rfc822"}
    return system.ask("POST", PATH + query, raw, headers, SENDERS_DESK)


def prepared(system: System, raw: bytes, query: str = "") -> dict:
    answer = sent(system, raw, query)
    assert answer.status == 201, answer.body
    return answer.json


def test_each_recipient_in_to_and_cc_gets_the_mail_with_a_pixel_of_their_own(system: System):
    raw = a_mail(To="Bob <bob@example.com>", Cc='"Carol, C." <carol@example.com>')
    bob, carol = prepared(system, raw)["recipients"]
    assert [bob["email"], carol["email"], carol["name"]] == ["bob@example.com", "carol@example.com", "Carol, C."]
    for each in (bob, carol):
        mail = message_from_bytes(b64decode(each["raw"]), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(("html",)).get_content()
        assert each["pixel_url"] in body and each["links"][0]["tracked_url"] in body
        assert (str(mail["To"]), str(mail["Subject"])) == ("Bob <bob@example.com>", "Offer for June")
        assert "html" not in each
    assert bob["raw"] != carol["raw"]
    assert bob["reply_to"].startswith("r+") and bob["reply_to"] != carol["reply_to"]


def test_the_pixel_in_it_counts(system: System):
    message = prepared(system, a_mail())
    assert message["subject"] == "Offer for June" and message["thread"] == "<1@sender.example>"
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.follow()
    assert system.show(message)["status"] == "opened"


def test_who_is_named_in_the_query_gets_it_and_nobody_else(system: System):
    query = "?recipient=dora@example.com&recipient=Bob@Example.com"
    message = prepared(system, a_mail(To="Bob <bob@example.com>"), query)
    assert [(each["email"], each["name"]) for each in message["recipients"]] == [
        ("dora@example.com", ""),
        ("bob@example.com", "Bob"),
    ]
    assert len(prepared(system, a_mail(), "?recipient=dora@example.com")["recipients"]) == 1


def test_nobody_is_told_of_the_bcc(system: System):
    (bob,) = prepared(system, a_mail(Bcc="secret@example.com"))["recipients"]
    assert b"secret@example.com" not in b64decode(bob["raw"])


def test_a_signed_mail_comes_back_byte_for_byte_and_says_why(system: System):
    message = prepared(system, SIGNED)
    (bob,) = message["recipients"]
    assert b64decode(bob["raw"]) == SIGNED
    assert (bob["status"], bob["not_tracked"], "pixel_url" in bob) == ("not_tracked", "signed", False)
    assert system.show(message)["status"] == "not_tracked"


@pytest.mark.parametrize(
    "raw",
    [b"\0\xff\r\n\r\n\x80", b"Subject: x\n\nno recipient", b"To: bad\n\nx"],
    ids=["noise", "nobody", "no address"],
)
def test_a_mail_to_nobody_is_refused_and_told_where_to_name_somebody(system: System, raw):
    answer = sent(system, raw)
    assert (answer.status, answer.json["field"]) == (422, "recipient")
    assert "To and Cc" in answer.json["detail"] and "?recipient=" in answer.json["detail"]
    assert system.call("GET", "/v1/messages").json["items"] == []


def test_a_call_without_a_mail_is_told_what_it_lacks(system: System):
    answer = sent(system, b"", "?recipient=bob@example.com")
    assert (answer.status, answer.json["field"]) == (422, "body")
    assert answer.json["detail"] == "This call needs a mail (RFC 5322) as its body."


@pytest.mark.parametrize(
    ("to", "query"), [("bob@example.com", "?recipient=nope"), (", ".join(f"b{n}@example.com" for n in range(51)), "")]
)
def test_what_is_wrong_with_a_recipient_is_told_of_the_parameter_that_names_them(system: System, to, query):
    answer = sent(system, a_mail(To=to), query)
    assert (answer.status, answer.json["field"]) == (422, "recipient")


def test_who_is_named_twice_in_the_query_gets_the_mail_once(system: System):
    assert len(prepared(system, a_mail(), "?recipient=bob@example.com&recipient=BOB@example.com")["recipients"]) == 1


def test_what_no_answer_could_hold_is_refused_with_the_limit_and_the_way_round(system: System):
    answer = sent(system, a_mail(body="<p>" + "\r\n".join(["x" * 76] * (mime.MOST_BYTES // 78 + 1)) + "</p>"))
    assert answer.status == 413
    assert "3,200,000" in answer.json["detail"] and "relay" in answer.json["detail"]


def test_copies_that_one_answer_cannot_hold_come_in_several(system: System):
    half = a_mail(To="bob@example.com, carol@example.com", body="<p>" + "x" * (mime.MOST_BYTES // 2) + "</p>")
    first = prepared(system, half)
    assert ["raw" in each for each in first["recipients"]] == [True, False] and first["next"]
    second = prepared(system, half, f"?after={first['next']}")
    assert ["raw" in each for each in second["recipients"]] == [False, True] and "next" not in second
    assert second["id"] == first["id"] and len(system.call("GET", "/v1/messages").json["items"]) == 1
    other = sent(system, a_mail(To="bob@example.com, dan@example.com"), f"?after={first['next']}")
    assert (other.status, other.json["field"]) == (422, "after")


def test_the_largest_mail_that_is_taken_is_one_that_a_function_can_answer(system: System):
    raw = a_mail(body="<p>" + "\r\n".join(["x" * 76] * (mime.MOST_BYTES // 78 - 20)) + "</p>")
    assert len(raw) > mime.MOST_BYTES - 4000
    answer = sent(system, raw)
    assert answer.status == 201 and len(answer.body) * 4 / 3 < 6_000_000


def test_only_who_has_a_token_may(system: System):
    assert system.ask("POST", PATH, a_mail()).status == 401


LETTER = a_mail("See https://example.com/offer\r\n", "text/plain")


def test_the_links_of_a_plain_text_are_tracked_where_the_sender_asks_for_it(system: System):
    message = prepared(system, LETTER, "?text_links=true")
    (bob,) = message["recipients"]
    assert [link["url"] for link in bob["links"]] == ["https://example.com/offer"]
    assert bob["links"][0]["tracked_url"].encode() in b64decode(bob["raw"])
    assert (bob["status"], "not_tracked" in bob, "pixel_url" in bob) == ("cannot_know", False, False)
    system.clicked(message, 7200, CHROME, HOME)
    system.follow()
    (bob,) = system.show(message)["recipients"]
    assert (bob["status"], bob["opens"], bob["inferred_open"]) == ("clicked", 0, True)


def test_a_senders_wish_holds_for_all_plain_texts_but_those_that_say_otherwise(system: System):
    def url_in(query: str = "") -> bool:
        (bob,) = prepared(system, LETTER, query)["recipients"]
        assert bob.get("not_tracked") == (None if bob["links"] else "plain")
        return b"https://example.com/offer" not in b64decode(bob["raw"])

    assert not url_in() and url_in("?text_links=true")
    system.call("PUT", "/v1/preferences", {"text_links": True})
    assert url_in() and not url_in("?text_links=false")
    (bob,) = system.send(html="", text="See https://example.com/offer")["recipients"]
    assert bob["links"][0]["tracked_url"] in bob["text"]
    (bob,) = system.send(html="", text="See https://example.com/offer", text_links=False)["recipients"]
    assert bob["links"] == []
    assert sent(system, LETTER, "?text_links=perhaps").json["field"] == "text_links"


def test_a_plain_text_says_that_it_is_tracked_where_the_sender_wants_that(system: System):
    system.call("PUT", "/v1/preferences", {"footer": True, "text_links": True})
    (bob,) = prepared(system, LETTER)["recipients"]
    assert b64decode(bob["raw"]).decode().endswith(f"{bob['page_url']}\r\n")
    (bob,) = system.send(html="", text="See https://example.com/offer")["recipients"]
    assert bob["page_url"] in bob["text"]


def test_who_gets_plain_texts_is_never_said_not_to_read_them(system: System):
    a_day = 86_400
    for _ in range(4):
        last = prepared(system, LETTER)
        system.now += 4 * a_day
    system.now += 30 * a_day
    (advice,) = system.call("GET", f"/v1/messages/{last['id']}/follow-up").json["items"]
    assert advice["step"] == "remind" and "whether it was read cannot be known" in advice["reason"]
    (bob,) = system.call("GET", "/v1/ranking").json["items"]
    assert "Opened" not in str(bob) and "leave" not in str(bob)
