"""The files of chalicelib/web as a browser gets them: named by what is in them, packed once for each process."""

import gzip
import json
import re
from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from chalicelib.domain.records import record
from chalicelib.domain.words.sentences import ENGLISH

FOLDER = Path(__file__).parents[2] / "web"
_OF_THE_DEMO = re.compile(r"<!-- demo -->.*?<!-- /demo -->\n", re.DOTALL)
SAID = re.compile(r"\{\{(.+?)\}\}")
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
_PACKED_ALREADY = {".png", ".ico"}


@record
class File:
    """What a file holds, as it is and gzipped (None where that gains nothing); `kind` is its media type, `tag` its ETag."""

    kind: str
    body: bytes
    packed: bytes | None
    tag: str


@cache
def version() -> str:
    """A name for all files together: it changes with any of them."""
    names = sorted(path for path in FOLDER.iterdir() if path.is_file())
    return sha256(b"".join(path.name.encode() + path.read_bytes() for path in names)).hexdigest()[:12]


@cache
def file(name: str) -> File | None:
    """A file by its name, None if there is none, or if it is a page, which is filled in first."""
    path = FOLDER / name
    if Path(name).name != name or path.suffix not in _KINDS or path.suffix == ".html" or not path.is_file():
        return None
    return _file(path.suffix, path.read_bytes())


@lru_cache(maxsize=32)
def page(name: str, root: str, demo: bool, language: str) -> File:
    """A page in a language, with `$root` (the path at which everything begins, like "/" or "/api/"), `$version`, `$demo` and
    `$language` filled in. What it says stands between {{ and }}, in English; what is for the demo only, between two comments.
    """
    words: dict[str, str] = {}
    for part in () if language == ENGLISH else ("words", "start"):
        words |= json.loads((FOLDER / f"{part}-{language}.json").read_text())
    written = (FOLDER / name).read_text()
    wanted = written if demo else _OF_THE_DEMO.sub("", written)
    text = SAID.sub(lambda said: escape(str(words.get(said[1], said[1]))), wanted)
    demo_is = "demo" if demo else ""
    filled = Template(text).safe_substitute(root=root, version=version(), demo=demo_is, language=language)
    return _file(".html", filled.encode())


def _file(suffix: str, body: bytes) -> File:
    # Without a time in it the same bytes come out always, as an ETag promises.
    packed = None if suffix in _PACKED_ALREADY else gzip.compress(body, 9, mtime=0)
    return File(_KINDS[suffix], body, packed, f'"{sha256(body).hexdigest()[:20]}"')
