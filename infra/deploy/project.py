"""The Chalice project as it is deployed: build/STAGE holds the same code, with the stage's settings and policies.

It is made anew each time, so that no byte code of a developer, no secret and no name of a resource ever gets into the
checkout: `.chalice/config.json` there holds what the owner says, and nothing else. A `chalice deploy` in the checkout
itself ends at once, since the policies are not there.
"""

import json
import os
import shutil
import subprocess  # nosec B404 # Chalice is a command line
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra.deploy.errors import CannotDeploy
from infra.deploy.policies import Policy
from infra.deploy.settings import Settings

ROOT = Path(__file__).parent.parent.parent
_ONE_MACHINE = ("sqlite", "one_machine.py")  # what only a system on one machine loads


def lay_out(folder: Path) -> None:
    """Lay the code out in `folder`, taking the place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / ".chalice").mkdir(parents=True, mode=0o700)
    shutil.copyfile(ROOT / "app.py", folder / "app.py")
    # The very versions that were tested, each by the hash of its file: pip takes no other (docs/deploying.md).
    shutil.copyfile(ROOT / "requirements.lock", folder / "requirements.txt")
    left = shutil.ignore_patterns("__pycache__", ".*", *_ONE_MACHINE)
    shutil.copytree(ROOT / "chalicelib", folder / "chalicelib", ignore=left)


def configure(folder: Path, settings: Settings, environment: Mapping[str, str], rendered: Mapping[str, Policy]) -> None:
    """Write the project's config.json, with the environment of all functions, and its policies."""
    for function, policy in rendered.items():
        (folder / ".chalice" / f"{function}.json").write_text(json.dumps(policy, indent=2))
    config = folder / ".chalice" / "config.json"
    config.touch(mode=0o600)  # the secrets are in it
    config.write_text(json.dumps(_config(settings, environment, rendered), indent=2))


def chalice(folder: Path, *arguments: str) -> str:
    """Run Chalice on the project; what it printed. Raises CannotDeploy with its last words."""
    code = "import sys; from chalice.cli import main; sys.exit(main())"
    region = {"AWS_DEFAULT_REGION": "us-east-1"}  # packing wants one, whichever
    done = subprocess.run(  # nosec B603 # no shell, and every word is ours: none comes from a mail or a request
        [sys.executable, "-B", "-c", code, *arguments],
        cwd=folder,
        env=region | os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        lines = [line for line in f"{done.stdout}\n{done.stderr}".splitlines() if line.strip()]
        last = "\n".join(lines[-12:])
        raise CannotDeploy(f"`chalice {arguments[0]}` did not succeed; mend what it says and run again:\n{last}")
    return done.stdout


def _config(settings: Settings, environment: Mapping[str, str], rendered: Mapping[str, Policy]) -> dict[str, Any]:
    """The owner's config.json with one stage: its environment, and the policy file of each function."""
    block = dict(settings.config["stages"][settings.stage])
    functions = {name: dict(about) for name, about in block.get("lambda_functions", {}).items()}
    for name in rendered:
        functions.setdefault(name, {})["iam_policy_file"] = f"{name}.json"
    if not settings.custom_domain:
        block.pop("api_gateway_custom_domain", None)
    block |= {"environment_variables": dict(environment), "lambda_functions": functions}
    return {**settings.config, "stages": {settings.stage: block}}
