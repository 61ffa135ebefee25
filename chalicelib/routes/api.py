"""The JSON API on one screen: each call, the function that answers it, and the status of its answer.

The functions live beside this module and load on first use: validation is not for cold opens to pay. Their signatures
are the contract: `body` and `query` are checked against their types, `raw` is a body as it came, and
/openapi.json is made from them.
"""

from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from chalice.app import Blueprint, Response

blueprint = Blueprint(__name__)


class Route(NamedTuple):
    """One call: `answer` is `module.function` in this folder."""

    method: str
    path: str
    answer: str
    status: int = 200


ROUTES = (
    Route("POST", "/v1/messages", "messages.create", 201),
    Route("POST", "/v1/messages/mime", "mime.create", 201),
    Route("GET", "/v1/messages", "messages.listed"),
    Route("GET", "/v1/messages/{id}", "messages.show"),
    Route("PATCH", "/v1/messages/{id}", "messages.change"),
    Route("DELETE", "/v1/messages/{id}", "messages.remove", 204),
    Route("POST", "/v1/messages/{id}/replies", "messages.reply", 202),
    Route("GET", "/v1/messages/{id}/follow-up", "messages.follow_up"),
    Route("GET", "/v1/contacts", "contacts.listed"),
    Route("GET", "/v1/contacts/{email}", "contacts.show"),
    Route("GET", "/v1/send-times", "contacts.send_times"),
    Route("GET", "/v1/ranking", "contacts.ranking"),
    Route("GET", "/v1/feed", "feed.listed"),
    Route("GET", "/v1/preferences", "account.preferences"),
    Route("PUT", "/v1/preferences", "account.set_preferences"),
    Route("GET", "/v1/forwarding", "forwarding.show"),
    Route("DELETE", "/v1/forwarding", "forwarding.renew", 204),
    Route("GET", "/v1/devices", "account.devices"),
    Route("POST", "/v1/devices", "account.add_device", 201),
    Route("DELETE", "/v1/devices/{id}", "account.remove_device", 204),
    Route("GET", "/v1/webhooks", "webhooks.listed"),
    Route("POST", "/v1/webhooks", "webhooks.create", 201),
    Route("DELETE", "/v1/webhooks/{id}", "webhooks.remove", 204),
)


@blueprint.route("/openapi.json")
def openapi() -> Response:
    """What this API takes and gives, in OpenAPI 3.1."""
    return _module("openapi").answer(ROUTES)


def _view(route: Route) -> Callable[..., Response]:
    def view(**parameters: str) -> Response:
        return _module("dispatch").answer(route, blueprint.current_request, parameters)

    view.__name__ = route.answer.replace(".", "_")
    return view


def _module(name: str) -> ModuleType:
    return import_module(f"chalicelib.routes.{name}")


for each in ROUTES:
    # Any content type: what is no JSON is told so in a sentence, instead of by Chalice's bare 415.
    blueprint.route(each.path, methods=[each.method], content_types=["*/*"])(_view(each))
