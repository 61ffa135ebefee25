"""What a domain's owner publishes about mail in its name (DMARC, RFC 7489), as far as it decides whose From may stand.

https://www.rfc-editor.org/rfc/rfc7489#section-6.3: `adkim=s` wants the very domain of From in the signature; otherwise the
signature of a domain above it will do.
"""

from collections.abc import Iterable

MOST_ABOVE = 6  # domains that are looked at, from the mail's own upwards


def upwards(domain: str) -> list[str]:
    """A domain and those above it, without the last label, the nearest first."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))][:MOST_ABOVE]


def is_record(text: str) -> bool:
    """Whether a TXT record is a DMARC record."""
    return text.replace(" ", "").lower().startswith("v=dmarc1")


def wants_own_signature(texts: Iterable[str]) -> bool:
    """Whether the records at `_dmarc.` of a domain ask that its own name signs, and no domain above it."""
    for text in filter(is_record, texts):
        for tag in text.split(";"):
            name, _, value = tag.partition("=")
            if name.strip().lower() == "adkim":
                return value.strip().lower() == "s"
    return False
