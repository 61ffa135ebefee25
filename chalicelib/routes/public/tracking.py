"""The two public routes that every mail leads to: the pixel, which always answers, and the redirect, which follows only
what we signed. Neither reads the table; each makes one write. What this module imports, every cold open pays for."""

from chalice.app import Blueprint, Request, Response

from chalicelib.domain.events import EventKind, Hit
from chalicelib.domain.tokens import Claim, TokenKind
from chalicelib.domain.verdicts.hits import ALTERED
from chalicelib.log import logger
from chalicelib.routes.request_context import asked_at, request_id
from chalicelib.work.tracking.recording import altered_claim_of, claim_of, record

blueprint = Blueprint(__name__)

# A transparent GIF of one pixel, 42 bytes: https://www.w3.org/Graphics/GIF/spec-gif89a.txt
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")
_ANY = ["*/*"]  # a request without a body may well say of what type it is: Chalice would answer 415
_NEVER_KEPT = {"Cache-Control": "private, no-store, max-age=0"}
_HTML = "text/html; charset=utf-8"
_NOT_OURS = b'<!DOCTYPE html><html lang="en"><title>Not found</title><p>There is nothing at this address.</p></html>\n'


@blueprint.route("/o/{token}", methods=["GET", "HEAD"], content_types=_ANY)
def pixel(token: str) -> Response:
    """The pixel: 200 and the same bytes, whatever the request and whatever fails."""
    try:
        token = _without_suffix(token)
        _record(EventKind.OPEN, claim_of(TokenKind.PIXEL, token), TokenKind.PIXEL, token)
    except Exception:  # noqa: BLE001 - a reader must never see a broken picture
        logger().exception("An open could not be recorded.")
    return Response(PIXEL, headers={**_NEVER_KEPT, "Content-Type": "image/gif"})


@blueprint.route("/c/{token}", methods=["GET", "HEAD"], content_types=_ANY)
def redirect(token: str) -> Response:
    """A tracked link: redirect to the sender's destination, byte for byte. Anything else is a plain 404."""
    claim = claim_of(TokenKind.LINK, token)
    try:
        _record(EventKind.CLICK, claim, TokenKind.LINK, token)
    except Exception:  # noqa: BLE001 - a person is waiting for the page behind the link
        logger().exception("A click could not be recorded.")
    if claim is None:
        return Response(_NOT_OURS, {**_NEVER_KEPT, "Content-Type": _HTML}, 404)
    return Response(b"", {**_NEVER_KEPT, "Content-Type": _HTML, "Location": claim.destination}, 302)


def _record(kind: EventKind, claim: Claim | None, token_kind: TokenKind, token: str) -> None:
    altered = {}
    if claim is None:
        claim, altered = altered_claim_of(token_kind, token), {ALTERED: "1"}
    if claim is None:
        return
    request: Request = blueprint.current_request
    sent = {name.lower(): value for name, value in (request.to_original_event()["headers"] or {}).items()}
    hit = Hit(
        kind=kind,
        at=asked_at(request),
        method=request.method,
        agent=sent.pop("user-agent", ""),
        address=request.context["identity"]["sourceIp"],
        headers=sent | altered,
    )
    record(hit, claim, request_id(request))


def _without_suffix(token: str) -> str:
    """Some clients ask for a file name: `/o/TOKEN.gif` cannot be a route of its own at the gateway."""
    return token.removesuffix(".gif").removesuffix(".png")
