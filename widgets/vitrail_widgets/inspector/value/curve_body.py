"""A row of numbers as a line, with a histogram beside it on the same scale."""

from typing import Any, Final

import numpy as np
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vitrail_resources.translation import tr, trn
from vitrail_widgets.inspector.value.body import BodyView, Seen
from vitrail_widgets.inspector.value.plot_events import PlotEvents
from vitrail_widgets.inspector.value.plots import (
    graphs,
    index_ticks,
    new_plot,
    plain_ticks,
    style_plot,
    translucent,
)
from vitrail_widgets.objects.look import Look, Span
from vitrail_widgets.objects.value import Curve, Histogram
from vitrail_widgets.qt.theme import Theme

SETTLED_MS: Final = 40
"""After the last change of what is seen, until it is asked for."""

HISTOGRAM_SHARE: Final = 0.22
DOTS_PX: Final = 9
"""Between neighbours, from which on each point is a dot."""

MARGIN: Final = 0.25
"""Of what is seen, asked for on both sides."""

LEAST_SPREAD: Final = 1e-9
"""Of what is seen from top to bottom, in shares of the largest: below it is rounding."""

ZOOM, MOVE = 1.5, 0.2
SIGNIFICANT: Final = 6

Row = np.ndarray[Any, np.dtype[np.floating[Any]]]


class CurveBody(BodyView):
    """Draws a curve. Wheel and + - zoom, the mouse and the arrows move, 0 shows all.

    Attributes:
        plot: Of pyqtgraph.
        bars: The histogram.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pg = graphs()
        self.plot: Any = new_plot(self)
        self.bars: Any = pg.GraphicsView(self)
        self._curve: Curve | None = None
        self._seen: Seen | None = None
        self._theme: Theme | None = None
        self._drawn: tuple[Row, Row] = np.empty(0), np.empty(0)
        self._told: tuple[int, str] = (-1, "")
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._on_settled)
        self._build(pg)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.bars)

    def _build(self, pg: Any) -> None:
        self._box: Any = self.plot.getViewBox()
        self._box.setMouseEnabled(x=True, y=False)
        self._box.enableAutoRange(axis="y")
        self._box.setAutoVisible(y=True)
        self.plot.showGrid(x=False, y=True, alpha=0.5)
        self.plot.getAxis("left").tickStrings = plain_ticks
        self.plot.getAxis("bottom").tickStrings = index_ticks
        self._moments: Any = pg.DateAxisItem(orientation="left", utcOffset=0)
        self._range: Any = pg.BarGraphItem(x0=[], x1=[], y0=[], y1=[])
        self._line: Any = pg.PlotDataItem(connect="finite", antialias=True)
        self._mark: Any = pg.InfiniteLine(angle=90, movable=False)
        self._mark.hide()
        for item in (self._range, self._line):
            self.plot.addItem(item)
        self.plot.addItem(self._mark, ignoreBounds=True)
        self._counts: Any = pg.BarGraphItem(x0=[], x1=[], y0=[], y1=[])
        self._heights: Any = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._heights.addItem(self._counts)
        self._box.sigYRangeChanged.connect(self._align)
        self._box.sigResized.connect(self._align)
        self.bars.setCentralItem(self._heights)
        events = PlotEvents(self.plot, self._act_on_key, self)
        events.pointed.connect(self._point)
        events.left.connect(self._unpoint)
        events.doubled.connect(self.fit)
        self._box.sigXRangeChanged.connect(self._on_box_range_changed)
        self.plot.setAccessibleName(tr("Line plot"))
        self.bars.setAccessibleName(tr("Histogram"))
        self.setFocusProxy(self.plot)

    # -- BodyView

    def show_body(self, seen: Seen) -> None:
        """Show a curve; what is seen of it stays where it is another state of the same."""
        body = seen.value.body
        assert isinstance(body, Curve)
        before, self._curve = self._curve, body
        is_other = self._seen is None or seen.target != self._seen.target
        self._seen = seen
        if is_other or before is None or before.length != body.length:
            self._place(body.length, seen.look)
        self._use_axis(body)
        self._draw(body)
        self._draw_bars(seen.value.histogram)
        self._told = (-1, "")
        counted = trn("{count} number", "{count} numbers", body.length)
        self.plot.setAccessibleDescription(counted)

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours."""
        del code_font
        self._theme = theme
        style_plot(self.plot, theme, self.font())
        self.bars.setBackground(theme.bg)
        self.plot.getAxis("left").setGrid(70)
        pen = graphs().mkPen(theme.accent, width=1.4)
        self._line.setPen(pen)
        self._line.setSymbolBrush(theme.accent)
        self._line.setSymbolPen(None)
        self._range.setOpts(brush=translucent(theme.accent, 0.35), pen=None)
        self._counts.setOpts(brush=translucent(theme.accent, 0.45), pen=None)
        self._mark.setPen(graphs().mkPen(theme.muted, width=1, style=Qt.PenStyle.DotLine))

    def tell_element(self, at: tuple[int, ...], text: str) -> None:
        """Show an element in full under the pointer."""
        if at and at[0] == self._told[0]:
            self._told = (at[0], text)
            self.said.emit(f"[{at[0]}]  {text}")

    # -- what is seen

    @property
    def span(self) -> Span:
        """Indices that are seen: the first, and the one after the last."""
        assert self._curve is not None
        low, high = self._box.viewRange()[0]
        start = min(max(0, int(low)), self._curve.length - 1)
        return start, min(max(start + 1, int(high) + 2), self._curve.length)

    def fit(self) -> None:
        """Show all of it."""
        if self._curve is not None:
            self._place(self._curve.length, Look())

    def zoom(self, factor: float) -> None:
        """Show so many times as many, around the middle."""
        low, high = self._box.viewRange()[0]
        middle, half = (low + high) / 2, (high - low) / 2 * factor
        self._box.setXRange(middle - half, middle + half, padding=0)

    def move_along(self, share: float) -> None:
        """Move along by a share of what is seen."""
        low, high = self._box.viewRange()[0]
        self._box.translateBy(x=(high - low) * share)

    def _place(self, length: int, look: Look) -> None:
        edge = max(0.5, length * 0.01)
        self._box.setLimits(xMin=-edge, xMax=length - 1 + edge, minXRange=3)
        start, stop = look.x or (0, length)
        rim = edge if look.x is None else 0
        self._box.setXRange(start - rim, stop - 1 + rim, padding=0)

    def _use_axis(self, body: Curve) -> None:
        item = self.plot.getPlotItem()
        if body.unit == "moment" and item.getAxis("left") is not self._moments:
            item.setAxisItems({"left": self._moments})
        elif body.unit != "moment" and item.getAxis("left") is self._moments:
            axis: Any = graphs().AxisItem("left")
            axis.tickStrings = plain_ticks
            item.setAxisItems({"left": axis})
        else:
            return
        self.plot.showGrid(x=False, y=True, alpha=0.5)
        if self._theme is not None:
            self.apply_theme(self._theme, self.font())

    # -- drawing

    def _draw(self, body: Curve) -> None:
        mean = np.frombuffer(body.mean, "<f8")
        if body.is_exact:
            x = body.start + np.arange(len(mean)) * float(body.step)
            self._range.setOpts(x0=[], x1=[], y0=[], y1=[])
        else:
            edges = body.start + np.arange(len(mean) + 1) * ((body.stop - body.start) / len(mean))
            low, high = (np.frombuffer(raw, "<f8") for raw in (body.low, body.high))
            known = ~np.isnan(low)
            x = (edges[:-1] + edges[1:]) / 2
            self._range.setOpts(
                x0=edges[:-1][known], x1=edges[1:][known], y0=low[known], y1=high[known]
            )
        self._drawn = x, mean
        largest = float(np.max(np.abs(mean[~np.isnan(mean)]), initial=0.0))
        self._box.setLimits(minYRange=largest * LEAST_SPREAD or None)
        self._line.setData(x, mean)
        self._use_dots()

    def _use_dots(self) -> None:
        """Draw dots where there is room for them."""
        low, high = self._box.viewRange()[0]
        apart = self._box.width() / max(1.0, high - low)
        is_dotted = self._curve is not None and self._curve.is_exact and apart >= DOTS_PX
        self._line.setSymbol("o" if is_dotted else None)
        self._line.setSymbolSize(5)

    def _draw_bars(self, told: Histogram | None) -> None:
        self.bars.setVisible(told is not None)
        if told is None:
            return
        edges = np.linspace(told.low, told.high, len(told.counts) + 1)
        gap = (edges[1] - edges[0]) * 0.08
        counts = np.array(told.counts, float)
        self._counts.setOpts(
            x0=np.zeros(len(counts)), x1=counts, y0=edges[:-1] + gap, y1=edges[1:] - gap
        )
        self._heights.setXRange(0, max(1.0, counts.max()), padding=0.02)

    def _align(self) -> None:
        """Put each bar beside its numbers: the histogram has no axis below, and is higher."""
        low, high = self._box.viewRange()[1]
        place = self._box.sceneBoundingRect()
        each = (high - low) / max(1.0, place.height())
        top, bottom = place.top(), self.plot.height() - place.bottom()
        self._heights.setYRange(low - bottom * each, high + top * each, padding=0)

    # -- pointer and keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for as many columns as there are."""
        super().resizeEvent(event)
        self.bars.setFixedWidth(max(56, round(self.width() * HISTOGRAM_SHARE)))
        self._settled.start()

    def _act_on_key(self, key: Qt.Key) -> bool:
        match key:
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(1 / ZOOM)
            case Qt.Key.Key_Minus:
                self.zoom(ZOOM)
            case Qt.Key.Key_0 | Qt.Key.Key_Home:
                self.fit()
            case Qt.Key.Key_Left:
                self.move_along(-MOVE)
            case Qt.Key.Key_Right:
                self.move_along(MOVE)
            case _:
                return False
        return True

    def _point(self, place: QPointF) -> None:
        x, mean = self._drawn
        body = self._curve
        if body is None or not len(x):
            return
        at = self._box.mapSceneToView(self.plot.mapToScene(place.toPoint())).x()
        nearest = int(np.argmin(np.abs(x - at)))
        self._mark.setPos(x[nearest])
        self._mark.show()
        if not body.is_exact:
            self._say_block(body, nearest)
            return
        index = int(x[nearest])
        if index != self._told[0]:
            self._told = (index, "")
            self.said.emit(f"[{index}]  {mean[nearest]:.{SIGNIFICANT}g}")
            self.element_wanted.emit((index,))

    def _say_block(self, body: Curve, nearest: int) -> None:
        low, high = (np.frombuffer(raw, "<f8")[nearest] for raw in (body.low, body.high))
        x, mean = self._drawn
        half = (body.stop - body.start) / len(x) / 2
        first, last = round(x[nearest] - half), round(x[nearest] + half) - 1
        if low != low:
            self.said.emit(f"[{first}…{last}]  " + tr("missing"))
            return
        words = tr("mean {mean}", mean=f"{mean[nearest]:.4g}")
        self.said.emit(f"[{first}…{last}]  {low:.4g} … {high:.4g}, {words}")

    def _unpoint(self) -> None:
        self._mark.hide()
        self._told = (-1, "")
        self.said.emit("")

    def _on_box_range_changed(self) -> None:
        self._use_dots()
        self._settled.start()

    def _on_settled(self) -> None:
        """Ask for what is seen, in as many columns as there are pixels."""
        body, seen = self._curve, self._seen
        if body is None or seen is None:
            return
        start, stop = self.span
        extra = int((stop - start) * MARGIN)
        span = max(0, start - extra), min(body.length, stop + extra)
        share = (span[1] - span[0]) / (stop - start)
        width = round(self._box.width() * self.devicePixelRatioF() * share)
        is_whole = span == (0, body.length)
        self._want(seen, {"x": None if is_whole else span, "width": max(64, width)})
