"""Hard users of Thunderbird: a server that answers oddly, sealed mails, mails written again, unusual sizes and addresses."""

import base64
import re

import pytest

from tests.thunderbird.conftest import Line
from tests.thunderbird.smime_certificates import ANN
from tests.thunderbird.test_sending import BODY, PIXEL, confirmed, html, sent, untouched
from tests.thunderbird.thunderbird import Thunderbird


@pytest.fixture(autouse=True)
def _the_line_works(line: Line):
    yield
    line.becomes("works")


@pytest.mark.parametrize(
    ("status", "text"),
    [(401, "{}"), (429, '{"title": "Later."}'), (500, "<h1>Error</h1>"), (200, "<h1>Sign in here</h1>"), (200, "{}")],
    ids=["revoked", "too many", "error", "a page in between", "another answer"],
)
def test_whatever_the_server_answers_the_mail_goes_as_it_was_written(line, post, program: Thunderbird, status, text):
    line.becomes("odd", (status, text))
    program.send("bob@example.com", BODY)
    assert untouched(sent(post))


def test_who_gets_it_unseen_gets_it_tracked(house, post, program: Thunderbird):
    program.send("", BODY, bcc="bob@example.com", subject="Unseen")
    assert not untouched(sent(post)) and post.mails[-1].rcpt_tos == ["bob@example.com"]
    assert [each["email"] for each in confirmed(house, "Unseen")["recipients"]] == ["bob@example.com"]


@pytest.mark.parametrize(
    "to",
    ["demo@localhost.example", ", ".join(f"p{number}@example.com" for number in range(100))],
    ids=["to oneself", "to a hundred"],
)
def test_what_is_for_nobody_or_for_too_many_goes_as_it_was_written(post, program: Thunderbird, to):
    program.send(to, BODY)
    assert untouched(sent(post))


def test_a_very_large_mail_goes_as_it_was_written(post, program: Thunderbird):
    program.send(
        "bob@example.com", BODY + f"<p>{'and so on ' * 1_001}</p>" * 100
    )  # more than the API takes of one mail
    assert untouched(sent(post))


def test_a_mail_that_is_written_again_takes_no_old_pixel_along(house, post, program: Thunderbird):
    program.send("bob@example.com", BODY, subject="Written once")
    first = sent(post)
    [old] = PIXEL.findall(html(first))
    confirmed(house, "Written once")
    for how in ("EditAsNew", "ReplyAll"):
        program.send("", how=how, written_before="Written once")
        again = sent(post)
        assert len(PIXEL.findall(html(again))) == 1 and old not in html(again)
        assert again["X-Unsealed"] not in (None, first["X-Unsealed"])
        program.send("", how=how, written_before="Written once", toggle=True)
        off = sent(post)
        assert PIXEL.findall(html(off)) == [] and "X-Unsealed" not in off and "our offer" in html(off)


def test_a_mail_that_is_sent_later_is_tracked_and_confirmed(house, post, program: Thunderbird):
    program.send("bob@example.com", BODY, subject="Later", later=True)
    message = confirmed(house, "Later")
    program.send_waiting()
    mail = sent(post)
    assert mail["X-Unsealed"] == message["id"] and PIXEL.search(html(mail))


def test_where_the_program_has_lost_what_the_add_on_kept_the_mail_goes_as_it_was_written(post, program: Thunderbird):
    program.send("bob@example.com", BODY, forgetful=True)
    assert untouched(sent(post))
    program.send("bob@example.com", BODY)
    assert not untouched(sent(post))


@pytest.fixture(scope="module")
def _sealed(program: Thunderbird, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Ann has an OpenPGP key and a certificate for S/MIME."""
    program.make_key()
    folder = tmp_path_factory.mktemp("certificate")
    (folder / "ann.p12").write_bytes(ANN.in_a_file(b"a password"))
    program.take_certificate(base64.b64encode(ANN.authority).decode(), folder / "ann.p12", "a password")


@pytest.mark.parametrize(
    ("technology", "seal", "kind"),
    [
        ("openpgp", "sign", "multipart/signed"),
        ("openpgp", "encrypt", "multipart/encrypted"),
        ("smime", "sign", "multipart/signed"),
        ("smime", "encrypt", "application/pkcs7-mime"),
    ],
)
def test_what_is_sealed_goes_as_it_was_written(_sealed, house, post, program: Thunderbird, technology, seal, kind):
    subject = f"To {seal} by {technology}"
    program.send("ann@sender.example", BODY, subject=subject, seal=seal, technology=technology)
    mail = sent(post)
    assert mail.get_content_type() == kind and "X-Unsealed" not in mail
    if seal == "sign":
        assert not re.search(r"/[oc]/[\w-]{20}", html(mail))
    assert subject not in str(house.call("GET", "/v1/messages"))
