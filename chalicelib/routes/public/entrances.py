"""The entrances of the public pages. A page's own module loads when the page is asked for: a cold open pays for none of it."""

from importlib import import_module

from chalice.app import Blueprint, Response

blueprint = Blueprint(__name__)


@blueprint.route("/p/{token}", methods=["GET", "POST"], content_types=["*/*"])
def recipients_page(token: str) -> Response:
    """What is kept about one mail, for its recipient, and the switch to refuse. Only a POST changes anything."""
    answer: Response = import_module("chalicelib.routes.public.recipients_page").answer(
        blueprint.current_request, token
    )
    return answer


@blueprint.route("/n/{token}", methods=["GET", "POST"], content_types=["*/*"])
def mute_page(token: str) -> Response:
    """What a mail to a sender may mute, asked before it is done; and the one-click request of RFC 8058."""
    answer: Response = import_module("chalicelib.routes.public.mute_page").answer(blueprint.current_request, token)
    return answer
