"""Gmail's question whether it may forward, whatever language it asks in."""

import pytest

from chalicelib.domain.incoming.forwarding import Confirmation, confirmation
from tests.makers import SENT
from tests.replies import an_answer

GMAIL = "Gmail-Team <forwarding-noreply@google.com>"
LINK = "https://mail-settings.google.com/mail/vf-%5BANGjdJ%5D-x_9"


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        (
            "(#12345678) Gmail-Weiterleitungsbestätigung – E-Mails von ann@sender.example empfangen",
            f"Klicken Sie auf {LINK}.\r\n",
            Confirmation("ann@sender.example", "12345678", LINK + ".", SENT),
        ),
        ("(Gmail) 转发确认", "确认码: 12345678\r\n", Confirmation("", "12345678", "", SENT)),
        (
            "Confirmation",
            f"ann@sender.example has asked.\r\n\r\n{LINK}\r\n",
            Confirmation("ann@sender.example", "", LINK, SENT),
        ),
    ],
)
def test_the_code_and_the_link_are_found_in_any_language(subject, text, expected):
    found = confirmation(an_answer(text, From=GMAIL, Subject=subject), SENT)
    assert found is not None
    assert (found.mailbox, found.code, found.link.rstrip(".")) == (
        expected.mailbox,
        expected.code,
        expected.link.rstrip("."),
    )


def test_a_link_that_leads_elsewhere_or_takes_back_is_none_of_it():
    for link in ("https://mail.google.com.evil.example/mail/vf-1", LINK.replace("vf-", "uf-"), "http" + LINK[5:]):
        found = confirmation(an_answer(link, From=GMAIL, Subject="#12345678"), SENT)
        assert found is not None and found.link == ""


def test_what_asks_nothing_or_is_anybody_elses_is_no_question():
    assert confirmation(an_answer(LINK), SENT) is None
    assert confirmation(an_answer("Forwarding was turned off.", From=GMAIL, Subject="Notice"), SENT) is None
