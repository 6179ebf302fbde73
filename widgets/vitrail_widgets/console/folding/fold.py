"""How much of a cell is shown."""

from enum import Enum


class Fold(Enum):
    """What of a cell is folded away."""

    NONE = "nothing"
    OUTPUTS = "its outputs"
    CELL = "all but the first line of its code"
