from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vitrail.kernel.lifecycle import KernelState
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.tunnelled import tunnelled
from vitrail.shell.status import WORDS, KernelStatus, transport_words
from vitrail_widgets.qt.theme import Theme

THEME = Theme.load("light")
PORTS: dict[str, Any] = {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "hb_port": 4}


def test_a_kernels_name_is_never_html(qtbot: QtBot) -> None:
    status = KernelStatus()
    qtbot.addWidget(status)
    status.show_kernel(KernelState.IDLE, "<h1>big</h1><img src='x'>", None, THEME)
    labels = status.findChildren(QLabel)
    assert "<h1>big</h1><img src='x'>" in [label.text() for label in labels]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_busy_is_shown_only_once_it_lasts(qtbot: QtBot) -> None:
    status = KernelStatus()
    qtbot.addWidget(status)
    status.show_kernel(KernelState.IDLE, "k", None, THEME)
    status.show_kernel(KernelState.BUSY, "k", None, THEME)
    words = [label.text() for label in status.findChildren(QLabel)]
    assert WORDS[KernelState.IDLE] in words
    qtbot.waitUntil(lambda: "busy" in [label.text() for label in status.findChildren(QLabel)])


@pytest.mark.parametrize(
    ("connection", "closed", "word"),
    [
        (ConnectionInfo(key=b"k", curve_publickey=b"p", **PORTS), True, "CurveZMQ"),
        (ConnectionInfo(key=b"k", transport="ipc", ip="/x", **PORTS), True, "ipc"),
        (ConnectionInfo(key=b"k", **PORTS), True, "loopback"),
        (ConnectionInfo(key=b"k", ip="192.0.2.1", **PORTS), False, "192.0.2.1"),
        (ConnectionInfo(**PORTS), True, "not signed"),
        (tunnelled(ConnectionInfo(**PORTS), "ada@box", "/x"), True, "Through ssh to ada@box"),
    ],
)
def test_the_lock_says_how_messages_travel(
    connection: ConnectionInfo, closed: bool, word: str
) -> None:
    shut, words = transport_words(connection)
    assert shut is closed
    assert word in words
