"""The table on another engine than moto, so that moto's faults do not hide ours: all else stays where it is.

With UNSEALED_TEST_DYNAMODB_URL set, tests/embedded.py hands DynamoDB and its streams on to what listens there. What
looks into moto's own table, counts units, or lets TTL fire, is skipped then.
"""

import http.client
from collections.abc import Iterable
from urllib.parse import urlsplit

import pytest

from chalicelib.store.accounts import api_tokens
from infra.local import pump
from infra.local.clock import Clock
from infra.local.httpd import Request, Response
from tests.aws.aws import Aws, Call
from tests.aws.resources import TABLE
from tests.capacity import Item
from tests.embedded import Embedded

_NOT_OURS = {"host", "connection", "content-length", "transfer-encoding", "date", "server"}


class HandedOn(Aws):
    """AWS, with DynamoDB elsewhere."""

    def __init__(self, clock: Clock, url: str) -> None:
        super().__init__(clock)
        self._where = urlsplit(url).netloc

    def replay(self, seed: int, at: float, request: Request, call: Call | None = None) -> Response:
        """Hand DynamoDB's requests on, do the others here."""
        if not (request.header("x-amz-target") or "").startswith("DynamoDB"):
            return super().replay(seed, at, request, call)
        connection = http.client.HTTPConnection(self._where, timeout=30)
        try:
            headers = {name: value for name, value in request.headers if name.lower() not in _NOT_OURS}
            connection.request(request.method, request.target, request.body, headers)
            answer = connection.getresponse()
            told = [(name, value) for name, value in answer.getheaders() if name.lower() not in _NOT_OURS]
            return Response(answer.status, told, answer.read())
        finally:
            connection.close()


class Second(Embedded):
    """What tests want to know of it, asked by its API."""

    def items(self) -> list[Item]:
        service = self.client("dynamodb")
        found = [item for page in service.get_paginator("scan").paginate(TableName=TABLE) for item in page["Items"]]
        return sorted(found, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))

    def sweep(self) -> int:
        pytest.skip("Another engine's time to live goes by its own clock.")

    def reset(self) -> None:
        api_tokens._latest.clear()
        service = self.client("dynamodb")
        for item in self.items():
            service.delete_item(TableName=TABLE, Key={"pk": item["pk"], "sk": item["sk"]})
        self._pass()
        self.forget()

    def lay(self, items: Iterable[Item]) -> None:
        service = self.client("dynamodb")
        for item in items:
            service.put_item(TableName=TABLE, Item=item)
        self._pass()

    def _pass(self) -> None:
        while batch := self._reader().read(1000):
            self.passed = pump.number(batch[-1])
