"""Many small whole numbers side by side in one big one, so that rows of them are added and scaled at machine speed.

Python adds and multiplies big integers digit by digit in C. A row of 168 numbers, 32 bits each, is one integer of
5,376 bits: `sum += weight * row` then costs a third of a microsecond, where a loop over the row costs ten. Nothing
else is installed in the functions that could do it. (The idea is old: L. Lamport, Multiple byte processing with
full-word instructions, 1975.)

Every lane, and every lane of a sum or product, must stay within 0 and 2**32 - 1, or it spills into its neighbour.
"""

from collections.abc import Sequence
from functools import lru_cache
from struct import Struct

WIDTH = 4  # bytes


def pack(numbers: Sequence[int]) -> int:
    """The row as one integer, the first number in the lowest lane. Raises `struct.error` if one does not fit its lane."""
    return int.from_bytes(_layout(len(numbers)).pack(*numbers), "little")


def unpack(row: int, lanes: int) -> tuple[int, ...]:
    """The numbers of a row of that many lanes. Raises OverflowError if the row is longer."""
    return _layout(lanes).unpack(row.to_bytes(lanes * WIDTH, "little"))


@lru_cache
def _layout(lanes: int) -> Struct:
    return Struct(f"<{lanes}I")
