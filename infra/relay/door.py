"""The SMTP door: who may send through it, and what is told them. Only what is in the queue is said to be taken."""

import asyncio
import logging
import socket
import ssl
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, Session
from aiosmtpd.smtp import Envelope as Transaction

from chalicelib.domain.accounts import Scope
from chalicelib.domain.errors import Forbidden, NotSignedIn, TooMany
from chalicelib.store.accounts import api_tokens, quotas
from chalicelib.work.accounts.admitting import admit
from chalicelib.work.mail import relaying
from infra.relay import checking, password_guesses
from infra.relay.callers import Callers
from infra.relay.checking import NOBODY
from infra.relay.listener import Listener
from infra.relay.password_guesses import Guesses
from infra.relay.protocol import LARGEST_MAIL, Protocol
from infra.relay.spool import Envelope, Full, Spool
from infra.relay.upstream import INSTANCE

log = logging.getLogger(__name__)

MOST_RECIPIENTS = 100  # of one transaction: RFC 5321, 4.5.3.1.8; a client comes back with the others
MOST_A_DAY = 500  # recipients, for each sender, as at the gateway: RELAY_RECIPIENTS_A_DAY
_GROWTH = 20_000  # bytes that tracking adds to a copy, about

_FULL = "452 4.3.1 The queue is full: try again later."
_SHARE_FULL = "452 4.3.1 Too much of yours waits in the queue: try again later."
_NO_LONGER = "530 5.7.0 The password is good no more: sign in with another one."
_TOO_FAST = "452 4.7.0 Too many mails: try again in a minute."
_TOO_OFTEN = "454 4.7.0 Too many requests: try again in a minute."  # RFC 4954, section 6
_TOO_MANY_GUESSES = f"454 4.7.0 Too many wrong passwords: try again in {password_guesses.WHILE / 60:.0f} minutes."
_NOT_ASCII = "553 5.6.7 Addresses in other letters than ASCII are not taken (RFC 6531): SES cannot deliver to them."
_NOT_SAID = "553 5.6.7 An address in other letters than ASCII is taken with SMTPUTF8 only (RFC 6531)."
_TROUBLE = "451 4.3.0 Something is wrong here: try again later."


class _SignedIn(NamedTuple):
    """Who signed in, and by which token, which is asked again for each mail: it may have been revoked."""

    sender: str
    token: str


class Door:
    """Listens for mail clients. `arrived` is called when something new is in the queue. Raises OSError: the port is taken.

    `utf8` is whether copies go by a server that may take addresses in other letters than ASCII (RFC 6531). `most_a_day` is
    to how many recipients each sender may write in a day.
    """

    def __init__(
        self,
        host: str,
        port: int,
        tls: ssl.SSLContext,
        spool: Spool,
        now: Callable[[], float],
        arrived: Callable[[], None],
        instance: str,
        name: str = "",
        utf8: bool = False,
        most_a_day: int = MOST_A_DAY,
    ) -> None:
        logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd's: it names every address
        self._listener = Listener(host, port, self._protocol, "smtp")
        self.port = self._listener.port
        self._tls, self._spool, self._now, self._arrived = tls, spool, now, arrived
        # Unnamed, aiosmtpd asks name servers for its name at each connection, and serves nobody until they answer.
        self._name = name or socket.gethostname()
        self._instance, self._utf8 = instance, utf8
        self._most_a_day = most_a_day
        self._guesses, self._callers = Guesses(now), Callers()

    def start(self) -> None:
        """Take mail."""
        self._listener.start()

    def stop(self) -> None:
        """Take no more."""
        self._listener.stop()

    def _protocol(self, loop: asyncio.AbstractEventLoop) -> SMTP:
        return Protocol(
            self,
            self._callers,
            data_size_limit=LARGEST_MAIL,
            hostname=self._name,
            ident="Unsealed",
            tls_context=self._tls,
            require_starttls=True,
            auth_required=True,
            auth_require_tls=True,
            authenticator=_undecided,
            enable_SMTPUTF8=True,  # so that other letters are read, and refused in words
            command_call_limit={"AUTH": 5, "*": 100_000},
            loop=loop,
        )

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Transaction, hostname: str, responses: list[str]
    ) -> list[str]:
        """Says which relay this is, so that it is never its own upstream; and SMTPUTF8 only if it takes that."""
        session.host_name = hostname
        able = [each for each in responses if self._utf8 or each != "250-SMTPUTF8"]
        return [*able[:-1], f"250-{INSTANCE} {self._instance}", *able[-1:]]

    async def sign_in(self, session: Session, given: LoginPassword) -> AuthResult:
        """The password is an API token that may send; the user name may be anything, since programs want one."""
        peer = str((session.peer or ("",))[0])
        if self._guesses.too_many(peer):
            return AuthResult(success=False, handled=False, message=_TOO_MANY_GUESSES)
        password = given.password.decode("utf-8", "replace").strip()
        try:
            token, _ = await asyncio.to_thread(admit, password, Scope.SEND, self._now())
        except TooMany:
            return AuthResult(success=False, handled=False, message=_TOO_OFTEN)
        except (NotSignedIn, Forbidden):
            self._guesses.note(peer)
            return AuthResult(success=False, handled=False)
        return AuthResult(success=True, handled=False, auth_data=_SignedIn(token.sender, password))

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Transaction, given: str, options: list[str]
    ) -> str:
        """Only an address of who signed in may be the envelope's sender: failures are told there. Each mail is a call.

        A report, such as a read receipt, may be from nobody, `<>`: nobody is told of its failure.
        """
        if reply := self._strange_letters(given, "SMTPUTF8" in options):
            return reply
        if not self._spool.has_room(0):
            return _FULL
        known = _signed_in(session)
        try:
            await asyncio.to_thread(admit, known.token, Scope.SEND, self._now())
        except TooMany:
            return _TOO_FAST
        except (NotSignedIn, Forbidden):
            session.authenticated = False
            return _NO_LONGER
        if given != NOBODY and not await asyncio.to_thread(checking.is_theirs, given, known.sender):
            return f"550 5.7.1 {given} is not an address of the account that the password belongs to."
        envelope.mail_from = given
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Transaction, given: str, options: list[str]
    ) -> str:
        """Anybody may be written to, by who signed in."""
        if reply := self._strange_letters(given, envelope.smtp_utf8):
            return reply
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return f"452 4.5.3 {MOST_RECIPIENTS} recipients at a time: send to the others after this one."
        envelope.rcpt_tos.append(given)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Transaction) -> str:  # noqa: N802
        """The mail is rewritten and in the queue before 250 is said."""
        assert isinstance(envelope.content, bytes) and envelope.mail_from  # nosec B101 # aiosmtpd has seen to both
        known = _signed_in(session)
        if await asyncio.to_thread(api_tokens.find, known.token, self._now()) is None:  # a mail may take its time
            session.authenticated = False
            return _NO_LONGER
        answer = await asyncio.to_thread(
            self._take, known.sender, envelope.mail_from, envelope.rcpt_tos, envelope.content
        )
        self._arrived()
        return answer

    async def handle_exception(self, failure: Exception) -> str:
        """Whatever is wrong with us, the mail stays with the client, which comes again."""
        log.error("A command of an SMTP client failed.", exc_info=failure)
        return _TROUBLE

    def _strange_letters(self, given: str, said: bool) -> str:
        """Why an address is not taken for its letters, "" if it is; `said` is whether the client said SMTPUTF8."""
        if self._utf8 if said else given.isascii():
            return ""
        return _NOT_SAID if self._utf8 else _NOT_ASCII

    def _take(self, sender: str, mail_from: str, recipients: list[str], raw: bytes) -> str:
        if fault := checking.fault(sender, mail_from, raw):
            return fault
        mail_from = "" if mail_from == NOBODY else mail_from
        raw = checking.sendable(raw)
        if not self._spool.has_room((len(raw) + _GROWTH) * len(recipients)):
            return _FULL
        if not self._spool.has_share(sender, len(raw) * len(recipients)):
            return _SHARE_FULL
        at = self._now()
        if quotas.take(sender, "relay", len(recipients), self._most_a_day, at) is None:
            return f"452 4.7.0 {self._most_a_day} recipients a day for each sender; the day ends at midnight, UTC."
        copies = relaying.relay(sender, raw, recipients, at, uuid.uuid4().hex)
        queued = (
            (Envelope(sender, mail_from, copy.email, at, copy.message, copy.number), copy.of(raw)) for copy in copies
        )  # made one by one: together they may be more than the memory
        try:
            self._spool.put(queued, at)
        except (Full, OSError):
            log.exception("A mail could not be put into the queue: the client keeps it.")
            return _FULL
        tracked = sum(not copy.not_tracked for copy in copies)
        return f"250 2.0.0 Taken: {tracked} of {len(copies)} copies are tracked."


def _undecided(server: SMTP, session: Session, envelope: Transaction, mechanism: str, given: Any) -> AuthResult:
    """No yes: what was given is looked at by `sign_in`."""
    return AuthResult(success=False, handled=False, auth_data=given)


def _signed_in(session: Session) -> _SignedIn:
    known = session.auth_data
    assert isinstance(known, _SignedIn)  # nosec B101 # aiosmtpd lets nobody else come so far
    return known
