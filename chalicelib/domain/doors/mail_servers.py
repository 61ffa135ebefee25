"""Mail servers: where a mail program reads (IMAP) and where it sends (SMTP), by the domain of an address."""

import re
from collections.abc import Mapping

from chalicelib.domain.errors import BadInput
from chalicelib.domain.providers import domain_of
from chalicelib.domain.records import record
from chalicelib.domain.words.sentences import say

IMAPS, SUBMISSIONS, SUBMISSION = 993, 465, 587  # RFC 8314, section 7; RFC 6409
_IMPLICIT = frozenset({IMAPS, SUBMISSIONS})

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}", re.ASCII)

# Where the large providers say that IMAP is, all of them at port 993: support.google.com/mail/answer/7126229 ,
# support.apple.com/102525 , fastmail.help (server names and ports), help.yahoo.com/kb/SLN4075.html ,
# hilfe.gmx.net, hilfe.web.de, posteo.de/en/help, kb.mailbox.org, zoho.com/mail/help/imap-access.html
_KNOWN = {
    **dict.fromkeys(("gmail.com", "googlemail.com"), "imap.gmail.com"),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), "imap.mail.me.com"),
    **dict.fromkeys(("fastmail.com", "fastmail.fm"), "imap.fastmail.com"),
    **dict.fromkeys(("yahoo.com", "ymail.com", "rocketmail.com"), "imap.mail.yahoo.com"),
    "aol.com": "imap.aol.com",
    **dict.fromkeys(("gmx.de", "gmx.net", "gmx.at", "gmx.ch"), "imap.gmx.net"),
    "gmx.com": "imap.gmx.com",
    "web.de": "imap.web.de",
    "posteo.de": "posteo.de",
    "mailbox.org": "imap.mailbox.org",
    "zoho.com": "imap.zoho.com",
}


@record
class Server:
    """A mail server. TLS begins with the connection at the ports that are for it, else by STARTTLS."""

    host: str
    port: int

    @property
    def tls_from_the_start(self) -> bool:
        """Whether TLS begins with the connection, as it does at ports 993 and 465."""
        return self.port in _IMPLICIT


def server(text: str, port: int, field: str = "server") -> Server:
    """The server that is written as `host` or `host:port`; `port` where it names none. Raises BadInput, naming `field`."""
    host, colon, written = text.strip().lower().partition(":")
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise BadInput(say("“{text}” is not the name of a mail server, as in mail.example.com.", text=text[:80]), field)
    if colon and not (re.fullmatch(r"[0-9]{1,5}", written) and 0 < int(written) < 65_536):
        raise BadInput(say("“{text}” is not a port: a number from 1 to 65535.", text=written[:80]), field)
    return Server(host, int(written) if colon else port)


def by_domain(listed: str) -> dict[str, Server]:
    """The IMAP servers of domains, as in `example.com=imap.example.com, example.org=mail.example.org:143`. Raises BadInput."""
    found = {}
    for each in filter(None, map(str.strip, listed.split(","))):
        domain, _, host = each.partition("=")
        found[server(domain, 0, "MAIL_SERVERS").host] = server(host, IMAPS, "MAIL_SERVERS")
    return found


def incoming(email: str, own: Mapping[str, Server]) -> Server | None:
    """Where the mail of an address is read: by what the owner says of its domain, else by what its provider publishes.

    None where neither is known.
    """
    domain = domain_of(email)
    known = _KNOWN.get(domain)
    return own.get(domain) or (Server(known, IMAPS) if known else None)
