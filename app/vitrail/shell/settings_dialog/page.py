"""All settings on one page that scrolls, found by any word that is said of them."""

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from vitrail.settings.fields import SettingSection, sections
from vitrail.settings.model import Settings
from vitrail.settings.store import SettingsStore
from vitrail.shell.settings_dialog.row import SettingRow
from vitrail_resources.translation import tr
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.scroll_bar import scroll_bar_style
from vitrail_widgets.qt.theme import Theme

MARGIN = 16
WIDEST = 760  # longer lines are hard to read
GAP = 16


class SettingsPage(QWidget):
    """Shows what holds, and changes it at once.

    Attributes:
        field: Finds settings.
        rows: All of them, by section and name.
        nothing: Says that none was found.
        close_watch: Ends that the page follows the settings.
    """

    def __init__(self, store: SettingsStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Find a setting"))
        self.field.setAccessibleName(tr("Find a setting"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self.sift)
        self.rows: dict[tuple[str, str], SettingRow] = {}
        self._sections: list[tuple[QWidget, SettingSection]] = []
        self.nothing = QLabel(tr("No setting is about that."), self)
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.hide()
        self.area = QScrollArea(self)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab leads to the first setting
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inside())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, 0, 0)
        layout.setSpacing(GAP)
        top = QVBoxLayout()
        top.setContentsMargins(0, 0, MARGIN, 0)
        top.addWidget(self.field)
        layout.addLayout(top)
        layout.addWidget(self.nothing)
        layout.addWidget(self.area, 1)
        self.close_watch = store.watch(self._on_settings_changed)
        self._show(store.now)

    def sift(self, text: str) -> None:
        """Show only settings of which all words of `text` are said."""
        any_left = False
        for widget, section in self._sections:
            found = [each for each in section.fields if each.holds(text)]
            for field in section.fields:
                self.rows[field.section, field.name].setVisible(field in found)
            widget.setVisible(bool(found))
            any_left = any_left or bool(found)
        self.nothing.setHidden(any_left)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.field.setStyleSheet(field_style(theme))
        self.nothing.setStyleSheet(f"color: {theme.muted.name()};")
        self.area.setStyleSheet(f"QScrollArea {{ background: {theme.surface.name()}; }}")
        self.area.verticalScrollBar().setStyleSheet(scroll_bar_style(theme, theme.surface))
        for row in self.rows.values():
            row.apply_theme(theme)

    def _inside(self) -> QWidget:
        inside = QWidget(self)
        inside.setMaximumWidth(WIDEST)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, MARGIN, MARGIN)
        layout.setSpacing(2 * GAP)
        for section in sections():
            widget = self._section(section, inside)
            layout.addWidget(widget)
            self._sections.append((widget, section))
        layout.addStretch(1)
        return inside

    def _section(self, section: SettingSection, parent: QWidget) -> QWidget:
        widget = QWidget(parent)
        layout = QVBoxLayout(widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        head = QLabel(section.title, widget)
        font = head.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        head.setFont(font)
        layout.addWidget(head)
        for field in section.fields:
            row = SettingRow(field, widget)
            row.changed.connect(partial(self._change, row))
            row.reset.connect(partial(self._change, row, field.default))
            self.rows[field.section, field.name] = row
            layout.addWidget(row)
        return widget

    def _change(self, row: SettingRow, value: Any) -> None:
        field = row.field
        if value == getattr(getattr(self._store.now, field.section), field.name):
            row.say("")
            return
        try:
            self._store.change(field.section, field.name, value)
        except msgspec.ValidationError as error:
            row.say(f"{error}.")

    def _on_settings_changed(self, _before: Settings, after: Settings) -> None:
        self._show(after)

    def _show(self, settings: Settings) -> None:
        for (section, name), row in self.rows.items():
            row.show_value(getattr(getattr(settings, section), name))
