"""A file dialog, filled in by key."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget


def file_dialog(window: QWidget) -> QFileDialog | None:
    """Return the file dialog that is open."""
    open_ones = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
    return open_ones[0] if open_ones else None


def choose_file(window: QWidget, path: Path) -> None:
    """Type a path into the open file dialog, and Enter."""
    dialog = file_dialog(window)
    assert dialog is not None
    [line] = [each for each in dialog.findChildren(QLineEdit) if each.isVisible()]
    line.setText(str(path))  # typed, its completions would grab the keyboard
    QTest.keyClick(line, Qt.Key.Key_Return)
