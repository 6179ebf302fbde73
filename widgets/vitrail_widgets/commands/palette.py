"""The command palette: every command by its name, for those who keep their hands on the keys."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from vitrail_resources.translation import tr
from vitrail_widgets.commands.palette_rows import PaletteRows, spoken
from vitrail_widgets.keys.choices import Choice
from vitrail_widgets.qt.list_rows import DrawIcon, RowPainter
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme

SHOWN_ROWS = 12
ROW_HEIGHT = 28
FRAME = 4
RADIUS = 8
WIDTH = 560
TOP = 8
MARGIN = 16

Key = Qt.Key


class PaletteWords(NamedTuple):
    """What a palette says of itself.

    Attributes:
        name: Of the list, for screen readers.
        field: What is typed.
        hint: In the empty field.
        nothing: When nothing fits.
    """

    name: str = tr("Commands")
    field: str = tr("Command")
    hint: str = tr("What to do")
    nothing: str = tr("No command is called that.")


class CommandPalette(QFrame):
    """A field and a list over a window. Enter does what is chosen, Esc goes back.

    The focus goes back to where it was before anything is done, so that commands of the input
    mean the input.

    Signals:
        chosen: The id of a command that is to be done.
        typed: Another text is in the field; what is listed fits it already.
        closed: It is hidden.
    """

    chosen = Signal(str)
    typed = Signal(str)
    closed = Signal()

    def __init__(
        self,
        window: QMainWindow,
        words: PaletteWords = PaletteWords(),  # noqa: B008 - a value
        draw_icon: DrawIcon | None = None,
    ) -> None:
        """Make a palette that is hidden.

        Args:
            window: What it lies over.
            words: What it says of itself.
            draw_icon: Draws the icons of choices; none are drawn without it.
        """
        super().__init__(window)
        self._window = window
        self._theme = Theme.load("light")
        self._came_from: QWidget | None = None
        self._rows = PaletteRows()
        self._painter = RowPainter(self._rows.row, ROW_HEIGHT)
        self._painter.draw_icon = draw_icon
        self.field = QLineEdit(self)
        self.list = QListView(self)
        self._words = words
        self._nothing = QLabel(words.nothing, self)
        self._is_waiting = self._is_owed = False
        self._build(words)
        window.installEventFilter(self)
        self.hide()

    def _build(self, words: PaletteWords) -> None:
        self.setAccessibleName(f"{words.field} palette")
        self.field.setAccessibleName(words.field)
        self.field.setPlaceholderText(words.hint)
        self.field.setFrame(False)
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.installEventFilter(self)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(self._painter)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(words.name)
        self.list.viewport().setAutoFillBackground(False)
        self.list.clicked.connect(self._choose)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setWordWrap(True)
        self._nothing.setMinimumWidth(1)
        self._nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, FRAME, 1, RADIUS - 2)  # the list leaves the corners round
        layout.setSpacing(FRAME)
        for widget in (self.field, self._nothing, self.list):
            layout.addWidget(widget)

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and the interface's font."""
        self._theme = theme
        self._painter.apply_theme(theme, font)
        self.setFont(font)
        palette = theme.palette()
        palette.setColor(palette.ColorRole.Base, theme.raised)
        self.setPalette(palette)
        self.field.setStyleSheet(
            f"QLineEdit {{ background: transparent; border: none; color: {theme.text.name()};"
            f" padding: 6px 9px; border-bottom: 1px solid {theme.border.name()}; }}"
        )
        self._nothing.setStyleSheet(f"color: {theme.muted.name()}; padding: 4px 11px;")
        self.list.verticalScrollBar().setStyleSheet(scroll_bar_style(theme, theme.raised))
        self.update()

    @property
    def shown(self) -> list[Choice]:
        """What is offered now, in the order of the rows."""
        return [self._rows.choice(row) for row in range(self._rows.rowCount())]

    def open(self, choices: list[Choice], *, is_waiting: bool = False) -> None:
        """Show these commands, all of them, and take the focus.

        Args:
            choices: What can be chosen.
            is_waiting: Whether more are on their way, so that nothing is not said to be all.
        """
        self._came_from = QApplication.focusWidget()
        self._is_waiting, self._is_owed = is_waiting, False
        self._nothing.setText(self._words.nothing)
        self._rows.offer(choices)
        self.field.clear()
        self._choose_first()
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def renew(self, choices: list[Choice], why_nothing: str = "") -> None:
        """Offer these from now on; what was typed and chosen stays.

        Args:
            choices: What can be chosen.
            why_nothing: Said when nothing fits, instead of the usual words.
        """
        self._is_waiting = False
        why = why_nothing.replace("/", "/\u200b")  # paths may be broken there
        self._nothing.setText(why or self._words.nothing)
        row = self.list.currentIndex().row()
        chosen = self._rows.choice(row).command.id if row >= 0 else ""
        self._rows.offer(choices, self.field.text())
        ids = [choice.command.id for choice in self.shown]
        if chosen in ids:
            self._choose_row(ids.index(chosen))
        else:
            self._choose_first()
        self.place()
        if self._is_owed:  # Enter was quicker than the list
            self._is_owed = False
            self._choose(self.list.currentIndex())

    def close_again(self) -> None:
        """Hide, and give the focus back."""
        came_from, self._came_from = self._came_from, None
        if came_from is not None and isValid(came_from):  # it may have gone meanwhile
            came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()

    def place(self) -> None:
        """Lie at the top of the window, in its middle."""
        central = self._window.centralWidget()
        area = self._window.rect() if central is None else central.geometry()
        width = min(WIDTH, area.width() - 2 * MARGIN)
        rows = min(self._rows.rowCount(), SHOWN_ROWS)
        room = area.height() - TOP - MARGIN - self.field.sizeHint().height() - 3 * FRAME
        rows_shown = max(0, min(rows, room // self._painter.row_height))
        self.list.setFixedHeight(rows_shown * self._painter.row_height)
        self.list.setVisible(rows > 0)
        self._nothing.setVisible(rows == 0 and not self._is_waiting)
        layout = self.layout()
        assert layout is not None
        self.resize(
            width, layout.totalHeightForWidth(width) if rows == 0 else self.sizeHint().height()
        )
        self.move(area.left() + (area.width() - width) // 2, area.top() + TOP)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say so (Qt)."""
        super().hideEvent(event)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list from the field; stay in place; close when the focus goes."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        if watched is self.field:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._act(event)
            if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
                self._on_field_left(event)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the hairline around it."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.border, 1))
            painter.setBrush(self._theme.raised)
            rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)

    def _act(self, event: QKeyEvent) -> bool:
        row, last = self.list.currentIndex().row(), self._rows.rowCount() - 1
        match event.key():
            case Key.Key_Down:
                self._choose_row(row + 1 if row < last else 0)
            case Key.Key_Up:
                self._choose_row(row - 1 if row > 0 else last)
            case Key.Key_PageDown:
                self._choose_row(min(last, row + SHOWN_ROWS - 1))
            case Key.Key_PageUp:
                self._choose_row(max(0, row - SHOWN_ROWS + 1))
            case Key.Key_Return | Key.Key_Enter:
                self._choose(self.list.currentIndex())
            case Key.Key_Escape:
                self.close_again()
            case Key.Key_Tab | Key.Key_Backtab:
                pass  # there is nowhere else to go
            case _:
                return False
        return True

    def _choose_first(self) -> None:
        """Choose the first that can be done."""
        possible = (row for row, choice in enumerate(self.shown) if not choice.why_not)
        self._choose_row(next(possible, 0))

    def _choose_row(self, row: int) -> None:
        index = self._rows.index(row)
        self.list.setCurrentIndex(index)
        if index.isValid():  # the focus stays in the field: so that a screen reader says the row
            self.field.setAccessibleDescription(spoken(self._rows.choice(row)))

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            self._is_owed = self._is_waiting
            return
        choice = self._rows.choice(index.row())
        if not choice.why_not:
            self.close_again()
            self.chosen.emit(choice.command.id)

    def _on_field_text_changed(self, text: str) -> None:
        self._is_owed = False
        self._rows.sift(text)
        self._choose_first()
        self.place()
        self.typed.emit(text)

    def _on_field_left(self, event: QFocusEvent) -> None:
        stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self.isVisible() and event.reason() not in stays:
            self._came_from = None
            self.hide()
