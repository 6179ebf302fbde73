"""Which plane of an array with several axes is shown: two axes, and where the others stay."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.qt.controls import control_style
from vitrail_widgets.qt.theme import Theme


class AxisChooser(QWidget):
    """Offers the axes of an array, and a slider for each that is not shown.

    Attributes:
        row: What stands in the first line.
        down: The axis that goes down.
        right: The axis that goes right.
        sliders: Where the other axes stay, by axis.

    Signals:
        look_wanted: Something else is to be shown; a dict with the new `axes`, or the new `at`.
    """

    look_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout()
        self.row.setSpacing(6)
        self._names: dict[QComboBox, QLabel] = {}
        self.down = self.box(tr("Down: axis"), tr("Axis down"))
        self.right = self.box(tr("Right: axis"), tr("Axis to the right"))
        self.row.addStretch()
        self.sliders: dict[int, QSlider] = {}
        self._labels: list[QLabel] = []
        self._axes, self._at = (0, 1), tuple[int, ...]()
        self._theme: Theme | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self.row, 0, 0)
        layout.addLayout(self._grid, 1, 0)
        self.hide()

    def box(self, label: str, name: str, place: int = -1) -> QComboBox:
        """Add a choice to the first line, at a place in it."""
        box, words = QComboBox(self), QLabel(label, self)
        box.setAccessibleName(name)
        box.activated.connect(self._on_box_activated)
        words.setTextFormat(Qt.TextFormat.PlainText)
        self.row.insertWidget(place, words)
        self.row.insertWidget(place if place < 0 else place + 1, box)
        self._names[box] = words
        return box

    def fill(self, box: QComboBox, texts: Sequence[str], chosen: str) -> None:
        """Offer texts in a box; it is hidden where there is nothing to choose."""
        if [box.itemText(at) for at in range(box.count())] != list(texts):
            box.clear()
            box.addItems(list(texts))
        box.setCurrentText(chosen)
        box.setVisible(len(texts) > 1)
        self._names[box].setVisible(len(texts) > 1)

    def show_axes(
        self, shape: Sequence[int], axes: tuple[int, int] | None, at: tuple[int, ...]
    ) -> None:
        """Offer the axes of an array; none where it has no more than two."""
        has_several = axes is not None and len(shape) > 2
        texts = [str(axis) for axis in range(len(shape))] if has_several else []
        self._axes, self._at = axes or (0, 1), at
        self.fill(self.down, texts, str(self._axes[0]))
        self.fill(self.right, texts, str(self._axes[1]))
        rest = [axis for axis in range(len(shape)) if has_several and axis not in self._axes]
        if rest != list(self.sliders):
            self._make_sliders(rest)
        for label, (axis, slider) in zip(self._labels[1::2], self.sliders.items(), strict=True):
            slider.blockSignals(True)
            slider.setRange(0, shape[axis] - 1)
            if not slider.isSliderDown():
                slider.setValue(at[axis])
            slider.blockSignals(False)
            label.setText(tr("{at} of {last}", at=at[axis], last=shape[axis] - 1))
        self.setVisible(has_several)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        for label in (*self._names.values(), *self._labels):
            label.setStyleSheet(f"color: {theme.muted.name()};")
        for box in self._names:
            box.setStyleSheet(control_style(theme.palette()))
        for slider in self.sliders.values():
            slider.setStyleSheet(_slider_style(theme))

    def changes(self) -> dict[str, Any]:
        """Return which axes are wanted; empty where those are shown."""
        if not self.down.count():
            return {}
        axes = self.down.currentIndex(), self.right.currentIndex()
        if axes[0] == axes[1]:  # the other one takes the place of the one that was chosen
            axes = self._axes[1], self._axes[0]
        return {"axes": axes} if axes != self._axes else {}

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
        changes = self.changes()
        if changes:
            self.look_wanted.emit(changes)

    def _on_slider_value_changed(self) -> None:
        at = list(self._at)
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
