"""The Outlook add-in: its manifest and files, and its script in Microsoft's mock of Outlook, against the running system."""

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.embedded import PUBLIC_URL
from tests.system import TOKEN, System
from tests.trouble import settings

HERE = Path(__file__).parent
MODULES = HERE.parents[2] / "build" / "office"
HTML = '<html><body><p>Hello, <a href="https://example.com/offer">our offer</a></p></body></html>'


def manifest(system: System) -> str:
    return system.ask("GET", "/outlook/manifest.xml").body.decode()


def test_the_manifest_names_this_deployment_and_only_what_is_there(system: System):
    text = manifest(system)
    ElementTree.fromstring(text)
    assert "$" not in text and re.search(r"<Id>[0-9a-f-]{36}</Id>", text) and len(text) < 256_000
    for url in set(re.findall(rf"{PUBLIC_URL}(/[^\"<]*)", text)):
        assert system.ask("GET", url).status == 200, url
    defined = re.findall(r'<bt:\w+ id="([^"]+)"', text)
    assert set(re.findall(r'resid="([^"]+)"', text)) == set(defined)


def test_the_functions_that_it_names_are_in_the_script_and_sending_only_prompts(system: System):
    text, script = manifest(system), system.ask("GET", "/outlook/unsealed.js").body.decode()
    named = set(re.findall(r'FunctionName="(\w+)"', text)) | set(re.findall(r"<FunctionName>(\w+)<", text))
    assert named == set(re.findall(r'associate\("(\w+)"', script)) == {"onMessageSend", "trackAndSend"}
    assert re.findall(r'Type="(\w+)" FunctionName="onMessageSend" SendMode="(\w+)"', text) == [
        ("OnMessageSend", "PromptUser")
    ]


def test_the_same_deployment_is_the_same_add_in_and_another_is_another(system: System):
    own = manifest(system)
    assert own == manifest(system)
    with settings(PUBLIC_URL="https://t.example.com/api"):
        other = manifest(system)
        assert 'DefaultValue="https://t.example.com/api/outlook/taskpane.html"' in other
        assert "<AppDomain>https://t.example.com</AppDomain>" in other
        allowed = system.ask("GET", "/.well-known/microsoft-officeaddins-allowed.json").json
        assert allowed == {"allowed": ["https://t.example.com/api/outlook/unsealed.js"]}
    assert re.findall("<Id>.*</Id>", own) != re.findall("<Id>.*</Id>", other)


def test_the_pane_runs_our_script_and_microsofts_and_shows_in_outlook_alone(system: System):
    policy = system.ask("GET", "/outlook/taskpane.html").headers["content-security-policy"]
    assert "script-src 'self' https://appsforoffice.microsoft.com;" in policy and "unsafe" not in policy
    assert "frame-ancestors https://*.office.com" in policy


@pytest.mark.parametrize("name", ["answers.py", "..%2Fapp.js", "nothing.js", "."])
def test_there_are_no_other_files(system: System, name):
    assert system.ask("GET", f"/outlook/{name}").status == 404


def test_the_scripts_are_short_and_the_handler_needs_no_newer_engine_than_classic_outlooks(system: System):
    scripts = {name: system.ask("GET", f"/outlook/{name}.js").body.decode() for name in ("unsealed", "taskpane")}
    assert sum(len(text.splitlines()) for text in scripts.values()) <= 250
    for newer in (r"\basync\b", r"\bawait\b", r"\.\.\.", r"\?\.", r"\?\?", r"\.finally\(", r"\bimport\b"):
        assert not re.search(newer, re.sub(r"//.*", "", scripts["unsealed"])), newer


@pytest.fixture(scope="module")
def office() -> Path:
    """The folder of Microsoft's mock."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        pytest.skip("Without node and npm the add-in's script does not run in Microsoft's mock.")
    if not (MODULES / "node_modules" / "office-addin-mock").is_dir():
        MODULES.mkdir(parents=True, exist_ok=True)
        wanted = [
            npm,
            "install",
            "--prefix",
            str(MODULES),
            "--no-audit",
            "--no-fund",
            "--silent",
            "office-addin-mock@4.0.0",
        ]
        if subprocess.run(wanted, capture_output=True, timeout=300).returncode:
            pytest.skip("npm does not get office-addin-mock here, in which the add-in's script would run.")
    return MODULES


@pytest.fixture
def served(system: System) -> Iterator[dict[str, Any]]:
    """The system behind a port. It hangs where `hangs` is set."""
    state: dict[str, Any] = {"hangs": threading.Event(), "ends": threading.Event()}

    class Door(BaseHTTPRequestHandler):
        def answer(self) -> None:
            if state["hangs"].is_set() and self.path.startswith("/v1/"):
                state["ends"].wait(30)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found = system.ask(self.command, self.path, body, dict(self.headers.items()))
            self.send_response(found.status)
            self.send_header("Content-Type", found.headers.get("content-type", "text/plain"))
            self.end_headers()
            self.wfile.write(found.body)

        do_GET = do_POST = do_DELETE = answer  # noqa: N815 - http.server's names

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state["url"] = f"http://127.0.0.1:{server.server_address[1]}"
    with settings(PUBLIC_URL=state["url"]):
        yield state
    state["ends"].set()
    server.shutdown()
    server.server_close()


def outlook(
    office: Path, served: dict[str, Any], function: str, html: str = HTML, token: str = TOKEN, kind: str = "html",
    files: str = "[]", sends: str = "no",
) -> dict[str, Any]:  # fmt: skip
    """What became of a mail in the mock."""
    told = [str(office), served["url"], token, function, html, kind, files, sends]
    done = subprocess.run(["node", str(HERE / "mock.mjs"), *told], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_mail_is_tracked_as_it_is_sent(system: System, office, served):
    after = outlook(office, served, "onMessageSend")
    [message] = system.call("GET", "/v1/messages").json["items"]
    assert after["allowed"] is True and after["headers"] == {"X-Unsealed": message["id"]}
    assert f'<img src="{served["url"]}/o/' in after["html"] and f'href="{served["url"]}/c/' in after["html"]
    assert "our offer" in after["html"]
    assert [each["email"] for each in message["recipients"]] == ["bob@example.com", "eve@example.org"]
    assert (
        system.ask("GET", re.findall(r"(/c/[\w-]+)", after["html"])[0]).headers["location"]
        == "https://example.com/offer"
    )


UNTOUCHED = {
    "plain text": {"kind": "text"},
    "no token": {"token": ""},
    "a wrong token": {"token": "wrong"},
    "an inline image": {"html": HTML.replace("<p>", '<p><img alt="" src="cid:image001.png@01">')},
    "an image in it": {"html": HTML.replace("<p>", '<p><img src="data:image/png;base64,iVBORw0KGgo=">')},
    "an inline attachment": {"files": '[{"isInline": true, "attachmentType": "file"}]'},
    "an attachment in the cloud": {"files": '[{"isInline": false, "attachmentType": "cloud"}]'},
}


@pytest.mark.parametrize("changed", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_what_cannot_be_tracked_is_sent_untouched(system: System, office, served, changed):
    after = outlook(office, served, "onMessageSend", **changed)
    assert after["allowed"] is True and after["headers"] == {}
    assert after["html"] == changed.get("html", HTML)
    assert system.call("GET", "/v1/messages").json["items"] == []


def test_where_the_server_hangs_the_mail_goes_out_untouched(system: System, office, served):
    served["hangs"].set()
    after = outlook(office, served, "onMessageSend")
    assert after["allowed"] is True and after["html"] == HTML and after["headers"] == {}


def test_the_button_tracks_and_sends_or_says_that_it_can_go(system: System, office, served):
    after = outlook(office, served, "trackAndSend", sends="yes")
    assert after["sent"] is True and "/o/" in after["html"] and after["headers"]
    after = outlook(office, served, "trackAndSend")
    assert (after["sent"], after["said"]) == (False, "Tracked. Send it when you like.")


def test_the_button_sends_what_cannot_be_tracked_too(system: System, office, served):
    after = outlook(office, served, "trackAndSend", kind="text", sends="yes")
    assert after["sent"] is True and after["html"] == HTML
    assert outlook(office, served, "trackAndSend", kind="text")["said"].startswith("Not tracked: plain text.")
