"""The sizes of examples that can be counted by hand from the documented rules."""

import pytest

from tests.capacity import item_size, read_units, write_units


@pytest.mark.parametrize(
    ("item", "size"),
    [
        ({}, 0),
        ({"name": {"S": "Bob"}}, 7),
        ({"é": {"S": "é"}}, 4),
        ({"n": {"N": "0"}}, 2),
        ({"n": {"N": "27"}}, 3),
        ({"n": {"N": "-27"}}, 4),
        ({"n": {"N": "461.000"}}, 4),
        ({"n": {"N": "0.0123"}}, 4),
        ({"b": {"B": "AAEC"}}, 4),
        ({"t": {"BOOL": True}, "u": {"NULL": True}}, 4),
        ({"l": {"L": []}}, 4),
        ({"l": {"L": [{"S": "ab"}, {"S": "c"}]}}, 9),
        ({"m": {"M": {"ab": {"S": "cd"}}}}, 9),
        ({"s": {"SS": ["ab", "cd"]}}, 5),
    ],
)
def test_an_items_size_is_its_names_and_values(item, size):
    assert item_size(item) == size


def test_units_round_up_and_are_at_least_one():
    assert write_units(None, {"a": {"S": "x" * 1023}}) == 1
    assert write_units(None, {"a": {"S": "x" * 1024}}) == 2
    assert write_units(None, None, transactional=True) == 2
    assert [read_units(0), read_units(4097), read_units(4097, consistent=True)] == [0.5, 1, 2]
