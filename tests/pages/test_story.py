"""The whole way in a real Chromium: `make run`, sign in, make a mail, play a reader, see the row change, get the push, mute.

Chromium subscribes at Google's service only, so the subscription is the test's own: what the system encrypts for it is
decrypted here, and handed to the browser's worker as the service would. Firefox goes that last step too
(test_firefox_push.py).
"""

import shutil
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.make_run import BY_MAKE, House, running
from tests.pages.visiting import hearing, pushing
from tests.waiting import until
from tests.webhook_endpoint import Endpoint, receiving

KEY, AUTH = ec.generate_private_key(ec.SECP256R1()), b"sixteen bytes..."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """As somebody starts it who has just come: by make, with nothing in it."""
    if shutil.which("make") is None:
        pytest.skip("There is no make.")
    with running(tmp_path_factory.mktemp("house") / "data", BY_MAKE, WEBHOOK_LOOPBACK="on") as made:
        yield made


@pytest.fixture
def service() -> Iterator[Endpoint]:
    """A push service that takes everything."""
    with receiving() as endpoint:
        endpoint.status = 201
        yield endpoint


def test_from_the_first_start_to_the_mute(house: House, service: Endpoint, opened):
    page = opened(signed_in=False, fresh=True, permissions=["notifications"])
    page.context.add_init_script("document.hasFocus = () => false")  # looked at from beside another window
    page.goto(f"{house.url}/")
    page.get_by_role("button", name="Sign in as the demo sender").click()
    page.wait_for_url(f"{house.url}/app/today")
    page.get_by_role("heading", name="Three steps to begin").wait_for()
    deliver = pushing(house, page)
    subscribe(page, service)

    page.goto(f"{house.url}/")
    page.get_by_role("button", name="Make a mail to Bob").click()
    page.get_by_role("button", name="A person reads it in Gmail").wait_for()
    messages = page.context.new_page()
    messages.goto(f"{house.url}/app/messages")
    row = messages.locator("main .list li", has_text="Offer for June")
    row.filter(has_text="No sign yet").wait_for()
    messages.evaluate("window.mine = true")
    shown = hearing(messages)

    page.get_by_role("button", name="A person reads it in Gmail").click()
    deliver(received(service).decode())
    row.filter(has_text="Opened").wait_for()
    assert messages.evaluate("window.mine") is True, "without a reload"
    assert messages.locator("#said").inner_text() == "Bob opened “Offer for June”"
    assert messages.title() == "(1) Messages · Unsealed"
    (one,) = shown("Bob opened “Offer for June”")
    assert "sure" in one["body"]
    (mute,) = [each for each in one["data"]["actions"] if each["action"] == "mute"]

    # What the press on the notification leads to: it mutes, says so, and the list has the mark.
    page.goto(mute["navigate"])
    page.get_by_text("Muted: you are not told of this mail any more.").wait_for()
    messages.reload()
    row.get_by_text("Muted").wait_for(state="attached")
    assert house.call("GET", "/v1/messages")["items"][0]["muted"] is True


def subscribe(page: Any, service: Endpoint) -> None:
    point = KEY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    keys = {"p256dh": text(point), "auth": text(AUTH)}
    body = {"platform": "web", "token": f"{service.url}/push/1", "keys": keys, "name": "Chromium"}
    status = page.evaluate(
        "body => fetch('../v1/devices', {method: 'POST', headers: {'Content-Type': 'application/json'},"
        " body: JSON.stringify(body)}).then(answer => answer.status)",
        body,
    )
    assert status == 201


def received(service: Endpoint) -> bytes:
    """The next push, decrypted."""
    until(lambda: service.posts)
    return bytes(http_ece.decrypt(service.posts.pop(0).body, private_key=KEY, auth_secret=AUTH))


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
