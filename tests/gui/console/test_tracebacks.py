"""Tracebacks in the console: shortened, opened, folded by frame, copied; the line that raised."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from support.console import Console
from vitrail_widgets.console.entries import CellLayout
from vitrail_widgets.console.folding.fold import Fold
from vitrail_widgets.console.selection import Position
from vitrail_widgets.render.block import Place
from vitrail_widgets.render.traceback_block import TracebackBlock
from vitrail_widgets.transcript.cells import CellStatus

DATA = Path(__file__).parents[2] / "data" / "tracebacks"
TEXT = (DATA / "ipython-9.18.1-context.txt").read_text("utf-8")
LEFT = Qt.MouseButton.LeftButton
LINES = TEXT.count("\n") + 1


def fail(console: Console, text: str = TEXT, code: str = "load('{')\nload('[')") -> None:
    console.view.resize(1600, 900)  # no line is broken
    console.cell("a", code)
    console.apply(console.transcript.set_count("a", 2))
    console.apply(console.transcript.append_error("a", "JSONDecodeError", "Expecting", [text]))
    console.finish("a", CellStatus.FAILED)


def layout(console: Console) -> CellLayout:
    found = console.view.document.flow[0]
    assert isinstance(found, CellLayout)
    return found


def traceback(console: Console) -> TracebackBlock:
    block = layout(console).block(1)
    assert isinstance(block, TracebackBlock)
    return block


def rows(console: Console) -> list[str]:
    """Return the lines that are seen, a note as its words."""
    block, found = traceback(console), list[str]()
    step = console.view.metrics.line_height
    canvas = console.view.document.canvas
    for y in range(0, block.height, step):
        gap = block.note_at(y)
        found.append(gap.note if gap else block.line(block.place_at(canvas, 0, y).line))
    return found


def point(console: Console, x: int, row: int) -> QPoint:
    view = console.view
    top = view.viewport_y("a") + layout(console).block_top(1)
    step = view.metrics.line_height
    return QPoint(view.across.text_x + x, top + row * step + step // 2)


def test_a_long_traceback_shows_the_users_frames(console: Console) -> None:
    fail(console)
    assert rows(console) == [
        "-" * 75,
        "JSONDecodeError                           Traceback (most recent call last)",
        "Cell In[2], line 1",
        "----> 1 load('{')",
        "",
        "Cell In[1], line 4, in load(text)",
        "      3 def load(text):",
        "----> 4     return json.loads(text)",
        "",
        "3 frames hidden",
        "",
        TEXT.strip().rpartition("\n")[2],
    ]


def test_the_rule_above_a_traceback_takes_one_row_and_is_copied_whole(console: Console) -> None:
    fail(console)
    console.view.resize(420, 900)
    found = rows(console)
    assert found[0] == "-" * 75
    assert found[1].startswith("JSONDecodeError")
    assert traceback(console).text(Place(0, 0), Place(0, 75)) == "-" * 75


def test_a_click_on_the_words_shows_all_frames(console: Console) -> None:
    fail(console)
    QTest.mouseMove(console.view.viewport(), point(console, 20, 9))
    assert console.view.viewport().toolTip() == "Show all frames"
    QTest.mouseClick(console.view.viewport(), LEFT, pos=point(console, 20, 9))
    assert rows(console) == TEXT.split("\n")


def test_the_key_that_folds_an_output_shows_all_frames_first(console: Console) -> None:
    fail(console)
    view = console.view
    view.input.setFocus()
    QTest.keyClick(view.input, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    view.input.commands.run("cell.fold_output")
    assert len(rows(console)) == LINES
    view.input.commands.run("cell.fold_output")
    assert layout(console).fold is Fold.OUTPUTS


def test_a_click_beside_a_frame_leaves_its_place_alone(console: Console) -> None:
    fail(console)
    height = traceback(console).height
    place = point(console, -6, 5)
    QTest.mouseMove(console.view.viewport(), place)
    assert console.view.viewport().toolTip() == "Fold or unfold the frame"
    QTest.mouseClick(console.view.viewport(), LEFT, pos=place)
    assert rows(console)[5:8] == ["Cell In[1], line 4, in load(text)", "", "3 frames hidden"]
    QTest.mouseClick(console.view.viewport(), LEFT, pos=place)
    assert traceback(console).height == height


def test_the_menu_shortens_it_again(console: Console) -> None:
    fail(console)
    for title, count in (("Show all of it", LINES), ("Shorten", 12)):
        menu = console.view.menu_at(point(console, 20, 1))
        [action] = [each for each in menu.actions() if each.text() == title]
        action.trigger()
        assert len(rows(console)) == count
        menu.deleteLater()


def test_it_is_copied_whole_and_without_colours(console: Console) -> None:
    fail(console, TEXT.replace("JSONDecodeError", "\x1b[31mJSONDecodeError\x1b[39m"))
    assert len(rows(console)) == 12
    menu = QMenu()
    console.view.live_blocks.add_copies(menu, point(console, 5, 1))
    [action] = [each for each in menu.actions() if each.text() == "Copy traceback"]
    action.trigger()
    assert QGuiApplication.clipboard().text() == TEXT
    console.view.selected.select_all()
    assert console.view.selected.text().endswith(TEXT)


def test_what_is_found_in_a_hidden_frame_is_shown(console: Console) -> None:
    fail(console)
    line = next(at for at, text in enumerate(TEXT.split("\n")) if "scan_once" in text)
    assert traceback(console).is_hidden(Place(line, 0), console.view.document.canvas)
    console.view.show_place(0, 1, line, 0, 4)
    assert len(rows(console)) == LINES


def test_places_are_where_the_rows_are_drawn(console: Console) -> None:
    fail(console)
    block, canvas = traceback(console), console.view.document.canvas
    block.toggle(block._frames[0])
    step = canvas.metrics.line_height
    for y in range(0, block.height, step):
        place = block.place_at(canvas, 0, y)
        if block.note_at(y):
            continue
        assert list(block.lines_in(y, y + step)) == [place.line]
        assert block.line_top(place.line) == y
        [rect] = block.rects(canvas, place.line, 0, 1)
        assert rect.top() == y


def colours(console: Console, line: int) -> set[str]:
    """Return the colours in a line of the code of the cell."""
    view = console.view
    top = view.viewport_y("a") + layout(console).block_top(0)
    y = top + round((line - 0.5) * view.metrics.line_height)
    image = view.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(view.across.content_x, image.width())}


@pytest.mark.parametrize(("line", "is_marked"), [(1, True), (2, False)])
def test_the_line_of_the_cell_that_raised_is_marked(
    console: Console, line: int, is_marked: bool
) -> None:
    fail(console)
    assert layout(console).raising_line == 1
    assert (console.view.theme.error.name() in colours(console, line)) is is_marked


def test_the_mark_goes_with_the_error(console: Console) -> None:
    fail(console)
    console.apply(console.transcript.clear_outputs("a", wait=False))
    assert layout(console).raising_line is None
    assert QColor(console.view.theme.error).name() not in colours(console, 1)


def test_a_line_that_the_cell_does_not_have_is_not_marked(console: Console) -> None:
    fail(console, "  Cell In[2], line 7\n    x = = 1\n        ^\nSyntaxError: invalid syntax")
    assert layout(console).raising_line is None


def test_an_error_without_frames_is_shown_whole(console: Console) -> None:
    fail(console, "Error: boom\n" + "    at <anonymous>:1:28\n" * 40)
    assert layout(console).block(1).line_count == 41
    assert not isinstance(layout(console).block(1), TracebackBlock)


def test_a_narrow_console_hides_the_same_frames(console: Console) -> None:
    fail(console)
    console.view.resize(300, 600)
    console.view.grab()
    assert "3 frames hidden" in rows(console)
    assert console.view.document.holds(Position(0, 1, LINES - 1, 0))
