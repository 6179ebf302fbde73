"""What is known of the values of one column as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vitrail_resources.translation import tr

FACTS: Final = {
    "Least": tr("Least"),
    "Most": tr("Most"),
    "Mean": tr("Mean"),
    "Deviation": tr("Deviation"),
    "Shortest": tr("Shortest"),
    "Longest": tr("Longest"),
}
"""The words of the probe."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many values lie in each of some ranges of one width.

    Attributes:
        counts: From the least value to the most.
        least: As text.
        most: As text.
    """

    counts: tuple[int, ...]
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The values of a column, of the rows that are shown.

    Attributes:
        rows: How many there are.
        missing: How many have no value; None where that took too long to find.
        sampled: How many were looked at for what takes long; 0 for all.
        facts: Pairs of a word and a text, as in ("Mean", "1.5").
        histogram: Of numbers and moments.
        ends: The least and the most value as numbers.
        top: The values that are most frequent, and how often they are among those looked at.
        distinct: How many different ones are among those looked at; None where nobody knows.
    """

    rows: int
    missing: int | None = None
    sampled: int = 0
    facts: tuple[tuple[str, str], ...] = ()
    histogram: Histogram | None = None
    ends: tuple[float, float] | None = None
    top: tuple[tuple[str, int], ...] = ()
    distinct: int | None = None

    @property
    def share_missing(self) -> float:
        """Which part of the rows has no value."""
        return self.missing / self.rows if self.missing and self.rows else 0.0

    @property
    def looked_at(self) -> int:
        """How many values `top` and `distinct` speak of."""
        return self.sampled or self.rows - (self.missing or 0)

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield what is said of the column, a word and a text each."""
        if self.sampled:
            numbers = {"some": _counted(self.sampled), "rows": _counted(self.rows)}
            yield tr("Looked at"), tr("{some} of {rows} rows", **numbers)
        if self.missing is not None:
            share = f" ({self.share_missing:.1%})" if self.missing else ""
            yield tr("Missing"), _counted(self.missing) + share
        if self.distinct is not None:
            yield tr("Distinct"), _counted(self.distinct)
        for word, text in self.facts:
            said = FACTS.get(word, word)
            yield said, _shortened(text) if word in ("Mean", "Deviation") else text


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _shortened(text: str) -> str:
    try:
        return f"{float(text):.6g}"
    except ValueError:
        return text
