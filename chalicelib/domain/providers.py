"""Mail providers whose clients do not tell us when a person reads, by the domain of the address."""

# The reasons of verdicts behind which a reader does not show: Apple Mail loads every picture once, by itself, and what a
# person looks at later comes from its store. https://support.apple.com/guide/mail/use-mail-privacy-protection-mlhl03be2866/mac
MASKING = frozenset({"apple_prefetch"})

# Addresses that are read in Apple Mail almost always.
_APPLE = frozenset({"icloud.com", "me.com", "mac.com", "privaterelay.appleid.com"})
# Providers that strip or block pixels before a person sees the mail: https://proton.me/support/email-tracker-protection ,
# https://duckduckgo.com/duckduckgo-help-pages/email-protection/what-is-duckduckgo-email-protection/ ,
# https://tuta.com/blog/email-tracking , https://support.mozilla.org/kb/firefox-relay (trackers are removed)
_STRIPPING = frozenset({
    "proton.me", "protonmail.com", "pm.me", "protonmail.ch",
    "duck.com",
    "tuta.com", "tutanota.com", "tutanota.de", "tutamail.com", "keemail.me",
    "mozmail.com",
})  # fmt: skip


def masks(email: str) -> bool:
    """Whether the provider's usual client loads every picture by itself."""
    return _domain(email) in _APPLE


def strips(email: str) -> bool:
    """Whether the provider takes pixels out."""
    return _domain(email) in _STRIPPING


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()
