"""Where mail comes in and goes out on one machine: the SMTP relay, the inbound port, the owner's provider."""

import importlib
import logging
import os
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from infra import process_settings
from infra.local.folder import CannotStart
from infra.local.place import DEMO_MAIL_FROM, SMTP_PORT, Place
from infra.local.sent import HandOn

if TYPE_CHECKING:
    from infra.local.inbound_port import InboundPort
    from infra.relay.courier import Courier

log = logging.getLogger(__name__)

Now = Callable[[], float]
Take = Callable[[bytes, str, Sequence[str], str], None]
"""Takes a mail that came in: the mail, the envelope's sender, its recipients, and AUTHSERV_ID."""

_MOST_A_DAY = 100_000  # recipients by the relay: whoever tries it out by a script shall not wait


def provider(here: Place, folder: Path, now: Now) -> "tuple[Courier, HandOn] | None":
    """The courier to the owner's provider, UPSTREAM_HOST, and what gives it mails; None where there is none."""
    upstream = importlib.import_module("infra.relay.upstream")
    chosen = upstream.chosen("")
    if chosen is upstream.ses:
        if not here.demo:
            log.warning("No mail leaves: it is kept in %s/outbox until UPSTREAM_HOST is set.", folder)
        return None
    spool, courier = (importlib.import_module(f"infra.relay.{name}") for name in ("spool", "courier"))
    queue = spool.Spool(folder / "outgoing", importlib.import_module("infra.relay.relay").MOST_BYTES)
    working = courier.Courier(queue, chosen, os.environ["MAIL_FROM"], now)

    def hand_on(sender: str, to: str, raw: bytes, at: float) -> None:
        queue.put([(spool.Envelope(sender, sender, to, at), raw)], at)
        working.wake()

    return working, hand_on


def relay(host: str, here: Place, folder: Path, now: Now) -> Callable[[], None] | None:
    """Start the SMTP relay, which hands over to UPSTREAM_HOST, else to the outbox; what stops it, None where there is none.

    SMTP_PORT is its port; `off` is none. Raises WrongSetting, and CannotStart where the port is taken, except a demo's.
    """
    if os.environ.get("SMTP_PORT") == "off":
        return None
    port = process_settings.port("SMTP_PORT", SMTP_PORT)
    certificate, relays, upstream = (
        importlib.import_module(f"infra.relay.{name}") for name in ("certificate", "relay", "upstream")
    )
    instance = uuid.uuid4().hex
    tls, file, _ = certificate.chosen(folder, now())
    try:
        made = relays.Relay(
            host=os.environ.get("SMTP_HOST") or host,
            port=port,
            folder=folder,
            tls=tls,
            upstream=upstream.chosen(instance),
            by=os.environ.get("MAIL_FROM", DEMO_MAIL_FROM),
            now=now,
            instance=instance,
            most_a_day=_MOST_A_DAY,
            name=os.environ.get("RELAY_NAME", ""),
        )
    except OSError as taken:
        told = f"SMTP cannot be listened for on {host}:{port} ({taken.strerror}): choose another SMTP_PORT."
        if os.environ.get("SMTP_PORT") or not here.demo:
            raise CannotStart(told) from taken
        log.warning("%s There is no relay.", told)
        return None
    made.start()
    log.info("SMTP on %s:%d, certificate %s", host, made.door.port, file)
    stop: Callable[[], None] = made.stop
    return stop


def inbound(host: str, take: Take) -> Callable[[], None] | None:
    """Open the port on which mail comes in, INBOUND_PORT, by INBOUND_PROTOCOL; what closes it, None where it is not set.

    Raises WrongSetting, and CannotStart where the port is taken.
    """
    if not os.environ.get("INBOUND_PORT"):
        return None
    protocol = os.environ.get("INBOUND_PROTOCOL", "lmtp").lower()
    if protocol not in ("lmtp", "smtp"):
        raise process_settings.WrongSetting("INBOUND_PROTOCOL is “lmtp” or “smtp”.")
    port = process_settings.port("INBOUND_PORT", 0)
    domain = importlib.import_module("chalicelib.config").config().inbound_domain
    server = os.environ.get("AUTHSERV_ID", "")
    module = importlib.import_module("infra.local.inbound_port")
    try:
        opened: InboundPort = module.InboundPort(
            os.environ.get("INBOUND_HOST") or host,
            port,
            protocol,
            domain,
            lambda raw, sender, recipients: take(raw, sender, recipients, server),
        )
    except OSError as taken:
        raise CannotStart(f"INBOUND_PORT {port} cannot be listened on ({taken.strerror}).") from taken
    opened.start()
    log.info("%s for mail to %s on port %d", protocol.upper(), domain, opened.port)
    return opened.stop
