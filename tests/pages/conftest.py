"""One browser for the tests of the pages, a running system for each file, and the pages opened in it."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from tests.chromium import browsing
from tests.make_run import House, running
from tests.pages.visiting import EVERY, SIGNED_OUT, Contexts, Visitors, at, settled


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """The browser, for all files that come one after another."""
    with browsing() as made:
        yield made


@pytest.fixture(scope="package")
def contexts() -> Contexts:
    """Those of its contexts that no test has meanwhile."""
    return {}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A system of its own for each module."""
    with running(
        tmp_path_factory.mktemp("house") / "data", WEBHOOK_LOOPBACK="on", RELAY_ADDRESS="localhost:2525"
    ) as made:
        yield made


@pytest.fixture
def opened(chromium: Any, house: House, contexts: Contexts) -> Iterator[Callable[..., Any]]:
    """Makes pages, signed in unless told otherwise. At the end of the test the console must be silent."""
    visitors = Visitors(chromium, house, contexts)
    yield visitors
    visitors.leave()


@pytest.fixture(scope="module", params=EVERY)
def name(request: pytest.FixtureRequest) -> str:
    """Each page in turn: the tests of one come together, upon the same page, loaded once."""
    return str(request.param)


@pytest.fixture(scope="module")
def screens(chromium: Any, house: House, contexts: Contexts) -> Iterator[tuple[Visitors, Callable[[str], Any]]]:
    """A page on a `desk` and one on a `phone`, which stay for all tests of a file."""
    visitors = Visitors(chromium, house, contexts)
    yield visitors, cache(lambda kind: visitors(**chromium.phone if kind == "phone" else {}))
    visitors.leave()


@pytest.fixture(scope="module")
def shown(
    house: House, screens: tuple[Visitors, Callable[[str], Any]], message: Any, name: str
) -> Iterator[Callable[[str], Any]]:
    """Gives the page of this name on a `desk` or a `phone`, loaded as soon as a test asks for it."""
    visitors, screen = screens

    def load(kind: str) -> Any:
        page = screen(kind)
        if name in SIGNED_OUT:
            page.context.clear_cookies()
        elif not page.context.cookies():
            visitors.sign_in(page)
        return settled(page, at(house, name, message))

    yield cache(load)
    visitors.silent(*["404"] * (name == "nothing"))
