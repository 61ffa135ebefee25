"""The relay put together: the door, the queue and the courier."""

import ssl
import threading
from collections.abc import Callable
from pathlib import Path

from infra.relay.courier import Courier
from infra.relay.door import MOST_A_DAY, Door
from infra.relay.spool import Spool
from infra.relay.upstream import Submission, Upstream

MOST_BYTES = 2_000_000_000  # in the queue


class Relay:
    """One relay. `upstream` gets the copies, `by` is the address that tells of failures, `most_a_day` as a Door's.

    Raises spool.InUse or OSError if another process has the folder or the port.
    """

    def __init__(
        self,
        host: str,
        port: int,
        folder: Path,
        tls: ssl.SSLContext,
        upstream: Upstream,
        by: str,
        now: Callable[[], float],
        instance: str,
        name: str = "",
        most_bytes: int = MOST_BYTES,
        most_a_day: int = MOST_A_DAY,
    ) -> None:
        self.spool = Spool(folder, most_bytes)
        self.courier = Courier(self.spool, upstream, by, now)
        try:
            utf8 = isinstance(upstream, Submission)  # SES takes none; whether a provider does is known once it is asked
            arrived = self.courier.wake
            self.door = Door(host, port, tls, self.spool, now, arrived, instance, name, utf8, most_a_day)
        except OSError:
            self.spool.close()
            raise
        self._working = threading.Thread(target=self.courier.run, daemon=True, name="courier")

    def start(self) -> None:
        """Take mail and hand it over."""
        self._working.start()
        self.door.start()

    def stop(self) -> None:
        """Take no more, end the copy at hand, and keep the queue."""
        self.door.stop()
        self.courier.stop()
        if self._working.is_alive():
            self._working.join(timeout=10)
        self.spool.close()
