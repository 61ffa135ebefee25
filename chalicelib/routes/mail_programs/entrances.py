"""The entrances of mail programs that set themselves up, at the places where they look. What they get loads with them."""

from importlib import import_module
from types import ModuleType

from chalice.app import Blueprint, Response

blueprint = Blueprint(__name__)


@blueprint.route("/mail/config-v1.1.xml", content_types=["*/*"])
def autoconfig() -> Response:
    """Thunderbird, at autoconfig.example.com, which leads here."""
    return _answers().thunderbird(blueprint.current_request)


@blueprint.route("/.well-known/autoconfig/mail/config-v1.1.xml", content_types=["*/*"])
def autoconfig_at_the_domain() -> Response:
    """The same, at example.com itself."""
    return _answers().thunderbird(blueprint.current_request)


@blueprint.route("/autodiscover/autodiscover.xml", methods=["POST"], content_types=["*/*"])
def autodiscover() -> Response:
    """Outlook, at autodiscover.example.com, which leads here."""
    return _answers().outlook(blueprint.current_request)


@blueprint.route("/Autodiscover/Autodiscover.xml", methods=["POST"], content_types=["*/*"])
def autodiscover_in_capitals() -> Response:
    """The same: programs write it either way, and API Gateway tells the two apart."""
    return _answers().outlook(blueprint.current_request)


@blueprint.route("/apple/unsealed.mobileconfig", content_types=["*/*"])
def apple() -> Response:
    """A configuration profile of Apple's, for who is signed in."""
    return _answers().apple(blueprint.current_request)


def _answers() -> ModuleType:
    return import_module("chalicelib.routes.mail_programs.answers")
