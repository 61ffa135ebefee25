"""What a pixel request costs in CPU: `python -m tests.bench.pixel`. The last line is JSON.

No network but loopback: the whole view (Chalice, token, observation, first guess, signed PutItem) beside three bare
Chalice routes that return the same picture: one makes the same PutItem through the leanest client that the standard
library has, one through our own, and one makes none. The table is a process of its own. Rounds are interleaved, the
figure is the median of the rounds' ratios.
"""

import http.client
import json
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ROUNDS, TIMES = 200, 20


class Table(BaseHTTPRequestHandler):
    """A table that takes everything."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for an answer: the client waits for none

    def do_POST(self) -> None:
        """Take it."""
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def cpu(act: Callable[[], object]) -> float:
    """Seconds of this thread's CPU for one call: the table answers in another thread."""
    began = time.thread_time()
    for _ in range(TIMES):
        act()
    return (time.thread_time() - began) / TIMES


def main() -> None:
    """The command."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Table)
    table = multiprocessing.get_context("fork").Process(target=server.serve_forever, daemon=True)
    table.start()
    os.environ |= {
        "TABLE_NAME": "unsealed",
        "SECRETS": "a secret",
        "PUBLIC_URL": "https://t.example.com",
        "MAIL_FROM": "unsealed@example.com",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_ENDPOINT_URL_DYNAMODB": f"http://127.0.0.1:{server.server_address[1]}",
    }
    from chalice.app import Chalice, Response

    import app
    from chalicelib.config import credentials
    from chalicelib.domain.tokens import Claim, TokenKind, mint
    from chalicelib.routes.public.tracking import PIXEL
    from chalicelib.store.dynamodb import wire
    from chalicelib.store.dynamodb.values import to_wire
    from chalicelib.store.tracking.event_items import of_event
    from infra.local import gateway
    from infra.local.functions import Context
    from tests.makers import GMAIL_PROXY, GOOGLE, SENT, an_open

    item = of_event(an_open(), 2_000_000_000)
    bare = Chalice("bare")
    bare.api.binary_types = ["*/*"]

    @bare.route("/o/{token}")  # type: ignore[untyped-decorator]
    def pixel(token: str) -> Any:
        wire.put_once("unsealed", to_wire(item))
        return Response(PIXEL, headers={"Content-Type": "image/gif", "Cache-Control": "no-store"})

    where = f"127.0.0.1:{server.server_address[1]}"
    kept = http.client.HTTPConnection(where)

    @bare.route("/standard/{token}")  # type: ignore[untyped-decorator]
    def standard(token: str) -> Any:
        asked = {"TableName": "unsealed", "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}
        body = json.dumps(asked, separators=(",", ":")).encode()
        kept.request("POST", "/", body, wire.sign(where, body, "us-east-1", credentials(), time.gmtime()))
        kept.getresponse().read()
        return Response(PIXEL, headers={"Content-Type": "image/gif", "Cache-Control": "no-store"})

    @bare.route("/picture/{token}")  # type: ignore[untyped-decorator]
    def picture(token: str) -> Any:
        return Response(PIXEL, headers={"Content-Type": "image/gif", "Cache-Control": "no-store"})

    token = mint(Claim(TokenKind.PIXEL, an_open().message, 0, int(SENT)), (b"a secret",))
    headers = [("User-Agent", GMAIL_PROXY), ("Accept", "*/*"), ("Host", "t.example.com"), ("Accept-Encoding", "gzip")]

    def ask(chalice: Any, path: str) -> Callable[[], object]:
        made = gateway.event("GET", path, headers, b"", SENT + 7200, "6f1c", GOOGLE, chalice.routes)
        return lambda: chalice(made, Context("api_handler"))

    cases = {
        "unsealed": ask(app.app, f"/o/{token}"),
        "bare route, http.client": ask(bare, f"/standard/{token}"),
        "bare route, our client": ask(bare, f"/o/{token}"),
        "bare route": ask(bare, f"/picture/{token}"),
    }
    for act in cases.values():
        cpu(act)
    rounds = [{name: cpu(act) for name, act in cases.items()} for _ in range(ROUNDS)]
    for name in cases:
        print(f"{name:<26} {statistics.median(each[name] for each in rounds) * 1e6:7.0f} microseconds of CPU")
    ratios = {name: statistics.median(each["unsealed"] / each[name] for each in rounds) for name in cases}
    figures = {
        "ratio_to_bare_put": ratios["bare route, http.client"],
        "ratio_to_bare_put_by_our_client": ratios["bare route, our client"],
        "ratio_to_bare_route": ratios["bare route"],
    }
    print(json.dumps({name: round(ratio, 2) for name, ratio in figures.items()}))
    table.terminate()


if __name__ == "__main__":
    main()
