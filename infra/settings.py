"""What the environment says to a process of ours that runs on its own: what cannot be what it is, is told in one sentence."""

import os
import re


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
