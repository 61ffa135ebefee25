"""Trackability: silence means something only where an open would show."""

import pytest

from chalicelib.domain.contacts import Contact, Exchange
from chalicelib.domain.trackability import Reports, trackability
from tests.makers import SENT

SHOWN = Exchange("00000001", SENT, opens=2, opened_at=SENT + 60)
HIDDEN = Exchange("00000002", SENT, clicks=1, clicked_at=SENT + 60)
ANSWERED = Exchange("00000003", SENT, replied_at=SENT + 60)
MASKED = Exchange("00000004", SENT, masked=True)
SILENT = Exchange("00000005", SENT)
BLANK = Exchange("00000006", SENT, clicks=1, clicked_at=SENT + 60, blank=True)


@pytest.mark.parametrize(
    ("exchanges", "reports", "n"),
    [
        ((), Reports.UNKNOWN, 0),
        ((SILENT,) * 9, Reports.UNKNOWN, 0),
        ((SHOWN,), Reports.SHOWS, 1),
        ((SHOWN, SHOWN, MASKED), Reports.SHOWS, 2),
        ((HIDDEN,), Reports.UNKNOWN, 0),
        ((HIDDEN, ANSWERED), Reports.HIDES, 2),
        ((MASKED,), Reports.UNKNOWN, 0),
        ((MASKED, MASKED, SILENT), Reports.MASKS, 2),
        ((SHOWN, HIDDEN, HIDDEN, HIDDEN), Reports.HIDES, 3),
        ((BLANK, BLANK, BLANK), Reports.UNKNOWN, 0),
        ((SHOWN, BLANK, BLANK), Reports.SHOWS, 1),
    ],
)
def test_it_is_learnt_from_what_showed(exchanges, reports, n):
    found = trackability(Contact("bob@example.com", exchanges=exchanges))
    assert (found.reports, found.n) == (reports, n)


def test_more_messages_make_it_surer():
    few, many = (trackability(Contact("bob@example.com", exchanges=(MASKED,) * n)) for n in (2, 20))
    assert 0.5 < few.confidence < many.confidence < 1


@pytest.mark.parametrize(
    ("email", "reports"),
    [
        ("bob@icloud.com", Reports.MASKS),
        ("bob@proton.me", Reports.HIDES),
        ("bob@notproton.me", Reports.UNKNOWN),
        ("bob@gmail.com", Reports.UNKNOWN),
    ],
)
def test_before_anything_is_learnt_the_provider_tells(email, reports):
    assert trackability(Contact(email)).reports is reports


def test_what_was_learnt_beats_the_provider():
    assert trackability(Contact("bob@icloud.com", exchanges=(SHOWN,))).reports is Reports.SHOWS
    assert trackability(Contact("bob@icloud.com", exchanges=(SHOWN,))).blind == ""


def test_only_where_an_open_would_not_show_is_a_recipient_blind():
    assert trackability(Contact("bob@icloud.com")).blind == "masks"
    assert trackability(Contact("bob@example.com")).blind == ""
