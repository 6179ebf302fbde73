"""What of an array is shown: the way, the part, the axes, and where the others stay."""

from typing import Any, Final

from PySide6.QtWidgets import QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.objects.value import Value
from vitrail_widgets.qt.axis_chooser import AxisChooser

WHOLE: Final[dict[str, Any]] = {"x": None, "y": None}


class Choices(AxisChooser):
    """Offers what can be chosen of a value; hidden where nothing can.

    Attributes:
        way: In which it is shown.
        part: Of complex numbers, or the field of a structured array.

    Signals:
        look_wanted: It is to be looked at in another way; with the fields of `Look` that change.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way = self.box(tr("Shown as"), tr("Shown as"), 0)
        self.part = self.box(tr("Part"), tr("Part"), 2)
        self._value: Value | None = None

    def show_value(self, value: Value) -> None:
        """Offer what there is of a value."""
        self._value = value
        self.fill(self.way, value.ways, value.way)
        self.fill(self.part, value.parts, value.part)
        self.show_axes(value.shape or (), value.axes, value.at)
        self.setVisible(bool(value.ways or value.parts or not self.isHidden()))

    def changes(self) -> dict[str, Any]:
        """Return what is wanted otherwise than it is shown."""
        axes = super().changes()
        if axes:
            return {**WHOLE, **axes}
        value = self._value
        if value is None:
            return {}
        changes: dict[str, Any] = {"way": self.way.currentText(), "part": self.part.currentText()}
        return changes | WHOLE if changes["way"] != value.way else changes
