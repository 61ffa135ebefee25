"""The port on which an owner's MX, or their mail server, hands mail in (SMTP, RFC 5321; LMTP, RFC 2033)."""

import asyncio
import logging
import socket
from collections.abc import Callable, Sequence
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP

from infra.relay.listener import Listener
from infra.relay.protocol import LARGEST_MAIL

log = logging.getLogger(__name__)

MOST_RECIPIENTS = 100
TakeMail = Callable[[bytes, str, Sequence[str]], None]
"""Takes a mail for good, with its envelope's sender and recipients; raises if it cannot."""


class InboundPort:
    """Takes mail to `domain`, and to no other: it is no relay. Raises OSError: the port is taken."""

    def __init__(self, host: str, port: int, protocol: str, domain: str, take: TakeMail) -> None:
        logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd's: it names every address
        self._speaks = LMTP if protocol == "lmtp" else SMTP
        self._domain, self._take = domain, take
        # Unnamed, aiosmtpd asks name servers for its name at each connection, and serves nobody until they answer.
        self._name = socket.gethostname()
        self._listener = Listener(host, port, self._protocol, "inbound")
        self.port = self._listener.port

    def start(self) -> None:
        """Take mail until `stop`."""
        self._listener.start()

    def stop(self) -> None:
        """Take no more; what is being taken is taken."""
        self._listener.stop()

    def _protocol(self, loop: asyncio.AbstractEventLoop) -> SMTP:
        return self._speaks(
            self, data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True, hostname=self._name, ident="Unsealed", loop=loop
        )

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Sequence[str]
    ) -> str:
        """Whether a recipient is one of ours."""
        if address.rpartition("@")[2].lower() != self._domain:
            return "550 5.7.1 No mail for this address is taken here."
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients: send the others in another mail."
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail: what is answered 250 is kept."""
        try:
            await asyncio.get_running_loop().run_in_executor(
                None, self._take, bytes(envelope.content), envelope.mail_from or "", list(envelope.rcpt_tos)
            )
        except Exception:  # the other side keeps the mail, and comes again
            log.exception("A mail could not be taken.")
            return "451 4.3.0 Something is wrong here: try again later."
        return "250 2.0.0 It is taken."
