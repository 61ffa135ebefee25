"""The pages' entrances, and what stands where nothing else does. Their files load when one is asked for."""

from importlib import import_module
from types import ModuleType

from chalice.app import Blueprint, Response

blueprint = Blueprint(__name__)
_SEEN = ["GET", "HEAD"]


@blueprint.route("/", methods=_SEEN, content_types=["*/*"])
def start() -> Response:
    """What Unsealed is, for strangers, and the way in."""
    return _answers().start(blueprint.current_request)


@blueprint.route("/favicon.ico", methods=_SEEN, content_types=["*/*"])
def icon() -> Response:
    """The icon, which browsers ask for wherever they are."""
    return _answers().icon(blueprint.current_request)


@blueprint.route("/app", methods=_SEEN, content_types=["*/*"])
def app() -> Response:
    """To the first page: `/app` itself is outside the worker's scope."""
    return _answers().first_page(blueprint.current_request)


@blueprint.route("/app/{page}", methods=_SEEN, content_types=["*/*"])
def page(page: str) -> Response:
    """A page of the app, all of which are one shell; or the worker."""
    return _answers().page(blueprint.current_request, page)


@blueprint.route("/app/v/{version}/{name}", methods=_SEEN, content_types=["*/*"])
def asset(version: str, name: str) -> Response:
    """A file of the app. While its version is in its address it may be kept for ever."""
    return _answers().asset(blueprint.current_request, version, name)


@blueprint.route("/thunderbird/unsealed.xpi", methods=_SEEN, content_types=["*/*"])
def thunderbird() -> Response:
    """The add-on for Thunderbird."""
    return import_module("chalicelib.routes.web.thunderbird").xpi()


@blueprint.route("/thunderbird/updates.json", methods=_SEEN, content_types=["*/*"])
def thunderbird_updates() -> Response:
    """Which version of it there is by now."""
    return import_module("chalicelib.routes.web.thunderbird").updates()


@blueprint.route("/{proxy+}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], content_types=["*/*"])
def nothing() -> Response:
    """Whatever no other route takes: a page for a browser, a problem for a program."""
    return _answers().nothing(blueprint.current_request)


def _answers() -> ModuleType:
    return import_module("chalicelib.routes.web.answers")
