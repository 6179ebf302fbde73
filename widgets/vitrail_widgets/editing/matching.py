"""Fuzzy matching: which texts a few typed letters mean, and which of their letters matched."""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple


class Closeness(IntEnum):
    """How a text fits what was typed; the lower the closer."""

    PREFIX = 0
    PREFIX_IN_OTHER_CASE = 1
    WORDS = 2  # letters that begin words: `rc` in read_csv, `dF` in DataFrame
    INSIDE = 3
    SCATTERED = 4


class Match(NamedTuple):
    """A text that fits.

    Attributes:
        at: Index of the text in what was searched.
        closeness: How well it fits.
    """

    at: int
    closeness: Closeness


class Pattern:
    """Typed letters, prepared to be looked for in many texts.

    Ten thousand names are sifted in a few milliseconds: what fits better is sorted out first, and
    one regular expression for each name decides on the rest.
    """

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self._folded = typed.lower()

    # Compiling takes longer than sifting a hundred names, most of which begin with what is typed.

    @cached_property
    def _scattered(self) -> re.Pattern[str]:
        # Possessive: each letter is looked for once, from where the one before it was found.
        letters = [f"[^{_in_class(letter)}]*+{re.escape(letter)}" for letter in self._folded]
        return re.compile("".join(letters))

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return _words_expression(self.typed)

    def rank(
        self,
        texts: Sequence[str],
        among: Iterable[int] | None = None,
        folded: Sequence[str] | None = None,
    ) -> list[Match]:
        """Return the texts that fit, the closest first, else in their own order.

        Args:
            texts: What is searched.
            among: Indices to look at; all when None. What a longer pattern fits is among
                what its beginning fitted.
            folded: The texts in lower case, for who searches them more than once.
        """
        classes = self.classes(texts, among, folded)
        return [Match(at, Closeness(number)) for number, ats in enumerate(classes) for at in ats]

    def classes(
        self,
        texts: Sequence[str],
        among: Iterable[int] | None = None,
        folded: Sequence[str] | None = None,
    ) -> list[list[int]]:
        """Return the indices of the texts that fit, a list for each closeness.

        For who has ten thousand and a letter's time: lists of numbers are made and no objects.
        """
        lower = [text.lower() for text in texts] if folded is None else folded
        rest = list(range(len(texts)) if among is None else among)
        if not self.typed:
            return [rest]
        typed, letters = self.typed, self._folded
        found: list[list[int]] = []
        ours = [at for at in rest if texts[at].startswith(typed)]
        found.append(ours)
        if len(ours) == len(rest):
            return found
        fits = self._scattered.match
        rest = [at for at in rest if fits(lower[at]) and not texts[at].startswith(typed)]
        found.append([at for at in rest if lower[at].startswith(letters)])
        rest = [at for at in rest if not lower[at].startswith(letters)]
        at_words = self._words.search
        found.append(ours := [at for at in rest if at_words(texts[at])])
        rest = _without(rest, ours)
        found.append(ours := [at for at in rest if letters in lower[at]])
        found.append(_without(rest, ours))
        return found

    def positions(self, text: str) -> tuple[int, ...]:
        """Return the offsets of the letters that matched, for the drawing of a text that fits."""
        if not self.typed:
            return ()
        lower = text.lower()
        at = lower.find(self._folded) if len(lower) == len(text) else text.find(self.typed)
        if at >= 0:
            return tuple(range(at, at + len(self.typed)))
        match = self._words.search(text) or self._grouped_letters().search(text)
        if match is None:
            return ()
        return tuple(match.start(group + 1) for group in range(len(self.typed)))

    def _grouped_letters(self) -> re.Pattern[str]:
        letters = [f"({re.escape(letter)})" for letter in self.typed]
        return re.compile(".*?".join(letters), re.IGNORECASE | re.DOTALL)


def _in_class(letter: str) -> str:
    """Escape a letter for a class of a regular expression."""
    return f"\\{letter}" if letter in "\\^]-[&~|" else letter


def _without(indices: list[int], others: list[int]) -> list[int]:
    """Return the indices that are not among others, which stand in the same order."""
    if not others:
        return indices
    left = set(others)
    return [at for at in indices if at not in left]


def _words_expression(typed: str) -> re.Pattern[str]:
    """Return what finds each letter at the beginning of a word, or right after the one before it.

    Words begin after anything that is no letter, and at a capital after a small letter.
    """
    parts: list[str] = []
    for index, letter in enumerate(typed):
        lower, upper = re.escape(letter.lower()), re.escape(letter.upper())
        begins = f"(?:(?<![^\\W_])(?i:{lower})|(?<=[a-z0-9]){upper})"
        follows = "" if index == 0 else f"(?<={re.escape(typed[index - 1])})(?i:{lower})|"
        gap = "" if index == 0 else ".*?"
        parts.append(f"{gap}({follows}{begins})")
    return re.compile("".join(parts), re.DOTALL)
