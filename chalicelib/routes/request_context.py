"""When a request came, and what it is called: the gateway says both. No entrance reads a clock."""

from hashlib import sha256

from chalice.app import Request


def asked_at(request: Request) -> float:
    """When the gateway took the request, unix seconds."""
    return float(request.context["requestTimeEpoch"]) / 1000


def request_id(request: Request) -> str:
    """A name of the request, 32 hex digits made from the gateway's own, which is unique.

    Not from its `requestId`: a client may set that one, to whatever it likes, and use it again
    (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html).
    """
    return sha256(str(request.context["extendedRequestId"]).encode()).hexdigest()[:32]
