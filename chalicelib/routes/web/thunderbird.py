"""The add-on for Thunderbird and its updates as responses."""

import json

from chalice.app import Response

from chalicelib.work.doors import thunderbird

KIND = "application/x-xpinstall"
_HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


def xpi() -> Response:
    """The add-on."""
    name = {"Content-Disposition": 'attachment; filename="unsealed.xpi"'}
    return Response(thunderbird.archive(), {"Content-Type": KIND, **name, **_HEADERS})


def updates() -> Response:
    """Which version there is by now, and where."""
    told = json.dumps(thunderbird.updates()).encode()
    return Response(told, {"Content-Type": "application/json", **_HEADERS})
