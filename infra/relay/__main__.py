"""`python -m infra.relay`: the SMTP relay, until Ctrl-C. Its settings are environment variables (docs/connect-your-mail.md).

Beside those of chalicelib (docs/settings.md), of which it needs the table's, the secrets, PUBLIC_URL and MAIL_FROM:
SMTP_HOST, SMTP_PORT, RELAY_NAME, RELAY_FOLDER, RELAY_CERTIFICATE, RELAY_KEY, RELAY_RECIPIENTS_A_DAY, and where copies go:
UPSTREAM_HOST, UPSTREAM_PORT, UPSTREAM_USER, UPSTREAM_PASSWORD. Without UPSTREAM_HOST they go to SES. On SIGHUP it reads the
certificate anew.
"""

import logging
import os
import signal
import ssl
import sys
import threading
import time
import uuid
from pathlib import Path

from chalicelib.config import MissingSettings, config
from infra import process_settings
from infra.relay import certificate, upstream
from infra.relay.door import MOST_A_DAY
from infra.relay.relay import Relay
from infra.relay.spool import InUse


def main() -> int:
    """Start, wait for a signal, stop. The exit status: 0 if all went well, 1 if it could not start, 2 for a wrong setting."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    try:
        tls, *files = certificate.chosen(_folder(), time.time())
        relay = _relay(tls)
    except process_settings.WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except (MissingSettings, InUse, OSError) as wrong:
        print(wrong, file=sys.stderr)
        return 1
    signal.signal(signal.SIGHUP, lambda *_: certificate.renew(tls, *files))
    relay.start()
    print(f"READY smtp://{os.environ.get('SMTP_HOST', '127.0.0.1')}:{relay.door.port}", flush=True)
    done.wait()
    relay.stop()
    return 0


def _folder() -> Path:
    return Path(os.environ.get("RELAY_FOLDER", "data/relay"))


def _relay(tls: ssl.SSLContext) -> Relay:
    instance = uuid.uuid4().hex
    return Relay(
        host=os.environ.get("SMTP_HOST", "127.0.0.1"),
        port=process_settings.port("SMTP_PORT", 2525),
        folder=_folder(),
        tls=tls,
        upstream=upstream.chosen(instance),
        by=config().mail_from,
        now=time.time,
        instance=instance,
        name=os.environ.get("RELAY_NAME", ""),
        most_a_day=process_settings.number("RELAY_RECIPIENTS_A_DAY", MOST_A_DAY),
    )


if __name__ == "__main__":
    sys.exit(main())
