"""What is done with variables, as code: only literals are written, names are checked."""

import pytest

from vitrail_widgets.variables.edits import (
    EditError,
    delete_code,
    duplicate_code,
    rename_code,
    value_code,
    value_text,
)
from vitrail_widgets.variables.variable import Variable


def made(type_name: str, preview: str = "1", size: str = "", kind: str = "instance") -> Variable:
    return Variable("x", kind, type_name, size, 28, preview, 1)


def test_a_variable_is_renamed_copied_and_deleted_by_code() -> None:
    assert rename_code("x", " y ", {"x"}) == "y = x\ndel x"
    assert duplicate_code(made("int"), {"x"}) == "x_copy = x"
    assert duplicate_code(made("list"), {"x_copy"}) == ("x_copy2 = __import__('copy').deepcopy(x)")
    assert delete_code(["a", "b"]) == "del a, b"


@pytest.mark.parametrize("name", ["", "2x", "a b", "class", "x.y", "taken", "None"])
def test_what_is_no_free_name_is_refused(name: str) -> None:
    with pytest.raises(EditError):
        rename_code("x", name, {"x", "taken"})


@pytest.mark.parametrize(
    "text", ["7", "-2.5", "1e9", "2+3j", "'it''s'", 'b"\\x00"', "True", "None", "0x1F"]
)
def test_literals_are_written_as_they_were_typed(text: str) -> None:
    assert value_code("x", f" {text} ") == f"x = {text}"


def test_numbers_that_no_literal_writes_are_made() -> None:
    assert value_code("x", "-inf") == "x = float('-inf')"
    assert value_code("x", "NaN") == "x = float('nan')"


@pytest.mark.parametrize(
    "text", ["", "y", "f()", "[1]", "1; import os", "'open", "1\n2", "...", "9" * 20_000, "(1,)"]
)
def test_what_is_no_literal_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        value_code("x", text)


def test_simple_values_that_are_all_here_can_be_edited() -> None:
    assert value_text(made("str", "'abc'", "3")) == "'abc'"
    assert value_text(made("bool", "True")) == "True"
    assert value_text(made("float", "nan")) == "nan"


@pytest.mark.parametrize(
    "row",
    [
        made("list", "[1]", "1"),
        made("str", "'abc...'", "500"),
        made("str", "'abc", "500"),
        made("int", "100001 bits"),
        made("function", "(a)", kind="function"),
        Variable("x", "instance", "int", "", None, "", 1, is_brief=True),
    ],
)
def test_other_values_cannot(row: Variable) -> None:
    assert value_text(row) is None
