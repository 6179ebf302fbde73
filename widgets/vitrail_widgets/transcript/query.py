"""What is searched for, and where it stands in a text.

Plain words are found by the fastest means there is. A regular expression comes from a user, who may
write one that takes for ever: each call is given a time after which it is given up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from vitrail_resources.translation import tr

MOST_SPANS: Final = 20_000
"""Places of one line that are looked at one by one; all are counted."""

_BEYOND_A_LINE: Final = re.compile(r"\(\?(?![:Pi])|\\[AZzGKRXnrfvxuUNp0]|[\n\r]")


class BadQueryError(ValueError):
    """The regular expression is none; the message is a sentence for the user."""


class SlowQueryError(Exception):
    """The search took longer than it was given."""


@dataclass(frozen=True)
class Query:
    """What a user searches for.

    Attributes:
        case: Whether capital and small letters are told apart.
        word: Whether it is found as a whole word only.
        regex: Whether `text` is a regular expression.
    """

    text: str
    case: bool = False
    word: bool = False
    regex: bool = False


class Matcher(Protocol):
    """Finds a query. What is found is never empty and never longer than a line."""

    def count(self, text: str, patience_s: float) -> int:
        """Count the places in lines, which newlines part.

        Raises:
            SlowQueryError: It takes longer.
        """
        ...

    def spans(self, line: str, patience_s: float) -> list[tuple[int, int]]:
        """Return the first `MOST_SPANS` places in one line: code points, end exclusive.

        Raises:
            SlowQueryError: It takes longer.
        """
        ...


def matcher_of(query: Query) -> Matcher | None:
    """Return what finds a query; None when there is nothing to search for.

    Raises:
        BadQueryError: It is no regular expression.
    """
    if not query.text:
        return None
    return _RegexMatcher(query) if query.regex else _PlainMatcher(query)


class _PlainMatcher:
    """Finds words as they are written."""

    def __init__(self, query: Query) -> None:
        self._pattern = _plain_pattern(
            query.text, query.word, re.NOFLAG if query.case else re.IGNORECASE
        )
        self._needle = query.text if query.case else query.text.lower()
        # ASCII in small letters is searched several times faster than with no regard to case.
        self._fast = _plain_pattern(self._needle, query.word, re.NOFLAG)
        self._word, self._case = query.word, query.case
        self._is_ascii = query.text.isascii()

    def count(self, text: str, patience_s: float) -> int:
        """Count the places in lines."""
        del patience_s  # it never takes long
        if not self._case and not (self._is_ascii and text.isascii()):
            return len(self._pattern.findall(text))
        within = text if self._case else text.lower()
        return len(self._fast.findall(within)) if self._word else within.count(self._needle)

    def spans(self, line: str, patience_s: float) -> list[tuple[int, int]]:
        """Return the places in one line."""
        del patience_s
        return [match.span() for match in islice(self._pattern.finditer(line), MOST_SPANS)]


class _RegexMatcher:
    """Finds what a regular expression describes, line by line."""

    def __init__(self, query: Query) -> None:
        import regex  # 20 ms that a start does without

        pattern = rf"\b(?:{query.text})\b" if query.word else query.text
        flags = regex.MULTILINE | (0 if query.case else regex.IGNORECASE)
        try:
            regex.compile(query.text, flags)
            self._pattern = regex.compile(pattern, flags)
        except regex.error as error:
            raise BadQueryError(_sentence(error)) from error
        except (OverflowError, RecursionError, ValueError) as error:
            raise BadQueryError(tr("This regular expression is too large.")) from error
        # What says nothing of the text's ends can be sought in many lines at once.
        self._is_of_a_line = not _BEYOND_A_LINE.search(query.text)

    def count(self, text: str, patience_s: float) -> int:
        """Count the places in lines; those that would reach over a line's end send it back."""
        if self._is_of_a_line:
            found = self._found(text, patience_s)
            if not any("\n" in match for match in found):
                return len(found) - found.count("")
        return sum(len(self.spans(line, patience_s)) for line in text.split("\n"))

    def spans(self, line: str, patience_s: float) -> list[tuple[int, int]]:
        """Return the places in one line."""
        found = ((start, end) for start, end in self._matches(line, patience_s) if end > start)
        return list(islice(found, MOST_SPANS))

    def _found(self, text: str, patience_s: float) -> list[str]:
        if self._pattern.groups:
            return [text[start:end] for start, end in self._matches(text, patience_s)]
        try:
            return self._pattern.findall(text, timeout=patience_s)
        except TimeoutError as error:
            raise SlowQueryError from error

    def _matches(self, text: str, patience_s: float) -> Iterator[tuple[int, int]]:
        try:
            for match in self._pattern.finditer(text, timeout=patience_s):
                yield match.span()
        except TimeoutError as error:
            raise SlowQueryError from error


def _plain_pattern(text: str, word: bool, flags: int) -> re.Pattern[str]:
    """Return the pattern of a text that begins with the text, which is found the fastest."""
    pattern = re.escape(text)
    if word and _is_wordlike(text[-1]):
        pattern += r"(?!\w)"
    if word and _is_wordlike(text[0]):
        pattern += rf"(?<!\w{re.escape(text)})"
    return re.compile(pattern, flags)


def _is_wordlike(character: str) -> bool:
    return character.isalnum() or character == "_"


def _sentence(error: Exception) -> str:
    said = str(getattr(error, "msg", "") or error)
    position = getattr(error, "pos", None)
    if position is None:
        return tr("Not a regular expression: {said}.", said=said)
    place = position + 1
    return tr("Not a regular expression: {said} at character {place}.", said=said, place=place)
