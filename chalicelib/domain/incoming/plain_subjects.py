"""A subject as its words are compared: without case, accents, hyphens and pictures."""

import re
import unicodedata

_DASHES = re.compile(r"(?<=\w)[-‐‑_/](?=[^\W\d])|(?<=[^\W\d])[-‐‑_/](?=\w)")
_SHORTENED = re.compile(r"\bt/m\b", re.IGNORECASE)  # until and including, in Dutch


def plain(text: str) -> str:
    """A text without case, accents, hyphens and pictures, its marks in their plain forms. What stands between figures stays."""
    letters = unicodedata.normalize("NFKD", _SHORTENED.sub("tm", re.sub(r"[’‘`´ʼ]", "'", text)))
    bare = "".join(letter for letter in letters if not _is_accent(letter) and not _is_picture(letter))
    return unicodedata.normalize("NFC", " ".join(_DASHES.sub(" ", bare.casefold().replace("ı", "i")).split()))


def _is_accent(letter: str) -> bool:
    return unicodedata.combining(letter) > 0 and letter not in "\u3099\u309a"  # those of Japanese make another letter


def _is_picture(letter: str) -> bool:
    return letter > "\u2000" and (letter == "\ufe0f" or unicodedata.category(letter) in ("So", "Cf"))
