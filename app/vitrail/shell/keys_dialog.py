"""The dialog of the keyboard shortcuts."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from vitrail.shell.appearance import Appearance
from vitrail.shell.user_keymap import UserKeymap
from vitrail_resources.translation import tr
from vitrail_widgets.commands.keys_page import KeysPage
from vitrail_widgets.qt.controls import control_style

SIZE = QSize(920, 600)


class KeysDialog(QDialog):
    """Shows all commands with their keys, beside the window; what is changed holds at once.

    Attributes:
        page: The table, and below it the keys of the chosen command.
    """

    def __init__(self, keys: UserKeymap, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._appearance = appearance
        self.page = KeysPage(keys.live, keys.rebind, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.resize(SIZE)
        appearance.theme_changed.connect(self._restyle)
        self._restyle()
        self.page.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setStyleSheet(control_style(theme.palette()))
        self.page.apply_theme(theme)
