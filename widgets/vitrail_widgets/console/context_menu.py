"""What a right click on the transcript offers."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.console.selected import TranscriptSelection

Part = Callable[[QMenu, QPoint], None]
"""Adds to a menu what it offers at a point of the viewport."""


def transcript_menu(
    selected: TranscriptSelection, parent: QWidget, point: QPoint, parts: Iterable[Part] = ()
) -> QMenu:
    """Return the menu; it deletes itself when it closes."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    copy = menu.addAction(tr("Copy"))
    copy.setEnabled(selected.exists)
    copy.triggered.connect(selected.copy)
    menu.addAction(tr("Select all")).triggered.connect(selected.select_all)
    for add in parts:
        add(menu, point)
    return menu
