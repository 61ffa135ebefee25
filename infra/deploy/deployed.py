"""What of a stage's functions is there, told to Chalice as its memory of the last deploy (.chalice/deployed/STAGE.json).

Chalice writes that file only when a whole deploy succeeded, and believes it: without it a second API and second mappings
are made, with an old one a mapping to a stream that is no more stays for ever. So it is kept nowhere: before each deploy
and each deletion it is made anew from what AWS says. What is there and no longer wanted, Chalice then removes.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from infra.deploy.functions import Source, full_name

Entry = dict[str, Any]

API_STAGE = "api"
"""Chalice's name for the stage of an API: the first part of the path where there is no custom domain."""


class Stock:
    """The stock of one stage. `session` is boto3's."""

    def __init__(self, session: Any, stage: str) -> None:
        self._session = session
        self._handler = full_name(stage, "api_handler")
        self._prefix = f"unsealed-{stage}-"
        self._stage = stage

    def take(self, custom_domain: str) -> list[Entry]:
        """What is there, in the order in which it was made, as Chalice writes it down."""
        functions = self._functions()
        return [
            *self._roles(),
            *(
                {"name": self._short(name), "resource_type": "lambda_function", "lambda_arn": arn}
                for name, arn in functions.items()
            ),
            *self._rules(),
            *(entry for name in functions for entry in self._mappings(name)),
            *self._subscriptions(set(functions.values())),
            *self._apis(),
            *self._domain(custom_domain),
        ]

    def tell(self, folder: Path, custom_domain: str) -> None:
        """Take stock, and lay it where Chalice looks for it."""
        content = {"resources": self.take(custom_domain), "schema_version": "2.0", "backend": "api"}
        file = folder / ".chalice" / "deployed" / f"{self._stage}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, indent=2))

    def url(self) -> str:
        """The API's own address, empty if there is no API."""
        suffix = "amazonaws.com.cn" if self._session.region_name.startswith("cn-") else "amazonaws.com"
        for api in self._apis():
            return f"https://{api['rest_api_id']}.execute-api.{self._session.region_name}.{suffix}/{API_STAGE}"
        return ""

    def alias(self, custom_domain: str) -> str:
        """What the custom domain has to point at, empty if there is none."""
        return next((str(entry["alias_domain_name"]) for entry in self._domain(custom_domain)), "")

    def unhook(self, sources: Mapping[str, Source]) -> list[str]:
        """Delete mappings of our functions to what is not their source (any more), and second ones; what was done."""
        service = self._session.client("lambda")
        lost = []
        for function, source in sources.items():
            kept = False
            for found in mappings(service, function):
                if found["EventSourceArn"] == source.arn and not kept:
                    kept = True
                    continue
                service.delete_event_source_mapping(UUID=found["UUID"])
                lost.append(f"{function} no longer listens to {found['EventSourceArn']}.")
        return lost

    def log_groups(self) -> list[str]:
        """The names of the functions' log groups."""
        pages = self._pages("logs", "describe_log_groups", logGroupNamePrefix=f"/aws/lambda/{self._prefix}")
        return [group["logGroupName"] for page in pages for group in page["logGroups"]]

    def _functions(self) -> dict[str, str]:
        pages = self._pages("lambda", "list_functions")
        found = [function for page in pages for function in page["Functions"]]
        return {
            each["FunctionName"]: each["FunctionArn"]
            for each in found
            if each["FunctionName"].startswith(self._prefix) or each["FunctionName"] == self._handler
        }

    def _roles(self) -> Iterator[Entry]:
        for page in self._pages("iam", "list_roles"):
            for role in page["Roles"]:
                if role["RoleName"].startswith(self._prefix):
                    name = f"{self._short(role['RoleName'])}_role"
                    about = {"role_name": role["RoleName"], "role_arn": role["Arn"]}
                    yield {"name": name, "resource_type": "iam_role", **about}

    def _rules(self) -> Iterator[Entry]:
        for page in self._pages("events", "list_rules", NamePrefix=self._prefix):
            for rule in page["Rules"]:
                name = self._short(rule["Name"])
                yield {"name": name, "resource_type": "cloudwatch_event", "rule_name": rule["Name"]}

    def _mappings(self, function: str) -> Iterator[Entry]:
        for found in mappings(self._session.client("lambda"), function):
            arn = found["EventSourceArn"]
            about: Entry = {"event_uuid": found["UUID"], "lambda_arn": found["FunctionArn"]}
            kind = arn.split(":")[2]
            about |= {"queue_arn": arn, "queue": arn.split(":")[5]} if kind == "sqs" else {"stream_arn": arn}
            yield {"name": f"{self._short(function)}-{kind}-event-source", "resource_type": f"{kind}_event", **about}

    def _subscriptions(self, functions: set[str]) -> Iterator[Entry]:
        for page in self._pages("sns", "list_subscriptions"):
            for found in page["Subscriptions"]:
                if found["Endpoint"] in functions:
                    function = found["Endpoint"].rpartition(":")[2]
                    yield {
                        "name": f"{self._short(function)}-sns-subscription",
                        "resource_type": "sns_event",
                        "topic": found["TopicArn"].rpartition(":")[2],
                        "topic_arn": found["TopicArn"],
                        "lambda_arn": found["Endpoint"],
                        "subscription_arn": found["SubscriptionArn"],
                    }

    def _apis(self) -> Iterator[Entry]:
        """The API whose methods lead to our function: those of all stages are called alike."""
        handler = f":function:{self._handler}/"
        for page in self._pages("apigateway", "get_rest_apis"):
            for api in page["items"]:
                if api["name"] == "unsealed" and handler in self._leads_to(api["id"]):
                    yield {"name": "rest_api", "resource_type": "rest_api", "rest_api_id": api["id"]}
                    return

    def _leads_to(self, api: str) -> str:
        service = self._session.client("apigateway")
        for page in self._pages("apigateway", "get_resources", restApiId=api, embed=["methods"]):
            for resource in page["items"]:
                for method in resource.get("resourceMethods", {}):
                    if method == "OPTIONS":
                        continue  # the gateway answers it by itself
                    found = service.get_integration(restApiId=api, resourceId=resource["id"], httpMethod=method)
                    return str(found.get("uri", ""))
        return ""

    def _domain(self, domain: str) -> Iterator[Entry]:
        """Chalice ends with an error if the domain is there and it does not remember having made it."""
        service = self._session.client("apigateway")
        if not domain:
            return
        try:
            found = service.get_domain_name(domainName=domain)
        except service.exceptions.NotFoundException:
            return
        paths = service.get_base_path_mappings(domainName=domain).get("items", [])
        yield {
            "name": "api_gateway_custom_domain",
            "resource_type": "domain_name",
            "domain_name": domain,
            "alias_domain_name": found.get("regionalDomainName") or found.get("distributionDomainName", ""),
            "api_mapping": [{"key": "/" if each["basePath"] == "(none)" else f"/{each['basePath']}"} for each in paths],
        }

    def _pages(self, service: str, operation: str, **arguments: Any) -> Iterator[Any]:
        return iter(self._session.client(service).get_paginator(operation).paginate(**arguments))

    def _short(self, name: str) -> str:
        return "api_handler" if name == self._handler else name.removeprefix(self._prefix)


def mappings(service: Any, function: str) -> list[dict[str, Any]]:
    """The event source mappings of a function. `service` is Lambda's client."""
    found = [
        each
        for page in service.get_paginator("list_event_source_mappings").paginate()
        for each in page["EventSourceMappings"]
    ]
    return [each for each in found if each["FunctionArn"].split(":")[6] == function and each["State"] != "Deleting"]
