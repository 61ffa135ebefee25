"""`make package`: everything as one template of CloudFormation (SAM), for owners with a pipeline of their own.

What is written into build/STAGE/package (sam.json and deployment.zip) goes on by `aws cloudformation package` and
`deploy`. Here no step comes after: what Chalice cannot say stands in the template.
"""

import json
from pathlib import Path
from typing import Any

from infra.deploy import deployment_zip, functions, policies, project, stack
from infra.deploy.settings import Settings

_PARAMETERS = {
    "Secrets": {
        "Type": "String",
        "NoEcho": True,
        "MinLength": 32,
        "Description": "What signs the tokens: random letters, newest first, with commas between. Never lose an old one.",
    },
    "VapidKeys": {
        "Type": "String",
        "NoEcho": True,
        "Default": "",
        "Description": "Private keys for pushes to browsers: 32 bytes in base64url, newest first; empty for no such pushes.",
    },
    "PublicUrl": {
        "Type": "String",
        "AllowedPattern": "https://.+",
        "Description": "Where recipients reach the API: the custom domain, or the output EndpointURL of a first deploy.",
    },
}


def bundle(settings: Settings, folder: Path) -> Path:
    """Write template and zip; the folder that they are in. Raises CannotDeploy."""
    names = settings.names
    rendered = {name: policies.for_cloudformation(policies.read(name), names) for name in policies.functions()}
    project.lay_out(folder)
    project.configure(folder, settings, settings.environment, rendered)
    merge = folder / "merge.json"
    merge.write_text(json.dumps(merged(settings), indent=2))
    deployment_zip.package(folder, settings.stage, "--merge-template", str(merge.resolve()))
    return folder / "package"


def merged(settings: Settings) -> dict[str, Any]:
    """What Chalice's template is to be merged with: the resources, and what Chalice cannot say of the functions."""
    resources, extras = functions.load(stack.TEMPLATE), functions.load(functions.FILE)
    environment = extras["Globals"]["Function"]["Environment"]["Variables"]
    environment |= {"SECRETS": {"Ref": "Secrets"}, "PUBLIC_URL": {"Ref": "PublicUrl"}}
    environment["VAPID_KEYS"] = {"Ref": "VapidKeys"}
    parameters = {**resources["Parameters"], **_PARAMETERS}
    parameters["Stage"] = {**parameters["Stage"], "Default": settings.stage, "AllowedValues": [settings.stage]}
    parameters["Domain"] = {**parameters["Domain"], "Default": settings.domain}
    parameters["AlarmEmail"] = {**parameters["AlarmEmail"], "Default": settings.alarm_email}
    return {
        **resources,
        "Parameters": parameters,
        "Globals": extras["Globals"],
        "Resources": {**resources["Resources"], **extras["Resources"]},
    }
