"""How many answers go on to a sender, and of how many that do not they are told."""

from email import message_from_string, policy

from chalicelib.store.accounts import quotas
from chalicelib.work.mail import answers
from tests.makers import SENT
from tests.replies import an_answer, handed_on, reply_to
from tests.system import System


def test_of_withheld_replies_a_sender_is_told_some_times_a_day(system: System):
    message = system.send()
    for number in range(answers.MOST_WITHHELD_TOLD + 3):
        system.receive(an_answer(Message_ID=f"<{number}@example.com>"), reply_to(message), spam="FAIL")
    assert len(system.aws.outbox()) == answers.MOST_WITHHELD_TOLD


def test_spam_to_one_reply_address_leaves_what_is_withheld_at_another_to_be_told(system: System):
    message = system.send(recipients=["bob@example.com", "carol@example.com"])
    for number in range(answers.MOST_WITHHELD):
        raw = an_answer(Message_ID=f"<{number}@evil.example>", From="eve@evil.example")
        event = system.receive(raw, reply_to(message), spam="FAIL")
    system.run("receive", event)
    assert len(system.aws.outbox()) == answers.MOST_WITHHELD_TOLD
    system.receive(an_answer(From="carol@example.com"), reply_to(message, 1), spam="FAIL")
    assert len(system.aws.outbox()) == answers.MOST_WITHHELD_TOLD + 1
    told = message_from_string(system.aws.outbox()[-1]["raw"], policy=policy.default)
    assert "from carol@example.com" in told.get_content()


def test_one_reply_address_brings_its_sender_only_so_many_mails_a_day_and_says_so_once(system: System):
    message = system.send(recipients=["bob@example.com", "carol@example.com"])
    for number in range(answers.MOST_OF_A_COPY + 5):
        raw = an_answer(f"{number}", From=f"n{number}@x.example", Message_ID=f"<{number}@x.example>")
        event = system.receive(raw, reply_to(message))
    system.run("receive", event)
    assert len(handed_on(system)) == answers.MOST_OF_A_COPY
    (told,) = [mail for mail in system.aws.outbox() if mail["kind"] == "returned"]
    assert told["subject"] == "More replies than are handed on"
    assert "“Offer for June”" in message_from_string(told["raw"], policy=policy.default).get_content()
    assert system.show(message)["recipients"][0]["replies"] == answers.MOST_OF_A_COPY + 5, "they are noted all the same"
    system.receive(an_answer(From="carol@example.com"), reply_to(message, 1))
    assert len(handed_on(system)) == answers.MOST_OF_A_COPY + 1, "another copy has a count of its own"
    system.receive(an_answer(Message_ID="<next@x.example>"), reply_to(message), after=86_400)
    assert len(handed_on(system)) == answers.MOST_OF_A_COPY + 2


def test_a_sender_gets_only_so_many_answers_a_day_whatever_they_answer(system: System):
    message = system.send()
    assert quotas.take(system.sender, "answers", answers.MOST_ANSWERS, answers.MOST_ANSWERS, SENT)
    system.receive(an_answer(), reply_to(message))
    assert handed_on(system) == []
    assert "More replies than are handed on" in [each["subject"] for each in system.aws.outbox()]
    assert "reply_kept" in system.show(message)["events"][0]["verdict"]["reasons"]
    (told,) = [mail for mail in system.aws.outbox() if "replied" in mail["subject"]]
    assert "in your mailbox" not in told["text"] and "kept for 14 days" in told["text"]
