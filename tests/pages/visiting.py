"""Pages opened in a browser: in contexts of their own, with an ear at their consoles, and looked at once they have settled.

visitors = Visitors(chromium, house, {})
page = visitors(color_scheme="dark")                   # signed in; visitors(signed_in=False)
settled(page, at(house, "today", message))
visitors.leave()                                       # no console said anything
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.make_run import House
from tests.waiting import until

PAGES = ["today", "messages", "message", "contacts", "contact", "compose", "settings", "sign-in"]
EVERY = [*PAGES, "start", "nothing"]
SIGNED_OUT = ("sign-in", "start")  # what is for those who have not signed in

# Whatever came in was worked off, and is drawn.
IDLE = "new Promise(done => requestAnimationFrame(() => scheduler.postTask(done, {priority: 'background'})))"


def at(house: House, name: str, message: Any) -> str:
    """The address of a page by its name."""
    if name == "start":
        return f"{house.url}/"
    query = {"message": f"?id={message['id']}", "contact": "?email=bob@example.com"}.get(name, "")
    return f"{house.url}/app/{name}{query}"


@contextmanager
def resting(page: Any) -> Iterator[None]:
    """When it ends, what was done to the page within it is over: all that it asked for came, and it has no more to ask for."""
    many = {"request": 0, "requestfinished": 0, "requestfailed": 0}

    def counting(name: str) -> Callable[[Any], None]:
        return lambda _: many.update({name: many[name] + 1})

    listeners = {name: counting(name) for name in many}
    for name, listener in listeners.items():
        page.on(name, listener)
    yield
    known, end = -1, time.monotonic() + 15
    while known < many["request"] or many["request"] > many["requestfinished"] + many["requestfailed"]:
        assert time.monotonic() < end, many
        known = many["request"]
        page.evaluate(IDLE)
    for name, listener in listeners.items():
        page.remove_listener(name, listener)


def settled(page: Any, url: str) -> Any:
    """The page at an address, once it shows itself and rests."""
    with resting(page):
        page.goto(url)
        page.wait_for_selector("h1")
    return page


def pushing(house: House, page: Any) -> Callable[[str], None]:
    """Hands pushes to the worker of a page, as the browser's push service does."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    session = page.context.new_cdp_session(page)
    known: list[Any] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: known.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    until(lambda: page.evaluate(IDLE) or known)  # what comes is heard while the page is asked
    place = {"origin": house.url, "registrationId": known[-1]["registrationId"]}
    return lambda data: session.send("ServiceWorker.deliverPushMessage", place | {"data": data}) and None


SHOWN = (
    "navigator.serviceWorker.ready.then(found => found.getNotifications())"
    ".then(found => found.map(({title, body, tag, data, actions}) => ({title, body, tag, data, actions})))"
)


def hearing(page: Any) -> Callable[[str], list[dict[str, Any]]]:
    """What is shown once the worker has told the page that a notification of this title is.

    Only then is it asked: Chromium forgets a notification that is asked for while it is being shown.
    """
    page.evaluate(
        "navigator.serviceWorker.addEventListener('message', event => (window.told = event.data.pushed));"
        "navigator.serviceWorker.startMessages()"
    )

    def shown(title: str) -> list[dict[str, Any]]:
        page.wait_for_function("title => window.told === title", arg=title)
        return list(page.evaluate(SHOWN))

    return shown


Contexts = dict[str, list[Any]]
"""Those of a browser that no test has meanwhile, by what was wanted of them."""


class Visitors:
    """Makes pages, each in a context that no other has meanwhile. A context is used again by who wants the same of it: what
    it knows of the world, cookies and what pages remember apart, is what makes a first page slow.
    """

    def __init__(self, chromium: Any, house: House, contexts: Contexts) -> None:
        self._chromium, self._house, self._idle = chromium, house, contexts
        self._busy: list[tuple[str, Any]] = []
        self._said: list[str] = []
        self._expected = {"401"}

    def __call__(self, signed_in: bool = True, expects: str = "401", fresh: bool = False, **settings: Any) -> Any:
        """A page, signed in unless told otherwise. `expects` is a status that its console may name; `fresh` is for who changes
        the context itself: its clock, its rights, what runs in every page of it.
        """
        self._expected.add(expects)
        wanted = {"locale": "en-GB", "timezone_id": "Europe/Berlin"} | settings
        kind = "" if fresh else json.dumps(wanted, sort_keys=True)
        known = self._idle.get(kind)
        context = known.pop() if known else self._chromium.new_context(**wanted)
        self._busy.append((kind, context))
        page = context.new_page()
        page.on("console", lambda message: message.type in ("error", "warning") and self._said.append(message.text))
        page.on("pageerror", lambda error: self._said.append(str(error)))
        page.set_default_timeout(15_000)
        if signed_in:
            self.sign_in(page)
        return page

    def sign_in(self, page: Any) -> None:
        """As the demo sender, in the context of this page."""
        assert page.request.post(f"{self._house.url}/_local/sign-in").status == 200

    def leave(self, *expected: str) -> None:
        """Close all pages. Raises AssertionError where a console said anything, statuses that were expected apart."""
        for kind, context in self._busy:
            if kind:
                self._forget(context)
                self._idle.setdefault(kind, []).append(context)
            else:
                context.close()
        self._busy.clear()
        self.silent(*expected)

    def silent(self, *expected: str) -> None:
        """Raises AssertionError where a console said anything since, statuses that were expected apart."""
        said, allowed = [*self._said], {*self._expected, *expected}
        self._said.clear()
        self._expected = {"401"}
        assert [each for each in said if not any(status in each for status in allowed)] == []

    def _forget(self, context: Any) -> None:
        kept = {"origin": self._house.url, "storageTypes": "local_storage"}
        context.new_cdp_session(context.pages[0]).send("Storage.clearDataForOrigin", kept)
        for page in context.pages:
            page.close()
        context.clear_cookies()  # not before: a page that is no longer signed in leads away, and one that does is hard to close
