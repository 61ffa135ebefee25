"""When a request came, and what it is called: the gateway says both. No entrance reads a clock."""

from chalice.app import Request


def asked_at(request: Request) -> float:
    """When the gateway took the request, unix seconds."""
    return float(request.context["requestTimeEpoch"]) / 1000


def request_id(request: Request) -> str:
    """The gateway's own name of the request: unique, and unguessable."""
    return str(request.context["requestId"])
