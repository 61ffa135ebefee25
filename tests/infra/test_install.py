"""What `make run` installs: all that it imports, and nothing that only tests want."""

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOADED = """
import importlib, os, sys
os.environ["STREAM_ARN"] = "arn"
for name in ("infra.local.system", "infra.deploy.__main__", "infra.relay.relay", "infra.relay.certificate",
             "infra.relay.upstream", "chalice.cli", "app"):
    importlib.import_module(name)
print(*{name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names)
"""


def named(file: str) -> list[Requirement]:
    """What a requirements file names, those that it includes too."""
    found = []
    for line in (ROOT / file).read_text().splitlines():
        if line.startswith("-r "):
            found += named(line.removeprefix("-r "))
        elif line and not line.startswith("#"):
            found.append(Requirement(line))
    return found


def installed_by(file: str) -> set[str]:
    """The packages that a requirements file brings here."""
    found: set[str] = set()
    waiting = [(each, {""} | each.extras) for each in named(file)]
    while waiting:
        each, extras = waiting.pop()
        name = canonicalize_name(each.name)
        if name in found or (each.marker and not any(each.marker.evaluate({"extra": extra}) for extra in extras)):
            continue
        found.add(name)
        for needed in importlib.metadata.requires(name) or ():
            further = Requirement(needed)
            if not further.marker or any(further.marker.evaluate({"extra": extra}) for extra in {""} | each.extras):
                waiting.append((Requirement(needed.partition(";")[0]), {""}))
    return found


def test_all_that_make_run_and_make_deploy_import_is_installed_by_it():
    said = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ
    )
    owners = importlib.metadata.packages_distributions()
    loaded = {canonicalize_name(owner) for name in said.stdout.split() for owner in owners.get(name, ())}
    assert {"boto3", "chalice", "aiosmtpd"} <= loaded
    loaded -= {"simplejson", "certifi"}  # requests and botocore take them where they happen to be
    assert loaded - installed_by("requirements-local.txt") == set()


def test_what_only_tests_want_is_not():
    local, all_of_it = installed_by("requirements-local.txt"), installed_by("requirements-dev.txt")
    assert local < all_of_it
    assert not local & {
        "pytest",
        "hypothesis",
        "schemathesis",
        "numpy",
        "mypy",
        "ruff",
        "bandit",
        "cfn-lint",
        "sympy",
        "flask",
        "moto",
    }
    assert len(local) <= len(all_of_it) / 2


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-local.txt", "requirements-dev.txt"])
def test_every_version_is_bounded(file):
    assert [str(each) for each in named(file) if not any(one.operator in ("<", "==") for one in each.specifier)] == []
