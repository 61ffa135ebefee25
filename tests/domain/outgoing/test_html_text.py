"""The text that a reader sees: on the whole and line by line, each line where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.outgoing.html_text import last_lines, lines, visible_text

PIECES = "<pre> </pre> <td> </TD> <style> </style> <!-- --> < </ <b> </b> <br> <div> </3> <? a b: &nbsp; &#10; <span"
soup = st.lists(st.sampled_from([*PIECES.split(" "), "\n", " "]), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (" two\n <b>wo</b>rds&nbsp;<!-- no -->", "two words"),
        ("<style>p { }</style>x<br>y<script>z</script>", "xy"),
        ("w\u200cw\u00adw.<wbr>example", "www.example"),
        ("<img alt='x > y'>", ""),
    ],
)
def test_the_visible_text_is_what_a_reader_sees(html, text):
    assert visible_text(html) == text


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>one <b>two</b> &amp;<br>three", ["one two &", "three"]),
        ("<tr><td>a</td><td>b</td></tr><tr><th>c</th></tr>", ["a b", "c"]),
        ("a\nb<pre>c\n<i>d</i>\n\ne</pre>f\ng", ["a b", "c", "d", "e", "f g"]),
        ("a<style>b</style>c<!-- <p> -->d<script>e</script>", ["a", "cd"]),
        ("3 < 4 </3> <> x<p", ["3 < 4 <> x"]),
        ("a\u200bb<div> &nbsp; </div>", ["ab"]),
    ],
)
def test_lines_are_those_that_a_reader_sees(html, seen):
    assert [line.text for line in lines(html, 0, len(html))] == seen


@given(soup)
def test_lines_follow_one_another_and_hold_what_they_say(html):
    position = 0
    for start, end, text in lines(html, 0, len(html)):
        assert position <= start < end <= len(html)
        assert text
        position = end


@given(soup, st.integers(0, 5))
def test_the_last_lines_are_the_end_of_all(html, most):
    every = list(lines(html, 0, len(html)))
    assert last_lines(html, 0, len(html), most) == every[max(len(every) - most, 0) :]
