"""The console: a scrollable, virtualised picture of a transcript with an input below it.

Only what is visible is drawn. The view reads the transcript and follows its
changes; it never edits it, and nothing is ever read back from it.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from vitrail_widgets.calltip.call_tips import CallTips
from vitrail_widgets.completion.completer import Completer
from vitrail_widgets.console.context_menu import show_transcript_menu
from vitrail_widgets.console.document import ConsoleDocument
from vitrail_widgets.console.entry_painter import EntryPainter, Moment
from vitrail_widgets.console.geometry import CELL_GAP, MARGIN_Y, Geometry
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.console.input_box import InputBox
from vitrail_widgets.console.input_requests import InputRequests
from vitrail_widgets.console.input_watch import InputWatch
from vitrail_widgets.console.keyboard import ViewKeys
from vitrail_widgets.console.pill import NewOutputPill
from vitrail_widgets.console.pointer import PointerSelection
from vitrail_widgets.console.pulse import Pulse
from vitrail_widgets.console.relayout import Relayout
from vitrail_widgets.console.scrolling import Anchor, Scroller
from vitrail_widgets.console.selected import TranscriptSelection
from vitrail_widgets.console.selection import Position
from vitrail_widgets.console.zoom import Zoom
from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.block import Canvas, Clip
from vitrail_widgets.render.registry import RendererRegistry, default_registry
from vitrail_widgets.transcript.changes import Change
from vitrail_widgets.transcript.transcript import Transcript

INPUT_SHARE = 0.6  # of the height: a taller input scrolls within itself


class ConsoleView(QAbstractScrollArea):
    """Shows a transcript and the input that continues it.

    Attributes:
        document: The layout of the transcript.
        input: The editor after the last cell.
        completer: Offers what could be typed next.
        call_tips: Show what the function that is being called takes.
        requests: The fields in which `input()` is answered.
        scroller: Where it is scrolled to.
        selected: What is selected in the transcript.
        pointer: What the mouse does to the transcript.
        zoom: The size of the code font.

    Signals:
        interrupt_requested: Ctrl+C was pressed and there was nothing to copy.
    """

    interrupt_requested = Signal()

    _watch: InputWatch | None = None  # Qt filters events already while the view is made

    def __init__(
        self,
        transcript: Transcript,
        theme: Theme,
        font: QFont,
        *,
        registry: RendererRegistry | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # taken when there is a selection
        self.setAccessibleName("Console")
        self.viewport().setMouseTracking(True)
        self._transcript = transcript
        self._theme = theme
        self.zoom = Zoom(font, self.set_code_font, self)
        self._metrics = Metrics.of(font)
        self._hovered, self._strength = -1, 0.0
        self.input = InputArea(self.viewport())
        self._box = InputBox(self.input)
        self._prepare()
        self.document = ConsoleDocument(
            transcript, registry or default_registry(), self._canvas, lexer="python"
        )
        self.selected = TranscriptSelection(self.document, self)
        self.selected.changed.connect(self.viewport().update)
        self.requests = InputRequests(self, self)
        self.pointer = PointerSelection(self, self)
        self._keys = ViewKeys(self)
        self._relayout = Relayout(self.document, self._keeping_place, self)
        self._pulse = Pulse(transcript, self._set_pulse, self)
        self._pill = NewOutputPill(self.viewport())
        self._pill.clicked.connect(self.scroll_to_end)
        self.scroller = Scroller(self.verticalScrollBar(), self._anchor_at)
        self.scroller.moved.connect(self._on_scroller_moved)
        self.input.height_changed.connect(self.arrange)
        self.input.cursorPositionChanged.connect(self._on_input_cursor_moved)
        self._watch = InputWatch(self.input, self._keys, self.wheelEvent)
        self.input.installEventFilter(self)
        self.input.viewport().installEventFilter(self)
        self.call_tips = CallTips(self.input, self.viewport())
        self.completer = Completer(self.input, self.viewport())  # sees keys before this view
        self._restyle()

    # What is shown

    def apply(self, changes: Iterable[Change]) -> None:
        """Follow changes of the transcript: one layout, one repaint."""
        anchor = self.scroller.anchor()
        before = self.document.height
        changed = tuple(changes)
        inserted = self.document.apply(changed)
        self.selected.follow(inserted, changed)
        self._pulse.follow()
        self._arrange(anchor)
        if not self.scroller.following and self.document.height > before:
            self._pill.show_above(self.viewport().rect())

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        self._theme = theme
        self._restyle()
        self._relay()

    def set_code_font(self, font: QFont) -> None:
        """Draw in another font."""
        self._metrics = Metrics.of(font)
        self.zoom.start_from(font)
        self._restyle()
        self._relay()

    def set_lexer(self, name: str) -> None:
        """Highlight code as the language of a Pygments lexer."""
        self.document.set_lexer(name)
        self.input.set_lexer(name)
        self.viewport().update()

    def set_pending_count(self, count: int | None) -> None:
        """Number the prompt of the input."""
        if count != self._box.pending_count:
            self._box.pending_count = count
            self.viewport().update(QRect(0, self.input.y(), self.input.x(), self.input.height()))

    @property
    def pending_count(self) -> int | None:
        """Number on the prompt of the input, or None while unknown."""
        return self._box.pending_count

    @property
    def is_being_typed_in(self) -> bool:
        """Whether the input holds code, or a key was pressed in it a moment ago."""
        return self._watch is not None and self._watch.is_being_typed_in

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    @property
    def metrics(self) -> Metrics:
        """Measures of the code font in use."""
        return self._metrics

    @property
    def across(self) -> Geometry:
        """The horizontal division in use."""
        return self._geometry

    # Selection

    def copy(self) -> bool:
        """Copy what is selected, in the transcript or else in the input; say whether it was."""
        if self.selected.copy():
            return True
        in_input = self.input.textCursor().hasSelection()
        if in_input:
            self.input.copy()
        return in_input

    def copy_or_interrupt(self) -> None:
        """Copy what is selected, or ask for an interrupt when nothing is."""
        if not self.copy():
            self.interrupt_requested.emit()

    def runs_again_at(self, point: QPoint) -> str:
        """Return the cell whose "run again" is at a point; empty when there is none."""
        return self._entries.notes.runs_again_at(
            self.document.flow, MARGIN_Y - self.scroller.top, point
        )

    def focus_transcript(self) -> None:
        """Take the focus from the input."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def position_at(self, point: QPoint) -> Position:
        """Return the position nearest to a point of the viewport."""
        y = point.y() - MARGIN_Y + self.scroller.top
        return self.document.position_at(point.x() - self._geometry.text_x, y)

    def scroll_to_end(self) -> None:
        """Show the end and stick to it."""
        self.scroller.follow()
        self.arrange()

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the entries that touch the exposed part."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.bg)
        clip = Clip(event.rect().top(), event.rect().bottom() + 1)
        self.paint_entries(painter, MARGIN_Y - self.scroller.top, clip)
        self._box.paint(painter, self._entries, self._theme)

    def paint_entries(self, painter: QPainter, top: int, clip: Clip) -> None:
        """Draw the entries in `clip`; the first one's upper edge is at `top`."""
        flow = self.document.flow
        moment = Moment(self.selected.range, self._hovered, self._strength)
        for index in flow.span(clip.top - top, clip.bottom - top):
            entry_top = top + flow.top(index)
            self._entries.paint(painter, index, flow[index], entry_top, clip, moment)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for another width."""
        super().resizeEvent(event)
        if self.viewport().width() != self._geometry.width:
            self._relay()
        self.input.set_max_height(round(self.viewport().height() * INPUT_SHARE))
        self.arrange()
        self._pill.place(self.viewport().rect())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl change the font size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom.turn(event)
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, extend the selection, or let the input have what is typed."""
        self._keys.press(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection."""
        self.pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word under the pointer."""
        self.pointer.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead the selection, or note what the pointer is on."""
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the selection."""
        self.pointer.release(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the transcript."""
        show_transcript_menu(self.selected, self, event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what the pointer was on."""
        self.set_hovered(-1)
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the input's events first, and redraw its edge when the focus goes."""
        if self._watch is not None and self._watch.takes(watched, event):
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().eventFilter(watched, event)

    # Internals

    def set_hovered(self, index: int) -> None:
        """Note the entry under the pointer; -1 is none."""
        if index != self._hovered:
            self._hovered = index
            self.viewport().update()

    def _set_pulse(self, strength: float) -> None:
        """Draw running bars at another strength, 0 to 1."""
        if strength != self._strength:
            self._strength = strength
            self.viewport().update(QRect(0, 0, self._geometry.content_x, self.viewport().height()))

    def arrange(self) -> None:
        """Place everything again after a height changed outside of `apply`."""
        self._arrange(self.scroller.anchor())

    def viewport_y(self, entry_id: str) -> int:
        """Return where the entry begins in the viewport."""
        top = self.document.flow.top(self._transcript.position(entry_id))
        return MARGIN_Y - self.scroller.top + top

    def _prepare(self) -> None:
        """Make what depends on width, font and theme."""
        self._geometry = Geometry(self._metrics, self.viewport().width())
        self._canvas = Canvas(
            self._theme,
            self._metrics,
            self._geometry.text_x,
            self._geometry.text_width,
            self._geometry.columns,
        )
        self._entries = EntryPainter(self._geometry, self._canvas)

    def _relay(self) -> None:
        """Lay out anew: what is visible now, the rest soon."""
        self._prepare()
        self.document.set_canvas(self._canvas)
        self.requests.fit(self._geometry.columns)
        self._keeping_place(self._lay_visible)
        self._relayout.start()

    def _restyle(self) -> None:
        self.input.apply_theme(self._theme, self._metrics.font)
        self.requests.apply_theme(self._theme, self._metrics.font)
        self._pill.apply_theme(self._theme)
        self.call_tips.apply_theme(self._theme, self._metrics.font)
        self.completer.apply_theme(self._theme, self._metrics.font)
        self.setPalette(self._theme.palette())
        for area in (self, self.input):
            area.verticalScrollBar().setStyleSheet(scroll_bar_style(self._theme))
        self.viewport().update()

    @property
    def _input_top(self) -> int:
        """Upper edge of the input box, from the top of everything."""
        height = self.document.height
        return MARGIN_Y + (height + CELL_GAP if height else 0)

    def _anchor_at(self, y: int) -> Anchor | None:
        """Return the entry at a pixel of the whole and how much of it lies above."""
        if not len(self.document.flow):
            return None
        index = self.document.flow.index_at(y)
        return Anchor(self._transcript.entries[index].id, y - self.document.flow.top(index))

    def _arrange(self, anchor: Anchor | None) -> None:
        """Set the scroll range, keep the place, put the widgets where they belong."""
        total = self._input_top + self._box.height(self._geometry) + MARGIN_Y
        kept = None
        if anchor is not None:
            index = self._transcript.position(anchor.entry_id)
            kept = self.document.flow.top(index) + anchor.offset
        self.verticalScrollBar().setSingleStep(self._metrics.line_height)
        self.scroller.arrange(total, self.viewport().height(), kept)
        self._place_widgets()
        self.viewport().update()

    def _keeping_place(self, change: Callable[[], bool]) -> bool:
        """Do what changes heights, and keep in place what is read; return what it says."""
        anchor = self.scroller.anchor()
        said = change()
        self._arrange(anchor)
        return said

    def _lay_visible(self) -> bool:
        """Lay out what is visible; say whether anything was not."""
        top = self.scroller.top - MARGIN_Y
        return self.document.lay(self.document.flow.span(top, top + self.viewport().height()))

    def _place_widgets(self) -> None:
        self._box.place(self._geometry, self._input_top - self.scroller.top)
        self.requests.place()

    def _on_scroller_moved(self) -> None:
        if self.scroller.following:
            self._pill.hide()
        if self._lay_visible():
            self.arrange()
        self._place_widgets()
        self.viewport().update()

    def _on_input_cursor_moved(self) -> None:
        """Scroll so that the caret is visible."""
        if self.input.hasFocus():
            caret = self.input.cursorRect().translated(self.input.pos())
            self.scroller.reveal(caret, MARGIN_Y)
