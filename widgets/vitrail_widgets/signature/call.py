"""A call as it is being written."""

from dataclasses import dataclass
from enum import Enum, auto


class Spelling(Enum):
    """How an argument is written."""

    POSITIONAL = auto()
    KEYWORD = auto()
    """`name=value`."""
    UNPACKED = auto()
    """`*values`."""
    UNPACKED_MAPPING = auto()
    """`**values`."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call; where nothing is written yet it is positional and empty.

    Attributes:
        name: Of a keyword; of a positional one that is a mere name, perhaps of a keyword to be.
        is_empty: Nothing is written there.
    """

    spelling: Spelling = Spelling.POSITIONAL
    name: str = ""
    is_empty: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """The call that the cursor is in; offsets are code points in the code.

    Attributes:
        callee: What is called, as written: `a.b`, `a(1).b`, `x[0]`.
        start: Offset of the callee.
        end: Offset after the callee; the place to ask a kernel about.
        dotted_name: The callee where it consists of names only, without space; else empty.
        arguments: All of them, as far as they are in reach; at least one, for `f()` an empty one.
        current: Index of the argument the cursor is in or beside.
    """

    callee: str
    start: int
    end: int
    dotted_name: str
    arguments: tuple[Argument, ...]
    current: int
