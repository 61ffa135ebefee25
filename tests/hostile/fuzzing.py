"""Schemathesis over the OpenAPI document, all its checks: python -m tests.hostile.fuzzing [its options, such as -n 300].

It runs the whole local system in a folder that is thrown away, asks what the document allows and what it does not, and
says where an answer is not as described: 5xx, a status or a shape that is not in the document, bad data taken, good
data refused, a call without a token answered. https://schemathesis.readthedocs.io/en/stable/reference/checks/
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent


def fuzz(url: str, token: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Ask the system at this URL; the return code is 0 if it answered everything as its document says."""
    code = "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())"
    arguments = ["--config-file", str(HERE / "schemathesis.toml"), "run", f"{url}/openapi.json", "--checks", "all"]
    arguments += ["--header", f"Authorization: Bearer {token}", "--no-color", "--continue-on-failure"]
    arguments += ["--exclude-path", "/v1/sign-out"]  # it would end the token that all the others are asked with
    arguments += ["--exclude-checks", "unsupported_method"]  # API Gateway says 403 where a path has no such method
    arguments += ["--generation-deterministic", "--suppress-health-check", "all", *options]
    hooks = {"SCHEMATHESIS_HOOKS": "tests.hostile.schemathesis_hooks", "PYTHONPATH": str(HERE.parent.parent)}
    with TemporaryDirectory() as folder:  # where it leaves its notes
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=folder,
            env=os.environ | hooks,
            capture_output=True,
            text=True,
            check=False,
        )


def main(options: Sequence[str]) -> int:
    """Start the local system, ask it, and print what was found."""
    with TemporaryDirectory() as folder:
        environment = os.environ | {"PORT": "0", "SMTP_PORT": "off", "DATA_DIR": folder}
        system = subprocess.Popen(
            [sys.executable, "-m", "infra.local"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert system.stdout
            _, url, token = system.stdout.readline().split()
            done = fuzz(url, token.removeprefix("token="), *options)
        finally:
            system.terminate()
            system.wait()
    print(done.stdout, done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
