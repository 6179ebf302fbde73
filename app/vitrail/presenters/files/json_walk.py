"""The elements of one array in a large JSON text, one after the other."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_DECODER: Final = json.JSONDecoder()


class JsonWalk:
    """Reads an object whose array may be too long to be read at once.

    Attributes:
        fields: What the object holds besides, as far as it was read.
        found: Whether the array was there, as far as it was read.
    """

    def __init__(self, text: str, array: str) -> None:
        """Prepare.

        Args:
            text: JSON.
            array: Key of the array whose elements are wanted.
        """
        self.fields: dict[str, Any] = {}
        self.found = False
        self._text = text
        self._array = array
        self._at = 0

    def __iter__(self) -> Iterator[tuple[Any, int]]:
        """Yield each element, and how many characters were read so far.

        Raises:
            ValueError: It is no JSON.
            TypeError: It holds no object.
            RecursionError: It is nested too deeply.
        """
        if self._next() != "{":
            raise TypeError("it holds no object")
        while self._next_of("{,", "}"):
            key = self._value()
            if not isinstance(key, str):
                raise json.JSONDecodeError("Expecting a name", self._text, self._at)
            self._expect(":")
            if key == self._array and self._next() == "[":
                self.found = True
                while self._next_of("[,", "]"):
                    yield self._value(), self._at
            else:
                self.fields[key] = self._value()
        if self._next():
            raise json.JSONDecodeError("Extra data", self._text, self._at)

    def _next(self) -> str:
        """Return the next sign without taking it; empty at the end."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def _next_of(self, opening: str, closing: str) -> bool:
        """Take what parts elements, or what ends them; say whether there is another one."""
        sign = self._next()
        if not sign or sign not in opening + closing:
            raise json.JSONDecodeError(
                f"Expecting {opening[1]!r} or {closing!r}", self._text, self._at
            )
        self._at += 1
        if sign == opening[0] and self._next() == closing:
            self._at += 1
            return False
        return sign != closing

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise json.JSONDecodeError(f"Expecting {sign!r}", self._text, self._at)
        self._at += 1

    def _value(self) -> Any:
        self._next()
        value, self._at = _DECODER.raw_decode(self._text, self._at)
        return value
