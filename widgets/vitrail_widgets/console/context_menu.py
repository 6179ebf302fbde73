"""What a right click on the transcript offers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from vitrail_widgets.console.selected import TranscriptSelection


def transcript_menu(selected: TranscriptSelection, parent: QWidget) -> QMenu:
    """Return the menu; it deletes itself when it closes."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    copy = menu.addAction("Copy")
    copy.setEnabled(selected.exists)
    copy.triggered.connect(selected.copy)
    menu.addAction("Select all").triggered.connect(selected.select_all)
    return menu
