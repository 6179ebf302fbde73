"""What the user has selected in the transcript."""

from collections.abc import Collection, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from vitrail_widgets.console.document import ConsoleDocument, joined
from vitrail_widgets.console.late_text import LateText
from vitrail_widgets.console.selection import Position, Selection
from vitrail_widgets.transcript.changes import Change, EntryRemoved, OutputsCleared


class TranscriptSelection(QObject):
    """Holds the selection of one console.

    Signals:
        changed: Something else, or nothing, is selected.
        copied: Text went to the clipboard.
    """

    changed = Signal()
    copied = Signal()

    def __init__(self, document: ConsoleDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._range: Selection | None = None

    @property
    def range(self) -> Selection | None:
        """The selection; it may be empty, a place from which to extend it."""
        return self._range

    @property
    def exists(self) -> bool:
        """Whether there is something to copy."""
        return self._range is not None and not self._range.is_empty

    def select(self, selection: Selection | None) -> None:
        """Select a stretch of the transcript, or nothing."""
        if selection != self._range:
            self._range = selection
            self.changed.emit()

    def select_all(self) -> None:
        """Select the whole transcript."""
        if len(self._document.flow):
            self.select(Selection(Position(0, 0, 0, 0), self._document.end()))

    def follow(self, inserted: Iterable[int], changes: Collection[Change]) -> None:
        """Keep the same text selected after the transcript changed, or nothing where it is gone.

        Args:
            inserted: Where entries came in.
            changes: What else happened; outputs that were cleared, and cells that were taken out or
                moved, take the selection along.
        """
        for index in inserted:
            if self._range is not None:
                self._range = self._range.shifted(index)
        gone = min((c.index for c in changes if isinstance(c, EntryRemoved)), default=None)
        if self._range is None or (gone is not None and self._range.last.entry >= gone):
            self.select(None)
            return
        ends = (self._range.first, self._range.last)
        position = self._document.transcript.position
        cleared = [position(c.entry_id) for c in changes if isinstance(c, OutputsCleared)]
        touched = any(ends[0].entry <= index <= ends[1].entry for index in cleared)
        if (touched and ends[1].block > 0) or not all(map(self._document.holds, ends)):
            self.select(None)

    def text(self) -> str:
        """Return the selected text."""
        return self._document.text(self._range) if self._range is not None else ""

    def copy(self) -> bool:
        """Copy the selected text; say whether there was any."""
        if self.exists:
            QGuiApplication.clipboard().setText(self.text())
            self.copied.emit()
        return self.exists

    def offer(self) -> None:
        """Make it the primary selection, where the system has one (X11: the middle button)."""
        clipboard = QGuiApplication.clipboard()
        if self.exists and clipboard.supportsSelection():
            clipboard.setMimeData(self.late_text(), QClipboard.Mode.Selection)

    def late_text(self) -> LateText:
        """Return the selected text, to be made when it is pasted; hardly ever it is."""
        chosen = self._range
        stretches = self._document.stretches(chosen) if chosen is not None else []
        return LateText(lambda: joined(stretches))
