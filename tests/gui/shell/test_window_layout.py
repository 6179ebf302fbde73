"""A window comes back as it was left, on screens that exist."""

import asyncio
import base64
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget

from support.patience import until
from support.sources import ROOT
from vitrail.shell import window_layout
from vitrail.shell.appearance import Appearance
from vitrail.shell.desk import Desk
from vitrail.shell.docks.plots_dock import PlotsDock
from vitrail.shell.docks.variables_dock import VariablesDock
from vitrail.shell.layout_file import Layout, LayoutFile
from vitrail.shell.main_window import SIZE, MainWindow
from vitrail.shell.window_layout import WindowLayout


@pytest.fixture
def file(tmp_path: Path) -> LayoutFile:
    return LayoutFile(tmp_path / "layout.json")


@asynccontextmanager
async def shown(file: LayoutFile) -> AsyncIterator[MainWindow]:
    """Show the window of a program that begins, and end it as its user does."""
    QGuiApplication.setQuitOnLastWindowClosed(False)
    desk = Desk(Appearance("light"), layouts=file)
    window = MainWindow(desk)
    window.show()
    await until(lambda: window.windowHandle().isExposed())
    try:
        yield window
    finally:
        desk.close_unasked()
        await desk.end()


def place(window: MainWindow) -> QRect:
    return QRect(window.pos(), window.size())


def move(window: MainWindow, x: int, y: int, width: int, height: int) -> None:
    window.move(x, y)
    window.resize(width, height)


def screens() -> str:
    return window_layout._screens()


async def test_window_comes_back_where_and_as_large_as_it_was(
    qt_loop: object, file: LayoutFile
) -> None:
    async with shown(file) as window:
        assert window.size() == SIZE
        move(window, 30, 40, 620, 480)
    async with shown(file) as window:
        assert place(window) == QRect(30, 40, 620, 480)


@pytest.mark.parametrize("state", [Qt.WindowState.WindowMaximized, Qt.WindowState.WindowFullScreen])
async def test_window_comes_back_maximized_and_knows_its_size_from_before(
    qt_loop: object, file: LayoutFile, state: Qt.WindowState
) -> None:
    async with shown(file) as window:
        move(window, 30, 40, 620, 480)
        window.setWindowState(state)
        await until(lambda: window.width() > 620)
    async with shown(file) as window:
        assert window.windowState() & state
        window.showNormal()
        await until(lambda: window.size().width() == 620)


async def test_dock_comes_back_where_and_as_wide_as_it_was(
    qt_loop: object, file: LayoutFile
) -> None:
    async with shown(file) as window:
        window.actions_by_id["view.variables"].trigger()
        dock = window.findChild(VariablesDock)
        assert dock is not None
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        window.resizeDocks([dock], [333], Qt.Orientation.Horizontal)
        await until(lambda: dock is not None and dock.width() == 333)
    async with shown(file) as window:
        dock = window.findChild(VariablesDock)
        assert dock is not None
        await until(lambda: dock.isVisible() and dock.width() == 333)
        assert window.dockWidgetArea(dock) is Qt.DockWidgetArea.LeftDockWidgetArea
        window.actions_by_id["view.variables"].trigger()
    async with shown(file) as window:
        assert window.findChild(VariablesDock) is None  # hidden ones are not even made


async def test_the_plots_come_back_and_are_not_even_made_once_they_were_hidden(
    qt_loop: object, file: LayoutFile
) -> None:
    async with shown(file) as window:
        window.actions_by_id["view.plots"].trigger()
    async with shown(file) as window:
        [dock] = window.findChildren(PlotsDock)
        await until(dock.isVisible)
        assert window.focusWidget() is window.tab.view.input
        dock.close()
    async with shown(file) as window:
        assert window.findChildren(PlotsDock) == []


async def test_docks_come_back_on_each_other_and_the_keyboard_stays_in_the_input(
    qt_loop: object, file: LayoutFile
) -> None:
    def places(window: MainWindow) -> dict[str, QRect]:
        return {dock.objectName(): dock.geometry() for dock in window.findChildren(QDockWidget)}

    async with shown(file) as window:
        window.resize(790, 600)
        for command in ("view.variables", "view.inspector"):
            window.actions_by_id[command].trigger()
        await until(lambda: len(places(window)) == 2)
        window.resizeDocks(window.findChildren(QDockWidget), [200, 300], Qt.Orientation.Vertical)
        await until(lambda: places(window)["variables"].height() > 150)
        before = places(window)
    async with shown(file) as window:
        await until(lambda: places(window) == before)
        assert window.focusWidget() is window.tab.view.input


async def test_groups_are_split_again_as_they_were(qt_loop: object, file: LayoutFile) -> None:
    async def split(window: MainWindow) -> list[int]:
        window.tabs.add(window.desk.new_tab())
        window.tabs.split()
        await until(lambda: len(window.tabs.shares) == 2)
        await asyncio.sleep(0)
        return list(window.tabs.shares)

    async with shown(file) as window:
        left, right = await split(window)
        assert abs(left - right) <= 2
        window.tabs._splitter.setSizes([600, 300])
        uneven = list(window.tabs.shares)
        assert uneven[0] > 1.9 * uneven[1]
        window.tabs.split()
        await until(lambda: window.tabs._splitter.count() == 1)
        window.tabs.split()
        assert list(window.tabs.shares) == uneven  # also when they were one group meanwhile
    async with shown(file) as window:
        left, right = await split(window)  # on this screen the window is narrower
        assert left / right == pytest.approx(uneven[0] / uneven[1], rel=0.02)


@pytest.mark.parametrize(
    "harm",
    [
        {"rect": (50_000, -50_000, 640, 480)},
        {"rect": (0, 0, 1, 1)},
        {"rect": (-99_999, -99_999, 99_999, 99_999)},
        {"docks": ("view.variables", "no.such", "file.quit", "inspector.inspect")},
        {"dock_state": base64.b64encode(b"\x00\x00\x00\xff\x7f" * 50).decode()},
        {"dock_state": "not base64"},
        {"shares": (0, -5, 100_000)},
    ],
    ids=str,
)
async def test_state_of_no_use_does_no_harm(
    qt_loop: object, file: LayoutFile, harm: dict[str, object]
) -> None:
    fields = {"rect": (10, 10, 640, 480), **harm}
    file.keep(screens(), Layout(**fields))  # type: ignore[arg-type] # checked when it is read
    async with shown(file) as window:
        available = window.screen().availableGeometry()
        assert available.contains(place(window))
        window.tabs.add(window.desk.new_tab())
        window.tabs.split()
        assert all(share > 50 for share in window.tabs.shares)


async def test_further_window_stands_beside_and_the_first_one_is_kept(
    qt_loop: object, file: LayoutFile
) -> None:
    file.keep(screens(), Layout(rect=(10, 10, 500, 400), docks=("view.variables",)))
    async with shown(file) as first:
        second = first.desk.open_window(first.desk.new_tab())
        assert second.size() == first.size()
        assert second.pos() != first.pos()
        assert second.findChild(VariablesDock) is None
        second.resize(444, 333)
    read, _ = file.read(screens())
    assert read is not None
    assert read.rect == (10, 10, 500, 400)


async def test_moved_window_is_written_down_before_a_crash(
    qt_loop: object, file: LayoutFile
) -> None:
    async with shown(file) as window:
        move(window, 12, 34, 567, 432)
        await until(lambda: (file.read(screens())[0] or Layout(rect=(0,) * 4)).rect[0] == 12)


async def test_other_screens_bring_the_window_where_it_was_on_them(
    qt_loop: object, file: LayoutFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.keep("beamer", Layout(rect=(0, 0, 700, 500)))
    async with shown(file) as window:
        move(window, 12, 34, 567, 432)
        layout = window.findChild(WindowLayout)
        assert layout is not None
        monkeypatch.setattr(window_layout, "_screens", lambda: "beamer")
        layout._settle()
        assert place(window) == QRect(0, 0, 700, 500)
        monkeypatch.setattr(window_layout, "_screens", lambda: "never seen")
        layout._settle()
        assert place(window) == QRect(0, 0, 700, 500)


SHOWN = ROOT / "tests" / "support" / "shown_window.py"


def test_window_of_a_screen_that_was_unplugged_comes_back_on_the_other(tmp_path: Path) -> None:
    def run(names: list[str], *places: str) -> list[str]:
        screens = [
            {"name": name, "x": 800 * at, "y": 0, "width": 800, "height": 600}
            | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
            for at, name in enumerate(names)
        ]
        config = tmp_path / "screens.json"
        config.write_text(json.dumps({"screens": screens, "windowFrameMargins": False}))
        done = subprocess.run(
            [sys.executable, str(SHOWN), str(tmp_path / "layout.json"), *places],
            env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    both = ["inside", "outside"]
    assert run(both, "950,50,600,400") == ["950", "50", "600", "400", "outside"]
    assert run(both[:1]) == ["200", "50", "600", "400", "inside"]
    assert run(both) == ["950", "50", "600", "400", "outside"]


async def test_no_window_starts_above_the_screen(qt_loop: object, file: LayoutFile) -> None:
    file.keep(screens(), Layout(rect=(100, -300, 500, 400)))
    async with shown(file) as window:
        assert window.pos().y() >= 0
