"""Brackets and quotes that close by themselves, and lines that move out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from support.input_pilot import Pilot

CODES = [
    "f(a[0], {'b': \"c\"})",
    "x = (1, 2)",
    "print('it', f\"{x}\")",
    "d['a']['b']",
    '"""doc"""',
    "x = '''a'''",
    "'' + \"\"",
    "don't",
    "# it's (not",
    "'(' + ')'",
    "((()))",
    "x)",
    "rb'a'",
    "a = []; b = {}",
    "'''a'b\"c'''",
    '!echo "it\'s"',
]


@pytest.mark.parametrize("code", CODES)
def test_what_one_types_is_what_one_gets(pilot: Pilot, code: str) -> None:
    pilot.type(code)
    assert pilot.area.text() == code
    assert pilot.text.endswith("|")


@pytest.mark.parametrize("code", CODES)
def test_undone_nothing_is_left(pilot: Pilot, code: str) -> None:
    pilot.type(code)
    while pilot.area.document().isUndoAvailable():
        pilot.press("Ctrl+Z")
    assert pilot.area.text() == ""


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet="([{}])'\"a #,", max_size=14))
def test_what_was_typed_stands_before_the_caret_whatever_it_is(pilot: Pilot, typed: str) -> None:
    pilot.area.clear()  # and nothing to undo
    pilot.type(typed)
    before, _, after = pilot.text.partition("|")
    assert before == typed
    assert set(after) <= set(")]}'\"")
    while pilot.area.document().isUndoAvailable():
        pilot.press("Ctrl+Z")
    assert pilot.area.text() == ""


def test_the_other_half_stands_behind_the_caret(pilot: Pilot) -> None:
    pilot.type("print(f['a")
    assert pilot.text == "print(f['a|'])"
    pilot.press("Ctrl+E")
    pilot.press("Enter")
    assert pilot.submitted == ["print(f['a'])"]


def test_enter_runs_what_closed_by_itself(pilot: Pilot) -> None:
    pilot.type("print('a\n")
    assert pilot.submitted == ["print('a')"]


def test_a_bracket_after_an_emoji_closes_too(pilot: Pilot) -> None:
    pilot.show("x = '🙂' + |")
    pilot.type("f(")
    assert pilot.area.text() == "x = '🙂' + f()"
    pilot.press("Backspace")
    assert pilot.area.text() == "x = '🙂' + f"


def test_a_bracket_that_somebody_typed_is_not_typed_over(pilot: Pilot) -> None:
    pilot.show("f(x|)")
    pilot.type(")")
    assert pilot.text == "f(x)|)"


def test_backspace_takes_the_half_that_came_along(pilot: Pilot) -> None:
    pilot.type("f(['")
    pilot.press("Backspace")
    assert pilot.text == "f([|])"
    pilot.press("Backspace", "Backspace")
    assert pilot.text == "f|"


def test_backspace_takes_back_three_quotes(pilot: Pilot) -> None:
    pilot.type('"""')
    assert pilot.text == '"""|"""'
    pilot.press("Backspace")
    assert pilot.text == '""|'


def test_a_selection_is_wrapped_and_stays_selected(pilot: Pilot) -> None:
    pilot.show("ab|")
    pilot.select(2, 0)
    pilot.type("(")
    pilot.type('"')
    assert pilot.area.text() == '("ab")'
    assert pilot.area.textCursor().selectedText() == "ab"
    pilot.press("Ctrl+Z")
    assert pilot.area.text() == "(ab)"


def test_one_undo_takes_both_halves_away(pilot: Pilot) -> None:
    pilot.show("f|")
    pilot.type("(")
    pilot.press("Ctrl+Z")
    assert pilot.area.text() == "f"


def test_within_strings_and_comments_nothing_closes(pilot: Pilot) -> None:
    pilot.show("# |")
    pilot.type("(")
    assert pilot.text == "# (|"
    pilot.show("'a |'")
    pilot.type("[")
    assert pilot.text == "'a [|'"


def test_turned_off_nothing_closes(pilot: Pilot) -> None:
    pilot.area.typing.closes = False
    pilot.type("f(['")
    assert pilot.text == "f(['|"
    pilot.show("f(|)")
    pilot.press("Backspace")
    assert pilot.text == "f|)"


def test_other_languages_have_other_quotes(pilot: Pilot) -> None:
    pilot.area.set_lexer("r")
    pilot.type("`")
    assert pilot.text == "`|`"
    pilot.area.set_lexer("clojure")
    pilot.show("|")
    pilot.type("'(")
    assert pilot.text == "'(|)"


def test_text_from_an_input_method_closes_nothing(pilot: Pilot) -> None:
    composed = QInputMethodEvent()
    composed.setCommitString("(")
    QApplication.sendEvent(pilot.area, composed)
    assert pilot.text == "(|"


def test_enter_between_brackets_that_closed_by_themselves_opens_them(pilot: Pilot) -> None:
    pilot.type("x = [\n1,\n2")
    assert pilot.text == "x = [\n    1,\n    2|\n]"
    assert pilot.submitted == []
    pilot.press("Shift+Enter")
    assert pilot.submitted == ["x = [\n    1,\n    2\n]"]


def test_enter_in_a_long_string_that_closed_by_itself_goes_on_in_it(pilot: Pilot) -> None:
    pilot.type("x = '''a\nb")
    assert pilot.text == "x = '''a\nb|'''"
    assert pilot.submitted == []


def test_enter_after_a_comma_goes_on_in_the_next_line(pilot: Pilot) -> None:
    pilot.type("f(a,\nb")
    assert pilot.text == "f(a,\n  b|)"
    pilot.press("Enter")
    assert pilot.submitted == ["f(a,\n  b)"]


def test_enter_in_a_block_leaves_what_closed_by_itself(pilot: Pilot) -> None:
    pilot.type("if a:\nprint(b['c\nd")
    assert pilot.text == "if a:\n    print(b['c'])\n    d|"


def test_enter_in_brackets_that_were_there_runs(pilot: Pilot) -> None:
    pilot.show("f(|)")
    pilot.press("Enter")
    assert pilot.submitted == ["f()"]


def test_a_clause_moves_below_its_statement(pilot: Pilot) -> None:
    pilot.type("if a:\nb\nelif c:\nreturn\nelse:")
    assert pilot.area.text() == "if a:\n    b\nelif c:\n    return\nelse:"


def test_one_undo_takes_the_move_and_the_colon_back(pilot: Pilot) -> None:
    pilot.show("try:\n    a\n    finally|")
    pilot.type(":")
    assert pilot.text == "try:\n    a\nfinally:|"
    pilot.press("Ctrl+Z")
    assert pilot.area.text() == "try:\n    a\n    finally"


def test_a_closing_bracket_moves_below_the_line_that_opened_it(pilot: Pilot) -> None:
    pilot.area.typing.closes = False
    pilot.show("f(\n    a,\n    |")
    pilot.type(")")
    assert pilot.text == "f(\n    a,\n)|"


def test_in_an_enormous_text_keys_are_only_keys(pilot: Pilot) -> None:
    pilot.area.set_max_height(200)
    pilot.show("x\n" * 20_000 + "|")
    pilot.type("(")
    assert pilot.area.text().endswith("\n(")
