"""pyqtgraph, loaded when the first plot is to be drawn, and set up as Vitrail draws.

It has no types of its own, so what it makes is `Any` here; nothing inherits from it.
"""

import atexit
import importlib
import sys
import threading
from functools import cache
from typing import Any, Final

from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from vitrail_widgets.qt.theme import Theme

TICK_SHARE: Final = 0.9
"""Of the interface's font."""

TOP, RIGHT = 6, 18
"""Pixels left free beside a plot; to its right for a half of its last number."""
NARROW_SPACE: Final = "\u202f"


def load() -> bool:
    """Load it, on any thread, which takes some tenths of a second; say that it is there."""
    return graphs() is not None


@cache
def graphs() -> Any:
    """Return pyqtgraph."""
    hooks = sys.excepthook, threading.excepthook
    module: Any = importlib.import_module("pyqtgraph")
    sys.excepthook, threading.excepthook = hooks  # it puts its own there
    atexit.unregister(module.cleanup)  # it would tear down a scene of ours
    module.setConfigOptions(antialias=False, useOpenGL=False, imageAxisOrder="row-major")
    return module


def is_loaded() -> bool:
    """Tell whether a plot can be drawn at once."""
    return graphs.cache_info().currsize > 0


def new_plot(parent: QWidget) -> Any:
    """Return a plot without menus and buttons, which would take longer to make than the rest."""
    pg = graphs()
    plot = pg.PlotWidget(parent, viewBox=pg.ViewBox(enableMenu=False), enableMenu=False)
    plot.hideButtons()
    plot.getPlotItem().layout.setContentsMargins(0, TOP, RIGHT, 0)
    plot.viewport().setMouseTracking(True)
    return plot


def style_plot(plot: Any, theme: Theme, font: QFont) -> None:
    """Give a plot the colours of a theme: muted ticks, hairlines, no frame."""
    plot.setBackground(theme.bg)
    ticks = QFont(font)
    ticks.setPointSizeF(font.pointSizeF() * TICK_SHARE)
    for name in ("left", "bottom"):
        axis = plot.getPlotItem().getAxis(name)
        axis.setTickFont(ticks)
        axis.setPen(theme.border)
        axis.setTextPen(theme.muted)
        axis.setStyle(tickLength=-4, tickTextOffset=5, maxTickLevel=1, hideOverlappingLabels=False)


def plain_ticks(values: list[float], scale: float, spacing: float) -> list[str]:
    """Write ticks in full, in groups of three digits; very small and very large ones by powers."""
    digits = max(0, -_power(spacing * scale))
    return [number_text(value * scale, digits) for value in values]


def index_ticks(values: list[float], scale: float, spacing: float) -> list[str]:
    """Write ticks of an axis of indices, between which there is nothing."""
    del scale
    unit, sign = (1_000_000, " M") if spacing >= 1_000_000 else (1, "")
    return [
        number_text(value / unit, 0) + (sign if value else "") if value == round(value) else ""
        for value in values
    ]


def number_text(number: float, digits: int) -> str:
    """Write a number with so many digits after the point."""
    if number and not 1e-5 <= abs(number) < 1e12:
        return f"{number:.4g}".replace("-", "\u2212")
    text = f"{number:,.{min(digits, 12)}f}".replace(",", NARROW_SPACE)
    return text.replace("-", "\u2212")


def _power(number: float) -> int:
    """Return the power of ten of a number's first digit."""
    return int(f"{abs(number):e}".partition("e")[2]) if number else 0


def translucent(colour: QColor, alpha: float) -> QColor:
    """Return a colour that lets what is below shine through."""
    faint = QColor(colour)
    faint.setAlphaF(alpha)
    return faint
