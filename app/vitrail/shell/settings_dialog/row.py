"""One setting on the page: what it is called, what it does, and what changes it."""

import re
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from vitrail.settings.fields import SettingField
from vitrail.shell.settings_dialog.editors import Editor, editor_for
from vitrail_resources.translation import tr
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.theme import Theme

EDITOR_WIDTH = 220
EDITOR_HEIGHT = 26
NARROW = 520  # below that the editor stands under what is said
GAP = 4
CODE = re.compile(r"`([^`]+)`")


class SettingRow(QWidget):
    """Shows a setting and says what the user makes of it.

    Attributes:
        field: Which one.
        editor: What changes it.
        reset_button: Gives back the default; there while another value holds.

    Signals:
        changed: Another value was chosen.
        reset: The default is wanted.
    """

    changed = Signal(object)
    reset = Signal()

    def __init__(self, field: SettingField, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.title = _label(field.title, self)
        self.meaning = _label(_plain(field.meaning), self)
        self.trouble = _label("", self)
        self.trouble.hide()
        self.editor: Editor = editor_for(field, self.changed.emit, self)
        self.title.setBuddy(self.editor.widget)
        self.title.installEventFilter(self)
        self.reset_button = QPushButton(self)
        self.reset_button.setText(tr("Reset"))
        self.reset_button.setAutoDefault(False)
        self.reset_button.setAccessibleName(tr("Reset {title}", title=field.title))
        self.reset_button.setToolTip(
            tr("Back to the default: {default}", default=_shown(field.default))
        )
        self.reset_button.clicked.connect(self._on_reset_clicked)
        policy = self.reset_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that nothing moves
        self.reset_button.setSizePolicy(policy)
        self._is_narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4 * GAP)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setColumnStretch(0, 1)
        self._arrange(is_narrow=False)

    def show_value(self, value: Any) -> None:
        """Show what holds."""
        self.editor.show(value)
        self.reset_button.setVisible(value != self.field.default)
        self.say("")

    def say(self, trouble: str) -> None:
        """Say why a value cannot be; an empty sentence takes it away."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.meaning.setStyleSheet(f"color: {theme.muted.name()};")
        if isinstance(self.editor.widget, QLineEdit):
            self.editor.widget.setStyleSheet(field_style(theme))
        self.trouble.setStyleSheet(f"color: {theme.error.name()};")
        self.reset_button.setStyleSheet(
            f"QPushButton {{ color: {theme.accent.name()}; background: transparent; border: none;"
            " padding: 2px 0; }"
            "QPushButton:hover, QPushButton:focus { text-decoration: underline; }"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the editor beside the words, or under them."""
        super().resizeEvent(event)
        self._arrange(is_narrow=self.width() < NARROW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a click on the title go to the editor."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            self.editor.widget.setFocus(Qt.FocusReason.MouseFocusReason)
        return super().eventFilter(watched, event)

    def _on_reset_clicked(self) -> None:
        self.reset.emit()

    def _arrange(self, *, is_narrow: bool) -> None:
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        grid, left, top = self._grid, Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop
        widget = self.editor.widget
        widget.setFixedWidth(EDITOR_WIDTH)
        widget.setMinimumHeight(EDITOR_HEIGHT)
        grid.addWidget(self.title, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.meaning, 1, 0, top)
        grid.addWidget(widget, 2 if is_narrow else 0, 0 if is_narrow else 1, left)
        grid.addWidget(self.reset_button, *((0, 1) if is_narrow else (1, 1)), left | top)
        grid.addWidget(self.trouble, 3, 0, 1, 2)


def _plain(meaning: str) -> str:
    """Return a sentence with quotation marks around what is code."""
    return CODE.sub(r"“\1”", meaning)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value) or "empty"


def _label(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label
