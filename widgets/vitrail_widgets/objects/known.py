"""What is known of an object, and how far that can be relied on."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.variable import Freshness

T = TypeVar("T")


@dataclass(frozen=True)
class Known(Generic[T]):
    """An answer as it was at one moment.

    Attributes:
        target: What it is about; None for nothing.
        about: What was told; None when nothing was.
        freshness: STALE if the kernel cannot tell now, and what it told before still stands.
        count: The number of the last cell before; None when none was run.
        reason: Why nothing is told, in a sentence; may be empty.
    """

    target: Target | None = None
    about: T | None = None
    freshness: Freshness = Freshness.UNASKED
    count: int | None = None
    reason: str = ""
