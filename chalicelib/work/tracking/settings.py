"""How this deployment judges: the windows and weights of the verdicts, with what its owner set otherwise."""

import json
from functools import cache
from typing import Any

from chalicelib.config import config
from chalicelib.domain.verdicts.weights import DEFAULT, Settings


class UnknownSetting(Exception):  # noqa: N818
    """VERDICT_SETTINGS is no JSON object of names and values that domain/verdicts/weights.py knows."""


@cache
def settings() -> Settings:
    """The settings of the verdicts: domain/verdicts/weights.py has their names and what they are without VERDICT_SETTINGS."""
    return read(config().verdict_settings)


def read(text: str) -> Settings:
    """The settings that a VERDICT_SETTINGS stands for, an empty one among them. Raises UnknownSetting."""
    if not text:
        return DEFAULT
    try:
        from dataclasses import replace  # an open waits for what is loaded above

        wanted = json.loads(text)
        return replace(DEFAULT, **{name: _frozen(value) for name, value in wanted.items()})
    except (ValueError, TypeError, AttributeError) as failure:
        raise UnknownSetting(f'VERDICT_SETTINGS must be like {{"hold_open": 90}}: {failure}') from failure


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value
