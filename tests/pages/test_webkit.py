"""The pages in WebKit, the engine of Safari: a person signs in with the code from their mail, and each page shows itself."""

from collections.abc import Iterator

import pytest

from tests.make_run import House
from tests.pages.visiting import PAGES, at
from tests.pages.webkit import MISSING, WebKit, webkit
from tests.waiting import until

pytestmark = pytest.mark.skipif(MISSING is not None, reason=f"WebKit is not installed: {MISSING}")

FILL = (
    "const field = document.querySelector(arguments[0]); field.value = arguments[1];"
    "field.dispatchEvent(new Event('input', {bubbles: true})); field.form.requestSubmit();"
)
SHOWN = "return document.querySelector('h1')?.innerText"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebKit]:
    with webkit(tmp_path_factory.mktemp("webkit")) as made:
        yield made


@pytest.fixture(scope="module")
def message(house: House) -> object:
    made = house.send()
    house.opened(made)
    house.tells(made)
    return made


@pytest.fixture(scope="module")
def signed_in(house: House, browser: WebKit, message: object) -> WebKit:
    browser.go(f"{house.url}/app/sign-in")
    until(lambda: browser.run("return !!document.querySelector('input[type=email]')"))
    browser.run(FILL, "input[type=email]", "demo@localhost.example")
    until(lambda: browser.run("return !!document.querySelector('input[autocomplete=one-time-code]')"))
    browser.run(FILL, "input[autocomplete=one-time-code]", house.code())
    until(lambda: browser.run("return location.pathname").endswith("/app/today"))
    return browser


def test_who_signs_in_is_led_on_and_has_the_worker(signed_in: WebKit):
    until(lambda: signed_in.run(SHOWN) == "Today")
    found = "navigator.serviceWorker.getRegistration().then(found => found?.scope ?? '')"
    assert until(lambda: signed_in.wait(found)).endswith("/app/")


@pytest.mark.parametrize("name", [page for page in PAGES if page != "sign-in"])
def test_each_page_shows_itself(house: House, signed_in: WebKit, message: object, name: str):
    signed_in.go(at(house, name, message))
    until(lambda: signed_in.run(SHOWN))
    assert signed_in.run("return document.querySelectorAll('[role=alert]').length") == 0
    assert "Try again" not in signed_in.run("return document.body.innerText")
