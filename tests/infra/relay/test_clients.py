"""Programs that people send mail with, as they are: whichever of them this machine has."""

import pytest

from tests.infra.relay.conftest import ANN, Post
from tests.mail_programs import COMMANDS, Missing, Sending, send
from tests.mails import HTML, a_mail
from tests.system import TOKEN


@pytest.mark.parametrize("name", COMMANDS)
def test_a_program_sends_its_mail_through_the_relay(post: Post, tmp_path, name):
    port, certificate = post.relay.door.port, post.files[0]
    sending = Sending(port, TOKEN, certificate, ANN, "bob@example.com", "Offer for June", HTML, a_mail())
    try:
        done = send(name, sending, tmp_path)
    except Missing as missing:
        pytest.skip(str(missing))
    assert done.returncode == 0, done.stdout + done.stderr
    post.hand_over()
    ((mail_from, recipient, raw),) = post.provider.came
    assert (mail_from, recipient) == (ANN, "bob@example.com")
    assert b"Subject: Offer for June" in raw and b"/o/" in raw
