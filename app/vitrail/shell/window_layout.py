"""Brings a window back as it was left on these screens: its place, docks and groups of tabs."""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Literal
from zlib import crc32

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from vitrail.shell.layout_file import Layout, LayoutFile, placed, set_name

if TYPE_CHECKING:
    from vitrail.shell.main_window import MainWindow

SETTLE_MS: Final = 1000
"""A window that is moved is written down when it rests, screens that come and go likewise."""

CASCADE: Final = 28
"""By so many pixels a further window stands away from the one before."""

_MOVES: Final = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange)


class WindowLayout(QObject):
    """Applies what is known when the window is made, and writes down what becomes of it.

    While the program runs, its first window is written down; at the end the one closed last.
    """

    def __init__(
        self,
        window: "MainWindow",
        file: LayoutFile,
        docks: Mapping[str, Callable[[], object]],
        dock_states: Mapping[str, Callable[[], bool]],
    ) -> None:
        """Place a window that has not been shown yet.

        Args:
            window: Which one.
            file: Where layouts stand.
            docks: What shows a dock that is not there yet, by command.
            dock_states: Whether each is shown.
        """
        super().__init__(window)
        self._window, self._file = window, file
        self._docks, self._dock_states = docks, dock_states
        self._screens = _screens()
        self._frame = QPoint()
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(self._settle)
        layout, _ = file.read(self._screens)
        if layout is not None:
            self._apply(layout)
        window.installEventFilter(self)
        window.tabs.installEventFilter(self)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._settling.start)
            application.screenRemoved.connect(self._settling.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the window moved, or closes (Qt)."""
        if event.type() in _MOVES:
            self._settling.start()
            self._look_at_frame()
        elif event.type() is QEvent.Type.Close and watched is self._window:
            self._settling.stop()
            self._write()
        return super().eventFilter(watched, event)

    def _look_at_frame(self) -> None:
        """Measure the frame while there is one."""
        if _state(self._window) == "normal":
            self._frame = self._window.geometry().topLeft() - self._window.pos()

    def _settle(self) -> None:
        """Write down where the window rests; on other screens put it where it was there."""
        screens = _screens()
        if screens == self._screens:
            if self._window.desk.windows[:1] == [self._window]:
                self._write()
            return
        self._screens = screens
        layout, is_own = self._file.read(screens)
        if layout is not None and is_own:
            self._place(layout)

    def _apply(self, layout: Layout) -> None:
        self._place(layout)
        self._window.tabs.shares = layout.shares
        if self._window.desk.windows:  # a further window begins without docks
            return
        for command in layout.docks:
            if command in self._dock_states:
                self._docks[command]()
        state = _decoded(layout)
        if state:
            self._window.restoreState(QByteArray(state))

    def _place(self, layout: Layout) -> None:
        rect = QRect(*layout.rect)
        others = [each for each in self._window.desk.windows if each is not self._window]
        if others and not self._window.isVisible():
            rect.moveTopLeft(others[-1].pos())
            rect.translate(CASCADE, CASCADE)
        available = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        rect = placed(rect, available)
        self._window.resize(rect.size())
        self._window.move(rect.topLeft())  # of the frame, whose title has to be seen
        states = {"maximized": Qt.WindowState.WindowMaximized}
        if not others:
            states["full screen"] = Qt.WindowState.WindowFullScreen
        self._window.setWindowState(states.get(layout.state, Qt.WindowState.WindowNoState))

    def _write(self) -> None:
        window = self._window
        if not window.isVisible() or self._screens != _screens():
            return
        self._look_at_frame()
        rect, frame = window.normalGeometry(), self._frame
        state = window.saveState().data()
        layout = Layout(
            rect=(rect.x() - frame.x(), rect.y() - frame.y(), rect.width(), rect.height()),
            state=_state(window),
            docks=tuple(name for name, is_shown in self._dock_states.items() if is_shown()),
            dock_state=base64.b64encode(state).decode("ascii"),
            dock_check=crc32(state),
            shares=tuple(window.tabs.shares),
        )
        if layout != self._file.read(self._screens)[0]:
            self._file.keep(self._screens, layout)


def _state(window: "MainWindow") -> Literal["normal", "maximized", "full screen"]:
    if window.isFullScreen():
        return "full screen"
    return "maximized" if window.isMaximized() else "normal"


def _screens() -> str:
    return set_name((screen.name(), screen.geometry()) for screen in QGuiApplication.screens())


def _decoded(layout: Layout) -> bytes:
    """Return what Qt wrote, nothing if it is not what it was."""
    try:
        state = base64.b64decode(layout.dock_state, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return state if crc32(state) == layout.dock_check else b""
