"""The inspector used as a person would; its page Value above all."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from support.window import WindowSession
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.docks.inspector_pages import PAGES
from vitrail_widgets.inspector.value.body import BodyView
from vitrail_widgets.inspector.value.page import ValuePage
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.value import Value

B = TypeVar("B", bound=BodyView)


def inspect(session: WindowSession, name: str) -> None:
    """Look at the value of what a name stands for."""
    look_up(session, name)
    turn_to(session, "Value")


def look_up(session: WindowSession, name: str) -> None:
    """Ask about a name by the key of the inspector, at the page that it shows."""
    session.view.input.set_text(name)
    session.view.input.setFocus()
    QTest.keyClick(session.view.input, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    session.view.input.set_text("")


def turn_to(session: WindowSession, title: str) -> None:
    """Have the inspector show one of its pages."""
    dock(session).pane.tabs.setCurrentIndex([page.title for page in PAGES].index(title))


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
    found: Known[Value] = inspector.page(dock(session).pane.tabs.currentIndex()).snapshot
    return found


def value(session: WindowSession) -> Value:
    found = known(session).about
    assert found is not None
    return found


def drawn(session: WindowSession, kind: type[B]) -> B:
    """Return the view that shows the value."""
    body = page(session).body
    assert isinstance(body, kind)
    return body


async def until_drawn(session: WindowSession, kind: type[B]) -> B:
    """Wait until a view of a kind shows a value; return it."""
    await session.until(
        lambda: known(session).about is not None and isinstance(page(session).body, kind)
    )
    return drawn(session, kind)


def hover(widget: QWidget, x: float, y: float = 0.5) -> None:
    """Move the pointer to a share of a widget's width and height; see `WindowSession.hover`."""
    place = QPointF(widget.width() * x, widget.height() * y)
    none = Qt.MouseButton.NoButton
    keys = Qt.KeyboardModifier.NoModifier
    at = widget.mapToGlobal(place)
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, place, at, none, none, keys))
