"""Hands and eyes of a user in front of a virtual X server."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.program import Home, Program, until
from support.x_server import XServer

GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
assert QGuiApplication.primaryScreen().grabWindow(0).save(sys.argv[1], "PNG")
"""


@dataclass(frozen=True)
class Desktop:
    """Types into the window of a program, which needs no window manager for that."""

    server: XServer

    def open(self, home: Home, *arguments: str) -> Program:
        """Start `vitrail` with a window on this screen and give that the keyboard."""
        program = home.start(*arguments, DISPLAY=self.server.display, QT_QPA_PLATFORM="xcb")
        until(lambda: self.windows(program) or not program.is_running)
        assert program.is_running, program.finish()
        self.focus(program)
        return program

    def quit(self, program: Program) -> None:
        """Quit, and let the kernel be shut down where that is asked."""
        self.press("ctrl+q")
        until(lambda: not program.is_running or len(self.windows(program)) != 1)
        if program.is_running and len(self.windows(program)) > 1:
            self.focus(program)
            self.press("Return")

    def restart(self, program: Program) -> None:
        """Restart the kernel, and say that what it computed may be lost."""
        self.press("ctrl+shift+period")
        until(lambda: len(self.windows(program)) == 2)
        self.focus(program)
        self.press("Return")
        until(lambda: len(self.windows(program)) == 1)
        self.focus(program)

    def focus(self, program: Program) -> None:
        """Give the program's window the keyboard."""
        self._do("windowfocus", "--sync", self.windows(program)[-1])

    def title(self, program: Program) -> str:
        """Return the title of the program's window."""
        return self._do("getwindowname", self.windows(program)[-1]).strip()

    def place(self, program: Program, x: int, y: int, width: int, height: int) -> None:
        """Move a program's window and change its size."""
        window = self.windows(program)[-1]
        self._do(
            "windowmove", window, str(x), str(y), "windowsize", window, str(width), str(height)
        )

    def where(self, program: Program) -> tuple[int, int, int, int]:
        """Return x, y, width and height of a program's window."""
        told = self._do("getwindowgeometry", "--shell", self.windows(program)[-1])
        values = dict(line.split("=") for line in told.split())
        x, y, width, height = (int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))
        return x, y, width, height

    def type(self, text: str, then: str = "Return") -> None:
        """Type a line, and Enter."""
        self._do("type", "--delay", "4", text)
        self.press(then)

    def press(self, *keys: str) -> None:
        """Press keys, in the words of xdotool: ctrl+c."""
        self._do("key", "--delay", "4", *keys)

    def picture(self, path: Path) -> Path:
        """Save what the screen shows as a PNG."""
        command = [sys.executable, "-c", GRAB, str(path)]
        subprocess.run(command, env=dict(self.server.env), check=True, timeout=30)
        return path

    def windows(self, program: Program) -> list[str]:
        """Return the windows of a program that can be seen, as xdotool names them."""
        pid = str(program.process.pid)
        return self._do("search", "--onlyvisible", "--pid", pid, "--name", ".", check=False).split()

    def _do(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=dict(self.server.env),
            capture_output=True,
            text=True,
            timeout=30,
            check=check,
        )
        return done.stdout


def require_xdotool() -> None:
    """Skip the test where nothing can press keys."""
    if not shutil.which("xdotool"):
        pytest.skip("needs xdotool (Debian: apt-get install xdotool)")
