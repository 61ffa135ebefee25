"""For uptime checks: is it there, and complete? It reads nothing, so that being asked costs next to nothing."""

import json

from chalice.app import Blueprint, Response

blueprint = Blueprint(__name__)


@blueprint.route("/healthz", methods=["GET", "HEAD"], content_types=["*/*"])
def health() -> Response:
    """200 and the version if the settings are complete, else 503 and which are missing."""
    from chalicelib.work.readiness import readiness  # a cold open need not wait for it

    found = readiness()
    said = json.dumps({"version": found.version, "settings": found.missing or "complete"}).encode()
    return Response(
        said, {"Content-Type": "application/json", "Cache-Control": "no-store"}, 503 if found.missing else 200
    )
