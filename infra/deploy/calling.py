"""How functions are called, where Chalice has no word for it: event source mappings and asynchronous calls.

Set after each deploy, then read back and compared: without partial batches or a place for what fails, events would be
lost in silence.
"""

import time
from collections.abc import Mapping
from typing import Any

from infra.deploy.deployed import mappings
from infra.deploy.errors import CannotDeploy
from infra.deploy.functions import Extras, Source

_PAUSE = 2.0
_MOST_LOOKS = 90


def apply(session: Any, extras: Extras) -> None:
    """Set all, then compare with what AWS says. Raises CannotDeploy, naming what it did not take."""
    service = session.client("lambda")
    for function, source in extras.sources.items():
        uuid = _settled(service, function, source)["UUID"]
        service.update_event_source_mapping(UUID=uuid, **source.settings)
    for function, settings in extras.invocations.items():
        service.put_function_event_invoke_config(FunctionName=function, **settings)
    wrong = differences(session, extras)
    if wrong:
        raise CannotDeploy(f"Lambda did not take what it was told: {' '.join(wrong)} Deploy again.")


def differences(session: Any, extras: Extras) -> list[str]:
    """What AWS says otherwise than it should, in sentences."""
    service = session.client("lambda")
    found = []
    for function, source in extras.sources.items():
        found += _compared(function, source.settings, _settled(service, function, source))
    for function, settings in extras.invocations.items():
        found += _compared(function, settings, service.get_function_event_invoke_config(FunctionName=function))
    return found


def _settled(service: Any, function: str, source: Source) -> Mapping[str, Any]:
    """The function's mapping to its source, once no change of it is under way. Raises CannotDeploy."""
    for _ in range(_MOST_LOOKS):
        there = [mapping for mapping in mappings(service, function) if mapping["EventSourceArn"] == source.arn]
        if len(there) != 1:
            raise CannotDeploy(
                f"{function} has {len(there)} mappings to {source.arn}, and should have one. Deploy again."
            )
        if there[0].get("State", "Enabled") in ("Enabled", "Disabled"):
            return there[0]
        time.sleep(_PAUSE)
    raise CannotDeploy(f"The mapping of {function} has been changing for minutes. Deploy again later.")


def _compared(function: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    return [
        f"{name} of {function} is {found.get(name)!r} and should be {value!r}."
        for name, value in wanted.items()
        if not _holds(value, found.get(name))
    ]


def _holds(wanted: Any, found: Any) -> bool:
    """Whether what was found says all that was wanted; it may say more."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(_holds(value, found.get(name)) for name, value in wanted.items())
    return bool(wanted == found)
