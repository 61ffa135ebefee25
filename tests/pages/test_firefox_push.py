"""A push from end to end, in a real Firefox with a push service of our own: subscribed, encrypted, shown, pressed, ended."""

import pytest

from tests.make_run import House, running
from tests.pages.firefox import PROGRAM, Firefox, firefox
from tests.pages.push_service import SHOWN, PushService, url_of

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Firefox is not installed: apt-get install firefox-esr")

PRESS = "[...document.querySelectorAll('button')].find(each => each.innerText.includes(arguments[0])).click()"
SHOWN_NOW = (
    "navigator.serviceWorker.ready.then(found => found.getNotifications())"
    ".then(found => found.map(each => [each.title, each.tag, each.silent]))"
)


@pytest.fixture(scope="module")
def service():
    with PushService() as made:
        yield made


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with running(tmp_path_factory.mktemp("house") / "data", WEBHOOK_LOOPBACK="on") as made:
        yield made


@pytest.fixture(scope="module")
def browser(tmp_path_factory, service):
    with firefox(tmp_path_factory.mktemp("firefox"), url_of(service)) as made:
        yield made


def pushed(service: PushService, house: House, browser: Firefox, subject: str):
    message = house.send(subject)
    house.opened(message)
    assert service.acknowledged(20) == SHOWN, (service.taken, house.call("GET", "/v1/devices"))
    return message


def test_a_push_from_the_press_that_subscribes_to_the_one_that_ends_it(service, house, browser):
    browser.go(f"{house.url}/app/sign-in")
    browser.until("document.querySelector('h1')")
    assert browser.wait("fetch('../_local/sign-in', {method: 'POST'}).then(answer => answer.status)") == 200
    browser.go(f"{house.url}/app/settings#devices")
    browser.until("document.querySelector('#devices button')")
    browser.run(PRESS, "Subscribe again")
    browser.until("document.querySelector('#devices .state.opened')")
    (device,) = house.call("GET", "/v1/devices")["items"]
    assert device["platform"] == "web" and "Firefox" in device["name"]

    message = pushed(service, house, browser, "Offer for June")
    assert browser.eventually(SHOWN_NOW) == [["Bob opened “Offer for June”", message["id"], True]]
    status, headers = service.taken[-1]
    assert (status, headers["urgency"], headers["content-type"]) == (201, "normal", "application/octet-stream")

    # Pressed, it brings the open page to the message.
    with browser.chrome():
        browser.until("Services.wm.getEnumerator('alert:alert').hasMoreElements()")
        browser.run("Services.wm.getEnumerator('alert:alert').getNext().document.getElementById('alertBox').click()")
    browser.until(f"location.href.endsWith('/app/message?id={message['id']}')")

    # The test button says what the service answered.
    tried = house.call("POST", f"/v1/devices/{device['id']}/test")
    assert tried["taken"] and "201" in tried["detail"] and service.acknowledged(20) == SHOWN

    # Signed out, this browser is told no more: its subscription ends, and the device is gone.
    browser.go(f"{house.url}/app/settings")
    browser.until("document.querySelector('#you button')")
    browser.run(PRESS, "Sign out")
    browser.until("!location.pathname.includes('/app/')")
    assert house.call("GET", "/v1/devices")["items"] == [] and service.channels == {}
