"""Drives a code input by key, as a user does."""

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.offsets import from_utf16, to_utf16

KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Del": Qt.Key.Key_Delete,
    "Esc": Qt.Key.Key_Escape,
    "/": Qt.Key.Key_Slash,
    "<": Qt.Key.Key_Less,
    ">": Qt.Key.Key_Greater,
    "[": Qt.Key.Key_BracketLeft,
    "]": Qt.Key.Key_BracketRight,
}
MODIFIERS = {
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


@dataclass
class Pilot:
    """Drives an input as a user does."""

    area: InputArea
    qtbot: QtBot
    submitted: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)

    def type(self, text: str) -> None:
        """Type text; a newline is Enter."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.press("Enter")
            self.qtbot.keyClicks(self.area, line)

    def press(self, *names: str) -> None:
        """Press keys, each like "Ctrl+Z"."""
        for name in names:
            *held, key = name.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for one in held:
                modifiers |= MODIFIERS[one]
            self.qtbot.keyClick(self.area, KEYS.get(key) or Qt.Key[f"Key_{key}"], modifiers)

    @property
    def text(self) -> str:
        """The text with the caret as "|"."""
        cursor = self.area.textCursor()
        plain = self.area.text()
        caret = from_utf16(plain, cursor.position())
        return plain[:caret] + "|" + plain[caret:]

    def show(self, text: str) -> None:
        """Show a text whose caret is where "|" is."""
        self.area.set_text(text.replace("|", ""))
        cursor = self.area.textCursor()
        cursor.setPosition(to_utf16(text, text.index("|")))
        self.area.setTextCursor(cursor)

    def select(self, start: int, end: int) -> None:
        """Select from one position to another."""
        cursor = self.area.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.area.setTextCursor(cursor)


class Fitter(QObject):
    """Resizes an input to its text, as the console's view does."""

    def __init__(self, area: InputArea, width: int) -> None:
        super().__init__(area)
        self._area, self._width = area, width
        area.height_changed.connect(self.fit)
        self.fit()

    @Slot()
    def fit(self) -> None:
        self._area.resize(self._width, self._area.ideal_height(self._width))
