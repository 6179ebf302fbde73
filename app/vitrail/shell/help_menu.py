"""The Help menu: what the kernel of the current tab offers to read."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from vitrail.protocol.replies import KernelInfoReply
from vitrail_resources.translation import tr

NOTHING: Final = tr("&No help links from this kernel")


def fill_help_menu(
    menu: QMenu, info: Callable[[], KernelInfoReply | None], tell: Callable[[str], object]
) -> None:
    """Let a menu hold the kernel's links whenever it opens.

    Args:
        menu: Empty.
        info: Returns what the kernel of the current tab says of itself.
        tell: Says something in passing.
    """

    def fill() -> None:
        from vitrail.presenters.help_links import help_links  # a start does without

        menu.clear()
        links = help_links(info())
        for link in links:
            action = menu.addAction(link.title.replace("&", "&&"))
            action.setStatusTip(link.url)
            action.triggered.connect(partial(_follow, link.url, tell))
        if not links:
            menu.addAction(NOTHING).setEnabled(False)

    menu.addAction(NOTHING).setEnabled(False)  # some desktops open no menu that is empty
    menu.aboutToShow.connect(fill)


def _follow(url: str, tell: Callable[[str], object], _checked: bool = False) -> None:
    tell(tr("Opening {url}", url=url))
    QDesktopServices.openUrl(QUrl(url))
