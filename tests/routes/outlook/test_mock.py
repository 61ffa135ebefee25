"""The add-in's own script in Microsoft's mock of Outlook, against the running system: the mail before and after, and what it
does when anything is wrong. A mail is never held, and never changed for the worse.
"""

import json
import re
import select
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from chalicelib.work.doors import outlook as add_in
from tests import node
from tests.makers import THUNDERBIRD
from tests.serving import serving
from tests.system import TOKEN, System
from tests.trouble import settings

MOCK = Path(__file__).parent / "mock.mjs"
BEFORE = '<html><body><p>Hello, <a href="https://example.com/offer">our offer</a></p></body></html>'
AFTER = (
    '<html><body><p>Hello, <a href="HOST/c/TOKEN">our offer</a></p>'
    '<img src="HOST/o/TOKEN" width="1" height="1" alt=""></body></html>'
)
BOB = [{"emailAddress": "bob@example.com", "displayName": "Bob"}]
EVE = [{"emailAddress": "eve@example.org", "displayName": ""}]
DAN = [{"emailAddress": "dan@example.net", "displayName": "Dan"}]
Odd = tuple[int, str, bytes]


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[dict[str, Any]], dict[str, Any]]]:
    """Gives what becomes of a mail in the mock, which is loaded once. Skips without it."""
    log = tmp_path_factory.mktemp("mock") / "log"
    command = ["node", str(MOCK), str(node.modules())]
    with (
        log.open("w") as errors,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors) as process,
    ):

        def become(mail: dict[str, Any]) -> dict[str, Any]:
            assert process.stdin and process.stdout
            process.stdin.write(json.dumps(mail).encode() + b"\n")
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 60)[0], "it takes more than a minute"
            found: dict[str, Any] = json.loads(process.stdout.readline() or json.dumps({"failure": log.read_text()}))
            assert "failure" not in found, found["failure"]
            return found

        yield become
        process.kill()


@dataclass
class Served:
    """The system behind a port, and Outlook's mock before it: what it answers instead, where `instead` says so, and what it
    was asked.
    """

    mock: Callable[[dict[str, Any]], dict[str, Any]]
    url: str = ""
    instead: Callable[[str, str], Odd | None] = lambda method, path: None
    asked: list[str] = field(default_factory=list)
    ends: threading.Event = field(default_factory=threading.Event)

    def hang(self, method: str, path: str) -> Odd | None:
        """Never answer a call of the API."""
        if not path.startswith("/v1/"):
            return None
        self.ends.wait(30)
        return 0, "", b""


@pytest.fixture
def served(system: System, mock) -> Iterator[Served]:
    it = Served(mock)

    class Door(BaseHTTPRequestHandler):
        def answer(self) -> None:
            it.asked.append(f"{self.command} {self.path}")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            odd = it.instead(self.command, self.path)
            if odd is None:
                found = system.ask(self.command, self.path, body, dict(self.headers.items()))
                odd = found.status, found.headers.get("content-type", "text/plain"), found.body
            status, kind, content = odd
            if not status:
                return  # the line is cut
            with suppress(BrokenPipeError):  # the add-in is gone already
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815 - http.server's names

        def log_message(self, *_: Any) -> None:
            pass

    with serving(Door) as it.url, settings(PUBLIC_URL=it.url):
        yield it
        it.ends.set()


def outlook(served: Served, function: str = "onMessageSend", **mail: Any) -> dict[str, Any]:
    """What became of a mail in the mock."""
    usual = {
        "html": BEFORE,
        "token": TOKEN,
        "type": "html",
        "files": [],
        "sends": "",
        "to": BOB,
        "cc": EVE,
        "language": "en-GB",
    }
    return served.mock({"url": served.url, "name": function, "header": "", "hurry": 1, **usual, **mail})


def messages(system: System) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = system.call("GET", "/v1/messages").json["items"]
    return found


def plain(served: Served, html: str) -> str:
    """The HTML without what differs each time."""
    return re.sub(r"/([oc])/[\w-]{20,}", r"/\1/TOKEN", html).replace(served.url, "HOST")


def test_a_mail_is_tracked_as_it_is_sent(system: System, served):
    after = outlook(served)
    [message] = messages(system)
    assert plain(served, after["html"]) == AFTER
    assert after["allowed"] is True and after["headers"] == {"X-Unsealed": message["id"]} and after["written"] == 1
    assert [each["email"] for each in message["recipients"]] == ["bob@example.com", "eve@example.org"]
    assert (message["copies"], message["prepared"]) == ("shared", False)
    [link] = re.findall(r"(/c/[\w-]+)", after["html"])
    assert system.ask("GET", link).headers["location"] == "https://example.com/offer"
    assert list(system.call("GET", "/v1/account").json["last_mail"]) == ["outlook"]


UNTOUCHED: dict[str, dict[str, Any]] = {
    "plain text": {"type": "text"},
    "no token": {"token": ""},
    "a wrong token": {"token": "wrong"},
    "an inline image": {"html": BEFORE.replace("<p>", '<p><img alt="" src="cid:image001.png@01">')},
    "an image in it": {"html": BEFORE.replace("<p>", '<p><img src="data:image/png;base64,iVBORw0KGgo=">')},
    "an image of the browser's": {"html": BEFORE.replace("<p>", "<p><IMG SRC = 'blob:https://outlook.office.com/1'>")},
    "a background": {"html": BEFORE.replace("<p>", '<table background="cid:1"></table><p>')},
    "a picture of a style": {"html": BEFORE.replace("<p>", "<p style=\"background: url('cid:1')\">")},
    "a drawing": {"html": BEFORE.replace("<p>", '<p><v:shape><v:imagedata src="x"/></v:shape>')},
    "an inline attachment": {"files": [{"isInline": True, "attachmentType": "file"}]},
    "an attachment in the cloud": {"files": [{"isInline": False, "attachmentType": "cloud"}]},
    "to oneself": {"to": [{"emailAddress": "ann@sender.example"}], "alone": True},
    "too large": {"html": BEFORE.replace("Hello", "Hello" * 200_000)},
    "an address of Exchange": {"to": [{"emailAddress": "/o=ExchangeLabs/cn=Recipients/cn=bob"}]},
    "who writes nothing": {"refusesText": True},
}


@pytest.mark.parametrize("changed", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_what_cannot_be_tracked_is_sent_untouched(system: System, served, changed):
    if changed.get("alone"):
        system.call("PUT", "/v1/contacts/eve@example.org/consent", {"consent": "denied"})
    after = outlook(served, **changed)
    assert (after["allowed"], after["headers"], after["written"]) == (True, {}, 0)
    assert after["html"] == changed.get("html", BEFORE)
    assert messages(system) == []


def instead(
    status: int, content: bytes = b"<html>Bad gateway</html>", kind: str = "text/html"
) -> Callable[..., Odd | None]:
    return lambda method, path: (status, kind, content) if path.startswith("/v1/") else None


TROUBLE = {
    "refused": instead(401, b'{"title": "No."}', "application/problem+json"),
    "too many calls": instead(429, b'{"title": "Later."}', "application/problem+json"),
    "an error": instead(500),
    "a page in between": instead(200),
    "an answer of another kind": instead(200, b"{}", "application/json"),
    "offline": instead(0),
}


@pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE.keys())
@pytest.mark.parametrize("sends", ["", "succeeded"], ids=["send", "button"])
def test_whatever_is_wrong_with_the_server_the_mail_goes_out_as_it_was(served, trouble, sends):
    served.instead = trouble
    after = outlook(served, "trackAndSend" if sends else "onMessageSend", sends=sends)
    assert (after["html"], after["headers"], after["written"]) == (BEFORE, {}, 0)
    assert after["sent"] == BEFORE if sends else after["allowed"] is True


def test_where_the_server_hangs_the_mail_goes_out_untouched_in_time(served):
    served.instead = served.hang
    after = outlook(served, hurry=4)
    assert after["allowed"] is True and after["html"] == BEFORE and after["headers"] == {}
    assert after["milliseconds"] < 4_500


def test_what_is_never_confirmed_is_no_mail(system: System, served):
    served.instead = lambda method, path: (500, "text/html", b"") if method == "PATCH" else None
    assert outlook(served)["allowed"] is True
    assert messages(system) == []


def test_who_is_named_twice_is_one_and_bcc_alone_is_enough(system: System, served):
    twice = [*BOB, {"emailAddress": "EVE@example.org", "displayName": "Eve"}]
    outlook(served, to=twice)
    assert [each["email"] for each in messages(system)[0]["recipients"]] == ["bob@example.com", "eve@example.org"]


def test_the_button_tracks_and_sends_what_is_tracked(system: System, served):
    after = outlook(served, "trackAndSend", sends="succeeded")
    assert plain(served, after["sent"]) == AFTER and after["headers"]["X-Unsealed"] == messages(system)[0]["id"]


def test_where_outlook_lets_nobody_send_the_button_only_prepares(served):
    after = outlook(served, "trackAndSend")
    assert after["sent"] is None and plain(served, after["html"]) == AFTER
    assert after["said"].startswith("Tracked, for those it goes to now. If you change them, press this again")


def test_where_outlook_does_not_send_it_stays_tracked_and_says_so(system: System, served):
    after = outlook(served, "trackAndSend", sends="failed")
    assert after["said"].startswith("Outlook did not send it.") and plain(served, after["html"]) == AFTER
    assert len(messages(system)) == 1


def prepared(served: Served, **mail: Any) -> dict[str, Any]:
    """A mail that the button prepared where Outlook lets nobody send, as it stands now: what a later press or sending meets."""
    after = outlook(served, "trackAndSend", **mail)
    return {"html": after["html"], "header": after["headers"]["X-Unsealed"]}


def recipients(message: dict[str, Any]) -> list[str]:
    return [each["email"] for each in message["recipients"]]


@pytest.mark.parametrize("function", ["onMessageSend", "trackAndSend"])
def test_what_was_tracked_for_those_it_goes_to_is_sent_as_it_stands(system: System, served, function):
    before = prepared(served)
    again = [{**EVE[0], "emailAddress": "Eve@Example.org"}]  # the same person
    after = outlook(served, function, sends="succeeded", cc=again, **before)
    assert (after["html"], after["written"], after["headers"]) == (before["html"], 0, {})
    assert after["sent"] == before["html"] if function == "trackAndSend" else after["allowed"] is True
    assert [each["id"] for each in messages(system)] == [before["header"]]


@pytest.mark.parametrize("function", ["onMessageSend", "trackAndSend"])
@pytest.mark.parametrize("cc", [EVE + DAN, DAN, []], ids=["one more", "another", "one less"])
def test_who_was_added_or_taken_out_since_is_noticed_and_the_mail_tracked_anew(system: System, served, function, cc):
    before = prepared(served)
    after = outlook(served, function, sends="succeeded", cc=cc, **before)
    [message] = messages(system)  # the one that was never sent is gone
    assert recipients(message) == [each["emailAddress"] for each in BOB + cc] and message["prepared"] is False
    assert message["id"] == after["headers"]["X-Unsealed"] != before["header"]
    assert plain(served, after["html"]) == AFTER, "one pixel, and the links that were written"
    assert not set(re.findall('/[oc]/[^"]+', after["html"])) & set(re.findall('/[oc]/[^"]+', before["html"]))
    assert after["sent"] == after["html"] if function == "trackAndSend" else after["allowed"] is True


def test_a_mail_that_is_written_again_leaves_what_came_of_the_first(system: System, served):
    before = prepared(served)
    [pixel] = re.findall(r"/o/[\w-]+", before["html"])
    system.now += 3600
    system.ask("GET", pixel, headers={"User-Agent": THUNDERBIRD})
    system.follow()
    system.now += 3600
    outlook(served, cc=DAN, **before)
    first = ["bob@example.com", "eve@example.org"]
    assert [recipients(each) for each in messages(system)] == [["bob@example.com", "dan@example.net"], first]


def test_where_the_message_is_gone_the_mail_is_tracked_anew(system: System, served):
    before = prepared(served)
    system.call("DELETE", f"/v1/messages/{before['header']}")
    after = outlook(served, **before)
    assert [each["id"] for each in messages(system)] == [after["headers"]["X-Unsealed"]]


def test_whoever_was_added_and_wants_no_tracking_gets_none(system: System, served):
    before = prepared(served)
    system.call("PUT", "/v1/contacts/dan@example.net/consent", {"consent": "denied"})
    after = outlook(served, cc=EVE + DAN, **before)
    assert after["allowed"] is True and after["html"] == BEFORE and before["html"] != BEFORE
    assert [each["not_tracked"] for each in messages(system)[0]["recipients"]]


CANNOT: dict[str, dict[str, Any]] = {
    "it is plain text by now": {"type": "text"},
    "a picture came in": {"files": [{"isInline": True, "attachmentType": "file"}]},
    "an address of Exchange": {"to": [{"emailAddress": "/o=ExchangeLabs/cn=Recipients/cn=bob"}]},
    "who writes nothing": {"refusesText": True},
}


@pytest.mark.parametrize("changed", CANNOT.values(), ids=CANNOT.keys())
def test_where_it_cannot_be_tracked_anew_its_sender_is_asked_and_nothing_changes(system: System, served, changed):
    before = prepared(served)
    cc = {"cc": EVE + DAN} if "to" not in changed else {}
    after = outlook(served, **before, **changed, **cc)
    assert (after["allowed"], after["html"], after["written"]) == (False, before["html"], 0)
    assert after["asked"].startswith("It is tracked for others than it goes to (")
    pressed = outlook(served, "trackAndSend", sends="succeeded", **before, **changed, **cc)
    assert pressed["sent"] is None and pressed["said"] == after["asked"]
    assert [each["id"] for each in messages(system)] == [before["header"]]


@pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE.keys())
def test_where_nobody_can_say_for_whom_it_was_tracked_it_goes(served, trouble):
    before = prepared(served)
    served.instead = trouble
    after = outlook(served, cc=DAN, **before)
    assert (after["allowed"], after["html"], after["written"]) == (True, before["html"], 0)


@pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE.keys())
def test_nobody_is_asked_since_the_server_fails_in_between(served, trouble):
    before = prepared(served)
    served.instead = lambda method, path: trouble(method, path) if method == "POST" else None
    after = outlook(served, cc=DAN, **before)
    assert (after["allowed"], after["html"], after["written"]) == (True, before["html"], 0)


def test_its_sender_is_asked_where_the_server_takes_no_such_mail(served):
    before = prepared(served)
    served.instead = lambda method, path: (413, "application/problem+json", b"{}") if method == "POST" else None
    assert outlook(served, cc=DAN, **before)["allowed"] is False


@pytest.mark.parametrize("language", ["en", *add_in.TRANSLATED])
def test_what_outlook_shows_beside_a_mail_has_room_there(language):
    """150 characters (NotificationMessageDetails.message), with the longest reason in it."""
    words = add_in.words().get(language, {})
    said = {sentence: words.get(sentence, sentence) for sentence in add_in.words()["hi"]}
    longest = max((said[each] for each in REASONS), key=len)
    assert all(len(text.replace("{why}", longest)) <= 150 for text in said.values())


REASONS = [
    *("it took too long", "you are not signed in", "it is plain text", "Outlook would harm its pictures"),
    *("it goes to nobody yet", "it cannot be tracked"),
]


def test_the_button_sends_what_cannot_be_tracked_too(served):
    after = outlook(served, "trackAndSend", type="text", sends="succeeded")
    assert after["sent"] == BEFORE
    assert outlook(served, "trackAndSend", type="text")["said"] == (
        "Not tracked: it is plain text. You can send it as it is."
    )


@pytest.mark.parametrize(("language", "letters"), [("hi-IN", "[\u0900-\u097f]"), ("kn-IN", "[\u0c80-\u0cff]")])
def test_it_speaks_outlooks_language(served, language, letters):
    for kind in ("html", "text"):
        assert re.search(letters, outlook(served, "trackAndSend", type=kind, language=language)["said"])


def test_a_large_mail_takes_time_in_proportion(served):
    """1 MB, and what a tenth of it takes: on one machine, in one run, by the processor's time."""
    paragraph = "<p class='MsoNormal'><span lang='EN-GB'>Our offer stands, and nothing else does.</span></p>"
    spent = {}
    for size in (95_000, 950_000):
        large = BEFORE.replace("<p>", paragraph * (size // len(paragraph)) + "<p>", 1)
        after = min((outlook(served, html=large) for _ in range(2)), key=lambda each: float(each["cpu"]))
        assert after["written"] == 1
        spent[size] = after["cpu"]
        print(
            f"\n{len(large):,} characters: {after['milliseconds']} ms, of them the add-in's {after['cpu']:.3f} s of processor"
        )
    assert spent[950_000] < 20 * max(spent[95_000], 0.02)
