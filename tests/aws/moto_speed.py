"""Where moto is too slow to show: the same work with less of it. Nothing here changes an answer.

Times are of one put or query among some thousand items; a demo makes ten thousand of them.
"""

import base64
import copy
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

import moto.core.responses
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.responses import BaseResponse
from moto.dynamodb.models import table as tables
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler
from moto.dynamodbstreams.responses import DynamoDBStreamsHandler
from moto.moto_api._internal import mock_random
from moto.utilities.utils import get_partition
from werkzeug.http import http_date

from tests.aws import moto_expressions, moto_values
from tests.aws.moto_items import Items, bounds
from tests.aws.moto_values import Known

_PLAIN = frozenset(
    {"GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"}
    | {"BatchGetItem", "BatchWriteItem", "TransactGetItems", "GetRecords"}
)


class Asked:
    """A request of JSON, as the handlers of DynamoDB and its streams look at one. Flask's costs as much as their work."""

    from_wsgi_server = False

    def __init__(self, method: str, path: str, headers: Iterable[tuple[str, str]], body: bytes) -> None:
        self.method, self.path, self.data = method, path, body
        self.headers = _Headers({name.lower(): value for name, value in headers})
        self.raw_url = f"http://{self.headers.get('Host', '127.0.0.1')}{path}"
        self.content_type = self.headers.get("Content-Type")
        self.values: dict[str, str] = {}


class _Headers(dict[str, str]):
    """By names in any case."""

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())

    def get(self, name: str, otherwise: Any = None) -> Any:
        """The value, or another one."""
        return super().get(name.lower(), otherwise)


def quicken() -> None:
    """Make moto faster."""
    _requests()
    _json()
    moto_expressions.quicken()
    _answers()
    _queries()
    moto_values.quicken()


def _requests() -> None:
    # Each request lists the members of its handler's class anew; a fifth of the time of a put.
    moto.core.responses.method_names_from_class = cache(moto.core.responses.method_names_from_class)

    # Each answer gets a name of 52 letters, drawn one by one.
    def request_id(headers: dict[str, Any] | None = None) -> str:
        name = f"{mock_random.getrandbits(256):052X}"
        if headers is not None:
            headers["x-amzn-requestid"] = name
        return name

    moto.core.responses.gen_amzn_requestid_long = request_id

    # Each request to DynamoDB is walked through by its model, which changes nothing of JSON but binary values.
    parse = DynamoHandler.parse_parameters

    def parse_plainly(self: Any, request: Any) -> None:
        if b'"B"' in request.data or b'"BS"' in request.data:
            parse(self, request)
        else:
            self.params = json.loads(request.data)

    DynamoHandler.parse_parameters = parse_plainly

    # Each request asks who may do what, of accounts and roles that the local system has none of.
    BaseResponse._authenticate_and_authorize_normal_action = lambda self, resource="*": None

    # Each request translates its operation's name into that of a method.
    moto.core.responses.camelcase_to_underscores = cache(moto.core.responses.camelcase_to_underscores)


def _json() -> None:
    # A body of JSON is looked through for the fields of a form, and for whose account it might be: there is one.
    places: dict[tuple[str, str, str | None], tuple[str, str, str]] = {}

    def set_up(self: Any, request: Asked, *_: Any, **__: Any) -> None:
        self.is_werkzeug_request = False
        self.normalized_request, self.method, self.headers = request, request.method, request.headers
        self.raw_body, self.body = request.data, request.data.decode()
        self.form_data, self.querystring, self.data, self.uri_match = {}, {}, {}, {}
        self.uri, self.path, self.raw_path = request.raw_url, request.path, request.path
        asker = request.headers.get("Authorization", "").partition(",")[0]  # what follows is the signature
        where = self.uri, asker, request.headers.get("User-Agent")
        if where not in places:
            region = self.get_region_from_url(request, self.uri)
            places[where] = region, get_partition(region), self.get_access_key()
        self.region, self.partition, self.access_key = places[where]
        self.response_headers = {
            "server": "amazon.com",
            "date": _date(moto.core.responses.utcnow().replace(microsecond=0)),
        }
        self.current_account = DEFAULT_ACCOUNT_ID
        if self.automated_parameter_parsing:
            self.parse_parameters(request)

    # ... and an answer of JSON for the request's name in XML.
    def named(headers: dict[str, str], body: Any) -> tuple[dict[str, str], Any]:
        if "status" in headers:
            headers["status"] = str(headers["status"])
        moto.core.responses.gen_amzn_requestid_long(headers)
        return headers, body

    for handler in (DynamoHandler, DynamoDBStreamsHandler):
        handler.setup_class, handler._enrich_response = set_up, staticmethod(named)


_date = lru_cache(1000)(http_date)


def _answers() -> None:
    # Nine tenths of the time of a query go into looking up each attribute under every name it might have.
    # What these operations answer is in its wire form already.
    def plainly(handler: Any) -> None:
        serialized = handler.serialized

        def serialize(self: Any, answer: Any) -> Any:
            result = answer.result
            if self._get_action() not in _PLAIN or not isinstance(result, dict):
                return serialized(self, answer)
            headers = {"content-type": "application/x-amz-json-1.0", **self.response_headers}
            return 200, headers, _written(result)

        handler.serialized = serialize

    plainly(DynamoHandler)
    plainly(DynamoDBStreamsHandler)


def _wire(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return int(value.replace(tzinfo=UTC).timestamp())
    raise TypeError(f"{value!r} has no place in an answer.")


_encode = json.JSONEncoder(default=_wire, separators=(",", ":")).encode


def _written(answer: dict[str, Any]) -> str:
    items = answer.get("Items", ())
    if not items or not all(type(each) is Known for each in items):
        return _encode(answer)
    for each in items:
        each.text = each.text or _encode(each)  # the same items are found again and again
    rest = _encode({name: value for name, value in answer.items() if name != "Items"})
    return f'{{"Items":[{",".join(each.text for each in items)}],{rest[1:]}'


def _queries() -> None:
    # Each query sorts the whole table, and adds up the sizes of a whole partition for one page of it.
    make = Table.__init__

    def make_ordered(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        if self.range_key_attr is not None:
            self.items = Items([_partition_key(index) for index in self.global_indexes])

    Table.__init__ = make_ordered
    query = Table.query

    def query_narrowly(
        self: Any,
        hash_key: Any,
        comparison: str | None,
        operands: list[Any],
        limit: int | None,
        start: dict[str, Any] | None,
        forward: bool,
        projection: Any,
        index_name: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        shown = self
        if isinstance(self.items, Items):
            shown = copy.copy(self)
            if index_name is None:
                begin = start and DynamoType(start[self.range_key_attr]).cast_value
                most = None if limit is None else limit + 3  # moto sees one more, and leaves out up to one at each end
                span = self.items[hash_key].span(*bounds(comparison, operands, begin, forward), most, forward)
                shown.items = {hash_key: span}
            elif hash_key is not None:
                shown.items = self.items.indexed(
                    _partition_key(self.get_index(index_name, error_if_not=True)), hash_key
                )
        found = (hash_key, comparison, operands, limit, start, forward, projection, index_name)
        return query(shown, *found, *args, **kwargs)

    Table.query = query_narrowly

    # What a query or a scan finds is copied, to be written into its answer, and nothing else is done with it.
    tables.copy = _FoundAsItIs


class _FoundAsItIs:
    copy = staticmethod(copy.copy)

    @staticmethod
    def deepcopy(found: Any) -> Any:
        items = found if isinstance(found, list) else [found]
        return found if items and all(isinstance(each, Item) for each in items) else copy.deepcopy(found)


def _partition_key(index: Any) -> str:
    return str(next(key["AttributeName"] for key in index.schema if key["KeyType"] == "HASH"))
