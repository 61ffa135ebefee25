"""Pictures of every page, to look at: `python -m tests.pages.pictures FOLDER [NAME...]`.

Each page light, dark and on a phone, with a full account and an empty one, in Hindi, and from right to left. The names of
the files say which is which; with names, only those whose name holds one of them are taken.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.chromium import ARGUMENTS, CHROMIUM
from tests.make_run import House, running

PAGES = ("today", "messages", "message", "contacts", "contact", "compose", "settings", "sign-in", "start", "nothing")
MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"phone": True, "color_scheme": "light"},
    "hindi": {"phone": True, "color_scheme": "light", "locale": "hi-IN"},
    "rtl": {"color_scheme": "light"},
}
APPLE = ("Mozilla/5.0", "172.224.226.11")
DAY = 86_400
PEOPLE = {
    "bob@example.com": "Bob Brown",
    "carol@icloud.com": "Carol Clark",
    "dora@example.org": "Dora Diaz",
    "erik@example.net": "Erik Engel",
    "fatima@example.com": "Fatima Farsi",
    "priya@example.co.in": "Priya Patel",
}


def filled(house: House) -> str:
    """Weeks of a sender's mail. The id of the message that shows most."""
    for week in range(3):
        for number, (email, name) in enumerate(PEOPLE.items()):
            mail = house.send(f"Notes of week {week + 1}", email, name)
            if number % 3 != 1:
                house.opened(mail)
            if number == 0 and week:
                house.call("POST", f"/v1/messages/{mail['id']}/replies", {"recipient": email})
            _pass(house, DAY + 1800 * number)
    offer = _written(house, "Offer for June: the whole house, painted and cleaned", *list(PEOPLE)[:3])
    together = _written(house, "Agenda for Thursday", *list(PEOPLE)[:4], copies="shared")
    _pass(house, 7200)
    house.opened(offer)
    house.opened(offer, 1, *APPLE)
    house.followed(offer)
    house.opened(together)
    _pass(house, 3600)
    house.opened(offer)
    house.opened(offer, 2)
    _taken_back(house)
    house.call("POST", f"/v1/messages/{offer['id']}/replies", {"recipient": "dora@example.org"})
    house.call("PATCH", f"/v1/messages/{offer['id']}", {"remind": "two_business_days"})
    house.send("Your question of last week", "erik@example.net", "Erik Engel")
    _pass(house, 1800)
    return str(offer["id"])


def _taken_back(house: House) -> None:
    """A click that was told, and then turned out to be a machine's."""
    links = "".join(f'<a href="https://example.com/{number}">{number}</a> ' for number in range(10))
    body = {"subject": "Ten ideas for the garden", "recipients": ["fatima@example.com"], "html": links}
    mail = house.call("POST", "/v1/messages", body)
    _pass(house, 7200)
    house.followed(mail)
    _pass(house, 20)
    for link in range(1, 10):
        house.followed(mail, link)


def _written(house: House, subject: str, *emails: str, copies: str = "each") -> Any:
    people = [{"email": email, "name": PEOPLE[email]} for email in emails]
    html = '<p>See <a href="https://example.com/offer">our offer</a> and <a href="https://example.com/terms">the terms</a>.</p>'
    return house.call(
        "POST", "/v1/messages", {"subject": subject, "recipients": people, "html": html, "copies": copies}
    )


def _pass(house: House, seconds: float) -> None:
    house.call("POST", "/_local/clock", {"advance_seconds": seconds})


def taken(
    browser: Any, house: House, message: str, folder: Path, of: str, wanted: list[str], phone: Any
) -> Iterator[Path]:
    """The pictures of one house."""
    for mode, given in MODES.items():
        settings = dict(given)
        if settings.pop("phone", False):
            settings |= phone
        context = browser.new_context(**{"locale": "en-GB", "timezone_id": "Europe/Berlin"} | settings)
        page = context.new_page()
        page.goto(f"{house.url}/")
        page.evaluate("fetch('_local/sign-in', {method: 'POST'})")
        house.call("PUT", "/v1/preferences", {"language": "hi" if mode == "hindi" else "en"})
        for name in PAGES:
            path = folder / f"{name}-{of}-{mode}.png"
            if (wanted and not any(each in path.name for each in wanted)) or (name == "message" and not message):
                continue
            query = {"message": f"?id={message}", "contact": "?email=bob@example.com"}.get(name, "")
            page.goto(f"{house.url}/" if name == "start" else f"{house.url}/app/{name}{query}")
            page.wait_for_selector("h1")
            page.wait_for_load_state("networkidle")
            if mode == "rtl":
                page.evaluate("document.documentElement.dir = 'rtl'")
            page.screenshot(path=path, full_page=True)
            yield path
        context.close()


def main() -> None:
    """Take them."""
    from playwright.sync_api import sync_playwright

    folder, *wanted = sys.argv[1:]
    Path(folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, TemporaryDirectory() as place:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        phone = {k: v for k, v in playwright.devices["iPhone 13"].items() if k != "default_browser_type"}
        for of in ("full", "empty"):
            (Path(place) / of).mkdir()
            with running(Path(place) / of / "data", RELAY_ADDRESS="localhost:2525") as house:
                for path in taken(
                    browser, house, filled(house) if of == "full" else "", Path(folder), of, wanted, phone
                ):
                    print(path, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
