"""The package way: one template of everything, linted as it is and as CloudFormation will see it, and made for real."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.request import Request, urlopen

import boto3
import pytest

import app
from infra.deploy import functions, policies
from tests import packaging
from tests.infra import ministack
from tests.makers import THUNDERBIRD

REGISTER = (
    "from chalicelib.work.accounts.registering import register; "
    "register('ann@sender.example', 'Ann', 'UTC', {!r}, 1.8e9)"
)
TOKEN = "a test's token"
PUBLIC_URL = "https://t.example.com"
PARAMETERS = {"Secrets": "a test's secret of more than thirty-two bytes", "PublicUrl": PUBLIC_URL}
UNKNOWN = {"AWS::SES::ReceiptRule", "AWS::SES::ReceiptRuleSet"}  # to ministack; and it has no metric math


@pytest.fixture(scope="module")
def bundled() -> Path:
    return packaging.bundled()  # made by the very command


@pytest.fixture(scope="module")
def template(bundled: Path) -> dict[str, Any]:
    return json.loads((bundled / "sam.json").read_text())  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def translated(template: dict[str, Any]) -> dict[str, Any]:
    """As CloudFormation sees it once its SAM transform is done."""
    from samtranslator.parser.parser import Parser  # half a second, which each process would take to find its tests
    from samtranslator.translator.translator import Translator

    copy = json.loads(json.dumps(template))
    for resource in copy["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://code/deployment.zip"

    region = boto3.Session(region_name="us-east-1")
    return Translator({}, Parser(), boto_session=region).translate(copy, PARAMETERS)  # type: ignore[no-any-return]


def test_the_linter_has_nothing_to_say(template, translated, tmp_path):
    files = [tmp_path / "template.json", tmp_path / "translated.json"]
    for file, content in zip(files, (template, translated), strict=True):
        file.write_text(json.dumps(content))
    done = subprocess.run([Path(sys.executable).with_name("cfn-lint"), *files], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_every_function_has_its_own_role_and_its_environment(translated):
    resources = translated["Resources"]
    made = {name: each["Properties"] for name, each in resources.items() if each["Type"] == "AWS::Lambda::Function"}
    names = {each["FunctionName"]["Fn::Sub"] for each in made.values()}
    assert names == {functions.full_name("${Stage}", name) for name in policies.functions()}
    assert all(each["Handler"].startswith("app.") for each in made.values())
    roles = [each["Role"]["Fn::GetAtt"][0] for each in made.values()]
    assert len(set(roles)) == len(made)
    for role in roles:
        (policy,) = resources[role]["Properties"]["Policies"]
        assert policy["PolicyDocument"]["Statement"]
    ours = {"TABLE_NAME", "STREAM_ARN", "SPILL_QUEUE_URL", "SECRETS", "PUBLIC_URL", "MAIL_FROM"}
    assert all(ours <= set(each["Environment"]["Variables"]) for each in made.values())


def test_the_mappings_say_what_chalice_cannot(translated):
    mappings = [each["Properties"] for each in translated["Resources"].values() if "EventSourceMapping" in each["Type"]]
    assert len(mappings) == 2
    assert all(each["FunctionResponseTypes"] == ["ReportBatchItemFailures"] for each in mappings)
    (follow,) = [each for each in mappings if "BisectBatchOnFunctionError" in each]
    assert follow["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["DeadLetters", "Arn"]}
    assert follow["StartingPosition"] == "TRIM_HORIZON"
    configured = [each for each in translated["Resources"].values() if each["Type"] == "AWS::Lambda::EventInvokeConfig"]
    assert len(configured) == len(app.app.event_sources) - 2


def test_no_secret_is_in_it(template):
    assert template["Parameters"]["Secrets"]["NoEcho"] is True
    assert "Default" not in template["Parameters"]["Secrets"]


def test_the_stack_is_made_and_a_mail_goes_through_it(bundled, template, tmp_path):
    with ministack.running(tmp_path) as url:
        outputs = create(url, bundled, template)
        environment = {
            "PATH": "/usr/bin:/bin",
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "x",
            "AWS_SECRET_ACCESS_KEY": "x",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "TABLE_NAME": outputs["Table"],
            "SECRETS": PARAMETERS["Secrets"],
            "PUBLIC_URL": PUBLIC_URL,
            "MAIL_FROM": packaging.MAIL_FROM,
        }
        register = [sys.executable, "-c", REGISTER.format(TOKEN)]
        subprocess.run(register, cwd=packaging.ROOT, env=environment, check=True)
        base = f"{url}/_aws/execute-api/{outputs['RestAPIId']}/api"
        message = {"subject": "Offer", "recipients": ["bob@example.com"], "html": "<p>Dear Bob.</p>"}
        sent = json.dumps(message | {"sent_at": "2026-09-21T14:13:20Z"}).encode()
        made = json.loads(ask(f"{base}/v1/messages", sent, Authorization=f"Bearer {TOKEN}"))
        pixel = made["recipients"][0]["pixel_url"].removeprefix(PUBLIC_URL)
        assert ask(f"{base}{pixel}", **{"User-Agent": THUNDERBIRD}).startswith(b"GIF89a")
        until = monotonic() + 60
        while not (outbox := json.loads(ask(f"{url}/_ministack/ses/messages"))["messages"]) and monotonic() < until:
            sleep(0.1)
        assert "bob@example.com opened" in json.dumps(outbox), (tmp_path / "ministack.log").read_text()[-2000:]


def create(url: str, bundled: Path, template: dict[str, Any]) -> dict[str, str]:
    session = boto3.Session("x", "x", region_name="us-east-1")
    s3 = session.client("s3", endpoint_url=url)
    s3.create_bucket(Bucket="code")
    s3.upload_file(str(bundled / "deployment.zip"), "code", "deployment.zip")
    known = {
        name: resource
        for name, resource in json.loads(json.dumps(template))["Resources"].items()
        if resource["Type"] not in UNKNOWN and name != "ErrorsAlarm"
    }
    for resource in known.values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://code/deployment.zip"
    service = session.client("cloudformation", endpoint_url=url)
    # CloudFormation takes 51,200 bytes in the call itself, and a megabyte from a bucket (CloudFormation quotas).
    s3.put_object(Bucket="code", Key="template.json", Body=json.dumps(template | {"Resources": known}).encode())
    service.create_stack(
        StackName="unsealed",
        TemplateURL=f"{url}/code/template.json",
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in PARAMETERS.items()],
        Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    service.get_waiter("stack_create_complete").wait(
        StackName="unsealed", WaiterConfig={"Delay": 0.1, "MaxAttempts": 1200}
    )
    (made,) = service.describe_stacks(StackName="unsealed")["Stacks"]
    return {each["OutputKey"]: each["OutputValue"] for each in made["Outputs"]}


def ask(url: str, body: bytes | None = None, **headers: str) -> bytes:
    """The answer. ministack leaves it in base64, as the function gave it."""
    with urlopen(Request(url, body, headers), timeout=60) as answer:
        said: bytes = answer.read()
    return said if said[:1] in b"{[" else base64.b64decode(said)
