"""Tests with the table on a second engine: `python -m tests.dynamodb_local [pytest's arguments]` (`tests/store`, say).

The engine is DynamoDB Local, Amazon's own, where Java is and DYNAMODB_LOCAL names its folder (the one with
DynamoDBLocal.jar in it); else it is ministack. docs/deploying.md says how to get DynamoDB Local, and what its licence asks.
It listens on all interfaces of the machine, so it is started in a network namespace of its own where that can be had.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from tests.infra import ministack

_APART = ("unshare", "--map-root-user", "--net", "--", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
_HOW = """DynamoDB Local is not here, so ministack stands in for it. To get Amazon's own engine, if you have an AWS account
(its licence asks for one, and for use within your own organisation): download it as AWS's developer guide says,
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.DownloadingAndRunning.html , unpack it,
install Java 17 or newer, and set DYNAMODB_LOCAL to the folder.
"""


@contextmanager
def dynamodb_local(folder: Path) -> Iterator[str]:
    """Its URL, while it runs, in memory, telling nobody of it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = ["java", f"-Djava.library.path={folder}/DynamoDBLocal_lib", "-jar", str(folder / "DynamoDBLocal.jar")]
    asked += ["-port", str(port), "-sharedDb", "-inMemory", "-disableTelemetry"]
    process = subprocess.Popen(asked, cwd=folder, env=os.environ | {"DDB_LOCAL_TELEMETRY": "0"})
    try:
        until = monotonic() + 30
        while process.poll() is None and monotonic() < until:
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def main(arguments: list[str]) -> int:
    """Start an engine, run the tests on it; pytest's exit status."""
    folder = Path(os.environ.get("DYNAMODB_LOCAL", "nowhere"))
    there = (folder / "DynamoDBLocal.jar").exists() and shutil.which("java") is not None
    if (
        there
        and "UNSEALED_APART" not in os.environ
        and subprocess.run([*_APART, "true"], capture_output=True).returncode == 0
    ):
        again = [*_APART, sys.executable, "-m", "tests.dynamodb_local", *arguments]
        return subprocess.run(again, env=os.environ | {"UNSEALED_APART": "1"}).returncode
    if not there:
        print(_HOW, file=sys.stderr)
    with (
        tempfile.TemporaryDirectory() as temporary,
        dynamodb_local(folder) if there else ministack.running(Path(temporary)) as url,
    ):
        told = os.environ | {"UNSEALED_TEST_DYNAMODB_URL": url}
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=told).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
