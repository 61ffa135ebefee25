"""Hands over what is in the queue, tries again what failed, and tells the sender of what it gives up."""

import logging
import re
import threading
from collections.abc import Callable

from chalicelib.domain.mail.returning import returned
from chalicelib.work.mail import relaying
from infra.relay.spool import Entry, Envelope, Full, Spool
from infra.relay.upstream import Deliver, Refused, Unavailable, Upstream, ses

log = logging.getLogger(__name__)

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR)  # before the next try; the last one again and again
PATIENCE = 5 * DAY  # RFC 5321, 4.5.4.1: four or five days at least
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")  # no log names a person, though a server may
LOOK_AGAIN = 1.0  # seconds between two looks at the queue while nothing wakes it


class Courier:
    """Empties a queue. `by` is the address that tells of failures, `now` the time in unix seconds."""

    def __init__(self, spool: Spool, upstream: Upstream, by: str, now: Callable[[], float]) -> None:
        self._spool, self._upstream, self._by, self._now = spool, upstream, by, now
        self._wake = threading.Event()
        self._stopping = False

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stopping:
            self.round(self._now())
            self._wake.wait(LOOK_AGAIN)
            self._wake.clear()

    def stop(self) -> None:
        """Let `run` end after the copy at hand."""
        self._stopping = True
        self._wake.set()

    def wake(self) -> None:
        """There is something new."""
        self._wake.set()

    def round(self, at: float) -> None:
        """Try everything that is due at this time, once."""
        due = self._spool.due(at)
        if not due:
            return
        try:
            with self._upstream() as deliver:
                while due and not self._stopping:
                    self._hand_over_or_wait(due[0], deliver, at)
                    del due[0]
        except Unavailable as down:
            for entry in due:
                self._try_again(entry, str(down), at)

    def _hand_over_or_wait(self, entry: Entry, deliver: Deliver, at: float) -> None:
        try:
            self._hand_over(entry, deliver, at)
        except Exception:
            log.exception("A copy could not be dealt with: it waits, and holds up no other.")
            self._spool.postpone(entry, at + PAUSES[-1])

    def _hand_over(self, entry: Entry, deliver: Deliver, at: float) -> None:
        envelope, raw = self._spool.read(entry)
        try:
            given = deliver(envelope.mail_from, envelope.recipient, raw)
        except Refused as refused:
            self._give_up(entry, envelope, raw, str(refused), at)
        except Unavailable as later:
            self._try_again(entry, str(later), at)
        else:
            if envelope.message is not None:
                relaying.remember(raw, given, envelope.message, envelope.number, at)
            self._spool.done(entry)

    def _try_again(self, entry: Entry, reason: str, at: float) -> None:
        envelope, raw = self._spool.read(entry)
        if at - envelope.taken_at >= PATIENCE:
            self._give_up(
                entry, envelope, raw, f"It was tried for {PATIENCE / DAY:.0f} days. The last answer: {reason}", at
            )
            return
        log.warning("A copy was not handed over and waits for another try: %s", _ADDRESS.sub("<...>", reason))
        self._spool.postpone(entry, at + PAUSES[min(entry.tries, len(PAUSES) - 1)])

    def _give_up(self, entry: Entry, envelope: Envelope, raw: bytes, reason: str, at: float) -> None:
        """The sender is told before the copy goes; that a mail which tells of a failure fails as well, nobody."""
        log.error("A copy cannot be handed over: %s", _ADDRESS.sub("<...>", reason))
        if not envelope.mail_from:
            if envelope.message is None:
                self._tell_by_ses(entry, envelope, raw, at)
            else:  # a client's own report
                self._spool.done(entry)
            return
        notice = returned(raw, [envelope.recipient], reason, envelope.mail_from, self._by, at)
        try:
            self._spool.put([(Envelope(envelope.sender, "", envelope.mail_from, at), notice)], at)
        except (Full, OSError):
            log.exception("There is no room to tell of it: it stays in the queue.")
            self._spool.postpone(entry, at + PAUSES[-1])
            return
        if envelope.message is not None:
            relaying.bounced(envelope.message, envelope.number, at, "reported_by_relay")
        self._spool.done(entry)

    def _tell_by_ses(self, entry: Entry, envelope: Envelope, raw: bytes, at: float) -> None:
        """What tells of a failure is from us: many a provider takes mail from its customer only, and SES sends our letters.

        If SES refuses it as well, or does not take it in all the time, it ends there (RFC 5321, 6.1).
        """
        try:
            with ses() as deliver:
                deliver("", envelope.recipient, raw)
        except Refused as refused:
            log.error("A sender cannot be told of it: %s", refused)
        except Unavailable as later:
            if at - envelope.taken_at < PATIENCE:
                log.warning("What tells of it waits for another try: %s", later)
                self._spool.postpone(entry, at + PAUSES[min(entry.tries, len(PAUSES) - 1)])
                return
            log.error("A sender cannot be told of it: %s", later)
        self._spool.done(entry)
