"""A virtual X server for tests that need a real window."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from support.patience import PATIENCE_S


@dataclass(frozen=True)
class XServer:
    """A running Xvfb; `env` starts a program in it."""

    display: str

    @property
    def env(self) -> Mapping[str, str]:
        """The environment for a program whose window belongs on this server."""
        return {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}


def xvfb_missing() -> str | None:
    """Return why there can be no virtual X server here, or None when there can."""
    if shutil.which("Xvfb"):
        return None
    return "needs Xvfb (Debian: apt-get install xvfb xauth)"


@contextmanager
def x_server(width_px: int = 1280, height_px: int = 900) -> Iterator[XServer]:
    """Run an Xvfb on a display number that it picks itself.

    Raises:
        RuntimeError: It ended before it was ready.
    """
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0"]
    command += [f"{width_px}x{height_px}x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.PIPE) as server:
        os.close(write_end)
        with os.fdopen(read_end) as numbers:
            number = numbers.readline().strip()  # blocks until it is ready or has ended
        try:
            if not number:
                trouble = server.stderr.read().decode() if server.stderr else ""
                raise RuntimeError(f"Xvfb did not start: {trouble.strip()}")
            yield XServer(f":{number}")
        finally:
            server.terminate()
            server.communicate(timeout=PATIENCE_S)
