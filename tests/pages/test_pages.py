"""The pages in Chromium: each in light, dark and on a phone; by keyboard alone; how much comes over the wire; live."""

import json
import re
from typing import Any

import pytest

from tests.chromium import ARGUMENTS, CHROMIUM
from tests.house import HTML, House

COPIED = "navigator.clipboard.read().then(found => found[0].getType('text/html')).then(found => found.text())"
PAGES = ["today", "messages", "message", "contacts", "contact", "compose", "settings", "sign-in"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"phone": True, "color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def message(house: House):
    made = house.call(
        "POST",
        "/v1/messages",
        {
            "subject": "Proposal for the autumn",
            "recipients": [{"email": "bob@example.com", "name": "Bob"}, {"email": "carol@icloud.com", "name": "Carol"}],
            "html": HTML,
        },
    )
    house.call("POST", "/_local/clock", {"advance_seconds": 7200})
    house.opened(made)
    house.opened(made, 1, "Mozilla/5.0", "172.224.226.11")
    return made


def at(house: House, name: str, message: Any) -> str:
    query = {"message": f"?id={message['id']}", "contact": "?email=bob@example.com"}.get(name, "")
    return f"{house.url}/app/{name}{query}"


def settled(page: Any, url: str) -> Any:
    page.goto(url)
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", [*PAGES, "start", "nothing"])
def test_everybody_can_read_it_and_it_fits(house, chromium, opened, message, name, mode):
    settings = dict(MODES[mode])
    if settings.pop("phone", False):
        settings |= chromium.phone
    page = opened(name not in ("sign-in", "start"), "404" if name == "nothing" else "401", **settings)
    settled(page, f"{house.url}/" if name == "start" else at(house, name, message))
    if name == "message":
        page.get_by_role("button", name="by machine").or_(page.get_by_role("button", name="by a machine")).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], (
        "a phone's window grows"
    )
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("language", ["en-GB", "hi-IN", "kn-IN"])
def test_a_first_visit_is_small_and_a_return_asks_twice(house, chromium, opened, message, language):
    page = opened(locale=language)
    page.wait_for_load_state("networkidle")  # the start page has what it asked for
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: dict[str, float] = {}
    asked: dict[str, str] = {}
    network.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    kept = []
    network.on(
        "Network.responseReceived",
        lambda event: event["response"].get("fromDiskCache") and kept.append(event["requestId"]),
    )
    network.on("Network.requestServedFromCache", lambda event: kept.append(event["requestId"]))
    network.send("Network.clearBrowserCache")
    settled(page, at(house, "today", message))
    page.wait_for_timeout(1500)
    first = {name: size for name, size in sizes.items() if name not in kept}
    different = {asked[name] for name in first}  # the tab and the page may both ask for the icon
    assert len(different) <= 10, sorted(different)
    assert sum(first.values()) <= 40_000, sum(first.values())
    for seen in (sizes, asked, kept):
        seen.clear()
    settled(page, at(house, "today", message))
    page.wait_for_timeout(1500)
    again = [
        asked[name] for name in sizes if name not in kept and name in asked
    ]  # what the page before still waited for apart
    assert len(again) <= 2, again
    print(f"first {len(first)} requests, {sum(first.values()):.0f} bytes; return {len(again)}")


def test_a_page_is_walked_by_keyboard_alone(house, opened, message):
    page = opened()
    settled(page, at(house, "today", message))
    names = []
    for _ in range(40):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()")
        )
        if document_end(page):
            break
    assert names[:8] == [
        "Skip to the content",
        "Unsealed",
        "New mail",
        "Today",
        "Messages",
        "Contacts",
        "Settings",
        "Keys\n?",
    ]
    assert any("opened “Proposal for the autumn”" in name for name in names)
    # By letters: g m goes to the messages, j to the first, Enter opens it, and its heading has the focus.
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/app/messages")
    page.wait_for_selector("main .list a")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/app/message?id=*")
    page.wait_for_selector("h1:focus")
    page.keyboard.press("x")
    page.wait_for_selector("button[aria-pressed=true]")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.go_back()
    page.wait_for_url("**/app/messages")


def document_end(page: Any) -> bool:
    return bool(page.evaluate("document.activeElement === document.body"))


def test_letters_do_nothing_where_they_are_switched_off_or_typed(house, opened, message):
    page = opened()
    settled(page, at(house, "messages", message))
    page.locator("input[type=search]").fill("")
    page.locator("input[type=search]").press("g")
    page.locator("input[type=search]").press("t")
    assert page.url.endswith("/app/messages") and page.locator("input[type=search]").input_value() == "gt"
    page.evaluate("localStorage.setItem('keys', 'off')")
    settled(page, at(house, "messages", message))
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_timeout(300)
    assert page.url.endswith("/app/messages")


def test_a_stranger_signs_in_by_code_and_lands_where_the_link_led(house, opened, message):
    page = opened(signed_in=False)
    page.goto(at(house, "message", message))
    page.wait_for_url("**/app/sign-in?next=*")
    page.get_by_label("E-mail address").fill("demo@localhost.example")
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_selector("input[name=code]")
    code = None
    for _ in range(50):
        mails = house.call("GET", "/_local/outbox")["items"]
        codes = [
            re.search(r"\b\d{4} ?\d{4}\b", each["text"] or "") for each in mails if "code" in each["subject"].lower()
        ]
        code = codes[-1][0] if codes and codes[-1] else None
        if code:
            break
        page.wait_for_timeout(100)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**/app/message?id={message['id']}")
    page.wait_for_selector("text=Proposal for the autumn")


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example/", "../../evil", "javascript:alert(1)"])
def test_a_link_leads_nowhere_else_after_the_sign_in(house, opened, bad):
    page = opened()
    page.goto(f"{house.url}/app/sign-in?next={bad}")
    page.get_by_role("button", name="Sign in as the demo sender").click()
    page.wait_for_url(f"{house.url}/app/today")


def test_a_row_changes_without_reload_when_somebody_reads(house, opened):
    message = house.send("A live one", "dora@example.com", "Dora")
    page = opened()
    settled(page, at(house, "messages", message))
    row = page.locator("main .list li", has_text="A live one")
    assert "No sign yet" in row.inner_text()
    page.evaluate("window.mine = true")
    house.opened(message)
    # As a push tells the page, and as it tells itself when it is looked at again: at once, not at the next poll.
    page.wait_for_timeout(300)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    row.filter(has_text="Opened").wait_for()
    assert page.evaluate("window.mine") is True
    assert "Dora opened “A live one”" in page.locator("#said").inner_text()


def test_a_row_changes_within_one_poll_and_a_hidden_page_asks_nothing(house, opened):
    message = house.send("Polled", "erik@example.com", "Erik")
    page = opened()
    page.clock.install()
    asked: list[float] = []
    page.on("request", lambda request: "/v1/feed" in request.url and asked.append(1))
    settled(page, at(house, "messages", message))
    row = page.locator("main .list li", has_text="Polled")
    row.filter(has_text="No sign yet").wait_for()
    house.opened(message)
    page.clock.run_for(15_000)
    row.filter(has_text="Opened").wait_for()
    assert len(asked) == 1, "of the feed, in the first quarter of a minute"
    page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden'})")
    page.clock.run_for(120_000)
    assert len(asked) <= 2, "the timer that ran still may look, and finds the page hidden"


def test_a_push_is_shown_replaces_the_one_before_and_mutes_from_itself(house, opened, message):
    page = opened(permissions=["notifications"])
    settled(page, at(house, "today", message))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    worker = page.context.new_cdp_session(page)
    registrations: list[Any] = []
    worker.on("ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"]))
    worker.send("ServiceWorker.enable")
    page.wait_for_timeout(500)

    def push(data: str) -> Any:
        known = {"origin": house.url, "registrationId": registrations[-1]["registrationId"]}
        worker.send("ServiceWorker.deliverPushMessage", known | {"data": data})
        page.wait_for_timeout(700)
        return page.evaluate(
            "navigator.serviceWorker.ready.then(found => found.getNotifications())"
            ".then(found => found.map(each => [each.title, each.tag, each.actions.map(one => one.action)]))"
        )

    from chalicelib.domain.letters import Push
    from chalicelib.domain.web_push import payload

    data = {"message": message["id"], "recipient": "0", "kind": "open"}
    told = [payload(Push(title, "95% sure.", data, False), house.url).decode() for title in ("Bob opened it", "Twice")]
    assert push(told[0]) == [["Bob opened it", message["id"], ["mute", "open"]]]
    assert push(told[1]) == [["Twice", message["id"], ["mute", "open"]]]
    assert ["Something happened with your mail", "", []] in push("no JSON"), "shown all the same"
    # Where the action leads: the page mutes, says so, and offers the way back.
    page.goto(f"{house.url}/app/message?id={message['id']}&do=mute")
    page.wait_for_selector("text=Muted: you are not told of this mail any more.")
    assert house.call("GET", f"/v1/messages/{message['id']}")["muted"] is True
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("text=You are told of this mail again.")
    assert house.call("GET", f"/v1/messages/{message['id']}")["muted"] is False


def test_it_can_be_installed(house, chromium, tmp_path):
    launch = chromium.browser_type.launch_persistent_context
    context = launch(str(tmp_path), executable_path=CHROMIUM, args=ARGUMENTS)
    try:
        page = context.new_page()
        page.goto(f"{house.url}/app/sign-in")
        page.wait_for_selector("h1")
        session = context.new_cdp_session(page)
        assert session.send("Page.getAppManifest")["errors"] == []
        assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    finally:
        context.close()


def test_the_start_page_makes_a_mail_and_plays_its_readers(house, opened):
    page = opened(signed_in=False)
    page.goto(f"{house.url}/")
    page.get_by_role("button", name="Make a mail to Bob").click()
    page.get_by_role("button", name="A security scanner checks the link").click()
    page.wait_for_selector("#try li:has-text('not counted')")
    page.get_by_role("button", name="A person reads it in Gmail").click()
    page.wait_for_selector("#try li:has-text('A person looked')")
    page.get_by_role("button", name="Apple loads it in advance").click()
    page.wait_for_selector("#try li:has-text('Apple')")
    page.get_by_role("button", name="Sign in as the demo sender").click()
    page.wait_for_url(f"{house.url}/app/today")


def test_a_mail_is_written_and_taken_along_as_rich_text(house, opened, message):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    settled(page, at(house, "compose", message))
    page.get_by_label("To", exact=True).fill("Bob <bob@example.com>, eve@example.com")
    page.get_by_label("Subject").fill("Written here")
    page.locator(".paste").click()
    page.evaluate("document.execCommand('insertText', false, 'Dear both, see ')")
    page.evaluate("document.execCommand('createLink', false, 'https://example.com/x')")
    page.keyboard.type("this")
    page.get_by_role("button", name="Make the tracked copies").click()
    page.wait_for_selector("#copies")
    page.get_by_role("button", name="Copy", exact=True).first.click()
    page.wait_for_selector("text=Copied: paste it")
    html = page.evaluate(COPIED)
    assert "/o/" in html and "/c/" in html and "Dear both" in html
    page.get_by_text("The best time to send").wait_for()
    page.get_by_text("eve@example.com: nothing is known yet").wait_for()
    # Or one copy for all, in one mail: what is done with it was done by one of them.
    page.get_by_label("One copy for all").check()
    page.get_by_role("button", name="Make the tracked copy").click()
    page.locator("#copies li").filter(has_text="Bob, eve@example.com").wait_for()
    assert page.locator("#copies li").count() == 1
    page.get_by_role("button", name="Copy", exact=True).click()
    page.wait_for_function(f"{COPIED}.then(html => html !== {json.dumps(html)})")
    newest = house.call("GET", "/v1/messages")["items"][0]
    assert (newest["copies"], len(newest["recipients"])) == ("shared", 2)


@pytest.mark.parametrize("name", [*PAGES, "start"])
def test_from_right_to_left_it_fits_as_well(house, chromium, opened, message, name):
    for settings in ({}, chromium.phone):
        url = f"{house.url}/" if name == "start" else at(house, name, message)
        page = settled(opened(name != "sign-in", **settings), url)
        page.evaluate("document.documentElement.dir = 'rtl'")
        window = page.viewport_size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= window
        turned = page.locator(".turns").all()
        for each in turned:
            mark, around = each.bounding_box(), each.locator("xpath=ancestor::*[name()='svg']").bounding_box()
            assert around["x"] <= mark["x"] + 1 and mark["x"] + mark["width"] <= around["x"] + around["width"] + 1
        first = page.locator("main .list .glyph, main .card .glyph").first
        if first.count():
            box = first.bounding_box()
            assert box["x"] > window / 3, "a line begins at its right"


@pytest.mark.parametrize("language", ["hi-IN", "kn-IN"])
def test_it_speaks_the_readers_language(house, opened, message, language):
    page = settled(opened(locale=language), at(house, "messages", message))
    assert page.evaluate("document.documentElement.lang") == language[:2]
    assert page.locator("h1").inner_text() == {"hi-IN": "संदेश", "kn-IN": "ಸಂದೇಶಗಳು"}[language]
    # From the very door on: the start page, the sign-in, and then the mails and what the API says.
    page = settled(opened(False, locale=language), f"{house.url}/")
    script = {"hi-IN": "[\u0900-\u097f]", "kn-IN": "[\u0c80-\u0cff]"}[language]
    for text in page.locator("h1, h2, .button, button, footer").all_inner_texts():
        assert re.search(script, text), text
    settled(page, f"{house.url}/app/sign-in")
    for text in page.locator("h1, label, button").all_inner_texts():
        assert re.search(script, text), text
    page.locator("button").last.click()
    page.wait_for_url("**/app/today")
    page.locator(".top p.soft").filter(has_text=re.compile(script)).wait_for()
    assert house.call("PUT", "/v1/preferences", {"language": "en"})["language"] == "en"
