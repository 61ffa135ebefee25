"""Examples of what is told: one of each kind, each with an answer to what now, and none without words."""

import pytest

from chalicelib.domain.contacts import Contact
from chalicelib.domain.habits import zones
from chalicelib.domain.notification_kinds import NotificationKind
from chalicelib.domain.telling import notification_letters
from chalicelib.domain.telling.samples import BOB, EXAMPLE, NAME, moment, sample
from chalicelib.domain.words.sentences import LANGUAGES
from chalicelib.work.contacts import advising
from tests.makers import SENT

ZONE = "Asia/Kolkata"
AT = moment(ZONE, SENT)
SEEN = advising.seen(Contact(BOB, NAME), ZONE, AT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NotificationKind)
def test_each_kind_has_a_mail_and_a_push_in_each_language(kind, language):
    news = sample(kind, ZONE, AT, SEEN)
    push = notification_letters.pushed(news, language, sound=True)
    mail = notification_letters.told([news], ZONE, language, {EXAMPLE: "https://t.example.com/"}, [], {})
    assert push.title == mail.subject and NAME in push.title
    assert (
        push.body in mail.text or push.body.split(" ", 1)[0] in mail.text
    )  # of the sure, what a mail says in two lines
    assert "nothing is known" not in mail.text.lower() and "None" not in mail.text


def test_they_are_of_a_working_hour_in_the_past():
    for days in range(8):
        then = moment(ZONE, SENT + days * 86_400)
        assert zones.local(ZONE, then).strftime("%A %H:%M") == "Tuesday 10:30" and then < SENT + days * 86_400


def test_no_two_kinds_are_told_alike():
    assert len(
        {notification_letters.pushed(sample(kind, ZONE, AT, SEEN), "en", sound=True).title for kind in NotificationKind}
    ) == len(NotificationKind)
