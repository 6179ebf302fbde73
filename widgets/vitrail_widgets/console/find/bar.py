"""The bar in which is said what to find, and how often it was found."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.commands.command_field import CommandField
from vitrail_widgets.commands.dispatch import CommandDispatch
from vitrail_widgets.keys.command import Scope
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.theme import Theme, opaque
from vitrail_widgets.transcript.query import Query

FIELD_WIDTH = 240
FIELD_CHARS = 24
LARGEST_WORDS_PT = 14.0  # of the buttons: the bar has to fit a narrow window
LEAST_FIELD_WIDTH = 80
MARGIN = 8
PAD = 6
HEIGHT = 26
ROW_GAP = 4
LONGEST_REPORT = "99 999 of 99 999"


class FindBar(QFrame):
    """A field, three switches, a count, and what leads from match to match.

    Signals:
        changed: Something else is to be found.
        next_clicked: The user wants the next match.
        previous_clicked: The user wants the one before.
        close_clicked: The user has found enough.
    """

    changed = Signal()
    next_clicked = Signal()
    previous_clicked = Signal()
    close_clicked = Signal()

    def __init__(self, commands: CommandDispatch, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Find in the console"))
        self.field = CommandField(commands, Scope.FIND, tr("Find"), self)
        self.case = self._switch(tr("Aa"), tr("Match case"), "Alt+C")
        self.word = self._switch("“ab”", tr("Whole words only"), "Alt+W")
        self.regex = self._switch(".*", tr("Regular expression"), "Alt+R")
        self._report = ElidedLabel(self)
        self._report.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.hide()
        self.previous = self._button("↑", tr("Previous match (Shift+Enter)"))
        self.next = self._button("↓", tr("Next match (Enter)"))
        self._close = self._button("✕", tr("Close (Esc)"))
        self.field.textChanged.connect(self.changed)
        self.previous.clicked.connect(self.previous_clicked)
        self.next.clicked.connect(self.next_clicked)
        self._close.clicked.connect(self.close_clicked)
        self._grid = QGridLayout(self)
        self._is_tall: bool | None = None
        self._ways, self._steps = QWidget(self), QWidget(self)
        self._height, self._field_width, self._area = HEIGHT, FIELD_WIDTH, QRect()
        self._fill()
        self.hide()

    @property
    def query(self) -> Query:
        """What is to be found."""
        return Query(
            self.field.text(),
            case=self.case.isChecked(),
            word=self.word.isChecked(),
            regex=self.regex.isChecked(),
        )

    @property
    def report(self) -> str:
        """What is said of the search."""
        return self._problem.text() or self._report.text()

    def say(self, report: str, *, problem: str = "") -> None:
        """Say how often it was found, or in a sentence why it cannot be looked for."""
        self._report.setText(report)
        if problem != self._problem.text():
            self._problem.setText(problem)
            self._problem.setVisible(bool(problem))
            self._place_problem()
        self.field.setAccessibleDescription(problem or report)

    def set_found(self, found: bool) -> None:
        """Enable what leads from match to match."""
        for button in (self.previous, self.next):
            button.setEnabled(found)

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take the theme's colours; the field has the code font."""
        self._follow_font(font)
        pressed = opaque(theme.selection, theme.raised).name()
        hover, edge, muted = theme.surface.name(), theme.border.name(), theme.muted.name()
        accent = theme.accent.name()
        self._problem.setStyleSheet(
            f"background: {theme.raised.name()}; color: {theme.error.name()};"
            f" border: 1px solid {edge}; border-radius: 6px; padding: 4px 8px;"
        )
        self.setStyleSheet(
            f"FindBar {{ background: {theme.raised.name()}; border: 1px solid {edge};"
            " border-radius: 8px; }"
            f"QLineEdit {{ background: {theme.bg.name()}; color: {theme.text.name()};"
            f" border: 1px solid {edge}; border-radius: 5px; padding: 2px 6px; }}"
            f"QLineEdit:focus {{ border-color: {accent}; }}"
            f"QLabel {{ color: {muted}; border: none; }}"
            f"QToolButton {{ background: transparent; color: {muted}; border: 1px solid"
            " transparent; border-radius: 5px; padding: 2px 5px; }"
            f"QToolButton:hover {{ background: {hover}; color: {theme.text.name()}; }}"
            f"QToolButton:focus {{ border-color: {accent}; }}"
            f"QToolButton:checked {{ background: {pressed}; color: {accent}; }}"
            f"QToolButton:disabled {{ color: {faint(theme).name()}; }}"
        )

    def _follow_font(self, font: QFont) -> None:
        """Be as high and wide as the code font asks for; the buttons' letters grow along."""
        self.field.setFont(font)
        metrics = QFontMetrics(font)
        self._height = max(HEIGHT, metrics.height() + 2 * PAD)
        self._field_width = max(FIELD_WIDTH, FIELD_CHARS * metrics.averageCharWidth())
        words = QFont(self.font())
        words.setPointSizeF(min(font.pointSizeF(), LARGEST_WORDS_PT))
        for part in (self._report, self._problem, *self.findChildren(QToolButton)):
            part.setFont(words)
        for part in (self.field, *self.findChildren(QToolButton)):
            part.setFixedHeight(self._height)
        if self.isVisible():
            self.place(self._area)

    def place(self, area: QRect) -> None:
        """Move to the upper right corner of `area`, in the parent's pixels.

        Where it is too narrow for one row, the field stands above the rest.
        """
        self._area = area
        room = area.width() - 2 * MARGIN
        metrics = QFontMetrics(self._report.font())
        self._report.setMinimumWidth(metrics.horizontalAdvance(LONGEST_REPORT))
        self._arrange(is_tall=False)
        is_tall = self.minimumSizeHint().width() > room
        if is_tall:
            self._report.setMinimumWidth(0)
            self._arrange(is_tall=True)
        self.field.setMaximumWidth(room if is_tall else self._field_width)
        least, wanted = self.minimumSizeHint().width(), self.sizeHint().width()
        width = room if is_tall else min(wanted, max(room, least))
        rows = 2 if is_tall else 1
        height = rows * self._height + (rows - 1) * ROW_GAP + 2 * PAD
        self.setGeometry(area.right() - MARGIN - width + 1, area.top() + MARGIN, width, height)
        self._place_problem()

    def _place_problem(self) -> None:
        """Put the sentence below the bar, as wide as it."""
        if self._problem.isHidden():
            return
        self._problem.setParent(self.parentWidget())
        height = self._problem.heightForWidth(self.width())
        self._problem.setGeometry(self.x(), self.geometry().bottom() + 5, self.width(), height)
        self._problem.show()
        self._problem.raise_()

    def hideEvent(self, event: object) -> None:  # noqa: ARG002
        """Take the sentence along."""
        self.say("")

    def _fill(self) -> None:
        self.field.setMinimumWidth(LEAST_FIELD_WIDTH)
        self.field.setFixedHeight(HEIGHT)
        self._grid.setContentsMargins(PAD, PAD, PAD, PAD)
        self._grid.setHorizontalSpacing(2)
        self._grid.setVerticalSpacing(ROW_GAP)
        self._grid.setColumnStretch(0, 1)
        for group, widgets in (
            (self._ways, (self.case, self.word, self.regex, self._report)),
            (self._steps, (self.previous, self.next)),
        ):
            layout = QHBoxLayout(group)
            layout.setContentsMargins(0, 0, 2, 0)
            layout.setSpacing(2)
            for widget in widgets:
                layout.addWidget(widget, int(widget is self._report))
        self._arrange(is_tall=False)

    def _arrange(self, *, is_tall: bool) -> None:
        """Put everything into one row, or what is typed above what is said."""
        if is_tall == self._is_tall:
            return
        self._is_tall = is_tall
        grid, row = self._grid, int(is_tall)
        for widget in (self.field, self._ways, self._steps, self._close):
            grid.removeWidget(widget)
        grid.addWidget(self.field, 0, 0, 1, 2 if is_tall else 1)
        grid.addWidget(self._ways, row, 0 if is_tall else 1)
        grid.addWidget(self._steps, row, 1 if is_tall else 2, 1, 2 if is_tall else 1)
        grid.addWidget(self._close, 0, 2 if is_tall else 3)

    def _switch(self, text: str, name: str, key: str) -> QToolButton:
        switch = self._button(text, f"{name} ({key})")
        switch.setAccessibleName(name)
        switch.setCheckable(True)
        switch.toggled.connect(self.changed)
        return switch

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip.partition(" (")[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setFixedHeight(HEIGHT)
        return button


def faint(theme: Theme) -> QColor:
    """Return the colour of what cannot be clicked now: seen, and clearly not the others'."""
    colour = QColor(theme.muted)
    colour.setAlphaF(0.55)
    return opaque(colour, theme.raised)
