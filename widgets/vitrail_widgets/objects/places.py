"""Places in what is long, as somebody types them; pure."""

from typing import Final

_PARTING: Final = str.maketrans("", "", "_ \u202f")
"""What may stand between digits."""


def place_in(typed: str, count: int) -> int | None:
    """Return the place that was typed, from 0, or the nearest that there is; None for no number.

    Args:
        typed: A number; a negative one counts from the end, as in Python.
        count: How many places there are, at least one.
    """
    digits = typed.translate(_PARTING)
    if not digits.removeprefix("-").isdecimal():
        return None
    place = int(digits)
    return max(0, min(place + count if place < 0 else place, count - 1))
