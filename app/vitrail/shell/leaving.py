"""Ending a session by Ctrl+D, as in a shell, after a question."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class Leaving:
    """Asks whether the session is to end, and what becomes of its kernel.

    Attributes:
        box: The question while it is asked.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        is_ours: Callable[[], bool],
        is_blank: Callable[[], bool],
        leave: Callable[[bool], object],
    ) -> None:
        """Prepare.

        Args:
            parent: Whose session it is.
            is_ours: Whether the kernel ends with the session unless it is kept.
            is_blank: Whether the input holds nothing.
            leave: Ends the session, given whether the kernel is to live on.
        """
        self._parent, self._is_ours, self._is_blank = parent, is_ours, is_blank
        self._leave = leave
        self.box: QMessageBox | None = None

    def ask(self) -> bool:
        """Ask, unless something is typed or it is being asked already; say whether it was."""
        if not self._is_blank():
            return False
        if self.box is None:
            self._show()
        return True

    def _show(self) -> None:
        box = QMessageBox(self._parent)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle("End the session")
        box.setText("End this session?")
        end = box.addButton("End", QMessageBox.ButtonRole.AcceptRole)
        if self._is_ours():
            box.setInformativeText("Its kernel ends too, with all that it has computed.")
            keep = box.addButton("Keep the kernel", QMessageBox.ButtonRole.YesRole)
            keep.clicked.connect(lambda: self._leave(True))
        else:
            box.setInformativeText("The kernel goes on: somebody else started it.")
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        end.clicked.connect(lambda: self._leave(False))
        box.setDefaultButton(end)
        box.setEscapeButton(cancel)
        box.finished.connect(self._on_box_finished)
        self.box = box
        box.open()

    def _on_box_finished(self) -> None:
        self.box = None
