import os

import pytest

from infra.local.httpd import Request
from infra.local.journal import CannotStart, Entry, Journal

SIGNED = "AWS4-HMAC-SHA256 Credential=AKIA/20261121/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=abc"


def an_entry(number, body=b"{}"):
    return Entry(
        number, 7, 1795294800.123456, Request("POST", "/?a", [("X-Amz-Target", "DynamoDB_20120810.PutItem")], body, "")
    )


@pytest.fixture
def file(tmp_path):
    return tmp_path / "journal"


def written(file, entries):
    journal = Journal(file)
    for entry in entries:
        journal.append(entry)
    journal.close()


def test_what_was_written_is_read_as_it_was(file):
    entries = [an_entry(1), an_entry(2, bytes(range(256))), an_entry(3, "ü\n\u2028".encode())]
    written(file, entries)
    assert list(Journal(file).entries()) == entries


@pytest.mark.parametrize("cut", [1, 2, 30, 80])
def test_a_torn_last_line_is_forgotten_and_the_next_entry_follows_on_the_last_whole_one(file, cut):
    written(file, [an_entry(1), an_entry(2), an_entry(3)])
    file.write_bytes(file.read_bytes()[:-cut])
    journal = Journal(file)
    assert list(journal.entries()) == [an_entry(1), an_entry(2)]
    journal.append(an_entry(4))
    journal.close()
    assert list(Journal(file).entries()) == [an_entry(1), an_entry(2), an_entry(4)]


def test_a_line_that_cannot_be_read_among_others_is_said_with_its_place(file):
    written(file, [an_entry(1), an_entry(2)])
    whole = file.read_bytes()
    second = whole.index(b"\n") + 1
    file.write_bytes(whole[:second] + b"x" + whole[second:])
    with pytest.raises(CannotStart, match=rf"from byte {second} on.*truncate -s {second} "):
        list(Journal(file).entries())


def test_anew_it_is_empty(file):
    journal = Journal(file)
    journal.append(an_entry(1))
    journal.start_anew()
    journal.append(an_entry(2))
    assert list(journal.entries()) == [an_entry(2)]


def test_of_a_signature_only_the_scope_is_kept(file):
    headers = [("Authorization", SIGNED), ("X-Amz-Date", "today"), ("User-Agent", "x"), ("Content-Type", "a/b")]
    written(file, [Entry(1, 7, 1.0, Request("PUT", "/", headers, b"", ""))])
    (entry,) = Journal(file).entries()
    assert entry.request.headers == [("Authorization", SIGNED.partition(",")[0]), ("Content-Type", "a/b")]


def test_on_a_full_disk_nothing_half_is_left(file, monkeypatch):
    journal = Journal(file)
    journal.append(an_entry(1))
    write = os.write
    monkeypatch.setattr("os.write", lambda descriptor, line: write(descriptor, line[: len(line) // 2]))
    with pytest.raises(OSError, match="full"):
        journal.append(an_entry(2))
    monkeypatch.undo()
    journal.append(an_entry(3))
    assert list(journal.entries()) == [an_entry(1), an_entry(3)]
