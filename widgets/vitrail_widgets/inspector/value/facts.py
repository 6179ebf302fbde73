"""Facts in a flow: a muted label and its text each, as many in a row as there is room for."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.variables.variable import in_units

APART, WITHIN, LEADING = 16, 5, 4
_RIGHT = Qt.TextElideMode.ElideRight


class FactsStrip(QWidget):
    """Draws facts below one another where they do not fit side by side.

    Attributes:
        facts: Label and text of each.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts: tuple[tuple[str, str], ...] = ()
        self._theme: Theme | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("Facts"))

    def show_facts(self, facts: tuple[tuple[str, str | int], ...]) -> None:
        """Show others; a number is one of bytes."""
        written = tuple((label, _written(text)) for label, text in facts)
        if written != self.facts:
            self.facts = written
            self.setAccessibleDescription(", ".join(map(" ".join, written)))
            self.updateGeometry()
            self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        self._theme = theme
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Say that it wraps (Qt)."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows (Qt)."""
        places = self._places(width)
        return places[-1].bottom() + 1 if places else 0

    def sizeHint(self) -> QSize:
        """Return the size that it would like (Qt)."""
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Return the least size (Qt)."""
        return QSize(80, self.heightForWidth(max(80, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them (Qt)."""
        del event
        if self._theme is None:
            return
        label_font, metrics = self._label_font(), self.fontMetrics()
        with QPainter(self) as painter:
            for (label, text), place in zip(self.facts, self._places(self.width()), strict=True):
                at = place.topLeft() + QPoint(0, metrics.ascent())
                painter.setFont(label_font)
                painter.setPen(self._theme.muted)
                painter.drawText(at, label)
                at += QPoint(painter.fontMetrics().horizontalAdvance(label) + WITHIN, 0)
                painter.setFont(self.font())
                painter.setPen(self._theme.text)
                room = place.right() - at.x() + 1
                painter.drawText(at, metrics.elidedText(text, _RIGHT, room))

    def _label_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        return font

    def _places(self, width: int) -> list[QRect]:
        labels, texts = QFontMetrics(self._label_font()), self.fontMetrics()
        height = texts.height()
        places: list[QRect] = []
        x = y = 0
        for label, text in self.facts:
            wide = labels.horizontalAdvance(label) + WITHIN + texts.horizontalAdvance(text) + 1
            if x and x + wide > width:
                x, y = 0, y + height + LEADING
            places.append(QRect(x, y, min(wide, max(1, width)), height))
            x += wide + APART
        return places


def _written(fact: str | int) -> str:
    """Write a fact; numbers in groups of three digits, with a minus."""
    if isinstance(fact, int):
        return in_units(fact)
    return " × ".join(_number(part) for part in fact.split(" x "))


def _number(text: str) -> str:
    digits = text.removeprefix("-")
    if not digits[:1].isdecimal():
        return text
    if digits.isdecimal() and len(digits) > 4:
        digits = f"{int(digits):,}".replace(",", "\u202f")
    return f"\u2212{digits}" if text.startswith("-") else digits
