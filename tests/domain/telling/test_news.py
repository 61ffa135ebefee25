"""What people are called in what is told: by name, and by address where a name is not enough."""

from chalicelib.domain.messages import Recipient
from chalicelib.domain.telling.news import MOST_NAMED, News, apart, namesakes, together, who, with_address
from tests.makers import a_notification

BOB, OTHER_BOB = ("Bob", "bob@example.com"), ("BOB", "bob@other.example")


def a_crowd(many: int) -> list[Recipient]:
    return [Recipient(f"reader{number}@example.com", f"Reader {number}") for number in range(many)]


def news(**changes) -> News:
    told = a_notification(**changes)
    return News(told, told.at, told.at)


def test_a_name_that_several_bear_comes_with_its_address():
    shared = namesakes([BOB, OTHER_BOB, ("Carol", "carol@example.com"), ("", "a@x.example"), ("", "b@x.example")])
    assert shared == {"bob"}, "who has no name has no namesake"
    assert apart(*BOB, shared) == "Bob <bob@example.com>" and apart("Carol", "c@x.example", shared) == "Carol"
    assert namesakes([BOB, BOB]) == frozenset(), "one person twice is one"


def test_a_name_that_holds_the_address_is_enough():
    assert with_address("Bob (bob@example.com)", "bob@example.com") == "Bob (bob@example.com)"
    assert with_address("", "bob@example.com") == "bob@example.com" and with_address("Bob", "") == "Bob"


def test_who_did_it_is_a_name_or_an_address_or_one_of_several():
    assert who(news()) == "Bob" and who(news(name="")) == "bob@example.com"
    assert who(news(namesake=True)) == "Bob <bob@example.com>"
    assert who(news(among=tuple(a_crowd(2)))) == "One of Reader 0 and Reader 1"


def test_a_crowd_is_named_in_part():
    assert together(a_crowd(1)) == "Reader 0"
    assert together(a_crowd(MOST_NAMED + 1)) == "Reader 0, Reader 1, Reader 2 and Reader 3", "one more is named as well"
    assert together(a_crowd(MOST_NAMED + 2)) == "Reader 0, Reader 1, Reader 2 and 2 others"
