"""Plain keys of the caret do what they do in every editor, and can be others."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from support.input_pilot import Pilot
from vitrail_widgets.keys.command import Command
from vitrail_widgets.keys.tables.caret import CARET
from vitrail_widgets.keys.tables.editing import EDITING

TEXT = "def f(one, two):\n    return one + 🙂two\nlast שלום line"
PLAIN = ("input.left", "input.right", "input.line_end", "input.start", "input.delete_left")
PLAIN_COMMANDS = [*CARET, *(one for one in EDITING if one.id in (*PLAIN, "input.delete_right"))]

State = tuple[str, int, int]


def after(editor: QPlainTextEdit, selected: tuple[int, int], keys: str) -> State:
    """Return text, anchor and caret after keys, pressed with something selected."""
    editor.setPlainText(TEXT)
    cursor = editor.textCursor()
    cursor.setPosition(selected[0])
    cursor.setPosition(selected[1], QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    QTest.keySequence(editor, keys)
    cursor = editor.textCursor()
    return editor.toPlainText(), cursor.anchor(), cursor.position()


@pytest.mark.parametrize("selected", [(25, 25), (20, 30), (30, 20)])
@pytest.mark.parametrize("command", PLAIN_COMMANDS, ids=lambda command: command.id)
def test_a_plain_key_does_what_it_does_in_every_editor(
    pilot: Pilot, qtbot: QtBot, command: Command, selected: tuple[int, int]
) -> None:
    if not command.keys:
        pytest.skip("has no keys on this platform")
    plain = QPlainTextEdit()
    qtbot.addWidget(plain)
    plain.resize(pilot.area.size())
    plain.setFont(pilot.area.font())
    plain.show()
    ours = after(pilot.area, selected, command.keys[0])
    assert ours == after(plain, selected, command.keys[0])


@pytest.mark.parametrize("command", PLAIN_COMMANDS, ids=lambda command: command.id)
def test_a_plain_key_can_be_another_one(pilot: Pilot, command: Command) -> None:
    if not command.keys:
        pytest.skip("has no keys on this platform")
    area = pilot.area
    meant = after(area, (25, 25), command.keys[0])
    area.commands.live.override({command.id: ["Ctrl+Alt+J"]})
    assert after(area, (25, 25), "Ctrl+Alt+J") == meant
    assert after(area, (25, 25), command.keys[0]) == (TEXT, 25, 25)
