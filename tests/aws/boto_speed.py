"""Where boto3 is slow on its short way to the AWS of its own process: the same with less work, for DynamoDB's values."""

import copy
import json
import re
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from botocore.awsrequest import AWSPreparedRequest
from botocore.client import BaseClient
from botocore.endpoint import Endpoint
from botocore.exceptions import BotoCoreError
from botocore.hooks import first_non_none_response
from botocore.parsers import JSONParser
from botocore.regions import EndpointResolverBuiltins, EndpointRulesetResolver
from botocore.useragent import UserAgentString

PLAIN = {"S": str, "N": str, "B": bytes, "BOOL": bool, "NULL": bool}
SETS = {"SS": str, "NS": str, "BS": bytes}
AS_ANSWERED = frozenset(
    {"GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"}
    | {"BatchGetItem", "BatchWriteItem", "TransactGetItems", "TransactWriteItems"}
)
"""Operations whose answers are to boto3 what they are in JSON, but for binary values."""

READ_OVER = frozenset({"GetRecords", "GetShardIterator"})
"""Operations of a stream, whose answers boto3 reads: times are in them."""

_unproven: list[str] = []
_come = threading.local()
_BINARY = re.compile(rb'"BS?"')


@contextmanager
def unproven(url: str) -> Iterator[None]:
    """Within it DynamoDB at this URL is asked without signatures."""
    _quicken()
    _unproven.append(url)
    try:
        yield
    finally:
        _unproven.remove(url)


@cache
def _quicken() -> None:
    _requests()
    _endpoints()
    _answers()
    _calls()


def _requests() -> None:
    # A request is made twice, its headers are copied three times, and half of the work is a proof of who sends it.
    # moto reads who asks what of which service, and no proof of it.
    create = Endpoint.create_request

    def created(self: Any, params: Any, operation_model: Any = None) -> Any:
        if self.host not in _unproven or self._endpoint_prefix not in ("dynamodb", "streams.dynamodb"):
            return create(self, params, operation_model)
        scope = f"AWS4-HMAC-SHA256 Credential=tests/20260101/{params['context']['client_region']}/dynamodb/aws4_request"
        proof = {"Authorization": f"{scope}, SignedHeaders=host, Signature=0"}
        headers = {**params["headers"], **proof, "Content-Length": str(len(params["body"]))}
        return AWSPreparedRequest(params["method"], params["url"], headers, params["body"], False, params["context"])

    Endpoint.create_request = created


def _endpoints() -> None:
    # Each call asks the service's rules anew where it goes, and the process what it calls itself.
    construct, told = EndpointRulesetResolver.construct_endpoint, UserAgentString.to_string

    def constructed(self: Any, operation_model: Any, call_args: Any, request_context: Any) -> Any:
        if (
            self._builtins.get(EndpointResolverBuiltins.SDK_ENDPOINT) not in _unproven
            or self._service_model.service_name != "dynamodb"
        ):
            return construct(self, operation_model, call_args, request_context)
        known = self.__dict__.setdefault("_known", {})
        if operation_model.name not in known:
            known[operation_model.name] = construct(self, operation_model, call_args, request_context)
        return known[operation_model.name]

    def told_once(self: Any) -> str:
        if "_told" not in self.__dict__:
            self._told = told(self)
        return self._told  # type: ignore[no-any-return]

    EndpointRulesetResolver.construct_endpoint = constructed
    UserAgentString.to_string = told_once


def _fits(shape: Any) -> Callable[[Any], bool]:
    """Whether something given is surely what boto3's model of DynamoDB takes, as it stands; what is not, boto3 looks at."""
    least = shape.metadata.get("min", 0)
    if shape.name == "AttributeValue":
        return _is_value
    match shape.type_name:
        case "structure":
            needed, members = {*shape.required_members}, {name: _fits(each) for name, each in shape.members.items()}
            return lambda given: (
                type(given) is dict
                and needed <= given.keys() <= members.keys()
                and all(members[name](each) for name, each in given.items())
            )
        case "map":
            fits = _fits(shape.value)
            return lambda given: (
                type(given) is dict and all(type(name) is str and fits(each) for name, each in given.items())
            )
        case "list":
            fits = _fits(shape.member)
            return lambda given: type(given) is list and len(given) >= least and all(map(fits, given))
        case "string":
            return lambda given: type(given) is str and len(given) >= least
        case "boolean":
            return lambda given: type(given) is bool
        case "integer":
            return lambda given: type(given) is int and given >= least
        case _:
            return lambda given: False


def _is_value(given: Any) -> bool:
    if type(given) is not dict or len(given) != 1:
        return False
    ((kind, held),) = given.items()
    if kind == "M":
        return type(held) is dict and all(type(name) is str and _is_value(each) for name, each in held.items())
    if type(held) is not list:
        return type(held) is PLAIN.get(kind)
    return all(map(_is_value, held)) if kind == "L" else kind in SETS and all(type(each) is SETS[kind] for each in held)


def _binary(held: bytes) -> str:
    return b64encode(held).decode()


_encode = json.JSONEncoder(default=_binary, separators=(",", ":")).encode


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


def _calls() -> None:
    # A call passes a dozen places where somebody might have a word, of which these have one; and its answer is copied three
    # times. What is not answered with 200 goes all the way, with that as its first answer: boto3 tries again, and raises.
    call, respond = BaseClient._make_api_call, Endpoint._do_get_response
    known: dict[str, tuple[Callable[[Any], bool], dict[str, Any]]] = {}

    def request_of(self: Any, operation: Any, params: dict[str, Any]) -> dict[str, Any]:
        if operation.name not in known:
            made = self._serializer.serialize_to_request(params, operation)
            known[operation.name] = _fits(operation.input_shape), made
        fits, made = known[operation.name]
        if not fits(params):
            return self._serializer.serialize_to_request(params, operation)  # type: ignore[no-any-return]
        return {**made, "headers": {**made["headers"]}, "body": _encode(params).encode()}

    def called(self: Any, operation_name: str, api_params: Any) -> Any:
        if self.meta.endpoint_url not in _unproven or operation_name not in AS_ANSWERED | READ_OVER:
            return call(self, operation_name, api_params)
        operation, events = self.meta.service_model.operation_model(operation_name), self.meta.events
        params, about = {**api_params}, {"client_region": self.meta.region_name}
        name = f"{self.meta.service_model.service_id.hyphenize()}.{operation_name}"
        if operation.idempotent_members:  # else nobody has a word
            events.emit(f"before-parameter-build.{name}", params=params, model=operation, context=about)
        asked = request_of(self, operation, params)
        asked |= {"url": f"{self.meta.endpoint_url}/", "context": about}
        events.emit(f"before-call.{name}", model=operation, params=asked, context=about)
        request = self._endpoint.create_request(asked, operation)
        try:
            answer = first_non_none_response(events.emit(f"before-send.{name}", request=request))
        except BotoCoreError as failure:
            answer = failure
        if getattr(answer, "status_code", 0) != 200:
            _come.answer = answer
            try:
                return call(self, operation_name, params)
            finally:
                _come.__dict__.pop("answer", None)  # where the call did not come so far, it is not the next one's
        said, shape = json.loads(answer.content), operation.output_shape
        if operation_name in READ_OVER or _BINARY.search(answer.content):
            said = self._endpoint._response_parser_factory.create_parser("json")._parse_shape(shape, said)
        else:
            said = {name: value for name, value in said.items() if value is not None and name in shape.members}
        headers = {name._lower: value for name, value in answer.headers._dict.items()}
        said["ResponseMetadata"] = {"HTTPStatusCode": 200, "HTTPHeaders": headers, "RetryAttempts": 0}
        said["ResponseMetadata"]["RequestId"] = headers["x-amzn-requestid"]
        events.emit(f"after-call.{name}", http_response=answer, parsed=said, model=operation, context=about)
        return said

    def responded(self: Any, request: Any, operation_model: Any, context: Any) -> Any:
        come = _come.__dict__.pop("answer", None)
        if come is not None:
            self = copy.copy(self)
            self._event_emitter = _Come(self._event_emitter, come)
        return respond(self, request, operation_model, context)

    BaseClient._make_api_call = called
    Endpoint._do_get_response = responded


class _Come:
    """Events, of which the sending of a request has its answer already."""

    def __init__(self, events: Any, answer: Any) -> None:
        self._events, self._answer = events, answer

    def emit(self, name: str, **about: Any) -> Any:
        if not name.startswith("before-send."):
            return self._events.emit(name, **about)
        if isinstance(self._answer, Exception):
            raise self._answer
        return [(None, self._answer)]
