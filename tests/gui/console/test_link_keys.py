"""Links that are gone to and followed without a mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.console.link_cursor import SLICE

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
LINKS = "see https://a.example and \x1b]8;;https://b.example\x07there\x1b]8;;\x07\n"


@pytest.fixture
def told(console: Console) -> list[str]:
    found: list[str] = []
    console.view.links.told.connect(found.append)
    return found


def press(console: Console, key: Qt.Key, modifiers: Qt.KeyboardModifier = ALT) -> None:
    focused = console.view if console.view.hasFocus() else console.view.input
    QTest.keyClick(focused, key, modifiers)


def up(console: Console) -> None:
    press(console, Qt.Key.Key_L)


def test_links_are_gone_to_from_the_last_one_up_and_back(
    console: Console, qtbot: QtBot, told: list[str]
) -> None:
    console.cell("a", "# https://code.example")
    console.stream("a", LINKS)
    console.view.input.setFocus()
    for _ in range(4):
        up(console)
    press(console, Qt.Key.Key_L, ALT | SHIFT)
    assert [each.partition(" ")[0] for each in told] == [
        "https://b.example",
        "https://a.example",
        "https://code.example",
        "There",
        "https://a.example",
    ]
    assert console.view.hasFocus()


def test_enter_follows_the_link_and_escape_goes_back_to_the_input(
    console: Console, qtbot: QtBot
) -> None:
    console.cell("a")
    console.stream("a", LINKS)
    console.view.input.setFocus()
    up(console)
    with qtbot.waitSignal(console.view.links.page_activated) as followed:
        press(console, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert followed.args == ["https://b.example"]
    press(console, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert console.view.input.hasFocus()
    up(console)  # the last one again
    assert console.view.links.pointed is not None
    assert console.view.links.pointed.tip == "https://b.example"


def test_the_link_gone_to_has_a_frame_while_the_transcript_has_the_focus(console: Console) -> None:
    def accented() -> int:
        image: QImage = console.view.viewport().grab().toImage()
        accent = QColor(console.view.theme.accent)
        points = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return sum(image.pixelColor(x, y) == accent for x, y in points)

    console.cell("a")
    console.stream("a", "x\n" * 3 + LINKS)
    console.view.input.setFocus()
    console.view.viewport().setFocus()
    before = accented()
    console.view.input.setFocus()
    up(console)
    assert accented() > before + 80


def test_a_link_far_above_is_found_in_slices(
    console: Console, qtbot: QtBot, told: list[str]
) -> None:
    console.cell("a")
    console.stream("a", LINKS + "x\n" * 20 * SLICE)
    console.view.input.setFocus()
    up(console)
    assert told == ["Looking for a link…"]
    qtbot.waitUntil(console.view.hasFocus)
    assert console.view.links.pointed is not None
    assert console.view.links.pointed.tip == "https://b.example"


def test_a_search_for_a_link_ends_where_somebody_types(
    console: Console, qtbot: QtBot, told: list[str]
) -> None:
    console.cell("a")
    console.stream("a", LINKS + "x\n" * 20 * SLICE)
    console.view.input.setFocus()
    up(console)
    qtbot.keyClicks(console.view.input, "y")
    keys = console.view.links._keys
    qtbot.waitUntil(lambda: not keys._timer.isActive())
    assert console.view.input.hasFocus()
    assert told == ["Looking for a link…"]


def test_a_search_for_a_link_survives_that_lines_go(
    console: Console, qtbot: QtBot, told: list[str]
) -> None:
    for name in "ab":
        console.cell(name)
        console.stream(name, LINKS * (name == "a") + "x\n" * 20 * SLICE)
    console.view.input.setFocus()
    up(console)
    console.apply(console.transcript.clear_outputs("b", wait=False))
    qtbot.waitUntil(console.view.hasFocus)
    assert console.view.links.pointed is not None
    assert console.view.links.pointed.entry == 0


def test_from_a_cell_gone_to_it_goes_to_its_last_link(console: Console) -> None:
    for name in "ab":
        console.cell(name)
        console.stream(name, f"https://{name}.example\n")
    console.view.input.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_L):
        press(console, key)
    assert console.view.links.pointed is not None
    assert console.view.links.pointed.tip == "https://a.example"


def test_a_transcript_without_links_says_so(console: Console, told: list[str]) -> None:
    console.view.input.setFocus()
    up(console)
    assert told == ["There is no link"]
