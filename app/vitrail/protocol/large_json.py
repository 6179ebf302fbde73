"""Reading large JSON in steps of about a millisecond, between which others have their turn.

A decoder in C does not stop: 90 ms for 50 MB of HTML, 350 ms for two million numbers. This one
does after each `STEP` of the text, and takes some five times as long in all.
"""

import json
import re
from collections.abc import Generator
from typing import Any, Final

from vitrail.protocol import lenient

STEP: Final = 32_768
"""Characters that are read at once."""

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_PIECE: Final = re.compile(
    r'(?:[^"\\\x00-\x1f]+'
    r"|\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}"
    r'|["\\/bfnrt]))*'
)
"""Part of a string; a pair of surrogates is not torn."""

_TORN: Final = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\Z")
_ENDS: Final = {"{": "},", "[": "],", '"': '",'}
"""What an element of an array ends with, by what it begins with."""

_EXPONENT: Final = len("e+1")
"""Of a number, of which a step may end with the first two characters."""

_DECODER: Final = json.JSONDecoder(parse_int=lenient.parse_int)


RAW_DEPTH: Final = 2
"""Of the values in a message that are left as text where they are too long: a bundle's."""

Steps = Generator[None, None, Any]


class RawJson(str):
    """An object or an array that is left as it was written."""

    __slots__ = ()


def steps(text: str, longest: int | None = None) -> Steps:
    """Read JSON as tolerantly as `lenient` does; return it after as many steps as that takes.

    Args:
        text: All of it.
        longest: Characters of an object or an array at `RAW_DEPTH` that is read; a longer one is a
            `RawJson`, for millions of objects take ten times the memory, and time of every look
            for garbage. None for any.

    Raises:
        ValueError: It is not JSON.
        RecursionError: It is nested too deeply.
    """
    reader = _Reader(text, longest)
    value = yield from reader.read()
    return lenient.tidy(value) if reader.has_surrogates else value


class _Reader:
    """Reads small values in C, and walks into those that are longer than a step."""

    def __init__(self, text: str, longest: int | None) -> None:
        self.has_surrogates = False
        self._text = text
        self._longest = len(text) if longest is None else longest
        self._depth = 0
        self._is_skipping = False
        self._window, self._start = "", 0

    def read(self) -> Steps:
        value, end = yield from self._value(self._after_space(0))
        if self._after_space(end) != len(self._text):
            raise self._error("Extra data", end)
        return value

    def _value(self, at: int) -> Steps:
        small = self._small(at)
        if small is not None:
            return small
        yield
        match self._text[at : at + 1]:
            case '"':
                return (yield from self._string(at + 1))
            case "{" | "[":
                return (yield from self._long(at))
            case _:  # a number, or nothing that is JSON
                return _DECODER.raw_decode(self._text, at)

    def _long(self, at: int) -> Steps:
        """Return an object or an array, and its end."""
        may_be_raw = self._depth == RAW_DEPTH and len(self._text) - at > self._longest
        if may_be_raw and not self._is_skipping:
            self._is_skipping = True
            _, end = yield from self._inside(at)
            self._is_skipping = False
            if end - at > self._longest:
                return RawJson(self._text[at:end]), end
        return (yield from self._inside(at))

    def _inside(self, at: int) -> Steps:
        self._depth += 1
        read = self._object if self._text[at] == "{" else self._array
        found = yield from read(at + 1)
        self._depth -= 1
        return found

    def _small(self, at: int) -> tuple[Any, int] | None:
        """Return a value and its end if it is in the window, or fits into one of its own."""
        if self._start <= at < self._start + len(self._window):
            found = self._in_window(at)
            if found is not None or at == self._start:
                return found
        self._look_at(at)
        return self._in_window(at)

    def _in_window(self, at: int) -> tuple[Any, int] | None:
        try:
            value, end = _DECODER.raw_decode(self._window, at - self._start)
        except ValueError:
            return None
        may_go_on = isinstance(value, int | float) and end + _EXPONENT > len(self._window)
        is_cut = may_go_on and self._start + len(self._window) < len(self._text)
        return None if is_cut else (value, self._start + end)

    def _look_at(self, at: int) -> None:
        self._window, self._start = self._text[at : at + STEP], at
        self._note_surrogates(self._window)

    def _note_surrogates(self, text: str) -> None:
        self.has_surrogates = self.has_surrogates or "\\ud" in text or "\\uD" in text

    def _string(self, at: int) -> Steps:
        parts: list[str] = []
        while True:
            yield
            found = _PIECE.match(self._text, at, at + STEP)
            assert found is not None  # it may be empty
            piece = found[0]
            if _TORN.search(piece) and len(piece) > STEP - 12:
                piece = piece[:-6]
            if not piece:
                break
            self._note_surrogates(piece)
            parts.append(_DECODER.decode(f'"{piece}"') if "\\" in piece else piece)
            at += len(piece)
        if self._text[at : at + 1] != '"':
            raise self._error("Invalid string", at)
        return "".join(parts), at + 1

    def _object(self, at: int) -> Steps:
        fields: dict[str, Any] = {}
        at = self._after_space(at)
        if self._text[at : at + 1] == "}":
            return fields, at + 1
        while True:
            key, at = yield from self._value(self._after_space(at))
            if not isinstance(key, str):
                raise self._error("Expecting property name", at)
            at = self._after(":", at)
            fields[key], at = yield from self._value(self._after_space(at))
            at = self._after_space(at)
            if self._is_skipping:
                fields.clear()
            if self._text[at : at + 1] == "}":
                return fields, at + 1
            at = self._after(",", at)

    def _array(self, at: int) -> Steps:
        items: list[Any] = []
        at = self._after_space(at)
        if self._text[at : at + 1] == "]":
            return items, at + 1
        while True:
            at = self._after_space(at)
            many = self._many(at)
            if self._is_skipping:
                items.clear()
            if many is not None:
                yield
                items += many[0]
                at = many[1]
                continue
            item, at = yield from self._value(at)
            items.append(item)
            at = self._after_space(at)
            if self._text[at : at + 1] == "]":
                return items, at + 1
            at = self._after(",", at)

    def _many(self, at: int) -> tuple[list[Any], int] | None:
        """Return the elements of an array that can be told at once, and where the next begins."""
        first = self._text[at : at + 1]
        end = _ENDS.get(first, ",")
        last = self._text.rfind(end, at, at + STEP)
        if last <= at:
            return None
        last += len(end) - 1
        step = f"[{self._text[at:last]}]"
        self._note_surrogates(step)
        try:
            return _DECODER.decode(step), last + 1
        except ValueError:
            return None

    def _after(self, sign: str, at: int) -> int:
        at = self._after_space(at)
        if self._text[at : at + 1] != sign:
            raise self._error(f"Expecting {sign!r}", at)
        return at + 1

    def _after_space(self, at: int) -> int:
        found = _SPACE.match(self._text, at)
        assert found is not None  # it may be empty
        return found.end()

    def _error(self, what: str, at: int) -> ValueError:
        return ValueError(f"{what}: char {at} of {len(self._text)}")
