"""Trees of objects and sources are drawn in the theme's colours, and no others."""

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vitrail_widgets.inspector.source.code import CodeView
from vitrail_widgets.inspector.tree.model import ObjectModel
from vitrail_widgets.inspector.tree.view import ObjectTree
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.members import Group, Inside, Member, Members
from vitrail_widgets.objects.target import Step, Target
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.variable import Freshness

THING = Target("thing")


def shown(qtbot: QtBot, held: QWidget) -> QWidget:
    window = QWidget()
    QVBoxLayout(window).addWidget(held)
    qtbot.addWidget(window)
    window.resize(400, 200)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_the_row_that_the_keyboard_comes_to_is_chosen_and_flat(qtbot: QtBot) -> None:
    rows = tuple(
        Member(Step("attribute", name, f".{name}"), name, "instance", "int", "", "1")
        for name in "ab"
    )
    model = ObjectModel(is_flat=True)
    members = Members(THING, {THING: Inside((Group("item", 2, rows),))})
    model.show(Known(THING, members, Freshness.FRESH))
    window = QWidget()
    tree = ObjectTree(model, window, "Items")
    tree.apply_theme(Theme.load("light"), code_font())
    window = shown(qtbot, tree)
    qtbot.waitUntil(tree.hasFocus)
    assert tree.currentIndex().isValid()
    assert tree.selectionModel().isSelected(tree.currentIndex())
    picture = tree.viewport().grab().toImage()
    row = tree.visualRect(tree.currentIndex())
    right = tree.viewport().width() - 2
    grounds = {picture.pixelColor(right, y).name() for y in range(row.top(), row.bottom() + 1)}
    assert len(grounds) == 1


def test_there_is_no_frame_between_the_bars_of_a_source(qtbot: QtBot) -> None:
    code = CodeView()
    window = shown(qtbot, code)
    code.apply_theme(Theme.load("light"), code_font())
    code.setPlainText("\n".join("x" * 500 for _ in range(200)))
    qtbot.waitUntil(code.horizontalScrollBar().isVisible)
    across, down = code.horizontalScrollBar(), code.verticalScrollBar()
    size = QSize(down.width(), across.height())
    at = QPoint(code.width() - size.width(), code.height() - size.height())
    picture = window.grab().toImage().copy(code.x() + at.x(), code.y() + at.y(), 12, 12)
    colours = {picture.pixelColor(x, y).name() for x in range(12) for y in range(12)}
    assert len(colours) == 1
