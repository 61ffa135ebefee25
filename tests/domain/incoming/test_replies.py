"""What a mail means for its message: whose answer it is, or why it is none."""

import pytest

from chalicelib.domain.events import EventKind, VerdictKind
from chalicelib.domain.incoming.bounces import Notice
from chalicelib.domain.incoming.replies import By, meaning
from chalicelib.domain.incoming.sorting import Incoming, Kind
from chalicelib.domain.mail.addresses import CopyId
from chalicelib.domain.messages import Recipient
from chalicelib.domain.tokens import Claim, TokenKind
from chalicelib.domain.verdicts.explanations import explain
from tests.makers import SENT, a_message

BOB, CAROL = Recipient("bob@example.com"), Recipient("carol@example.com")
MESSAGE = a_message(recipients=(BOB, CAROL))
OF_BOB, OF_CAROL = CopyId(MESSAGE.id, 0), CopyId(MESSAGE.id, 1)
EITHER = (OF_BOB, OF_CAROL)


def an_incoming(kind: Kind = Kind.ORDINARY, author: str = "bob@example.com", *reasons: str, **facts) -> Incoming:
    usual = {"name": "", "subject": "Re: Offer", "own_id": "<1@x>", "ids": (), "claims": (), "null_sender": False}
    return Incoming(**{**usual, "kind": kind, "author": author, "reasons": reasons, **facts})


def means(mail: Incoming, copies=(OF_BOB,), by: By = By.ADDRESS, *, own: bool = False, message=MESSAGE):
    return meaning(mail, message, copies, by, own=own)


@pytest.mark.parametrize("by", list(By))
def test_the_recipient_answers(by):
    found = means(an_incoming(), by=by)
    assert (found.kind, found.recipients) == (EventKind.REPLY, (0,))
    assert found.verdict and found.verdict.kind is VerdictKind.HUMAN


@pytest.mark.parametrize(("by", "why"), [(By.ADDRESS, "reply"), (By.THREAD, "reply"), (By.QUOTE, "possibly_forwarded")])
def test_a_strange_address_answers_for_the_recipient_only_in_the_thread(by, why):
    found = means(an_incoming(author="assistant@elsewhere.example"), by=by)
    assert found.why == why
    assert (found.recipients, bool(found.kind)) == (((0,), True) if why == "reply" else ((), False))


def test_another_recipient_who_answers_to_this_ones_copy_answers_for_themselves():
    assert means(an_incoming(author="carol@example.com")).recipients == (1,)


@pytest.mark.parametrize("kind", list(Kind))
def test_what_the_sender_wrote_is_a_follow_up(kind):
    assert means(an_incoming(kind), own=True).why == "follow_up"


def test_of_several_copies_the_quoted_token_tells_whose_it_was():
    stranger = an_incoming(author="x@example.net")
    assert means(stranger, EITHER, By.THREAD).why == "somebody"
    quoting = an_incoming(author="x@example.net", claims=(Claim(TokenKind.PIXEL, MESSAGE.id, 1, int(SENT)),))
    assert means(quoting, EITHER, By.THREAD).recipients == (1,)


def test_mail_of_a_list_is_an_answer_only_by_its_address_or_thread():
    listed = an_incoming(listed=True)
    assert [means(listed, by=by).why for by in By] == ["reply", "reply", "listed"]


def test_an_automatic_reply_says_until_when():
    found = means(an_incoming(Kind.AUTO_REPLY, "bob@example.com", "auto_submitted", away_until="2026-10-05"))
    assert found.kind is EventKind.AUTO_REPLY and found.verdict
    assert found.verdict.reasons == ("auto_reply", "away_until_2026-10-05", "auto_submitted")
    assert "they are away until Monday, 5 October" in explain(found.verdict)


def test_a_subject_that_the_sender_chose_shows_no_machine():
    away = an_incoming(Kind.AUTO_REPLY, "bob@example.com", "auto_subject")
    assert means(away).why == "auto_reply"
    assert means(away, message=a_message(subject="Out of office")).why == "reply"


def test_a_note_that_may_be_automatic_is_an_answer_less_surely_and_a_wish_is_one():
    perhaps = means(an_incoming(Kind.ORDINARY, "bob@example.com", "perhaps_automatic"))
    assert perhaps.kind is EventKind.REPLY and perhaps.verdict and perhaps.verdict.confidence < 0.7
    wish = means(an_incoming(Kind.ORDINARY, "bob@example.com", "wants_no_more")).verdict
    assert wish and "to be written to no more" in explain(wish)


def test_a_bounce_repeats_what_it_said():
    notice = Notice("bob@example.com", "failed", "5.1.1", "550 no such user")
    found = means(an_incoming(Kind.BOUNCE, "", "delivery_report", notices=(notice,))).verdict
    assert found and "its words are “550 no such user”" in explain(found)


@pytest.mark.parametrize("kind", [Kind.DELAYED, Kind.RECEIPT, Kind.LOOP])
def test_what_says_nothing_for_sure_is_no_event(kind):
    assert means(an_incoming(kind)) == means(an_incoming(kind)) and means(an_incoming(kind)).kind is None


def test_a_bounce_is_the_copys_whatever_address_it_names():
    bounce = an_incoming(Kind.BOUNCE, "", notices=(Notice("other@forwarded.example", "failed", "5.1.1"),))
    assert (means(bounce).kind, means(bounce).recipients) == (EventKind.BOUNCE, (0,))


def test_of_several_copies_the_bounce_is_that_of_the_address_which_failed():
    failed = (Notice("carol@example.com", "failed", "5.1.1"), Notice("bob@example.com", "delayed", "4.4.1"))
    assert means(an_incoming(Kind.BOUNCE, "", notices=failed), EITHER, By.THREAD).recipients == (1,)
    named = an_incoming(Kind.BOUNCE, "", notices=(Notice("", "", ""),), named=("x@y.example", "bob@example.com"))
    assert means(named, EITHER, By.THREAD).recipients == (0,)
    assert means(an_incoming(Kind.BOUNCE, ""), EITHER, By.THREAD).why == "somebody"


def test_a_bounce_without_a_code_is_less_sure():
    coded = means(an_incoming(Kind.BOUNCE, "", notices=(Notice("", "", "5.1.1"),))).verdict
    silent = means(an_incoming(Kind.BOUNCE, "", notices=(Notice("", "", ""),))).verdict
    assert coded and silent and coded.confidence > silent.confidence and "no_code" in silent.reasons


def test_the_clock_of_an_answer_is_the_recipients_only_if_they_wrote_it():
    assert means(an_incoming(offset=120)).offset == 120
    assert means(an_incoming(author="assistant@elsewhere.example", offset=120)).offset is None
    assert means(an_incoming(Kind.AUTO_REPLY, offset=120)).offset is None
