"""The page that draws the Gmail add-on's cards on the local system: each is one that Google would take, in each language."""

import json
import re
from collections.abc import Iterator

import pytest
from google.apps.card_v1 import Card

from infra.local.cards import Cards
from infra.local.httpd import Request
from tests import one_machine
from tests.makers import HOME, THUNDERBIRD
from tests.system import System

ANN = "ann@sender.example"


@pytest.fixture
def system() -> Iterator[System]:
    with one_machine.started() as here:
        yield System(here)  # type: ignore[arg-type] # it answers the same


def drawn(system: System, language: str) -> str:
    answer = Cards(ANN, lambda: system.now)(Request("GET", f"/_local/cards?language={language}", (), b"", "127.0.0.1"))
    assert answer.status == 200
    return answer.body.decode()


def test_they_show_what_is_known_of_the_newest_mails(system: System):
    message = system.send(subject="Offer <b>for June")
    system.opened(message, 7_200, THUNDERBIRD, HOME)
    system.follow()
    page = drawn(system, "en")
    assert "<b>Offer &lt;b&gt;for June</b>" in page and "1 open; last" in page
    assert page.count("<figure>") >= 12 and "Sign in" in page and "Which of these is it?" in page


@pytest.mark.parametrize(("language", "letters"), [("hi", "[\u0900-\u097f]"), ("kn", "[\u0c80-\u0cff]")])
def test_each_button_speaks_the_language_that_is_asked_for(system: System, language, letters):
    buttons = re.findall("<button>([^<]*)</button>", drawn(system, language))
    assert len(buttons) > 10 and all(re.search(letters, each) for each in buttons)


def test_google_takes_each_of_them(system: System):
    system.send()
    for name, card in Cards(ANN, lambda: system.now).every():
        assert Card.from_json(json.dumps(card)), name
