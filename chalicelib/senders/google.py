"""What is asked of Google: the keys of its tokens, kept as long as it says, and the mail that an add-on's user looks at."""

import json
import re
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
        found, headers = _get(f"{root}/oauth2/v3/certs", {})
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
    root = config().google_apis or "https://gmail.googleapis.com"
    wanted = urlencode([("format", form), *(("metadataHeaders", each) for each in headers)])
    url = f"{root}/gmail/v1/users/me/messages/{quote(message, safe='')}?{wanted}"
    found, _ = _get(url, {"Authorization": f"Bearer {user_token}", "X-Goog-Gmail-Access-Token": message_token})
    return found


def _get(url: str, headers: Mapping[str, str]) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=SECONDS)
    try:
        connection.request(
            "GET", f"{parts.path}?{parts.query}".rstrip("?"), headers={**headers, "Accept": "application/json"}
        )
        answer = connection.getresponse()
        body = answer.read(_MOST_BYTES)
        if answer.status != 200:
            raise Unreachable(f"Google answered {answer.status}.")
        return json.loads(body), {name.lower(): value for name, value in answer.getheaders()}
    except (OSError, HTTPException, ValueError) as failure:
        raise Unreachable(type(failure).__name__) from failure
    finally:
        connection.close()
