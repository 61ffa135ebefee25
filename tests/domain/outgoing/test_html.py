"""HTML by position: tags as a browser's tokeniser sees them, and nothing that only looks like one."""

import re
import time

import pytest
from html5lib._tokenizer import HTMLTokenizer
from html5lib.constants import tokenTypes
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.domain.outgoing.html import attributes, decoded
from chalicelib.domain.outgoing.html_reader import reader, tokens
from chalicelib.domain.outgoing.html_text import visible_text

NAMES = [
    "a",
    "b",
    "br",
    "i",
    "img",
    "p",
    "/a",
    "/b",
    "/i",
    "/p",
    "/script",
    "/style",
    "/textarea",
    "/title",
    "v:*",
    "/v:*",
]
EVERYTHING = reader(*NAMES)
LINKS = reader("a", "v:*", "/a", "/v:*")
HREFS = reader("/a", "/v:*", links=["a", "v:*"])

PIECES = (
    "< </ <!-- --> --!> <! <? > /> = \" ' a href style script <b> </a> <style> </style> <script> <title> &amp; é \0 x"
)
ELSEWHERE = ["<a href=x>", '<A\nHREF="#x" id=x', "<a class=x href=mailto:x>"]  # they lead to no web page
pieces = st.sampled_from(
    [*PIECES.split(" "), " ", "\n", "<a ", "<v:x ", "<a href=h>", '<A HREF="http:">', "y</A>", *ELSEWHERE]
)
soup = st.lists(pieces, max_size=40).map("".join)


def names(html, wanted=EVERYTHING):
    return [name for name, *_ in tokens(html, wanted, 0, len(html))][:-1]


def href(html):
    ((_, _, _, _, value, _), *_) = tokens(html, HREFS, 0, len(html))
    return value


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ('<p><A HREF="x">y</A></p>', ["p", "a", "/a", "/p"]),
        ("<a\n\thref='x'\n>", ["a"]),
        ('<img alt="1 > 0 <a href=x>"><a>', ["img", "a"]),
        ('<p title="<a>" ="><i>', ["p", "i"]),
        ("a < b </3 <> < a>", []),
        ("<a/href=x/><br/>", ["a", "br"]),
        ("<!-- <a> --><b>", ["b"]),
        ("<!-- - -- -><a>---><b>", ["b"]),
        ("<!--[if mso]><a><![endif]--><b>", ["!--", "b"]),
        ("<!--><b><!---><i>-->", ["b", "i"]),
        ("<!-- --!><b>", ["b"]),
        ("<![if !mso]><b><![endif]>", ["b"]),
        ('<?xml version="1.0"?><b>', ["b"]),
        ("<style>a > b { content: '<a>' }</style><b>", ["/style", "b"]),
        ("<TITLE><a></TITLE >", ["/title"]),
        ("<script><!-- <script> </script> <a> --></script><b>", ["/script", "b"]),
        ("<script> </scripts> </script><b>", ["/script", "b"]),
    ],
)
def test_a_tag_is_what_a_browser_takes_for_one(html, seen):
    assert names(html) == seen


@pytest.mark.parametrize(
    "html",
    ["<b>x<a href='", '<b>x<a href="y>z', "<b>x<!-- y", "<b>x<style>y<a>", "<b>x<!doctype", "<b>x<plaintext><a>"],
)
def test_what_is_unfinished_at_the_end_is_no_tag_and_is_where_the_reading_ends(html):
    found = list(tokens(html, EVERYTHING, 0, len(html)))
    assert [name for name, *_ in found] == ["b", ""]
    assert found[-1][1] == 4


@given(soup)
def test_a_reader_for_some_names_sees_what_the_reader_for_all_does(html):
    every = tokens(html, EVERYTHING, 0, len(html))
    wanted = [token for token in every if token[0] in ("a", "/a", "!--", "") or re.match("/?v:.", token[0])]
    assert list(tokens(html, LINKS, 0, len(html))) == wanted


@given(soup)
@example('<a href=h>y<b>z</A><a href="h"> <i> </a><a href="h" ><style></a></style></a><v:x href=x><a></v:x>')
@example('<a href=x>y</a><a href=x>y<b></b></a><a id=x href="#"><a href="h"><a href=x></a>')
def test_a_reader_of_links_passes_over_their_end_tags_and_over_what_leads_to_no_web_page(html):
    found = []
    for name, start, inside, after, value, text_end in tokens(html, HREFS, 0, len(html)):
        found.append((name, start, inside, after, None, -1))
        if text_end >= 0:
            assert value
            found.append(("/" + name, text_end, text_end + 2 + len(name), text_end + 3 + len(name), None, -1))
    passed = ""
    for token in tokens(html, LINKS, 0, len(html)):
        name, _, inside, after, *_ = token
        if found and token == found[0]:
            found.pop(0)
        elif name == "a":
            url = attributes(html[inside : after - 1]).get("href", "")
            assert url.strip()[:4].lower() != "http"
        else:
            assert (passed, name) == ("a", "/a")
        passed = name
    assert not found


def test_a_tag_may_be_wanted_only_with_something_in_it():
    wanted = reader("/p", having=(["p"], "[^>]*x"))
    html = "<p>x</p><pre x><p class=x><P x>"
    assert [start for _, start, *_ in tokens(html, wanted, 0, len(html))] == [4, 15, 26, 31]


@given(st.text() | soup)
def test_tags_follow_one_another_and_stand_where_they_say(html):
    position = 0
    for name, start, inside, after, _, _ in tokens(html, EVERYTHING, 0, len(html)):
        assert position <= start <= inside <= after <= len(html)
        if name:
            assert html[start] == "<"
            assert html[after - 1] == ">"
        position = after


@pytest.mark.parametrize(
    ("html", "written", "read"),
    [
        ('<a href="http://x/?a=1&amp;b=2">', "http://x/?a=1&amp;b=2", "http://x/?a=1&b=2"),
        ("<a href = ' x\n' class=b>", " x\n", "x"),
        ("<a class=b href=http://x/?a=b/>", "http://x/?a=b/", "http://x/?a=b/"),
        ("<a data-href=no href=here href=twice>", "here", "here"),
        ("<v:rect HREF='x'>", "x", "x"),
    ],
)
def test_a_value_is_found_and_read(html, written, read):
    start, end, quoted, text = href(html)
    assert (html[start:end], text) == (written, read)
    assert quoted == (html[start - 1] in "\"'")


@pytest.mark.parametrize(
    "html", ["<a>", "<a href>", "<a href=>", "<a hrefs=x>", "<a title='href=x'>", "<a href href=x>"]
)
def test_without_a_value_there_is_none(html):
    assert href(html) is None


def test_the_first_of_two_attributes_with_one_name_counts():
    assert attributes(" ID=\"a\" id=b checked Class='c d'") == {"id": "a", "checked": "", "class": "c d"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("?a=1&copy2", "?a=1&copy2"),
        ("?a=1&copy;2", "?a=1©2"),
        ("?a=1&copy", "?a=1©"),
        ("?a=1&amp;=2&amp", "?a=1&=2&"),
        ("&notit; &notin;", "&notit; ∉"),
        ("&#38;&#x26;&#X26 &#128;", "&&& €"),
        ("&#0; &#xD800; &#1114112; &#" + "9" * 5000, "\ufffd \ufffd \ufffd \ufffd"),
        ("&; &# &#x &nosuchname;", "&; &# &#x &nosuchname;"),
    ],
)
def test_character_references_are_read_as_in_attributes(written, read):
    assert decoded(written) == read


UNITS = ["<", "<a ", "<a href='", '<a b="<a b=', "<!--", "<!-- -->", "<!", "</", "<style>", "<script><!--<script>"]
UNITS += ["= ", "<p a =", "&", "&#9", "'", "<v:a", "<td>", "<td class=x>", "\0", "<a href=x><textarea><!--"]


def seconds(html):
    best = float("inf")
    for _ in range(5):
        started = time.thread_time()
        for _, _, inside, after, _, _ in tokens(html, EVERYTHING, 0, len(html)):
            attributes(html[inside:after])
        visible_text(html)
        best = min(best, time.thread_time() - started)
    return best


@pytest.mark.parametrize("unit", UNITS)
def test_the_time_grows_as_the_length_does(unit):
    short, long = unit * (10_000 // len(unit)), unit * (80_000 // len(unit))
    assert seconds(long) < 32 * seconds(short) + 0.001  # quadratic would be 64 times


@settings(max_examples=300)
@given(soup)
def test_the_tags_are_those_of_a_standards_tokeniser(html):
    html = html.replace("\0", "")  # html5lib loses its way at a NUL that begins a comment
    theirs = HTMLTokenizer(html)
    states = {"title": "rcdata", "textarea": "rcdata", "style": "rawtext", "script": "scriptData"}
    seen = []
    for token in theirs:
        if token["type"] == tokenTypes["StartTag"]:
            seen.append(token["name"])
            if token["name"] in states:
                theirs.state = getattr(theirs, states[token["name"]] + "State")
        elif token["type"] == tokenTypes["EndTag"]:
            seen.append("/" + token["name"])
    ours = [name for name in names(html) if name != "!--"]
    assert ours == [name for name in seen if name in NAMES or re.match("/?v:.", name)]
