"""What is pasted and dropped."""

import subprocess
import sys
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from support.console import Console
from support.dropping import drop, files, text
from support.input_pilot import Pilot
from support.sources import ROOT
from support.x_server import XServer
from vitrail_widgets.qt.theme import Theme

SESSION = """\
In [1]: for i in range(2):
   ...:     print(i)
   ...:
0
1

In [2]: x = 6 * 7
"""


def paste(pilot: Pilot, text: str, key: str = "Ctrl+V") -> None:
    QGuiApplication.clipboard().setText(text)
    pilot.press(key)


def test_a_pasted_session_loses_its_prompts_and_outputs(pilot: Pilot) -> None:
    paste(pilot, SESSION)
    assert pilot.text == "for i in range(2):\n    print(i)\n\nx = 6 * 7|"
    pilot.press("Ctrl+Z")
    assert pilot.text == "|"


def test_ctrl_shift_v_pastes_as_it_is(pilot: Pilot) -> None:
    paste(pilot, ">>> x\r\n>>> y", "Ctrl+Shift+V")
    assert pilot.area.text() == ">>> x\n>>> y"
    pilot.press("Ctrl+Enter")
    paste(pilot, ">>> z")
    assert pilot.area.text() == ">>> x\n>>> y\nz"


def test_what_is_pasted_takes_the_indentation_of_its_place(pilot: Pilot) -> None:
    pilot.show("if a:\n    |")
    paste(pilot, "  b\n    c\n")
    assert pilot.area.text() == "if a:\n    b\n      c\n"


def test_a_pasted_selection_is_replaced(pilot: Pilot) -> None:
    pilot.show("f(a)|")
    pilot.select(2, 3)
    paste(pilot, "b")
    assert pilot.text == "f(b|)"


def test_into_a_string_text_is_pasted_as_it_is(pilot: Pilot) -> None:
    pilot.show("'''\n|'''")
    paste(pilot, "    >>> x\n    1")
    assert pilot.area.text() == "'''\n    >>> x\n    1'''"


def test_in_other_languages_arrows_are_no_prompts(pilot: Pilot) -> None:
    pilot.area.set_lexer("r")
    paste(pilot, ">>> x")
    assert pilot.area.text() == ">>> x"


def test_files_are_pasted_by_their_paths(pilot: Pilot) -> None:
    QGuiApplication.clipboard().setMimeData(files("/a b/c.csv"))
    pilot.press("Ctrl+V")
    assert pilot.area.text() == "'/a b/c.csv'"
    QGuiApplication.clipboard().clear()  # what Python made must not outlive it


@pytest.mark.parametrize(
    ("lexer", "before", "after"),
    [
        ("ipython3", "open(|)", "open('/a b', '/ü')"),
        ("ipython3", "open('|')", "open('/a b /ü')"),
        ("ipython3", "!ls |", "!ls '/a b' '/ü'"),
        ("r", "read.csv(|)", 'read.csv("/a b", "/ü")'),
    ],
)
def test_dropped_files_are_quoted_as_their_place_wants(
    pilot: Pilot, lexer: str, before: str, after: str
) -> None:
    pilot.area.set_lexer(lexer)
    pilot.show(before)
    place = pilot.area.cursorRect().center()
    assert drop(pilot.area.viewport(), files("/a b", "/ü"), place)
    assert pilot.area.text() == after


def test_text_is_dropped_where_the_pointer_is(pilot: Pilot) -> None:
    pilot.show("ab|")
    cursor = pilot.area.textCursor()
    cursor.setPosition(1)
    place = pilot.area.cursorRect(cursor).center()
    assert drop(pilot.area.viewport(), text("X"), place)
    assert pilot.text == "aX|b"
    pilot.press("Ctrl+Z")
    assert pilot.area.text() == "ab"


def test_while_something_is_dragged_its_place_is_marked(pilot: Pilot) -> None:
    pilot.show("abcdefgh|")
    cursor = pilot.area.textCursor()
    cursor.setPosition(4)
    place = pilot.area.cursorRect(cursor).topLeft() + QPoint(1, 5)
    accent = Theme.load("light").accent
    pilot.area.clearFocus()  # and the caret with it

    def is_marked() -> bool:
        return pilot.area.viewport().grab().toImage().pixelColor(place) == accent

    assert not is_marked()
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    viewport = pilot.area.viewport()
    source = text("x")
    QApplication.sendEvent(viewport, QDragEnterEvent(place, copy, source, left, none))
    QApplication.sendEvent(viewport, QDragMoveEvent(place, copy, source, left, none))
    assert is_marked()
    QApplication.sendEvent(viewport, QDragLeaveEvent())
    assert not is_marked()


def test_a_web_page_is_dropped_as_its_address(pilot: Pilot) -> None:
    source = QMimeData()
    source.setUrls([QUrl("https://example.org/a")])
    assert drop(pilot.area.viewport(), source, QPoint(1, 1))
    assert pilot.area.text() == "https://example.org/a"


def test_a_picture_is_not_taken(pilot: Pilot) -> None:
    source = QMimeData()
    source.setData("image/png", b"\x89PNG")
    assert not drop(pilot.area.viewport(), source, QPoint(1, 1))


def test_what_is_dropped_on_the_transcript_goes_into_the_input(qtbot: QtBot) -> None:
    console = Console()
    view = console.view
    qtbot.addWidget(view)
    view.show()
    view.activateWindow()
    view.input.set_text("x = ")
    assert drop(view.viewport(), text("1"), QPoint(3, 3))
    assert drop(view.viewport(), files("/a"), QPoint(3, 3))
    assert view.input.text() == 'x = 1"/a"'
    qtbot.waitUntil(view.input.hasFocus)
    picture = QMimeData()
    picture.setData("image/png", b"\x89PNG")
    assert not drop(view.viewport(), picture, QPoint(3, 3))
    view.input.hide()
    assert not drop(view.viewport(), text("1"), QPoint(3, 3))


class Dragged(QDropEvent):
    """A drop of what was dragged from somewhere inside of the program."""

    def __init__(self, origin: QWidget, source: QMimeData, at: QPoint) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        super().__init__(QPointF(at), Qt.DropAction.CopyAction, source, left, none)
        self._origin = origin

    def source(self) -> QWidget:
        return self._origin


def test_text_moved_within_the_input_stays_as_it_is(pilot: Pilot) -> None:
    pilot.area.set_text("a\n")
    pilot.area.moveCursor(QTextCursor.MoveOperation.End)
    place = pilot.area.cursorRect().center()
    source = text("  >>> x")
    pilot.area.dropEvent(Dragged(pilot.area.viewport(), source, place))
    assert pilot.area.text() == "a\n  >>> x"


MIDDLE_BUTTON = """
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
application = QApplication([])
from support.console import Console
console = Console()
view, area = console.view, console.view.input
console.cell("a", "one")
console.finish("a")
view.set_lexer("ipython3")
view.show()
view.activateWindow()
assert QTest.qWaitForWindowActive(view, 30_000)
area.set_text("ab")
cursor = area.textCursor()
cursor.setPosition(1)
clipboard = application.clipboard()
clipboard.setText(">>> x = 1", QClipboard.Mode.Selection)
QTest.mouseClick(area.viewport(), Qt.MouseButton.MiddleButton, pos=area.cursorRect(cursor).center())
print(area.text())
area.set_text("y = ")
QTest.mouseClick(view.viewport(), Qt.MouseButton.MiddleButton, pos=QPoint(300, 25))
print(area.text(), area.hasFocus())
area.selectAll()
QTest.mouseDClick(area.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 8))
print(clipboard.text(QClipboard.Mode.Selection))
"""


def run_in(server: XServer, script: str) -> Sequence[str]:
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**server.env, "PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_middle_button_pastes_the_primary_selection(xvfb: XServer) -> None:
    assert run_in(xvfb, MIDDLE_BUTTON) == ["ax = 1b", "y = x = 1 True", "y"]
