"""The console as a screen reader meets it, and every control with a name."""

import gc

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from support.console import Console
from support.lone_window import lone_window
from vitrail_widgets.console.accessible import announcing
from vitrail_widgets.console.accessible.words import LONGEST, text_of
from vitrail_widgets.transcript.cells import CellStatus, NoticeLevel

Name, Value = QAccessible.Text.Name, QAccessible.Text.Value


def interface(console: Console) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(console.view)
    assert found is not None
    return found


def names(console: Console) -> list[str]:
    found = interface(console)
    entries = len(console.view.document.flow)
    return [found.child(index).text(Name) for index in range(entries)]


def test_the_console_is_a_document_of_cells(console: Console) -> None:
    console.cell("a", "print('x')")
    console.stream("a", "one\ntwo\nthree")
    console.finish("a", CellStatus.FAILED)
    console.apply(console.transcript.append_notice("n", NoticeLevel.INFO, "Kernel restarted"))
    console.cell("b", "1+1")
    assert interface(console).role() == QAccessible.Role.Document
    assert interface(console).text(Name) == "Console"
    assert names(console) == [
        "In 1, error, 3 lines",
        "Notice: Kernel restarted",
        "In 1, running, no output",
    ]


def test_a_cell_is_read_as_text(console: Console) -> None:
    console.cell("a", "print('x')")
    console.stream("a", "one\ntwo")
    cell = interface(console).child(0)
    assert cell.text(Value) == "print('x')\none\ntwo"
    text = cell.textInterface()
    assert text.characterCount() == len("print('x')\none\ntwo")
    assert text.text(11, 14) == "one"


def test_a_million_lines_are_not_all_read(console: Console) -> None:
    console.cell("a")
    console.stream("a", "some text\n" * 100_000)
    assert len(text_of(console.view.document.flow[0])) <= LONGEST
    assert names(console)[0].startswith("In 1, running, 10000")


def test_cells_know_their_place(console: Console) -> None:
    for name in "abc":
        console.cell(name)
    found = interface(console)
    assert [found.indexOfChild(found.child(at)) for at in range(3)] == [0, 1, 2]
    assert found.child(1).parent().text(Name) == "Console"
    tops = [found.child(at).rect().top() for at in range(3)]
    assert tops == sorted(set(tops))


def test_a_point_leads_to_its_cell_or_to_the_input(console: Console) -> None:
    console.view.show()
    console.cell("a")
    corner = console.view.viewport().mapToGlobal(QPoint(200, console.view.viewport_y("a") + 5))
    at = interface(console).childAt(corner.x(), corner.y())
    assert at.text(Name).startswith("In 1")
    inside = console.view.input.mapToGlobal(QPoint(5, 5))
    at = interface(console).childAt(inside.x(), inside.y())
    assert at.text(Name) == "Input"


def test_the_input_follows_the_cells(console: Console) -> None:
    console.cell("a")
    found = interface(console)
    inner = [found.child(at) for at in range(found.childCount())]
    assert len(inner) == found.childCount() > 1
    assert None not in inner


def test_interfaces_outlive_nothing(qtbot: QtBot) -> None:
    console = Console()
    console.cell("a")
    child = interface(console).child(0)
    assert child.isValid()
    del child
    console.view.deleteLater()
    gc.collect()
    qtbot.waitUntil(lambda: not isValid(console.view))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is announced while somebody listens."""
    found: list[str] = []

    class Heard:
        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: object) -> None:
            found.append(event.message())  # type: ignore[attr-defined]

        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

    monkeypatch.setattr(announcing, "QAccessible", Heard)
    return found


def test_the_end_of_a_cell_is_said(console: Console, said: list[str]) -> None:
    for name, status in (("a", CellStatus.DONE), ("b", CellStatus.FAILED)):
        console.apply(console.transcript.append_cell(name, "code", count=7, at=1.0))
        console.apply(console.transcript.set_status(name, CellStatus.RUNNING, 1.0))
        console.stream(name, "first\nlast\n")
        console.finish(name, status)
    assert said == ["In 7 finished: last", "In 7 error: last"]


def test_every_control_of_the_window_has_a_name(qtbot: QtBot) -> None:
    window = lone_window()
    qtbot.addWidget(window)
    window.show()
    nameless: list[str] = []
    for widget in window.findChildren(QWidget):
        is_control = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        is_inner = isinstance(widget, QScrollBar) or isinstance(
            widget.parentWidget(), QAbstractScrollArea
        )
        if not is_control or is_inner:
            continue
        found = QAccessible.queryAccessibleInterface(widget)
        if not found.text(Name):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []
