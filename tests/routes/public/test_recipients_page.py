"""The recipient's page: what it tells, what it does not, and the switch on it."""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

import pytest

from tests.mails import a_mail
from tests.makers import CHROME, HOME, THUNDERBIRD
from tests.system import Answer, System
from tests.trouble import logged, refusing, the_table

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def page(system: System, message, recipient: int = 0) -> Answer:
    return system.ask("GET", message["recipients"][recipient]["page_url"])


def press(system: System, message, answer: str, recipient: int = 0) -> Answer:
    """A person presses a button, and then the one that says yes."""
    url = message["recipients"][recipient]["page_url"]
    asked = system.ask("POST", url, f"answer={answer}".encode(), FORM)
    if asked.status != 200:
        return asked
    assert f'name="answer" value="{answer}">Yes, ' in asked.body.decode()
    return system.ask("POST", url, f"sure=yes&answer={answer}".encode(), FORM)


@pytest.fixture
def message(system: System):
    """A mail that one of its two recipients opened and clicked."""
    recipients = [{"email": "bob@example.com", "name": "Bob"}, {"email": "carol@example.com", "name": "Carol"}]
    sent = system.send(recipients=recipients)
    system.opened(sent, 7200, THUNDERBIRD, HOME)
    system.clicked(sent, 7300, CHROME)
    system.follow()
    return sent


def test_it_says_who_sent_the_mail_when_and_what_was_seen(system: System, message):
    text = page(system, message).body.decode()
    for said in ("Ann &lt;ann@sender.example&gt;", "Offer for June", "Monday, 21 September 2026, 14:13 (UTC)"):
        assert said in text
    assert "Opened: counted as you" in text and "Link followed: counted as you" in text
    assert text.count("<li><strong>") == 2 and "the agent is Thunderbird" in text and "two marks" in text
    assert text.count("<button") == 1 and 'value="refuse"' in text


def test_it_shows_nothing_of_the_other_recipients_and_no_whole_address_of_its_own(system: System, message):
    system.now += 60
    text = page(system, message, recipient=1).body.decode().lower()
    assert "nothing so far" in text
    for secret in ("bob", "carol@", message["id"], system.sender):
        assert secret not in text


def test_of_a_mail_without_a_pixel_it_does_not_say_that_an_open_is_told(system: System, message):
    assert "told when you open it or follow" in page(system, message).body.decode()
    letter = a_mail("See https://example.com/offer", "text/plain")
    sent = system.call("POST", "/v1/messages/mime?text_links=true", letter).json
    assert "told when you follow a link in it, not when you open it" in page(system, sent).body.decode()


def test_nobody_may_keep_frame_index_or_extend_it_and_it_loads_nothing(system: System, message):
    answer = page(system, message)
    assert answer.headers["cache-control"] == "private, no-store, max-age=0"
    assert answer.headers["referrer-policy"] == "no-referrer" and "noindex" in answer.headers["x-robots-tag"]
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert re.fullmatch(r"'sha256-[\w+/]+='", policy["style-src"]) and policy["form-action"] == "'self'"
    assert "set-cookie" not in answer.headers
    found = Tags()
    found.feed(answer.body.decode())
    assert not found.names & {"script", "img", "link", "iframe", "object", "a"} and not found.urls
    assert found.names >= {"main", "h1", "form", "button", "title"}


def test_what_stands_in_a_mail_is_shown_and_never_becomes_html(system: System):
    sent = system.send(subject=EVIL, recipients=[{"email": "bob@example.com", "name": EVIL}])
    text = page(system, sent).body.decode()
    assert "<script" not in text and "<img" not in text and text.count("&lt;script&gt;") == 2


def test_looking_changes_nothing(system: System, message):
    before = system.aws.items()
    url = message["recipients"][0]["page_url"]
    for _ in range(2):
        assert page(system, message).status == 200
        assert system.ask("GET", f"{url}?answer=refuse").status == 200
    assert system.aws.items() == before


def test_a_refusal_is_obeyed_and_may_be_taken_back(system: System, message):
    answer = press(system, message, "refuse")
    assert answer.status == 200 and b"You refused" in answer.body and b'value="allow"' in answer.body
    assert b"counted as you" not in answer.body and b"two marks" not in answer.body
    (bob, carol) = system.show(message)["recipients"]
    assert (bob["status"], bob["not_tracked"]) == ("not_tracked", "consent_withdrawn")
    assert "not_tracked" not in carol
    assert system.send()["recipients"][0]["not_tracked"] == "consent_denied"
    answer = press(system, message, "allow")
    assert answer.status == 200 and b'value="refuse"' in answer.body
    again = system.send()
    system.opened(again, 9000, THUNDERBIRD, HOME)
    system.follow()
    assert system.show(again)["status"] == "opened"
    assert system.show(message)["recipients"][0]["not_tracked"] == "consent_withdrawn", "what is erased stays so"


def test_what_the_sender_noted_is_not_called_the_recipients_own_word_until_it_is(system: System, message):
    system.call("PUT", "/v1/contacts/bob@example.com/consent", {"consent": "denied"})
    text = page(system, message).body.decode()
    assert "You refused" not in text and "Ann recorded that you do not want this" in text
    assert 'value="refuse"' in text and 'value="allow"' in text
    assert "You refused" in press(system, message, "refuse").body.decode()
    again = system.call("PUT", "/v1/contacts/bob@example.com/consent", {"consent": "granted"})
    assert again.status == 422 and "only they can allow it again" in again.json["detail"]


def test_a_program_that_submits_the_forms_it_finds_decides_nothing(system: System, message):
    system.call("PUT", "/v1/contacts/bob@example.com/consent", {"consent": "denied"})
    for recipient in range(2):  # one may be asked to allow it, the other to refuse
        before = system.kept()
        answer = page(system, message, recipient)
        for _ in range(4):
            form = Form()
            form.feed(answer.body.decode())
            answer = system.ask("POST", message["recipients"][recipient]["page_url"], form.submitted(), FORM)
            assert answer.status == 200
        assert system.kept() == before


def test_who_says_no_to_the_question_is_back_at_the_page(system: System, message):
    url = message["recipients"][0]["page_url"]
    asked = system.ask("POST", url, b"answer=refuse", FORM).body.decode()
    assert "Stop the tracking?" in asked and "Ann will not be told" in asked
    assert system.ask("POST", url, b"sure=yes&answer=", FORM).body == page(system, message).body


@pytest.mark.parametrize(
    "body", [b"", b"sure=yes", b"answer=", b"answer=perhaps", b"\xff", b"answer=refuse" + b"&x=y" * 100]
)
def test_another_body_than_the_forms_changes_nothing(system: System, message, body):
    before = system.aws.items()
    assert system.ask("POST", message["recipients"][0]["page_url"], body, FORM).status == 200
    assert system.aws.items() == before


def test_of_a_mail_that_is_gone_it_says_that_nothing_is_kept(system: System, message):
    system.call("DELETE", f"/v1/messages/{message['id']}")
    for answer in (page(system, message), press(system, message, "refuse")):
        assert answer.status == 404 and b"Nothing is kept about this mail" in answer.body


def test_another_token_than_a_pages_shows_the_same_as_one_of_a_mail_that_is_gone(system: System, message):
    recipient = message["recipients"][0]
    gone = system.send()
    system.call("DELETE", f"/v1/messages/{gone['id']}")
    tokens = [recipient["pixel_url"], recipient["links"][0]["tracked_url"], recipient["page_url"][:-1], "x", "%00"]
    for token in tokens:
        answer = system.ask("GET", f"/p/{token.rpartition('/')[2]}")
        assert (answer.status, answer.body) == (404, page(system, gone).body)


class Form(HTMLParser):
    """The first form of a page, as a program submits it: by its first button (HTML, 4.10.21.2, implicit submission)."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.pressed = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" or (tag == "button" and not self.pressed):
            self.fields.append((given["name"], given["value"]))
            self.pressed |= tag == "button"

    def submitted(self) -> bytes:
        return urlencode(self.fields).encode()


class Tags(HTMLParser):
    """The names of a page's tags, and the URLs in it."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.urls: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.urls += [value for name, value in attrs if name in ("src", "href", "action") and urlsplit(value or "")]


def test_an_answer_that_the_table_does_not_take_is_told_in_a_page_too(system: System, message):
    with logged() as lines, refusing(the_table(), "TransactWriteItems", "AccessDeniedException"):
        answer = press(system, message, "refuse")
    assert answer.status == 500 and "Please come back" in answer.body.decode()
    assert len(lines) == 1 and "bob" not in lines[0]["message"]
    assert "Do not track me" in page(system, message).body.decode()
