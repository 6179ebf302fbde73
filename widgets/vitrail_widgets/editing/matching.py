"""Fuzzy matching: which texts a few typed letters mean, and which of their letters matched."""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
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

    Ten thousand names are sifted in a few milliseconds: what cannot fit is sorted out by one
    regular expression for each name.
    """

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self._folded = typed.lower()
        letters = [re.escape(letter) for letter in self._folded]
        self._scattered = re.compile(".*?".join(letters), re.DOTALL)
        self._words = _words_expression(typed)

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
        lower = [text.lower() for text in texts] if folded is None else folded
        fits = self._scattered.search
        indices = range(len(texts)) if among is None else among
        if not self.typed:
            return [Match(index, Closeness.PREFIX) for index in indices]
        found = [
            Match(index, self._closeness(texts[index], lower[index]))
            for index in indices
            if fits(lower[index])
        ]
        found.sort(key=lambda match: (match.closeness, match.at))
        return found

    def positions(self, text: str) -> tuple[int, ...]:
        """Return the offsets of the letters that matched, for the drawing of a text that fits."""
        if not self.typed:
            return ()
        lower = text.lower()
        at = lower.find(self._folded) if len(lower) == len(text) else text.find(self.typed)
        if at >= 0:
            return tuple(range(at, at + len(self.typed)))
        for expression in (self._words, self._grouped_letters()):
            match = expression.search(text)
            if match is not None:
                return tuple(match.start(group + 1) for group in range(len(self.typed)))
        return ()

    def _closeness(self, text: str, folded: str) -> Closeness:
        if text.startswith(self.typed):
            return Closeness.PREFIX
        if folded.startswith(self._folded):
            return Closeness.PREFIX_IN_OTHER_CASE
        if self._words.search(text):
            return Closeness.WORDS
        return Closeness.INSIDE if self._folded in folded else Closeness.SCATTERED

    def _grouped_letters(self) -> re.Pattern[str]:
        letters = [f"({re.escape(letter)})" for letter in self.typed]
        return re.compile(".*?".join(letters), re.IGNORECASE | re.DOTALL)


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
