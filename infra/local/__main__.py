"""`python -m infra.local`: the whole system on this machine, until Ctrl-C. docs/one-machine.md has the settings.

The first line on stdout is `READY <base url> token=<api token of a demo sender>`, without a token where this is no demo;
everything else goes to stderr.
"""

import gc
import logging
import os
import signal
import sqlite3
import sys
import threading
from pathlib import Path

from chalicelib.store.failures import Unavailable
from infra import process_settings
from infra.local.folder import CannotStart
from infra.local.system import System

_TURN_SECONDS = 0.0005
"""How long a thread keeps the interpreter while others wait for it. A request asks for it some twenty times: with longer turns
a reader waits in a storm, and with shorter ones the changing of threads takes a tenth of the time of all.
"""


def main() -> int:
    """Start, wait for a signal, stop. The exit status: 0 if all went well, 1 if it could not start or go on, 2 for a setting
    that cannot be what it is.
    """
    parent = os.getppid()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    out, sys.stdout = sys.stdout, sys.stderr  # a function's own lines belong to the log
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    try:
        process_settings.read_file()
        host = os.environ.get("HOST", "127.0.0.1")
        port = process_settings.port("PORT", 8000)
        folder = Path(os.environ.get("DATA_DIR") or Path("data") / str(port))
        system = System(host, port, folder)
        token = system.start()
    except process_settings.WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except CannotStart as wrong:
        print(wrong, file=sys.stderr)
        return 1
    except (sqlite3.Error, Unavailable) as broken:
        told = "make room on the disk, restore a backup (docs/one-machine.md), or choose another DATA_DIR."
        print(f"The file {folder}/unsealed.sqlite cannot be used ({broken}): {told}", file=sys.stderr)
        return 1
    gc.freeze()  # what was loaded stays: looking through all of it again would hold up everybody for 30 ms
    sys.setswitchinterval(_TURN_SECONDS)
    print(f"READY {system.url} token={token}" if token else f"READY {system.url}", file=out, flush=True)
    while not done.wait(0.1):
        if "MAKELEVEL" in os.environ and os.getppid() != parent:
            os._exit(1)  # whoever killed make meant us: the file has all, and the port has to be free again
        if not system.whole:
            print("A part of the system has ended, see above: it is better not to go on without it.", file=sys.stderr)
            return 1
    system.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
