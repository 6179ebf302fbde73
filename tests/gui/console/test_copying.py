"""Cells are copied whole, as code, as output, and with prompts."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from support.console import Console
from vitrail_widgets.console.selection import Position, Selection
from vitrail_widgets.transcript.mime import MimeBundle

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def two(console: Console) -> Console:
    console.cell("a", "for n in range(2):\n    print(n)")
    console.apply(console.transcript.set_count("a", 1))
    console.stream("a", "0\n1\n")
    console.cell("b", "6 * 7")
    console.apply(console.transcript.set_count("b", 2))
    bundle = MimeBundle({"text/plain": "42"})
    console.apply(console.transcript.append_rich("b", bundle, execution_count=2))
    return console


def copied() -> str:
    return QGuiApplication.clipboard().text()


def choose(console: Console, cell_id: str, title: str) -> None:
    """Choose from the context menu of a cell."""
    menu: QMenu = console.view.menu_at(QPoint(300, console.view.viewport_y(cell_id) + 12))
    (action,) = [action for action in menu.actions() if action.text() == title]
    action.trigger()
    menu.close()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Copy the cell", "for n in range(2):\n    print(n)\n0\n1"),
        ("Copy as code", "for n in range(2):\n    print(n)"),
        ("Copy the output", "0\n1"),
        ("Copy as text with prompts", "In [1]: for n in range(2):\n   ...:     print(n)\n0\n1"),
    ],
)
def test_the_menu_of_a_cell_copies_it(two: Console, title: str, expected: str) -> None:
    choose(two, "a", title)
    assert copied() == expected


def test_the_cells_of_a_selection_are_copied_whole(two: Console) -> None:
    two.view.selected.select(Selection(Position(0, 0, 1, 4), Position(1, 0, 0, 1)))
    choose(two, "a", "Copy as code (2 cells)")
    assert copied() == "for n in range(2):\n    print(n)\n\n6 * 7"
    two.view.input.commands.run("cell.copy_with_prompts")
    assert copied().endswith("In [2]: 6 * 7\nOut[2]: 42")


def test_by_key_the_cell_is_copied_that_one_has_gone_to(two: Console) -> None:
    view = two.view
    view.input.setFocus()
    QTest.keyClick(view.input, Qt.Key.Key_C, CTRL_SHIFT)
    assert copied() == "6 * 7\n42"
    QTest.keyClick(view.input, Qt.Key.Key_Up, ALT)
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    QTest.keyClick(view, Qt.Key.Key_C, CTRL_SHIFT)
    assert copied() == "for n in range(2):\n    print(n)\n0\n1"


def test_without_output_none_is_offered_and_without_cells_nothing(console: Console) -> None:
    menu = console.view.menu_at(QPoint(300, 100))
    assert [action.text() for action in menu.actions()] == ["Copy", "Select all"]
    menu.close()
    assert not console.view.input.commands.run("cell.copy")
    console.cell("a", "x")
    menu = console.view.menu_at(QPoint(300, console.view.viewport_y("a") + 12))
    assert "Copy the output" not in [action.text() for action in menu.actions()]
    menu.close()
