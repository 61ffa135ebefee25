"""Clicks faster than a person's."""

from chalicelib.domain.events import Event
from chalicelib.domain.verdicts.bursts import bursts, machine
from chalicelib.domain.verdicts.weights import DEFAULT
from tests.makers import CHROME, THUNDERBIRD, a_click, a_message

AN_HOUR = 3600.0
TEN_LINKS = a_message(links=tuple(f"https://example.com/{number}" for number in range(10)))


def found(*clicks: Event, doubtful: bool = True) -> list[list[int]]:
    places = range(len(clicks))
    return bursts(clicks, places, places if doubtful else [], TEN_LINKS, DEFAULT)


def test_links_within_a_second_are_one_burst():
    clicks = [a_click(AN_HOUR + 0.1 * link, link) for link in range(6)]
    assert found(*clicks)[0] == [0, 1, 2, 3, 4, 5]


def test_the_same_link_again_and_again_is_none():
    assert found(*(a_click(AN_HOUR + 0.1 * number, 3) for number in range(6))) == []


def test_a_readers_pace_is_none():
    assert found(*(a_click(AN_HOUR + 30 * link, link) for link in range(5))) == []


def test_two_bursts_far_apart_are_two():
    clicks = [a_click(AN_HOUR + start + 0.1 * link, link) for start in (0, 900) for link in range(4)]
    assert found(*clicks)[:2] == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_known_machines_of_different_kinds_are_not_taken_together():
    one, other = a_click(AN_HOUR, 0), a_click(AN_HOUR + 0.1, 1, agent=THUNDERBIRD, address="192.0.2.9")
    assert found(one, other)
    assert found(one, other, doubtful=False) == []


def test_a_cloud_is_one_machine_and_elsewhere_a_program_in_a_neighbourhood_is():
    assert machine(a_click(address="40.94.1.1")) == machine(a_click(address="40.95.9.9", agent=THUNDERBIRD))
    assert machine(a_click(address="192.0.2.1")) == machine(a_click(address="192.0.2.2"))
    assert machine(a_click(address="192.0.2.1", agent=CHROME)) != machine(
        a_click(address="192.0.2.1", agent=THUNDERBIRD)
    )
    assert machine(a_click(address="192.0.2.1")) != machine(a_click(address="198.51.100.1"))
