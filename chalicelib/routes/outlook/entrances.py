"""The entrances of the Outlook add-in: its manifest, its files, and which of them classic Outlook may run."""

from importlib import import_module
from types import ModuleType

from chalice.app import Blueprint, Response

blueprint = Blueprint(__name__)


@blueprint.route("/outlook/{name}", methods=["GET", "HEAD"], content_types=["*/*"])
def part(name: str) -> Response:
    """The manifest, or a file that it names."""
    return _answers().part(blueprint.current_request, name)


@blueprint.route("/.well-known/microsoft-officeaddins-allowed.json", content_types=["*/*"])
def allowed() -> Response:
    """The script that classic Outlook may run and let ask this host."""
    return _answers().allowed()


def _answers() -> ModuleType:
    return import_module("chalicelib.routes.outlook.answers")
