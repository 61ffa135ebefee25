"""The Outlook add-in's parts, as this deployment hands them out: its own address stands in them."""

import hashlib
import json
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from chalicelib.config import config

FOLDER = Path(__file__).parents[2] / "web" / "outlook"
TRANSLATED = ("hi", "kn")
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".xml": "text/xml; charset=utf-8",
}


class Part(NamedTuple):
    """A file, and its media type."""

    kind: str
    body: bytes


def part(name: str) -> Part | None:
    """A file of the add-in by its name; None if there is none."""
    return _part(name, config().public_url)


def allowed() -> dict[str, list[str]]:
    """What stands at /.well-known/microsoft-officeaddins-allowed.json
    (https://learn.microsoft.com/office/dev/add-ins/outlook/use-sso-in-event-based-activation).
    """
    return {"allowed": [f"{config().public_url}/outlook/unsealed.js"]}


def words() -> dict[str, dict[str, str]]:
    """What the scripts say in other languages than English, by language and sentence."""
    return {language: json.loads((FOLDER / f"words-{language}.json").read_text()) for language in TRANSLATED}


@lru_cache(maxsize=16)
def _part(name: str, url: str) -> Part | None:
    path = FOLDER / name
    if Path(name).name != name or path.suffix not in _KINDS or not path.is_file():
        return None
    text = path.read_text()
    if path.suffix == ".xml":
        parts = urlsplit(url)
        own = UUID(bytes=hashlib.sha256(url.encode()).digest()[:16], version=4)  # the same add-in at each update
        places = {"url": escape(url), "origin": escape(f"{parts.scheme}://{parts.netloc}"), "id": str(own)}
        text = Template(text).substitute(places)
    elif path.suffix == ".js":
        text = f"const HOST = {json.dumps(url)}, WORDS = {json.dumps(words())};\n{text}"
    return Part(_KINDS[path.suffix], text.encode())
