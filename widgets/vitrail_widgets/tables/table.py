"""A table of texts, as a kernel shows one."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from vitrail_widgets.tables.ordering import is_number, sort_key

NUMERIC_SHARE: Final = 0.9
LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell.

    Attributes:
        text: In one line.
        is_header: Whether it names its row or its column.
        colour: Of the text as 0xRRGGBB; None is the reader's own.
        ground: Behind it, likewise.
        is_repeated: Whether it belongs to a cell further up or left that spans this place too.
    """

    text: str = ""
    is_header: bool = False
    colour: int | None = None
    ground: int | None = None
    is_repeated: bool = False


EMPTY: Final = TableCell()


@dataclass(frozen=True)
class Table:
    """Rows of cells below rows of column names.

    Attributes:
        head: Rows of column names, the outermost first; may be empty.
        body: The rows, each as long as the others.
        caption: What stands above it.
        footnote: What stands below it, as in "5 rows × 3 columns".
    """

    head: Sequence[Sequence[TableCell]]
    body: Sequence[Sequence[TableCell]]
    caption: str = ""
    footnote: str = ""
    _numeric: dict[int, bool] = field(default_factory=dict[int, bool], compare=False, repr=False)

    @cached_property
    def column_count(self) -> int:
        """Number of columns, those with the names of rows included."""
        return max((len(row) for row in (*self.head[:1], *self.body[:1])), default=0)

    @cached_property
    def index_columns(self) -> int:
        """Number of columns on the left that name the rows."""
        first = self.body[0] if self.body else ()
        count = 0
        while count < len(first) and first[count].is_header:
            count += 1
        return count

    def is_numeric(self, column: int) -> bool:
        """Whether a column holds numbers, which stand on the right."""
        if column not in self._numeric:
            texts = [row[column].text for row in self.body[:LOOKED_AT] if row[column].text]
            numbers = sum(is_number(text) for text in texts)
            self._numeric[column] = bool(texts) and numbers >= NUMERIC_SHARE * len(texts)
        return self._numeric[column]

    def order(self, column: int, *, descending: bool) -> list[int]:
        """Return the rows' indices sorted by a column: numbers by value, what is missing last."""
        keys = [sort_key(row[column].text) for row in self.body]
        missing = [at for at, key in enumerate(keys) if key.is_missing]
        there = [at for at, key in enumerate(keys) if not key.is_missing]
        there.sort(key=lambda at: keys[at], reverse=descending)
        return there + missing


def rows_of(table: Table, order: Sequence[int] | None = None) -> Iterator[list[str]]:
    """Yield the texts of all rows, the column names first.

    Args:
        table: Of which.
        order: Indices of the rows to take; None for all as they are.
    """
    for row in table.head:
        yield [cell.text for cell in row]
    for at in range(len(table.body)) if order is None else order:
        yield [cell.text for cell in table.body[at]]


def as_tsv(table: Table, order: Sequence[int] | None = None) -> str:
    """Return the table with a tab between the columns, as spreadsheets take it."""
    rows = rows_of(table, order)
    return "\n".join("\t".join(text.replace("\t", " ") for text in row) for row in rows)


def as_csv(table: Table, order: Sequence[int] | None = None) -> str:
    """Return the table as comma separated values (RFC 4180)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows_of(table, order))
    return out.getvalue()


def as_markdown(table: Table, order: Sequence[int] | None = None) -> str:
    """Return the table in GitHub's Markdown; column names of several rows are joined."""
    count = table.column_count
    names = [
        " ".join(dict.fromkeys(row[column].text for row in table.head if row[column].text))
        for column in range(count)
    ]
    sides = ["---:" if table.is_numeric(column) else "---" for column in range(count)]
    body = list(rows_of(table, order))[len(table.head) :]
    return "\n".join(_markdown_row(row) for row in (names, sides, *body)) + "\n"


def _markdown_row(row: Sequence[str]) -> str:
    return "| " + " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in row) + " |"
