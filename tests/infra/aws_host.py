"""An AWS account in a process of its own, into which one can really deploy: `python -m tests.infra.aws_host`.

moto, with what it lacks: it takes the API document that Chalice writes, runs functions from their zips under Lambda's
runtime client, and has a front door for its APIs. The first line on stdout is `READY <url of AWS> <url of the front
door>`. At the front door, `/API/STAGE/PATH` is a request to an API, and `/_outbox` are the mails that SES sent.
It ends with its standard input.
"""

import base64
import copy
import json
import queue
import sys
import tempfile
import threading
import time
import uuid
import zipfile
from collections import defaultdict
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from moto.apigateway.models import APIGatewayBackend, apigateway_backends
from moto.apigateway.responses import APIGatewayResponse
from moto.apigatewayv2.models import ApiGatewayV2Backend
from moto.apigatewayv2.responses import ApiGatewayV2Response
from moto.apigatewayv2.urls import url_paths as apigatewayv2_paths
from moto.awslambda import models as awslambda
from moto.awslambda.models import LambdaBackend, LambdaFunction, lambda_backends
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.common_models import CloudFormationModel
from moto.server import ThreadedMotoServer
from moto.ses.models import ses_backends
from moto.sesv2.models import sesv2_backends
from moto.sesv2.responses import SESV2Response
from moto.sesv2.urls import url_paths as sesv2_paths

from infra.local import gateway
from infra.local.functions import FunctionError
from infra.local.httpd import Request, Response, Server
from tests import lambda_runtime

METHODS = {"get", "put", "post", "delete", "options", "head", "patch"}
REGION = "eu-central-1"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "host", "AWS_SECRET_ACCESS_KEY": "host"}

_documents: dict[str, dict[str, Any]] = {}
_put_rest_api = APIGatewayBackend.put_rest_api


def put_rest_api(
    self: APIGatewayBackend, function_id: str, api_doc: dict[str, Any], fail_on_warnings: bool, mode: str = "merge"
) -> Any:
    """As API Gateway does, which takes OpenAPI 2 as well; moto takes 3 alone."""
    taken = copy.deepcopy(api_doc)
    if taken.pop("swagger", None):
        taken["openapi"] = "3.0.1"
        taken["paths"] = {
            path: {method: about for method, about in methods.items() if method in METHODS}
            for path, methods in taken["paths"].items()
            if path != "/"  # moto would make a child without a name
        }
    api = _put_rest_api(self, function_id, taken, False, mode)
    api.binaryMediaTypes = api_doc.get("x-amazon-apigateway-binary-media-types", [])
    _documents[function_id] = api_doc
    return api


def import_rest_api(self: APIGatewayBackend, api_doc: dict[str, Any], fail_on_warnings: bool) -> Any:
    """As API Gateway does: a description is not a must."""
    api = self.create_rest_api(name=api_doc["info"]["title"], description="")
    return self.put_rest_api(api.id, api_doc, fail_on_warnings)


def update_domain_name(self: APIGatewayResponse) -> str:
    """As API Gateway does with the changes that Chalice asks for; moto knows none."""
    domain = self.backend.get_domain_name(self.path.split("/")[2])
    for change in json.loads(self.body)["patchOperations"]:
        name = {"/regionalCertificateArn": "regional_certificate_arn", "/securityPolicy": "security_policy"}
        setattr(domain, name[change["path"]], change["value"])
    return json.dumps(domain.to_json())


def delete_domain_name(self: ApiGatewayV2Backend, domain_name: str) -> None:
    """As AWS does, for which both versions of the API have the same domains."""
    first = apigateway_backends[DEFAULT_ACCOUNT_ID][REGION]
    for path in list(first.base_path_mappings.get(domain_name, {})):
        first.delete_base_path_mapping(domain_name, path)
    first.delete_domain_name(domain_name)


def get_account(self: SESV2Response) -> str:
    """As SES does of an account that is still in the sandbox."""
    return json.dumps({"ProductionAccessEnabled": False, "SendingEnabled": True})


class SesResource:
    """What moto's CloudFormation does not make of SES: by its name, and for a sender's domain the identity itself."""

    def __init__(self, name: str) -> None:
        self.physical_resource_id = name

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return False

    @classmethod
    def create_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str, **_: Any
    ) -> Any:
        properties = cloudformation_json.get("Properties", {})
        if "EmailIdentity" in properties:
            sesv2_backends[account_id][region_name].create_email_identity(properties["EmailIdentity"], None, None, None)
        return cls(properties.get("EmailIdentity") or resource_name)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource: Any, *_: Any, **__: Any) -> Any:
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str
    ) -> None:
        ses_backends[account_id][region_name].email_identities.pop(resource_name, None)

    def is_created(self) -> bool:
        return True


class ConfigurationSet(SesResource, CloudFormationModel):  # moto looks for its own model's children
    """The set that feedback comes by."""

    __module__ = "moto.ses"  # moto reads a model's service from there

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::SES::ConfigurationSet"


class Identity(SesResource, CloudFormationModel):
    """The domain."""

    __module__ = "moto.ses"

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::SES::EmailIdentity"


class Functions:
    """Runs functions, each version of the code in processes of its own, kept for the next call."""

    def __init__(self, home: Path) -> None:
        self.aws_url = ""
        self._home = home
        self._python = lambda_runtime.bare_python(home / "python")
        self._runtime = lambda_runtime.runtime(home / "runtime", *lambda_runtime.IN_THE_RUNTIME)
        self._idle: dict[str, list[lambda_runtime.Process]] = defaultdict(list)
        self._lock = threading.Lock()

    def invoke(self, function: LambdaFunction, event: Any) -> Any:
        """The function's answer. Raises FunctionError."""
        environment = {
            **CREDENTIALS,
            **function.environment_vars,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ENDPOINT_URL": self.aws_url,
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
        }
        version = json.dumps([function.function_name, function.code_sha_256, function.handler, environment])
        with self._lock:
            task = self._unpacked(function)
            idle = self._idle[version]
            process = idle.pop() if idle else None
        if process is None:
            process = lambda_runtime.Process(task, function.handler, environment, self._python, self._runtime)
        answer = process.invoke(event)
        with self._lock:
            idle.append(process)
        return answer

    def stop(self) -> None:
        """End all processes."""
        for idle in self._idle.values():
            for process in idle:
                process.stop()

    def _unpacked(self, function: LambdaFunction) -> Path:
        task = self._home / function.code_sha_256.replace("/", "_")
        if not task.exists():
            with zipfile.ZipFile(BytesIO(function.code_bytes)) as packed:
                packed.extractall(task)
        return task


class Stream:
    """Hands the records of tables over after the write, in order, again while they fail. moto would do it within the write."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[LambdaFunction, dict[str, Any]]] = queue.Queue()
        threading.Thread(target=self._run, daemon=True).start()

    def take(self, backend: LambdaBackend, function_arn: str, items: list[Any], source: str) -> str:
        """Take records for a function."""
        for item in items:
            record = copy.deepcopy(item.to_json())
            content = record["dynamodb"]
            content["ApproximateCreationDateTime"] = int(content["ApproximateCreationDateTime"].timestamp())
            event = json.loads(json.dumps({"Records": [record | {"eventSourceARN": source}]}, default=_base64))
            self._waiting.put((backend.get_function(function_arn), event))
        return "taken"

    def _run(self) -> None:
        while True:
            function, event = self._waiting.get()
            for _ in range(5):
                text, failed, _ = function._invoke_lambda(event)
                if not failed and not json.loads(text)["batchItemFailures"]:
                    break
                print(function.function_name, text, file=sys.stderr, flush=True)


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def front_door(functions: Functions, request: Request) -> Response:
    """A request to an API of this account, or for its outbox."""
    if request.target == "/_outbox":
        sent = [mail.raw_data for mail in ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages]
        return Response(200, [("Content-Type", "application/json")], json.dumps(sent).encode())
    _, api, stage, path = urlsplit(request.target).path.split("/", 3)
    document = _documents.get(api)
    if document is None or stage not in apigateway_backends[DEFAULT_ACCOUNT_ID][REGION].apis[api].stages:
        return Response(403, [], b'{"message":"Forbidden"}')
    routes = {route: dict.fromkeys(name.upper() for name in methods) for route, methods in document["paths"].items()}
    event = gateway.event(
        request.method,
        f"/{path}",
        request.headers,
        request.body,
        time.time(),
        str(uuid.uuid4()),
        "93.184.216.34",
        routes,
    )
    if event is None:
        return Response(403, [], b'{"message":"Missing Authentication Token"}')
    lead = document["paths"][event["resource"]][request.method.lower()]["x-amazon-apigateway-integration"]["uri"]
    name = lead.rpartition(":function:")[2].removesuffix("/invocations")
    try:
        return gateway.answer(functions.invoke(lambda_backends[DEFAULT_ACCOUNT_ID][REGION].get_function(name), event))
    except FunctionError as failure:
        return Response(502, [], str(failure).encode())


def main() -> None:
    """The command."""
    with tempfile.TemporaryDirectory() as home:
        functions = Functions(Path(home))

        def invoke(self: LambdaFunction, event: Any = None) -> tuple[str, bool, str]:
            try:
                return json.dumps(functions.invoke(self, event)), False, ""
            except FunctionError as failure:
                return json.dumps({"errorMessage": str(failure)}), True, str(failure)

        awslambda._zipfile_content = lru_cache(2)(
            awslambda._zipfile_content
        )  # ten functions are sent the same zip each time
        LambdaFunction._invoke_lambda = invoke
        stream = Stream()
        LambdaBackend.send_dynamodb_items = lambda self, *about: stream.take(self, *about)
        APIGatewayBackend.put_rest_api = put_rest_api
        APIGatewayBackend.import_rest_api = import_rest_api
        APIGatewayResponse.update_domain_name = update_domain_name
        ApiGatewayV2Backend.delete_domain_name = delete_domain_name
        SESV2Response.get_account = get_account
        apigatewayv2_paths["{0}/v2/tags/(?P<resource_arn>.+/domainnames/.+)$"] = ApiGatewayV2Response.dispatch
        sesv2_paths["{0}/v2/email/account$"] = SESV2Response.dispatch
        aws = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        aws.start()
        functions.aws_url = "http://{}:{}".format(*aws.get_host_and_port())
        door = Server("127.0.0.1", 0, lambda request: front_door(functions, request))
        door.start()
        print(f"READY {functions.aws_url} http://127.0.0.1:{door.port}", flush=True)
        sys.stdin.read()
        functions.stop()


if __name__ == "__main__":
    main()
