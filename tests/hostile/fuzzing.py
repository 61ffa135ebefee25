"""Schemathesis over the OpenAPI document, all its checks: python -m tests.hostile.fuzzing [its options, such as -n 300].

It runs the whole local system in a folder that is thrown away, asks what the document allows and what it does not, and
says where an answer is not as described: 5xx, a status or a shape that is not in the document, bad data taken, good
data refused, a call without a token answered. https://schemathesis.readthedocs.io/en/stable/reference/checks/
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any
from urllib.request import Request, urlopen

HERE = Path(__file__).parent
KEPT = HERE.parent.parent / ".hypothesis"  # its tables of Unicode, which take seconds to make
EVE = "eve@other.example"


def fuzz(url: str, tokens: Mapping[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    """Ask the system at this URL; the return code is 0 if it answered everything as its document says.

    `tokens` are those of two senders, `ann` and `eve`: what one has, the other is asked for as well.
    """
    code = "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())"
    arguments = ["--config-file", str(HERE / "schemathesis.toml"), "run", f"{url}/openapi.json", "--checks", "all"]
    arguments += ["--no-color", "--continue-on-failure"]
    arguments += ["--exclude-path", "/v1/sign-out"]  # it would end the token that all the others are asked with
    arguments += ["--generation-deterministic", "--suppress-health-check", "all", *options]
    hooks = {"SCHEMATHESIS_HOOKS": "tests.hostile.schemathesis_hooks", "PYTHONPATH": str(HERE.parent.parent)}
    hooks["HYPOTHESIS_STORAGE_DIRECTORY"] = str(KEPT)
    users = {
        "auth": [
            {"name": name, "fixedHeaders": [{"name": "Authorization", "value": f"Bearer {token}"}]}
            for name, token in tokens.items()
        ]
    }
    with TemporaryDirectory() as folder:  # where it leaves its notes
        known = Path(folder) / "users.json"
        known.write_text(json.dumps(users))
        hooks["UNSEALED_USERS"] = str(known)
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=folder,
            env=os.environ | hooks,
            capture_output=True,
            text=True,
            check=False,
        )


def _signed_in(url: str, email: str) -> str:
    """A second sender's token."""

    def ask(path: str, said: Mapping[str, str] | None = None) -> Any:
        with urlopen(Request(f"{url}{path}", json.dumps(said).encode() if said else None), timeout=30) as answer:
            return json.load(answer)

    ask("/v1/sign-in", {"email": email})
    for _ in range(100):
        texts = [mail["text"] for mail in ask("/_local/outbox")["items"]]
        if found := re.search(r"\b\d{4} \d{4}\b", " ".join(texts)):
            return str(ask("/v1/sign-in/confirm", {"email": email, "code": found[0]})["token"])
        sleep(0.1)
    raise AssertionError("No code came.")


def main(options: Sequence[str]) -> int:
    """Start the local system, ask it, and print what was found."""
    with TemporaryDirectory() as folder:
        environment = os.environ | {"PORT": "0", "SMTP_PORT": "off", "DATA_DIR": folder, "ALLOWED_SENDERS": EVE}
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
            done = fuzz(url, {"ann": token.removeprefix("token="), "eve": _signed_in(url, EVE)}, *options)
        finally:
            system.terminate()
            system.wait()
    print(done.stdout, done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
