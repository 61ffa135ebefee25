"""The API's calls that try a channel: what its service answers."""

from msgspec import Struct

from chalicelib.routes.api.dispatch import Call
from chalicelib.work.telling import trying
from chalicelib.work.telling.trying import Trial


class TrialShape(Struct, frozen=True):
    """Whether the service took it, and what it answered."""

    taken: bool
    detail: str


def device(call: Call, id: str) -> TrialShape:
    """Push a test to a device."""
    return _shape(trying.by_push(call.sender, id, call.at))


def mail(call: Call) -> TrialShape:
    """Mail a test to where notifications go."""
    return _shape(trying.by_mail(call.sender, call.at))


def webhook(call: Call, id: str) -> TrialShape:
    """Post a test to a webhook."""
    return _shape(trying.by_webhook(call.sender, id, call.at))


def _shape(trial: Trial) -> TrialShape:
    return TrialShape(trial.taken, trial.sentence)
