"""What a setting is changed with, by the kind of its values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from vitrail.settings.fields import SettingField
from vitrail.settings.model import OWN_THEMES
from vitrail_resources.translation import tr

Changed = Callable[[Any], None]
"""Is called with what the user chose."""

INDENT = 6  # px
MOST = 2**31 - 1  # of a spin box
SYSTEM_FONT = tr("the system's")


@dataclass(frozen=True)
class Editor:
    """What a setting is changed with.

    Attributes:
        show: Shows a value, without saying that it was chosen.
    """

    widget: QWidget
    show: Callable[[Any], None]


def editor_for(field: SettingField, changed: Changed, parent: QWidget) -> Editor:
    """Return what changes a setting; it has the setting's name for screen readers."""
    make = _SPECIAL.get((field.section, field.name)) or _BY_KIND[field.kind]
    editor = make(field, changed, parent)
    editor.widget.setAccessibleName(field.title)
    editor.widget.setAccessibleDescription(field.meaning.replace("`", ""))
    editor.widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    editor.widget.installEventFilter(_WheelGuard(editor.widget))
    return editor


class _WheelGuard(QObject):
    """Leaves the wheel to the page: what is scrolled past must not change."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_passed = event.type() == QEvent.Type.Wheel
        if is_passed and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _switch(_field: SettingField, changed: Changed, parent: QWidget) -> Editor:
    box = QCheckBox(parent)
    box.toggled.connect(changed)
    return Editor(box, _silently(box, box.setChecked))


def _integer(field: SettingField, changed: Changed, parent: QWidget) -> Editor:
    box = QSpinBox(parent)
    box.setRange(int(field.low or 0), int(MOST if field.high is None else field.high))
    box.setGroupSeparatorShown(True)
    _indent(box)
    box.setKeyboardTracking(False)
    box.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
    box.valueChanged.connect(changed)
    return Editor(box, _silently(box, box.setValue))


def _number(field: SettingField, changed: Changed, parent: QWidget) -> Editor:
    box = QDoubleSpinBox(parent)
    box.setRange(field.low or 0, float(MOST) if field.high is None else field.high)
    box.setDecimals(1)
    _indent(box)
    box.setSingleStep(0.5)
    box.setKeyboardTracking(False)
    box.valueChanged.connect(changed)
    return Editor(box, _silently(box, box.setValue))


def _indent(box: QAbstractSpinBox) -> None:
    """Let the number begin where the words of the other editors do; style sheets cannot."""
    line = box.lineEdit()
    assert line is not None
    line.setTextMargins(INDENT, 0, 0, 0)


def _text(field: SettingField, changed: Changed, parent: QWidget) -> Editor:
    line = QLineEdit(parent)
    if field.longest is not None:
        line.setMaxLength(field.longest)
    line.editingFinished.connect(lambda: changed(line.text()))

    def show(value: str) -> None:
        if line.text() != value:
            line.setText(value)
            line.setCursorPosition(0)

    return Editor(line, show)


def _choice(field: SettingField, changed: Changed, parent: QWidget) -> Editor:
    return _list(field.choices, changed, parent)


def _theme(_field: SettingField, changed: Changed, parent: QWidget) -> Editor:
    from vitrail_widgets.qt.code_styles import style_names

    editor = _list((*OWN_THEMES, *style_names()), changed, parent)
    assert isinstance(editor.widget, QComboBox)
    editor.widget.insertSeparator(len(OWN_THEMES))
    return editor


def _font(_field: SettingField, changed: Changed, parent: QWidget) -> Editor:
    """A font by name: one of those with fixed width, or any that is typed."""
    families = [each for each in QFontDatabase.families() if QFontDatabase.isFixedPitch(each)]
    box = QComboBox(parent)
    box.setEditable(True)
    box.addItems([SYSTEM_FONT, *dict.fromkeys(families)])
    line = box.lineEdit()
    assert line is not None

    def choose(*_index: int) -> None:
        chosen = box.currentText().strip()
        changed("" if chosen == SYSTEM_FONT else chosen)

    box.activated.connect(choose)
    line.editingFinished.connect(choose)
    return Editor(box, lambda value: box.setEditText(value or SYSTEM_FONT))


def _list(values: Sequence[str], changed: Changed, parent: QWidget) -> Editor:
    box = QComboBox(parent)
    box.addItems(list(values))
    box.textActivated.connect(changed)

    def show(value: str) -> None:
        box.setCurrentIndex(box.findText(value))

    return Editor(box, show)


def _silently(widget: QWidget, show: Callable[[Any], None]) -> Callable[[Any], None]:
    return partial(_show_silently, widget, show)


def _show_silently(widget: QWidget, show: Callable[[Any], None], value: Any) -> None:
    with QSignalBlocker(widget):
        show(value)


_BY_KIND = {
    "switch": _switch,
    "choice": _choice,
    "integer": _integer,
    "number": _number,
    "text": _text,
}
_SPECIAL = {("appearance", "theme"): _theme, ("appearance", "font_family"): _font}
