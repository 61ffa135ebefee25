"""`python -m infra.relay` as a process: what it took outlives a kill, and SES takes copies as the provider does."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from infra.relay import certificate
from infra.relay.courier import Courier
from infra.relay.upstream import ses
from tests.infra.relay.conftest import Post, shown
from tests.mails import SIGNED, a_mail
from tests.makers import HOME, SENT, THUNDERBIRD

ROOT = Path(__file__).parents[3]
PATIENCE = 30.0


@contextmanager
def running(post: Post, end: signal.Signals):
    """The relay as a process of its own, and how it ends."""
    environment = os.environ | {
        "SMTP_PORT": "0",
        "RELAY_FOLDER": str(post.folder / "process"),
        "RELAY_NAME": "localhost",
    }
    environment |= {"UPSTREAM_HOST": "127.0.0.1", "UPSTREAM_PORT": str(post.provider.port), "UPSTREAM_TLS": "off"}
    environment |= {"RELAY_CERTIFICATE": str(post.files[0]), "RELAY_KEY": str(post.files[1])}
    with subprocess.Popen(
        [sys.executable, "-m", "infra.relay"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        ready = re.fullmatch(r"READY smtp://127\.0\.0\.1:(\d+)\n", process.stdout.readline())
        assert ready is not None
        post.relay.door.port = int(ready[1])
        try:
            yield process
        finally:
            process.send_signal(end)
            process.wait(PATIENCE)


def test_what_was_taken_outlives_a_kill_and_goes_out_when_the_provider_is_back(post: Post):
    post.provider.down()
    with running(post, signal.SIGKILL):
        post.send(a_mail(Subject="Before the kill"))
        post.send(SIGNED)
    queue = post.folder / "process" / "queue"
    assert len(list(queue.iterdir())) == 2
    for path in queue.iterdir():
        path.rename(queue / f"{0:013d}-{path.name.partition('-')[2]}")  # as if the pause after a try were over
    post.provider.up()
    with running(post, signal.SIGTERM) as process:
        until = monotonic() + PATIENCE
        while list(queue.iterdir()) and monotonic() < until:
            sleep(0.05)
        before = shown(post)
        for made, used in zip(certificate.self_made(post.folder / "renewed", SENT), post.files, strict=True):
            made.replace(used)
        process.send_signal(signal.SIGHUP)
        while shown(post) == before and monotonic() < until:
            sleep(0.05)
        assert shown(post) != before, "a renewed certificate is served without a restart"
    one, other = sorted((raw for _, _, raw in post.provider.came), key=lambda raw: raw != SIGNED)
    assert one == SIGNED and b"Before the kill" in other and b"/o/" in other


def test_by_ses_a_mail_goes_to_the_outbox_tracked_and_a_signed_one_as_it_came(post: Post):
    service = post.system.aws.client("sesv2")
    service.create_email_identity(EmailIdentity="sender.example")
    courier = Courier(post.relay.spool, ses, "unsealed@localhost.example", lambda: post.now)
    post.send(a_mail())
    post.send(SIGNED)
    courier.round(post.now)
    service.delete_email_identity(EmailIdentity="sender.example")
    tracked, signed = post.system.aws.outbox()
    assert signed["raw"].encode() == SIGNED and signed["to"] == ["bob@example.com"]
    assert tracked["from"] == "ann@sender.example" and tracked["subject"] == "Offer for June"
    pixel = tracked["html"].partition('<img src="')[2].partition('"')[0]
    post.system.now += 7200
    post.system.ask("GET", pixel, headers={"User-Agent": THUNDERBIRD}, address=HOME)
    post.system.follow()
    seen = [message["status"] for message in post.system.call("GET", "/v1/messages").json["items"]]
    assert sorted(seen) == ["not_tracked", "opened"]


def test_what_ses_refuses_comes_back_to_the_sender(post: Post):
    courier = Courier(post.relay.spool, ses, "unsealed@localhost.example", lambda: post.now)
    post.send(a_mail())
    courier.round(post.now)
    courier.round(post.now)
    (told,) = post.system.aws.outbox()
    assert told["to"] == ["ann@sender.example"] and told["subject"] == "Not delivered: Offer for June"
    assert "verified there" in told["text"]
