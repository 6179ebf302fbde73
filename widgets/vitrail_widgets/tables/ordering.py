"""How the texts of a table are ordered: as what they mean."""

import re
from typing import Final, NamedTuple

_NUMBER: Final = re.compile(
    r"[-+\u2212]?(?:\d[\d,_\u202f\u00a0]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\s*%?$"
)
_SEPARATORS: Final = re.compile("[,_\u202f\u00a0 ]")
_PIECES: Final = re.compile(r"(\d+)")
MISSING: Final = frozenset(("", "nan", "nat", "none", "null", "<na>", "na", "n/a", "—", "-"))
SPECIAL: Final = {"inf": float("inf"), "+inf": float("inf"), "-inf": float("-inf")}


class SortKey(NamedTuple):
    """Where a text stands among others: numbers before words.

    Attributes:
        is_missing: Whether it says that there is no value.
        is_word: Whether it is no number.
        number: Its value, if it is one.
        pieces: Its letters and its numbers, so that "x10" comes after "x9".
    """

    is_missing: bool
    is_word: bool
    number: float
    pieces: tuple[tuple[int, int, str], ...]


def is_number(text: str) -> bool:
    """Tell whether a text is a number, or says that there is none."""
    return number_in(text) is not None or text.strip().lower() in MISSING


def number_in(text: str) -> float | None:
    """Return the value of a number as people and kernels write it, None where it is none."""
    bare = text.strip()
    if bare.lower() in SPECIAL:
        return SPECIAL[bare.lower()]
    if not _NUMBER.match(bare):
        return None
    bare = _SEPARATORS.sub("", bare).replace("\u2212", "-").rstrip("%")
    try:
        return float(bare)
    except ValueError:
        return None


def sort_key(text: str) -> SortKey:
    """Return where a text stands among others."""
    if text.strip().lower() in MISSING:
        return SortKey(True, True, 0.0, ())
    number = number_in(text)
    if number is not None:
        return SortKey(False, False, number, ())
    return SortKey(False, True, 0.0, tuple(_piece(each) for each in _PIECES.split(text) if each))


def _piece(text: str) -> tuple[int, int, str]:
    """Return a number or a word so that all pieces can be compared."""
    if text.isdecimal():
        return (0, int(text[:100]), text)
    return (1, 0, text.casefold())
