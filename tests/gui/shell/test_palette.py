"""The command palette, by key and by mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from support.lone_window import lone_window
from vitrail.shell.commands.table import COMMANDS
from vitrail_widgets.keys.command import Scope

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


class Pilot:
    """A window, its palette, and who presses keys."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = lone_window()
        self.input = self.window.tab.view.input
        self.popup = self.window.command_palette.popup
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.input.setFocus()
        qtbot.waitUntil(self.input.hasFocus)

    def open(self) -> None:
        self.qtbot.keyClick(self.input, Key.Key_P, CTRL_SHIFT)
        self.qtbot.waitUntil(self.popup.field.hasFocus)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.popup.field, text)

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.popup.field, key)

    @property
    def labels(self) -> list[str]:
        return [choice.command.label for choice in self.popup.shown]

    @property
    def current(self) -> str:
        return self.popup.shown[self.popup.list.currentIndex().row()].command.label


@pytest.fixture
def pilot(qtbot: QtBot) -> Pilot:
    return Pilot(qtbot)


def test_every_command_with_a_title_is_offered_that_means_something_there(pilot: Pilot) -> None:
    pilot.open()
    offered = {choice.command.id for choice in pilot.popup.shown}
    popups = (Scope.POPUP, Scope.HISTORY, Scope.INSPECTOR, Scope.GRID)
    wanted = {one.id for one in COMMANDS if one.title and one.scope not in popups}
    assert wanted - offered == {"edit.palette"}


def test_a_command_of_the_window_is_done_and_the_focus_goes_back(pilot: Pilot) -> None:
    pilot.open()
    pilot.type("dark th")
    pilot.press(Key.Key_Return)
    assert pilot.window.tab.view.theme.dark
    assert not pilot.popup.isVisible()
    assert pilot.input.hasFocus()


def test_a_command_of_the_input_is_done_in_the_input(pilot: Pilot) -> None:
    pilot.input.set_text("pass")
    pilot.input.selectAll()
    pilot.open()
    pilot.type("indent")
    assert pilot.labels[0] == "Indent"
    pilot.press(Key.Key_Enter)
    assert pilot.input.text() == "    pass"
    assert pilot.input.textCursor().hasSelection()


def test_escape_closes_and_does_nothing(pilot: Pilot) -> None:
    pilot.input.set_text("kept")
    pilot.open()
    pilot.type("quit")
    pilot.press(Key.Key_Escape)
    assert (pilot.popup.isVisible(), pilot.input.hasFocus()) == (False, True)
    assert pilot.input.text() == "kept"


def test_the_key_that_opens_it_closes_it(pilot: Pilot) -> None:
    pilot.open()
    pilot.qtbot.keyClick(pilot.popup.field, Key.Key_P, CTRL_SHIFT)
    assert not pilot.popup.isVisible()
    assert pilot.input.hasFocus()


def test_the_focus_goes_back_to_the_transcript_too(pilot: Pilot) -> None:
    view = pilot.window.tab.view
    view.focus_transcript()
    pilot.qtbot.keyClick(view, Key.Key_P, CTRL_SHIFT)
    pilot.press(Key.Key_Escape)
    assert QApplication.focusWidget() is view


def test_arrows_walk_round_the_list(pilot: Pilot) -> None:
    pilot.open()
    pilot.press(Key.Key_Up)
    assert pilot.current == pilot.labels[-1]
    pilot.press(Key.Key_Down)
    assert pilot.current == pilot.labels[0]
    pilot.press(Key.Key_PageDown)
    pilot.press(Key.Key_PageUp)
    assert pilot.current == pilot.labels[0]


def test_what_was_done_last_is_offered_first(pilot: Pilot) -> None:
    pilot.open()
    pilot.type("dark th")
    pilot.press(Key.Key_Return)
    pilot.open()
    assert pilot.labels[0] == "Dark theme"
    assert pilot.popup.shown[0].is_recent
    assert not pilot.popup.shown[1].is_recent


def test_what_cannot_be_done_says_why_and_is_not_done(pilot: Pilot) -> None:
    pilot.open()
    pilot.type("interrupt")
    (interrupt,) = [each for each in pilot.popup.shown if each.command.id == "kernel.interrupt"]
    assert interrupt.why_not == "There is no kernel"
    assert pilot.labels[0] == "Interrupt"
    assert pilot.current != "Interrupt"
    pilot.press(Key.Key_Up)
    pilot.press(Key.Key_Up)
    assert pilot.current == "Interrupt"
    pilot.press(Key.Key_Return)
    assert pilot.popup.isVisible()


def test_a_command_that_had_nothing_to_do_says_when_it_has(pilot: Pilot) -> None:
    pilot.open()
    pilot.type("select a line up")
    pilot.press(Key.Key_Return)
    assert pilot.window.statusBar().currentMessage() == (
        "Select a line up: there was nothing to do. It is done only when text is selected."
    )


def test_what_is_called_nothing_is_said(pilot: Pilot) -> None:
    pilot.open()
    pilot.type("zzzz")
    assert pilot.labels == []
    pilot.press(Key.Key_Return)
    pilot.press(Key.Key_Down)
    assert pilot.popup.isVisible()


def test_a_click_does_the_command(pilot: Pilot) -> None:
    pilot.open()
    pilot.type("dark th")
    rect = pilot.popup.list.visualRect(pilot.popup.list.currentIndex())
    button = Qt.MouseButton.LeftButton
    pilot.qtbot.mouseClick(pilot.popup.list.viewport(), button, pos=rect.center())
    assert pilot.window.tab.view.theme.dark


def test_a_click_beside_it_closes_it(pilot: Pilot) -> None:
    pilot.open()
    pilot.qtbot.mouseClick(pilot.input.viewport(), Qt.MouseButton.LeftButton)
    pilot.input.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not pilot.popup.isVisible()


def test_the_keys_shown_are_the_ones_that_hold(pilot: Pilot) -> None:
    pilot.window.keys.rebind("view.full_screen", ("Ctrl+Alt+F",))
    pilot.open()
    shown = {choice.command.id: choice.keys for choice in pilot.popup.shown}
    assert shown["view.full_screen"] == "Ctrl+Alt+F"
    assert shown["edit.copy"] == ""


def test_a_screen_reader_is_told_the_row_while_the_focus_is_in_the_field(pilot: Pilot) -> None:
    pilot.open()
    pilot.type("full screen")
    assert pilot.popup.field.accessibleDescription() == "Full screen, View, F11"


def test_it_fits_into_a_small_window(pilot: Pilot) -> None:
    pilot.window.resize(320, 240)
    pilot.open()
    assert pilot.window.rect().contains(pilot.popup.geometry())
    row = pilot.popup.list.visualRect(pilot.popup.list.currentIndex()).height()
    assert pilot.popup.list.height() >= row
    assert pilot.popup.list.height() % row == 0


def test_it_stays_in_the_middle_when_the_window_is_resized(pilot: Pilot) -> None:
    pilot.open()
    pilot.window.resize(700, 500)
    pilot.qtbot.waitUntil(lambda: abs(pilot.popup.geometry().center().x() - 350) <= 1)


def test_a_question_of_a_cell_does_not_take_the_focus_from_it(pilot: Pilot) -> None:
    view = pilot.window.tab.view
    transcript = pilot.window.tab.presenter.execution.transcript
    view.apply(transcript.append_cell("a", "input()", at=1.0))
    pilot.open()
    assert view.requests.ask("a", "name?", password=False)
    assert pilot.popup.isVisible()
    assert pilot.popup.field.hasFocus()
    pilot.press(Key.Key_Escape)
    pilot.qtbot.keyClick(pilot.input, Key.Key_Escape)
    assert view.requests.field is not None
    assert view.requests.field.line.hasFocus()


def test_copying_what_was_typed_works_in_the_field(pilot: Pilot) -> None:
    pilot.open()
    pilot.type("abc")
    pilot.popup.field.selectAll()
    pilot.qtbot.keyClick(pilot.popup.field, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "abc"


def test_asking_for_it_is_a_command_like_others(pilot: Pilot) -> None:
    pilot.window.keys.rebind("edit.palette", ("F4",))
    pilot.qtbot.keyClick(pilot.input, Key.Key_F4)
    assert pilot.popup.isVisible()
