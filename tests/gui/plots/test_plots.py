"""The figures of a session beside its console: chosen, zoomed, compared, copied, saved, found."""

import asyncio
import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from support.drawings import PAPER, encoded, plot
from support.fake_kernel import FakeKernel
from support.lone_window import lone_window
from support.window import window_on
from vitrail.shell.docks.plots_dock import PlotsDock
from vitrail.shell.main_window import MainWindow
from vitrail_widgets.plots.pane import PlotsPane
from vitrail_widgets.plots.pictures import MAX_PIXELS
from vitrail_widgets.plots.plot_view import FITTED, LARGEST, PlotView
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.transcript import Transcript

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
COLOURS = ("#ff0000", "#00c000", "#0000ff", "#c0c000")
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>"
    "<rect width='40' height='20' fill='#ff00ff'/></svg>"
)


def png(colour: str, size: QSize | None = None) -> str:
    image = QImage(size or QSize(200, 100), QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "png")  # type: ignore[call-overload]  # as in test_images
    return base64.b64encode(bytes(buffer.data().data())).decode()


class Plots:
    """A pane on a transcript."""

    def __init__(self, pane: PlotsPane, transcript: Transcript) -> None:
        self.pane = pane
        self.transcript = transcript

    def plot(self, cell_id: str, data: dict[str, object], display_id: str | None = None) -> None:
        if not self.transcript.holds(cell_id):
            self.transcript.append_cell(cell_id, "plot()", status=CellStatus.RUNNING, at=0.0)
            self.transcript.set_count(cell_id, len(self.transcript.entries))
        bundle = MimeBundle(data)
        self.pane.follow(self.transcript.append_rich(cell_id, bundle, display_id=display_id))

    @property
    def shown(self) -> list[str]:
        """Return the colour in the middle of each view that is seen."""
        return [colour_of(view) for view in self.pane.views if not view.isHidden()]


def colour_of(view: PlotView) -> str:
    image = view.grab().toImage()
    return image.pixelColor(image.rect().center()).name()


@pytest.fixture(autouse=True)
def idle(qtbot: QtBot) -> Iterator[None]:
    yield
    qtbot.waitUntil(lambda: shared_loader().is_idle)


@pytest.fixture
def plots(qtbot: QtBot) -> Plots:
    transcript = Transcript()
    pane = PlotsPane(transcript, Theme.load("light"))
    qtbot.addWidget(pane)
    pane.resize(600, 400)
    with qtbot.waitExposed(pane):
        pane.show()
    return Plots(pane, transcript)


@pytest.fixture
def four(plots: Plots) -> Plots:
    for number, colour in enumerate(COLOURS):
        plots.plot(f"c{number}", {"image/png": png(colour)})
    return plots


def test_without_figures_it_says_what_it_is_for(plots: Plots) -> None:
    assert plots.pane._stack.currentWidget() is plots.pane._empty
    assert plots.pane.thumbnails.isHidden()
    assert plots.pane.bar.isHidden()


def test_the_newest_figure_is_shown_as_long_as_the_newest_one_is(four: Plots) -> None:
    assert four.shown == [COLOURS[-1]]
    assert four.pane.title.text() == "Figure 4 of In [4] · 4 in all"
    four.pane.thumbnails.choose(1)
    four.plot("c9", {"image/png": png("#123456")})
    assert four.shown == [COLOURS[1]]
    four.pane.thumbnails.choose(4)
    four.plot("c9", {"image/png": png("#654321")})
    assert four.shown == ["#654321"]


def test_an_updated_figure_is_drawn_anew_with_its_zoom_and_place(plots: Plots) -> None:
    plots.plot("a", {"image/png": png("#ff0000")}, display_id="d")
    [view, _] = plots.pane.views
    view.zoom_to(3.0)
    look = view.look
    plots.pane.follow(
        plots.transcript.update_display("d", MimeBundle({"image/png": png("#00ff00")}))
    )
    assert plots.shown == ["#00ff00"]
    assert view.look == look
    plots.transcript.clear_outputs("a", wait=True)
    plots.plot("a", {"image/png": png("#0000ff")})
    assert plots.shown == ["#0000ff"]
    assert view.look == look


def test_page_keys_go_from_figure_to_figure(four: Plots) -> None:
    pane = four.pane
    for _ in range(9):
        QTest.keyClick(pane.views[0], Qt.Key.Key_PageUp)
    assert four.shown == [COLOURS[0]]
    QTest.keyClick(pane.views[0], Qt.Key.Key_PageDown)
    assert four.shown == [COLOURS[1]]


def test_two_that_are_selected_are_compared_with_one_look(four: Plots, qtbot: QtBot) -> None:
    thumbnails = four.pane.thumbnails
    for row, modifier in ((0, Qt.KeyboardModifier.NoModifier), (2, CTRL)):
        place = thumbnails.visualRect(thumbnails.figures.index(row)).center()
        qtbot.mouseClick(thumbnails.viewport(), LEFT, modifier, place)
    assert four.shown == [COLOURS[2], COLOURS[0]]
    assert four.pane.title.text() == "Figures 3 and 1 of 4"
    four.pane.views[0].zoom_by(2.0)
    assert four.pane.views[1].look == four.pane.views[0].look != FITTED


def test_the_menu_compares_with_the_one_before(four: Plots) -> None:
    four.pane.compare()
    assert four.shown == [COLOURS[3], COLOURS[2]]


def test_wheel_and_keys_zoom_and_a_double_click_fits(plots: Plots, qtbot: QtBot) -> None:
    plots.plot("a", {"image/png": png("#ff0000")})
    view = plots.pane.views[0]
    corner = QPointF(view.rect().center())
    wheel = QWheelEvent(
        corner, corner, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, wheel)
    assert view.look.zoom == pytest.approx(1.25)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.look.zoom == pytest.approx(1.0)
    for _ in range(40):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.look.zoom == LARGEST
    view.grab()
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.look == FITTED
    qtbot.mouseDClick(view, LEFT)
    assert view.look.zoom == 1.0


def test_the_mouse_moves_what_is_larger_than_the_view(plots: Plots) -> None:
    plots.plot("a", {"image/png": png("#ff0000")})
    view = plots.pane.views[0]
    view.zoom_to(8.0)
    QTest.mousePress(view, LEFT, pos=QPoint(100, 100))
    to, there = QPointF(180, 140), view.mapToGlobal(QPointF(180, 140))
    none, modifier = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, to, there, none, LEFT, modifier)
    QApplication.sendEvent(view, move)
    QTest.mouseRelease(view, LEFT, pos=QPoint(180, 140))
    x, y = view.look.centre
    assert x == pytest.approx(0.5 - 80 / 1600, abs=0.01)
    assert y == pytest.approx(0.5 - 40 / 800, abs=0.01)


def test_a_figure_is_copied_at_its_own_size(four: Plots) -> None:
    menu = four.pane.menu(four.pane.figures[0])
    actions = {action.text(): action for action in menu.actions()}
    actions["Copy"].trigger()
    image = QGuiApplication.clipboard().image()
    assert image.size() == QSize(200, 100)
    assert image.pixelColor(5, 5).name() == COLOURS[0]
    assert not actions["Save as SVG…"].isEnabled()
    menu.deleteLater()


def test_an_svg_is_saved_as_it_came_and_as_a_sharp_png(plots: Plots, qtbot: QtBot) -> None:
    plots.plot("a", {"image/svg+xml": SVG})
    menu = plots.pane.menu(plots.pane.figures[0])
    actions = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(plots.pane.save_wanted) as caught:
        actions["Save as SVG…"].trigger()
    assert caught.args is not None
    assert caught.args[0].load() == SVG.encode()
    with qtbot.waitSignal(plots.pane.save_wanted) as caught:
        actions["Save as PNG…"].trigger()
    assert caught.args is not None
    assert QImage.fromData(caught.args[0].load()).size() == QSize(80, 40)
    menu.deleteLater()


def test_what_cannot_be_drawn_is_said_in_its_place(plots: Plots) -> None:
    plots.plot("a", {"image/png": "%%%%"})
    assert "could not be read" in str(plots.pane.pictures.of(plots.pane.figures[0]))
    plots.pane.grab()


def test_memory_is_bounded_however_many_figures_there_are(plots: Plots, qtbot: QtBot) -> None:
    for number in range(60):
        plots.plot(f"c{number}", {"image/png": png(COLOURS[number % 4], QSize(900, 600))})
        plots.pane.grab()
    assert plots.pane.pictures.pixels <= MAX_PIXELS


def test_thumbnails_are_made_when_they_are_seen(qtbot: QtBot) -> None:
    transcript, data = Transcript(), {"image/png": png("#ff0000")}
    for number in range(200):
        transcript.append_cell(f"c{number}", "x", status=CellStatus.DONE, at=0.0)
        transcript.append_rich(f"c{number}", MimeBundle(data))
    pane = PlotsPane(transcript, Theme.load("dark"))
    qtbot.addWidget(pane)
    pane.resize(600, 400)
    pane.grab()
    assert 1 < len(pane.pictures._known) < 30


def test_screen_readers_hear_which_figure_it_is(four: Plots) -> None:
    index = four.pane.thumbnails.figures.index(2)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Figure 3 of In [3]"
    assert four.pane.views[0].accessibleDescription() == "Figure 4 of In [4]"


# In the window

Open = Callable[[], MainWindow]


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    def open_window() -> MainWindow:
        window = lone_window("light")
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        window.tab.view.input.setFocus()
        qtbot.waitUntil(window.tab.view.input.hasFocus)
        return window

    return open_window


def pane_of(window: MainWindow) -> PlotsPane:
    [dock] = window.findChildren(PlotsDock)
    assert dock.widget() is window.tab.plots
    return window.tab.plots


def toggle(window: MainWindow) -> None:
    window.actions_by_id["view.plots"].trigger()


def run(window: MainWindow, cell_id: str, colour: str) -> None:
    transcript, view = window.tab.presenter.execution.transcript, window.tab.view
    changes = transcript.append_cell(cell_id, "plot()", status=CellStatus.DONE, at=0.0)
    changes += transcript.append_rich(cell_id, MimeBundle({"image/png": png(colour)}))
    view.apply(changes)
    for follower in window.tab.presenter.followers:
        follower(list(changes))


def test_the_plots_are_shown_and_hidden_by_key_and_take_no_focus(
    opened: Open, qtbot: QtBot
) -> None:
    window = opened()
    assert window.findChild(PlotsDock) is None
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.tab.view.input, Qt.Key.Key_G, CTRL | shift)
    assert pane_of(window).isVisible()
    assert window.tab.view.input.hasFocus()
    run(window, "a", "#ff0000")
    assert window.tab.view.input.hasFocus()
    QTest.keyClick(window.tab.view.input, Qt.Key.Key_G, CTRL | shift)
    assert not pane_of(window).isVisible()
    assert window.tab.view.input.hasFocus()


def test_the_keyboard_comes_back_from_plots_that_are_hidden(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    run(window, "a", "#ff0000")
    QTest.keyClick(window.tab.view.input, Qt.Key.Key_F7)
    qtbot.waitUntil(pane_of(window).views[0].hasFocus)
    window.findChildren(PlotsDock)[0].close()
    qtbot.waitUntil(window.tab.view.input.hasFocus)


def test_each_tab_keeps_the_figure_that_is_chosen_and_its_zoom(opened: Open) -> None:
    window = opened()
    for cell_id, colour in (("a", "#ff0000"), ("b", "#00ff00")):
        run(window, cell_id, colour)
    toggle(window)
    first, pane = window.tab, pane_of(window)
    pane.thumbnails.choose(0)
    pane.views[0].zoom_to(3.0)
    look = pane.views[0].look
    window.tabs.add(window.desk.new_tab())
    run(window, "c", "#0000ff")
    assert colour_of(pane_of(window).views[0]) == "#0000ff"
    assert not pane.isVisible()
    window.tabs.show_tab(first)
    assert pane_of(window) is pane
    assert pane.isVisible()
    assert colour_of(pane.views[0]) == "#ff0000"
    assert pane.views[0].look == look


async def test_the_figures_go_with_a_tab_to_another_window_and_back(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel() as fake:
        async with window_on(fake.connection) as session:
            await session.ready()
            go_to_another_window_and_back(session.window)


def go_to_another_window_and_back(first: MainWindow) -> None:
    first.tabs.add(first.desk.new_tab())
    torn = first.tab
    run(first, "x", "#ff0000")
    toggle(first)
    pane = pane_of(first)
    first.actions_by_id["tab.tear_off"].trigger()
    [_, second] = first.desk.windows
    assert pane_of(first) is not pane
    assert len(pane_of(first).figures) == 0
    toggle(second)
    assert pane_of(second) is pane
    assert colour_of(pane.views[0]) == "#ff0000"
    second.actions_by_id["tab.tear_off"].trigger()
    assert first.tab is torn
    assert pane_of(first) is pane
    assert colour_of(pane.views[0]) == "#ff0000"


def test_figures_of_a_tab_that_is_not_looked_at_are_there_when_it_is(opened: Open) -> None:
    window = opened()
    toggle(window)
    first = window.tab
    window.tabs.add(window.desk.new_tab())
    transcript = first.presenter.execution.transcript
    changes = transcript.append_cell("a", "plot()", status=CellStatus.DONE, at=0.0)
    changes += transcript.append_rich("a", MimeBundle({"image/png": png("#ff0000")}))
    for follower in first.presenter.followers:
        follower(list(changes))
    assert len(pane_of(window).figures) == 0
    window.tabs.show_tab(first)
    assert colour_of(pane_of(window).views[0]) == "#ff0000"


def test_a_new_figure_leaves_the_selection_alone(opened: Open) -> None:
    window = opened()
    toggle(window)
    run(window, "a", "#ff0000")
    window.tab.view.selected.select_all()
    before = window.tab.view.selected.text()
    run(window, "b", "#00ff00")
    assert window.tab.view.selected.text() == before


def test_the_keyboard_goes_to_the_plots_and_back(opened: Open, qtbot: QtBot) -> None:
    window = opened()
    run(window, "a", "#ff0000")
    QTest.keyClick(window.tab.view.input, Qt.Key.Key_F7)
    qtbot.waitUntil(pane_of(window).views[0].hasFocus)
    QTest.keyClick(pane_of(window).views[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(window.tab.view.input.hasFocus)


def test_the_cell_of_a_figure_is_shown(opened: Open) -> None:
    window = opened()
    run(window, "a", "#ff0000")
    run(window, "b", "#00ff00")
    toggle(window)
    pane_of(window).cell_wanted.emit("a")
    assert window.tab.view.cells.pointed == 0
    assert window.tab.view.cells.flashed == (0, 0)


def test_a_figure_is_saved_where_the_user_says(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened()
    run(window, "a", "#ff0000")
    toggle(window)
    menu = pane_of(window).menu(pane_of(window).figures[0])
    menu.actions()[1].trigger()
    [dialog] = window.findChildren(QFileDialog)
    path = tmp_path / "figure.png"
    dialog.fileSelected.emit(str(path))
    qtbot.waitUntil(lambda: path.exists() and shared_loader().is_idle)
    assert path.read_bytes() == base64.b64decode(png("#ff0000"))
    dialog.reject()
    menu.deleteLater()


def test_figures_fit_the_theme_in_the_plots_too_and_are_copied_as_they_came(
    plots: Plots, qtbot: QtBot
) -> None:
    dark = Theme.load("dark").fitting_figures(fits=True)
    plots.pane.apply_theme(dark)
    for cell_id in ("a", "b"):
        plots.plot(cell_id, {"image/png": encoded(plot())})
    view, strip = plots.pane.views[0], plots.pane.thumbnails.viewport()
    qtbot.waitUntil(lambda: has_colour(view, dark.text) and has_colour(strip, dark.bg))
    assert not has_colour(view, QColor("#ffffff"))
    assert not has_colour(strip, QColor("#ffffff"))
    plots.pane.copy(plots.pane.figures[0])
    assert QGuiApplication.clipboard().image().pixelColor(*PAPER).name() == "#ffffff"


def has_colour(widget: QWidget, colour: QColor) -> bool:
    image = widget.grab().toImage()
    return any(
        image.pixelColor(x, y) == colour
        for x in range(image.width())
        for y in range(image.height())
    )


def test_the_plots_follow_the_theme(opened: Open) -> None:
    window = opened()
    toggle(window)
    window.actions_by_id["view.theme_dark"].trigger()
    pane = pane_of(window)
    assert pane._empty.grab().toImage().pixelColor(2, 2) == Theme.load("dark").bg
