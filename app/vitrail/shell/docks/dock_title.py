"""The title bar of a dock, in the theme's colours: what it is, and what takes it off or away."""

from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton, QWidget

from vitrail.shell.appearance import Appearance
from vitrail_resources.translation import tr
from vitrail_widgets.qt.elided_label import ElidedLabel
from vitrail_widgets.qt.icons import themed_icon

LEFT, RIGHT, GAP = 10, 6, 2
HEIGHT = 28


class DockTitle(QWidget):
    """Is dragged by any place but its buttons; a double click takes the dock off and puts it back.

    Attributes:
        label: The dock's title.
        take_off: Makes the dock a window of its own, or puts it back.
        close_dock: Closes the dock.
    """

    def __init__(self, dock: QDockWidget, appearance: Appearance) -> None:
        super().__init__(dock)
        self._dock, self._appearance = dock, appearance
        self.setFixedHeight(HEIGHT)
        self.label = ElidedLabel(self)
        self.label.setText(dock.windowTitle())
        self.take_off = _button(tr("Take off"), self)
        self.close_dock = _button(tr("Close"), self)
        self.take_off.clicked.connect(self._on_take_off_clicked)
        self.close_dock.clicked.connect(dock.close)
        dock.windowTitleChanged.connect(self.label.setText)
        dock.topLevelChanged.connect(self._on_dock_top_level_changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(LEFT, 0, RIGHT, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.take_off)
        layout.addWidget(self.close_dock)
        self._on_dock_top_level_changed(dock.isFloating())
        appearance.theme_changed.connect(self._restyle)
        self._restyle()

    def _on_take_off_clicked(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())

    def _on_dock_top_level_changed(self, is_floating: bool) -> None:
        _name(self.take_off, tr("Put back") if is_floating else tr("Take off"))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        for button, icon in ((self.take_off, "take-off"), (self.close_dock, "close")):
            button.setIcon(themed_icon(icon, theme.muted))
        self.setStyleSheet(
            f"QLabel {{ color: {theme.muted.name()}; }}"
            "QToolButton { border: 1px solid transparent; border-radius: 5px; padding: 2px; }"
            f"QToolButton:hover {{ background: {theme.raised.name()}; }}"
            f"QToolButton:focus {{ border-color: {theme.accent.name()}; }}"
        )


def _button(name: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    _name(button, name)
    return button


def _name(button: QToolButton, name: str) -> None:
    button.setToolTip(name)
    button.setAccessibleName(name)
