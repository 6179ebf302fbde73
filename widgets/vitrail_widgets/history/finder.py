"""Looking for an older input: when the popup opens, what it shows, what its keys do."""

import time
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont
from PySide6.QtWidgets import QWidget

from vitrail_widgets.console.geometry import INPUT_PAD_X, INPUT_PAD_Y
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.history_search import HistorySearch
from vitrail_widgets.editing.past import PastInput
from vitrail_widgets.qt.theme import Theme

if TYPE_CHECKING:
    from vitrail_widgets.history.popup import HistoryPopup

SLICE_S = 0.004
PAUSE_MS = 150  # after which the kernel is asked, too
STAYING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class HistoryFinder(QObject):
    """Opens the popup over an input, and puts what is chosen into it.

    The input stays as it is until something is taken. Typing is answered at once: what takes
    longer than a slice is searched while nothing else is to be done.

    Attributes:
        search: The inputs there are.
        session: The one that goes on now; its inputs are marked.

    Signals:
        opened: The popup was opened.
        wanted: What is looked for, after a pause in typing: there may be more elsewhere.
    """

    opened = Signal()
    wanted = Signal(str)

    def __init__(self, editor: InputArea, popup_parent: QWidget) -> None:
        super().__init__(editor)
        self.search = HistorySearch()
        self.session = ""
        self._editor, self._popup_parent = editor, popup_parent
        self._looks: tuple[Theme, QFont] | None = None
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._go_on)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: self.wanted.emit(self.popup.field.text().strip()))
        self._register_commands()

    @cached_property
    def popup(self) -> "HistoryPopup":
        """The popup, made when it is first opened."""
        from vitrail_widgets.history.popup import HistoryPopup

        popup = HistoryPopup(self._editor.commands, self._popup_parent)
        popup.typed.connect(self._on_popup_typed)
        popup.chosen.connect(self._preview)
        popup.taken.connect(self._take)
        for watched in (popup.field, self._editor, self._popup_parent):
            watched.installEventFilter(self)
        if self._looks is not None:
            popup.apply_theme(*self._looks)
        return popup

    @property
    def _is_open(self) -> bool:
        return "popup" in vars(self) and self.popup.isVisible()

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the code font."""
        self._looks = (theme, font)
        if "popup" in vars(self):
            self.popup.apply_theme(theme, font)
        if self._is_open:
            self._place()

    def use(self, search: HistorySearch) -> None:
        """Look through these inputs from now on."""
        self.search = search
        self._look_again()

    def add(self, newest: PastInput) -> None:
        """Look through this one, too, as the newest of all."""
        self.search.add(newest)

    def add_older(self, inputs: list[PastInput]) -> None:
        """Look through these, too, which are older than all others; the newest of them first."""
        if self.search.add_older(inputs):
            self._look_again()

    def refresh(self, newer: list[PastInput]) -> None:
        """Take inputs that others submitted meanwhile, oldest first."""
        for each in newer:
            self.search.add(each)
        if newer:
            self._look_again()

    def open(self) -> None:
        """Open the popup; what the input holds in one line, or has selected, is looked for."""
        popup, cursor = self.popup, self._editor.textCursor()
        text = (cursor.selectedText() or self._editor.typing.typed_text()).strip()
        is_short = "\n" not in text and "\u2029" not in text
        popup.begin(text if is_short else "", time.time(), self.session)
        self.search.look_for(popup.field.text())
        self._search_a_slice()
        popup.rows.show(self.search)
        self._place()
        popup.show()
        popup.raise_()
        popup.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._on_popup_typed(popup.field.text())
        self.opened.emit()

    def close(self) -> None:
        """Close the popup; the input has the focus again, and is as it was."""
        self._stop()
        self._editor.setFocus(Qt.FocusReason.PopupFocusReason)
        self.popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the input wherever it goes; close when the focus goes elsewhere."""
        if not self._is_open:
            return False
        if watched is self.popup.field:
            if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
                self._on_field_left(event)
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        return False

    def _register_commands(self) -> None:
        register = self._editor.commands.register
        register("history.search", self.open)
        register("history.next", lambda: self.popup.step(1))
        register("history.previous", lambda: self.popup.step(-1))
        register("history.page_down", lambda: self.popup.page(1))
        register("history.page_up", lambda: self.popup.page(-1))
        register("history.take", self._take)
        register("history.run", self._run)
        register("history.close", self.close)

    def _take(self) -> bool:
        """Put the chosen input in place of the text; undo brings that back."""
        current = self.popup.current
        if current is not None:
            self.close()
            self._editor.set_text(current.code)
        return current is not None

    def _run(self) -> None:
        if self._take():
            self._editor.submit()

    def _on_popup_typed(self, text: str) -> None:
        self.search.look_for(text)
        self._search_a_slice()
        self.popup.show_found(self.search)
        self._slices.stop() if self.search.is_done else self._slices.start()
        self._pause.stop()
        if self.search.wanted.typed:
            self._pause.start()

    def _look_again(self) -> None:
        """Search once more, for what is looked for already; the chosen input stays chosen."""
        if not self._is_open:
            return
        row, current = self.popup.list.currentIndex().row(), self.popup.current
        self.search.look_for(self.popup.field.text())
        self._search_a_slice()
        self.popup.show_found(self.search)
        if row > 0 and current is not None:
            self.popup.keep(current.code)
        self._slices.stop() if self.search.is_done else self._slices.start()

    def _search_a_slice(self) -> None:
        until = time.perf_counter() + SLICE_S
        self.search.go_on(lambda: time.perf_counter() >= until)

    def _go_on(self) -> None:
        self._search_a_slice()
        had = self.popup.current is not None
        self.popup.rows.grow()
        if self.search.is_done:
            self._slices.stop()
        if had:
            self.popup.tell()
        else:
            self.popup.step(0)

    def _preview(self) -> None:
        popup, current = self.popup, self.popup.current
        if current is None:
            popup.preview.show_code("", "", (), "")
            return
        places = self.search.wanted.places(current.code)
        about = popup.rows.provenance(popup.list.currentIndex().row())
        popup.preview.show_code(current.code, self._editor.lexer_name, places, about)

    def _place(self) -> None:
        corner = self.popup.within.mapFromGlobal(self._editor.mapToGlobal(QPoint(0, 0)))
        box = QRect(corner, self._editor.size())
        self.popup.place(box.adjusted(-INPUT_PAD_X, -INPUT_PAD_Y, 0, INPUT_PAD_Y))

    def _on_field_left(self, event: QFocusEvent) -> None:
        if event.reason() not in STAYING:
            self._stop()
            self.popup.hide()

    def _stop(self) -> None:
        self._slices.stop()
        self._pause.stop()
