"""The value of an object of a real kernel: asked for, drawn, looked at in parts, renewed."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidget, QWidget

from support.window import WindowSession, in_window
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.docks.inspector_pages import PAGES
from vitrail_widgets.inspector.value.curve_body import CurveBody
from vitrail_widgets.inspector.value.items_body import ItemsBody
from vitrail_widgets.inspector.value.page import ValuePage
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.look import Look
from vitrail_widgets.objects.value import Curve, Value
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.variables.variable import Freshness

pytestmark = pytest.mark.qasync


def inspect(session: WindowSession, name: str) -> None:
    """Look at the value of what a name stands for."""
    session.view.input.set_text(name)
    session.view.input.setFocus()
    QTest.keyClick(session.view.input, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    session.view.input.set_text("")
    tabs = dock(session).pane.tabs
    tabs.setCurrentIndex([page.title for page in PAGES].index("Value"))


def dock(session: WindowSession) -> InspectorDock:
    found = session.window.findChild(InspectorDock)
    assert isinstance(found, InspectorDock)
    return found


def page(session: WindowSession) -> ValuePage:
    found = dock(session).findChild(ValuePage)
    assert isinstance(found, ValuePage)
    return found


def known(session: WindowSession) -> Known[Value]:
    inspector = dock(session).inspector
    assert inspector is not None
    return inspector.page(dock(session).pane.tabs.currentIndex()).snapshot


def hover(widget: QWidget, share: float) -> None:
    """Move the pointer to a share of a widget's width; see `WindowSession.hover`."""
    place = QPointF(widget.width() * share, widget.height() / 2)
    none = Qt.MouseButton.NoButton
    keys = Qt.KeyboardModifier.NoModifier
    at = widget.mapToGlobal(place)
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, place, at, none, none, keys))


def curve(session: WindowSession) -> Curve:
    value = known(session).about
    assert value is not None
    assert isinstance(value.body, Curve)
    return value.body


def drawn(session: WindowSession) -> CurveBody:
    body = page(session).body
    assert isinstance(body, CurveBody)
    return body


def is_drawn(session: WindowSession) -> bool:
    return known(session).about is not None and isinstance(page(session).body, CurveBody)


@in_window
async def test_an_array_is_drawn_as_a_line_and_seen_in_parts(session: WindowSession) -> None:
    await session.run("import numpy as np; wave = np.sin(np.linspace(0, 20, 100_000))")
    inspect(session, "wave")
    await session.until(lambda: is_drawn(session))
    assert page(session).type.text() == "ndarray[float64]"
    assert ("shape", "100000") in page(session).facts.facts
    assert not curve(session).is_exact
    for _ in range(16):
        QTest.keyClick(drawn(session).plot, Qt.Key.Key_Plus)
    await session.until(lambda: curve(session).is_exact)
    start, stop = drawn(session).span
    assert stop - start < 1000
    await session.run("wave = wave * 2")
    await session.until(lambda: known(session).count == 2)
    assert ("max", "2") in page(session).facts.facts
    assert curve(session).is_exact, "the zoom is kept"
    QTest.keyClick(drawn(session).plot, Qt.Key.Key_0)
    await session.until(lambda: not curve(session).is_exact)


@in_window
async def test_an_element_under_the_pointer_is_told_in_full(session: WindowSession) -> None:
    await session.run("import numpy as np; big = np.array([1, 2**63 + 1], 'u8')")
    inspect(session, "big")
    await session.until(lambda: is_drawn(session))
    hover(drawn(session).plot.viewport(), 0.9)
    await session.until(lambda: str(2**63 + 1) in page(session).readout.text())


@in_window
async def test_a_value_is_told_while_a_cell_runs(session: WindowSession) -> None:
    await session.run("pears = [1, 2]")
    inspect(session, "pears")
    await session.until(lambda: known(session).freshness is Freshness.FRESH)
    session.type("import time; pears.append(3)\nwhile not globals().get('done'): time.sleep(0.01)")
    await session.until(lambda: session.cells[-1].status is CellStatus.RUNNING)

    def asked() -> bool:
        inspector = dock(session).inspector
        assert inspector is not None
        inspector.refresh()
        value = known(session).about
        return value is not None and ("length", "3") in value.facts

    await session.until(asked)
    assert session.cells[-1].status is CellStatus.RUNNING
    session.tab.interrupt()
    await session.until(lambda: session.cells[-1].status.is_finished)


@in_window
async def test_an_item_leads_on_and_the_way_back_is_there(session: WindowSession) -> None:
    await session.run("crate = {'apples': [3, 4]}")
    inspect(session, "crate")
    await session.until(lambda: isinstance(page(session).body, ItemsBody))
    table = page(session).findChild(QTreeWidget)
    assert isinstance(table, QTreeWidget)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    await session.until(
        lambda: known(session).about is not None and page(session).type.text() == "list"
    )
    assert dock(session).pane.header.field.text() == "crate['apples']"
    QTest.mouseClick(dock(session).pane.header.back, Qt.MouseButton.LeftButton)
    await session.until(lambda: page(session).type.text() == "dict")


def test_a_look_asks_for_what_differs_from_everything() -> None:
    assert Look(300, 200).question == {"width": 300, "height": 200, "offset": 0}
    assert Look(300, 200, x=(1, 5)).question["x"] == (1, 5)
