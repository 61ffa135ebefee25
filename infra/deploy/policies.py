"""What each function may do: the files of infra/policies/, with the owner's resources filled in.

They are written in the notation of CloudFormation's Fn::Sub: `${Table.Arn}`. The way of `make deploy` puts the names in,
that of `make package` leaves them to CloudFormation. A statement about something that this stage does not have, such as
an application for pushes, is left out.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "policies"

_NAME = re.compile(r"\$\{([A-Za-z0-9:._]+)\}")

Policy = dict[str, Any]


def functions() -> list[str]:
    """The functions that have a policy."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def read(function: str) -> Policy:
    """A function's policy as it stands in its file."""
    policy: Policy = json.loads((FOLDER / f"{function}.json").read_text())
    return policy


def filled_in(policy: Policy, names: Mapping[str, str]) -> Policy:
    """The policy with all names put in. Raises KeyError for one that is not known."""
    return _each_resource(policy, names, lambda text: _fill(text, names))


def for_cloudformation(policy: Policy, names: Mapping[str, str]) -> Policy:
    """The policy with the settings' names put in, the others left to CloudFormation."""

    def left(text: str) -> Any:
        known = _NAME.sub(lambda found: names.get(found[1], found[0]), text)
        return {"Fn::Sub": known} if _NAME.search(known) else known

    return _each_resource(policy, names, left)


def _each_resource(policy: Policy, names: Mapping[str, str], put: Any) -> Policy:
    statements = []
    for statement in policy["Statement"]:
        there = [text for text in statement["Resource"] if all(names.get(name, name) for name in _NAME.findall(text))]
        if there:
            statements.append({**statement, "Resource": [put(text) for text in there]})
    return {**policy, "Statement": statements}


def _fill(text: str, names: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: names[found[1]], text)
