"""The page of the inspector that is read: help about an object."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QElapsedTimer, QTimer, QUrl, Signal
from PySide6.QtGui import QFont, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.help.sheet import Links, Sheet
from vitrail_widgets.objects.inspection import Inspection
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.target import Target
from vitrail_widgets.qt.metrics import reading_font
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.links import is_followed

SLICE_MS = 6
MARGIN = 8


class HelpPage(QTextBrowser):
    """Shows help; a long one is written in slices, and one that did not change not at all.

    Attributes:
        title: What its tab is called.
        links: What can be clicked.

    Signals:
        target_wanted: A link to another object was followed.
        insert_wanted: An example is to be written into the console.
        place_wanted: A file is to be opened at a line, 0 for none.
        page_wanted: A link to a page of the web was followed.
    """

    title = tr("Help")
    target_wanted = Signal(object)
    insert_wanted = Signal(str)
    place_wanted = Signal(str, int)
    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.load("light")
        self._font = QFont()
        self._shown: Inspection | None = None
        self.links = Links({})
        self._writing: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self.setAccessibleName(tr("Help"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(MARGIN)
        self.anchorClicked.connect(self._on_anchor_clicked)

    @property
    def is_written(self) -> bool:
        """Whether all of it is there."""
        return not self._timer.isActive()

    def show_known(self, known: Known[Inspection]) -> None:
        """Show what is known; the same again is left as it stands."""
        if known.about == self._shown:
            return
        self._shown = known.about
        self._write()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        if (theme, code_font) == (self._theme, self._font):
            return
        self._theme, self._font = theme, code_font
        palette = theme.palette()
        palette.setColor(palette.ColorRole.Base, theme.bg)
        self.setPalette(palette)
        self.document().setDefaultFont(reading_font(code_font))
        self.document().setDefaultStyleSheet(f"a {{ color: {theme.accent.name()}; }}")
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setStyleSheet(scroll_bar_style(theme))
        at = self.verticalScrollBar().value()
        self._write()
        self.verticalScrollBar().setValue(at)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:  # noqa: N802 - Qt's name
        """Load nothing: no picture, no style sheet, no file and no page."""
        return None

    def _write(self) -> None:
        self._timer.stop()
        self.clear()
        about = self._shown
        if about is None:
            return
        self.links = Links(_useful(about))
        sheet = Sheet(QTextCursor(self.document()), self._theme, self._font, self.links)
        self._writing = sheet.write(about)
        self._timer.start()
        self._go_on()

    def _go_on(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        for _ in self._writing:
            if clock.elapsed() >= SLICE_MS:
                return
        self._timer.stop()

    def _on_anchor_clicked(self, url: QUrl) -> None:
        address = url.toString()
        links = self.links
        if address in links.targets:
            self.target_wanted.emit(links.targets[address])
        elif address in links.examples:
            self.insert_wanted.emit(links.examples[address])
        elif address in links.places:
            self.place_wanted.emit(*links.places[address])
        elif is_followed(address):
            self.page_wanted.emit(address)


def _useful(about: Inspection) -> dict[str, Target]:
    """Return the links but for those from the names of parameters, which mean themselves."""
    taken = {each.name for each in about.signature.parameters} if about.signature else set[str]()
    return {name: target for name, target in about.links if name not in taken}
