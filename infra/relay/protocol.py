"""SMTP as aiosmtpd speaks it, but for two things that it does in a way that hurts others.

A password is looked up outside the event loop, where one slow answer holds up nobody. And a large mail waits on the disk
until it is whole: aiosmtpd's lines, each an object, take four times its size.
"""

import asyncio
from tempfile import SpooledTemporaryFile
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

LARGEST_MAIL = 40_000_000  # bytes: SES takes no larger one
LONGEST_LINE = 1_000_000  # bytes: RFC 5321 says a thousand, some programs write a whole mail on one line
_IN_MEMORY = 1_000_000  # bytes of a mail, while it comes


class Protocol(SMTP):
    """aiosmtpd's, with a password and a mail read in another way. Its handler is a Door."""

    line_length_limit = LONGEST_LINE

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
        content, refusal = await self._read()
        if not refusal:
            self.envelope.content = self.envelope.original_content = content
            refusal = await self._call_handler_hook("DATA")
        self._set_post_data_state()  # type: ignore[no-untyped-call] # aiosmtpd's
        await self.push(refusal)

    async def _read(self) -> tuple[bytes, str]:
        """A mail as it comes, dots unstuffed (RFC 5321, 4.5.2), and why it is not taken, "" if it is."""
        size, refusal, whole = 0, "", True
        with SpooledTemporaryFile(_IN_MEMORY) as content:
            while True:
                try:
                    line = await self._reader.readuntil(b"\r\n")
                except asyncio.LimitOverrunError as longer:
                    refusal = refusal or "500 5.5.2 A line is too long"
                    line = await self._reader.read(longer.consumed)
                if whole and line == b".\r\n":
                    break
                size += len(line)
                if size > LARGEST_MAIL:
                    refusal = refusal or f"552 5.3.4 A mail has {LARGEST_MAIL:,} bytes at most"
                if not refusal:
                    content.write(line[1:] if whole and line.startswith(b".") else line)
                whole = line.endswith(b"\r\n")
            content.seek(0)
            return b"" if refusal else content.read(), refusal
