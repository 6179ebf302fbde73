"""What of an array is shown: the way, the part, the axes, and where the others stay."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.objects.value import Value
from vitrail_widgets.qt.theme import Theme

WHOLE: Final[dict[str, Any]] = {"x": None, "y": None}


class Choices(QWidget):
    """Offers what can be chosen; hidden where nothing can.

    Attributes:
        way: In which it is shown.
        part: Of complex numbers, or the field of a structured array.
        down: The axis that goes down.
        right: The axis that goes right.
        sliders: Where the other axes stay, by axis.

    Signals:
        look_wanted: It is to be looked at in another way; with the fields of `Look` that change.
    """

    look_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way, self.part = self._combo(tr("Shown as")), self._combo(tr("Part"))
        self.down, self.right = self._combo(tr("Axis down")), self._combo(tr("Axis to the right"))
        self.sliders: dict[int, QSlider] = {}
        self._labels: list[QLabel] = []
        self._names = {box: QLabel(name, self) for box, name in self._named()}
        self._value: Value | None = None
        self._theme: Theme | None = None
        row = QHBoxLayout()
        row.setSpacing(6)
        for box, label in self._names.items():
            label.setTextFormat(Qt.TextFormat.PlainText)
            row.addWidget(label)
            row.addWidget(box)
        row.addStretch()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row, 0, 0)
        layout.addLayout(self._grid, 1, 0)
        self.hide()

    def show_value(self, value: Value) -> None:
        """Offer what there is of a value."""
        self._value = value
        self._fill(self.way, value.ways, value.way)
        self._fill(self.part, value.parts, value.part)
        several = value.axes is not None and value.shape is not None and len(value.shape) > 2
        axes = [str(axis) for axis in range(len(value.shape or ()))] if several else []
        down, right = value.axes or (0, 1)
        self._fill(self.down, axes, str(down))
        self._fill(self.right, axes, str(right))
        self._show_sliders(value)
        self.setVisible(bool(value.ways or value.parts or several))

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        for label in (*self._names.values(), *self._labels):
            label.setStyleSheet(f"color: {theme.muted.name()};")
        for slider in self.sliders.values():
            slider.setStyleSheet(_slider_style(theme))

    def _named(self) -> list[tuple[QComboBox, str]]:
        return [
            *((self.way, tr("Shown as")), (self.part, tr("Part"))),
            *((self.down, tr("Down: axis")), (self.right, tr("Right: axis"))),
        ]

    def _combo(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.activated.connect(self._on_box_activated)
        return box

    def _fill(self, box: QComboBox, texts: "list[str] | tuple[str, ...]", chosen: str) -> None:
        if [box.itemText(at) for at in range(box.count())] != list(texts):
            box.clear()
            box.addItems(list(texts))
        box.setCurrentText(chosen)
        box.setVisible(len(texts) > 1)
        self._names[box].setVisible(len(texts) > 1)

    def _show_sliders(self, value: Value) -> None:
        shape, shown = value.shape or (), value.axes or ()
        rest = [axis for axis in range(len(shape)) if value.axes and axis not in shown]
        if rest != list(self.sliders):
            self._make_sliders(rest)
        for label, (axis, slider) in zip(self._labels[1::2], self.sliders.items(), strict=True):
            slider.blockSignals(True)
            slider.setRange(0, shape[axis] - 1)
            if not slider.isSliderDown():
                slider.setValue(value.at[axis])
            slider.blockSignals(False)
            label.setText(tr("{at} of {last}", at=value.at[axis], last=shape[axis] - 1))

    def _make_sliders(self, axes: list[int]) -> None:
        for widget in (*self._labels, *self.sliders.values()):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._labels.clear()
        self.sliders.clear()
        for row, axis in enumerate(axes):
            slider = QSlider(Qt.Orientation.Horizontal, self)
            slider.setAccessibleName(tr("Index along axis {axis}", axis=axis))
            slider.valueChanged.connect(self._on_slider_value_changed)
            self.sliders[axis] = slider
            name, place = QLabel(tr("axis {axis}", axis=axis), self), QLabel(self)
            for label in (name, place):
                label.setTextFormat(Qt.TextFormat.PlainText)
            self._labels += [name, place]
            for column, widget in enumerate((name, slider, place)):
                self._grid.addWidget(widget, row, column)
        if self._theme is not None:
            self.apply_theme(self._theme)

    def _on_box_activated(self) -> None:
        value = self._value
        if value is None:
            return
        changes: dict[str, Any] = {"way": self.way.currentText(), "part": self.part.currentText()}
        if changes["way"] != value.way:
            changes |= WHOLE
        if self.down.count() and value.axes is not None:
            axes = self.down.currentIndex(), self.right.currentIndex()
            if axes[0] == axes[1]:  # the other one takes the place of the one that was chosen
                axes = value.axes[1], value.axes[0]
            if axes != value.axes:
                changes |= {**WHOLE, "axes": axes}
        self.look_wanted.emit(changes)

    def _on_slider_value_changed(self) -> None:
        value = self._value
        if value is None:
            return
        at = list(value.at)
        for axis, slider in self.sliders.items():
            at[axis] = slider.value()
        self.look_wanted.emit({"at": tuple(at)})


def _slider_style(theme: Theme) -> str:
    return (
        f"QSlider::groove:horizontal {{ height: 4px; border-radius: 2px;"
        f" background: {theme.border.name()}; }}"
        f"QSlider::sub-page:horizontal {{ background: {theme.accent.name()}; border-radius: 2px; }}"
        "QSlider::handle:horizontal { width: 12px; height: 12px; margin: -4px 0;"
        f" border-radius: 6px; background: {theme.accent.name()}; }}"
        f"QSlider::handle:horizontal:focus {{ background: {theme.text.name()}; }}"
    )
