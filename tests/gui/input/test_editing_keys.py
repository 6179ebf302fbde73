"""Keys that move, kill, and change whole lines."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from support.input_pilot import Pilot


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("    ab|", "Ctrl+A", "    |ab"),
        ("    |ab", "Ctrl+A", "|    ab"),
        ("a|b\nc", "Ctrl+E", "ab|\nc"),
        ("a|b", "Ctrl+B", "|ab"),
        ("ab\nc|d", "Ctrl+P", "a|b\ncd"),
        ("a|b\ncd", "Ctrl+N", "ab\nc|d"),
        ("a.b_c|", "Alt+B", "a.|b_c"),
        ("|a.b_c", "Alt+F", "a|.b_c"),
        ("a|.b_c d", "Alt+F", "a.b_c| d"),
        ("é🙂 x|", "Alt+B", "é🙂 |x"),
        ("ab\nc|d", "Alt+<", "|ab\ncd"),
        ("a|b\ncd", "Alt+>", "ab\ncd|"),
        ("ab\nc|d", "Ctrl+Up", "|ab\ncd"),
        ("a|b\ncd", "Ctrl+Down", "ab\ncd|"),
        ("ab|", "Ctrl+H", "a|"),
        ("        |x", "Ctrl+H", "    |x"),
        ("f(|)", "Ctrl+H", "f|"),
        ("a|b", "Ctrl+D", "a|"),
        ("a|\nb", "Ctrl+D", "a|b"),
        ("a|b\nc", "Ctrl+K", "a|\nc"),
        ("ab|\nc", "Ctrl+K", "ab|c"),
        ("ab|c", "Ctrl+U", "|c"),
        ("a.bc| d", "Ctrl+Backspace", "a.| d"),
        ("a.bc| d", "Alt+Backspace", "a.| d"),
        ("a|.bc d", "Ctrl+Del", "a| d"),
        ("a|.bc d", "Alt+D", "a| d"),
        ("a\nb|\nc", "Alt+Up", "b|\na\nc"),
        ("a\nb|\nc", "Alt+Down", "a\nc\nb|"),
        ("a\nb|", "Alt+Down", "a\nb|"),
        ("a|\nb", "Alt+Shift+Down", "a\na|\nb"),
        ("a|\nb", "Alt+Shift+Up", "a|\na\nb"),
        ("a|\n  b", "Ctrl+Shift+J", "a| b"),
        ("x|", "Ctrl+/", "# x|"),
        ("🙂x|", "Ctrl+/", "# 🙂x|"),
        ("a|b", "Ctrl+]", "    a|b"),
        ("    a|b", "Ctrl+[", "a|b"),
        ("abc|", "Esc", "|"),
        ("abc|", "Ctrl+G", "|"),
    ],
)
def test_what_a_key_does_and_undoes(pilot: Pilot, before: str, key: str, after: str) -> None:
    pilot.show(before)
    pilot.press(key)
    assert pilot.text == after
    if after.replace("|", "") != before.replace("|", ""):
        pilot.press("Ctrl+Z")
        assert pilot.area.text() == before.replace("|", "")


def test_a_key_to_move_takes_the_selection_away(pilot: Pilot) -> None:
    pilot.show("abc def|")
    pilot.select(0, 7)
    pilot.press("Alt+B")
    assert pilot.text == "abc |def"
    assert not pilot.area.textCursor().hasSelection()


def test_ctrl_a_in_a_wrapped_row_goes_to_that_rows_start(pilot: Pilot) -> None:
    pilot.show("x " * 100 + "|")
    pilot.press("Ctrl+A")
    assert 0 < pilot.area.textCursor().position() < 200


def test_ctrl_p_and_ctrl_n_walk_through_history_at_the_edges(pilot: Pilot) -> None:
    pilot.area.history.load(["past"])
    pilot.show("a\nb|")
    pilot.press("Ctrl+P", "Ctrl+A", "Ctrl+P")
    assert pilot.text == "past|"
    pilot.press("Ctrl+N")
    assert pilot.area.text() == "a\nb"


def test_what_was_killed_comes_back(pilot: Pilot) -> None:
    pilot.show("one two|")
    pilot.press("Alt+Backspace", "Ctrl+A", "Ctrl+Y")
    assert pilot.text == "two|one "


def test_kills_in_a_row_are_one(pilot: Pilot) -> None:
    pilot.show("one two three|")
    pilot.press("Alt+Backspace", "Alt+Backspace", "Ctrl+Y")
    assert pilot.text == "one two three|"
    pilot.press("Ctrl+A", "Ctrl+K", "Ctrl+Y", "Ctrl+Y")
    assert pilot.text == "one two threeone two three|"


def test_alt_y_turns_to_older_kills_right_after_a_yank(pilot: Pilot) -> None:
    pilot.show("one two|")
    pilot.press("Alt+Backspace", "Ctrl+A", "Ctrl+K", "Ctrl+Y")
    assert pilot.text == "one |"
    pilot.press("Alt+Y")
    assert pilot.text == "two|"
    pilot.press("Alt+Y")
    assert pilot.text == "one |"
    pilot.press("Left", "Alt+Y")
    assert pilot.text == "one| "


def test_with_nothing_killed_a_yank_changes_nothing(pilot: Pilot) -> None:
    pilot.type("ab")
    pilot.press("Ctrl+Z")
    pilot.press("Ctrl+Y")
    assert pilot.text == "|"


def test_a_kill_takes_what_is_selected(pilot: Pilot) -> None:
    pilot.show("abcd|")
    pilot.select(1, 3)
    pilot.press("Ctrl+K")
    assert pilot.text == "a|d"
    pilot.press("Ctrl+Y")
    assert pilot.text == "abc|d"


def test_ctrl_d_leaves_an_empty_input_alone(pilot: Pilot) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_D, ctrl, "\x04")
    pilot.area.keyPressEvent(event)
    assert not event.isAccepted()
    assert pilot.text == "|"


def test_comments_go_on_and_off_for_all_selected_lines(pilot: Pilot) -> None:
    pilot.show("if a:\n    b\n\n    c|")
    pilot.select(2, 14)
    pilot.press("Ctrl+/")
    assert pilot.area.text() == "# if a:\n#     b\n\n#     c"
    pilot.press("Ctrl+/")
    assert pilot.area.text() == "if a:\n    b\n\n    c"


def test_each_language_has_its_own_comments(pilot: Pilot) -> None:
    pilot.area.set_lexer("javascript")
    pilot.show("let a|")
    pilot.press("Ctrl+/")
    assert pilot.text == "// let a|"


def test_the_body_of_a_cell_magic_is_commented_in_its_language(pilot: Pilot) -> None:
    pilot.show("%%javascript\nlet a|")
    pilot.press("Ctrl+/")
    assert pilot.text == "%%javascript\n// let a|"


def test_the_selection_grows_by_units_and_shrinks_again(pilot: Pilot) -> None:
    pilot.show("f(ab.c|d, 'x')")
    seen: list[str] = []
    for _ in range(4):
        pilot.press("Alt+Shift+Right")
        seen.append(pilot.area.textCursor().selectedText())
    assert seen == ["cd", "ab.cd", "ab.cd, 'x'", "(ab.cd, 'x')"]
    pilot.press("Alt+Shift+Left", "Alt+Shift+Left")
    assert pilot.area.textCursor().selectedText() == "ab.cd"


def test_escape_takes_the_selection_away_before_the_text(pilot: Pilot) -> None:
    pilot.show("abc|")
    pilot.select(0, 3)
    pilot.press("Esc")
    assert pilot.text == "abc|"
    pilot.press("Esc")
    assert pilot.text == "|"
    pilot.press("Ctrl+Z")
    assert pilot.area.text() == "abc"


def test_ctrl_enter_between_brackets_gives_each_a_line(pilot: Pilot) -> None:
    pilot.show("  f(|)")
    pilot.press("Ctrl+Enter")
    assert pilot.text == "  f(\n      |\n  )"
