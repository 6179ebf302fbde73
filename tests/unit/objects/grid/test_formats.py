"""Numbers of a column have the same decimals, and none is shown as what it is not."""

import pytest

from vitrail_widgets.objects.grid.formats import PLAIN, Format, format_of, in_one_line, number_in
from vitrail_widgets.objects.grid.table import Cell


@pytest.mark.parametrize(
    ("kind", "cells", "shown"),
    [
        ("number", ["1.5", "0.25", "3.0"], ["1.50", "0.25", "3.00"]),
        ("number", ["1.0", "20.0"], ["1.0", "20.0"]),
        ("number", ["0.3333333333", "12.5"], ["0.3333", "12.5000"]),
        ("number", ["1e-09", "2.5e-08"], ["1.0000e-09", "2.5000e-08"]),
        ("number", ["1e+20", "3.5"], ["1.0000e+20", "3.5000e+00"]),
        ("number", [1, "2.5", "inf"], ["NaN", "2.5", "inf"]),
        ("integer", ["1", "20", 3], ["1", "20", "<NA>"]),
        ("time", ["2024-01-01 00:00:00", 2], ["2024-01-01", "NaT"]),
        ("time", ["2024-01-01 00:00:00", "2024-01-01 12:00:00"], None),
        ("text", ["a\nb\tc", 0, ["Thing"]], ["a⏎b⇥c", "None", "<Thing>"]),
    ],
)
def test_how_a_column_is_written(kind: str, cells: list[Cell], shown: list[str] | None) -> None:
    chosen = format_of(kind, cells)
    assert [chosen.text(cell) for cell in cells] == (cells if shown is None else shown)


def test_a_small_number_among_large_ones_is_not_shown_as_zero() -> None:
    assert Format(2).text("0.00001") == "1.00e-05"
    assert Format(2).text("0.0") == "0.00"
    assert Format(0).text("0.2") == "2.0e-01"


def test_thousands_are_parted_where_that_is_wanted() -> None:
    assert Format(groups=True).text("1234567") == "1\u2009234\u2009567"
    assert Format(2, groups=True).text("-1234567.891") == "-1\u2009234\u2009567.89"
    assert Format(groups=True).text("nan") == "nan"


def test_what_is_no_number_is_written_as_it_is() -> None:
    assert Format(2).text("12:30") == "12:30"
    assert PLAIN.text(99) == ""
    assert number_in("1e3") == 1000.0
    assert number_in("inf") is None
    assert number_in(1) is None
    assert in_one_line("a\x07b") == "a·b"
