"""What is ours in a mail, wherever it stands and whatever was wrapped around it: the URLs that carry a token of ours.

A token is ours by its signature, on whatever host, or because it stands on our own: the secret that signed it may be
gone.
"""

import re
from dataclasses import dataclass

from chalicelib.domain import tokens
from chalicelib.domain.errors import BadInput
from chalicelib.domain.mail import our_tokens
from chalicelib.domain.outgoing import destinations
from chalicelib.domain.tokens import TokenKind

_DEEPEST = 4  # tracked links that lead to tracked links
# A token begins with its message's time and so, for a century, with an A. What stands before it, as it may be coded: a
# slash, `%2F`, `_` (Proofpoint), a character reference. The A is sought first: it is rare, so this takes little time.
_BEFORE = (r"[ocp][/_]", r"[ocp]%2[Ff]", r"[ocp]%252[Ff]", r"[ocp]%25252[Ff]", r"&#x2[Ff];", r"&#47;", r"&sol;")
_TOKEN = re.compile(
    rf"A(?<=[/_Ff;]A)(?:{'|'.join(f'(?<={each}A)' for each in _BEFORE)})(?:[A-Za-z0-9_-]|%[0-9a-fA-F]{{2}}){{20}}"
)


@dataclass(frozen=True, slots=True)
class Ours:
    """Our public URL, without a slash at its end, and the secrets that sign or signed our tokens."""

    url: str
    secrets: tuple[bytes, ...]

    def mentioned(self, text: str) -> bool:
        """Whether a text may hold anything of ours. Quick: nearly every text does not."""
        return self.named(text) or our_tokens.CODED in text

    def named(self, text: str) -> bool:
        """The same, but for what is coded as Base64."""
        return self._host in text or _TOKEN.search(text) is not None

    def __call__(self, url: str) -> str | None:
        """Where a tracked link of ours leads; "" for a pixel, a page, or a link that says nothing; None if it is not ours."""
        signed = self.signed(url)
        return self._at_home(url) if signed is None else signed

    def signed(self, url: str) -> str | None:
        """The same of a URL whose token one of our secrets signed; None for any other."""
        for found in our_tokens.in_url(url):
            for each in found.spellings:
                claim = tokens.read(found.kind, each, self.secrets)
                if claim is not None:
                    return self._end(claim.destination)
        return None

    def _at_home(self, url: str) -> str | None:
        for before, kind, (token, *_) in our_tokens.in_url(url):
            if before.lower().endswith(self._host):
                said = tokens.unverified_destination(token) if kind is TokenKind.LINK else ""
                try:
                    return self._end(destinations.check(said, "url"))
                except BadInput:
                    return ""
        return None

    def _end(self, destination: str) -> str:
        """Where a link leads at last: once links of ours led to links of ours."""
        for _ in range(_DEEPEST):
            further = self.signed(destination)
            if not further:
                break
            destination = further
        return destination

    @property
    def _host(self) -> str:
        return self.url.partition("://")[2]
