"""What the environment says to a process of ours that runs on its own: what cannot be what it is, is told in one sentence."""

import os
import re
from pathlib import Path


class WrongSetting(Exception):  # noqa: N818 - said to a person as it is
    """A setting cannot be what it is. The message names it, and says what it may be."""


def port(name: str, otherwise: int) -> int:
    """The port that a setting names, 0 for a free one. Raises WrongSetting."""
    wanted = os.environ.get(name) or str(otherwise)
    if not re.fullmatch(r"[0-9]{1,5}", wanted) or int(wanted) > 65_535:
        raise WrongSetting(f"{name} is a number from 0 to 65535, which “{wanted}” is not.")
    return int(wanted)


def number(name: str, otherwise: int) -> int:
    """The whole number, from 1 up, that a setting says. Raises WrongSetting."""
    wanted = os.environ.get(name) or str(otherwise)
    if not re.fullmatch(r"[1-9][0-9]{0,8}", wanted):
        raise WrongSetting(f"{name} is a whole number from 1 up, which “{wanted}” is not.")
    return int(wanted)


def read_file() -> None:
    """Take over what stands in the file that SETTINGS names, if any: lines NAME=VALUE, and comments. What is set stays so.

    Raises WrongSetting.
    """
    file = os.environ.get("SETTINGS")
    if not file:
        return
    try:
        lines = Path(file).read_text().splitlines()
    except (OSError, UnicodeDecodeError) as failure:
        raise WrongSetting(f"SETTINGS names {file}, which cannot be read ({type(failure).__name__}).") from failure
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        found = re.fullmatch(r"([A-Z][A-Z0-9_]*)\s*=\s*(.*)", line)
        if found is None:
            raise WrongSetting(f"Line {number} of {file} is not NAME=VALUE.")
        os.environ.setdefault(found[1], _unquoted(found[2]))


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
