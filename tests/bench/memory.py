"""What a large mail costs in memory at each door: python -m tests.bench.memory [--megabytes 40].

Each door is a process of its own, with AWS and the other servers in another one. It takes a small mail first, so that all is
loaded, and then the large one. What its memory grew by at most (VmHWM of Linux) is told as a multiple of the mail's size.
The last line is JSON.

  rewriting  the API's MIME door without HTTP, which has no room for a mail of this size: prepared, and one copy made
  relay      taken by SMTP, rewritten, put into the queue, handed over by SMTP
  gateway    SES's receipt, read from S3, rewritten, sent by SES
  answer     the same of an answer that is handed on
"""

import argparse
import base64
import json
import os
import smtplib
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.mails import HTML, a_mail

ANN = "ann@sender.example"
BOB = "bob=example.com@localhost.example"
MEGABYTE = 1_000_000
AT = 1_790_000_000.0


def large(megabytes: int, **fields: str) -> bytes:
    """A mail of about this size: HTML, and a file in base64."""
    packed = base64.encodebytes(Random(1).randbytes(int(megabytes * MEGABYTE * 0.73))).replace(b"\n", b"\r\n")
    part = "\r\n--b\r\nContent-Type: {}\r\nContent-Transfer-Encoding: {}\r\n\r\n"
    body = f"{part.format('text/html; charset=utf-8', '8bit')}{HTML}{part.format('application/zip', 'base64')}"
    kept = a_mail(body, Content_Type='multipart/mixed; boundary="b"', **fields)
    return kept[: -len(b"\r\n")] + packed + b"--b--\r\n"


# -- In the process that is measured: each gives what takes a mail of the folder, by its name


def _rewriting(folder: Path) -> Callable[[str], None]:
    from chalicelib.domain.drafts import Addressee
    from chalicelib.domain.messages import Recipient
    from chalicelib.work.mail.relaying import prepare_mail

    def take(name: str) -> None:
        raw = (folder / f"{name}.eml").read_bytes()
        bob = Addressee(Recipient("bob@example.com"))
        _, (copy,) = prepare_mail("5e7de75e7de75e7d", raw, [bob], AT, name)
        assert copy.pixel_url and len(copy.of(raw)) > len(raw)

    return take


def _received(folder: Path) -> Callable[[str], None]:
    """Lambda's function `receive`."""
    import app
    from infra.local.functions import Context

    def take(name: str) -> None:
        app.receive(json.loads((folder / f"{name}.json").read_text()), Context("receive"))

    return take


def _relayed(folder: Path) -> Callable[[str], None]:
    """The relay, whose port is told first; then the other process sends."""
    from infra.relay import certificate
    from infra.relay.relay import Relay
    from infra.relay.upstream import chosen

    tls = certificate.context(*certificate.self_made(folder, AT))
    relay = Relay(
        "127.0.0.1", 0, folder / "relay", tls, chosen("one"), "x@localhost.example", lambda: AT, "one", "localhost"
    )
    relay.start()
    print(relay.door.port, flush=True)

    def take(name: str) -> None:
        print(name, flush=True)
        sys.stdin.readline()
        while relay.spool.waiting():
            time.sleep(0.05)

    return take


DOORS = {"rewriting": _rewriting, "relay": _relayed, "gateway": _received, "answer": _received}


def _child(door: str, folder: Path) -> None:
    """Take a small mail, then the large one, and print by how many bytes the memory grew for that."""
    take = DOORS[door](folder)
    take("small")
    before = _peak()
    take("large")
    print(_peak() - before, flush=True)


def _peak() -> int:
    """The most bytes of memory that this process had at a time. ru_maxrss would count its parent's (Linux, execve)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


# -- In the process that measures


def grown(door: str, megabytes: int) -> float:
    """By how many times the size of a mail the memory of a door grows for it, at most. AWS must be there."""
    from infra.local import ses_receipts
    from tests.aws import resources
    from tests.infra.relay.conftest import Provider

    s3 = resources.client("s3", os.environ["AWS_ENDPOINT_URL"])

    def keep(name: str, raw: bytes) -> None:
        s3.put_object(Bucket=resources.INBOUND_BUCKET, Key=name, Body=raw)

    mails = {"small": a_mail(), "large": large(megabytes)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        to, sender = (BOB, ANN) if door == "gateway" else (_reply_address(), "bob@example.com")
        for each, raw in mails.items():
            if door == "answer":
                raw = raw.replace(b"ann@sender", b"bob@sender", 1).replace(b"<1@", f"<{each}@".encode(), 1)
            (folder / f"{each}.eml").write_bytes(raw)
            if door in ("gateway", "answer"):
                (folder / f"{each}.json").write_text(json.dumps(ses_receipts.arrive(keep, raw, sender, [to], AT)))
        provider = Provider()
        provider.up()
        settings = {"UPSTREAM_HOST": "127.0.0.1", "UPSTREAM_PORT": str(provider.port), "UPSTREAM_TLS": "off"}
        # What the C library keeps of freed memory for later is not what a mail takes.
        settings["MALLOC_MMAP_THRESHOLD_"] = str(MEGABYTE)
        with subprocess.Popen(
            [sys.executable, "-m", "tests.bench.memory", "--door", door, "--folder", name],
            env=os.environ | settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdin and child.stdout
            if door == "relay":
                port = int(child.stdout.readline())
                for raw in mails.values():
                    child.stdout.readline()
                    _submit(port, raw)
                    print(file=child.stdin, flush=True)
            told = child.stdout.read().splitlines()
        provider.down()
        return int(told[-1]) / len(mails["large"])


def _reply_address() -> str:
    """That of a message of Ann's."""
    from chalicelib.domain.drafts import Addressee, Draft
    from chalicelib.domain.messages import Recipient
    from chalicelib.store.accounts import accounts
    from chalicelib.work.messages.preparing import prepare

    sender = accounts.sender_of_address(ANN) or ""
    return prepare(sender, Draft("Offer", (Addressee(Recipient("bob@example.com")),)), AT, str(time.time()))[1][
        0
    ].reply_to


def _submit(port: int, raw: bytes) -> None:
    from tests.system import TOKEN  # and with it all that imitates AWS, which has no place in what is measured

    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with smtplib.SMTP("127.0.0.1", port, timeout=300) as client:
        client.starttls(context=trusting)
        client.login("ann", TOKEN)
        client.sendmail(ANN, ["bob@example.com"], raw)


@contextmanager
def _aws() -> Iterator[None]:
    """AWS in this process, with Ann in its table, and the environment that points at it."""
    from chalicelib.work.accounts.registering import register
    from infra.local.clock import Clock
    from tests.aws import resources
    from tests.aws.aws import Aws
    from tests.system import TOKEN

    aws = Aws(Clock())
    aws.start()
    made = resources.make(aws.url)
    os.environ.update(
        resources.environment(made, aws.url, "http://127.0.0.1:8000", ["a secret of at least thirty-two bytes"])
    )
    register(ANN, "Ann", "Europe/Berlin", TOKEN, AT)
    try:
        yield
    finally:
        aws.stop()


def main() -> None:
    """Measure and print; or be what is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=40)
    parser.add_argument("--door", choices=DOORS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.folder:
        _child(chosen.door, chosen.folder)
        return
    figures = {}
    with _aws():
        for door in [chosen.door] if chosen.door else DOORS:
            began = time.monotonic()
            figures[door] = round(grown(door, chosen.megabytes), 2)
            print(
                f"{door:12}{figures[door]:6.2f} times the size of the mail, {time.monotonic() - began:5.1f} s",
                flush=True,
            )
    print(json.dumps({"megabytes": chosen.megabytes, **figures}))


if __name__ == "__main__":
    main()
