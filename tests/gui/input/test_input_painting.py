from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QRegion, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from support.input_pilot import Pilot
from vitrail_widgets.console import input_brackets
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.console.input_brackets import bracket_pairs
from vitrail_widgets.highlight.highlighter import InputHighlighter
from vitrail_widgets.highlight.lexing import MAX_COLOURED, MAX_WHOLE, SLICE
from vitrail_widgets.qt.metrics import Metrics, code_font
from vitrail_widgets.qt.theme import Theme, opaque

Colour = Callable[[int, int], str]


def image_of(area: InputArea) -> QImage:
    """Return a picture of an input on white ground."""
    image = QImage(area.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    area.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def colours_of(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_what_is_typed_is_coloured(pilot: Pilot, colour_at: Colour) -> None:
    pilot.type("x = 'a' # b")
    assert [colour_at(0, column) for column in (0, 2, 4, 8)] == [
        "",
        "operator",
        "string",
        "comment",
    ]


def test_a_string_that_opens_colours_the_lines_below_until_it_closes(
    pilot: Pilot, colour_at: Colour
) -> None:
    pilot.show("|\nNone\n'''")
    assert colour_at(1, 0) == "keyword"
    pilot.type("'''")
    assert colour_at(1, 0) == "string"
    pilot.press("Backspace")
    assert colour_at(1, 0) == "keyword"


def test_columns_behind_wide_characters_are_coloured_right(pilot: Pilot, colour_at: Colour) -> None:
    pilot.area.set_text("'🙂𝒳' + None")
    assert colour_at(0, 5) == "string"
    assert [colour_at(0, column) for column in range(9, 13)] == ["keyword"] * 4


def test_lines_run_from_the_left_in_any_script(pilot: Pilot) -> None:
    pilot.area.set_text("שלום()")
    end = pilot.area.cursorRect().x()
    pilot.press("Home")
    assert pilot.area.cursorRect().x() < end


def test_another_lexer_colours_anew(pilot: Pilot, colour_at: Colour) -> None:
    pilot.area.set_text("None // c")
    pilot.area.set_lexer("javascript")
    assert [colour_at(0, 0), colour_at(0, 6)] == ["", "comment"]
    pilot.area.set_lexer("no such lexer")
    assert colour_at(0, 6) == ""


def test_a_comment_that_closes_colours_the_lines_above(pilot: Pilot, colour_at: Colour) -> None:
    pilot.area.set_lexer("javascript")
    pilot.area.set_text("x\n/* a\nvar b")
    cursor = pilot.area.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(" */")
    assert [colour_at(1, 3), colour_at(2, 0)] == ["comment", "comment"]
    pilot.press("Ctrl+Z")
    assert colour_at(2, 0) == "keyword"


def test_colours_follow_when_a_text_grows_out_of_being_lexed_whole(
    pilot: Pilot, colour_at: Colour
) -> None:
    pilot.area.set_lexer("javascript")
    pilot.area.set_text("/* a\nb */\n" + "var x;\n" * (MAX_WHOLE // 7))
    assert colour_at(2, 0) == "keyword"
    pilot.area.set_text("/* a\nb */\nvar")
    assert [colour_at(1, 0), colour_at(2, 0)] == ["comment", "keyword"]
    pilot.area.set_text("None\n" * (MAX_COLOURED // 5 + 1))
    assert colour_at(0, 0) == ""
    pilot.area.set_lexer("python")
    pilot.area.set_text("None")
    assert colour_at(0, 0) == "keyword"


LONG = "x = None  # c\n" * (6 * SLICE // 14)


def test_a_long_text_gets_its_colours_in_slices_what_is_visible_first(
    pilot: Pilot, colour_at: Colour, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    coloured: list[int] = []
    set_format = InputHighlighter.setFormat

    def note(highlighter: InputHighlighter, start: int, length: int, look: QTextCharFormat) -> None:
        coloured.append(highlighter.currentBlock().blockNumber())
        set_format(highlighter, start, length, look)

    monkeypatch.setattr(InputHighlighter, "setFormat", note)
    pilot.area.set_text(LONG)
    count = pilot.area.blockCount()
    assert colour_at(0, 4) == "keyword"
    assert max(coloured) < count // 5
    qtbot.waitUntil(lambda: pilot.area.is_coloured)
    assert all(colour_at(line, 4) == "keyword" for line in range(count - 1))
    assert coloured.index(count - 2) < coloured.index(count // 2)


def test_lines_keep_their_colours_until_it_is_their_turn(
    pilot: Pilot, colour_at: Colour, qtbot: QtBot
) -> None:
    pilot.area.set_text(LONG)
    qtbot.waitUntil(lambda: pilot.area.is_coloured)
    last = pilot.area.blockCount() - 2
    cursor = pilot.area.textCursor()
    cursor.setPosition(0)
    cursor.insertText('"""\n')
    assert (colour_at(1, 4), colour_at(last + 1, 4)) == ("string", "keyword")
    qtbot.waitUntil(lambda: pilot.area.is_coloured)
    assert {colour_at(line, 4) for line in range(1, last + 1)} == {"string"}


def test_what_is_typed_while_lines_wait_loses_none_of_them(
    pilot: Pilot, colour_at: Colour, qtbot: QtBot
) -> None:
    pilot.area.set_text(LONG[: 3 * SLICE])
    cursor = pilot.area.textCursor()
    cursor.setPosition(0)
    cursor.insertText(LONG)
    cursor.setPosition(0)
    cursor.insertText("a = None\n")
    qtbot.waitUntil(lambda: pilot.area.is_coloured)
    lines = range(pilot.area.blockCount() - 1)
    assert {colour_at(line, 4) for line in lines} == {"keyword"}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_theme_colours_text_caret_and_selection(pilot: Pilot, name: str) -> None:
    theme = Theme.load(name)
    pilot.area.apply_theme(theme, code_font())
    pilot.area.set_text("  None\n  None")
    assert {theme.accent.name(), theme.syntax["keyword"].name()} <= colours_of(image_of(pilot.area))
    pilot.area.selectAll()
    image = image_of(pilot.area)
    ground = opaque(theme.selection, QColor("white")).name()
    grounds = [image.pixelColor(1, y).name() == ground for y in range(image.height())]
    assert all(grounds)  # no gap between the rows


def test_the_caret_is_hidden_without_focus(pilot: Pilot) -> None:
    accent = Theme.load("light").accent.name()
    assert accent in colours_of(image_of(pilot.area))
    pilot.area.clearFocus()
    assert accent not in colours_of(image_of(pilot.area))


def test_rows_are_those_of_the_transcript(pilot: Pilot) -> None:
    metrics = Metrics.of(code_font())
    pilot.area.set_text("a\nb\nc")
    assert pilot.area.height() == 3 * metrics.line_height
    block = pilot.area.document().findBlockByNumber(2)
    assert pilot.area.blockBoundingGeometry(block).top() == 2 * metrics.line_height
    row = block.layout().lineAt(0)
    assert round(row.y() + row.ascent()) == metrics.baseline


def test_a_click_puts_the_caret_into_the_row_below_it(pilot: Pilot, qtbot: QtBot) -> None:
    pilot.area.set_text("a\nb\nc")
    row = Metrics.of(code_font()).line_height
    for number in range(3):
        place = pilot.area.viewport().rect().topLeft()
        place.setY(number * row + row - 1)
        assert pilot.area.cursorForPosition(place).blockNumber() == number


@pytest.mark.parametrize(
    ("shown", "pair"),
    [
        ("f(a)|", (3, 1)),
        ("f|(a)", (1, 3)),
        ("f(|a)", (1, 3)),
        ("%time f(1)|", (9, 7)),
        ("f('|(')", None),
        ("f(|", None),
        ("ab|", None),
    ],
)
def test_the_bracket_beside_the_caret_and_its_other_half_are_marked(
    pilot: Pilot, qtbot: QtBot, shown: str, pair: tuple[int, int] | None
) -> None:
    pilot.show(shown)
    qtbot.waitUntil(lambda: not pilot.area._marking.isActive())
    marks = [one.cursor.selectionStart() for one in pilot.area.extraSelections()]
    assert marks == list(pair or ())


def test_brackets_behind_wide_characters_are_marked_at_their_place(
    pilot: Pilot, qtbot: QtBot
) -> None:
    pilot.area.set_text("'🙂🙂' + (1)")
    qtbot.waitUntil(lambda: bool(pilot.area.extraSelections()))
    assert [one.cursor.selectedText() for one in pilot.area.extraSelections()] == [")", "("]


def test_brackets_are_matched_by_the_languages_own_strings() -> None:
    assert bracket_pairs("f(a'); // )", "python") == {}
    assert bracket_pairs("f(a) // '(", "javascript") == {1: 3, 3: 1}
    assert bracket_pairs("/* ( */ (b)", "javascript") == {8: 10, 10: 8}
    assert bracket_pairs("%%javascript\nf() // (\n)", "ipython3") == {14: 15, 15: 14}


def test_brackets_are_found_once_for_a_text_however_the_caret_moves(
    pilot: Pilot, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def note(text: str, lexer_name: str) -> dict[int, int]:
        looked_at.append(text)
        return bracket_pairs(text, lexer_name)

    monkeypatch.setattr(input_brackets, "bracket_pairs", note)
    pilot.show("f(a)(b)|")
    for _ in range(6):
        pilot.press("Left")
        qtbot.waitUntil(lambda: not pilot.area._marking.isActive())
    assert looked_at == ["f(a)(b)"]
    pilot.type("(")
    qtbot.waitUntil(lambda: looked_at == ["f(a)(b)", "f((a)(b)"])


def test_strings_of_python_are_found_without_the_lexer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("the text was lexed")

    monkeypatch.setattr(input_brackets, "opaque", refuse)
    assert bracket_pairs("f(')', x)", "ipython3") == {1: 8, 8: 1}


def test_no_caret_stays_behind_when_the_input_scrolls(pilot: Pilot, qtbot: QtBot) -> None:
    accent = QColor(Theme.load("light").accent)
    pilot.area.set_max_height(4 * Metrics.of(code_font()).line_height)
    pilot.area.set_text("x\n" * 20)

    def carets_on_the_screen() -> int:
        screen = pilot.area.screen().grabWindow(pilot.area.winId()).toImage()
        column = [screen.pixelColor(0, y) == accent for y in range(screen.height())]
        return sum(one and not other for one, other in pairwise([*column, False]))

    for _ in range(6):
        pilot.press("Up")
        qtbot.waitUntil(lambda: carets_on_the_screen() == 1)
