"""The X server that end-to-end tests stand on."""

import subprocess
import sys

import pytest

from support.x_server import XServer

SCRIPT = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("here")
label.show()
label.windowHandle().screen().grabWindow(label.winId()).size()
print(application.platformName(), label.windowHandle().isVisible())
"""


@pytest.mark.xvfb
def test_a_window_can_be_shown(xvfb: XServer) -> None:
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, env=dict(xvfb.env), capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["xcb", "True"], done.stderr


@pytest.mark.xvfb
def test_tests_of_widgets_stay_offscreen_beside_it(xvfb: XServer, qapp: object) -> None:
    from PySide6.QtGui import QGuiApplication

    assert QGuiApplication.platformName() == "offscreen"
