"""A plane of numbers as a map of colours, or a picture; zoomed, moved, read cell by cell."""

from functools import cache
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.inspector.value.body import BodyView, Seen
from vitrail_widgets.inspector.value.colour_bar import ColourBar
from vitrail_widgets.inspector.value.plot_events import PlotEvents
from vitrail_widgets.inspector.value.plots import (
    RIGHT,
    TOP,
    graphs,
    index_ticks,
    new_plot,
    number_text,
    style_plot,
)
from vitrail_widgets.objects.look import Span
from vitrail_widgets.objects.scales import Scale, diverging_colour, is_diverging, place_of
from vitrail_widgets.objects.value import EMPTY_CELL, HeatMap, Picture, Value
from vitrail_widgets.qt.theme import Theme

SETTLED_MS: Final = 60
ZOOM, SHIFT = 1.4, 0.2
TELL_MS: Final = 30
"""The pointer rests so long before an element is asked for."""

KEYS: Final = {
    Qt.Key.Key_Left: (-SHIFT, 0.0),
    Qt.Key.Key_Right: (SHIFT, 0.0),
    Qt.Key.Key_Up: (0.0, -SHIFT),
    Qt.Key.Key_Down: (0.0, SHIFT),
}


class PlaneBody(BodyView):
    """Draws cells. Wheel and + - zoom, the mouse and the arrows move, 0 fits, 1 is pixel for pixel.

    Attributes:
        plot: Of pyqtgraph.
        bar: The colours of a map; hidden beside a picture.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pg = graphs()
        self.plot: Any = new_plot(self)
        self.bar = ColourBar(self)
        self._image: Any = pg.ImageItem()
        self._seen: Seen | None = None
        self._pointed: tuple[int, ...] = ()
        self._is_fitted = True
        self._is_dark = False
        self._settled = _timer(self, SETTLED_MS, self._on_settled)
        self._rested = _timer(self, TELL_MS, self._on_rested)
        self._build()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.bar)

    def _build(self) -> None:
        self._box: Any = self.plot.getViewBox()
        self._box.invertY(True)
        self._box.disableAutoRange()
        self.plot.addItem(self._image)
        for name in ("left", "bottom"):
            self.plot.getAxis(name).tickStrings = index_ticks
        events = PlotEvents(self.plot, self._act_on_key, self)
        events.pointed.connect(self._point)
        events.left.connect(self._unpoint)
        events.doubled.connect(self.fit)
        self.bar.scale_wanted.connect(self._on_bar_scale_wanted)
        self._box.sigRangeChanged.connect(self._on_box_range_changed)
        self._box.sigRangeChangedManually.connect(self._on_box_range_chosen)
        self._box.sigResized.connect(self._on_box_resized)
        self.setFocusProxy(self.plot)

    # -- BodyView

    def show_body(self, seen: Seen) -> None:
        """Show a plane; what is seen of it stays where it is another state of the same."""
        before, self._seen = self._seen, seen
        body = self._body
        is_picture = isinstance(body, Picture)
        self.plot.setAccessibleName(tr("Picture") if is_picture else tr("Heat map"))
        self.plot.setAccessibleDescription(
            tr("{rows} rows, {columns} columns", rows=body.shape[0], columns=body.shape[1])
        )
        self._box.setAspectLocked(is_picture)
        for name in ("left", "bottom"):
            self.plot.showAxis(name, not is_picture)
        self.bar.setVisible(not is_picture)
        edge = 0 if is_picture else RIGHT
        self.plot.getPlotItem().layout.setContentsMargins(0, TOP, edge, 0)
        if before is None or _place(before) != _place(seen):
            self._limit(body)
            self.fit()
            if seen.look.x or seen.look.y:
                self._is_fitted = False
                self._show_range(
                    seen.look.y or (0, body.shape[0]), seen.look.x or (0, body.shape[1])
                )
        self._draw(body, seen.value)
        self._pointed = ()

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours."""
        del code_font
        style_plot(self.plot, theme, self.font())
        self.bar.apply_theme(theme)
        self._is_dark = theme.dark
        if self._seen is not None:
            self._draw(self._body, self._seen.value)

    def tell_element(self, at: tuple[int, ...], text: str) -> None:
        """Show an element in full under the pointer."""
        if at == self._pointed:
            self.said.emit(f"[{', '.join(map(str, at))}]  {text}")

    @property
    def _body(self) -> HeatMap | Picture:
        assert self._seen is not None
        body = self._seen.value.body
        assert isinstance(body, HeatMap | Picture)
        return body

    # -- what is seen

    @property
    def spans(self) -> tuple[Span, Span]:
        """Rows and columns that are seen: the first, and the one after the last."""
        (left, right), (top, bottom) = self._box.viewRange()
        rows, columns = self._body.shape
        return _span(top, bottom, rows), _span(left, right, columns)

    def fit(self) -> None:
        """Show all of it, from now on in any size."""
        self._is_fitted = True
        rows, columns = self._body.shape
        self._show_range((0, rows), (0, columns))

    def fit_pixels(self) -> None:
        """Show each pixel as one of the screen, around the middle of what is seen."""
        self._is_fitted = False
        (left, right), (top, bottom) = self._box.viewRange()
        ratio = self.devicePixelRatioF()
        wide, high = self._box.width() * ratio / 2, self._box.height() * ratio / 2
        x, y = (left + right) / 2, (top + bottom) / 2
        self._box.setRange(QRectF(x - wide, y - high, 2 * wide, 2 * high), padding=0)

    def zoom(self, factor: float) -> None:
        """Show so many times as much in either direction."""
        self._is_fitted = False
        self._box.scaleBy((factor, factor))

    def _limit(self, body: HeatMap | Picture) -> None:
        rows, columns = body.shape
        if isinstance(body, Picture):
            side = 1.5 * max(rows, columns)
            self._box.setLimits(
                xMin=-side, xMax=columns + side, yMin=-side, yMax=rows + side, minXRange=4
            )
        else:
            self._box.setLimits(xMin=0, xMax=columns, yMin=0, yMax=rows, minXRange=1, minYRange=1)

    def _show_range(self, rows: Span, columns: Span) -> None:
        place = QRectF(columns[0], rows[0], columns[1] - columns[0], rows[1] - rows[0])
        self._box.setRange(place, padding=0)

    def _draw(self, body: HeatMap | Picture, value: Value) -> None:
        rows, columns = body.size
        cells = np.frombuffer(body.cells, np.uint8)
        if isinstance(body, Picture):
            self._image.setImage(cells.reshape(rows, columns, body.channels), levels=(0, 255))
        else:
            table, zero = self._colours(body, is_phase=value.part == "phase")
            lut = np.array([each.getRgb() for each in table], np.uint8)
            self._image.setImage(cells.reshape(rows, columns), levels=(0, 255), lut=lut)
            self.bar.show_scale(table[:EMPTY_CELL], _scale(body, zero), zero)
        (top, bottom), (left, right) = body.rows, body.columns
        self._image.setRect(QRectF(left, top, right - left, bottom - top))

    def _colours(self, body: HeatMap, *, is_phase: bool) -> tuple[list[QColor], float | None]:
        """Return the colours of a map, and which share of them is below zero where that matters."""
        chosen = self._seen.look.colours if self._seen is not None else Scale.SUITED
        self.bar.offer(None if body.unit or is_phase else chosen)
        if is_phase:
            return colours("CET-C1"), None
        if body.unit or not is_diverging(chosen, body.low, body.high):
            return colours("viridis"), None
        zero = -body.low / (body.high - body.low) if body.low < 0 < body.high else None
        return around_zero(body.low, body.high, is_dark=self._is_dark), zero

    # -- pointer and keys

    def _act_on_key(self, key: Qt.Key) -> bool:
        if self._seen is None:
            return False
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1 / ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(ZOOM)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.fit()
        elif key == Qt.Key.Key_1:
            self.fit_pixels()
        elif key in KEYS:
            (left, right), (top, bottom) = self._box.viewRange()
            x, y = KEYS[key]
            self._is_fitted = False
            self._box.translateBy(x=(right - left) * x, y=(bottom - top) * y)
        else:
            return False
        return True

    def _unpoint(self) -> None:
        self._pointed = ()
        self.said.emit("")

    def _point(self, place: QPointF) -> None:
        if self._seen is None:
            return
        at = self._box.mapSceneToView(self.plot.mapToScene(place.toPoint()))
        row, column = int(at.y() // 1), int(at.x() // 1)
        rows, columns = self._body.shape
        if not (0 <= row < rows and 0 <= column < columns):
            self._unpoint()
            return
        pointed = self._element(row, column)
        if pointed != self._pointed:
            self._pointed = pointed
            self._rested.start()

    def _element(self, row: int, column: int) -> tuple[int, ...]:
        """Return the indices of an element of the array."""
        assert self._seen is not None
        value = self._seen.value
        if value.axes is None:
            return row, column
        at = list(value.at)
        at[value.axes[0]], at[value.axes[1]] = row, column
        return tuple(at)

    def _on_rested(self) -> None:
        if self._pointed:
            self.element_wanted.emit(self._pointed)

    def _on_bar_scale_wanted(self, scale: Scale) -> None:
        self.look_wanted.emit({"colours": scale})

    def _on_box_range_changed(self) -> None:
        self._settled.start()

    def _on_box_range_chosen(self) -> None:
        self._is_fitted = False

    def _on_box_resized(self) -> None:
        if self._seen is not None and self._is_fitted:
            self.fit()
        self.bar.leave_below(self.plot.height() - self._box.sceneBoundingRect().bottom())
        self._settled.start()

    def _on_settled(self) -> None:
        """Ask for what is seen, in as many cells as there are pixels."""
        seen = self._seen
        if seen is None or not self.isVisible():
            return
        self._want(seen, self._changes())

    def _changes(self) -> dict[str, Any]:
        rows, columns = self.spans
        whole = (0, self._body.shape[0]), (0, self._body.shape[1])
        ratio = self.devicePixelRatioF()
        return {
            "y": None if self._is_fitted or rows == whole[0] else rows,
            "x": None if self._is_fitted or columns == whole[1] else columns,
            "width": max(64, round(self._box.width() * ratio)),
            "height": max(64, round(self._box.height() * ratio)),
        }


@cache
def colours(name: str) -> list[QColor]:
    """Return 256 colours of a map, the last of them for what is not known."""
    table = graphs().colormap.get(name).getLookupTable(0, 1, EMPTY_CELL, alpha=False)
    return [*(QColor(*(int(part) for part in row)) for row in table), QColor(0, 0, 0, 0)]


def around_zero(low: float, high: float, *, is_dark: bool) -> list[QColor]:
    """Return 256 colours as `colours` does, between two numbers, for either side of zero."""
    numbers = np.linspace(low, high, EMPTY_CELL)
    places = (place_of(float(each), low, high) for each in numbers)
    table = [QColor(*diverging_colour(place, is_dark=is_dark)) for place in places]
    return [*table, QColor(0, 0, 0, 0)]


def _scale(body: HeatMap, zero: float | None) -> tuple[str, str, str]:
    """Return what stands beside the colours: the lowest, what is in the middle, the highest."""
    if body.unit == "moment":
        moments = np.array([body.low, (body.low + body.high) / 2, body.high])
        low, middle, high = (str(one) for one in moments.astype("datetime64[s]").astype("M8[m]"))
        return low, middle, high
    spread = body.high - body.low
    digits = max(0, 2 - int(np.floor(np.log10(spread)))) if spread > 0 else 3
    middle_number = 0.0 if zero is not None else (body.low + body.high) / 2
    numbers = (body.low, middle_number, body.high)
    low, middle, high = (
        number_text(0.0 if abs(one) < spread / 1000 else one, digits) for one in numbers
    )
    return low, middle if zero is None else "0", high


def _place(seen: Seen) -> tuple[object, ...]:
    """Return what another place to look at comes with."""
    body = seen.value.body
    assert isinstance(body, HeatMap | Picture)
    return seen.target, body.shape, seen.value.axes, type(body)


def _span(low: float, high: float, count: int) -> Span:
    start = min(max(0, int(np.floor(low))), count - 1)
    return start, min(max(start + 1, int(np.ceil(high))), count)


def _timer(parent: QObject, wait_ms: int, act: Any) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(wait_ms)
    timer.timeout.connect(act)
    return timer
