"""Documentation beside what is typed: read as it was meant, and written in slices."""

import inspect
import subprocess

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from support.own_clock import own_time_s
from vitrail_widgets.qt.documentation import DocumentationWriter
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.text_pane import TextPane
from vitrail_widgets.qt.theme import Theme

NUMPY = """\
Sum of elements over
an axis.

Parameters
----------
a : array_like
    Elements of `a`.

Examples
--------
>>> np.sum([1, 2])
3"""


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


@pytest.fixture
def pane(window: QWidget) -> TextPane:
    made = TextPane(window, "Documentation")
    made.apply_theme(Theme.load("light"), code_font())
    return made


def blocks(pane: TextPane) -> list[QTextBlock]:
    edit = pane.findChild(QTextEdit)
    assert edit is not None
    document = edit.document()
    return [document.findBlockByNumber(index) for index in range(document.blockCount())]


def test_a_docstring_is_set_and_its_signs_are_gone(pane: TextPane, qtbot: QtBot) -> None:
    pane.set_text("sum(a)", NUMPY)
    qtbot.waitUntil(lambda: pane.shown.endswith("3"))
    assert pane.shown.splitlines() == [
        "sum(a)",
        "Sum of elements over an axis.",
        "Parameters",
        "a : array_like",
        "Elements of a.",
        "Examples",
        ">>> np.sum([1, 2])",
        "3",
    ]
    assert pane.text == f"sum(a)\n\n{NUMPY}"
    indents = [block.blockFormat().leftMargin() for block in blocks(pane)]
    assert indents[4] > indents[3] == 0
    colours = {each.format.foreground().color().name() for each in blocks(pane)[6].textFormats()}
    assert len(colours) > 2


def test_a_long_docstring_is_written_in_slices(pane: TextPane, qtbot: QtBot) -> None:
    text = "\n\n".join([inspect.getdoc(subprocess.Popen) or "", NUMPY] * 11)[:20_000]
    pane.set_text("warm", NUMPY)
    began_s = own_time_s()
    pane.set_text("long", text, "end")
    lasted_s = own_time_s() - began_s
    assert not pane.shown.endswith("end")
    size = pane.ideal_size(420, 300)
    assert size.height() == 300
    pane.appear(QRect(0, 0, size.width(), size.height()))
    qtbot.waitUntil(lambda: pane.shown.endswith("end"))
    assert pane.scrolled == 0
    assert lasted_s < 0.1  # it is 8 ms


def test_an_example_is_written_line_by_line(window: QWidget) -> None:
    document = QTextDocument(window)
    writer = DocumentationWriter(QTextCursor(document), Theme.load("light"), code_font())
    example = "\n".join(f">>> step({number})" for number in range(50))
    assert sum(1 for _ in writer.write(f"Examples:\n\n{example}")) == 51
    assert document.blockCount() == 51


def test_another_text_ends_what_was_being_written(pane: TextPane, qtbot: QtBot) -> None:
    pane.set_text("long", "\n\n".join(f"Sentence {number}." for number in range(2000)))
    pane.set_text("short", "Only this.")
    qtbot.waitUntil(lambda: not pane._timer.isActive())
    assert pane.shown == "short\nOnly this."
