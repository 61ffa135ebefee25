"""What of ours a mail holds: our tokens in the texts that it quotes, and the reply addresses of copies in a notice's headers.

On the way URLs are wrapped by those that check them: in Safe Links, twice where a mail passed two such firms, and in
Proofpoint's URL Defense of either kind; and broken over quoted lines. A token proves nothing by itself: that its secret is
ours is checked.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from urllib.parse import unquote

from chalicelib.domain.incoming.received import Mail
from chalicelib.domain.mail.addresses import CopyId, copy_of
from chalicelib.domain.tokens import Claim, TokenKind, read

MOST_TRIED = 100  # tokens, and addresses, of one mail
_DEEPEST = 3  # wrappers within wrappers
_LONGEST_WRAPPED = 20_000  # characters
_MOST_LINES = 12  # over which a URL is broken

_TOKEN = re.compile(r"/([oc])/([A-Za-z0-9_-]{1,8192}(?:[=]?\r?\n[>| \t]{0,12}[A-Za-z0-9_-]{1,200}){0,12})")
_BREAK = re.compile(r"[=]?\r?\n[>| \t]{0,12}")
_WORD = re.compile(r"[^\s\"'<>]+")
# https://help.proofpoint.com/Threat_Insight_Dashboard/API_Documentation/URL_Decoder_API: `-3A` for `%3A`, `_` for `/`.
_DEFENSE = re.compile(r"/v2/url\?u=([A-Za-z0-9._~-]{20,9000})")
_SHORTEST = 20  # characters of a token
_REPLY_ADDRESS = re.compile(rf"\b{TokenKind.REPLY}\+[a-z2-7]{{20,64}}@", re.IGNORECASE)


def claims(mail: Mail, secrets: tuple[bytes, ...]) -> tuple[Claim, ...]:
    """What our own tokens in the mail's texts say, each copy once, in order."""
    found: dict[str, Claim] = {}
    for tried, (kind, token) in enumerate(_tokens(mail)):
        if tried == MOST_TRIED:
            break
        claim = read(TokenKind(kind), token, secrets)
        if claim is not None:
            found.setdefault(f"{claim.message} {claim.recipient}", claim)
    return tuple(found.values())


def copies(mail: Mail, secrets: tuple[bytes, ...]) -> tuple[CopyId, ...]:
    """The copies whose reply addresses stand in a mail, such as in the headers that a bounce gives back."""
    text = mail.raw[mail.parts[0].header.body :].decode("latin-1") + "\n".join(
        map(mail.text, mail.own("text/rfc822-headers"))
    )
    tried = (found[0] for _, found in zip(range(MOST_TRIED), _REPLY_ADDRESS.finditer(text), strict=False))
    known = (copy_of(address, secrets) for address in dict.fromkeys(tried))
    return tuple(dict.fromkeys(copy for copy in known if copy is not None))


def _tokens(mail: Mail) -> Iterator[tuple[str, str]]:
    """What may be tokens, each with the letter of its kind."""
    for part in mail.parts:
        if part.kind.startswith("text/"):
            for text in _unwrapped(mail.text(part)):
                for kind, written in _TOKEN.findall(text):
                    yield from ((kind, token) for token in _spelled(written))


def _unwrapped(text: str) -> Iterator[str]:
    """A text, and the URLs that are wrapped in its URLs."""
    yield text
    for word in _WORD.findall(text):
        if "%" not in word and "/v2/url?" not in word:
            continue  # most words of most mails
        inner = word[:_LONGEST_WRAPPED]
        for _ in range(_DEEPEST):
            defended = _DEFENSE.search(inner)
            outer, inner = inner, unquote(defended[1].replace("_", "/").replace("-", "%") if defended else inner)
            if inner == outer:
                break
            yield inner


def _spelled(written: str) -> Iterator[str]:
    """The tokens that may be meant: over one line or more, and without what Proofpoint writes behind it."""
    for token in accumulate(_BREAK.split(written)):
        if len(token) >= _SHORTEST:
            yield token
            if "__" in token:
                yield token.partition("__")[0] if not token.endswith("__") else token[:-2]
