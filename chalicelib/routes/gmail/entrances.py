"""The entrances of the Gmail add-on, which Google's servers ask. What they answer loads with them."""

from importlib import import_module

from chalice.app import Blueprint, Response

blueprint = Blueprint(__name__)


@blueprint.route("/gmail/home", methods=["POST"], content_types=["*/*"])
def home() -> Response:
    """The card beside the list of mails."""
    return _answer("home")


@blueprint.route("/gmail/open", methods=["POST"], content_types=["*/*"])
def opened() -> Response:
    """The card beside the mail that is open."""
    return _answer("open")


@blueprint.route("/gmail/compose", methods=["POST"], content_types=["*/*"])
def compose() -> Response:
    """The card beside the composer."""
    return _answer("compose")


@blueprint.route("/gmail/act", methods=["POST"], content_types=["*/*"])
def act() -> Response:
    """What a tap on a card does."""
    return _answer("act")


def _answer(what: str) -> Response:
    answer: Response = import_module("chalicelib.routes.gmail.answers").answer(blueprint.current_request, what)
    return answer
