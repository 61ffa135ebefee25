"""Looking for a person in the table: their words, and every mark that could be made of them, wherever they may stand.

leftovers(aws, "bob@example.com", "Bob Jones") -> ["s#.../m#... recipients", ...]      # where something is left
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from chalicelib.config import config
from chalicelib.domain.consent import mark
from tests.embedded import Embedded


def leftovers(aws: Embedded, sender: str, email: str, *names: str, but: tuple[str, ...] = ()) -> list[str]:
    """Where in the table something of a person stands: key and attribute. `but` are marks that may be left."""
    words = [email, email.partition("@")[0], quote(email, safe=""), email.replace("@", "="), *names]
    found = {variant for word in words for variant in (word.casefold(), word.encode().hex())}
    found |= {base64.b64encode(word.encode()).decode().rstrip("=").casefold() for word in words}
    sought = (found | set(_marks(sender, words))) - set(but)
    return [
        f"{item['pk']['S']} / {item['sk']['S']}: {name}"
        for item in aws.items()
        for name, value in item.items()
        if any(_holds(text, word) for text in _texts(value) for word in sought)
    ]


def _holds(text: str, word: str) -> bool:
    return word in text and re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


def _marks(sender: str, words: list[str]) -> Iterator[str]:
    """What anybody, or we, could make of the words: whole, and as much of it as we cut marks to."""
    keys = [b"", *(secret for secret in config().secrets)]
    for word in words:
        for content in (word, f"consent:{sender}:{word}", f"{sender}{word}", f"{sender}:{word}", f"{sender} {word}"):
            plain = content.encode()
            made = [hashlib.new(name, plain).hexdigest() for name in ("md5", "sha1", "sha256", "sha512", "blake2b")]
            made += [hmac.new(key, plain, "sha256").hexdigest() for key in keys]
            made += [
                hashlib.blake2b(plain, key=key[:64], digest_size=size).hexdigest()
                for key in keys
                for size in (5, 6, 16)
            ]
            for each in made:
                yield from {each, each[:16], each[:32]}
        yield mark(sender, word, config().key)


def _texts(value: dict[str, Any]) -> Iterator[str]:
    """All that an attribute says: its text, the bytes of a binary in every way that they could be text, and what is in it."""
    ((kind, content),) = value.items()
    if kind == "M":
        for name, inner in content.items():
            yield name.casefold()
            yield from _texts(inner)
    elif kind == "L":
        for inner in content:
            yield from _texts(inner)
    elif kind == "B":
        raw = content if isinstance(content, bytes) else base64.b64decode(content)
        yield raw.decode("latin-1").casefold()
        yield raw.hex()
    else:
        yield json.dumps(content, ensure_ascii=False).casefold()
