"""Keys of the console as the keymap has them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.commands.live_keymap import LiveKeymap
from vitrail_widgets.keys.command import Command, Scope
from vitrail_widgets.keys.defaults import WIDGET_COMMANDS
from vitrail_widgets.keys.keymap import Keymap

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
EXTRA = (
    Command("input.shout", "Shout", ("Ctrl+M, Ctrl+S", "Alt+?"), Scope.INPUT),
    Command("window.act", "Act", ("Ctrl+Z",)),
)


class Desk:
    """A console in a window with an action, and what was asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.console = Console()
        self.live = LiveKeymap(Keymap((*WIDGET_COMMANDS, *EXTRA)))
        self.input = self.console.view.input
        self.input.commands.follow(self.live)
        self.asked: list[str] = []
        self.input.commands.register("input.shout", lambda: self.asked.append("shout"))
        self.window = QMainWindow()
        self.window.setCentralWidget(self.console.view)
        action = QAction(self.window)
        action.setShortcut(QKeySequence("Ctrl+Z"))
        action.triggered.connect(lambda: self.asked.append("act"))
        self.window.addAction(action)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.input.setFocus()
        qtbot.waitUntil(self.input.hasFocus)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(self.input, key, modifiers)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_a_rebound_key_does_the_command_and_its_old_key_nothing(desk: Desk) -> None:
    interrupts: list[bool] = []
    desk.console.view.interrupt_requested.connect(lambda: interrupts.append(True))
    desk.live.override({"console.copy_or_interrupt": ["F9"]})
    desk.press(Qt.Key.Key_F9)
    assert interrupts == [True]
    desk.press(Qt.Key.Key_C, CTRL)
    assert interrupts == [True]


def test_a_key_that_qt_would_use_does_nothing_once_the_user_took_it(desk: Desk) -> None:
    desk.live.override({"input.home": []})
    desk.input.set_text("abc")
    desk.press(Qt.Key.Key_A, CTRL)
    assert not desk.input.textCursor().hasSelection()


def test_keys_in_a_row_do_one_command(desk: Desk) -> None:
    desk.press(Qt.Key.Key_M, CTRL)
    assert desk.asked == []
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.asked == ["shout"]


def test_a_sequence_that_goes_wrong_is_dropped_whole(desk: Desk) -> None:
    desk.press(Qt.Key.Key_M, CTRL)
    desk.press(Qt.Key.Key_X)
    desk.press(Qt.Key.Key_S, CTRL)
    assert (desk.asked, desk.input.text()) == ([], "")
    desk.press(Qt.Key.Key_X)
    assert desk.input.text() == "x"


def test_a_sign_is_meant_with_or_without_shift(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Question, ALT)
    desk.press(Qt.Key.Key_Question, ALT | SHIFT)
    assert desk.asked == ["shout", "shout"]


def test_the_number_pads_enter_is_enter(desk: Desk) -> None:
    submitted: list[str] = []
    desk.input.submitted.connect(submitted.append)
    desk.input.set_text("1")
    desk.press(Qt.Key.Key_Enter, SHIFT | KEYPAD)
    assert submitted == ["1"]


def test_a_key_of_the_window_reaches_its_action_from_the_input(desk: Desk) -> None:
    desk.input.set_text("kept")
    desk.press(Qt.Key.Key_Z, CTRL)
    assert (desk.asked, desk.input.text()) == (["act"], "kept")


def test_a_key_that_the_input_was_given_is_kept_from_the_window(desk: Desk) -> None:
    desk.live.override({"input.shout": ["Ctrl+Z"]})
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.asked == ["shout"]


def test_a_reason_against_a_command_keeps_it_from_running(desk: Desk) -> None:
    commands = desk.input.commands
    commands.register("input.shout", lambda: desk.asked.append("shout"), lambda: "Hush")
    assert not commands.run("input.shout")
    assert desk.asked == []


def test_a_typed_letter_is_text_although_another_scope_has_it(desk: Desk) -> None:
    desk.live.override({"transcript.down": ["J"]})
    desk.press(Qt.Key.Key_J)
    assert desk.input.text() == "j"


def test_every_command_of_the_widgets_is_done_by_somebody(desk: Desk) -> None:
    commands = desk.input.commands
    assert [one.id for one in WIDGET_COMMANDS if commands.handler(one.id) is None] == []


def test_no_default_keys_conflict() -> None:
    keymap = Keymap(WIDGET_COMMANDS)
    assert [
        keymap.conflicts_of(one.id) for one in WIDGET_COMMANDS if keymap.conflicts_of(one.id)
    ] == []
