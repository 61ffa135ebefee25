"""What is asked of Google: the keys of its tokens, kept as long as it says; the mail that an add-on's user looks at, and the
drafts that they write.
"""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from chalicelib.config import config

SECONDS = 4.0  # Google gives an add-on some 30; a person waits for it
_MOST_BYTES = 8_000_000
_LEAST_KEPT = 60.0  # seconds: whoever forges key names shall not make us ask each time


class Unreachable(Exception):  # noqa: N818
    """Google did not answer, or not with what was asked for."""


class Refused(Unreachable):
    """Google did not do what was asked, and says why not by a status of HTTP."""

    def __init__(self, status: int) -> None:
        super().__init__(f"Google answered {status}.")
        self.status = status


class _Kept(NamedTuple):
    keys: Mapping[str, Any]
    asked_at: float
    until: float


_kept: dict[str, _Kept] = {}


def key(name: str, at: float) -> Mapping[str, Any] | None:
    """The key of this name (a JWK), by which Google signs now; None if it has none. Raises Unreachable.

    Asked for anew where it is not known, at most once a minute, and when what Google said of their age is over.
    """
    root = config().google_apis or "https://www.googleapis.com"
    kept = _kept.get(root)
    if kept is None or at >= kept.until or (name not in kept.keys and at >= kept.asked_at + _LEAST_KEPT):
        found, headers = _ask("GET", f"{root}/oauth2/v3/certs", {})
        age = re.search(r"max-age=(\d{1,6})", headers.get("cache-control", ""))
        kept = _Kept(
            {each["kid"]: each for each in found["keys"]}, at, at + max(float(age[1] if age else 0), _LEAST_KEPT)
        )
        _kept[root] = kept
    return kept.keys.get(name)


def mail(
    message: str, user_token: str, message_token: str, form: str, headers: tuple[str, ...] = ()
) -> Mapping[str, Any]:
    """A mail of the user's as Gmail has it (`users.messages.get`): in the form `metadata`, with these headers, or `raw`.

    Raises Unreachable.
    """
    wanted = urlencode([("format", form), *(("metadataHeaders", each) for each in headers)])
    by = {"Authorization": f"Bearer {user_token}", "X-Goog-Gmail-Access-Token": message_token}
    return _ask("GET", f"{_mailbox()}/messages/{quote(message, safe='')}?{wanted}", by)[0]


def drafts(user_token: str, most: int) -> tuple[list[str], bool]:
    """The ids of the user's newest drafts, and whether there are more of them (`users.drafts.list`). Raises Unreachable."""
    found, _ = _ask("GET", f"{_mailbox()}/drafts?maxResults={most}", _bearer(user_token))
    return [str(each["id"]) for each in found.get("drafts", ())], "nextPageToken" in found


def draft(name: str, user_token: str, form: str) -> Mapping[str, Any]:
    """A draft (`users.drafts.get`) in the form `metadata`, or `raw`. Raises Unreachable, or Refused (404: it is gone)."""
    found, _ = _ask("GET", f"{_mailbox()}/drafts/{quote(name, safe='')}?format={form}", _bearer(user_token))
    if not isinstance(found.get("message"), dict) or "id" not in found["message"]:
        raise Unreachable("Google answered with no draft.")
    return found


def replace_draft(name: str, user_token: str, raw: bytes, thread: str) -> None:
    """Put another mail into a draft, in its thread (`users.drafts.update`). Raises Unreachable, or Refused."""
    mail = {"raw": urlsafe_b64encode(raw).decode(), **({"threadId": thread} if thread else {})}
    _ask("PUT", f"{_mailbox()}/drafts/{quote(name, safe='')}", _bearer(user_token), {"message": mail})


def send_draft(name: str, user_token: str) -> None:
    """Send a draft as it is (`users.drafts.send`). Raises Unreachable (it may have been sent), or Refused."""
    _ask("POST", f"{_mailbox()}/drafts/send", _bearer(user_token), {"id": name})


def _mailbox() -> str:
    return f"{config().google_apis or 'https://gmail.googleapis.com'}/gmail/v1/users/me"


def _bearer(user_token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {user_token}"}


def _ask(
    method: str, url: str, headers: Mapping[str, str], body: Mapping[str, Any] | None = None
) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=SECONDS)
    said = {**headers, "Accept": "application/json", **({"Content-Type": "application/json"} if body else {})}
    try:
        connection.request(method, f"{parts.path}?{parts.query}".rstrip("?"), json.dumps(body) if body else None, said)
        answer = connection.getresponse()
        told = answer.read(_MOST_BYTES)
        if answer.status != 200:
            raise Refused(answer.status)
        found = json.loads(told)
        if not isinstance(found, dict):
            raise Unreachable("Google answered with no object.")
        return found, {name.lower(): value for name, value in answer.getheaders()}
    except (OSError, HTTPException, ValueError) as failure:
        raise Unreachable(type(failure).__name__) from failure
    finally:
        connection.close()
