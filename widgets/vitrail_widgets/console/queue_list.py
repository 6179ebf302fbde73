"""What waits for the kernel, as a list that is ruled by the keyboard."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.commands.key_events import key_sequences
from vitrail_widgets.console.offers import Offer
from vitrail_widgets.console.surface import Surface
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme, opaque

SHOWN_ROWS = 8
LEAST_ROW_HEIGHT = 24
LEADING = 6
PAD = 8
KEY_WORDS = {"edit": "edit", "cancel": "cancel", "up": "earlier", "down": "later"}
NATIVE = QKeySequence.SequenceFormat.NativeText
LONGEST_LINE = 200  # characters of a cell's first line that are shown


class WaitingRows(QListWidget):
    """The rows; their keys are commands first.

    Signals:
        left: The focus went elsewhere.
    """

    left = Signal()

    def __init__(self, commands: CommandDispatch, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName(tr("Cells that wait"))

    def event(self, event: QEvent) -> bool:
        """Keep the keys of our commands from menus and shortcuts."""
        is_asked = event.type() is QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self._commands.claims(event, Scope.QUEUE):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do a command, or go to another row."""
        if not self._commands.press(event, Scope.QUEUE):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that nobody looks any more."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class QueueList(QFrame):
    """Lists the waiting cells above the input, and does to the chosen one what a key asks.

    Attributes:
        rows: The list.
    """

    def __init__(self, view: Surface) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._row_height = LEAST_ROW_HEIGHT
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self.rows = WaitingRows(view.input.commands, self)
        self.rows.left.connect(self.hide)
        self.rows.itemDoubleClicked.connect(self._on_rows_item_double_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self.rows)
        view.viewport().installEventFilter(self)
        self._register()
        self.hide()

    def open(self) -> None:
        """Show what waits, the next one chosen, and take the focus."""
        self._fill(0)
        self.show()
        self._place()
        self.raise_()
        self.rows.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_list(self) -> None:
        """Go away, and give the focus back to the input."""
        self.hide()
        self._view.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self) -> None:
        """Show what waits now, the same cell chosen; go away when nothing waits."""
        if self.isHidden():
            return
        chosen = self._chosen_id()
        waiting = self._view.document.transcript.waiting
        if not waiting:
            self.close_list()
            return
        ids = [cell.id for cell in waiting]
        row = ids.index(chosen) if chosen in ids else self.rows.currentRow()
        self._fill(min(row, len(ids) - 1))
        self._place()

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take the theme's colours, and the code font."""
        self.rows.setFont(font)
        self.rows.verticalScrollBar().setStyleSheet(scroll_bar_style(theme, theme.raised))
        self._row_height = max(LEAST_ROW_HEIGHT, QFontMetrics(font).height() + LEADING)
        chosen = opaque(theme.selection, theme.raised).name()
        self.setStyleSheet(
            f"QueueList {{ background: {theme.raised.name()};"
            f" border: 1px solid {theme.border.name()}; border-radius: 8px; }}"
            f"QLabel {{ color: {theme.muted.name()}; border: none; }}"
            f"QListWidget {{ background: transparent; color: {theme.text.name()};"
            " outline: none; }"
            f"QListWidget::item {{ height: {self._row_height}px; border-radius: 4px;"
            " padding-left: 4px; }"
            f"QListWidget::item:selected {{ background: {chosen}; color: {theme.text.name()}; }}"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay above the input when the console has another size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _fill(self, row: int) -> None:
        waiting = self._view.document.transcript.waiting
        self.rows.clear()
        for cell in waiting:
            line = cell.code.strip().partition("\n")
            text = line[0][:LONGEST_LINE] + (" …" if line[2] else "")
            item = QListWidgetItem(f"{cell.place:>2}  {text}")
            item.setData(Qt.ItemDataRole.UserRole, cell.id)
            self.rows.addItem(item)
        self.rows.setCurrentRow(row)
        self._title.setText(self._heading(len(waiting)))

    def _heading(self, count: int) -> str:
        """Say how many wait, and which keys do what."""
        keys_of = self._view.input.commands.live.keymap.keys_of
        hints: list[str] = []
        for name, word in KEY_WORDS.items():
            keys = key_sequences(keys_of(f"queue.{name}"))[:1]
            hints += [f"{word}\u00a0{key.toString(NATIVE)}" for key in keys]
        return "\u00a0· ".join((f"{count} waiting", *hints))

    def _place(self) -> None:
        across, height = self._view.across, self._view.viewport().height()
        rows = min(SHOWN_ROWS, self.rows.count())
        title = self._title.heightForWidth(across.content_width - 2 * PAD)
        tall = rows * (self._row_height + 2) + title + 2 * PAD + 8
        bottom = min(self._view.input.y() - 2 * PAD, height - PAD)
        top = max(PAD, bottom - tall)
        self.setGeometry(across.content_x, top, across.content_width, min(tall, height - PAD - top))

    def _chosen_id(self) -> str:
        item = self.rows.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if self.rows.count() else ""

    def _take(self, offer: Offer) -> None:
        if cell_id := self._chosen_id():
            self._view.cell_offers.taken.emit(offer, cell_id)
            if offer is Offer.EDIT:
                self.close_list()

    def _on_rows_item_double_clicked(self, _item: QListWidgetItem) -> None:
        self._take(Offer.EDIT)

    def _register(self) -> None:
        register = self._view.input.commands.register
        register("queue.open", self.open, self._why_not_open)
        for name, offer in (
            ("up", Offer.UP),
            ("down", Offer.DOWN),
            ("edit", Offer.EDIT),
            ("cancel", Offer.CANCEL),
        ):
            register(f"queue.{name}", partial(self._take, offer), self._why_not_open)
        register("queue.close", self.close_list)

    def _why_not_open(self) -> str:
        return "" if self._view.document.transcript.waiting else tr("Nothing waits")
