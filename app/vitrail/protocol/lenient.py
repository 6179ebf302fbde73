"""The slow path of reading and writing JSON: for what msgspec refuses and kernels send.

Known senders: json.dumps with ``allow_nan`` (NaN, Infinity), Python strings made by
surrogateescape (lone surrogates, as escapes or as bytes), text that is not UTF-8. Nothing that
comes out of here holds a lone surrogate, so that files, clipboard and Qt can take it.
"""

import json
import math
from typing import Any, cast

_MAX_INT_DIGITS = 4000  # below CPython's limit for str -> int, which raises


def loads(text: bytes) -> Any:
    """Read JSON tolerantly.

    Raises:
        ValueError: It is not JSON.
        RecursionError: It is nested too deeply.
    """
    return tidy(json.loads(text.decode("utf-8", "replace"), parse_int=parse_int))


def tidy(value: Any) -> Any:
    """Copy a JSON value with surrogate pairs joined and lone surrogates as U+FFFD."""
    match value:
        case str():
            return tidy_text(value)
        case dict():
            fields = cast("dict[str, object]", value)
            return {tidy(key): tidy(item) for key, item in fields.items()}
        case list():
            return [tidy(item) for item in cast("list[object]", value)]
        case _:
            return value


def tidy_text(text: str) -> str:
    """Join surrogate pairs and replace lone surrogates by U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def parse_int(digits: str) -> int | float:
    """Read a whole number; one that Python refuses to read is infinite."""
    if len(digits) <= _MAX_INT_DIGITS:
        return int(digits)
    return math.inf if digits[0] != "-" else -math.inf
