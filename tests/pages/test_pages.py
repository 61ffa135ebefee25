"""The pages in Chromium: each in light, dark and on a phone; by keyboard alone; how much comes over the wire; live."""

import json
import re
from typing import Any

import pytest

from tests.chromium import ARGUMENTS, CHROMIUM
from tests.make_run import HTML, House
from tests.pages.visiting import EVERY, IDLE, SIGNED_OUT, at, hearing, pushing, resting, settled
from tests.waiting import until

COPIED = "navigator.clipboard.read().then(found => found[0].getType('text/html')).then(found => found.text())"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What axe finds wrong. All else that it found would take longer to hand over than to find.
WRONG = """options => axe.run(options).then(found => found.violations.map(
  each => [each.id, each.nodes.map(node => node.html.slice(0, 150))]))"""
MODES = {"light": ("desk", "light"), "dark": ("desk", "dark"), "phone": ("phone", "dark")}
STILL = "Promise.all(document.getAnimations().map(each => each.finished))"


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


@pytest.mark.parametrize("mode", MODES)
def test_everybody_can_read_it_and_it_fits(shown, name, mode):
    kind, scheme = MODES[mode]
    page = shown(kind)
    page.emulate_media(color_scheme=scheme)
    if name == "message":
        machines = page.get_by_role("button", name="by machine").or_(page.get_by_role("button", name="by a machine"))
        if machines.get_attribute("aria-pressed") == "false":
            machines.click()
        page.wait_for_selector("button[aria-pressed=true]")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], (
        "a phone's window grows"
    )
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(pytest.importorskip("axe_playwright_python.base").AXE_SCRIPT)
    page.evaluate(STILL)
    assert page.evaluate(WRONG, {"runOnly": RULES, "resultTypes": ["violations"]}) == []


# What moves after it was painted (https://web.dev/articles/cls): each share of the screen, and what it was. All of it: here
# nothing is pressed, and what Chromium calls recent input may as well be the phone that it plays, which gets its size.
MOVING = """window.moved = [];
window.noted = shifts => moved.push(...shifts.map(
  each => [each.value, ...each.sources.map(one => one.node && String(one.node.outerHTML || one.node.data).slice(0, 80))]));
window.looking = new PerformanceObserver(found => noted(found.getEntries()));
looking.observe({type: "layout-shift", buffered: true});"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
LATE = re.compile(r"/v1/|/start\.js$")  # the API's answers, and the start page's script


@pytest.mark.parametrize("screen", ["desk", "phone"])
@pytest.mark.parametrize(
    ("name", "language"), [*((name, "en-GB") for name in EVERY), ("start", "hi-IN"), ("start", "kn-IN")]
)
def test_nothing_moves_that_was_painted(house, chromium, opened, message, name, language, screen):
    looks = chromium.phone if screen == "phone" else {"viewport": {"width": 1280, "height": 720}}
    page = opened(name not in SIGNED_OUT, "404" if name == "nothing" else "401", locale=language, **looks)
    page.add_init_script(MOVING)
    page.route(LATE, lambda route: None)  # held
    with resting(page):
        page.goto(at(house, name, message), wait_until="commit")
        page.wait_for_function(PAINTED)
        page.unroute(LATE)  # and let go
        page.wait_for_selector("#try button:enabled" if name == "start" else "h1")
        page.evaluate(IDLE)  # what is drawn by now is told
    assert page.evaluate("noted(looking.takeRecords()), moved") == []


@pytest.mark.parametrize("language", ["en-GB", "hi-IN", "kn-IN"])
def test_a_first_visit_is_small_and_a_return_asks_twice(house, opened, message, language):
    page = opened(locale=language, fresh=True)
    page.clock.install()
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
    for_ten_seconds(page, at(house, "today", message))
    first = {name: size for name, size in sizes.items() if name not in kept}
    different = {asked[name] for name in first}  # the tab and the page may both ask for the icon
    assert len(different) <= 10, sorted(different)
    assert sum(first.values()) <= 40_000, sum(first.values())
    for seen in (sizes, asked, kept):
        seen.clear()
    for_ten_seconds(page, at(house, "today", message))
    again = [
        asked[name] for name in sizes if name not in kept and name in asked
    ]  # what the page before still waited for apart
    assert len(again) <= 2, again
    print(f"first {len(first)} requests, {sum(first.values()):.0f} bytes; return {len(again)}")


def for_ten_seconds(page: Any, url: str) -> None:
    """Look at a page so long, by its own clock, that all is asked for which it asks for before it looks for news."""
    with resting(page):
        settled(page, url)
        page.clock.run_for(10_000)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")


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
    assert page.evaluate("location.pathname") == "/app/messages"


def test_a_stranger_signs_in_by_code_and_lands_where_the_link_led(house, opened, message):
    page = opened(signed_in=False)
    page.goto(at(house, "message", message))
    page.wait_for_url("**/app/sign-in?next=*")
    page.get_by_label("E-mail address").fill("demo@localhost.example")
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_selector("input[name=code]")
    page.get_by_label("Code").fill(house.code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**/app/message?id={message['id']}")
    page.wait_for_selector("text=Proposal for the autumn")


@pytest.mark.parametrize(
    "idle",
    [
        "delete window.requestIdleCallback",
        "requestIdleCallback = (act, options) => options && setTimeout(act, options.timeout)",
    ],
    ids=["known", "coming"],
)
def test_a_sender_comes_in_where_no_idle_time_is_known_or_comes(house, opened, idle):
    page = opened(signed_in=False, fresh=True)
    page.add_init_script(idle)  # as in Safari; and as where nothing is drawn
    page.goto(f"{house.url}/app/sign-in")
    page.get_by_role("button", name="Sign in as the demo sender").click()
    page.wait_for_url(f"{house.url}/app/today")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example/", "../../evil", "javascript:alert(1)"])
def test_a_link_leads_nowhere_else_after_the_sign_in(house, opened, bad):
    page = opened()
    page.goto(f"{house.url}/app/sign-in?next={bad}")
    page.get_by_role("button", name="Sign in as the demo sender").click()
    page.wait_for_url(f"{house.url}/app/today")


def test_a_row_changes_without_reload_when_somebody_reads(house, opened):
    message = house.send("A live one", "dora@example.com", "Dora")
    page = stopped(opened(fresh=True), at(house, "messages", message))
    row = page.locator("main .list li", has_text="A live one")
    assert "No sign yet" in row.inner_text()
    page.evaluate("window.mine = true")
    house.opened(message)
    house.tells(message)
    # As a push tells the page, and as it tells itself when it is looked at again: at once, not at the next poll.
    page.evaluate("window.dispatchEvent(new Event('online'))")
    row.filter(has_text="Opened").wait_for()
    assert page.evaluate("window.mine") is True
    assert "Dora opened “A live one”" in page.locator("#said").inner_text()


def test_a_row_changes_within_one_poll_and_a_hidden_page_asks_nothing(house, opened):
    message = house.send("Polled", "erik@example.com", "Erik")
    page = stopped(opened(fresh=True), at(house, "messages", message))
    asked: list[float] = []
    page.on("request", lambda request: "/v1/feed" in request.url and asked.append(1))
    row = page.locator("main .list li", has_text="Polled")
    row.filter(has_text="No sign yet").wait_for()
    house.opened(message)
    house.tells(message)
    page.clock.run_for(15_000)
    row.filter(has_text="Opened").wait_for()
    assert len(asked) == 1, "of the feed, in the first quarter of a minute"
    page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden'})")
    for _ in range(8):
        page.clock.run_for(15_000)
    assert len(asked) == 1, "the timer that ran still looks, and finds the page hidden"


def stopped(page: Any, url: str) -> Any:
    """A page whose clock goes on only where the test says so: it looks for news when it is told to, or not at all."""
    page.clock.install()
    settled(page, url)
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 1)
    return page


def test_a_push_is_shown_replaces_the_one_before_and_mutes_from_itself(house, opened, message):
    page = opened(permissions=["notifications"])
    settled(page, at(house, "today", message))
    deliver = pushing(house, page)
    shown = hearing(page)

    def push(data: str, title: str) -> list[Any]:
        deliver(data)
        return [[each["title"], each["tag"], [one["action"] for one in each["actions"]]] for each in shown(title)]

    from chalicelib.domain.letters import Push
    from chalicelib.domain.web_push import payload

    data = {"message": message["id"], "recipient": "0", "kind": "open"}
    told = [payload(Push(title, "95% sure.", data, False), house.url).decode() for title in ("Bob opened it", "Twice")]
    assert push(told[0], "Bob opened it") == [["Bob opened it", message["id"], ["mute", "open"]]]
    assert push(told[1], "Twice") == [["Twice", message["id"], ["mute", "open"]]]
    general = "Something happened with your mail"
    assert [general, "", []] in push("no JSON", general), "shown all the same"
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
    # While it is written it cannot be read. (wait_for_function would take the promise for the answer.)
    until(lambda: page.evaluate(f"{COPIED}.then(html => html !== {json.dumps(html)}, () => false)"))
    newest = house.call("GET", "/v1/messages")["items"][0]
    assert (newest["copies"], len(newest["recipients"])) == ("shared", 2)


@pytest.mark.parametrize("kind", ["desk", "phone"])
def test_from_right_to_left_it_fits_as_well(shown, name, kind):
    page = shown(kind)
    page.evaluate("document.documentElement.dir = 'rtl'")
    window = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= window
    for mark, around in page.evaluate(TURNED):
        assert mark["width"] and around["x"] <= mark["x"] + 1
        assert mark["x"] + mark["width"] <= around["x"] + around["width"] + 1
    first = page.locator("main .list .glyph, main .card .glyph").first
    if first.count():
        box = first.bounding_box()
        assert box["x"] > window / 3, "a line begins at its right"
    page.evaluate("document.documentElement.removeAttribute('dir')")


# What is turned around, and the picture around it.
TURNED = """[...document.querySelectorAll(".turns")].map(
  each => [each, each.ownerSVGElement].map(one => one.getBoundingClientRect().toJSON()))"""


@pytest.mark.parametrize("language", ["hi-IN", "kn-IN"])
def test_it_speaks_the_readers_language(house, opened, message, language):
    page = settled(opened(locale=language), at(house, "messages", message))
    assert page.evaluate("document.documentElement.lang") == language[:2]
    assert page.locator("h1").inner_text() == {"hi-IN": "संदेश", "kn-IN": "ಸಂದೇಶಗಳು"}[language]
    # From the very door on: the start page, the sign-in, and then the mails and what the API says.
    page.context.clear_cookies()
    settled(page, f"{house.url}/")
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
