"""Keys are looked up and changed in a dialog, without a mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from support.lone_window import lone_window
from vitrail.settings.store import SettingsStore
from vitrail.shell.commands.table import COMMANDS
from vitrail.shell.keys_dialog import KeysDialog
from vitrail_widgets.commands.key_rows import Column

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


class Pilot:
    """A window, its dialog of keys, and who presses keys in it."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self.qtbot, self.path = qtbot, path
        self.window = lone_window(settings=SettingsStore(path))
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.actions_by_id["edit.keys"].trigger()
        dialog = self.window.findChild(KeysDialog)
        assert isinstance(dialog, KeysDialog)
        self.dialog = dialog
        self.page, self.editor = dialog.page, dialog.page.editor
        qtbot.waitUntil(self.page.field.hasFocus)

    def find(self, text: str) -> None:
        """Type into the field; the first command that fits is chosen."""
        self.page.field.setFocus()
        self.page.field.selectAll()
        self.qtbot.keyClicks(self.page.field, text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(self.editor.recorder, key, modifiers)

    def record(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Change the keys of the chosen command to a single one."""
        self.qtbot.keyClick(self.page.field, Key.Key_Return)
        self.qtbot.waitUntil(self.editor.recorder.hasFocus)
        self.press(key, modifiers)
        self.press(Key.Key_Return)

    def texts(self, command_id: str) -> tuple[str, ...]:
        return self.window.keys.live.keymap.texts_of(command_id)

    @property
    def rows(self) -> list[list[str]]:
        model = self.page.table.model()
        return [
            [model.index(row, column).data() for column in Column]
            for row in range(model.rowCount())
        ]


@pytest.fixture
def pilot(qtbot: QtBot, tmp_path: Path) -> Pilot:
    return Pilot(qtbot, tmp_path / "settings.toml")


def test_all_commands_stand_in_it(pilot: Pilot) -> None:
    assert [row[Column.COMMAND] for row in pilot.rows] == [one.label for one in COMMANDS]


def test_it_is_one_dialog_however_often_it_is_asked_for(pilot: Pilot) -> None:
    pilot.window.actions_by_id["edit.keys"].trigger()
    assert len(pilot.window.findChildren(KeysDialog)) == 1


def test_commands_are_found_by_title_and_by_keys(pilot: Pilot) -> None:
    pilot.find("full screen")
    assert pilot.rows == [["Full screen", "F11", "anywhere in the window", ""]]
    pilot.find("ctrl+shift+j")
    assert [row[Column.COMMAND] for row in pilot.rows] == ["Join the lines"]
    pilot.find("zzzz")
    assert pilot.rows == []
    assert pilot.editor.title.text() == "No command is called that."
    assert not pilot.editor.change_button.isEnabled()


def test_recorded_keys_hold_at_once_and_are_kept(pilot: Pilot) -> None:
    pilot.find("full screen")
    pilot.record(Key.Key_J, CTRL | ALT)
    assert pilot.texts("view.full_screen") == ("Ctrl+Alt+J",)
    assert pilot.window.actions_by_id["view.full_screen"].shortcut().toString() == "Ctrl+Alt+J"
    assert pilot.rows[0][Column.KEYS] == "Ctrl+Alt+J"
    assert pilot.page.table.hasFocus()
    assert SettingsStore(pilot.path).now.keys == {"view.full_screen": ("Ctrl+Alt+J",)}


@pytest.mark.parametrize(
    ("key", "modifiers", "text"),
    [
        (Key.Key_Return, CTRL | ALT, "Ctrl+Alt+Return"),
        (Key.Key_Tab, CTRL, "Ctrl+Tab"),
        (Key.Key_Backtab, SHIFT, "Shift+Tab"),
        (Key.Key_Escape, NONE, "Esc"),
        (Key.Key_Return, NONE, "Return"),
        (Key.Key_Backspace, NONE, "Backspace"),
        (Key.Key_Greater, ALT | SHIFT, "Alt+>"),
        (Key.Key_F5, NONE, "F5"),
    ],
)
def test_any_key_can_be_recorded(
    pilot: Pilot, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str
) -> None:
    pilot.find("full screen")
    pilot.record(key, modifiers)
    assert pilot.texts("view.full_screen") == (text,)
    assert pilot.dialog.isVisible()


def test_a_sequence_is_recorded_key_by_key(pilot: Pilot) -> None:
    pilot.find("full screen")
    pilot.qtbot.keyClick(pilot.page.field, Key.Key_Return)
    pilot.press(Key.Key_Control, CTRL)
    pilot.press(Key.Key_K, CTRL)
    pilot.press(Key.Key_F, CTRL)
    assert pilot.editor.recorder.text() == "Ctrl+K, Ctrl+F"
    pilot.press(Key.Key_Backspace)
    assert pilot.editor.recorder.text() == ""
    pilot.press(Key.Key_K, CTRL)
    pilot.press(Key.Key_X)
    pilot.press(Key.Key_Return)
    assert pilot.texts("view.full_screen") == ("Ctrl+K, X",)


def test_escape_leaves_the_keys_and_the_dialog_as_they_were(pilot: Pilot) -> None:
    pilot.find("full screen")
    pilot.qtbot.keyClick(pilot.page.field, Key.Key_Return)
    pilot.press(Key.Key_K, CTRL)
    pilot.press(Key.Key_Escape)
    assert pilot.texts("view.full_screen") == ("F11",)
    assert not pilot.editor.is_recording
    assert pilot.dialog.isVisible()


def test_a_conflict_is_said_before_it_is_made_and_after(pilot: Pilot) -> None:
    pilot.find("full screen")
    pilot.qtbot.keyClick(pilot.page.field, Key.Key_Return)
    pilot.press(Key.Key_Z, CTRL)
    assert pilot.editor.said.text() == "Ctrl+Z is also “Undo” anywhere in the window."
    assert "also “Undo”" in pilot.editor.recorder.accessibleDescription()
    pilot.press(Key.Key_Return)
    assert pilot.rows[0][Column.NOTE] == "Ctrl+Z is also “Undo”"
    pilot.find("undo")
    assert pilot.rows[0][Column.NOTE] == "Ctrl+Z is also “Full screen”"


def test_conflicting_keys_are_taken_from_the_other_command(pilot: Pilot) -> None:
    pilot.find("full screen")
    pilot.record(Key.Key_V, CTRL)
    pilot.qtbot.mouseClick(pilot.editor.take_button, Qt.MouseButton.LeftButton)
    assert pilot.texts("edit.paste") == ("Shift+Ins",)
    assert pilot.editor.said.text() == ""
    assert not pilot.editor.take_button.isVisible()


def test_what_is_typed_cannot_be_the_key_of_a_command_of_the_window(pilot: Pilot) -> None:
    pilot.find("full screen")
    pilot.record(Key.Key_J)
    assert pilot.editor.is_recording
    assert pilot.editor.said.text() == "J alone is text that is typed."
    assert pilot.texts("view.full_screen") == ("F11",)


def test_keys_are_added_and_removed_and_given_back_by_key(pilot: Pilot) -> None:
    table = pilot.page.table
    pilot.find("full screen")
    pilot.qtbot.keyClick(pilot.page.field, Key.Key_Down)
    assert table.hasFocus()
    pilot.qtbot.keyClick(table, Key.Key_Insert)
    pilot.press(Key.Key_F5)
    pilot.press(Key.Key_Return)
    assert pilot.texts("view.full_screen") == ("F11", "F5")
    pilot.qtbot.keyClick(table, Key.Key_Delete)
    assert pilot.texts("view.full_screen") == ()
    assert pilot.editor.title.text() == "Full screen:  no keys"
    assert pilot.rows[0][Column.NOTE] == "Changed"
    pilot.qtbot.keyClick(table, Key.Key_R, ALT)
    pilot.qtbot.waitUntil(lambda: pilot.texts("view.full_screen") == ("F11",))
    assert SettingsStore(pilot.path).now.keys == {}


def test_a_double_click_changes_the_keys(pilot: Pilot) -> None:
    pilot.find("full screen")
    table = pilot.page.table
    centre = table.visualRect(table.currentIndex()).center()
    pilot.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    pilot.qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert pilot.editor.is_recording


def test_a_choice_of_another_command_ends_recording(pilot: Pilot) -> None:
    pilot.qtbot.keyClick(pilot.page.field, Key.Key_Return)
    assert pilot.editor.is_recording
    pilot.find("full screen")
    assert not pilot.editor.is_recording


def test_keys_that_are_changed_in_the_file_are_shown(pilot: Pilot) -> None:
    pilot.find("full screen")
    pilot.path.write_text('[keys]\n"view.full_screen" = ["F7"]\n', "utf-8")
    pilot.qtbot.waitUntil(lambda: pilot.rows[0][Column.KEYS] == "F7")
    assert pilot.editor.title.text() == "Full screen:  F7"


def test_a_rebound_key_works_in_the_input_while_the_dialog_is_open(pilot: Pilot) -> None:
    pilot.find("new line")
    pilot.record(Key.Key_F5)
    editor = pilot.window.tab.view.input
    editor.set_text("1 +")
    pilot.qtbot.keyClick(editor, Key.Key_F5)
    assert editor.text() == "1 +\n"


def test_escape_closes_the_dialog_when_nothing_is_recorded(pilot: Pilot) -> None:
    pilot.qtbot.keyClick(pilot.page.table, Key.Key_Escape)
    pilot.qtbot.waitUntil(lambda: pilot.window.findChild(KeysDialog) is None)
