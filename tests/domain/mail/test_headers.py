"""Header fields by whole lines: what is not asked for stays as it came."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.domain.mail.headers import (
    LONGEST_VALUE,
    MOST_FIELDS,
    Unreadable,
    is_clear,
    parameters,
    read,
    repaired,
    value,
    with_header,
    without_header,
)

MAIL = b"From: a@b.example\r\nSubject: two\r\n\tlines\r\nx-odd:\xff\r\nReceived: 1\r\nreceived: 2\r\n\r\nBody: x\r\n"
names = st.from_regex(r"[A-Za-z][A-Za-z-]{0,20}", fullmatch=True)
values = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E) | st.just(" "), max_size=200).map(str.strip)
mails = st.binary() | st.lists(
    st.sampled_from([b"A: 1", b"B: 2", b" folded", b"\t", b"", b"From x", b"text", b"a:", b"\xff: x", b":"]), max_size=8
).flatmap(lambda lines: st.sampled_from([b"\r\n", b"\n"]).map(lambda end: end.join(lines)))


def fields(raw):
    return [field.name for field in read(raw, 0, len(raw)).fields]


def value_of(raw, name):
    return value(raw, read(raw, 0, len(raw)).fields, name)


def test_a_field_is_all_its_lines():
    header = read(b"A: 1\r\nb: 2\r\n 3\r\n\r\nC: 4", 0, 23)
    assert [(field.name, field.start, field.end) for field in header.fields] == [("a", 0, 6), ("b", 6, 16)]
    assert (header.end, header.body) == (16, 18)
    assert value(b"A: 1\r\nb: 2\r\n 3\r\n\r\nC: 4", header.fields, "b") == "2 3"


@pytest.mark.parametrize(
    ("raw", "names", "body"),
    [
        (b"A: 1\nB: 2\n\nC: 3", ["a", "b"], b"C: 3"),
        (b"A: 1\rB: 2\r\rC: 3", ["a", "b"], b"C: 3"),
        (b"From me Mon Jan 1\nA: 1\n\nx", ["a"], b"x"),
        (b" folded of nothing\nA: 1\n\nx", ["a"], b"x"),
        (b"A: 1\nno field\nB: 2\n\nx", ["a"], b"no field\nB: 2\n\nx"),
        (b"\nx", [], b"x"),
        (b"A: 1", ["a"], b""),
        (b"", [], b""),
    ],
)
def test_where_the_body_begins(raw, names, body):
    assert fields(raw) == names
    assert raw[read(raw, 0, len(raw)).body :] == body


def test_a_header_of_endless_fields_is_not_read():
    with pytest.raises(Unreadable):
        fields(b"a:\r\n" * (MOST_FIELDS + 1))


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        ("Text/HTML; charset=UTF-8", "text/html", {"charset": "UTF-8"}),
        ('a/b;x="1;2" ; Y = 3', "a/b", {"x": "1;2", "y": "3"}),
        ('a/b; x="say \\"hi\\""', "a/b", {"x": 'say "hi"'}),
        ("a/b; x=1; x=2", "a/b", {"x": "1"}),
        ("a/b; x*1=b; x*0=a; x*2=c", "a/b", {"x": "abc"}),
        ("a/b; x*=utf-8'de'%C3%BC; y*0*=us-ascii''a%20; y*1=%20", "a/b", {"x": "Ã¼", "y": "a %20"}),
        ("", "", {}),
        (";;=; =x", "", {}),
    ],
)
def test_a_value_with_parameters(text, kind, named):
    assert parameters(text) == (kind, named)


def test_a_value_that_is_too_long_for_one_is_not_read():
    with pytest.raises(Unreadable):
        parameters("a/b;" + "x" * LONGEST_VALUE)


@pytest.mark.parametrize("text", ["a/b", "a/b;", 'a/b; x="1 2"; y=3 ;', "multipart/mixed;\tboundary=--x"])
def test_clear(text):
    assert is_clear(text)


@pytest.mark.parametrize("text", ["", "a/b c; x=1", 'a/b; x="1"2', "a/b; x=1 2", 'a/b; x="\\1"', 'a/b; x="1', "a/b; x"])
def test_not_clear(text):
    assert not is_clear(text)


def test_a_field_is_set_in_the_place_of_the_first_one_and_the_others_go():
    assert with_header(MAIL, "Received", "3") == MAIL.replace(b"Received: 1\r\nreceived: 2\r\n", b"Received: 3\r\n")
    assert with_header(MAIL, "SUBJECT", "one") == MAIL.replace(b"Subject: two\r\n\tlines\r\n", b"SUBJECT: one\r\n")


@pytest.mark.parametrize(
    ("raw", "changed"),
    [
        (b"A: 1\r\n\r\nx", b"A: 1\r\nN: v\r\n\r\nx"),
        (b"A: 1\n\nx", b"A: 1\nN: v\n\nx"),
        (b"A: 1", b"A: 1\r\nN: v\r\n"),
        (b"\r\nx", b"N: v\r\n\r\nx"),
        (b"From me\n\nx", b"From me\nN: v\n\nx"),
        (b" of nothing\r\nx", b" of nothing\r\nN: v\r\nx"),
        (b"", b"N: v\r\n"),
    ],
)
def test_a_new_field_stands_behind_the_others(raw, changed):
    assert with_header(raw, "N", "v") == changed


def test_a_long_field_is_folded_between_words():
    raw = with_header(b"\r\nx", "References", " ".join(f"<{number}@mail.example>" for number in range(20)))
    assert max(map(len, raw.splitlines())) <= 76
    assert value_of(raw, "references").split()[-1] == "<19@mail.example>"


def test_a_field_is_removed_with_all_its_lines():
    assert without_header(MAIL, "subject") == MAIL.replace(b"Subject: two\r\n\tlines\r\n", b"")
    assert without_header(MAIL, "Received") == MAIL.replace(b"Received: 1\r\nreceived: 2\r\n", b"")
    assert without_header(MAIL, "body") == MAIL


@pytest.mark.parametrize(
    ("name", "text"), [("A", "1\r\nBcc: x"), ("A", "1\n"), ("A: x\r\nB", "1"), ("", "1"), ("A", "ü")]
)
def test_nobody_writes_a_line_of_his_own_into_a_mail(name, text):
    with pytest.raises(ValueError, match="header field"):
        with_header(MAIL, name, text)


@pytest.mark.parametrize(
    ("raw", "whole"),
    [
        (b"A: 1\r\nno field\r\nSubject: 2\r\n\r\nx", b"A: 1\r\nX-Not-A-Field: no field\r\nSubject: 2\r\n\r\nx"),
        (b"A: 1\n>From me\nTo: 2\n\nx", b"A: 1\nX-Not-A-Field: >From me\nTo: 2\n\nx"),
        (b"A: 1\r\nSubject : 2\r\n\r\nx", b"A: 1\r\nSubject: 2\r\n\r\nx"),
        (b"A: 1\r\n: 2\r\n\r\nx", b"A: 1\r\nX-Not-A-Field: 2\r\n\r\nx"),
        (b"A: 1\r\nHello\r\nNote: x\r\n\r\nmore", b"A: 1\r\n\r\nHello\r\nNote: x\r\n\r\nmore"),
        (b"A: 1", b"A: 1"),
        (b"\r\n  \r\nA: 1\r\n\r\nx", b"A: 1\r\n\r\nx"),
    ],
)
def test_a_line_that_is_no_field_becomes_one_or_begins_the_body(raw, whole):
    assert repaired(raw) == whole
    assert repaired(whole) == whole


@given(mails)
def test_no_word_is_lost_by_a_repair(raw):
    whole = repaired(raw)
    assert all(word in whole for word in raw.split())


@given(mails, names, values)
def test_a_field_that_was_set_is_there_once_beside_the_others_until_it_is_removed(raw, name, text):
    assume(b"From " not in raw[1:])  # an mbox line in the midst: without the field before it, it would begin the mail
    changed = with_header(raw, name, text)
    assert fields(changed).count(name.lower()) == 1
    assert value_of(changed, name.lower()).split() == text.split()
    others = [field for field in fields(raw) if field != name.lower()]
    assert [field for field in fields(changed) if field != name.lower()] == others
    assert name.lower() not in fields(without_header(changed, name))
