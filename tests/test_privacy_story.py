"""What a recipient may ask for, told through the real entrances: consent, withdrawal, erasure."""

from base64 import b64decode
from typing import Any
from urllib.parse import quote

import pytest

from chalicelib.config import config
from chalicelib.domain.accounts import Address
from chalicelib.domain.consent import mark
from chalicelib.domain.contacts import Contact
from chalicelib.store import accounts, contacts, desk, inbox
from chalicelib.work import erasing
from chalicelib.work.registering import register
from tests.embedded import Embedded
from tests.mails import a_mail
from tests.makers import APPLE_PREFETCH, APPLE_RELAY, CHROME, HOME, SENT, THUNDERBIRD
from tests.replies import an_answer, reply_to
from tests.scanning import leftovers
from tests.system import HTML, System
from tests.trouble import settings

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BOB = {"email": "bob.jones@example.com", "name": "Bobby Jones"}


def refuse(system: System, message, recipient: int = 0) -> None:
    url = message["recipients"][recipient]["page_url"]
    assert system.ask("POST", url, b"answer=refuse", FORM).status == 200


def events_in_the_table(aws: Embedded) -> list[str]:
    return [item["sk"]["S"] for item in aws.items() if item["sk"]["S"].startswith("e#")]


def what_is_kept(aws: Embedded) -> list[dict[str, Any]]:
    """The table, but for how often tokens were used."""
    return [item for item in aws.items() if item["pk"]["S"][:2] not in ("q#", "t#")]


# -- Consent


@pytest.mark.parametrize(
    ("policy", "pixel", "links", "status"),
    [("full", 1, 1, "no_evidence"), ("links", 0, 1, "cannot_know"), ("nothing", 0, 0, "not_tracked")],
)
def test_the_owner_says_what_a_mail_carries_to_who_has_said_nothing(system: System, policy, pixel, links, status):
    with settings(CONSENT_POLICY=policy):
        (bob, carol) = system.send(recipients=["bob@example.com", {"email": "c@x.example", "consent": "granted"}])[
            "recipients"
        ]
    assert (bob["html"].count("/o/"), bob["html"].count("/c/"), bob["status"]) == (pixel, links, status)
    assert ("pixel_url" in bob, len(bob["links"])) == (bool(pixel), links)
    assert (carol["html"].count("/o/"), carol["html"].count("/c/")) == (1, 1)
    assert bob.get("not_tracked") == ("consent_unknown" if policy == "nothing" else None)


def test_a_click_shows_where_only_links_are_tracked(system: System):
    with settings(CONSENT_POLICY="links"):
        message = system.send()
    system.clicked(message, 7200, CHROME)
    system.follow()
    assert system.show(message)["status"] == "clicked"


def test_what_a_sender_says_of_consent_is_remembered_of_the_contact(system: System):
    system.send(recipients=[{"email": "bob@example.com", "consent": "granted"}])
    contact = system.call("GET", "/v1/contacts/bob@example.com").json
    assert (contact["consent"], contact["consent_by"]) == ("granted", "sender")
    system.send(recipients=[{"email": "bob@example.com", "consent": "denied"}])
    assert system.send()["recipients"][0]["not_tracked"] == "consent_denied"
    answer = system.call("PUT", "/v1/contacts/Bob@example.com/consent", {"consent": "unknown"})
    assert (answer.status, answer.json["consent"]) == (200, "unknown")
    assert system.send()["status"] == "no_evidence"


def test_consent_may_be_noted_before_the_first_mail(system: System):
    assert system.call("PUT", "/v1/contacts/new@example.com/consent", {"consent": "denied"}).json["messages"] == 0
    (recipient,) = system.send(recipients=["new@example.com"])["recipients"]
    assert recipient["html"] == HTML and recipient["not_tracked"] == "consent_denied"


def test_no_sender_allows_what_the_recipient_refused(system: System):
    refuse(system, system.send())
    answer = system.call("PUT", "/v1/contacts/bob@example.com/consent", {"consent": "granted"})
    assert (answer.status, answer.json["field"]) == (422, "consent")
    (bob,) = system.send(recipients=[{"email": "bob@example.com", "consent": "granted"}])["recipients"]
    assert (bob["html"], bob["not_tracked"]) == (HTML, "consent_denied")
    assert system.call("GET", "/v1/contacts/bob@example.com").json["consent_by"] == "recipient"


# -- Withdrawal


def test_a_withdrawal_works_on_mail_already_sent(system: System):
    first, second = system.send(), system.send(subject="Second", recipients=["bob@example.com", "carol@example.com"])
    for message in (first, second):
        system.opened(message, 7200, THUNDERBIRD, HOME)
        system.clicked(message, 7300, CHROME)
    system.opened(second, 7400, THUNDERBIRD, "93.184.216.99", recipient=1)
    system.follow()
    system.hour(8000)
    refuse(system, second)
    for message in (first, second):
        shown = system.show(message)
        bob = shown["recipients"][0]
        assert (bob["status"], bob["not_tracked"]) == ("not_tracked", "consent_withdrawn")
        assert (bob["opens"], bob["clicks"], bob["machine_hits"], bob.get("opened_at")) == (0, 0, 0, None)
        assert {event["recipient"] for event in shown["events"]} <= {"carol@example.com"}
    assert system.show(second)["recipients"][1]["status"] == "opened"
    assert len(events_in_the_table(system.aws)) == 1
    assert {entry["recipient"] for entry in system.call("GET", "/v1/feed").json["items"]} == {"carol@example.com"}
    contact = system.call("GET", "/v1/contacts/bob@example.com").json
    assert (contact["messages"], contact["opened"], contact["clicks"], contact["last_at"]) == (2, 0, 0, None)
    assert "bob@example.com" not in str(system.call("GET", "/v1/send-times").json)


def test_after_a_withdrawal_pixel_and_links_answer_as_before_and_nothing_is_kept(system: System):
    message = system.send()
    seen, led = system.opened(message, 7200, THUNDERBIRD, HOME), system.clicked(message, 7210, CHROME)
    system.follow()
    refuse(system, message)
    mails, before = len(system.aws.outbox()), what_is_kept(system.aws)
    assert system.opened(message, 9000, THUNDERBIRD, HOME) == seen
    assert system.opened(message, 9010, APPLE_PREFETCH, APPLE_RELAY) == seen
    assert system.clicked(message, 9020, CHROME) == led
    assert system.show(message)["events"] == [], "not even before the stream was followed"
    system.follow()
    system.minute(99_000)
    assert what_is_kept(system.aws) == before
    assert len(system.aws.outbox()) == mails


def test_a_refusal_between_the_open_and_its_notification_wins(system: System):
    message = system.send()
    system.opened(message, 7200, THUNDERBIRD, HOME)
    refuse(system, message)
    system.follow()
    assert system.aws.outbox() == [] and events_in_the_table(system.aws) == []
    assert system.call("GET", "/v1/feed").json["items"] == []


def test_of_who_refused_only_a_bounce_is_kept(system: System):
    message = system.send()
    refuse(system, message)
    answer = system.call("POST", f"/v1/messages/{message['id']}/replies", {"recipient": "bob@example.com"})
    assert (answer.status, answer.json["field"]) == (422, "recipient")
    bounce = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": "bob@example.com"}]}
    bounce |= {"timestamp": "2026-09-21T14:14:21.669Z", "feedbackId": "1"}
    mail = {"messageId": "ses-1", "headers": [{"name": "X-Unsealed", "value": message["id"]}]}
    system.told_by_ses({"eventType": "Bounce", "bounce": bounce, "mail": mail})
    assert system.show(message)["status"] == "bounced", "the sender must know what never arrived"


# -- Erasure


def a_full_story(system: System, email: str, name: str) -> None:
    """Mails alone and with others, opened, clicked, answered, bounced, told, summarised; a gateway mail; a reply by mail."""
    bob = {"email": email, "name": name}
    link = f'<p>Dear {name}, <a href="https://example.com/offer?for={quote(email)}">our offer</a></p>'
    alone = system.send(subject=f"Offer for {name}", recipients=[bob], html=link, thread=f"with {email}")
    shared = system.send(subject=f"For {name} and Carol", recipients=["carol@example.com", bob], html=link)
    plain = system.send(subject="Minutes", recipients=[bob, "carol@example.com"])
    for number, message in ((0, alone), (1, shared), (0, plain)):
        system.opened(message, 7200 + number, THUNDERBIRD, f"93.184.216.{number}", recipient=number)
        system.opened(message, 7300, APPLE_PREFETCH, APPLE_RELAY, recipient=number)
        system.clicked(message, 7400, CHROME)
        inbox.remember_id(f"<{message['id']}@sender.example>", message["id"], number, system.now)
    system.follow()
    system.minute(9000)
    system.receive(an_answer(From=f"{name} <{email}>"), reply_to(alone), sender=email)
    gateway = f"{email.replace('@', '=')}@localhost.example"
    system.receive(a_mail(To=f"{name} <{gateway}>"), gateway, sender="ann@sender.example")
    system.call("POST", f"/v1/messages/{plain['id']}/replies", {"recipient": email})
    system.follow()
    system.hour(20_000)


@pytest.mark.parametrize("refused", [False, True])
def test_an_erased_contact_is_in_no_attribute_of_no_item(system: System, refused):
    email, name = BOB["email"], BOB["name"]
    a_full_story(system, email, name)
    with_him = leftovers(system.aws, system.sender, email, name)
    assert len({where.partition(" / ")[2][:2] for where in with_him}) >= 4, "else the scan proves nothing"
    if refused:
        system.call("PUT", f"/v1/contacts/{email}/consent", {"consent": "denied"})
    answer = system.call("DELETE", f"/v1/contacts/{email}")
    assert (answer.status, answer.json) == (202, {"done": True})
    kept = (mark(system.sender, email, config().key),) if refused else ()
    assert leftovers(system.aws, system.sender, email, name, but=kept) == []
    assert bool(leftovers(system.aws, system.sender, email, name)) == refused, "the refusal is kept, as a mark"
    assert system.call("DELETE", f"/v1/contacts/{email}").status == 404
    shared = next(each for each in system.call("GET", "/v1/messages").json["items"] if each["subject"] == "Minutes")
    assert [(each["email"], each.get("not_tracked")) for each in shared["recipients"]] == [
        ("", "erased"),
        ("carol@example.com", None),
    ]
    (again,) = system.send(recipients=[email])["recipients"]
    assert again.get("not_tracked") == ("consent_denied" if refused else None)


def test_what_comes_for_an_erased_contact_is_not_kept(system: System):
    message = system.send(recipients=[BOB, "carol@example.com"])
    system.call("DELETE", f"/v1/contacts/{BOB['email']}")
    assert system.opened(message, 7200, THUNDERBIRD, HOME).status == 200
    system.follow()
    assert events_in_the_table(system.aws) == []
    assert leftovers(system.aws, system.sender, BOB["email"], BOB["name"]) == []
    assert system.call("DELETE", f"/v1/messages/{message['id']}").status == 204, "one of its recipients is no contact"


def test_an_erasure_of_much_goes_on_by_itself(system: System):
    for number in range(3):
        system.opened(system.send(recipients=[BOB]), 7200 + number, THUNDERBIRD, HOME)
    system.follow()
    assert not erasing.erase_contact(system.sender, BOB["email"], system.now, most=1)
    assert leftovers(system.aws, system.sender, BOB["email"], BOB["name"])
    system.minute(7200 + 200)
    assert leftovers(system.aws, system.sender, BOB["email"], BOB["name"]) == []
    assert not any(item["pk"]["S"].startswith("x#") for item in system.aws.items())


def test_an_erased_account_leaves_nothing(system: System):
    register("eve@other.example", "Eve", "UTC", "eve's token", system.now)
    system.call("GET", "/v1/feed", token="eve's token")
    a_full_story(system, BOB["email"], BOB["name"])
    system.call("POST", "/v1/devices", {"platform": "apns", "token": "a device token"})
    accounts.add_address(system.sender, Address("ann@home.example", system.now))
    system.call("POST", "/v1/tokens", {"name": "laptop", "scopes": ["read"]})
    system.follow()
    wrong = system.call("DELETE", "/v1/account", {"email": "eve@other.example"})
    assert (wrong.status, wrong.json["field"]) == (422, "email")
    assert system.call("DELETE", "/v1/account", {"email": "Ann@sender.example"}).json == {"done": False}
    assert system.call("GET", "/v1/feed").status == 401
    system.minute(90_000)
    for email, name in ((BOB["email"], BOB["name"]), ("ann@sender.example", "Ann"), ("carol@example.com", "Carol")):
        assert leftovers(system.aws, system.sender, email, name) == []
    left = [item for item in system.aws.items() if system.sender in str(item)]
    assert left == []
    assert system.call("GET", "/v1/feed", token="eve's token").status == 200


def test_an_account_that_is_used_while_it_goes_is_looked_at_once_more(system: System):
    system.call("DELETE", "/v1/account", {"email": "ann@sender.example"})
    stale = system.sender
    assert desk.is_clear(stale)
    contacts.save(stale, Contact(BOB["email"]), system.now)  # a request that was under way
    system.minute(61)
    system.minute(200)
    assert desk.is_clear(stale) and leftovers(system.aws, stale, BOB["email"]) == []


# -- Export


def exported(system: System, limit: int = 100) -> list[dict[str, Any]]:
    found, after = [], ""
    while True:
        page = system.call("GET", f"/v1/export?limit={limit}{after}").json
        found += page["items"]
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"


KINDS = {  # what in the table an export's kinds stand for
    "m#": "message", "e#": "event", "fa": "message", "i#": "message", "c#": "contact", "t#": "send_time", "n#": "feed",
    "d#": "device", "w#": "webhook", "k#": "token", "a#": "address", "x#": "refusal", "ow": "own_device", "se": "account",
    "fo": "forwarding", "r#": "send_time", "ev": "send_time",
}  # fmt: skip


@pytest.mark.parametrize("limit", [1, 100])
def test_an_export_holds_everything_once(system: System, limit):
    a_full_story(system, BOB["email"], BOB["name"])
    refuse(system, system.send(recipients=["dave@example.com"]))
    items = exported(system, limit)
    for prefix, kind in (("m#", "message"), ("c#", "contact"), ("n#", "feed"), ("t#", "send_time"), ("x#", "refusal")):
        there = [item for item in system.aws.items() if item["pk"]["S"] == f"s#{system.sender}"]
        wanted = [item for item in there if item["sk"]["S"].startswith(prefix)]
        assert wanted and len([each for each in items if each["kind"] == kind]) == len(wanted), kind
    events = [each["content"]["id"] for each in items if each["kind"] == "event"]
    assert sorted(events) == sorted(name.split("#", 2)[2] for name in events_in_the_table(system.aws))
    assert {item["sk"]["S"][:2] for item in system.aws.items() if item["pk"]["S"][:2] in ("s#", "m#")} <= set(KINDS)
    subject = f"Offer for {BOB['name']}"
    first = next(each["content"] for each in items if each["content"].get("subject") == subject)
    assert first["links"] and first["ids"]
    contact = next(each["content"] for each in items if each["kind"] == "contact" and each["content"]["opened"])
    assert contact["exchanges"]


def test_an_export_shows_nothing_of_another_sender(system: System):
    a_full_story(system, BOB["email"], BOB["name"])
    register("eve@other.example", "Eve", "UTC", "eve's token", system.now)
    page = system.call("GET", "/v1/export?limit=100", token="eve's token")
    assert "ann@sender" not in page.body.decode()
    assert {each["kind"] for each in page.json["items"]} == {
        "account", "preferences", "address", "token", "own_device", "forwarding",
    }  # fmt: skip
    assert system.call("GET", "/v1/export?after=x").status == 422


# -- Keeping less


@pytest.mark.parametrize(
    ("keep", "subject", "name"),
    [
        ("full", "Offer for June", "Bobby Jones"),
        ("no_subject", "", "Bobby Jones"),
        ("no_names", "", ""),
        ("counts_only", "", ""),
    ],
)
def test_a_sender_chooses_how_much_is_kept_of_a_mail(system: System, keep, subject, name):
    assert system.call("PUT", "/v1/preferences", {"keep": keep}).json["keep"] == keep
    message = system.send(recipients=[BOB], thread="the thread of June")
    raw = system.call("POST", "/v1/messages/mime", a_mail(To="Bobby Jones <bob.jones@example.com>")).json
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.follow()
    for each in (message, raw):
        assert bool(each["subject"]) == bool(subject)
        assert each["recipients"][0]["name"] == name
    text = str([item for item in system.aws.items() if item["sk"]["S"] != "sender"])
    assert ("Offer for June" in text) == bool(subject) == ("the thread of June" in text)
    assert ("Bobby Jones" in text) == bool(name)
    (entry,) = system.call("GET", "/v1/feed").json["items"]
    assert entry["text"] == f"{name or BOB['email']} opened “{subject or 'your mail'}”"


def test_where_only_counts_are_kept_the_events_are_gone_after_a_day(system: System):
    system.call("PUT", "/v1/preferences", {"keep": "counts_only"})
    message = system.send()
    system.opened(message, 7200, THUNDERBIRD, HOME)
    system.clicked(message, 7300, CHROME)
    system.follow()
    system.minute(9000)
    assert len(events_in_the_table(system.aws)) == 2
    for minute in range(3):
        system.minute(7300 + 86_400 + 60 * minute)
    assert events_in_the_table(system.aws) == []
    shown = system.show(message)
    assert (shown["status"], shown["recipients"][0]["opens"], shown["events"]) == ("clicked", 1, [])
    system.opened(message, 3 * 86_400, THUNDERBIRD, HOME)
    system.follow()
    assert system.show(message)["recipients"][0]["opens"] == 2, "what comes later is added"
    (entry,) = [item for item in system.aws.items() if item["sk"]["S"].startswith("n#") and "click" in item["sk"]["S"]]
    assert float(entry["expires"]["N"]) < SENT + 3 * 86_400


def test_no_address_and_no_agent_of_a_reader_is_in_the_table(system: System):
    message = system.send()
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.3.0 unheard-of"
    assert system.opened(message, 7200, agent, "93.184.216.77").status == 200
    system.clicked(message, 7300, agent, "2001:db8::77")
    for state in ("before the fold", "after it"):
        text = str([item for item in system.aws.items() if item["pk"]["S"][:2] != "q#"])
        for secret in ("93.184.216", "2001:db8", "unheard-of", "140.3.0", "Gecko", "93184216", "5db8d84d"):
            assert secret not in text, state
        system.follow()


def test_all_that_is_about_a_person_expires(system: System):
    a_full_story(system, BOB["email"], BOB["name"])
    refuse(system, system.send(recipients=["dave@example.com"]))
    lasting = {item["sk"]["S"][:2] for item in system.aws.items() if "expires" not in item}
    # The account, its addresses, tokens, devices' marks; refusals, which hold no address.
    assert lasting <= {"se", "ad", "a#", "to", "k#", "ow", "x#"}
    system.aws.clock.advance(SENT + 500 * 86_400 - system.aws.clock.now())
    system.aws.sweep()
    assert leftovers(system.aws, system.sender, BOB["email"], BOB["name"]) == []


# -- The footer


def test_a_mail_says_that_it_is_tracked_where_the_sender_wants_that(system: System):
    assert "when it is opened" not in system.send()["recipients"][0]["html"]
    system.call("PUT", "/v1/preferences", {"footer": True})
    quoted = HTML.replace("</body>", '<blockquote type="cite">before</blockquote></body>')
    (bob, dave) = system.send(
        html=quoted, recipients=["bob@example.com", {"email": "d@x.example", "consent": "denied"}]
    )["recipients"]
    said, _, rest = bob["html"].partition("This mail tells its sender when it is opened")
    assert "our offer" in said and bob["page_url"] in rest
    assert rest.index("/o/") < rest.index("blockquote"), "the line and the pixel stand before what is quoted"
    assert dave["html"] == quoted
    assert system.ask("GET", bob["page_url"]).status == 200
    raw = system.call("POST", "/v1/messages/mime", a_mail()).json["recipients"][0]
    assert raw["page_url"] in b64decode(raw["raw"]).decode().replace("=\r\n", "").replace("=3D", "=")
