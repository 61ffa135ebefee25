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

# Providers that give addresses to anybody: the people of such a domain have nothing in common.
_FREE = frozenset({
    "gmail.com", "googlemail.com",
    "outlook.com", "hotmail.com", "hotmail.co.uk", "hotmail.fr", "hotmail.de", "hotmail.it", "live.com", "msn.com",
    "outlook.de", "outlook.fr", "outlook.es", "live.co.uk", "live.fr", "live.nl",
    "yahoo.com", "yahoo.co.uk", "yahoo.co.in", "yahoo.co.jp", "yahoo.de", "yahoo.fr", "yahoo.es", "yahoo.it",
    "yahoo.com.br", "ymail.com", "rocketmail.com", "aol.com",
    "gmx.de", "gmx.net", "gmx.com", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "posteo.de", "mailbox.org",
    "mail.com", "zoho.com", "fastmail.com", "hey.com", "runbox.com",
    "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr",
    "libero.it", "virgilio.it", "tiscali.it", "alice.it",
    "btinternet.com", "sky.com", "virginmedia.com",
    "comcast.net", "verizon.net", "att.net", "cox.net", "sbcglobal.net",
    "yandex.ru", "yandex.com", "mail.ru", "bk.ru", "list.ru", "inbox.ru", "rambler.ru", "ukr.net",
    "wp.pl", "o2.pl", "onet.pl", "interia.pl", "seznam.cz", "centrum.cz", "email.cz", "freemail.hu", "abv.bg",
    "qq.com", "163.com", "126.com", "yeah.net", "sina.com", "naver.com", "daum.net", "hanmail.net",
    "rediffmail.com", "uol.com.br", "bol.com.br", "terra.com.br",
    "bluewin.ch", "hispeed.ch", "telenet.be", "skynet.be", "ziggo.nl", "kpnmail.nl", "xs4all.nl",
})  # fmt: skip


def is_free(domain: str) -> bool:
    """Whether anybody may have an address there, so that its people are not one organisation."""
    return domain in _FREE or domain in _APPLE or domain in _STRIPPING


def domain_of(email: str) -> str:
    """What stands behind the last `@`, in lower case."""
    return email.rpartition("@")[2].lower()


def masks(email: str) -> bool:
    """Whether the provider's usual client loads every picture by itself."""
    return domain_of(email) in _APPLE


def strips(email: str) -> bool:
    """Whether the provider takes pixels out."""
    return domain_of(email) in _STRIPPING
