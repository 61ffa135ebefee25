"""What of ours a mail holds: our tokens in the texts that it quotes, and the reply addresses of copies in a notice's headers.

A token proves nothing by itself: that its secret is ours is checked.
"""

import re
from itertools import chain, islice

from chalicelib.domain.incoming.received import Mail
from chalicelib.domain.mail import our_tokens
from chalicelib.domain.mail.addresses import CopyId, copy_of
from chalicelib.domain.tokens import Claim, TokenKind, read

MOST_TRIED = 100  # tokens, and addresses, of one mail
_REPLY_ADDRESS = re.compile(rf"\b{TokenKind.REPLY}\+[a-z2-7]{{20,64}}@", re.IGNORECASE)


def claims(mail: Mail, secrets: tuple[bytes, ...]) -> tuple[Claim, ...]:
    """What our own tokens in the mail's texts say, each copy once, in order."""
    found: dict[str, Claim] = {}
    texts = (mail.text(part) for part in mail.parts if part.kind.startswith("text/"))
    candidates = chain.from_iterable(map(our_tokens.in_text, texts))
    for kind, token in islice(candidates, MOST_TRIED):
        claim = read(kind, token, secrets)
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
