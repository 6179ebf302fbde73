"""What happened to a transcript: small values that a view applies in order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntryAppended:
    """A cell or notice came in at *index*; what stood there and after moved down by one."""

    entry_id: str
    index: int


@dataclass(frozen=True, slots=True)
class EntryRemoved:
    """The entry at *index* is gone, or comes in elsewhere; what stood after it moved up by one."""

    entry_id: str
    index: int


@dataclass(frozen=True, slots=True)
class EntryChanged:
    """Something of the entry itself changed: status, number, times; not its outputs."""

    entry_id: str


@dataclass(frozen=True, slots=True)
class OutputAppended:
    """The cell has a new last output."""

    entry_id: str
    output_index: int


@dataclass(frozen=True, slots=True)
class OutputChanged:
    """An output changed in place.

    Attributes:
        from_line: For text, the first line that may differ; lines may have gone, too.
            0 for everything else.
    """

    entry_id: str
    output_index: int
    from_line: int


@dataclass(frozen=True, slots=True)
class OutputsCleared:
    """All outputs of the cell are gone; indices start at 0 again."""

    entry_id: str


Change = (
    EntryAppended | EntryRemoved | EntryChanged | OutputAppended | OutputChanged | OutputsCleared
)
