"""What is kept to know where an incoming mail belongs."""

import pytest

from chalicelib.domain.mail.addresses import CopyId
from chalicelib.store.mail import inbox
from chalicelib.store.mail.inbox import Known
from tests.aws.resources import INBOUND_BUCKET
from tests.embedded import Embedded
from tests.makers import SENT, a_message

MESSAGE = a_message().id


def test_both_ids_of_a_copy_are_found_by_the_part_before_the_at(fresh_table: Embedded):
    inbox.remember_id("<Mine.1@sender.example>", MESSAGE, 0, SENT)
    inbox.remember_id("0100-ses-000000", MESSAGE, 0, SENT, "<Mine.1@sender.example>")
    assert list(inbox.copies(["Mine.1", "0100-ses-000000"])) == [
        [Known(CopyId(MESSAGE, 0), "")],
        [Known(CopyId(MESSAGE, 0), "<Mine.1@sender.example>")],
    ]
    assert list(inbox.copies(["mine.1", "unknown"])) == []


def test_one_id_of_many_copies_names_them_all_and_twice_is_once(fresh_table: Embedded):
    for recipient in (0, 1, 12, 1):
        inbox.remember_id("<shared@sender.example>", MESSAGE, recipient, SENT)
    (known,) = inbox.copies(["shared"])
    assert {each.copy.recipient for each in known} == {0, 1, 12}
    assert len(fresh_table.items()) == 2 * 3 and all("expires" in item for item in fresh_table.items())


def test_nobody_takes_an_id_away_from_another_by_using_it_too(fresh_table: Embedded):
    other = a_message().id.replace("1", "2")
    inbox.remember_id("<same@x>", MESSAGE, 0, SENT)
    inbox.remember_id("<same@x>", other, 0, SENT)
    (known,) = inbox.copies(["same"])
    assert {each.copy.message for each in known} == {MESSAGE, other}


@pytest.mark.parametrize("header", ["", "<>", "  ", "no id at all", "<" + "x" * 300 + "@y>"])
def test_what_is_no_id_is_not_noted(fresh_table: Embedded, header):
    inbox.remember_id(header, MESSAGE, 0, SENT)
    assert fresh_table.items() == []


def test_a_mail_is_read_as_it_came_or_is_missing(fresh_table: Embedded):
    fresh_table.client("s3").put_object(Bucket=INBOUND_BUCKET, Key="mail/1", Body=b"\xff\0\r\n")
    assert inbox.read("mail/1") == b"\xff\0\r\n"
    with pytest.raises(inbox.Missing):
        inbox.read("mail/2")


def test_a_mail_is_handed_on_when_it_was_noted(fresh_table: Embedded):
    assert not inbox.was_handed_on("x")
    inbox.note_handed_on("x", "ses id", SENT)
    assert inbox.was_handed_on("x")


def test_a_message_that_is_gone_is_none(fresh_table: Embedded):
    assert inbox.message(MESSAGE) is None
