"""URLs as they are written in a text: where each stands, and where it ends."""

import re

URL = re.compile(r"https?://[^\s<>\"“”„«»]{1,8000}", re.IGNORECASE)

BEHIND = ".,;:!?…'’`*。、，；：！？）】」』》"  # ends the sentence, or the emphasis, and is not the link's
_OPENING = {")": "(", "]": "[", "}": "{"}


def whole(url: str, before: str = "") -> str:
    """The URL without what stands behind it: `(see https://en.wikipedia.org/wiki/Letter_(mail)).`

    `before` is the character in front of it: `_https://example.com/_` is emphasis, `https://example.com/file_` is none.
    """
    more = {closing: url.count(closing) - url.count(opening) for closing, opening in _OPENING.items()}
    end = len(url)
    while end and (url[end - 1] in BEHIND or more.get(url[end - 1], 0) > 0 or url[end - 1] == before == "_"):
        end -= 1
        if url[end] in more:
            more[url[end]] -= 1
    return url[:end]
