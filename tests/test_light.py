"""What a cold open loads: the answer to the first reader of a quiet day waits for all of it."""

import json
import subprocess
import sys
from pathlib import Path

from chalicelib.domain.tokens import Claim, TokenKind, mint
from infra.local import gateway
from tests.aws import resources
from tests.embedded import PUBLIC_URL, SECRETS
from tests.makers import GMAIL_PROXY, GOOGLE, SENT, a_message

HEAVY = {
    *("boto3", "botocore", "aws_lambda_powertools", "msgspec", "pydantic", "urllib3"),
    *("email.parser", "http.client", "html.parser", "urllib.request", "uuid", "asyncio", "random", "encodings.idna"),
}
ONE_OPEN = """
import gc, json, sys
sys.path.insert(0, "")
begun = sum(each["collections"] for each in gc.get_stats())
import app
event = json.loads(sys.stdin.read())
before, rounds, on = set(sys.modules), sum(each["collections"] for each in gc.get_stats()) - begun, gc.isenabled()
answer = app.app(event, None)
print(json.dumps([answer["statusCode"], sorted(before), sorted(sys.modules), rounds, on]))
"""


def test_an_open_loads_nothing_that_it_does_not_need(fresh_table):
    token = mint(Claim(TokenKind.PIXEL, a_message().id, 0, int(SENT)), (SECRETS[0].encode(),))
    headers = [("User-Agent", GMAIL_PROXY), ("Host", "t.example.com")]
    event = gateway.event(
        "GET", f"/o/{token}", headers, b"", SENT + 7200, "6f1c", GOOGLE, {"/o/{token}": {"GET": None}}
    )
    done = subprocess.run(
        [sys.executable, "-c", ONE_OPEN],
        input=json.dumps(event),
        cwd=Path(__file__).parent.parent,
        env=dict(resources.environment(fresh_table.made, fresh_table.aws.url, PUBLIC_URL, SECRETS)),
        capture_output=True,
        text=True,
        check=True,
    )
    status, loaded, after, rounds, on = json.loads(done.stdout.splitlines()[-1])
    assert status == 200 and len(fresh_table.items()) == 1
    assert set(loaded) & HEAVY == set(), "app.py's imports"
    assert set(after) & HEAVY == set(), "what the first open loads"
    # To compile app.py, where it has no byte code yet, may take a round or two.
    assert rounds < 5 and on, "the garbage collector rests while app.py imports, and no longer"
