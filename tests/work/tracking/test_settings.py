"""The owner's own windows and weights reach the verdicts, and a wrong name is told."""

import pytest

from chalicelib.config import config
from chalicelib.domain.verdicts.weights import DEFAULT
from chalicelib.work.tracking.settings import UnknownSetting, settings
from tests.makers import CHROME, HOME
from tests.system import System


@pytest.fixture
def set_to(embedded, monkeypatch):
    def put(text: str) -> None:
        monkeypatch.setenv("VERDICT_SETTINGS", text)
        config.cache_clear()
        settings.cache_clear()

    yield put
    monkeypatch.undo()
    config.cache_clear()
    settings.cache_clear()


def test_without_a_word_from_the_owner_they_are_the_defaults(set_to):
    set_to("")
    assert settings() is DEFAULT


def test_one_may_be_set_and_the_others_stay(set_to):
    set_to('{"hold_open": 90, "burst": [[2, 1.5]]}')
    assert (settings().hold_open, settings().burst, settings().hold_click) == (90, ((2, 1.5),), DEFAULT.hold_click)


@pytest.mark.parametrize("text", ['{"hold_opens": 1}', "[1]", "hold_open=1", '"x"'])
def test_what_is_no_setting_is_told(set_to, text):
    set_to(text)
    with pytest.raises(UnknownSetting, match="VERDICT_SETTINGS must be like"):
        settings()


@pytest.mark.parametrize(("wait", "told"), [(300.0, 0), (0.0, 1)])
def test_a_wait_that_the_owner_set_is_the_wait(set_to, fresh_table, wait, told):
    set_to(f'{{"hold_open": {wait}}}')
    system = System(fresh_table)
    message = system.send()
    system.opened(message, 120, CHROME, HOME)
    system.follow()
    assert len(system.aws.outbox()) == told
    system.minute(120 + 400)
    assert len(system.aws.outbox()) == 1
