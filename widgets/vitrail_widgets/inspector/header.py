"""The header of an inspector: back and forward, what is looked at, whether it follows or stays."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from vitrail_resources.translation import tr
from vitrail_widgets.objects.target import Target, target_of
from vitrail_widgets.qt.field import field_style
from vitrail_widgets.qt.icons import themed_icon
from vitrail_widgets.qt.theme import Theme

GAP = 2
MOST_IN_MENU = 20


class InspectorHeader(QWidget):
    """Says what is looked at, and leads elsewhere.

    Attributes:
        field: The way to the object, as the user would write it; another one can be typed.
        back: Leads back; its menu to all that was looked at.
        forward: Leads forward again.
        follow: Whether the caret of the input is followed.
        pin: Whether the object stays.
        more: What else can be done.

    Signals:
        go_wanted: One of the trail is to be looked at, by its place.
        target_wanted: An object was named.
        misnamed: What was typed names nothing; says so.
        refresh_wanted: The kernel is to be asked again.
        kernel_wanted: The kernel itself is to tell, which runs code of the object.
        zoom_wanted: Text is to be larger (1), smaller (-1), or as it was (0).
    """

    go_wanted = Signal(int)
    target_wanted = Signal(object)
    misnamed = Signal(str)
    refresh_wanted = Signal()
    kernel_wanted = Signal()
    zoom_wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._trail: tuple[Sequence[Target], int] = ((), -1)
        self._theme: Theme | None = None
        self._history = QMenu(tr("&Visited"), self)
        self._history.aboutToShow.connect(self._list_history)
        self.back = _button(tr("Back"), self)
        self.forward = _button(tr("Forward"), self)
        self.field = QLineEdit(self)
        self.follow = _button(tr("Follow the caret of the input"), self, checkable=True)
        self.pin = _button(tr("Keep this object, whatever is looked at next"), self, checkable=True)
        self.more = _button(tr("More"), self)
        self.more.setText("⋯")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._more_menu())
        self.field.setPlaceholderText(tr("Name an object"))
        self.field.setAccessibleName(tr("Object"))
        self.field.returnPressed.connect(self._on_field_return_pressed)
        self.back.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.back.customContextMenuRequested.connect(self._on_back_menu_requested)
        self.back.clicked.connect(lambda: self.go_wanted.emit(self._trail[1] - 1))
        self.forward.clicked.connect(lambda: self.go_wanted.emit(self._trail[1] + 1))
        for each in (self.follow, self.pin):
            each.toggled.connect(self._draw_icons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for each in (self.back, self.forward):
            layout.addWidget(each)
        layout.addWidget(self.field, 1)
        for each in (self.follow, self.pin, self.more):
            layout.addWidget(each)
        self.show_trail((), -1)

    @property
    def history(self) -> QMenu:
        """All that was looked at, the last first."""
        return self._history

    def show_trail(self, visited: Sequence[Target], at: int) -> None:
        """Show where one is.

        Args:
            visited: What was looked at, in order.
            at: Which of them is looked at; -1 for none.
        """
        self._trail = (visited, at)
        self.back.setEnabled(at > 0)
        self.forward.setEnabled(at + 1 < len(visited))
        self.field.setText(visited[at].text if 0 <= at < len(visited) else "")
        self.field.setCursorPosition(0)

    def apply_theme(self, theme: Theme, code_font: QFont) -> None:
        """Take a theme's colours, and the font of code."""
        self._theme = theme
        self._draw_icons()
        self.field.setFont(code_font)
        self.field.setStyleSheet(field_style(theme))
        self.setStyleSheet(
            "QToolButton { border: 1px solid transparent; border-radius: 5px; padding: 3px;"
            f" color: {theme.muted.name()}; }}"
            f"QToolButton:hover {{ background: {theme.surface.name()}; }}"
            f"QToolButton:focus {{ border-color: {theme.accent.name()}; }}"
            f"QToolButton:checked {{ background: {theme.surface.name()}; }}"
            "QToolButton::menu-indicator { image: none; }"
        )

    def _draw_icons(self) -> None:
        if self._theme is None:
            return
        for button, icon in (
            (self.back, "back"),
            (self.forward, "forward"),
            (self.follow, "follow"),
            (self.pin, "pin"),
        ):
            is_on = button.isCheckable() and button.isChecked()
            button.setIcon(themed_icon(icon, self._theme.accent if is_on else self._theme.muted))

    def _more_menu(self) -> QMenu:
        menu = QMenu(self.more)
        menu.addMenu(self._history)
        menu.addAction(tr("&Refresh"), self.refresh_wanted.emit)
        menu.addSeparator()
        menu.addAction(tr("&Larger"), lambda: self.zoom_wanted.emit(1))
        menu.addAction(tr("&Smaller"), lambda: self.zoom_wanted.emit(-1))
        menu.addAction(tr("&Actual size"), lambda: self.zoom_wanted.emit(0))
        menu.addSeparator()
        asks = menu.addAction(tr("As&k the kernel itself"), self.kernel_wanted.emit)
        asks.setToolTip(tr("As name? does: it runs the object's repr"))
        menu.setToolTipsVisible(True)
        return menu

    def _list_history(self) -> None:
        visited, at = self._trail
        self._history.clear()
        for place in reversed(range(max(0, len(visited) - MOST_IN_MENU), len(visited))):
            text = visited[place].text.replace("&", "&&")
            action = QAction(text, self._history, checkable=True, checked=place == at)
            action.triggered.connect(lambda _=False, to=place: self.go_wanted.emit(to))
            self._history.addAction(action)
        self._history.setEnabled(bool(visited))

    def _on_back_menu_requested(self) -> None:
        self._history.popup(self.back.mapToGlobal(self.back.rect().bottomLeft()))

    def _on_field_return_pressed(self) -> None:
        name = self.field.text().strip().lstrip("?").rstrip("?")
        target = target_of(name)
        if target is not None:
            self.target_wanted.emit(target)
        elif name:
            self.misnamed.emit(tr("Write a name, with dots where it leads on: np.linspace"))


def _button(name: str, parent: QWidget, *, checkable: bool = False) -> QToolButton:
    button = QToolButton(parent)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setCheckable(checkable)
    return button
