"""What a cold fold and a cold list of messages load: neither boto3 nor what reads, rewrites or sends mail."""

import json
import subprocess
import sys
from pathlib import Path

import app
from infra.local import gateway
from tests.aws import resources
from tests.embedded import PUBLIC_URL, SECRETS
from tests.makers import HOME, SENT, THUNDERBIRD
from tests.system import SENDERS_DESK, TOKEN, System

NOT_NEEDED = (
    *("boto3", "botocore", "aws_lambda_powertools", "email", "http.client", "statistics", "cryptography"),
    *("chalicelib.domain.outgoing.rewriting", "chalicelib.domain.incoming.sorting", "chalicelib.senders.mail"),
)
ONE_CALL = """
import json, sys
sys.path.insert(0, "")
import app
function, event, context = json.loads(sys.stdin.read())
answer = getattr(app, function)(event, type("Context", (), context))
print(json.dumps([answer, sorted(sys.modules)]))
"""


def loaded_by(system: System, function: str, event: object) -> set[str]:
    """The modules that a process has loaded after one call of a function, as on Lambda."""
    environment = resources.environment(system.aws.made, system.aws.aws.url, PUBLIC_URL, SECRETS)
    done = subprocess.run(
        [sys.executable, "-c", ONE_CALL],
        input=json.dumps([function, event, {"invoked_function_arn": "arn:x"}]),
        cwd=Path(__file__).parent.parent,
        env={**environment, "AWS_LAMBDA_FUNCTION_NAME": f"unsealed-prod-{function}"},
        capture_output=True,
        text=True,
        check=True,
    )
    answer, modules = json.loads(done.stdout.splitlines()[-1])
    assert answer.get("statusCode", 200) == 200 and not answer.get("batchItemFailures"), answer
    return set(modules)


def test_the_fold_of_a_hit_loads_nothing_that_it_does_not_need(system: System):
    message = system.send()
    system.follow()
    system.opened(message, 7200, THUNDERBIRD, HOME)
    assert loaded_by(system, "follow", {"Records": system.aws.records()}) & set(NOT_NEEDED) == set()
    assert system.show(message)["recipients"][0]["status"] == "opened"


def test_a_list_of_messages_loads_nothing_that_it_does_not_need(system: System):
    system.send()
    headers = [("Authorization", f"Bearer {TOKEN}"), ("Accept", "*/*")]
    event = gateway.event("GET", "/v1/messages", headers, b"", SENT, "6f1c", SENDERS_DESK, app.app.routes)
    assert loaded_by(system, "app", event) & set(NOT_NEEDED) == set()
