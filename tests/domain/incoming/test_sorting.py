"""What an incoming mail is: the order of the tests, what it names, and that no bytes are too odd."""

import random
from binascii import b2a_base64, b2a_qp
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.incoming.sorting import MOST_IDS, Kind, classify
from chalicelib.domain.tokens import Claim, TokenKind, mint
from tests.bench import incoming as bench
from tests.bench.mutations import mutated
from tests.mails import a_mail
from tests.makers import SENT
from tests.replies import a_bounce_notice, a_complaint, an_answer

SECRETS = (b"a secret",)
EVENTS = Path(__file__).parents[2] / "events"
MAILS = [
    path.read_bytes() for folder in (EVENTS, Path(bench.__file__).parent / "mails") for path in folder.glob("*.eml")
]
CLAIM = Claim(TokenKind.PIXEL, "0199aa00000070008000000000000001", 2, int(SENT))


def read(raw: bytes, sender: str | None = "bob@example.com"):
    return classify(raw, sender, SECRETS, SENT)


def test_the_corpus_is_taken_for_what_it_is():
    figures = bench.measure(EVENTS, bench.labeller(EVENTS, None))
    assert figures["mails"] == 29 and set(figures["recall"].values()) == {1.0}
    assert figures["false_notices"] == figures["false_auto_replies"] == 0


def test_cases_are_judged_as_the_benchmark_says():
    cases = [
        {"raw": an_answer().decode().replace("\r\n", "\n"), "want": "ordinary", "name": "an answer"},
        {"raw": a_bounce_notice().decode().replace("\r\n", "\n"), "want": "delayed", "name": "a bounce is no delay"},
        {
            "raw": "From: b@x.example\nSubject: Out of office\n\nback on 8 September\n",
            "want": "auto_reply", "at": "2026-09-04", "away_until": "2026-09-09|2026-09-10", "name": "another date",
        },
        {"raw": an_answer().decode().replace("\r\n", "\n"), "want": "ordinary", "null_sender": True, "name": "no sender"},
    ]  # fmt: skip
    assert bench.judge(cases) == {
        "n": 4, "kind_right": 2, "people_hidden": 1, "machines_told": 0, "date_n": 1, "date_right": 0, "date_wrong": 1,
    }  # fmt: skip


def test_maildrops_mailbot_answers_for_a_person_in_a_reports_form():
    raw = a_bounce_notice("delivered", "2.0.0", From="Bob <bob@example.com>", Subject="Re: Offer for June")
    assert read(raw).kind is Kind.AUTO_REPLY
    assert read(raw, "").kind is Kind.AUTO_REPLY
    assert read(a_bounce_notice("delivered", "2.0.0"), "").kind is Kind.RECEIPT


def test_mailutils_refuses_by_a_report_of_a_receipts_fields():
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nMessage was refused by recipient's mail filtering program.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: RFC822; bob@example.com\r\nAction: deleted\r\n"
        "Disposition: automatic-action/MDN-sent-automatically;deleted\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: Offer\r\n\r\nHello\r\n--b--\r\n"
    )
    refused = read(an_answer(body, Subject="", Content_Type="multipart/mixed; boundary=b"))
    assert refused.kind is Kind.BOUNCE and refused.notices[0].recipient == "bob@example.com"


def test_exchange_names_what_it_answers_in_its_own_field():
    assert read(an_answer(X_MS_Exchange_Parent_Message_Id="<out-7@ses>")).ids == ("out-7",)


def test_a_wish_to_hear_no_more_is_a_persons():
    wish = read(an_answer(X_Apple_Unsubscribe="true", Auto_Submitted="auto-replied"))
    assert (wish.kind, wish.reasons) == (Kind.ORDINARY, ("wants_no_more",))


def test_a_bounce_comes_before_an_automatic_reply_and_a_complaint_before_a_bounce():
    assert read(a_bounce_notice(), "").kind is Kind.BOUNCE
    assert (
        read(a_complaint(From="postmaster@provider.example", Auto_Submitted="auto-generated"), "").kind
        is Kind.COMPLAINT
    )
    assert read(an_answer(Auto_Submitted="auto-replied")).kind is Kind.AUTO_REPLY
    assert read(an_answer()).kind is Kind.ORDINARY


@pytest.mark.parametrize(("mark", "kind"), [("handed-on", Kind.LOOP), ("1", Kind.LOOP), (CLAIM.message, Kind.ORDINARY)])
def test_what_we_handed_on_is_ours_and_what_a_sender_of_ours_wrote_is_theirs(mark, kind):
    assert read(an_answer(X_Unsealed=mark)).kind is kind


def test_a_null_sender_is_a_machine_unless_nobody_knows_the_envelope():
    assert read(an_answer(), "<>").kind is Kind.AUTO_REPLY
    assert read(an_answer(), None).kind is Kind.ORDINARY


def test_the_ids_stand_in_the_order_in_which_they_are_likely():
    mail = read(an_answer(In_Reply_To="<Third@x>", References="<first@x> <second@x>\r\n <Third@x>"))
    assert mail.ids == ("Third", "second", "first")
    assert mail.own_id == "<answer-1@example.com>"
    assert len(read(an_answer(References=" ".join(f"<{n}@x>" for n in range(900)))).ids) == MOST_IDS


def test_a_notice_names_the_ids_of_what_it_quotes_and_an_answer_does_not():
    quoted = "Subject: x\r\nMessage-ID: <out-1@ses>\r\n"
    assert read(a_bounce_notice("failed", "5.1.1", quoted)).ids == ("out-1",)
    assert read(an_answer(quoted)).ids == ()


@pytest.mark.parametrize(
    "wrapped",
    [
        "https://t.example.com/o/{}",
        "> https://t.example.com/o/{} <",
        '<img src="https://ci3.googleusercontent.com/meips/ABC=s0#https://t.example.com/o/{}">',
        "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Ft.example.com%2Fo%2F{}&amp;data=05",
    ],
)
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_our_tokens_are_found_however_they_are_wrapped(wrapped, encoding):
    body = wrapped.format(mint(CLAIM, SECRETS)).encode()
    coded = {"8bit": bytes, "base64": b2a_base64, "quoted-printable": b2a_qp}[encoding](body).decode()
    mail = read(a_mail(coded, Content_Transfer_Encoding=encoding))
    assert [(claim.message, claim.recipient) for claim in mail.claims] == [(CLAIM.message, 2)]


def test_a_token_that_we_did_not_sign_says_nothing():
    forged = mint(CLAIM, (b"another secret",))
    assert read(an_answer(f"https://t.example.com/o/{forged}")).claims == ()


@given(st.binary(max_size=3000))
def test_any_bytes_are_some_mail(raw):
    assert read(raw).kind in Kind


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["From", "Subject", "Content-Type", "Auto-Submitted", "References", "Return-Path"]),
            st.binary(max_size=200),
        )
    ),
    st.binary(max_size=500),
)
def test_any_fields_are_some_mail(fields, body):
    raw = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in fields)
    assert read(raw + b"\r\n" + body).kind in Kind


def test_damaged_mails_are_some_mail():
    chance = random.Random(7)
    for _ in range(1500):
        assert read(mutated(chance.choice(MAILS), MAILS, chance)).kind in Kind


@pytest.mark.parametrize(
    ("date", "minutes"),
    [
        ("Mon, 21 Sep 2026 16:13:20 +0200", 120),
        ("Mon, 21 Sep 2026 16:13:20 -0330 (NDT)", -210),
        ("21 Sep 2026 16:13 +0545", 345),
        ("Mon, 21 Sep 2026 16:13:20 +0000", None),  # of a server that does not know
        ("Mon, 21 Sep 2026 16:13:20 -0000", None),
        ("Mon, 21 Sep 2026 16:13:20 GMT", None),
        ("Mon, 21 Sep 2026 16:13:20 +2500", None),
        ("Mon, 21 Sep 2026 16:13:20+0200", None),
        ("+", None),
        ("", None),
    ],
)
def test_the_date_says_how_far_ahead_the_authors_clock_is(date, minutes):
    assert read(an_answer(Date=date)).offset == minutes
