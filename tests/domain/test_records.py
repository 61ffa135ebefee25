"""Records, judged by the dataclasses that they stand for."""

import copy
import dataclasses
import pickle
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.records import field, record


@record
class Letter:
    """A letter."""

    to: str
    pages: int = 1
    marks: list[str] = field(default_factory=list)
    note: str | None = None

    @property
    def thick(self) -> bool:
        return self.pages > 9


@dataclasses.dataclass(frozen=True, slots=True)
class Judge:
    """A letter."""

    to: str
    pages: int = 1
    marks: list[str] = dataclasses.field(default_factory=list)
    note: str | None = None

    @property
    def thick(self) -> bool:
        return self.pages > 9


@record
class Empty:
    """Nothing in it."""


_given = st.fixed_dictionaries(
    {"to": st.text(max_size=3)},
    optional={"pages": st.integers(0, 3), "marks": st.lists(st.text(max_size=2), max_size=2), "note": st.none()},
)


@given(_given, _given)
def test_it_is_equal_shown_changed_and_taken_apart_as_a_dataclass_is(one, other):
    record_, judge = Letter(**one), Judge(**one)
    assert (record_ == Letter(**other)) is (judge == Judge(**other))
    assert repr(record_).replace("Letter", "Judge") == repr(judge)
    assert dataclasses.asdict(record_) == dataclasses.asdict(judge)
    assert [each.name for each in dataclasses.fields(record_)] == [each.name for each in dataclasses.fields(judge)]
    changed = dataclasses.replace(record_, **other)
    assert dataclasses.asdict(changed) == dataclasses.asdict(dataclasses.replace(judge, **other))
    assert copy.deepcopy(record_) == pickle.loads(pickle.dumps(record_)) == record_ != judge


@pytest.mark.parametrize("given", [((), {}), (("a", 1, [], None, 5), {}), (("a",), {"to": "b"}), (("a",), {"no": 1})])
def test_what_does_not_fit_is_a_type_error(given):
    for kind in (Letter, Judge):
        with pytest.raises(TypeError):
            kind(*given[0], **given[1])


@pytest.mark.parametrize("kind", [Letter, Judge])
def test_it_stays_as_it_was_made_and_takes_nothing_more(kind: Any):
    made = kind("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.pages = 2
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        made.more = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        del made.pages
    assert not hasattr(made, "__dict__") and kind.__match_args__ == ("to", "pages", "marks", "note")


def test_a_default_is_made_anew_for_each():
    assert Letter("a").marks is not Letter("a").marks and Letter("a", 1, given := ["x"]).marks is given


def test_hashes_follow_what_is_equal():
    assert len({Letter("a", 1, (), None), Letter("a", 1, (), None), Letter("b", 1, (), None)}) == 2  # type: ignore[arg-type]


def test_one_of_nothing_is_like_another_and_has_its_words():
    assert Empty() == Empty() and hash(Empty()) == hash(Empty()) and repr(Empty()) == "Empty()"
    assert Letter.__doc__ == Judge.__doc__ and Letter("a", 10).thick


def test_matching_takes_it_apart():
    match Letter("a", 3):
        case Letter(to, pages):
            assert (to, pages) == ("a", 3)


def test_dataclasses_is_not_loaded_for_it():
    code = (
        "import sys; from chalicelib.domain import events; events.Evidence(); "
        "print('dataclasses' in sys.modules or 'inspect' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
