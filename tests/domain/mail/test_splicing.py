"""Edits are made, and undone."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail.splicing import Edit, splice
from tests.rewriting import unsplice


@st.composite
def spliced(draw):
    original = draw(st.text())
    positions = sorted(draw(st.lists(st.integers(0, len(original)), max_size=8)))
    pairs = zip(positions[::2], positions[1::2], strict=False)
    return original, [Edit(start, end, original[start:end], draw(st.text())) for start, end in pairs]


def test_what_stands_between_the_edits_stays():
    edits = [Edit(0, 1, b"a", b"A"), Edit(2, 2, b"", b"-"), Edit(3, 5, b"de", b"")]
    assert splice(b"abcde", edits) == b"Ab-c"


def test_without_edits_nothing_changes():
    assert splice("abc", []) == unsplice("abc", []) == "abc"


@given(spliced())
def test_undoing_gives_the_original_back(case):
    original, edits = case
    assert unsplice(splice(original, edits), edits) == original
