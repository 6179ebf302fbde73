"""The code of an arrangement gives the rows that the grid shows; it is run here."""

from typing import Any

import pandas as pd
import polars as pl
import pytest

from vitrail_widgets.objects.grid.arrangement import Arrangement, Condition, Key
from vitrail_widgets.objects.grid.code import code_of
from vitrail_widgets.objects.grid.table import Column, Table

COLUMNS = (
    Column("n", "integer", "int64", "'n'"),
    Column("t", "text", "str", "'t'"),
    Column("when", "time", "datetime64[us]", "'when'"),
    Column("ok", "boolean", "bool", "'ok'"),
)
ROWS: dict[str, list[Any]] = {
    "n": [3, 1, 2, 1],
    "t": ["b", "A", None, "c.d"],
    "when": ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"],
    "ok": [True, False, True, False],
}
CASES = [
    (Arrangement((Key(0),)), [1, 3, 2, 0]),
    (Arrangement((Key(0, descends=True), Key(1))), [0, 2, 1, 3]),
    (Arrangement((), (Condition(0, "=", ("1",)),)), [1, 3]),
    (Arrangement((), (Condition(0, ">=", ("2",)), Condition(1, "present"))), [0]),
    (Arrangement((), (Condition(1, "missing"),)), [2]),
    (Arrangement((), (Condition(1, "!=", ("b",)),)), [1, 2, 3]),
    (Arrangement((), (Condition(1, "contains", ("C.",)),)), [3]),
    (Arrangement((), (Condition(1, "matches", ("^[ab]",)),)), [0, 1]),
    (Arrangement((), (Condition(0, "between", ("2", "3")),)), [0, 2]),
    (Arrangement((), (Condition(0, "in", ("2", "3")),)), [0, 2]),
    (Arrangement((), (Condition(2, "<", ("2024-02-15",)),)), [0, 1]),
    (Arrangement((), (Condition(3, "=", ("true",)),)), [0, 2]),
    (Arrangement((Key(0),), (Condition(3, "=", ("False",)),)), [1, 3]),
]


def table(library: str, kind: str = "frame", columns: tuple[Column, ...] = COLUMNS) -> Table:
    return Table(kind, library, "DataFrame", 4, len(columns), (), columns, 4)


@pytest.mark.parametrize(("arrangement", "places"), CASES)
def test_pandas_code_gives_these_rows(arrangement: Arrangement, places: list[int]) -> None:
    frame = pd.DataFrame({**ROWS, "when": pd.to_datetime(ROWS["when"])})
    code = code_of("frame", table("pandas"), arrangement)
    assert list(eval(code, {"frame": frame, "pd": pd}).index) == places


@pytest.mark.parametrize(("arrangement", "places"), CASES)
def test_polars_code_gives_these_rows(arrangement: Arrangement, places: list[int]) -> None:
    frame = pl.DataFrame({**ROWS, "at": range(4)}).with_columns(pl.col("when").str.to_datetime())
    code = code_of("frame", table("polars"), arrangement)
    assert eval(code, {"frame": frame, "pl": pl})["at"].to_list() == places


def test_code_reads_as_people_write_it() -> None:
    arrangement = Arrangement((Key(0, descends=True),), (Condition(1, "=", ("b",)),))
    assert code_of("df", table("pandas"), arrangement) == (
        "df[df['t'] == 'b'].sort_values('n', ascending=False, kind=\"stable\")"
    )


def test_columns_that_share_a_name_are_told_by_their_place() -> None:
    twice = (COLUMNS[0], COLUMNS[0])
    code = code_of("df", table("pandas", columns=twice), Arrangement((), CASES[2][0].filters))
    assert code == "df[df.iloc[:, 0] == 1]"


def test_a_series_is_its_own_column() -> None:
    series = pd.Series([3, 1, 2])
    arrangement = Arrangement((Key(0, descends=True),), (Condition(0, ">", ("1",)),))
    code = code_of("s", table("pandas", "series", COLUMNS[:1]), arrangement)
    assert list(eval(code, {"s": series})) == [3, 2]


def test_of_other_tables_no_code_is_known() -> None:
    assert code_of("x", table("numpy", "array"), CASES[0][0]) == ""
