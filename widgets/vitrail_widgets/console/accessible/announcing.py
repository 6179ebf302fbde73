"""Makes the console known to screen readers, and says when a cell has ended."""

from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface

from vitrail_widgets.console.accessible.interfaces import ConsoleInterface
from vitrail_widgets.console.accessible.words import ending_of
from vitrail_widgets.console.document import ConsoleDocument
from vitrail_widgets.transcript.cells import Cell, CellStatus
from vitrail_widgets.transcript.changes import Change, EntryChanged

ENDED = (CellStatus.DONE, CellStatus.FAILED, CellStatus.LOST)
READ = "vitrailIsReadAsDocument"


class Announcer:
    """Announces the ends of cells, where somebody listens."""

    def __init__(self, view: QObject, document: ConsoleDocument) -> None:
        """Have `view` read as a document from now on."""
        view.setProperty(READ, True)
        _install()
        self._view = view
        self._document = document
        self._running: set[str] = set()

    def follow(self, changes: Iterable[Change]) -> None:
        """Note which cells run, and say which have ended."""
        for change in changes:
            if isinstance(change, EntryChanged):
                cell = self._document.transcript.cell(change.entry_id)
                if cell is not None:
                    self._note(cell)

    def _note(self, cell: Cell) -> None:
        if cell.status is CellStatus.RUNNING:
            self._running.add(cell.id)
        elif cell.status in ENDED and cell.id in self._running:
            self._running.discard(cell.id)
            self._say(cell)

    def _say(self, cell: Cell) -> None:
        layout = self._document.cell_layout(cell.id)
        if layout is None or not QAccessible.isActive():
            return
        event = QAccessibleAnnouncementEvent(self._view, ending_of(cell, layout))
        if cell.status is not CellStatus.DONE:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)


@cache
def _install() -> None:
    QAccessible.installFactory(_made)


def _made(name: str, thing: QObject) -> QAccessibleInterface | None:
    """Return the interface of a console; Qt asks for every class of every object."""
    if name == "ConsoleView" and thing.property(READ):
        return ConsoleInterface(thing)  # type: ignore[arg-type]  # the name says that it is a widget
    return None
