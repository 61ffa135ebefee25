"""Where the relay hands copies over: the sender's own provider by SMTP submission (RFC 6409), or SES."""

import os
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache

from chalicelib.config import config
from chalicelib.senders import mail
from infra import process_settings

TIMEOUT = 60.0  # seconds for each answer
INSTANCE = "X-UNSEALED"  # what a relay of ours says of itself after EHLO, with its own random name
_IMPLICIT_TLS = 465
_OUR_CREDENTIALS = frozenset({530, 534, 535, 538})  # RFC 4954: wrong for every mail until the owner mends them
_ENHANCED = re.compile(r"\d{3}[ -]+([245])\.(\d{1,3})\.(\d{1,3})(?!\d)", re.ASCII)  # RFC 2034: after the reply code
# What the server's own account may send for now, by RFC 3463 ("mail system congestion", which Gmail's daily limit is) and
# https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online
_LIMITS = frozenset({"4.5", "1.90", "7.232", "7.233", "7.705"})
# Others have no code for it, or one that says no more than "policy": https://support.google.com/a/answer/3726730
_LIMITED = re.compile(
    r"\b(?:limits?|quota|rate|too many (?:e-?mails|messages|recipients)|per (?:hour|day)|try again later)\b",
    re.IGNORECASE,
)
_TOO_LARGE = re.compile(r"\bsize\b|\btoo (?:large|big)\b", re.IGNORECASE)

Deliver = Callable[[str, str, bytes], str]
"""Hand over one copy: envelope's sender ("" is nobody), recipient, mail. Returns the id that it got, "" for none."""

Upstream = Callable[[], AbstractContextManager[Deliver]]
"""Opens a session in which several copies can be handed over."""


def chosen(instance: str) -> Upstream:
    """Where the environment says that copies go: UPSTREAM_HOST, by submission, else SES. `instance` is our relay's name.

    Raises WrongSetting.
    """
    host = os.environ.get("UPSTREAM_HOST")
    if not host:
        return ses
    return Submission(
        host,
        process_settings.port("UPSTREAM_PORT", 587),
        os.environ.get("UPSTREAM_USER", ""),
        os.environ.get("UPSTREAM_PASSWORD", ""),
        os.environ.get("UPSTREAM_TLS", "on") != "off",
        instance,
    )


class Refused(Exception):  # noqa: N818
    """This copy will never be taken. Says why, in the upstream's words."""


class Unavailable(Exception):  # noqa: N818
    """Not taken now: another time it may be."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission server. `tls` is off only for one on the same machine. `instance` is our own relay's name."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = True
    instance: str = ""

    def __call__(self) -> AbstractContextManager[Deliver]:
        """A session. Raises Unavailable."""
        return self._session()

    @contextmanager
    def _session(self) -> Iterator[Deliver]:
        try:
            connection = self._connected()
        except (OSError, smtplib.SMTPException) as failure:
            raise Unavailable(f"{self.host} cannot be reached or does not let us in: {_words(failure)}") from failure
        try:
            yield lambda mail_from, recipient, raw: _submit(connection, mail_from, recipient, raw)
        finally:
            connection.close()

    def _connected(self) -> smtplib.SMTP:
        trusted = _trusted(os.environ.get("SSL_CERT_FILE"))
        if self.tls and self.port == _IMPLICIT_TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, _own_name(), timeout=TIMEOUT, context=trusted
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, _own_name(), timeout=TIMEOUT)
        try:
            connection.ehlo()
            if self.instance and connection.esmtp_features.get(INSTANCE.lower()) == self.instance:
                raise smtplib.SMTPException("the upstream is this relay itself: set UPSTREAM_HOST to another server")
            if self.tls and self.port != _IMPLICIT_TLS:
                connection.starttls(context=trusted)
                connection.ehlo()
            if self.user:
                connection.login(self.user, self.password)
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
        return connection


@cache
def _own_name() -> str:
    """What we call ourselves. Name servers are asked for it once: where none answers, that takes longer than any mail."""
    return smtplib.SMTP().local_hostname


@cache
def _trusted(file: str | None) -> ssl.SSLContext:
    """Whose proof is believed: the machine's authorities, or those of this file. Reading them takes longer than a mail."""
    return ssl.create_default_context(cafile=file)


def _submit(connection: smtplib.SMTP, mail_from: str, recipient: str, raw: bytes) -> str:
    options = [] if raw.isascii() or not connection.has_extn("8bitmime") else ["BODY=8BITMIME"]
    if not recipient.isascii():
        if not connection.has_extn("smtputf8"):
            raise Refused("The server takes no addresses in other letters than ASCII (SMTPUTF8, RFC 6531)")
        options.append("SMTPUTF8")
    try:
        connection.sendmail(mail_from, [recipient], raw, mail_options=options)
    except smtplib.SMTPRecipientsRefused as failure:
        raise _failed(*failure.recipients[recipient]) from failure
    except smtplib.SMTPResponseException as failure:
        raise _failed(failure.smtp_code, failure.smtp_error) from failure
    except (OSError, smtplib.SMTPException) as failure:
        raise Unavailable(_words(failure)) from failure
    return ""


def _failed(code: int, words: bytes | str) -> Refused | Unavailable:
    said = f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    return (
        Refused(said) if 500 <= code < 600 and code not in _OUR_CREDENTIALS and not _passes(said) else Unavailable(said)
    )


def _passes(said: str) -> bool:
    """Whether a no that claims to be for good is about how much an account may send for now, or is none by its own code.

    Where the words leave a doubt it passes: five days late is better than a bounce that is none.
    """
    found = _ENHANCED.match(said)
    if found is not None and (found[1] != "5" or f"{found[2]}.{found[3]}" in _LIMITS):
        return True
    may_be_policy = found is None or found[2] in ("0", "4", "7")
    return may_be_policy and _LIMITED.search(said) is not None and _TOO_LARGE.search(said) is None


def _words(failure: Exception) -> str:
    return str(failure) or type(failure).__name__


@contextmanager
def ses() -> Iterator[Deliver]:
    """A session with SES, whose settings are chalicelib's."""
    yield _send_by_ses


def _send_by_ses(mail_from: str, recipient: str, raw: bytes) -> str:
    if config().data_dir:  # on one machine it goes where all mail leaves
        return mail.forward(raw, recipient, mail_from or config().mail_from)
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        from chalicelib.domain.incoming import handing_on  # half of what a start would load, and no demo needs it

        return mail.forward(handing_on.sendable(raw), recipient, mail_from or config().mail_from)
    except mail.Undeliverable as failure:
        raise Refused(
            f"SES refuses it ({failure}). It sends for addresses and domains that are verified there"
        ) from failure
    except (mail.NoRoom, BotoCoreError, ClientError) as failure:
        raise Unavailable(type(failure).__name__) from failure
