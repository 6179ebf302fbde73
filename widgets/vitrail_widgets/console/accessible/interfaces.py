"""Qt's accessible interfaces of the console: a document, and each of its entries.

A screen reader goes from cell to cell; the text of one is read through the text interface. Nothing
is made until something asks, and then for the entries that it asks about.
"""

from typing import Any, Protocol

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleTextInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from vitrail_widgets.console.accessible.words import text_of, title_of
from vitrail_widgets.console.arrangement import Arrangement
from vitrail_widgets.console.document import ConsoleDocument
from vitrail_widgets.console.entries import EntryLayout

Role, What = QAccessible.Role, QAccessible.Text


class Read(Protocol):
    """A view that is read."""

    document: ConsoleDocument
    arrangement: Arrangement

    def viewport(self) -> QWidget:
        """Return the widget that is drawn on."""
        ...


class EntryText(QAccessibleTextInterface):
    """The text of one entry, which cannot be edited and has no caret."""

    def __init__(self, layout: EntryLayout) -> None:
        super().__init__()
        self._text = text_of(layout)

    def characterCount(self) -> int:
        """Return how long it is."""
        return len(self._text)

    def text(self, start: int, end: int) -> str:
        """Return a part of it."""
        return self._text[start:end]

    def cursorPosition(self) -> int:
        """Return 0: there is no caret."""
        return 0

    def setCursorPosition(self, position: int) -> None:
        """Do nothing."""

    def selectionCount(self) -> int:
        """Return 0."""
        return 0

    def selection(self, index: int) -> Any:
        """Return nothing."""
        del index
        return 0, 0

    def addSelection(self, start: int, end: int) -> None:
        """Do nothing."""

    def removeSelection(self, index: int) -> None:
        """Do nothing."""

    def setSelection(self, index: int, start: int, end: int) -> None:
        """Do nothing."""

    def attributes(self, offset: int) -> Any:
        """Return none: what is said, not how it looks."""
        return 0, len(self._text) if offset >= 0 else 0, ""

    def characterRect(self, offset: int) -> QRect:
        """Return nothing: characters are found by line."""
        del offset
        return QRect()

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return -1: not known."""
        del point
        return -1

    def scrollToSubstring(self, start: int, end: int) -> None:
        """Do nothing."""


class EntryInterface(QAccessibleInterface):
    """A cell or a notice, as a screen reader meets it."""

    def __init__(self, view: Read, parent: QAccessibleInterface, layout: EntryLayout) -> None:
        super().__init__()
        self._view, self._parent, self.layout = view, parent, layout
        self._reading: EntryText | None = None

    def isValid(self) -> bool:
        """Whether the entry is still there."""
        return self.index >= 0

    @property
    def index(self) -> int:
        """Where it is, -1 for nowhere."""
        flow = self._view.document.flow
        found = (at for at in range(len(flow) - 1, -1, -1) if flow[at] is self.layout)
        return next(found, -1)

    def object(self) -> Any:
        """Return nothing: it is drawn, not a widget."""
        return None

    def window(self) -> QWindow:
        """Return the window of the console."""
        return self._parent.window()

    def parent(self) -> QAccessibleInterface:
        """Return the console."""
        return self._parent

    def child(self, index: int) -> Any:
        """Return nothing."""

    def childAt(self, x: int, y: int) -> Any:
        """Return nothing."""

    def childCount(self) -> int:
        """Return 0."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return -1."""
        del child
        return -1

    def text(self, what: QAccessible.Text) -> str:
        """Return the title, and the whole as value."""
        if what is What.Name:
            return title_of(self.layout)
        return text_of(self.layout) if what is What.Value else ""

    def setText(self, what: QAccessible.Text, text: str) -> None:
        """Do nothing: the past cannot be edited."""

    def rect(self) -> QRect:
        """Return where it stands on the screen."""
        viewport, flow = self._view.viewport(), self._view.document.flow
        top = self._view.arrangement.top + flow.top(self.index)
        corner = viewport.mapToGlobal(QPoint(0, top))
        return QRect(corner.x(), corner.y(), viewport.width(), self.layout.height)

    def role(self) -> QAccessible.Role:
        """Return that of a piece of a document."""
        return Role.Section

    def state(self) -> QAccessible.State:
        """Return that it is there and cannot be edited."""
        state = QAccessible.State()
        state.readOnly = state.multiLine = state.selectableText = True
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Return the text."""
        if kind is not QAccessible.InterfaceType.TextInterface:
            return super().interface_cast(kind)
        self._reading = EntryText(self.layout)  # Qt does not keep it
        return self._reading


class ConsoleInterface(QAccessibleWidget):
    """The console: its entries in order, then the widgets on it."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view, Role.Document, view.accessibleName())
        self._view: Any = view
        self._entries: dict[int, EntryInterface] = {}

    def childCount(self) -> int:
        """Return how many entries and widgets there are."""
        return len(self._flow) + super().childCount()

    def child(self, index: int) -> Any:
        """Return an entry, or a widget after the last of them."""
        if not 0 <= index < len(self._flow):
            return super().child(index - len(self._flow)) if index >= 0 else None
        layout = self._flow[index]
        known = self._entries.get(id(layout))
        if known is None or known.layout is not layout:
            known = self._entries[id(layout)] = EntryInterface(self._view, self, layout)
            QAccessible.registerAccessibleInterface(known)
        return known

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of an entry or a widget."""
        if isinstance(child, EntryInterface):
            return child.index
        inner = super().indexOfChild(child)
        return inner + len(self._flow) if inner >= 0 else inner

    def childAt(self, x: int, y: int) -> Any:
        """Return what is at a point of the screen."""
        view = self._view
        if view.input.rect().contains(view.input.mapFromGlobal(QPoint(x, y))):
            return QAccessible.queryAccessibleInterface(view.input)
        at = view.viewport().mapFromGlobal(QPoint(x, y)).y() - view.arrangement.top
        if 0 <= at < self._flow.height:
            return self.child(self._flow.index_at(at))
        return super().childAt(x, y)

    @property
    def _flow(self) -> Any:
        return self._view.document.flow
