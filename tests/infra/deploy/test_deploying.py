"""A deploy, another one, and a destroy, by the real commands and the real Chalice, into an account of moto's."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_string, policy
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.request import Request, urlopen

import boto3
import pytest

from infra.deploy import calling, functions, policies, stack
from tests import packaging
from tests.infra.aws_host import CREDENTIALS, REGION
from tests.makers import HOME, THUNDERBIRD

ROOT = packaging.ROOT
ANN = "ann@sender.example"
EVE = "eve@sender.example"  # who has had no mail yet that another one waits for
DOMAIN = "t.example.com"
CERTIFICATE = f"arn:aws:acm:{REGION}:123456789012:certificate/6f1c"
LONG_AGO = "2026-09-21T14:13:20Z"  # an open within seconds of the sending would be a machine's


@dataclass
class Owner:
    """Somebody with an AWS account and a checkout. `aws` and `door` are URLs, `home` is where the project is laid out."""

    aws: str
    door: str
    home: Path
    session: boto3.Session = field(default_factory=lambda: boto3.Session("host", "host", region_name=REGION))

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        return {**kept, **CREDENTIALS, "AWS_ENDPOINT_URL": self.aws, "AWS_DEFAULT_REGION": REGION}

    def configure(self, **block: Any) -> None:
        config = packaging.config()
        config["stages"]["prod"] |= block
        (self.home / "config.json").write_text(json.dumps(config))

    def client(self, service: str, **_: Any) -> Any:
        return self.session.client(service, endpoint_url=self.aws)

    def run(
        self, *arguments: str, python: tuple[str, ...] = ("-m", "infra.deploy")
    ) -> subprocess.CompletedProcess[str]:
        where = ("--config", str(self.home / "config.json"), "--build", str(self.home)) if len(python) == 2 else ()
        return subprocess.run(
            [sys.executable, *python, *arguments, *where],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> bytes:
        sent = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.door}/{path.lstrip('/')}", sent, headers, method=method)
        with urlopen(request, timeout=60) as answer:
            return answer.read()  # type: ignore[no-any-return]

    def outbox(self) -> list[str]:
        return json.loads(self.ask("GET", "/_outbox"))  # type: ignore[no-any-return]

    def extras(self) -> functions.Extras:
        outputs = stack.Stack(self, "unsealed-prod").outputs()
        return functions.extras(stack.names(outputs) | {"Stage": "prod", "Domain": "track.example.com"})


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Owner]:
    packaging.lay_packed(tmp_path)  # else skipped
    with subprocess.Popen(
        [sys.executable, "-m", "tests.infra.aws_host"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as host:
        assert host.stdin is not None and host.stdout is not None
        _, aws, door = host.stdout.readline().split()
        owner = Owner(aws, door, tmp_path)
        owner.configure()
        yield owner
        host.stdin.close()


def test_a_deploy_another_one_and_a_destroy(owner: Owner):
    first = owner.run("deploy", "prod")
    assert first.returncode == 0, first.stderr
    assert "https://" in first.stdout.splitlines()[-1] and "sandbox" in first.stdout
    assert "inbound-smtp" in first.stdout, "it says which records the owner's DNS wants"
    made = things(owner)
    assert made["functions"] == {functions.full_name("prod", name) for name in policies.functions()}
    assert len(made["apis"]) == 1 and len(made["mappings"]) == 2 and len(made["roles"]) == len(made["functions"])
    assert calling.differences(owner, owner.extras()) == []
    settings_of_the_functions(owner, made)
    a_mail_goes_all_the_way(owner, made["apis"][0], ANN)

    disturb(owner)
    owner.configure(api_gateway_custom_domain={"domain_name": DOMAIN, "certificate_arn": CERTIFICATE})
    made["domains"] = {DOMAIN: ["(none)"]}  # the API stands at the domain's root
    second = owner.run("deploy", "prod")
    third = owner.run("deploy", "prod")
    for deploy in (second, third):
        assert deploy.returncode == 0, deploy.stderr
        assert f"{DOMAIN} CNAME d-" in deploy.stdout
        assert deploy.stdout.splitlines()[-1].endswith(f"https://{DOMAIN}")
    assert "no longer listens to" in second.stdout and "no longer listens to" not in third.stdout
    assert things(owner) == made, "what is lost is made again, and nothing is made twice"
    assert calling.differences(owner, owner.extras()) == []
    a_mail_goes_all_the_way(owner, made["apis"][0], EVE)

    refused = owner.run("destroy", "prod")
    assert refused.returncode == 1 and "--yes unsealed-prod" in refused.stderr
    gone = owner.run("destroy", "prod", "--yes", "unsealed-prod")
    assert gone.returncode == 0, gone.stderr
    assert not any(things(owner).values())
    assert owner.client("dynamodb").list_tables()["TableNames"] == ["old"]
    assert owner.client("ssm").describe_parameters()["Parameters"] == []
    again = owner.run("destroy", "prod", "--yes", "unsealed-prod")
    assert again.returncode == 0, again.stderr


def things(owner: Owner) -> dict[str, Any]:
    lambdas, gateway = owner.client("lambda"), owner.client("apigateway")
    return {
        "functions": {each["FunctionName"] for each in lambdas.list_functions()["Functions"]},
        "mappings": {each["UUID"] for each in lambdas.list_event_source_mappings()["EventSourceMappings"]},
        "roles": {each["RoleName"] for each in owner.client("iam").list_roles()["Roles"]},
        "rules": {each["Name"] for each in owner.client("events").list_rules()["Rules"]},
        "logs": {each["logGroupName"] for each in owner.client("logs").describe_log_groups()["logGroups"]},
        "apis": [each["id"] for each in gateway.get_rest_apis()["items"]],
        "domains": {
            each["domainName"]: [
                mapping["basePath"]
                for mapping in gateway.get_base_path_mappings(domainName=each["domainName"])["items"]
            ]
            for each in gateway.get_domain_names()["items"]
        },
    }


def settings_of_the_functions(owner: Owner, made: dict[str, Any]) -> None:
    iam = owner.client("iam")
    for name in policies.functions():
        about = owner.client("lambda").get_function_configuration(FunctionName=functions.full_name("prod", name))
        variables = about["Environment"]["Variables"]
        assert variables["PUBLIC_URL"] == f"https://{made['apis'][0]}.execute-api.{REGION}.amazonaws.com/api"
        assert variables["MAIL_FROM"] == packaging.MAIL_FROM and len(variables["SECRETS"]) > 32
        assert about["MemorySize"] >= 512 and about["Handler"].startswith("app.")
        role = f"unsealed-prod-{name}"
        assert about["Role"].endswith(role)
        (only,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
        allowed = json.dumps(iam.get_role_policy(RoleName=role, PolicyName=only)["PolicyDocument"])
        assert "${" not in allowed and "Fn::" not in allowed
        assert f"/aws/lambda/{functions.full_name('prod', name)}" in made["logs"], "where it writes its log"


def a_mail_goes_all_the_way(owner: Owner, api: str, who: str) -> None:
    about = owner.client("lambda").get_function_configuration(FunctionName="unsealed-prod")
    variables = about["Environment"]["Variables"]
    token = signed_in(owner, api, who)
    message = {"subject": "Offer", "recipients": ["bob@example.com"], "html": "<p>Dear Bob.</p>", "sent_at": LONG_AGO}
    made = json.loads(owner.ask("POST", f"/{api}/api/v1/messages", message, Authorization=f"Bearer {token}"))
    pixel = made["recipients"][0]["pixel_url"]
    assert pixel.startswith(variables["PUBLIC_URL"])
    before = len(owner.outbox())
    path = pixel.removeprefix(variables["PUBLIC_URL"])
    reader = {"User-Agent": THUNDERBIRD, "X-Forwarded-For": HOME}
    assert owner.ask("GET", f"/{api}/api{path}", **reader).startswith(b"GIF89a")
    assert new_mail(owner, before)["Subject"] == "bob@example.com may have opened “Offer”"


def signed_in(owner: Owner, api: str, who: str) -> str:
    """The way to a first token of somebody whom no setting names: the owner opens an account, the code comes by mail."""
    opened = owner.run("sender", "prod", "--email", who)
    assert opened.returncode == 0 and "/v1/sign-in" in opened.stdout, opened.stderr
    before = len(owner.outbox())
    owner.ask("POST", f"/{api}/api/v1/sign-in", {"email": who})
    code = re.search(r"\d{4} \d{4}", new_mail(owner, before).get_body(("plain",)).get_content())
    assert code is not None
    answer = owner.ask("POST", f"/{api}/api/v1/sign-in/confirm", {"email": who, "code": code[0]})
    return json.loads(answer)["token"]  # type: ignore[no-any-return]


def new_mail(owner: Owner, before: int) -> Any:
    """The one mail that came, or is coming, beside those before."""
    until = monotonic() + 60
    while len(owner.outbox()) == before and monotonic() < until:
        sleep(0.1)
    (mail,) = owner.outbox()[before:]
    return message_from_string(mail, policy=policy.default)


def disturb(owner: Owner) -> None:
    """As a deploy that broke off, somebody's hands, and a table that another took the place of, would leave it."""
    service = owner.client("lambda")
    old = owner.client("dynamodb").create_table(
        TableName="old",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    stream = old["TableDescription"]["LatestStreamArn"]
    service.create_event_source_mapping(
        FunctionName="unsealed-prod-follow", EventSourceArn=stream, StartingPosition="LATEST"
    )
    for function, source in owner.extras().sources.items():
        for mapping in service.list_event_source_mappings()["EventSourceMappings"]:
            if mapping["FunctionArn"].endswith(function) and source.kind == "dynamodb":
                service.update_event_source_mapping(UUID=mapping["UUID"], MaximumRetryAttempts=1)
    assert calling.differences(owner, owner.extras()) != [], "it notices"
    service.delete_function(FunctionName="unsealed-prod-due")


@pytest.mark.parametrize(
    "lacking, told",
    [
        ({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}, "There are no AWS credentials"),
        ({"AWS_DEFAULT_REGION"}, "set AWS_DEFAULT_REGION"),
    ],
    ids=["credentials", "region"],
)
def test_what_is_lacking_is_said_in_a_sentence(tmp_path, lacking, told):
    (tmp_path / "config.json").write_text(json.dumps(packaging.config()))
    environment = {"PATH": os.environ["PATH"], **CREDENTIALS, "AWS_DEFAULT_REGION": REGION, "HOME": str(tmp_path)}
    environment |= {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull}
    said = subprocess.run(
        [sys.executable, "-m", "infra.deploy", "deploy", "prod", "--config", str(tmp_path / "config.json")],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if name not in lacking},
        capture_output=True,
        text=True,
    )
    assert said.returncode == 1 and told in said.stderr and "Traceback" not in said.stderr
