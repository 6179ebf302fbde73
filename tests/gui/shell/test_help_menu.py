"""The Help menu follows the kernel."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from vitrail.protocol.replies import KernelInfoReply
from vitrail.shell.help_menu import fill_help_menu

LINK = {"text": "Salt & pepper", "url": "https://a.example/"}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    urls: list[str] = []

    def open_url(url: QUrl) -> bool:
        urls.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return urls


def test_menu_opens_the_links_of_the_kernel_that_is_current_then(
    qtbot: QtBot, opened: list[str]
) -> None:
    menu, said = QMenu(), list[str]()
    qtbot.addWidget(menu)
    kernels: list[KernelInfoReply | None] = [None]
    fill_help_menu(menu, lambda: kernels[-1], said.append)
    menu.aboutToShow.emit()
    [action] = menu.actions()
    assert not action.isEnabled()
    kernels.append(KernelInfoReply(help_links=[LINK]))
    menu.aboutToShow.emit()
    [action] = menu.actions()
    assert action.text() == "Salt && pepper"
    action.trigger()
    assert opened == ["https://a.example/"]
    assert said == ["Opening https://a.example/"]
