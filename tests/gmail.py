"""Gmail's drafts in a test: what its discovery document says of each call is asked for, and what Google's own would refuse is.

box = Mailbox(grants={"a token": {COMPOSE}})
box.save("r1", raw, thread="t1")                       # as the composer saves it: its message gets another id
status, answer = box.answer("PUT", "/gmail/v1/users/me/drafts/r1", token, body)
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from email.utils import getaddresses
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

DOCUMENT = json.loads((Path(__file__).parent / "events" / "gmail_v1.json").read_text())
COMPOSE = "https://www.googleapis.com/auth/gmail.compose"
_TYPES: Mapping[str, type | tuple[type, ...]] = {"string": str, "integer": int, "array": list, "object": dict}
Answer = tuple[int, dict[str, Any]]


class Refusal(Exception):  # noqa: N818 - it is an answer
    """What Google answers instead."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass
class Saved:
    """A draft as it was saved last."""

    raw: bytes
    message: str
    thread: str
    at: int


@dataclass
class Mailbox:
    """One user's drafts, and what was sent of them: to whom, what, in which thread. `grants` are the scopes of each token."""

    grants: dict[str, set[str]] = field(default_factory=dict)
    drafts: dict[str, Saved] = field(default_factory=dict)
    sent: list[tuple[list[str], bytes, str]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    fails: Callable[[str], int] = lambda call: 0
    """The status that a call is answered with instead; -1 where it is done and the answer lost, -2 where it is empty."""
    meanwhile: Callable[[], None] = lambda: None
    """What the user does while somebody waits."""
    waited: list[float] = field(default_factory=list)
    _made: int = 0

    def save(self, name: str, raw: bytes, thread: str = "") -> None:
        """Save a draft, as the composer does. A thread is one of its own where none is named."""
        self._made += 1
        message = f"m{self._made:04x}"
        self.drafts[name] = Saved(raw, message, thread or message, 1_750_000_000_000 + self._made * 1000)

    def wait(self, seconds: float) -> None:
        """Stands for time.sleep: what is done in that time is done, and the time is noted."""
        self.waited.append(seconds)
        self.meanwhile()

    def answer(self, method: str, path: str, token: str, body: bytes) -> Answer:
        """What is answered to a call."""
        url = urlsplit(path)
        try:
            name, described, where = _call(method, url.path)
            self.calls.append(name)
            if not self.grants.get(token, set()) & set(described["scopes"]):
                raise Refusal(403, "Request had insufficient authentication scopes.")
            given = _parameters(described, url.query)
            content = _content(described, name, body)
            failure = self.fails(name)
            if failure > 0:
                raise Refusal(failure, "Backend Error")
            done: dict[str, Any] = getattr(self, f"_{name}")(where, given, content)
            _check({"$ref": described["response"]["$ref"]}, done, "answer")
        except Refusal as refusal:
            return refusal.status, {"error": {"code": refusal.status, "message": str(refusal)}}
        return (500, {}) if failure == -1 else (200, {} if failure else done)

    def _list(self, _: str, given: Mapping[str, str], __: Any) -> dict[str, Any]:
        newest = sorted(self.drafts, key=lambda name: -self.drafts[name].at)
        most = min(int(given.get("maxResults", 100)), 500)
        shown = [{"id": name, "message": self._brief(self.drafts[name])} for name in newest[:most]]
        more = {"nextPageToken": "more"} if len(newest) > most else {}
        return {"drafts": shown, **more} if shown else {"resultSizeEstimate": 0}

    def _get(self, name: str, given: Mapping[str, str], _: Any) -> dict[str, Any]:
        saved = self._there(name)
        message = self._brief(saved) | {
            "labelIds": ["DRAFT"],
            "sizeEstimate": len(saved.raw),
            "internalDate": str(saved.at),
        }
        mail = message_from_bytes(saved.raw)
        match given.get("format", "full"):
            case "raw":
                message["raw"] = base64.urlsafe_b64encode(saved.raw).decode()
            case "metadata" | "full":
                message["snippet"] = "Hello"
                message["payload"] = {"headers": [{"name": key, "value": str(value)} for key, value in mail.items()]}
        return {"id": name, "message": message}

    def _update(self, name: str, _: Mapping[str, str], content: Mapping[str, Any]) -> dict[str, Any]:
        saved, raw = self._there(name), base64.urlsafe_b64decode(content["message"]["raw"])
        thread = content["message"].get("threadId", "")
        if thread and thread not in {each.thread for each in self.drafts.values()}:
            raise Refusal(404, "Requested entity was not found.")
        stays = thread == saved.thread and _subject(raw) == _subject(saved.raw)
        self.save(name, raw, thread if stays else "")
        return {"id": name, "message": self._brief(self.drafts[name]) | {"labelIds": ["DRAFT"]}}

    def _send(self, _: str, __: Mapping[str, str], content: Mapping[str, Any]) -> dict[str, Any]:
        if not content.get("id"):
            raise Refusal(400, "Missing draft id")
        saved = self._there(content["id"])
        mail = message_from_bytes(saved.raw, policy=default)
        to = [email for _, email in getaddresses([str(mail.get(name, "")) for name in ("to", "cc", "bcc")]) if email]
        if not to:
            raise Refusal(400, "Recipient address required")
        del self.drafts[content["id"]]
        self.sent.append((to, re.sub(rb"(?im)^bcc:.*\r?\n", b"", saved.raw), saved.thread))
        self._made += 1
        return {"id": f"m{self._made:04x}", "threadId": saved.thread, "labelIds": ["SENT"]}

    def _there(self, name: str) -> Saved:
        if name not in self.drafts:
            raise Refusal(404, "Requested entity was not found.")
        return self.drafts[name]

    def _brief(self, saved: Saved) -> dict[str, Any]:
        return {"id": saved.message, "threadId": saved.thread}


def _call(method: str, path: str) -> tuple[str, dict[str, Any], str]:
    """Which call this is: its name, what is said of it, and the id in its path. `send` is no id."""
    for name, described in sorted(DOCUMENT["drafts"].items(), key=lambda each: "{id}" in each[1]["path"]):
        pattern = "/" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", described["path"])
        if described["httpMethod"] == method and (found := re.fullmatch(pattern, path)):
            return name, described, found.groupdict().get("id", "")
    raise Refusal(404, "Not Found")


def _parameters(described: Mapping[str, Any], query: str) -> dict[str, str]:
    given = dict(parse_qsl(query, strict_parsing=bool(query)))
    for name, value in given.items():
        known = described["parameters"].get(name)
        if known is None or known["location"] != "query":
            raise Refusal(400, f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter.')
        if "enum" in known and value not in known["enum"]:
            raise Refusal(400, f"Invalid value at '{name}'")
        if known["type"] == "integer" and not value.isdecimal():
            raise Refusal(400, f"Invalid value at '{name}'")
    return given


def _content(described: Mapping[str, Any], name: str, body: bytes) -> Any:
    if "request" not in described:
        return None
    try:
        content = json.loads(body)
    except ValueError as failure:
        raise Refusal(400, "Invalid JSON payload received.") from failure
    _check(described["request"], content, "draft")
    if name in ("create", "update") and not content.get("message", {}).get("raw"):
        raise Refusal(400, "'raw' RFC822 payload message string or uploading message via /upload/* URL required")
    return content


def _check(schema: Mapping[str, Any], value: Any, where: str) -> None:
    """Refuse what is none of a schema's, as Google's front end does: an unknown name, another type, no base64."""
    described = DOCUMENT["schemas"][schema["$ref"]] if "$ref" in schema else schema
    if not isinstance(value, _TYPES[described["type"]]):
        raise Refusal(400, f"Invalid value at '{where}'")
    if described["type"] == "object":
        for name, each in value.items():
            if name not in described.get("properties", {}):
                raise Refusal(
                    400, f"Invalid JSON payload received. Unknown name \"{name}\" at '{where}': Cannot find field."
                )
            _check(described["properties"][name], each, f"{where}.{name}")
    elif described["type"] == "array":
        for number, each in enumerate(value):
            _check(described["items"], each, f"{where}[{number}]")
    elif described.get("format") == "byte":
        try:
            base64.b64decode(value.encode(), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error) as failure:
            raise Refusal(400, f"Invalid value at '{where}' (TYPE_BYTES), Base64 decoding failed") from failure


def _subject(raw: bytes) -> str:
    return str(message_from_bytes(raw, policy=default)["subject"])
