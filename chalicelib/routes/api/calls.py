"""The JSON API on one screen: each call, the function that answers it, the scope it needs, and the status of its answer.

The functions live in routes/resources and load on first use: validation is not for cold opens to pay. Their signatures
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
    """One call: `answer` is `module.function` in routes/resources, `scope` what the caller's token must have been given.

    `once`: with an Idempotency-Key it is done once.
    """

    method: str
    path: str
    answer: str
    scope: str
    status: int = 200
    once: bool = False


# The scopes of domain/accounts.py, as bare words: a cold open shall not load it.
READ, SEND, ADMIN = "read", "send", "admin"
ANY = "any"  # any token of a sender's
NOBODY = "nobody"  # no token at all: whoever asks is not known yet


ROUTES = (
    Route("POST", "/v1/sign-in", "sign_in.ask", NOBODY, 202),
    Route("POST", "/v1/sign-in/confirm", "sign_in.confirm", NOBODY),
    Route("POST", "/v1/sign-out", "sign_in.leave", ANY, 204),
    Route("POST", "/v1/messages", "messages.create", SEND, 201, once=True),
    Route("POST", "/v1/messages/mime", "mime.create", SEND, 201, once=True),
    Route("GET", "/v1/messages", "messages.listed", READ),
    Route("GET", "/v1/messages/{id}", "messages.show", READ),
    Route("PATCH", "/v1/messages/{id}", "messages.change", SEND),
    Route("DELETE", "/v1/messages/{id}", "messages.remove", SEND, 204),
    Route("POST", "/v1/messages/{id}/replies", "messages.reply", SEND, 202),
    Route("GET", "/v1/messages/{id}/follow-up", "messages.follow_up", READ),
    Route("GET", "/v1/contacts", "contacts.listed", READ),
    Route("GET", "/v1/contacts/{email}", "contacts.show", READ),
    Route("PATCH", "/v1/contacts/{email}", "contacts.change", SEND),
    Route("PUT", "/v1/contacts/{email}/consent", "contacts.set_consent", SEND),
    Route("DELETE", "/v1/contacts/{email}", "contacts.erase", ADMIN, 202),
    Route("GET", "/v1/send-times", "contacts.send_times", READ),
    Route("GET", "/v1/ranking", "contacts.ranking", READ),
    Route("GET", "/v1/today", "today.show", READ),
    Route("GET", "/v1/feed", "feed.listed", READ),
    Route("GET", "/v1/preferences", "account.preferences", READ),
    Route("PUT", "/v1/preferences", "account.set_preferences", ADMIN),
    Route("GET", "/v1/preferences/previews", "trials.previews", READ),
    Route("POST", "/v1/preferences/test", "trials.mail", ADMIN),
    Route("GET", "/v1/forwarding", "forwarding.show", ADMIN),
    Route("DELETE", "/v1/forwarding", "forwarding.renew", ADMIN, 204),
    Route("GET", "/v1/devices", "account.devices", READ),
    Route("GET", "/v1/devices/key", "account.push_key", READ),
    Route("POST", "/v1/devices", "account.add_device", ADMIN, 201),
    Route("POST", "/v1/devices/{id}/test", "trials.device", ADMIN),
    Route("DELETE", "/v1/devices/{id}", "account.remove_device", ADMIN, 204),
    Route("GET", "/v1/webhooks", "webhooks.listed", READ),
    Route("POST", "/v1/webhooks", "webhooks.create", ADMIN, 201),
    Route("POST", "/v1/webhooks/{id}/test", "trials.webhook", ADMIN),
    Route("DELETE", "/v1/webhooks/{id}", "webhooks.remove", ADMIN, 204),
    Route("GET", "/v1/tokens", "access.tokens", ADMIN),
    Route("POST", "/v1/tokens", "access.add_token", ADMIN, 201),
    Route("DELETE", "/v1/tokens/{id}", "access.remove_token", ADMIN, 204),
    Route("GET", "/v1/export", "export.listed", ADMIN),
    Route("GET", "/v1/account", "account.show", READ),
    Route("PATCH", "/v1/account", "account.change", ADMIN),
    Route("DELETE", "/v1/account", "export.leave", ADMIN, 202),
    Route("POST", "/v1/account/code", "access.ask_for_proof", ADMIN, 202),
    Route("GET", "/v1/addresses", "access.addresses", READ),
    Route("POST", "/v1/addresses", "access.add_address", ADMIN, 202),
    Route("POST", "/v1/addresses/confirm", "access.confirm_address", ADMIN, 201),
    Route("PATCH", "/v1/addresses/{email}", "access.change_address", ADMIN),
    Route("DELETE", "/v1/addresses/{email}", "access.remove_address", ADMIN, 204),
)


@blueprint.route("/openapi.json", content_types=["*/*"])
def openapi() -> Response:
    """The OpenAPI 3.1 document of this API."""
    return _module("openapi").answer(ROUTES)


def _view(route: Route) -> Callable[..., Response]:
    def view(**parameters: str) -> Response:
        return _module("dispatch").answer(route, blueprint.current_request, parameters)

    view.__name__ = route.answer.replace(".", "_")
    return view


def _module(name: str) -> ModuleType:
    return import_module(f"chalicelib.routes.api.{name}")


for each in ROUTES:
    # Any content type: what is no JSON is told so in a sentence, instead of by Chalice's bare 415.
    blueprint.route(each.path, methods=[each.method], content_types=["*/*"])(_view(each))
