"""Where boto3 is slow on its short way to the AWS of its own process: the same with less work, for DynamoDB's values."""

from base64 import b64encode
from typing import Any

import botocore.auth
import botocore.compat
from botocore.parsers import JSONParser
from botocore.serialize import JSONSerializer
from botocore.validate import ParamValidator

PLAIN = {"S": str, "N": str, "BOOL": bool, "NULL": bool}
_UNPROVEN = "v4-unproven"


def quicken() -> None:
    """Make boto3 faster. May be called again."""
    if _UNPROVEN not in botocore.auth.AUTH_TYPE_MAPS:
        botocore.auth.AUTH_TYPE_MAPS[_UNPROVEN] = Unproven
        _questions()
        _answers()


def signer(signing_name: str, signature_version: str, **_: Any) -> str | None:
    """Who signs a request: a handler for the event `choose-signer`."""
    return _UNPROVEN if signing_name == "dynamodb" and signature_version == "v4" else None


class Unproven(botocore.auth.SigV4Auth):  # type: ignore[misc]
    """Says who asks what of which service, which moto reads, and signs it with nothing, which it does not."""

    def add_auth(self, request: Any) -> None:
        """Add the header."""
        now = botocore.compat.get_current_datetime()
        request.context["timestamp"] = now.strftime(botocore.auth.SIGV4_TIMESTAMP)
        self._modify_request_before_signing(request)
        scope = f"AWS4-HMAC-SHA256 Credential={self.scope(request)}"
        request.headers["Authorization"] = f"{scope}, SignedHeaders=host, Signature=0"


def _questions() -> None:
    # Each value is looked up among the kinds of values that there are: to be checked, and again to be written.
    validate, serialize = ParamValidator._validate, JSONSerializer._serialize

    def validated(self: Any, params: Any, shape: Any, errors: Any, name: str) -> None:
        if shape.name == "AttributeValue" and type(params) is dict and len(params) == 1:
            ((kind, value),) = params.items()
            if type(value) is PLAIN.get(kind):
                return
        validate(self, params, shape, errors, name)

    def serialized(self: Any, into: Any, value: Any, shape: Any, key: Any = None) -> None:
        if shape.name == "AttributeValue" and len(value) == 1:
            ((kind, given),) = value.items()
            if kind in PLAIN or kind in ("SS", "NS"):
                into[key] = {kind: given}
                return
            if kind == "B" and isinstance(given, bytes):
                into[key] = {"B": b64encode(given).decode()}
                return
        serialize(self, into, value, shape, key)

    ParamValidator._validate = validated
    JSONSerializer._serialize = serialized


def _answers() -> None:
    # Each value is asked for each of the kinds that it might be.
    structure = JSONParser._handle_structure

    def parsed(self: Any, shape: Any, value: Any) -> Any:
        if shape.name != "AttributeValue" or value is None or len(value) != 1:
            return structure(self, shape, value)
        ((kind, given),) = value.items()
        if given is None:
            return structure(self, shape, value)
        match kind:
            case "S" | "N" | "BOOL" | "NULL":
                return value
            case "M":
                return {"M": {name: parsed(self, shape, each) for name, each in given.items()}}
            case "L":
                return {"L": [None if each is None else parsed(self, shape, each) for each in given]}
            case _:
                return structure(self, shape, value)

    JSONParser._handle_structure = parsed
