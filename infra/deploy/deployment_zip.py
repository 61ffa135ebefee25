"""The zip that ships: what Chalice packs, with byte code for every module.

Chalice packs sources only, and a function's folder cannot be written to: without byte code each cold start compiles all
that it imports. The byte code is `unchecked-hash` (PEP 552), since the files in a zip carry no dates to compare.

What was packed last stays in `.packed`, beside the folders of the stages: the same code is not packed twice.
"""

import base64
import compileall
import hashlib
import json
import py_compile
import shutil
import sys
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from infra.deploy import project
from infra.deploy.errors import CannotDeploy

MOST_BYTES = 10_000_000
_MISSING = "Could not install dependencies:"  # Chalice says so, and packs the rest
# What comes along and is never loaded: cryptography needs the compiled half of cffi only, which stands beside it; of powertools
# the Logger ships, and the pages that document an API of its own do not; of our words the tables, and not where people
# translate them.
_LEFT_OUT = ("cffi/", "pycparser/", "aws_lambda_powertools/event_handler/openapi/swagger_ui/")
_TRANSLATED_IN = ".po"
_TASK = "/var/task"  # where Lambda unpacks it: so tracebacks name the file there
_PACKED = ".packed"
_DEPLOYMENTS = Path(".chalice", "deployments")  # Chalice's own
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same content is the same zip


def packed(folder: Path, stage: str) -> Path:
    """The zip of the project, where `chalice deploy` looks for it: what was packed last, if that was the same code."""
    return _known(folder) or package(folder, stage)


def package(folder: Path, stage: str, *options: str) -> Path:
    """Let Chalice pack the project, with a template beside it in `folder`/package, and compile what it packed; the zip."""
    known = _known(folder)
    printed = project.chalice(folder, "package", "--stage", stage, *options, "package")
    if _MISSING in printed:
        raise CannotDeploy(
            f"Not all of requirements.txt can be had for Lambda: {printed.partition(_MISSING)[2].strip()}"
        )
    (made,) = (folder / _DEPLOYMENTS).glob("*.zip")
    if known is None:
        compile_all(made)
        _keep(made, folder.parent / _PACKED / f"{digest(folder)}.{made.name}")
    shutil.copyfile(made, folder / "package" / "deployment.zip")
    return made


def digest(folder: Path) -> str:
    """What a project's zip is made from, as a name: all of its content, and all that makes another zip of the same."""
    config = json.loads((folder / ".chalice" / "config.json").read_text())
    makers = (sys.version, version("chalice"), config.get("lambda_architecture"), Path(__file__).read_text())
    found = hashlib.sha256(json.dumps(makers).encode())
    for path in (folder / "requirements.txt", folder / "app.py", *sorted((folder / "chalicelib").rglob("*"))):
        if path.is_file():
            content = path.read_bytes()
            found.update(f"{path.relative_to(folder)} {len(content)} ".encode() + content)
    return found.hexdigest()[:32]


def _known(folder: Path) -> Path | None:
    """What was packed last of the same, laid under the name by which Chalice looks for it."""
    known = next((folder.parent / _PACKED).glob(f"{digest(folder)}.*.zip"), None)
    if known is None:
        return None
    laid = folder / _DEPLOYMENTS / known.name.partition(".")[2]
    laid.parent.mkdir(exist_ok=True)
    shutil.copyfile(known, laid)
    return laid


def _keep(made: Path, kept: Path) -> None:
    """Keep what was packed, whole or not at all, and nothing that was packed before."""
    kept.parent.mkdir(exist_ok=True)
    written = kept.with_suffix(".new")
    shutil.copyfile(made, written)
    written.replace(kept)
    for other in kept.parent.glob("*.zip"):
        if other != kept:
            other.unlink(missing_ok=True)


def compile_all(file: Path) -> None:
    """Put byte code beside each module of a zip, in place, without what no module imports. Raises CannotDeploy if a module does
    not compile.

    The interpreter that runs this is the one whose runtime Chalice chooses: its byte code is the right one.
    """
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        with zipfile.ZipFile(file) as packed:
            wanted = [name for name in packed.namelist() if not name.startswith(_LEFT_OUT)]
            packed.extractall(root, [name for name in wanted if not name.endswith(_TRANSLATED_IN)])
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        if not compileall.compile_dir(root, quiet=2, stripdir=temporary, prependdir=_TASK, invalidation_mode=mode):
            raise CannotDeploy(f"A module in {file.name} does not compile: python -m compileall says which.")
        written = file.with_suffix(".new")
        with zipfile.ZipFile(written, "w") as packed:
            for path in sorted(path for path in root.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(str(path.relative_to(root)), _LONG_AGO)
                entry.external_attr = 0o100644 << 16
                packed.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
        written.replace(file)
    if file.stat().st_size > MOST_BYTES:
        raise CannotDeploy(f"The package has {file.stat().st_size} bytes, and {MOST_BYTES} are the most.")


def check_shipped(session: Any, file: Path, functions: list[str]) -> None:
    """Raises CannotDeploy if a function runs anything but this zip: Chalice may have packed another one."""
    digest = base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()
    service = session.client("lambda")
    for name in functions:
        if service.get_function_configuration(FunctionName=name)["CodeSha256"] != digest:
            raise CannotDeploy(f"{name} does not run the package that was made ({file.name}). Deploy again.")
