"""The window of the settings."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vitrail.shell.appearance import Appearance
from vitrail.shell.editor import CannotOpenError, open_in_editor
from vitrail.shell.settings_dialog.page import SettingsPage
from vitrail_resources.translation import tr
from vitrail_widgets.qt.controls import control_style

SIZE = QSize(760, 640)
SMALLEST = QSize(360, 320)
MARGIN = 16
GAP = 8


class SettingsDialog(QDialog):
    """Shows all settings beside the window; what is changed holds at once.

    Attributes:
        page: The settings.
        notice: Says why nothing is kept, when the file cannot be used.
    """

    def __init__(
        self, appearance: Appearance, show_keys: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(SMALLEST)
        self._appearance = appearance
        self._show_keys = show_keys
        self._store = appearance.settings
        self.page = SettingsPage(self._store, self)
        self.notice = QLabel(self)
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.notice.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self.page, 1)
        layout.addLayout(self._foot())
        self.resize(SIZE)
        appearance.theme_changed.connect(self._restyle)
        end_watch = self._store.watch(lambda _before, _after: self._say())
        self.destroyed.connect(self.page.close_watch)
        self.destroyed.connect(end_watch)
        self._restyle()
        self.page.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _foot(self) -> QHBoxLayout:
        keys = QPushButton(tr("&Keyboard shortcuts…"), self)
        keys.clicked.connect(self._on_keys_clicked)
        file = QPushButton(tr("Open the &file"), self)
        file.setEnabled(self._store.path is not None)
        file.setToolTip(str(self._store.path or tr("Nothing is kept")))
        file.clicked.connect(self._open_file)
        done = QPushButton(tr("&Close"), self)
        done.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        foot.setSpacing(GAP)
        for button in (keys, file):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        done.setAutoDefault(False)
        foot.addWidget(done)
        return foot

    def _on_keys_clicked(self) -> None:
        self._show_keys()

    def _open_file(self) -> None:
        """Open the settings file in the editor of the desktop; it is made if there is none."""
        path = self._store.path
        if path is None:
            return
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        try:
            open_in_editor(self._store.now.editor.command, str(path))
        except CannotOpenError as error:
            self._say(str(error))

    def _say(self, *more: str) -> None:
        said = (*self._store.problems, *more)
        self.notice.setText("\n".join(said))
        self.notice.setVisible(bool(said))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setStyleSheet(control_style(theme.palette()))
        self.notice.setStyleSheet(
            f"background: {theme.raised.name()}; color: {theme.warn.name()};"
            f" border-bottom: 1px solid {theme.border.name()};"
        )
        self.page.apply_theme(theme)
        self._say()
