"""The console: a scrollable, virtualised picture of a transcript with an input below it.

Only what is visible is drawn. The view reads the transcript and follows its
changes; it never edits it, and nothing is ever read back from it.
"""

import time
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.calltip.call_tips import CallTips
from vitrail_widgets.completion.completer import Completer
from vitrail_widgets.completion.screen_words import ScreenWords
from vitrail_widgets.console.accessible.announcing import Announcer
from vitrail_widgets.console.arrangement import Arrangement
from vitrail_widgets.console.cell_copying import CellCopying
from vitrail_widgets.console.cell_cursor import CellCursor
from vitrail_widgets.console.cell_offers import CellOffers
from vitrail_widgets.console.context_menu import transcript_menu
from vitrail_widgets.console.document import ConsoleDocument
from vitrail_widgets.console.find.finder import Finder
from vitrail_widgets.console.find.marks import MarkedScrollBar
from vitrail_widgets.console.folding.folding import Folding
from vitrail_widgets.console.geometry import MARGIN_Y, Geometry
from vitrail_widgets.console.incoming import Incoming
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.console.input_box import InputBox
from vitrail_widgets.console.input_requests import InputRequests
from vitrail_widgets.console.input_watch import InputWatch
from vitrail_widgets.console.keyboard import ViewKeys
from vitrail_widgets.console.links import Links
from vitrail_widgets.console.live_blocks import LiveBlocks
from vitrail_widgets.console.looks import Looks
from vitrail_widgets.console.output_choices import OutputChoices
from vitrail_widgets.console.painting import TranscriptPainting
from vitrail_widgets.console.picture_offers import PictureOffers
from vitrail_widgets.console.pointer import PointerSelection
from vitrail_widgets.console.pulse import Pulse
from vitrail_widgets.console.queue_list import QueueList
from vitrail_widgets.console.selected import TranscriptSelection
from vitrail_widgets.console.selection import Position
from vitrail_widgets.console.viewport_events import ViewportEvents
from vitrail_widgets.console.zoom import Zoom
from vitrail_widgets.history.finder import HistoryFinder
from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.block import Clip
from vitrail_widgets.render.registry import RendererRegistry, default_registry
from vitrail_widgets.transcript.changes import Change
from vitrail_widgets.transcript.prompt import Prompts
from vitrail_widgets.transcript.transcript import Transcript

INPUT_SHARE = 0.6  # of the height: a taller input scrolls within itself


class ConsoleView(QAbstractScrollArea):
    """Shows a transcript and the input that continues it.

    Attributes:
        document: The layout of the transcript.
        arrangement: Where everything stands.
        input: The editor after the last cell.
        completer: Offers what could be typed next.
        history: Finds an input of the past.
        call_tips: Show what the function that is being called takes.
        requests: The fields in which `input()` is answered.
        scroller: Where it is scrolled to.
        finder: Finds text in the transcript.
        cells: Points at the cell one has gone to.
        folding: Folds cells and outputs.
        links: What leads somewhere.
        copying: Copies cells in several forms.
        painting: Draws the transcript.
        selected: What is selected in the transcript.
        pointer: What the mouse does to the transcript.
        live_blocks: What the mouse does to outputs that do something.
        cell_offers: What a cell that waits, or was not run, offers.
        queue_list: What waits, as a list.
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
        self.setAccessibleName(tr("Console"))
        self.viewport().setMouseTracking(True)
        self.zoom = Zoom(font, self.set_code_font, self)
        self._looks = Looks.of(theme, font, self.viewport().width())
        self.input = InputArea(self.viewport())
        self._box = InputBox(self.input)
        self.document = ConsoleDocument(
            transcript, registry or default_registry(), self._looks.canvas, lexer="python"
        )
        self.selected = TranscriptSelection(self.document, self)
        self.selected.changed.connect(self.viewport().update)
        self.requests = InputRequests(self, self)
        self.live_blocks = LiveBlocks(self)
        self.output_choices = OutputChoices(self.live_blocks, self)
        open_elsewhere = self.output_choices.open_privately
        self.picture_offers = PictureOffers(self.live_blocks, open_elsewhere, self)
        self.cell_offers = CellOffers(self, self)
        self.queue_list = QueueList(self)
        self.pointer = PointerSelection(self, self)
        self._keys = ViewKeys(self)
        bar = MarkedScrollBar(theme, self)
        self.setVerticalScrollBar(bar)
        self._announcer = Announcer(self, self.document)
        self.arrangement = Arrangement(self, self._box, self)
        self.scroller = self.arrangement.scroller
        self.document.reshaped = self._on_document_reshaped
        self.finder = Finder(self, bar, self)
        self.input.commands.register("console.clear_screen", self.arrangement.clear_screen)
        self.cells = CellCursor(self, self)
        self.cells.moved.connect(self.viewport().update)
        self.folding = Folding(self, self.cells)
        self.links = Links(self, self.cells, self)
        self.copying = CellCopying(self, self.cells)
        self.input.commands.register("cell.plain_text", self._toggle_plain, self.cells.why_none)
        self.painting = TranscriptPainting(self, time.time)
        self._pulse = Pulse(transcript, self.painting.set_pulse, self)
        self.input.height_changed.connect(self.arrange)
        self.input.cursorPositionChanged.connect(self._on_input_cursor_moved)
        self._watch = InputWatch(self.input, self._keys, self.wheelEvent)
        self.input.installEventFilter(self)
        self.input.viewport().installEventFilter(self)
        ViewportEvents(self, self)
        Incoming(self.viewport(), self.input)  # sees the middle button first
        self.call_tips = CallTips(self.input, self.viewport())
        self.completer = Completer(self.input, self.viewport())  # sees keys before this view
        self.completer.words = ScreenWords(transcript).like
        self.history = HistoryFinder(self.input, self.viewport())
        self._restyle()

    # What is shown

    def apply(self, changes: Iterable[Change]) -> None:
        """Follow changes of the transcript: one layout, one repaint."""
        changed = tuple(changes)
        self.arrangement.grow(lambda: self._follow(changed))

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        self._looks = self._looks.themed(theme)
        self._restyle()
        self.arrangement.relay()

    def set_prompts(self, prompts: Prompts) -> None:
        """Write other prompts beside the input and results; past inputs keep theirs."""
        if prompts != self._looks.prompts:
            self._looks = self._looks.prompted(prompts)
            self.arrangement.relay()

    def set_code_font(self, font: QFont) -> None:
        """Draw in another font."""
        self._looks = self._looks.fonted(font)
        self.zoom.start_from(font)
        self._restyle()
        self.arrangement.relay()

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
    def looks(self) -> Looks:
        """Theme, font and width in use."""
        return self._looks

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._looks.theme

    @property
    def metrics(self) -> Metrics:
        """Measures of the code font in use."""
        return self._looks.metrics

    @property
    def across(self) -> Geometry:
        """The horizontal division in use."""
        return self._looks.across

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

    def focus_transcript(self) -> None:
        """Take the focus from the input."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def position_at(self, point: QPoint) -> Position:
        """Return the position nearest to a point of the viewport."""
        x = point.x() - self._looks.across.text_x
        return self.document.position_at(x, point.y() - self.arrangement.top)

    def show_place(self, entry: int, block: int, line: int, start: int, end: int) -> None:
        """Unfold a place of a block, and scroll to it unless it is visible."""
        place = Position(entry, block, line, start)
        self.folding.reveal(place)
        self.arrangement.show(place, end)

    def scroll_to_end(self) -> None:
        """Show the end and stick to it."""
        self.arrangement.to_end()

    def menu_at(self, point: QPoint) -> QMenu:
        """Return what can be done with the transcript at a point."""
        offering = (
            self.links,
            self.copying,
            self.folding,
            self.live_blocks,
            self.picture_offers,
            self.cell_offers,
        )
        return transcript_menu(self.selected, self, point, [each.add_to for each in offering])

    def leave(self) -> None:
        """Forget what the pointer was on."""
        self.painting.set_hovered(-1)
        self.links.hover(QPoint(-1, -1))

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the entries that touch the exposed part."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.theme.bg)
        clip = Clip(event.rect().top(), event.rect().bottom() + 1)
        self.painting.paint(painter, self.arrangement.top, clip)
        self._box.paint(painter, self._looks.entries, self.theme, event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for another width."""
        super().resizeEvent(event)
        if self.viewport().width() != self.across.width:
            self._looks = self._looks.widened(self.viewport().width())
            self.arrangement.relay()
        self.input.set_max_height(round(self.viewport().height() * INPUT_SHARE))
        self.arrange()
        self.arrangement.place_pill()
        self.finder.place()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl change the font size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom.turn(event)
            return
        if not self.live_blocks.turn(event):
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, extend the selection, or let the input have what is typed."""
        self._keys.press(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the input's events first, and redraw its edge when the focus goes."""
        if self._watch is not None and self._watch.takes(watched, event):
            return True
        if isinstance(event, QFocusEvent):
            if event.gotFocus() and self._watch is not None:
                self.cells.point_at(None)
            self.viewport().update()
        return False

    # Internals

    def _on_document_reshaped(self) -> None:
        self.finder.reread()
        self.arrange()
        self.viewport().update()

    def arrange(self) -> None:
        """Place everything again after a height changed outside of `apply`."""
        self.arrangement.arrange()

    def viewport_y(self, entry_id: str) -> int:
        """Return where the entry begins in the viewport."""
        return self.arrangement.viewport_y(entry_id)

    def _follow(self, changes: tuple[Change, ...]) -> bool:
        inserted = self.document.apply(changes)
        self.selected.follow(inserted, changes)
        self.finder.follow(inserted, changes)
        self._pulse.follow()
        self._announcer.follow(changes)
        self.queue_list.follow()
        return bool(inserted)

    def _restyle(self) -> None:
        theme, font = self.theme, self.metrics.font
        for part in (self.input, self.requests, self.call_tips, self.completer):
            part.apply_theme(theme, font)
        for overlay in (self.finder, self.queue_list, self.history):
            overlay.apply_theme(theme, font)
        self.arrangement.pill.apply_theme(theme)
        self.setPalette(theme.palette())
        for area, ground in ((self, theme.bg), (self.input, theme.surface)):
            area.verticalScrollBar().setStyleSheet(scroll_bar_style(theme, ground))
        self.viewport().update()

    def _toggle_plain(self) -> bool:
        entry = self.cells.entry
        return entry is not None and self.document.toggle_plain(entry)

    def _on_input_cursor_moved(self) -> None:
        """Scroll so that the caret is visible."""
        if self.input.hasFocus():
            caret = self.input.caret_place.translated(self.input.pos())
            self.scroller.reveal(caret, MARGIN_Y)
