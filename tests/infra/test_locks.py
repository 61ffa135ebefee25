"""What ships and what deploys is locked: each package in one version, by the hashes of its files."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from infra.deploy import project

ROOT = Path(__file__).parents[2]
ASKED = ("requirements.txt", "requirements-local.txt", "requirements-dev.txt", "infra/relay/requirements.txt")
LOCKS = {"requirements.lock": "requirements.txt", "requirements-local.lock": "requirements-local.txt"}


def asked(name: str) -> list[Requirement]:
    """What a file asks for, and the files that it includes."""
    found = []
    for line in (ROOT / name).read_text().splitlines():
        said = line.partition("#")[0].strip()
        if said.startswith("-r "):
            found += asked(str((ROOT / name).parent.joinpath(said[3:]).resolve().relative_to(ROOT)))
        elif said:
            found.append(Requirement(said))
    return found


def locked(name: str) -> dict[str, tuple[str, list[str]]]:
    """The version of each package that a lock holds, and the hashes of its files."""
    found = {}
    for entry in (ROOT / name).read_text().replace("\\\n", " ").splitlines():
        first, *hashes = re.split(r"\s+--hash=sha256:", entry.strip())
        said = Requirement(first)
        (exactly,) = said.specifier
        assert exactly.operator == "=="
        found[canonicalize_name(said.name)] = exactly.version, hashes
    return found


@pytest.mark.parametrize("name", ASKED)
def test_whatever_is_asked_for_is_bounded_above(name: str):
    for each in asked(name):
        assert {said.operator for said in each.specifier} & {"<", "=="}, f"{each} has no upper bound"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_is_asked_for_and_every_file_by_its_hash(name: str):
    held = locked(name)
    for each in asked(LOCKS[name]):
        assert each.specifier.contains(held[canonicalize_name(each.name)][0]), f"make lock: {each}"
    for package, (_, hashes) in held.items():
        assert hashes and all(re.fullmatch("[0-9a-f]{64}", each) for each in hashes), package
    assert "://" not in (ROOT / name).read_text(), "no file names a registry"


def test_what_ships_is_the_same_wherever_it_is_locked():
    everything = locked("requirements-local.lock")
    assert {name: held for name, held in locked("requirements.lock").items() if everything[name] != held} == {}
    assert {canonicalize_name(each.name) for each in asked("infra/relay/requirements.txt")} <= set(everything)


def test_the_locked_versions_are_the_ones_that_ship(tmp_path: Path):
    project.lay_out(tmp_path / "laid out")
    laid_out = (tmp_path / "laid out" / "requirements.txt").read_text()
    assert laid_out == (ROOT / "requirements.lock").read_text()
