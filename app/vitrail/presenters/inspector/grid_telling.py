"""What the probe tells of tables: the answers of its operations on grids, as values."""

from typing import Any, TypeVar

import msgspec

from vitrail.presenters.inspector.sentences import Said, sentence
from vitrail_widgets.objects.grid.arrangement import PLAIN, Arrangement
from vitrail_widgets.objects.grid.summary import Histogram, Summary
from vitrail_widgets.objects.grid.table import Cell, Column, Plane, Table

Told = TypeVar("Told")
Name = tuple[str, str, str, str]
"""Of a column: its name, its kind, its type, and what code calls it."""


class ToldPage(msgspec.Struct):
    """What the probe tells of a page."""

    labels: list[list[Cell]]
    cells: list[list[Cell]]


class Opened(msgspec.Struct):
    """What the probe tells of a table."""

    again: bool
    kind: str
    library: str
    type: str
    rows: int
    columns: int
    levels: tuple[str, ...]
    names: list[Name]
    shown: int
    refused: Said
    shape: tuple[int, ...] = ()
    axes: tuple[int, int] | None = None
    at: tuple[int, ...] = ()

    @property
    def plane(self) -> Plane | None:
        """Which plane it is, of an array with more than two axes."""
        return Plane(self.shape, self.axes, self.at) if self.axes is not None else None


class _Summary(msgspec.Struct):
    """What the probe tells of a column."""

    rows: int
    missing: int | None
    sampled: int
    facts: tuple[tuple[str, Said], ...]
    histogram: tuple[tuple[int, ...], str, str] | None
    range: tuple[float, float] | None
    top: tuple[tuple[str, int], ...]
    distinct: int | None


def table_of(opened: Opened, wanted: Arrangement) -> Table:
    """Return the table that was opened, arranged as it was to be unless that was refused."""
    columns = tuple(Column(*each) for each in opened.names)
    return Table(
        opened.kind,
        opened.library,
        opened.type,
        opened.rows,
        opened.columns,
        opened.levels,
        columns,
        opened.shown,
        PLAIN if opened.refused else wanted,
        None,
        sentence(opened.refused),
        opened.plane,
    )


def read(told: dict[str, Any], kind: type[Told]) -> Told | None:
    """Return the probe's answer as what it should be; None where it is something else."""
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError:
        return None


def columns_in(told: dict[str, Any]) -> tuple[Column, ...]:
    """Return the further columns in an answer; none where it is something else."""
    try:
        names = msgspec.convert(told.get("names"), list[Name])
    except msgspec.ValidationError:
        return ()
    return tuple(Column(*each) for each in names)


def summary_in(told: dict[str, Any]) -> Summary | None:
    """Return what an answer tells of a column; None where it is something else."""
    found = read(told, _Summary)
    if found is None:
        return None
    return Summary(
        found.rows,
        found.missing,
        found.sampled,
        tuple((word, sentence(text)) for word, text in found.facts),
        Histogram(*found.histogram) if found.histogram else None,
        found.range,
        found.top,
        found.distinct,
    )
