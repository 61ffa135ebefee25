"""Who may ask the API from a browser: our own pages, the add-ins' among them, and nobody else's. There is no CORS, so there is
nothing to forget: the task pane is served by us, Thunderbird's add-on has leave for this host, Gmail's cards come from servers.
"""

import json
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tests.make_run import House
from tests.serving import serving

FRAMED = "https://outlook.office.com/mail/"
# What Microsoft's office.js tells the pane: a token, a language, and the header of the mail that is shown.
OFFICE = """
globalThis.Office = {
  onReady: act => addEventListener("DOMContentLoaded", act),
  context: {
    displayLanguage: LANGUAGE,
    roamingSettings: {get: () => TOKEN, set() {}, remove() {}, saveAsync: done => done()},
    mailbox: {item: {getAllInternetHeadersAsync: done => done({value: "Subject: x\\r\\nX-Unsealed: MESSAGE\\r\\n"})}},
  },
};
"""


# A mail that is written: whom it goes to, which `toldOf` changes as its writer would.
WRITING = """
globalThis.People = [{emailAddress: "Bob@example.com"}];
Office.EventType = {RecipientsChanged: "olkRecipientsChanged"};
const given = value => ({getAsync: (...rest) => rest.pop()({value: value()})});
Office.context.mailbox.item = {
  internetHeaders: given(() => ("MESSAGE" ? {"X-Unsealed": "MESSAGE"} : {})),
  to: given(() => People), cc: given(() => []), bcc: given(() => []),
  addHandlerAsync: (kind, act) => { globalThis.toldOf = people => { People = people; act({type: kind}); }; },
};
"""


@pytest.fixture
def foreign() -> Iterator[str]:
    """A page of another site, on this machine: its address."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><link rel=icon href=data:,><p>Another site</p>")

        def log_message(self, *_: Any) -> None:
            pass

    with serving(Page) as url:
        yield f"{url.replace('127.0.0.1', 'localhost')}/"


def asked(page: Any, url: str, **options: Any) -> str:
    """What a script of the page gets of an address: the status, or that the browser keeps it from it."""
    script = (
        "([url, options]) => fetch(url, options).then(answer => `${answer.type} ${answer.status}`, error => error.name)"
    )
    return str(page.evaluate(script, [url, options]))


def test_our_own_pages_may_ask_by_their_cookie_or_by_a_token(house: House, opened):
    page = opened()
    pane(house, page, "")
    page.goto(f"{house.url}/outlook/taskpane.html")
    url = f"{house.url}/v1/account"
    assert asked(page, url) == "basic 200"
    assert asked(page, url, credentials="omit") == "basic 401"
    token = {"Authorization": f"Bearer {house.token}"}
    assert asked(page, url, credentials="omit", headers=token) == "basic 200"


@pytest.mark.parametrize("credentials", ["include", "omit"])
def test_another_sites_page_gets_nothing_and_its_browser_sends_no_cookie(house: House, opened, foreign, credentials):
    page = opened(expects="")
    sent: list[dict[str, str]] = []
    page.on("request", lambda request: "/v1/" in request.url and sent.append(request.all_headers()))
    page.goto(foreign)
    token = {"Authorization": f"Bearer {house.token}"}
    for method, headers in (
        ("GET", {}),
        ("GET", token),
        ("POST", {"Content-Type": "application/json"}),
        ("DELETE", token),
    ):
        body = "{}" if method == "POST" else None
        given = {"method": method, "headers": headers, "credentials": credentials, **({"body": body} if body else {})}
        assert asked(page, f"{house.url}/v1/account", **given) == "TypeError", (method, headers)
    assert house.call("GET", "/v1/account")["email"] == "demo@localhost.example", "nothing was deleted"
    assert sent and all("cookie" not in each for each in sent)


def test_what_another_site_can_send_unread_changes_nothing(house: House, opened, foreign):
    page = opened()
    page.goto(foreign)
    before = house.call("GET", "/v1/messages")["items"]
    mail = json.dumps({"subject": "x", "recipients": ["bob@example.com"], "html": "<p>x</p>"})
    url = f"{house.url}/v1/messages"
    assert asked(page, url, method="POST", mode="no-cors", credentials="include", body=mail) == "opaque 0"
    assert house.call("GET", "/v1/messages")["items"] == before


def test_no_answer_names_an_origin_nor_allows_credentials(house: House, opened):
    page = opened(signed_in=False)
    for origin in ("https://outlook.office.com", "moz-extension://0b7a", "null", "https://evil.example"):
        for method in ("GET", "OPTIONS"):
            asking = {"Origin": origin, "Access-Control-Request-Method": "POST"}
            answer = page.request.fetch(f"{house.url}/v1/account", method=method, headers=asking)
            assert not [name for name in answer.headers if name.startswith("access-control-")], (origin, method)


def pane(
    house: House, page: Any, message: str, language: str = "en-GB", token: str | None = None, *, writing: bool = False
) -> None:
    """Let office.js be what it is in Outlook, beside a mail with this header, which was sent, or is being written."""
    told = house.token if token is None else token
    said = OFFICE + WRITING * writing
    for name, value in (("LANGUAGE", json.dumps(language)), ("TOKEN", json.dumps(told)), ("MESSAGE", message)):
        said = said.replace(name, value)
    page.route(
        "https://appsforoffice.microsoft.com/**", lambda route: route.fulfill(body=said, content_type="text/javascript")
    )


@pytest.mark.parametrize(
    ("language", "scheme", "opened_it"),
    [("en-GB", "light", "opened"), ("hi-IN", "dark", "खोली"), ("kn-IN", "light", "ತೆರೆದಿದ್ದಾರೆ")],
)
def test_the_pane_shows_what_is_known_in_outlooks_language(house: House, opened, language, scheme, opened_it):
    message = house.send()
    house.opened(message)
    page = opened(color_scheme=scheme, viewport={"width": 320, "height": 480}, locale=language)
    pane(house, page, message["id"], language)
    page.goto(f"{house.url}/outlook/taskpane.html")
    page.get_by_text(f"bob@example.com: {opened_it}").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if folder := os.environ.get("UNSEALED_PICTURES"):
        page.screenshot(path=f"{folder}/pane-{language}.png")


@pytest.mark.parametrize(
    ("language", "fits", "astray"),
    [
        ("en-GB", "Tracked, for those it goes to.", "It goes to others than it was tracked for: press Track and send."),
        ("hi-IN", "ट्रैक है, उनके लिए", "उनसे अलग लोगों को"),
    ],
)
def test_while_a_mail_is_written_the_pane_notices_who_is_added(house: House, opened, language, fits, astray):
    message = house.send()
    page = opened(viewport={"width": 320, "height": 480})
    pane(house, page, message["id"], language, writing=True)
    page.goto(f"{house.url}/outlook/taskpane.html")
    page.get_by_text(fits).wait_for()
    for people, told in ((["bob@example.com", "eve@example.org"], astray), (["bob@example.com"], fits), ([], astray)):
        page.evaluate("people => toldOf(people.map(emailAddress => ({emailAddress})))", people)
        page.get_by_text(told).wait_for()


def test_a_mail_that_is_not_tracked_yet_needs_no_look_at_its_recipients(house: House, opened):
    page = opened()
    pane(house, page, "", writing=True)
    page.goto(f"{house.url}/outlook/taskpane.html")
    page.get_by_text("You are signed in. Mails are tracked as you send them").wait_for()


def test_the_pane_tells_what_is_refused_in_outlooks_language_which_is_not_the_browsers(house: House, opened):
    page = opened(expects="404")
    pane(house, page, "0" * 32, "hi-IN")
    page.goto(f"{house.url}/outlook/taskpane.html")
    page.get_by_text("ऐसा कोई संदेश नहीं है।").wait_for()


def test_in_the_pane_a_revoked_token_is_told(house: House, opened):
    page = opened()
    pane(house, page, "0" * 32, token="none of ours")
    page.goto(f"{house.url}/outlook/taskpane.html")
    page.get_by_text("Your token is good no more. Sign out, and in again.").wait_for()


def test_the_pane_shows_in_outlook_and_in_no_other_page(house: House, opened, foreign):
    message = house.send()
    page = opened(signed_in=False, expects="", fresh=True)
    page.context.grant_permissions(["local-network-access"])  # this system is on loopback, which Chromium guards
    pane(house, page, message["id"])
    frame = f'<!doctype html><link rel="icon" href="data:,"><iframe src="{house.url}/outlook/taskpane.html"></iframe>'
    page.route(f"{FRAMED}**", lambda route: route.fulfill(body=frame, content_type="text/html"))
    page.goto(FRAMED)
    page.frame_locator("iframe").get_by_text("bob@example.com").wait_for()
    page.route(f"{foreign}**", lambda route: route.fulfill(body=frame, content_type="text/html"))
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(foreign)
    assert page.frame_locator("iframe").get_by_text("bob@example.com").count() == 0
