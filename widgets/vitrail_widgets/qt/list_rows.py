"""How the rows of our lists look: one painter for palette, history and completions."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vitrail_widgets.qt.pieces import Pen, Piece, marked, shown
from vitrail_widgets.qt.theme import Theme

Index = QModelIndex | QPersistentModelIndex

PAD = 12  # from the list's edge to the text
GAP = 12  # between texts
LEAST_HEIGHT = 24
LEADING = 8  # above and below the letters, together
INSET = 4  # of the ground of the chosen row, and its radius
ICON = 16
ICON_GAP = 8
ASIDE_SHARE = 0.5  # of a row, at most


@dataclass(frozen=True)
class Row:
    """What stands in a row.

    Attributes:
        title: What it is.
        places: Offsets of the letters of the title that were looked for.
        after: Said quietly right behind the title.
        keeps_after: Whether the title is cut for it, to one half; else it goes first.
        aside: Said quietly at the right end.
        is_wrong: A cross before that says so.
        is_quiet: Nothing can be done with it now.
        is_last: A line parts it from the rows below.
        icon: Its kind; empty for none.
    """

    title: str
    places: Collection[int] = ()
    after: str = ""
    keeps_after: bool = False
    aside: str = ""
    is_wrong: bool = False
    is_quiet: bool = False
    is_last: bool = False
    icon: str = ""


DrawIcon = Callable[[QPainter, str, float, float], None]
"""Draws the icon of a kind with its upper left corner at a point."""


class RowPainter(QStyledItemDelegate):
    """Draws rows for one theme and font. What has no room is cut with "…" and never overlaps.

    Attributes:
        draw_icon: Draws what stands before the titles; None when nothing does.
    """

    def __init__(self, row_of: Callable[[int], Row], least_height: int = LEAST_HEIGHT) -> None:
        """Draw what a list holds.

        Args:
            row_of: Returns what stands in a row.
            least_height: Of a row, in pixels; a large font makes it higher.
        """
        super().__init__()
        self._row_of, self._least_height = row_of, least_height
        self._theme = Theme.load("light")
        self._pen = Pen(QFont())
        self.draw_icon: DrawIcon | None = None

    def apply_theme(self, theme: Theme, font: QFont) -> None:
        """Take a theme's colours, and a font."""
        self._theme, self._pen = theme, Pen(font)

    @property
    def row_height(self) -> int:
        """Height of a row."""
        return max(self._least_height, round(self._pen.height) + LEADING)

    @property
    def text_x(self) -> int:
        """Where titles begin, from the left edge of the list."""
        return PAD if self.draw_icon is None else PAD + ICON + ICON_GAP

    @property
    def char_width(self) -> float:
        """How wide a digit is, in pixels."""
        return self._pen.width([Piece("0", self._theme.text)])

    def width_of(self, row: Row) -> float:
        """Return how wide a row has to be so that nothing in it is cut, in pixels."""
        texts = [text for text in (row.title, row.after, row.aside) if text]
        width = self._pen.width(Piece(text, self._theme.text) for text in texts)
        return self.text_x + width + GAP * (len(texts) - 1) + PAD

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's size (Qt)."""
        del option, index
        return QSize(0, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row (Qt)."""
        row, rect = self._row_of(index.row()), QRectF(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.selection)
            painter.drawRoundedRect(rect.adjusted(INSET, 1, -INSET, -1), INSET, INSET)
        baseline = rect.center().y() + (self._pen.ascent - self._pen.descent) / 2
        if row.icon and self.draw_icon is not None:
            self.draw_icon(painter, row.icon, rect.left() + PAD, rect.center().y() - ICON / 2)
        quiet = self._theme.text if is_chosen else self._theme.muted
        right = self._paint_aside(painter, row, rect, baseline, quiet)
        at = QPointF(rect.left() + self.text_x, baseline)
        self._paint_title(painter, row, at, right, is_chosen=is_chosen)
        if row.is_last:
            painter.setPen(self._theme.border)
            y = rect.bottom() - 0.5
            painter.drawLine(QPointF(rect.left() + PAD, y), QPointF(rect.right() - PAD, y))
        painter.restore()

    def _paint_aside(
        self, painter: QPainter, row: Row, rect: QRectF, baseline: float, quiet: QColor
    ) -> float:
        """Draw what stands at the right end; return where the room for the title ends."""
        cross = quiet if quiet == self._theme.text else self._theme.error
        said = [Piece("✕ ", cross)] if row.is_wrong else []
        if row.aside:
            said.append(Piece(shown(row.aside), quiet))
        right = rect.right() - PAD
        if not said:
            return right
        taken = self.text_x + self._pen.width([*self._title(row, is_chosen=True)]) + GAP + PAD
        room = max(rect.width() - taken, rect.width() * ASIDE_SHARE - PAD)
        said = self._pen.fitted(said, room)
        left = right - self._pen.width(said)
        self._pen.write(painter, QPointF(left, baseline), said)
        return left - GAP

    def _paint_title(
        self, painter: QPainter, row: Row, at: QPointF, right: float, *, is_chosen: bool
    ) -> None:
        after = Piece(shown(row.after), self._theme.text if is_chosen else self._theme.muted)
        behind = GAP + self._pen.width([after]) if row.after else 0.0
        room = right - at.x()
        kept = behind if row.keeps_after and behind <= room * ASIDE_SHARE else 0.0
        title = self._pen.fitted(self._title(row, is_chosen=is_chosen), room - kept)
        end = self._pen.write(painter, at, title)
        if row.after and end + behind <= right + 1:
            self._pen.write(painter, QPointF(end + GAP, at.y()), [after])

    def _title(self, row: Row, *, is_chosen: bool) -> list[Piece]:
        """Return the title; the accent is readable on the list's ground, not on a chosen row's."""
        theme = self._theme
        plain = theme.muted if row.is_quiet and not is_chosen else theme.text
        return list(marked(row.title, row.places, plain, theme.text if is_chosen else theme.accent))
