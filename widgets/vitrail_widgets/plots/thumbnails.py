"""Figures as a row of small pictures, of which those are made that are seen."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from vitrail_resources.translation import tr
from vitrail_widgets.plots.pictures import Pictures
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.image_block import PAPER
from vitrail_widgets.render.rendition import Rendition
from vitrail_widgets.transcript.figures import Figure, Figures

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
WIDTH: Final = 96
PAD: Final = 6
FRAME: Final = 2.0  # around the one that is shown, and its radius


def name_of(figure: Figure, position: int) -> str:
    """Return what a figure is called."""
    number = position + 1
    if figure.count is None:
        return tr("Figure {number}", number=number)
    return tr("Figure {number} of In [{count}]", number=number, count=figure.count)


class FigureModel(QAbstractListModel):
    """The figures as Qt sees them."""

    def __init__(self, figures: Figures, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = figures
        self._count = len(figures)

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's
        """Return how many figures there are."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return what a figure is called."""
        row = index.row()
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return name_of(self._figures[row], row) if row < len(self._figures) else None

    def follow(self) -> None:
        """Take over what changed: what is selected and seen stays so."""
        before, now = self._count, len(self._figures)
        if now > before:
            self.beginInsertRows(NOWHERE, before, now - 1)
            self._count = now
            self.endInsertRows()
        elif now < before:
            self.beginRemoveRows(NOWHERE, now, before - 1)
            self._count = now
            self.endRemoveRows()
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))


class ThumbnailPainter(QStyledItemDelegate):
    """Draws a figure small, with a line around the one that is shown."""

    def __init__(self, figures: Figures, pictures: Pictures, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._figures = figures
        self._pictures = pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of each."""
        del option, index
        return QSize(WIDTH, WIDTH * 3 // 4 + 2 * PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        if index.row() >= len(self._figures):
            return
        room: QRect = option.rect.adjusted(PAD, PAD, -PAD, -PAD)
        picture = self._pictures.of(self._figures[index.row()])
        target = room
        painter.save()
        if isinstance(picture, str):
            painter.setPen(self.theme.muted)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "?")
        else:
            size = picture.source.size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(room.topLeft(), size.expandedTo(QSize(1, 1)))
            target.moveCenter(room.center())
            self._paint_picture(painter, picture, target, option.widget)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.theme.accent, FRAME))
            frame = QRectF(target).adjusted(-FRAME, -FRAME, FRAME, FRAME)
            painter.drawRoundedRect(frame, FRAME, FRAME)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, picture: Rendition, target: QRect, widget: QWidget
    ) -> None:
        view = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
        image = picture.image(view, target.size() * view.devicePixelRatioF(), self.theme)
        if image is None:
            painter.fillRect(target, self.theme.surface)
            return
        if self.theme.dark and picture.is_on_paper:
            painter.fillRect(target, PAPER)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, image)


class Thumbnails(QListView):
    """A row of figures; one is chosen, or two to be compared (Ctrl and a click)."""

    def __init__(self, figures: Figures, pictures: Pictures, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.figures = FigureModel(figures, self)
        self._painter = ThumbnailPainter(figures, pictures, theme)
        self.setModel(self.figures)
        self.setItemDelegate(self._painter)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Figures of this session"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(WIDTH * 3 // 4 + 2 * PAD)
        self.apply_theme(theme)

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        self._painter.theme = theme
        self.setStyleSheet(f"QListView {{ background: {theme.surface.name()}; border: none; }}")
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move along the row, whichever way the wheel turns."""
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.x() or delta.y()))
        event.accept()

    @property
    def chosen(self) -> list[int]:
        """The figures that are selected, the one pointed at first."""
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        current = self.currentIndex().row()
        return sorted(rows, key=lambda row: (row != current, -row))

    def choose(self, row: int) -> None:
        """Select a figure, and no other."""
        index = self.figures.index(row)
        self.selectionModel().setCurrentIndex(
            index, self.selectionModel().SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)
