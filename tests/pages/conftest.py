"""One running system for the tests of the pages, and the pages opened in it. Where Chromium is missing they are skipped."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.house import House, running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A system of its own for each module."""
    with running(
        tmp_path_factory.mktemp("house") / "data", WEBHOOK_LOOPBACK="on", RELAY_ADDRESS="localhost:2525"
    ) as made:
        yield made


@pytest.fixture
def opened(chromium: Any, house: House) -> Iterator[Callable[..., Any]]:
    """Makes pages, signed in unless told otherwise. At the end of the test the console must be silent."""
    contexts, said, expected = [], [], ["401"]

    def make(signed_in: bool = True, expects: str = "401", **settings: Any) -> Any:
        expected.append(expects)
        context = chromium.new_context(**{"locale": "en-GB", "timezone_id": "Europe/Berlin"} | settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: message.type in ("error", "warning") and said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.set_default_timeout(15_000)
        if signed_in:
            page.goto(f"{house.url}/")
            assert page.evaluate("fetch('_local/sign-in', {method: 'POST'}).then(answer => answer.status)") == 200
        return page

    yield make
    for context in contexts:
        context.close()
    assert [each for each in said if not any(status in each for status in expected)] == []
