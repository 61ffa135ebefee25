"""SMTP as aiosmtpd speaks it, but for some things that it does in a way that hurts others, or that clients say and it refuses.

A password is looked up outside the event loop, where one slow answer holds up nobody. A large mail waits on the disk until
it is whole: aiosmtpd's lines, each an object, take four times its size. While a mail comes, what is limited is the time in
which nothing comes, not that of all of it: a slow line brings a large one too. And nobody holds more than some connections.
"""

import asyncio
import re
from tempfile import SpooledTemporaryFile
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from infra.relay.callers import Callers

LARGEST_MAIL = 40_000_000  # bytes: SES takes no larger one
LONGEST_LINE = 1_000_000  # bytes: RFC 5321 says a thousand, some programs write a whole mail on one line
_IN_MEMORY = 1_000_000  # bytes of a mail, while it comes
_ON_BEHALF = re.compile(r" +AUTH=[!-~]+(?= |$)", re.IGNORECASE)
_NO_PLACE = b"421 4.7.0 Too many connections: close some, and try again later.\r\n"


class Protocol(SMTP):
    """aiosmtpd's, with a password and a mail read in another way. Its handler is a Door."""

    line_length_limit = LONGEST_LINE

    def __init__(self, handler: Any, callers: Callers, **settings: Any) -> None:
        super().__init__(handler, **settings)
        self._callers = callers
        self._peer: str | None = None  # who has a place
        self._taking = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A place for who calls, if there is one. When it goes over to TLS, the same connection is made again."""
        first = self.transport is None
        super().connection_made(transport)
        if not first:
            return
        peer = str((transport.get_extra_info("peername") or ("",))[0])
        if self._callers.enter(peer):
            self._peer = peer
            return
        assert self._handler_coroutine is not None and isinstance(transport, asyncio.Transport)  # nosec B101 # as above
        self._handler_coroutine.cancel()  # before it greets
        transport.write(_NO_PLACE)
        transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        """The place is free."""
        if self._peer is not None:
            self._callers.leave(self._peer)
            self._peer = None
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        """Whatever comes of a mail gives it more time."""
        super().data_received(data)
        if self._taking:
            self._reset_timeout()

    async def smtp_AUTH(self, arg: str | None) -> None:  # noqa: N802
        """The name of a way to sign in is good in any case (RFC 4954, section 3; RFC 4422, 3.1)."""
        mechanism, space, rest = (arg or "").partition(" ")
        await super().smtp_AUTH(f"{mechanism.upper()}{space}{rest}")

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        """Whose mail a client says that it hands on is read and not believed (RFC 4954, section 5)."""
        await super().smtp_MAIL(arg and _ON_BEHALF.sub("", arg))

    async def auth_PLAIN(self, _: Any, args: list[str]) -> AuthResult:  # noqa: N802
        """RFC 4616."""
        return await self._decided(await super().auth_PLAIN(_, args))

    async def auth_LOGIN(self, _: Any, args: list[str]) -> AuthResult:  # noqa: N802
        """What Outlook asks for."""
        return await self._decided(await super().auth_LOGIN(_, args))

    async def _decided(self, read: AuthResult) -> AuthResult:
        given = read.auth_data
        return await self.event_handler.sign_in(self.session, given) if isinstance(given, LoginPassword) else read

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802
        """RFC 5321, 4.1.1.4. What is wrong with the mail is said once it has come, as 4.2.5 has it."""
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        assert self.envelope is not None  # nosec B101 # aiosmtpd makes it with the connection
        if arg or not self.envelope.rcpt_tos:
            await self.push("501 5.5.4 DATA stands alone" if arg else "503 5.5.1 RCPT comes first")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        self._taking = True
        try:
            content, reply = await self._read()
        finally:
            self._taking = False
        if not reply:
            self.envelope.content = self.envelope.original_content = content
            reply = await self._unhurried()
        self._set_post_data_state()  # type: ignore[no-untyped-call] # aiosmtpd's
        await self.push(reply)

    async def _unhurried(self) -> str:
        """What is said of a mail that has come: while that takes, it is not the client that is idle."""
        assert self._timeout_handle is not None  # nosec B101 # aiosmtpd makes it with the connection
        self._timeout_handle.cancel()
        try:
            return str(await self._call_handler_hook("DATA"))
        finally:
            self._reset_timeout()

    async def _read(self) -> tuple[bytes, str]:
        """A mail as it comes, dots unstuffed (RFC 5321, 4.5.2) and lines ended whole, and why it is not taken, "" if it is."""
        size, reply, whole = 0, "", True
        with SpooledTemporaryFile(_IN_MEMORY) as content:
            while True:
                try:
                    line = await self._reader.readuntil(b"\r\n")
                except asyncio.LimitOverrunError as longer:
                    reply = reply or "500 5.5.2 A line is too long"
                    line = await self._reader.read(longer.consumed)
                if whole and line == b".\r\n":
                    break
                size += len(line)
                if size > LARGEST_MAIL:
                    reply = reply or f"552 5.3.4 A mail has {LARGEST_MAIL:,} bytes at most"
                if not reply:
                    content.write(line[1:] if whole and line.startswith(b".") else line)
                whole = line.endswith(b"\r\n")
            content.seek(0)
            return b"" if reply else _with_whole_line_ends(content.read()), reply


def _with_whole_line_ends(raw: bytes) -> bytes:
    """The mail with CR LF where a CR or LF stood alone."""
    pairs = raw.count(b"\r\n")
    if raw.count(b"\r") == pairs == raw.count(b"\n"):
        return raw
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
