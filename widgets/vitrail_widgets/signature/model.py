"""A signature as values, whatever kernel and language it came from."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

UNKNOWN_DEFAULT: Final = "…"
"""Default text of a parameter that may be left out, where nothing says what it is then."""


class Kind(Enum):
    """How a parameter takes its argument."""

    POSITIONAL_ONLY = auto()
    POSITIONAL_OR_KEYWORD = auto()
    VAR_POSITIONAL = auto()
    KEYWORD_ONLY = auto()
    VAR_KEYWORD = auto()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    Attributes:
        name: Without stars; `(b, c)` for a tuple parameter of Python 2, `...` in R and C.
        annotation: As its language writes it; a type in C.
        default: As its language writes it; None where there is none, "None" where it is Python's.
        written: The whole parameter as its own language writes it; None as Python would.
    """

    name: str
    kind: Kind = Kind.POSITIONAL_OR_KEYWORD
    annotation: str | None = None
    default: str | None = None
    written: str | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """What a name can be called with.

    Attributes:
        name: What is called, dotted as the kernel wrote it; empty where nobody said.
        parameters: In order; a receiver that the call binds itself (`self`) is not among them.
        returns: Return annotation.
        summary: First line of the documentation that says something.
    """

    name: str
    parameters: tuple[Parameter, ...] = ()
    returns: str | None = None
    summary: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether it is Python's `(*args, **kwargs)`, what wrappers of C functions look like."""
        kinds = [parameter.kind for parameter in self.parameters]
        names = [parameter.name for parameter in self.parameters]
        return kinds == [Kind.VAR_POSITIONAL, Kind.VAR_KEYWORD] and names == ["args", "kwargs"]
