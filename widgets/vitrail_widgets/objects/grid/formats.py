"""How cells are written on the screen: numbers of a column with the same decimals."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Final

from vitrail_widgets.objects.grid.table import MISSING, Cell

MOST_DECIMALS: Final = 4
"""Of a column whose numbers have more, unless somebody wants to see them."""

TINY, HUGE = 1e-3, 1e15
MIDNIGHT: Final = " 00:00:00"


@dataclass(frozen=True, slots=True)
class Format:
    """How the values of a column are written.

    Attributes:
        decimals: Of numbers; None writes them as the kernel does.
        is_scientific: Whether numbers are written with an exponent.
        groups: Whether thousands are parted.
        is_date: Whether midnight goes without saying.
    """

    decimals: int | None = None
    is_scientific: bool = False
    groups: bool = False
    is_date: bool = False

    def text(self, cell: Cell) -> str:
        """Write a cell in one line."""
        if isinstance(cell, str):
            if self.decimals is not None or self.groups:
                return self._number(cell)
            return cell.removesuffix(MIDNIGHT) if self.is_date else in_one_line(cell)
        if isinstance(cell, int):
            return MISSING[cell] if 0 <= cell < len(MISSING) else ""
        return f"<{cell[0]}>" if cell else ""

    def _number(self, text: str) -> str:
        try:
            if "." not in text and "e" not in text and "n" not in text:
                return f"{int(text):,}".replace(",", "\u2009") if self.groups else text
            number = float(text)
        except ValueError:
            return in_one_line(text)
        if not isfinite(number):
            return text
        decimals = MOST_DECIMALS if self.decimals is None else self.decimals
        if self.is_scientific or (number and 0 < abs(number) < 0.5 * 10**-decimals):
            return f"{number:.{min(decimals, MOST_DECIMALS) or 1}e}"
        if not self.groups:
            return f"{number:.{decimals}f}"
        return f"{number:,.{decimals}f}".replace(",", "\u2009")


PLAIN: Final = Format()


def format_of(kind: str, cells: Iterable[Cell]) -> Format:
    """Return the format that suits a column.

    Args:
        kind: Of the column.
        cells: Some of its first.
    """
    texts = [cell for cell in cells if isinstance(cell, str)]
    if kind == "time":
        return Format(is_date=bool(texts) and all(text.endswith(MIDNIGHT) for text in texts))
    if kind != "number":
        return PLAIN
    numbers = [number for text in texts if (number := number_in(text)) is not None]
    sizes = [abs(number) for number in numbers if number]
    if sizes and (max(sizes) >= HUGE or max(sizes) < TINY):
        return Format(MOST_DECIMALS, is_scientific=True)
    decimals = max((_decimals(text) for text in texts), default=1)
    return Format(max(1, min(MOST_DECIMALS, decimals)))


def number_in(cell: Cell | None) -> float | None:
    """Return the value of a cell that holds a finite number; None for others."""
    if not isinstance(cell, str):
        return None
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if isfinite(number) else None


def in_one_line(text: str) -> str:
    """Return text with what breaks a line, or cannot be seen, made visible."""
    if text.isprintable():
        return text
    spaced = text.replace("\n", "⏎").replace("\t", "⇥")
    return "".join(each if each.isprintable() else "·" for each in spaced)


def _decimals(text: str) -> int:
    whole, _, exponent = text.partition("e")
    decimals = len(whole.partition(".")[2])
    return max(0, decimals - int(exponent)) if exponent else decimals
