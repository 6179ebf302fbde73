"""The pane of a session's figures."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QItemSelection, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vitrail_resources.translation import tr
from vitrail_widgets.plots.pictures import Pictures, source_of
from vitrail_widgets.plots.plot_view import PlotView
from vitrail_widgets.plots.thumbnails import Thumbnails, name_of
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.choices import Content
from vitrail_widgets.render.raster import RenderError
from vitrail_widgets.transcript.changes import Change
from vitrail_widgets.transcript.figures import Figure, FigureKey, Figures
from vitrail_widgets.transcript.transcript import Transcript

EMPTY: Final = tr("No figure yet. What cells plot is collected here.")
PNG, SVG = "image/png", "image/svg+xml"
PNG_RATIO: Final = 2
"""Pixels of a PNG for each of an SVG."""


class PlotsPane(QWidget):
    """Shows one figure, or two to be compared, above all of them.

    A new figure is shown while the newest one is; else what is looked at stays.

    Signals:
        left: The console is to have the keyboard.
        cell_wanted: The id of the cell of a figure.
        save_wanted: A figure in a form (`Content`) is to be saved.
    """

    left = Signal()
    cell_wanted = Signal(str)
    save_wanted = Signal(object)

    def __init__(self, transcript: Transcript, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = Figures(transcript)
        self.pictures = Pictures()
        self._shown: list[FigureKey] = []
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.views = (PlotView(theme, self), PlotView(theme, self))
        self.thumbnails = Thumbnails(self.figures, self.pictures, theme, self)
        self.setAccessibleName(tr("Plots"))
        self._lay_out()
        for view, other in (self.views, self.views[::-1]):
            view.look_changed.connect(other.set_look)
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(partial(self._offer_at, view))
        self.thumbnails.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.apply_theme(theme)
        self._show_newest()

    def apply_theme(self, theme: Theme) -> None:
        """Draw in the colours of another theme."""
        for view in self.views:
            view.apply_theme(theme)
        self.thumbnails.apply_theme(theme)
        self.setStyleSheet(
            f"PlotsPane {{ background: {theme.surface.name()}; }}"
            f"QLabel {{ color: {theme.muted.name()}; }}"
            f"QToolButton {{ color: {theme.text.name()}; border: none; padding: 4px 6px; }}"
            f"QToolButton:hover, QToolButton:focus {{ background: {theme.raised.name()}; }}"
        )
        self._empty.setStyleSheet(f"background: {theme.bg.name()};")

    def follow(self, changes: Iterable[Change]) -> None:
        """Follow the transcript."""
        newest = self.figures[-1].key if len(self.figures) else None
        is_newest = not self._shown or self._shown == [newest]
        if not self.figures.follow(changes):
            return
        self.thumbnails.figures.follow()
        if is_newest or not any(self.figures.position(key) is not None for key in self._shown):
            self._show_newest()
        else:
            self._show(self._shown)

    @property
    def current(self) -> Figure | None:
        """The figure that is shown, the left one of two."""
        position = self.figures.position(self._shown[0]) if self._shown else None
        return None if position is None else self.figures[position]

    def step(self, by: int) -> None:
        """Show a figure before or after the one that is shown."""
        position = self.figures.position(self._shown[0]) if self._shown else None
        if position is not None:
            self.thumbnails.choose(min(max(0, position + by), len(self.figures) - 1))

    def menu(self, figure: Figure) -> QMenu:
        """Return what can be done with a figure; it deletes itself."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offers: tuple[tuple[str, Callable[[], object]], ...] = (
            (tr("Copy"), lambda: self.copy(figure)),
            (tr("Save as PNG…"), lambda: self.save_wanted.emit(as_png(figure))),
            (tr("Save as SVG…"), lambda: self.save_wanted.emit(Content.of(figure.bundle, SVG))),
            (tr("Show its cell"), lambda: self.cell_wanted.emit(figure.key.cell_id)),
        )
        for title, act in offers:
            menu.addAction(title).triggered.connect(act)
        menu.actions()[2].setEnabled(SVG in figure.bundle.data)
        menu.addSeparator()
        for title, zoom in ((tr("Fit"), None), (tr("Actual size"), 1.0)):
            menu.addAction(title).triggered.connect(partial(self._zoom_to, zoom))
        compare = menu.addAction(tr("Compare with the one before"))
        compare.setEnabled(len(self.figures) > 1)
        compare.triggered.connect(self.compare)
        return menu

    def copy(self, figure: Figure) -> None:
        """Put a figure on the clipboard, at its own size."""
        try:
            source = source_of(figure)
        except RenderError:
            return
        QGuiApplication.clipboard().setImage(source.decode(source.size))

    def compare(self) -> None:
        """Show the figure before beside the one that is shown; of the first one the next."""
        position = self.figures.position(self._shown[0]) if self._shown else None
        if position is None or len(self.figures) < 2:
            return
        other = position - 1 if position else 1
        selection, model = QItemSelection(), self.thumbnails.figures
        for row in (position, other):
            selection.select(model.index(row), model.index(row))
        flags = self.thumbnails.selectionModel().SelectionFlag
        self.thumbnails.selectionModel().select(selection, flags.ClearAndSelect)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc, page through the figures."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Escape:
            self.left.emit()
        elif key in steps:
            self.step(steps[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put two figures beside or below each other, whatever they have more room for."""
        super().resizeEvent(event)
        is_wide = self._pair.width() >= self._pair.height()
        way = QHBoxLayout.Direction.LeftToRight if is_wide else QHBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)

    # Internals

    def _lay_out(self) -> None:
        self.bar = QWidget(self)
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(4, 4, 4, 4)
        bar.setSpacing(4)
        bar.addWidget(self.title, 1)
        bar.addWidget(_button("‹", tr("The figure before (PgUp)"), lambda: self.step(-1)))
        bar.addWidget(_button("›", tr("The next figure (PgDown)"), lambda: self.step(1)))
        self._more = _button("⋯", tr("What can be done with this figure"), self._offer)
        bar.addWidget(self._more)
        self._pair = QWidget(self)
        self._row = QHBoxLayout(self._pair)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(1)
        for view in self.views:
            self._row.addWidget(view, 1)
        self._empty = QLabel(EMPTY)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setMargin(16)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._pair)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.thumbnails)
        self.setFocusProxy(self.views[0])

    def _show_newest(self) -> None:
        if len(self.figures):
            self.thumbnails.choose(len(self.figures) - 1)
            self._show([self.figures[-1].key])
        else:
            self._show([])

    def _show(self, keys: list[FigureKey]) -> None:
        """Show one figure or two, if they are still there."""
        positions = [at for at in map(self.figures.position, keys) if at is not None]
        self._shown = [self.figures[at].key for at in positions]
        self._stack.setCurrentIndex(bool(positions))
        self.thumbnails.setVisible(len(self.figures) > 1)
        for index, view in enumerate(self.views):
            figure = self.figures[positions[index]] if index < len(positions) else None
            view.setVisible(figure is not None)
            name = name_of(figure, positions[index]) if figure else ""
            view.show_figure(figure, self.pictures.of(figure) if figure else "", name)
        self.title.setText(self._title(positions))
        self.bar.setVisible(bool(positions))

    def _title(self, positions: list[int]) -> str:
        count = len(self.figures)
        match positions:
            case []:
                return ""
            case [one]:
                words = name_of(self.figures[one], one)
                return (
                    tr("{words} · {count} in all", words=words, count=count) if count > 1 else words
                )
            case _:
                numbers = tr(" and ").join(str(at + 1) for at in positions)
                return tr("Figures {numbers} of {count}", numbers=numbers, count=count)

    def _on_selection_changed(self) -> None:
        rows = [row for row in self.thumbnails.chosen[:2] if row < len(self.figures)]
        if rows:
            self._show([self.figures[row].key for row in rows])

    def _offer(self) -> None:
        figure = self.current
        if figure is not None:
            corner = self._more.rect().bottomLeft()
            self.menu(figure).popup(self._more.mapToGlobal(corner))

    def _offer_at(self, view: PlotView, point: QPoint) -> None:
        index = self.views.index(view)
        position = self.figures.position(self._shown[index]) if index < len(self._shown) else None
        if position is not None:
            self.menu(self.figures[position]).popup(view.mapToGlobal(point))

    def _zoom_to(self, zoom: float | None) -> None:
        self.views[0].zoom_to(zoom)


def as_png(figure: Figure) -> Content:
    """Return a figure as PNG: as it came, or drawn from its source."""
    if figure.mime != SVG and PNG in figure.bundle.data:
        return Content.of(figure.bundle, PNG)
    return Content(PNG, lambda: _drawn(figure))


def _drawn(figure: Figure) -> bytes:
    """Draw a figure; ValueError where that cannot be done."""
    try:
        source = source_of(figure)
    except RenderError as error:
        raise ValueError(str(error)) from error
    ratio = PNG_RATIO if figure.mime == SVG else 1
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = source.decode(source.fit(source.size * ratio))
    image.save(buffer, "PNG")  # type: ignore[call-overload] # pyright: ignore[reportArgumentType, reportCallIssue] # the stub says bytes, PySide takes str
    return bytes(buffer.data().data())


def _button(text: str, tip: str, act: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(act)
    return button
