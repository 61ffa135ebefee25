"""An answer on its way to the sender: the header fields that change, and that nothing else does."""

import random
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from chalicelib.domain.incoming.handing_on import handed_on
from chalicelib.domain.incoming.sorting import classify
from chalicelib.domain.mail import headers
from tests.bench.mutations import mutated
from tests.makers import SENT
from tests.replies import an_answer

COPY = "r+token@t.example.com"
MAILS = Path(__file__).parents[2] / "bench" / "mails"


def passed(raw: bytes, original: str = "", *, through: bool = False) -> bytes:
    return handed_on(raw, classify(raw, None, (b"x",), SENT), COPY, "ann@sender.example", original, through=through)


def read(raw: bytes):
    return message_from_bytes(raw, policy=policy.default)


def test_the_author_stands_in_the_name_and_in_reply_to():
    mail = read(passed(an_answer(From='"Bob \\"B\\" Example" <bob@example.com>')))
    (author,) = mail["From"].addresses
    assert (author.addr_spec, author.display_name) == (COPY, 'Bob "B" Example (bob@example.com)')
    assert mail["Reply-To"] == "bob@example.com"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("bob@example.com", "bob@example.com"),
        ("=?utf-8?q?J=C3=BCrgen?= <bob@example.com>", "Jürgen (bob@example.com)"),
        ("", "Unknown"),
        ("Bob\tB <bob@example.com>", "Bob B (bob@example.com)"),
    ],
)
def test_any_name_can_be_written(given, name):
    mail = read(passed(an_answer(From=given)))
    assert mail["From"].addresses[0].display_name == name and mail["From"].addresses[0].addr_spec == COPY


def test_a_long_name_in_other_letters_stays_within_its_field():
    raw = passed(an_answer(From=f"{'Ж' * 300} <bob@example.com>"))
    assert max(map(len, raw.split(b"\r\n"))) < 200
    assert read(raw)["From"].addresses[0].addr_spec == COPY


def test_the_answers_own_reply_to_is_kept():
    assert read(passed(an_answer(Reply_To="team@example.com")))["Reply-To"] == "team@example.com"


def test_an_answer_to_it_goes_by_us_again_unless_the_author_wants_it_elsewhere():
    assert read(passed(an_answer(), through=True))["Reply-To"] == COPY
    assert read(passed(an_answer(Reply_To="bob@example.com"), through=True))["Reply-To"] == COPY
    assert read(passed(an_answer(Reply_To="team@example.com"), through=True))["Reply-To"] == "team@example.com"


def test_a_header_line_that_is_none_is_repaired():
    raw = passed(an_answer().replace(b"Subject:", b"no field\r\nSubject:"))
    assert read(raw)["Subject"] == "Re: Offer for June" and read(raw)["X-Not-A-Field"] == "no field"


def test_the_copys_address_gives_way_to_the_senders():
    mail = read(passed(an_answer(To=f"Ann <{COPY.upper()}>", Cc=f"carol@example.com, {COPY}")))
    assert mail["To"] == "Ann <ann@sender.example>" and mail["Cc"] == "carol@example.com, ann@sender.example"


@pytest.mark.parametrize(
    "name",
    ["DKIM-Signature", "Return-Path", "Sender", "Bcc", "X-SES-CONFIGURATION-SET", "ARC-Seal", "Authentication-Results"],
)
def test_what_is_not_for_the_new_way_goes(name):
    assert read(passed(f"{name}: x\r\n".encode() + an_answer())).get(name) is None


def test_what_ses_takes_once_stands_once():
    mail = read(passed(b"MIME-Version: 1.0\r\nSubject: first\r\n" + an_answer()))
    assert mail.get_all("MIME-Version") == ["1.0"] and mail.get_all("Subject") == ["first"]


def test_the_thread_stays_and_leads_to_the_senders_own_mail():
    raw = an_answer(In_Reply_To="<ses@x>", References="<a@x>\r\n <ses@x>")
    assert (read(passed(raw))["In-Reply-To"], read(passed(raw))["References"]) == ("<ses@x>", "<a@x> <ses@x>")
    mail = read(passed(raw, "<mine@sender.example>"))
    assert mail["In-Reply-To"] == "<mine@sender.example>"
    assert mail["References"] == "<a@x> <ses@x> <mine@sender.example>"


@pytest.mark.parametrize(
    "original", ["", "<", "no id", "<a@x> <b@x>", "<\xe9@x>", "<a\r\nBcc: eve@x>", "<" + "x" * 900 + ">"]
)
def test_what_is_no_id_does_not_get_into_the_header(original):
    assert passed(an_answer(), original) == passed(an_answer())


@pytest.mark.parametrize("path", sorted(MAILS.glob("*.eml")), ids=lambda path: path.stem)
def test_the_body_is_byte_for_byte_what_came(path):
    raw = path.read_bytes()
    after = passed(raw)
    assert raw.endswith(after[headers.read(after, 0, len(after)).body :])
    assert after.count(b"handed-on") == 1


def test_no_damaged_mail_gets_a_header_of_its_own_making():
    chance = random.Random(3)
    mails = [path.read_bytes() for path in MAILS.glob("*.eml")]
    for _ in range(300):
        after = passed(mutated(chance.choice(mails), mails, chance))
        fields = headers.read(after, 0, len(after)).fields
        assert headers.value(after, fields, "from").endswith(f"<{COPY}>")
        assert sum(field.name == "from" for field in fields) == 1
        assert headers.value(after, fields, "x-unsealed") == "handed-on"
