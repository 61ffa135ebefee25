"""What a recipient says of being tracked, told through the real entrances: consent, withdrawal, the footer."""

from base64 import b64decode

import pytest

from chalicelib.store.erasure import erasures
from tests.mails import a_mail
from tests.makers import APPLE_PREFETCH, APPLE_RELAY, CHROME, HOME, SENT, THUNDERBIRD
from tests.privacy import events_in_the_table, refuse, what_is_kept
from tests.system import HTML, System
from tests.trouble import settings

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


# -- One mailbox

LABELLED = "bob+offers@example.com"


@pytest.mark.parametrize(("refusing", "other"), [("bob@example.com", LABELLED), (LABELLED, "bob@example.com")])
def test_who_refuses_is_tracked_by_no_other_address_of_the_mailbox(system: System, refusing, other):
    to_refuse, before = system.send(recipients=[refusing]), system.send(recipients=[other])
    system.opened(before, 7200, THUNDERBIRD, HOME)
    system.follow()
    system.now = SENT + 8000
    refuse(system, to_refuse)
    system.minute(8100)
    assert system.show(before)["recipients"][0]["not_tracked"] == "consent_withdrawn"
    assert system.call("GET", f"/v1/contacts/{other}").json["consent"] == "denied"
    assert events_in_the_table(system.aws) == []


@pytest.mark.parametrize("new", [LABELLED, "bob+news@example.com", "BOB+News@Example.com", "bob+a+b@example.com"])
def test_a_refusal_covers_the_labels_that_come_later(system: System, new):
    refuse(system, system.send())
    (recipient,) = system.send(recipients=[new])["recipients"]
    assert (recipient["html"], recipient["not_tracked"]) == (HTML, "consent_denied")


@pytest.mark.parametrize(
    "another", ["bobby@example.com", "bob+offers@example.org", "bo@example.com", "bob.b@example.com"]
)
def test_a_refusal_covers_nobody_else(system: System, another):
    refuse(system, system.send(recipients=[LABELLED]))
    assert "not_tracked" not in system.send(recipients=[another])["recipients"][0]


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


def test_a_mail_that_notes_many_refusals_erases_no_more_at_once_than_one_does(system: System):
    known = [f"b{number:02}@example.com" for number in range(10)]
    message = system.send(recipients=known)
    for number in range(10):
        system.opened(message, 7200 + number, THUNDERBIRD, HOME, recipient=number)
    system.follow()
    system.send(recipients=[{"email": each, "consent": "denied"} for each in known])
    assert len(erasures.due(system.now + 60)) == 10, "each goes on by itself"
    system.minute(99_000)
    assert erasures.due(system.now + 200_000) == [] and events_in_the_table(system.aws) == []


# -- The footer


def test_a_mail_says_that_it_is_tracked_where_the_sender_wants_that(system: System):
    assert "when it is read" not in system.send()["recipients"][0]["html"]
    system.call("PUT", "/v1/preferences", {"footer": True})
    quoted = HTML.replace("</body>", '<blockquote type="cite">before</blockquote></body>')
    (bob, dave) = system.send(
        html=quoted, recipients=["bob@example.com", {"email": "d@x.example", "consent": "denied"}]
    )["recipients"]
    said, _, rest = bob["html"].partition("This mail tells its sender when it is read")
    assert "our offer" in said and bob["page_url"] in rest
    assert rest.index("/o/") < rest.index("blockquote"), "the line and the pixel stand before what is quoted"
    assert dave["html"] == quoted
    assert system.ask("GET", bob["page_url"]).status == 200
    raw = system.call("POST", "/v1/messages/mime", a_mail()).json["recipients"][0]
    assert raw["page_url"] in b64decode(raw["raw"]).decode().replace("=\r\n", "").replace("=3D", "=")


def test_it_says_so_in_the_language_of_the_mail_or_of_its_sender(system: System):
    system.call("PUT", "/v1/preferences", {"footer": True, "language": "hi"})
    (theirs,) = system.send(html="<p>Dear Bob</p>")["recipients"]
    assert "यह मेल अपने भेजने वाले को बताती है" in theirs["html"]
    (kannada,) = system.send(html="<p>ನಮಸ್ಕಾರ ಬಾಬ್, ಇದು ನಮ್ಮ ಪ್ರಸ್ತಾಪ.</p>")["recipients"]
    assert "ಈ ಮೇಲ್ ತನ್ನನ್ನು ಕಳಿಸಿದವರಿಗೆ ತಿಳಿಸುತ್ತದೆ" in kannada["html"]
    # Quoted in the next mail it is gone, as every line of ours is.
    (quoting,) = system.send(html=f"<p>Dear Eve</p><blockquote>{theirs['html']}</blockquote>")["recipients"]
    assert quoting["html"].count("यह मेल अपने भेजने वाले को बताती है") == 1
