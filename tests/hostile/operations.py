"""The API's operations as its own OpenAPI document tells of them: what each takes, filled with examples or with given words.

Nothing here knows a route. `EXAMPLES` knows what the words of the API mean, since a schema says only that they are text.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from chalicelib.routes.api import openapi
from chalicelib.routes.api.calls import ROUTES
from tests.mails import a_mail

# What text of this name looks like; `{who}` is whose it is, `{n}` a number.
EXAMPLES = {
    "email": "friend{n}@{who}.example",
    "recipient": "friend{n}@{who}.example",
    "recipients": "friend{n}@{who}.example",
    "address": "{who}@sender.example",  # the account's own
    "name": "{who}'s friend {n}",
    "subject": "{who}'s offer {n}",
    "html": '<p><a href="https://{who}.example/offer">the offer</a></p>',
    "url": "https://hooks.{who}.example/{n}",
    "thread": "<{n}@{who}.example>",
    "time_zone": "Europe/Berlin",
    "token": "{who}'s device token {n}",
    "code": "123456",
    "consent": "granted",  # who denies is shown nothing of
}


@dataclass(frozen=True)
class Operation:
    """One operation of the document."""

    method: str
    path: str
    said: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def in_path(self) -> list[str]:
        """The names of the parameters in its path."""
        return [each["name"] for each in self.said["parameters"] if each["in"] == "path"]

    @property
    def in_query(self) -> list[str]:
        """The names of the parameters of its query that take any text."""
        return [
            each["name"]
            for each in self.said["parameters"]
            if each["in"] == "query" and any(way.get("type") == "string" for way in _ways(each["schema"]))
        ]

    @property
    def in_pages(self) -> bool:
        """Whether it gives a list page by page."""
        return any(each["name"] == "limit" for each in self.said["parameters"])

    @property
    def body(self) -> dict[str, Any] | None:
        """The schema of its JSON body, {} for a body of bytes, None if it takes none."""
        content = self.said.get("requestBody", {}).get("content")
        return None if content is None else content.get("application/json", {}).get("schema", {})

    def target(self, values: Mapping[str, str], **query: str) -> str:
        """The request's target."""
        path = self.path
        for name, value in values.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        return path + (f"?{urlencode(query)}" if query else "")

    def example(self, who: str, n: int = 0) -> bytes:
        """A body that it takes, if the document and EXAMPLES say enough; none if it takes none."""
        if self.body is None:
            return b""
        if not self.body:
            return a_mail(To=f"friend{n}@{who}.example", Subject=f"{who}'s mail {n}")
        return json.dumps(_example(self.body, "", who, n)).encode()

    def bodies_with(self, words: Mapping[str, list[str]], who: str) -> Iterator[bytes]:
        """Its example once for each word of another's, put in the place that its name fits."""
        whole = self.example(who).decode() if self.body else ""
        for name, example in EXAMPLES.items():
            ours = json.dumps(example.format(who=who, n=0))
            for word in words.get(name, ()) if ours in whole else ():
                yield whole.replace(ours, json.dumps(word)).encode()


DOCUMENT: dict[str, Any] = json.loads(openapi.answer(ROUTES).body)
OPERATIONS = [
    Operation(method.upper(), path, said)
    for path, methods in DOCUMENT["paths"].items()
    for method, said in methods.items()
]
SCHEMAS = DOCUMENT["components"]["schemas"]


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    return SCHEMAS[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _ways(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The schemas of which one is enough."""
    found = _resolved(schema)
    return [way for each in found.get("anyOf", ()) for way in _ways(each)] or [found]


def _example(schema: Mapping[str, Any], name: str, who: str, n: int) -> Any:
    way = _ways(schema)[0]
    if "enum" in way:
        return EXAMPLES[name] if EXAMPLES.get(name) in way["enum"] else way["enum"][0]
    match way.get("type"):
        case "object":
            inside = way.get("properties", {})
            wanted = [each for each in inside if each in way.get("required", ()) or each in EXAMPLES]
            return {each: _example(inside[each], each, who, n) for each in wanted}
        case "array":
            return [_example(way.get("items", {}), name, who, n)]
        case "string":
            fallback = "2026-09-21T14:00:00Z" if way.get("format") == "date-time" else f"{who}'s {name} {n}"
            return EXAMPLES.get(name, fallback).format(who=who, n=n)
        case "integer" | "number":
            return way.get("minimum", 1)
        case "boolean":
            return False  # what is so unless it is said otherwise, is true: a preference
    return None
