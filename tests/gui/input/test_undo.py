"""Undo and redo, over lines and over what was run."""

import pytest

from support.input_pilot import Pilot
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme

BLOCK = "for i in x:\n    f(i)\n    g(i)"


def test_at_first_there_is_nothing_to_undo(pilot: Pilot) -> None:
    assert not pilot.area.document().isUndoAvailable()
    pilot.press("Ctrl+Z")
    assert pilot.area.document().documentMargin() == 0


def test_undo_goes_back_over_all_that_was_run(pilot: Pilot) -> None:
    for code in ("a = 1", BLOCK, "c"):
        pilot.area.set_text(code)
        pilot.press("Shift+Enter")
    assert pilot.submitted == ["a = 1", BLOCK, "c"]
    seen: list[str] = []
    while pilot.area.document().isUndoAvailable():
        pilot.press("Ctrl+Z")
        seen.append(pilot.area.text())
    assert seen == ["c", "", BLOCK, "", "a = 1", ""]


def test_redo_goes_forward_again(pilot: Pilot) -> None:
    pilot.area.set_text(BLOCK)
    pilot.press("Shift+Enter", "Ctrl+Z", "Ctrl+Z")
    assert pilot.area.text() == ""
    pilot.press("Ctrl+Shift+Z")
    assert pilot.area.text() == BLOCK
    pilot.press("Ctrl+Shift+Z")
    assert pilot.area.text() == ""
    assert pilot.submitted == [BLOCK]  # nothing runs twice for that


def test_what_came_back_can_be_changed_and_run(pilot: Pilot) -> None:
    pilot.type("f(1\n")
    pilot.press("Ctrl+Z", "Ctrl+E", "Backspace", "Backspace")
    pilot.type("2)\n")
    assert pilot.submitted == ["f(1)", "f(2)"]
    pilot.press("Ctrl+Z")
    assert pilot.area.text() == "f(2)"


def test_typed_lines_come_back_one_by_one(pilot: Pilot) -> None:
    pilot.type("if a:\nb\nc")
    seen = {pilot.area.text()}
    while pilot.area.document().isUndoAvailable():
        pilot.press("Ctrl+Z")
        seen.add(pilot.area.text())
    assert {"if a:\n    b\n    c", "if a:\n    b", "if a:", ""} <= seen


@pytest.mark.parametrize("key", ["Esc", "Ctrl+G", "Ctrl+U"])
def test_what_a_key_cleared_comes_back(pilot: Pilot, key: str) -> None:
    pilot.show("a + b|")
    pilot.press(key, "Ctrl+Z")
    assert pilot.area.text() == "a + b"


def test_a_recalled_entry_gives_the_draft_back(pilot: Pilot) -> None:
    pilot.type("past\ndraft")
    pilot.press("Ctrl+A", "Up", "Ctrl+Z")
    assert pilot.area.text() == "draft"


def test_another_font_theme_or_language_forgets_nothing(pilot: Pilot) -> None:
    pilot.type("x = 1\n")
    pilot.area.apply_theme(Theme.load("dark"), code_font(None, 14))
    pilot.area.set_lexer("r")
    pilot.press("Ctrl+Z")
    assert pilot.area.text() == "x = 1"
