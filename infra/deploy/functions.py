"""What Chalice cannot say of the functions: infra/functions.yaml, as `make deploy` reads it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "functions.yaml"

_SOURCES = {"Stream": "dynamodb", "Queue": "sqs"}


@dataclass(frozen=True, slots=True)
class Source:
    """What an event source mapping of Lambda hands over: `kind` is `dynamodb` or `sqs`, `settings` as the API has them."""

    kind: str
    arn: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Extras:
    """The environment of all functions; by the function's name its source, and the settings of its asynchronous calls."""

    environment: Mapping[str, str]
    sources: Mapping[str, Source]
    invocations: Mapping[str, Mapping[str, Any]]


def full_name(stage: str, function: str) -> str:
    """What a function is called in the account: Chalice calls the HTTP function by the stage alone."""
    return f"unsealed-{stage}" if function == "api_handler" else f"unsealed-{stage}-{function}"


def load(file: Path) -> dict[str, Any]:
    """A template, with CloudFormation's short forms (!Ref) made long."""
    from chalice.package import YAMLTemplateSerializer  # a fifth of a second: only a deploy pays it

    content: dict[str, Any] = YAMLTemplateSerializer().load_template(file.read_text(), str(file))
    return content


def extras(names: Mapping[str, str]) -> Extras:
    """What the file says, with `names` filled in. Raises KeyError for a name that is not known."""
    template = _resolved(load(FILE), names)
    sources, invocations = {}, {}
    for resource in template["Resources"].values():
        properties = resource["Properties"]
        function = properties["FunctionName"]
        for event in properties.get("Events", {}).values():
            settings = dict(event["Properties"])
            for name, kind in _SOURCES.items():
                if name in settings:
                    sources[function] = Source(kind, settings.pop(name), settings)
        if "EventInvokeConfig" in properties:
            invocations[function] = properties["EventInvokeConfig"]
    return Extras(template["Globals"]["Function"]["Environment"]["Variables"], sources, invocations)


def _resolved(value: Any, names: Mapping[str, str]) -> Any:
    match value:
        case {"Ref": name}:
            return names[name]
        case {"Fn::GetAtt": [name, attribute]}:
            return names[f"{name}.{attribute}"]
        case {"Fn::Sub": str(text)}:
            return re.sub(r"\$\{([^}]+)\}", lambda found: names[found[1]], text)
        case {"OnFailure": {"Destination": destination}}:  # SAM wants a Type beside it, the API does not
            return {"OnFailure": {"Destination": _resolved(destination, names)}}
        case dict():
            return {name: _resolved(each, names) for name, each in value.items()}
        case list():
            return [_resolved(each, names) for each in value]
    return value
