"""Selected cells as text and as code."""

from typing import Any

import pandas as pd

from vitrail_widgets.objects.grid.copying import Excerpt, code, csv, markdown, tsv
from vitrail_widgets.objects.grid.table import Column

COLUMNS = (Column("n", "number", "float64", "'n'"), Column("a|b", "text", "str", "'a|b'"))
EXCERPT = Excerpt("pandas", COLUMNS, [["1.5", 1], ['x\t"y"', ["Thing"]]])


def test_spreadsheets_get_tabs_and_names() -> None:
    assert tsv(EXCERPT) == 'n\ta|b\n1.5\tx "y"\n\t<Thing>'


def test_a_single_cell_is_copied_as_its_text_alone() -> None:
    assert tsv(Excerpt("", COLUMNS[:1], [["1.5"]])) == "1.5"


def test_values_with_commas_and_quotes_are_quoted_in_csv() -> None:
    assert csv(EXCERPT).splitlines()[1] == '1.5,"x\t""y"""'


def test_markdown_keeps_bars_out_of_the_way() -> None:
    assert markdown(EXCERPT).splitlines()[0] == "| n | a\\|b |"


def test_code_makes_the_same_cells() -> None:
    cells: list[Any] = [["1.5", 1], ["x", 0]]
    frame = eval(code(Excerpt("pandas", COLUMNS, cells)), {"pd": pd})
    assert frame["n"][0] == 1.5
    assert frame["n"].isna()[1]
    assert frame["a|b"].isna().tolist() == [False, True]
    assert eval(code(Excerpt("", COLUMNS[:1], [["2"]]))) == {"n": [2]}


def test_code_of_cells_of_a_plane_says_of_which() -> None:
    text = code(Excerpt("", COLUMNS[:1], [["2"]], "cube[1, :, :]"))
    assert text.startswith("# cube[1, :, :]\n")
    assert eval(text) == {"n": [2]}
