"""How long the first reader of a quiet day waits: `python -m tests.bench.cold_start [--rounds N]`. The last line is JSON.

Three zips, each unpacked and run under Lambda's own runtime client, in a fresh process each time: what ships; the same
job done as it usually is (Chalice, powertools' Logger, Metrics and Tracer, a boto3 resource in the package, sources
only); and a bare Chalice route that returns the picture and writes nothing, with byte code. A table beside them takes
everything at once. Cold is the time from the start of the process to the answer to its first open. Rounds are
interleaved, the first is dropped, and the figures are the medians of the rounds' ratios: these are not Lambda's
milliseconds, where a function gets a share of a processor.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from chalicelib.domain.tokens import Claim, TokenKind, mint
from infra.deploy import deployment_zip, project
from infra.local import gateway
from infra.local.httpd import Response, Server
from tests import lambda_runtime, packaging
from tests.certificates import certificate, server_context
from tests.makers import GMAIL_PROXY, GOOGLE, SENT, a_message

WARM = 30
SECRET = "a benchmark's secret"
BUILD = packaging.BUILD.parent / "bench"

BARE = """
from chalice import Chalice, Response

app = Chalice(app_name="bare")
app.api.binary_types = ["*/*"]
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")


@app.route("/o/{token}")
def pixel(token):
    return Response(PIXEL, headers={"Content-Type": "image/gif", "Cache-Control": "no-store"})
"""

USUAL = """
import os
import time

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from chalice import Chalice, Response

app = Chalice(app_name="usual")
app.api.binary_types = ["*/*"]
logger = Logger(service="usual")
metrics = Metrics(namespace="Usual", service="usual")
tracer = Tracer(service="usual", disabled=True)
table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")


@app.route("/o/{token}")
def pixel(token):
    context = app.current_request.context
    table.put_item(Item={"pk": token, "sk": context["requestId"], "at": int(time.time()), "agent": "mail client"})
    return Response(PIXEL, headers={"Content-Type": "image/gif", "Cache-Control": "no-store"})
"""

USUAL_NEEDS = "aws-lambda-powertools[tracer]>=3.37,<4\nboto3>=1.44,<2\n"


class Measured(NamedTuple):
    """One cold start: seconds to the first question for work, to the first answer, of a warm one; bytes at most."""

    init: float
    cold: float
    warm: float
    peak: int


def packed(name: str, source: str, needs: str, compiled: bool) -> Path:
    """The zip of an app of one file; made once."""
    made = BUILD / f"{name}.zip"
    if not made.exists():
        folder = BUILD / name
        (folder / ".chalice").mkdir(parents=True, exist_ok=True)
        (folder / "app.py").write_text(source)
        (folder / "requirements.txt").write_text(needs)
        about = {"version": "2.0", "app_name": name, "stages": {"dev": {"environment_variables": {"TABLE_NAME": name}}}}
        (folder / ".chalice" / "config.json").write_text(json.dumps(about))
        project.chalice(folder, "package", "package")
        (zipped,) = (folder / ".chalice" / "deployments").glob("*.zip")
        if compiled:
            deployment_zip.compile_all(zipped)
        zipped.replace(made)
    return made


def measure(
    task: Path, event: Mapping[str, Any], environment: Mapping[str, str], python: Path, runtime: Path
) -> Measured:
    """One fresh process, from its start to its last warm answer."""
    began = perf_counter()
    with lambda_runtime.Process(task, "app.app", environment, python, runtime) as function:
        answer = function.invoke(event)
        cold = perf_counter() - began
        assert answer["statusCode"] == 200, answer
        warm = []
        for _ in range(WARM):
            began = perf_counter()
            function.invoke(event)
            warm.append(perf_counter() - began)
        return Measured(function.init_seconds, cold, statistics.median(warm), function.peak_bytes())


def main(arguments: list[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.cold_start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    asked = parser.parse_args(arguments)
    zips = {
        "unsealed": packaging.shipped(),
        "usual": packed("usual", USUAL, USUAL_NEEDS, compiled=False),
        "bare": packed("bare", BARE, "", compiled=True),
    }
    token = mint(Claim(TokenKind.PIXEL, a_message().id, 0, int(SENT)), (SECRET.encode(),))
    headers = [("User-Agent", GMAIL_PROXY), ("Host", "t.example.com"), ("Accept-Encoding", "gzip"), ("Accept", "*/*")]
    routes = {"/o/{token}": {"GET": None}}
    event = gateway.event("GET", f"/o/{token}", headers, b"", SENT + 7200, "6f1c", GOOGLE, routes)
    assert event is not None
    environment = {
        "TABLE_NAME": "unsealed",
        "STAGE": "bench",
        "SECRETS": SECRET,
        "PUBLIC_URL": "https://t.example.com",
        "MAIL_FROM": "unsealed@example.com",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
    }
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        proof = certificate(home)
        table = Server("127.0.0.1", 0, lambda request: Response(200, (("Content-Type", "application/json"),), b"{}"))
        table.socket = server_context(proof).wrap_socket(table.socket, server_side=True)
        table.start()
        environment |= {"AWS_ENDPOINT_URL": f"https://127.0.0.1:{table.port}", "AWS_CA_BUNDLE": str(proof)}
        python = lambda_runtime.bare_python(home / "python")
        runtime = lambda_runtime.runtime(home / "runtime")
        tasks = {name: lambda_runtime.unpack(zipped, home / name) for name, zipped in zips.items()}
        rounds = [
            {name: measure(task, event, environment, python, runtime) for name, task in tasks.items()}
            for _ in range(asked.rounds + 1)
        ][1:]
        table.stop()
    report(zips, rounds)


def report(zips: Mapping[str, Path], rounds: list[dict[str, Measured]]) -> None:
    """The medians, and the ratios of each round's cold starts."""
    print(f"{'':<10} {'init ms':>8} {'cold ms':>8} {'warm ms':>8} {'peak MB':>8} {'zip MB':>8}")
    for name, zipped in zips.items():
        all_rounds = zip(*(found[name] for found in rounds), strict=True)
        init, cold, warm, peak = map(statistics.median, all_rounds)
        size = zipped.stat().st_size / 1e6
        print(f"{name:<10} {init * 1e3:8.1f} {cold * 1e3:8.1f} {warm * 1e3:8.2f} {peak / 1e6:8.1f} {size:8.2f}")
    ratio = {
        other: statistics.median(each["unsealed"].cold / each[other].cold for each in rounds)
        for other in ("usual", "bare")
    }
    figures = {"ratio_to_usual": round(ratio["usual"], 3), "ratio_to_bare_chalice": round(ratio["bare"], 3)}
    print(json.dumps(figures | {"rounds": len(rounds), "zip_bytes": zips["unsealed"].stat().st_size}))


if __name__ == "__main__":
    main(sys.argv[1:])
