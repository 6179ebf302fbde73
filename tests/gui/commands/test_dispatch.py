"""Keys of the console as the keymap has them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.commands.live_keymap import LiveKeymap
from vitrail_widgets.editing.completions import Completion, CompletionList
from vitrail_widgets.grid.pane import GridPane
from vitrail_widgets.inspector.pane import InspectorPane
from vitrail_widgets.keys.command import Command, Scope
from vitrail_widgets.keys.defaults import WIDGET_COMMANDS
from vitrail_widgets.keys.keymap import Keymap

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
BESIDE = (
    "pager.",
    "inspector.",
    "grid.",
    "input.end_session",
)  # done by the window around a console
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


def test_the_keys_that_take_a_completion_can_be_others(desk: Desk) -> None:
    view = desk.console.view
    desk.live.override({"popup.accept": ["Right", "Ctrl+E"], "popup.accept_or_enter": []})
    view.completer.wanted.connect(
        lambda code, at: view.completer.offer(
            CompletionList((Completion("alpha"), Completion("alpine")), code, 0, at, at)
        )
    )
    for key, modifiers, text in (
        (Qt.Key.Key_Tab, NONE, "alp"),
        (Qt.Key.Key_Right, NONE, "alpha"),
        (Qt.Key.Key_E, CTRL, "alpha"),
    ):
        desk.input.set_text("")
        desk.qtbot.keyClicks(desk.input, "alp")
        desk.qtbot.waitUntil(view.completer.popup.isVisible)
        desk.press(key, modifiers)
        assert desk.input.text().strip() == text


def test_the_keys_of_a_question_can_be_others(desk: Desk) -> None:
    view, answers = desk.console.view, list[str]()
    desk.console.cell("a", "input()")
    desk.live.override({"question.answer": ["Ctrl+Return"], "question.end_of_file": ["F4"]})
    view.requests.answered.connect(lambda _cell, text: answers.append(text))
    assert view.requests.ask("a", "name?", password=False)
    assert view.requests.field is not None
    line = view.requests.field.line
    desk.qtbot.keyClick(line, Qt.Key.Key_D, CTRL)
    desk.qtbot.keyClicks(line, "Ada")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.qtbot.keyClick(line, Qt.Key.Key_F4)
    assert answers == []
    desk.qtbot.keyClick(line, Qt.Key.Key_Return, CTRL)
    assert answers == ["Ada"]
    assert desk.input.commands.handler("question.answer") is not None
    assert not desk.input.commands.run("question.answer")
    desk.console.finish("a")


def test_a_question_that_is_gone_has_nothing_to_answer(desk: Desk) -> None:
    handler = desk.input.commands.handler("question.interrupt")
    assert handler is not None
    assert handler.why_not() == "No cell asks anything"


def test_every_command_of_the_widgets_is_done_by_somebody(desk: Desk) -> None:
    commands = desk.input.commands
    own = [one.id for one in WIDGET_COMMANDS if not one.id.startswith(BESIDE)]
    assert [command_id for command_id in own if commands.handler(command_id) is None] == []


def test_every_command_of_the_inspector_is_done_by_somebody(qtbot: QtBot) -> None:
    pane, grid = InspectorPane([]), GridPane()
    qtbot.addWidget(pane)
    qtbot.addWidget(grid)
    for commands, scope in ((pane.commands, Scope.INSPECTOR), (grid.commands, Scope.GRID)):
        own = [one.id for one in WIDGET_COMMANDS if one.scope is scope]
        assert own
        assert [command_id for command_id in own if commands.handler(command_id) is None] == []


def test_no_default_keys_conflict() -> None:
    keymap = Keymap(WIDGET_COMMANDS)
    assert [
        keymap.conflicts_of(one.id) for one in WIDGET_COMMANDS if keymap.conflicts_of(one.id)
    ] == []
