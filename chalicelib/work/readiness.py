"""Whether this deployment has what it needs to answer.

The table is not asked: a pixel answers without it, and what it does not take spills, which has an alarm of its own.
"""

from typing import NamedTuple

from chalicelib.config import VERSION, MissingSettings, config
from chalicelib.domain.errors import BadInput
from chalicelib.work.doors import mail_servers
from chalicelib.work.tracking.settings import UnknownSetting, settings


class Readiness(NamedTuple):
    """Which version answers, and what is missing or wrong in its settings: a sentence, empty if nothing is."""

    version: str
    missing: str


def readiness() -> Readiness:
    """How this process stands."""
    try:
        config()
        settings()
        mail_servers.relay()
        mail_servers.reading_servers()
    except (MissingSettings, UnknownSetting) as failure:
        return Readiness(VERSION, str(failure))
    except BadInput as failure:
        return Readiness(VERSION, f"{failure.field}: {failure.sentence}")
    return Readiness(VERSION, "")
