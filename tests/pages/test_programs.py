"""Connect your mail, in the settings: the ways, what a click brings, and when the last mail came by each."""

import os
import plistlib
from collections.abc import Iterator
from functools import cache

import pytest

from tests.make_run import House, running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A system with a relay."""
    with running(tmp_path_factory.mktemp("house") / "data", RELAY_ADDRESS="localhost:2525") as made:
        yield made


def settings_page(house: House, opened, **wishes):
    page = opened(**wishes)
    page.goto(f"{house.url}/app/settings#programs")
    page.locator("#connected > li").first.wait_for()
    return page


def test_the_ways_are_named_and_what_they_offer_is_there(house: House, staying):
    page = staying("en-GB")
    assert page.locator("#connected > li").count() == 5
    hrefs = [each.get_attribute("href") for each in page.locator("#connected a").all()]
    assert hrefs == [f"{house.url}/thunderbird/unsealed.xpi", f"{house.url}/outlook/manifest.xml"]
    for href in hrefs:
        assert page.request.get(href).status == 200, href
    assert page.locator("#connected").get_by_text("bob=example.com@localhost.example").count() == 1


def test_a_profile_comes_as_soon_as_the_mail_server_is_known(house: House, opened):
    page = settings_page(house, opened, expects="422")
    page.get_by_role("button", name="Profile for demo@localhost.example").click()
    page.get_by_label("The IMAP server of demo@localhost.example").fill("imap.example.com")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Profile", exact=True).click()
    [account] = plistlib.loads(coming.value.path().read_bytes())["PayloadContent"]
    assert account["IncomingMailServerHostName"] == "imap.example.com"
    assert account["OutgoingMailServerHostName"] == "localhost"


def test_a_way_says_when_the_last_mail_came_by_it(house: House, opened):
    page = settings_page(house, opened)
    outlook = page.locator("#connected > li", has_text="Outlook.com")
    assert outlook.get_by_text("No mail by this way yet.").count() == 1
    mail = {"subject": "x", "recipients": ["bob@example.com"], "html": "<p>x</p>"}
    house.call("POST", "/v1/messages", mail | {"door": "outlook"})
    house.call("POST", "/v1/messages", mail | {"door": "thunderbird", "prepared": True})
    house.call("GET", "/v1/messages")  # to be used is no mail
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # its sender comes back to the page
    outlook.get_by_text("Last mail by this way: just now").wait_for()
    assert page.get_by_text("No mail by this way yet.").count() == 4, "what is only prepared is no mail yet"


NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def staying(house: House, screens):
    """The settings, loaded once for all screens of a language."""
    visitors, _ = screens
    yield cache(lambda language: settings_page(house, visitors, locale=language, viewport=NARROW))
    visitors.silent()


@pytest.mark.parametrize(
    ("language", "scheme", "viewport"),
    [
        ("en-GB", "light", {"width": 1280, "height": 720}),
        ("en-GB", "dark", {"width": 1280, "height": 720}),
        ("en-GB", "light", NARROW),
        ("hi-IN", "light", NARROW),
    ],
    ids=["light", "dark", "phone", "hindi"],
)
def test_it_fits_its_screen(request, staying, language, scheme, viewport):
    page = staying(language)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(viewport)
    box = page.locator("#programs").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]
    for each in page.locator("#connected .act, #connected .strong").all():
        part = each.bounding_box()
        assert part["x"] >= box["x"] and part["x"] + part["width"] <= box["x"] + box["width"]
    if folder := os.environ.get("UNSEALED_PICTURES"):
        page.locator("#programs").screenshot(path=f"{folder}/connect-{request.node.callspec.id}.png")
