"""Following the feed: whatever comes in whatever bursts, each entry is given, no more than twice, and every page leads on."""

from bisect import insort
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain import feed_places
from chalicelib.domain.feed_places import MOST_NAMED, OVERLAP, Place, Seen
from tests.makers import SENT

LONGEST = 6_000


class Reader:
    """A feed in memory, and somebody who follows it page by page."""

    def __init__(self, limit: int) -> None:
        self.entries: list[Seen] = []
        self.given: list[str] = []
        self._limit = limit
        self._cursor = feed_places.written(Place())

    def comes(self, decided_at: float) -> None:
        number = len(self.entries)
        insort(self.entries, Seen(f"{feed_places.milliseconds(decided_at)}#{number:06d}", f"{number:08x}", decided_at))

    def page(self, at: float) -> int:
        """How many entries the next page has."""
        place = feed_places.read(self._cursor)
        page: list[Seen] = []
        if until := feed_places.settled(place, at):
            past = [each for each in self.entries if place.again_from < each.key <= until]
            page = past[: self._limit]
            place = feed_places.given_again(place, page[-1].key if past[self._limit :] else until)
        if not page:
            low = max(feed_places.milliseconds(place.newest - OVERLAP), place.floor)
            looked_at: list[Seen] = []
            for each in (each for each in self.entries if each.key > low):
                if each.name not in place.named:
                    if len(page) == self._limit:
                        break
                    page.append(each)
                looked_at.append(each)
            place = feed_places.after(place, looked_at)
        self._cursor = feed_places.written(place)
        assert len(self._cursor) < LONGEST
        self.given += [each.name for each in page]
        return len(page)

    def all_pages(self, at: float) -> int:
        """How many pages it took until one was empty."""
        most = 2 * len(self.entries) // self._limit + 4
        for number in range(1, most + 1):
            if not self.page(at):
                return number
        raise AssertionError("It leads on for ever.")


@pytest.mark.parametrize("limit", [7, 20, 100])
def test_after_a_burst_whatever_comes_later_is_reached(limit):
    reader = Reader(limit)
    for number in range(700):
        reader.comes(SENT + number / 70)
    reader.all_pages(SENT + 11)
    reader.comes(SENT + 2 * 86_400)
    reader.all_pages(SENT + 2 * 86_400)
    assert len(set(reader.given)) == 701 and max(Counter(reader.given).values()) <= 2


def test_of_few_none_is_given_twice():
    reader = Reader(50)
    for number in range(MOST_NAMED):
        reader.comes(SENT + number)
        reader.page(SENT + number)
    reader.all_pages(SENT + 1e6)
    assert len(set(reader.given)) == len(reader.given) == MOST_NAMED


def test_what_comes_late_into_a_burst_is_given_once_it_is_certain():
    reader = Reader(50)
    for _ in range(1_000):
        reader.comes(SENT + 10)  # all at one moment
    reader.all_pages(SENT + 11)
    reader.comes(SENT + 3)
    reader.all_pages(SENT + 11 + OVERLAP)
    assert f"{1_000:08x}" in reader.given


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 200), st.integers(1, 350), st.floats(0, OVERLAP - 1), st.integers(0, 3)), max_size=4
    ),
    st.sampled_from([20, 50, 100]),
)
def test_each_entry_is_given_at_least_once_and_twice_at_most(bursts, limit):
    reader, at = Reader(limit), SENT
    for wait, many, late, pages in bursts:
        at += wait
        for number in range(many):
            reader.comes(at - late * (number % 7) / 7)
        for _ in range(pages):
            reader.page(at)
    reader.all_pages(at)
    reader.all_pages(at + OVERLAP + 1)
    counts = Counter(reader.given)
    assert all(1 <= counts[each.name] <= 2 for each in reader.entries)


@pytest.mark.parametrize(
    "text", ["", "x", "1", "1;;;", "-1;;;", "1e11;;;", "nan;;;", "1;\n;;", "1;;;;0123456x", f"1;{'1' * 301};;"]
)
def test_what_is_no_place_is_refused(text):
    if text == "1;;;":
        assert feed_places.read(text) == Place(1.0)
    else:
        with pytest.raises(ValueError):
            feed_places.read(text)
