"""A function as on Lambda: its unpacked zip in a process of its own, under the client that Lambda's Python runtime uses.

    with Process(task, "app.app", environment) as function:
        function.invoke(event)                    # the answer; raises FunctionError for what the function raises
        function.init_seconds                     # from the start of the process to its first question for work

The other half is a Runtime API, a port for each process: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html .
"""

import base64
import json
import queue
import re
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path
from time import clock_gettime, monotonic, time
from types import TracebackType
from typing import Any, Self

from infra.local.functions import FunctionError
from infra.local.httpd import Request, Response, Server

IN_THE_RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six.py")
THE_CLIENT = ("awslambdaric", "simplejson", "snapshot_restore_py.py")
_NOBODY_ELSE = {"PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8", "TZ": ":UTC", "PYTHONDONTWRITEBYTECODE": "1"}
_RESULT = re.compile(r"/2018-06-01/runtime/invocation/([^/]+)/(response|error)")


class Process:
    """One execution environment. `task` is the unpacked zip, `python` an interpreter with nothing installed."""

    def __init__(self, task: Path, handler: str, environment: Mapping[str, str], python: Path, runtime: Path) -> None:
        self._events: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self._answers: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self._api = Server("127.0.0.1", 0, self._answer, most_body=7 * 1024 * 1024)
        self._api.start()
        self._name = environment.get("AWS_LAMBDA_FUNCTION_NAME", handler)
        self._number = 0
        self.init_seconds = 0.0
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        began = monotonic()
        self._process = subprocess.Popen(
            [str(python), "-s", "-m", "awslambdaric", handler],
            cwd=task,
            env={**_NOBODY_ELSE, **environment, **self._told(task, handler, runtime)},
            stdout=self._printed,
            stderr=subprocess.STDOUT,
        )
        ready, _ = self._wait()
        if ready != "next":
            raise FunctionError(f"{self._name} did not start: {self.stop()}")
        self.init_seconds = monotonic() - began

    def invoke(self, event: Any, timeout: float = 60.0) -> Any:
        """The answer to an event. Raises FunctionError for what the function raises, or if it ends or takes too long."""
        self._number += 1
        self._events.put((f"request-{self._number}", json.dumps(event, default=_base64).encode()))
        kind, answer = self._wait(timeout)
        if kind != "response":
            raise FunctionError(f"{self._name}: {answer.decode()}")
        ready, _ = self._wait(timeout)
        if ready != "next":
            raise FunctionError(f"{self._name} ended after its answer.")
        return json.loads(answer or b"null")

    def peak_bytes(self) -> int:
        """The most memory that the process had."""
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{self._process.pid}/status").read_text())
        return int(found[1]) * 1024 if found else 0

    def cpu_seconds(self) -> float:
        """The time that the process used, in user and system mode: its CPU clock (clock_getcpuclockid(3))."""
        return clock_gettime(~self._process.pid << 3 | 2)

    def stop(self) -> str:
        """End the process; what it logged, the first time this is asked."""
        self._process.kill()
        self._process.wait()
        self._events.put(("", b""))
        if self._printed.closed:
            return ""
        self._api.stop()
        with self._printed:
            self._printed.seek(0)
            return self._printed.read().decode()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _wait(self, timeout: float = 60.0) -> tuple[str, bytes]:
        until = monotonic() + timeout
        while monotonic() < until:
            try:
                return self._answers.get(timeout=0.5)
            except queue.Empty:
                if self._process.poll() is not None:
                    return "ended", b"the process ended"
        return "ended", b"it took too long"

    def _answer(self, request: Request) -> Response:
        if request.method == "GET" and request.target.endswith("/invocation/next"):
            self._answers.put(("next", b""))
            name, event = self._events.get()
            return Response(200, self._headers(name), event)
        result = _RESULT.match(request.target)
        self._answers.put((result[2] if result else "init", request.body))
        return Response(202, (("Content-Type", "application/json"),), b'{"status":"OK"}')

    def _headers(self, name: str) -> list[tuple[str, str]]:
        return [
            ("Content-Type", "application/json"),
            ("Lambda-Runtime-Aws-Request-Id", name),
            ("Lambda-Runtime-Deadline-Ms", str(int((time() + 60) * 1000))),
            ("Lambda-Runtime-Invoked-Function-Arn", f"arn:aws:lambda:us-east-1:123456789012:function:{self._name}"),
            ("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000"),
        ]

    def _told(self, task: Path, handler: str, runtime: Path) -> dict[str, str]:
        return {
            "PYTHONPATH": f"{task}:{runtime}",
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self._api.port}",
            "_HANDLER": handler,
            "LAMBDA_TASK_ROOT": str(task),
            "AWS_LAMBDA_FUNCTION_NAME": self._name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
            "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{self._name}",
            "AWS_LAMBDA_LOG_STREAM_NAME": "local",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_EXECUTION_ENV": "AWS_Lambda_python{}.{}".format(*sys.version_info),
        }


def _base64(value: bytes) -> str:
    """A stream's binaries, as Lambda hands them over."""
    return base64.b64encode(value).decode()


def unpack(zipped: Path, folder: Path) -> Path:
    """The zip, unpacked into an empty folder."""
    with zipfile.ZipFile(zipped) as packed:
        packed.extractall(folder)
    return folder


def bare_python(folder: Path) -> Path:
    """An interpreter of this version with nothing installed, as Lambda's is."""
    venv.create(folder, with_pip=False, symlinks=True)
    return folder / "bin" / "python"


def runtime(folder: Path, *packages: str) -> Path:
    """A folder with the runtime client and other packages of this environment, precompiled, as Lambda's runtime has them."""
    folder.mkdir()
    installed = Path(sysconfig.get_path("purelib"))
    for name in (*THE_CLIENT, *packages):
        (folder / name).symlink_to(installed / name)
    for library in installed.glob("runtime_client*.so"):
        (folder / library.name).symlink_to(library)
    return folder
