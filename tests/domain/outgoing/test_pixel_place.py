"""Where the pixel of a long mail stands: as late as Gmail shows it, and never inside of anything."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.splicing import Edit, splice
from chalicelib.domain.outgoing.pixel_place import CUT, before_the_cut


def test_a_mail_that_is_shown_whole_has_it_at_its_end():
    html = "<p>Dear Bob</p>" * 100
    assert before_the_cut(html, len(html), [], 0) == len(html)


def test_a_longer_one_has_it_behind_the_last_block_that_is_shown():
    block = f"<p>{'x' * 993}</p>"  # 1,000 bytes
    html = block * 150
    assert before_the_cut(html, len(html), [], 0) == CUT
    assert before_the_cut(html, len(html), [], 1) == CUT - 1_000, "what is shown above it counts"


def test_in_a_table_it_stands_in_a_cell():
    html = "<table>" + f"<tr><td>{'x' * 980}</td></tr>" * 150 + "</table>"
    place = before_the_cut(html, len(html), [], 0)
    assert place is not None and html.startswith("</td>", place) and place <= CUT


def test_letters_count_by_their_bytes():
    html = f"<p>{'я' * 400}</p>" * 200
    place = before_the_cut(html, len(html), [], 0)
    assert place is not None and len(html[:place].encode()) <= CUT < len(html[: place + 407].encode())


def test_a_mail_of_one_block_that_is_too_long_has_no_place():
    html = f"<p>{'x' * CUT}</p>"
    assert before_the_cut(html, len(html), [], 0) is None


@given(st.integers(1, 400), st.integers(0, 3_000), st.integers(0, 150))
def test_what_changes_before_it_is_counted(length: int, grown: int, blocks: int):
    block = f"<p>{'x' * length}</p>"
    html = block * blocks
    edits = [Edit(0, 0, "", "y" * grown)] if blocks else []
    place = before_the_cut(html, len(html), edits, 0)
    assert place is not None
    assert len(splice(html[:place], edits)) <= CUT and (place == len(html) or html[:place].endswith("</p>"))
