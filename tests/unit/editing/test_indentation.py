import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail_widgets.editing.indentation import (
    backspace_width,
    home_column,
    indent_after,
    indent_lines,
    outdent_lines,
    outdented,
    tab_width,
)


@pytest.mark.parametrize(
    ("source", "white"),
    [
        ("", ""),
        ("x", ""),
        ("  x", "  "),
        ("if x:", "    "),
        ("if x: # why", "    "),
        ("x[1:", "  "),
        ("return x", ""),
        ("    return x", ""),
        ("    returned", "    "),
        ("    x\n\n", ""),
        ("    x\n    ", "    "),
        ("if x:\n\n", "    "),
        ("# if x:", ""),
        ("'''a:", ""),
        ("f(", "    "),
        ("f( # a", "    "),
        ("f(a,", "  "),
        ("f(a,\n  b,", "  "),
        ("f(" + "g" * 45 + "(", "    "),
        ("\tf(", "\t\t"),
    ],
)
def test_where_the_next_line_starts(source: str, white: str) -> None:
    assert indent_after(source) == white


def test_a_continuation_far_to_the_right_hangs() -> None:
    assert indent_after("x" * 50 + "(a,") == "    "


@pytest.mark.parametrize(
    ("white", "less"), [("", ""), ("  ", ""), ("    ", ""), ("      ", "    "), ("\t", "")]
)
def test_a_level_less(white: str, less: str) -> None:
    assert outdented(white) == less


@given(st.lists(st.text(alphabet="a ", max_size=12)))
def test_indenting_is_undone_by_outdenting_where_the_indentation_is_whole(lines: list[str]) -> None:
    whole = [line.lstrip() if line.strip() else "" for line in lines]
    assert outdent_lines(indent_lines(whole)) == whole


def test_tab_goes_to_the_next_multiple_of_four() -> None:
    assert [tab_width("x" * column) for column in range(5)] == [4, 3, 2, 1, 4]


def test_backspace_takes_a_level_only_within_indentation() -> None:
    assert [backspace_width(" " * column) for column in range(9)] == [1, 1, 2, 3, 4, 1, 2, 3, 4]
    assert backspace_width("    x   ") == 1


def test_home_toggles() -> None:
    assert home_column("  x", 3) == 2
    assert home_column("  x", 2) == 0
    assert home_column("  x", 0) == 2
    assert home_column("x", 1) == 0
