from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from vitrail_widgets.console.stdin_field import END_OF_FILE, StdinField, divided
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme

Ask = Callable[..., tuple[StdinField, list[str]]]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ask(qtbot: QtBot) -> Ask:
    """Return a function that shows a field and what it answers."""
    windows: list[QWidget] = []  # qtbot's references are weak

    def show(prompt: str = "Name: ", *, password: bool = False) -> tuple[StdinField, list[str]]:
        window = QWidget()
        qtbot.addWidget(window)
        windows.append(window)
        asked = StdinField(prompt, password=password, parent=window)
        asked.apply_theme(Theme.load("light"), code_font())
        said: list[str] = []
        asked.answered.connect(said.append)
        asked.interrupted.connect(lambda: said.append("INTERRUPTED"))
        asked.resize(300, asked.sizeHint().height())
        window.show()
        window.activateWindow()
        asked.setFocus()
        qtbot.waitUntil(asked.line.hasFocus)
        return asked, said

    return show


def test_enter_answers(ask: Ask, qtbot: QtBot) -> None:
    asked, said = ask()
    qtbot.keyClicks(asked.line, "Ada")
    qtbot.keyClick(asked.line, Qt.Key.Key_Return)
    assert said == ["Ada"]


def test_an_empty_answer_is_an_answer(ask: Ask, qtbot: QtBot) -> None:
    asked, said = ask("")
    qtbot.keyClick(asked.line, Qt.Key.Key_Return)
    assert said == [""]


def test_a_password_is_masked_cannot_be_copied_and_is_forgotten(ask: Ask, qtbot: QtBot) -> None:
    asked, said = ask("Password: ", password=True)
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClicks(asked.line, "secret")
    assert asked.line.echoMode() is QLineEdit.EchoMode.Password
    assert "secret" not in asked.line.displayText()
    asked.line.selectAll()
    qtbot.keyClick(asked.line, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "before"
    qtbot.keyClick(asked.line, Qt.Key.Key_Return)
    assert said == ["secret"]
    assert asked.line.text() == ""
    asked.line.undo()
    assert asked.line.text() == ""


def test_ctrl_d_on_an_empty_line_is_the_end_of_the_file(ask: Ask, qtbot: QtBot) -> None:
    asked, said = ask()
    qtbot.keyClick(asked.line, Qt.Key.Key_D, CTRL)
    assert said == [END_OF_FILE]


def test_ctrl_d_behind_text_answers_nothing(ask: Ask, qtbot: QtBot) -> None:
    asked, said = ask()
    qtbot.keyClicks(asked.line, "x")
    qtbot.keyClick(asked.line, Qt.Key.Key_D, CTRL)
    assert said == []


def test_ctrl_c_interrupts_unless_something_is_selected(ask: Ask, qtbot: QtBot) -> None:
    asked, said = ask()
    qtbot.keyClicks(asked.line, "x")
    qtbot.keyClick(asked.line, Qt.Key.Key_C, CTRL)
    assert said == ["INTERRUPTED"]
    asked.line.selectAll()
    qtbot.keyClick(asked.line, Qt.Key.Key_C, CTRL)
    assert said == ["INTERRUPTED"]
    assert QGuiApplication.clipboard().text() == "x"


def test_the_prompt_names_the_line(ask: Ask) -> None:
    asked, _ = ask("Your <b>name</b>: ")
    assert asked.line.accessibleName() == "Your <b>name</b>:"


def test_the_edge_is_in_the_accent_while_it_has_the_focus(ask: Ask) -> None:
    asked, _ = ask()
    theme = Theme.load("light")
    middle = asked.height() // 2
    assert asked.grab().toImage().pixelColor(0, middle) == theme.accent
    asked.line.clearFocus()
    assert asked.grab().toImage().pixelColor(0, middle) == theme.border


@pytest.mark.parametrize(
    ("prompt", "above", "beside"),
    [
        ("", "", ""),
        ("Name: ", "", "Name: "),
        ("a\nb\nName: ", "a\nb", "Name: "),
        ("Name:\n", "Name:", ""),
        ("x " * 60, ("x " * 40).strip() + "\n" + ("x " * 20).strip(), ""),
    ],
)
def test_only_the_last_short_line_of_a_prompt_stands_beside_the_answer(
    prompt: str, above: str, beside: str
) -> None:
    assert divided(prompt) == (above, beside)


def test_a_prompt_of_several_lines_makes_the_field_higher(ask: Ask) -> None:
    assert ask("a\nb\nc: ")[0].height() > ask("c: ")[0].height()
