"""The settings: all that the API can is there, each channel can be tried, and shows what its service answered."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.words.sentences import said
from chalicelib.routes.api.calls import ROUTES
from chalicelib.routes.api.openapi import document
from tests.make_run import House
from tests.pages.visiting import resting, settled
from tests.webhook_endpoint import receiving


def paths(schemas: dict[str, Any], name: str = "PreferencesChange", before: str = "") -> Iterator[str]:
    """All that the API's document lets a sender set, like `quiet.from`."""
    for field, told in schemas[name]["properties"].items():
        inner = [each["$ref"].rpartition("/")[2] for each in (told, *told.get("anyOf", ())) if "$ref" in each]
        if inner and "properties" in schemas[inner[0]]:
            yield from paths(schemas, inner[0], f"{before}{field}.")
        else:
            yield f"{before}{field}"


def test_what_the_api_lets_a_sender_set_the_page_does(house: House, opened):
    house.call("PUT", "/v1/preferences", {"remind": {"whom": "all"}, "digest": {"when": "weekly"}})
    page = opened()
    sent: set[str] = set()

    def noted(route: Any) -> None:
        if route.request.method == "PUT":
            sent.update(flat(route.request.post_data_json))
            route.fulfill(json=house.call("GET", "/v1/preferences") | {"through": None})
        else:
            route.continue_()

    page.route("**/v1/preferences", noted)
    page.route("**/v1/addresses", lambda route: route.fulfill(json={"items": ADDRESSES, "next": None}))
    settled(page, f"{house.url}/app/settings")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    # Each control is moved by script, all as fast as they can: what is sent is what counts here.
    with resting(page), page.expect_navigation():  # another language loads the page anew
        page.evaluate(MOVED)
    wanted = set(paths(document(ROUTES)["components"]["schemas"]))
    assert {"through", "quiet.from", "unusual.hot_opens", "tell.open"} < wanted
    assert wanted - sent == set(), "the API can, and the page does not show"
    assert sent - wanted == set(), "the page sends what the API does not know"


ADDRESSES = [
    {"email": f"{name}@localhost.example", "verified_at": "2026-11-01T00:00:00Z", "first": name == "demo", "sign_in": False,
     "stopped_by": None, "stopped_at": None}
    for name in ("demo", "other")
]  # fmt: skip
MOVED = """(() => {
  const controls = document.querySelectorAll("#tell, #quiet, #reminders, #digest, #answers, #privacy");
  for (const section of controls) for (const each of section.querySelectorAll("input, select")) {
    if (each.type === "checkbox") each.checked = !each.checked;
    else if (each.tagName === "SELECT") each.selectedIndex = each.selectedIndex ? 0 : 1;
    else if (each.type === "time") each.value = "21:00";
    else if (each.type === "number") each.value = String(Number(each.value) + 1);
    else each.value = "IN";
    each.dispatchEvent(new Event("change", {bubbles: true}));
  }
  const language = document.querySelectorAll("#you select")[0];
  language.value = "hi";
  language.dispatchEvent(new Event("change", {bubbles: true}));
})()"""


def flat(body: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, value in body.items():
        yield from flat(value, f"{before}{name}.") if isinstance(value, dict) else [f"{before}{name}"]


@pytest.fixture(scope="module")
def matrix(house: House, screens):
    """The settings, loaded once for all kinds."""
    visitors, screen = screens
    yield settled(screen("desk"), f"{house.url}/app/settings")
    visitors.silent()


@pytest.mark.parametrize("kind", NotificationKind)
def test_each_kind_is_shown_as_it_would_come(house: House, matrix, kind):
    (told,) = [each for each in house.call("GET", "/v1/preferences/previews")["items"] if each["kind"] == kind]
    rows = matrix.locator(".matrix tbody tr")
    assert rows.count() == len(KINDS)
    rows.nth(KINDS.index(kind)).get_by_role("button").click()
    previews = matrix.locator(".previews .preview")
    assert previews.count() == 2
    assert told["push"]["title"] in previews.first.inner_text() and told["push"]["body"] in previews.first.inner_text()
    assert told["mail"]["subject"] in previews.last.inner_text()


KINDS = ["open", "click", "reply", "bounce", "complaint", "reminder", "hot", "revived", "away", "shared"]


def test_each_channel_is_tried_and_shows_what_its_service_answered(house: House, opened):
    page = opened()
    with receiving() as endpoint:
        house.call("POST", "/v1/webhooks", {"url": f"{endpoint.url}/hook"})
        page.goto(f"{house.url}/app/settings")
        page.get_by_role("button", name="Send a test mail").click()
        page.locator("#tell .outcome", has_text="The mail service took a mail to demo@localhost.example").wait_for()
        for status in (204, 503):
            endpoint.status = status
            page.locator("#webhooks").get_by_role("button", name="Test").click()
            page.locator("#webhooks .outcome", has_text=f"The endpoint answered {status}.").wait_for()
        assert page.locator("#webhooks .outcome.bounced").count() == 1, "a refusal does not look like success"


def test_a_token_that_is_to_last_asks_for_a_code(house: House, opened):
    page = opened()
    page.goto(f"{house.url}/app/settings#tokens")
    page.locator("#tokens [name=name]").fill("CRM")
    page.locator("#tokens").get_by_role("button", name="Make").click()
    code = page.locator("dialog[open] [name=code]")
    code.wait_for()
    code.fill(house.code())
    page.locator("dialog[open]").get_by_role("button", name="Confirm").click()
    page.get_by_text("Your new token, shown this once:").wait_for()
    (made,) = [each for each in house.call("GET", "/v1/tokens")["items"] if each["name"] == "CRM"]
    assert made["expires_at"] is None


@pytest.mark.parametrize("language", ["hi", "kn"])
def test_what_is_refused_is_told_in_the_pages_language_which_is_not_the_browsers(house: House, opened, language):
    page = opened(expects="422")  # an English browser
    settled(page, f"{house.url}/app/sign-in")
    page.evaluate("language => localStorage.setItem('language', language)", language)
    settled(page, f"{house.url}/app/settings#webhooks")
    page.locator("#webhooks [name=url]").fill("http://example.com/hook")
    page.locator("#webhooks form button").click()
    wrong = said("A webhook's URL must begin with https://.", language)
    page.get_by_text(wrong).wait_for()
    if folder := os.environ.get("UNSEALED_PICTURES"):
        page.screenshot(path=f"{folder}/refused-{language}.png")
    settled(page, f"{house.url}/app/sign-in")
    page.locator("[name=email]").fill("demo@localhost.example")
    page.locator("form button.main").click()
    page.locator("[name=code]").fill("00000000")
    page.locator("form button.main").click()
    wrong = said("This code is wrong or no longer valid: request a new one, and use the newest mail.", language)
    page.get_by_role("alert").filter(has_text=wrong).wait_for()
    if folder:
        page.screenshot(path=f"{folder}/wrong-code-{language}.png")
