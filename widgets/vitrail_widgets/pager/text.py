"""The text of the pager: terminal text or static HTML, of which nothing is ever loaded."""

from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.formats import Formats, TextFormat
from vitrail_widgets.transcript.styles import StyledLine
from vitrail_widgets.transcript.terminal_text import TerminalText

SLICE_MS: Final = 6
"""How long one turn may add lines before the event loop has its own."""

LINES_AT_ONCE: Final = 20

LINES_BELOW: Final = 200
"""More than a screen has: that many below the line to begin at are laid out before it is shown."""

MARGIN = 12


class PagerText(QTextBrowser):
    """Shows text; a long one comes in slices, so that nothing waits for it.

    Signals:
        filled: All of the text is there.
    """

    filled = Signal()

    def __init__(self, commands: CommandDispatch, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self._lines = TerminalText().buffer
        self._next = self._begin_at = 0
        self._html: str | None = None
        self._formats: Formats | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(tr("Pager"))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_filled(self) -> bool:
        """Whether all of the text is there."""
        return not self._timer.isActive()

    def show_text(self, text: str, start: int = 0) -> None:
        """Show terminal text, with its colours, from a line on."""
        terminal = TerminalText()
        terminal.feed(text)
        self._lines, self._html = terminal.buffer, None
        self._begin_at = start if start < len(self._lines) else 0
        self._start()

    def show_html(self, html: str) -> None:
        """Show HTML; who calls has taken out of it what is not static."""
        self._html = html
        self._begin_at = 0
        self._start()

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take the theme's colours, and the code font; what is shown is drawn anew."""
        at = self.verticalScrollBar().value()
        self._formats = Formats(theme)
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.document().setDocumentMargin(MARGIN)
        self.document().setDefaultStyleSheet(f"a {{ color: {theme.accent.name()}; }}")
        palette = theme.palette()
        palette.setColor(palette.ColorRole.Base, theme.bg)
        self.setPalette(palette)
        self.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))
        self._start()
        self.verticalScrollBar().setValue(at)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:  # noqa: N802 - Qt's name
        """Load nothing: no picture, no style sheet, no file and no page."""
        return None

    def event(self, event: QEvent) -> bool:
        """Keep the keys of our commands from menus and shortcuts."""
        is_asked = event.type() is QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self._commands.claims(event, Scope.PAGER):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do a command, or what Qt does with a text that is read."""
        if not self._commands.press(event, Scope.PAGER):
            super().keyPressEvent(event)

    def _start(self) -> None:
        if self._formats is None:
            return
        self.clear()
        self._next = 0
        if self._html is not None:
            self._timer.stop()
            self.setHtml(self._html)
            self.filled.emit()
            return
        self._timer.start()
        self._add_slice()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        self._go_to_beginning()

    def _on_timer_timeout(self) -> None:
        self._add_slice()
        self._go_to_beginning()

    def _add_slice(self) -> None:
        """Add lines until the time is up, or there are no more."""
        clock = QElapsedTimer()
        clock.start()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        total = len(self._lines)
        while self._next < total and clock.elapsed() < SLICE_MS:
            stop = min(self._next + LINES_AT_ONCE, total)
            for index in range(self._next, stop):
                self._add(cursor, self._lines[index], is_last=index + 1 == total)
            self._next = stop
        cursor.endEditBlock()
        if self._next >= total:
            self._timer.stop()
            self.filled.emit()

    def _go_to_beginning(self) -> None:
        """Show the line to begin at once it is there, unless the reader went elsewhere."""
        enough = min(self._begin_at + LINES_BELOW, len(self._lines))
        if not self._begin_at or self._next < enough:
            return
        if self.verticalScrollBar().value() == 0:
            document = self.document()
            layout = document.documentLayout()
            layout.blockBoundingRect(document.findBlockByNumber(enough - 1))
            top = layout.blockBoundingRect(document.findBlockByNumber(self._begin_at)).top()
            self.verticalScrollBar().setValue(round(top))
        self._begin_at = 0

    def _add(self, cursor: QTextCursor, line: StyledLine, *, is_last: bool) -> None:
        assert self._formats is not None
        at, plain = 0, QTextCharFormat()
        for run in line.runs:
            cursor.insertText(line.text[at : run.start], plain)
            drawn = char_format(self._formats.style(run.style))
            cursor.insertText(line.text[run.start : run.end], drawn)
            at = run.end
        cursor.insertText(line.text[at:] + ("" if is_last else "\n"), plain)


def char_format(text_format: TextFormat) -> QTextCharFormat:
    """Return Qt's form of one of our formats."""
    drawn = QTextCharFormat()
    drawn.setForeground(QColor(0, 0, 0, 0) if text_format.is_hidden else text_format.fg)
    if text_format.bg is not None:
        drawn.setBackground(text_format.bg)
    if text_format.bold:
        drawn.setFontWeight(QFont.Weight.Bold)
    drawn.setFontItalic(text_format.italic)
    drawn.setFontUnderline(bool(text_format.underline))
    drawn.setFontStrikeOut(text_format.strike)
    drawn.setFontOverline(text_format.overline)
    return drawn
