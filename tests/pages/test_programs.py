"""Connect your mail, in the settings: the ways, what a click brings, and when each was last used."""

import os
import plistlib
from collections.abc import Iterator

import pytest

from tests.house import House, running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A system with a relay."""
    with running(tmp_path_factory.mktemp("house") / "data", RELAY_ADDRESS="localhost:2525") as made:
        yield made


def test_the_ways_are_named_and_what_they_offer_is_there(house: House, opened):
    page = opened()
    page.goto(f"{house.url}/app/settings#programs")
    ways = page.locator("#connected > li")
    ways.first.wait_for()
    assert ways.count() == 5
    hrefs = [each.get_attribute("href") for each in page.locator("#connected a").all()]
    assert f"{house.url}/outlook/manifest.xml" in hrefs and f"{house.url}/thunderbird/unsealed.xpi" in hrefs
    for href in hrefs:
        answer = page.request.get(f"{href}&server=imap.example.com" if "email=" in href else href)
        assert answer.status == 200, href
        if "email=" in href:
            [account] = plistlib.loads(answer.body())["PayloadContent"]
            assert account["OutgoingMailServerHostName"] == "localhost"
    if os.environ.get("UNSEALED_PICTURES"):
        page.locator("#programs").screenshot(path=os.environ["UNSEALED_PICTURES"])


def test_a_way_says_when_its_token_was_last_used(house: House, opened):
    page = opened()
    page.goto(f"{house.url}/app/settings")
    page.locator("#connected > li").first.wait_for()
    assert page.locator("#connected").get_by_text("last used").count() == 0
    made = page.evaluate(
        "fetch('/v1/tokens', {method: 'POST', headers: {'Content-Type': 'application/json'}, "
        "body: JSON.stringify({name: 'Outlook', scopes: ['read', 'send']})}).then(answer => answer.json())"
    )
    used = page.request.get(f"{house.url}/v1/messages", headers={"Authorization": f"Bearer {made['token']}"})
    assert used.status == 200
    page.reload()
    outlook = page.locator("#connected > li", has_text="Outlook")
    outlook.get_by_text("last used").wait_for()
