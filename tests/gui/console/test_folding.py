"""Folding cells, outputs and long texts, by key and mouse."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.console.entries import CellLayout
from vitrail_widgets.console.folding.fold import Fold
from vitrail_widgets.console.selection import Position
from vitrail_widgets.render.block import Place
from vitrail_widgets.render.long_block import HEAD_ROWS, TAIL_ROWS, FoldPolicy, LongBlock
from vitrail_widgets.render.text_block import TextBlock, terminal_block
from vitrail_widgets.transcript.cells import CellStatus

Point = Callable[[int, int, float], tuple[int, int]]
LEFT = Qt.MouseButton.LeftButton
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def numbered(count: int, start: int = 0) -> str:
    return "".join(f"line {number}\n" for number in range(start, start + count))


def cell(console: Console, index: int) -> CellLayout:
    layout = console.view.document.flow[index]
    assert isinstance(layout, CellLayout)
    return layout


def long_text(console: Console, index: int = 0) -> LongBlock:
    block = cell(console, index).block(1)
    assert isinstance(block, LongBlock)
    return block


def pointed(console: Console) -> int | None:
    return console.view.cells.pointed


def gutter(console: Console, index: int, y: int) -> QPoint:
    """Return the place of a chevron, `y` pixels below the top of a cell."""
    view = console.view
    top = view.viewport_y(console.transcript.entries[index].id)
    return QPoint(view.across.content_x - 6, top + y)


@pytest.fixture
def two(console: Console) -> Console:
    console.cell("a", "for number in range(3):\n    print(number)")
    console.stream("a", "0\n1\n2\n")
    console.finish("a")
    console.cell("b", "x")
    console.finish("b")
    return console


def test_a_click_beside_the_output_folds_it_and_another_unfolds_it(
    two: Console, qtbot: QtBot
) -> None:
    viewport, height = two.view.viewport(), cell(two, 0).height
    place = gutter(two, 0, cell(two, 0).outputs_top + 5)
    qtbot.mouseClick(viewport, LEFT, pos=place)
    assert cell(two, 0).fold is Fold.OUTPUTS
    assert cell(two, 0).hidden_lines == 3
    assert cell(two, 0).height < height
    qtbot.mouseClick(viewport, LEFT, pos=place)
    assert cell(two, 0).fold is Fold.NONE
    assert cell(two, 0).height == height


def test_a_click_beside_the_code_folds_the_cell_to_one_line(two: Console, qtbot: QtBot) -> None:
    qtbot.mouseClick(two.view.viewport(), LEFT, pos=gutter(two, 0, 15))
    assert cell(two, 0).fold is Fold.CELL
    assert cell(two, 0).hidden_lines == 4
    assert cell(two, 0).height == cell(two, 1).height


def test_a_click_on_the_words_unfolds(two: Console, qtbot: QtBot) -> None:
    two.view.folding.toggle(0, Fold.OUTPUTS)
    note = two.view.looks.entries.folds.note_rect(cell(two, 0), two.view.arrangement.top)
    assert not note.isNull()
    qtbot.mouseClick(two.view.viewport(), LEFT, pos=note.center().toPoint())
    assert cell(two, 0).fold is Fold.NONE


def test_where_nothing_can_be_folded_a_click_beside_it_does_nothing(
    two: Console, qtbot: QtBot
) -> None:
    qtbot.mouseClick(two.view.viewport(), LEFT, pos=gutter(two, 1, 15))
    assert cell(two, 1).fold is Fold.NONE


def test_the_pointer_says_what_a_click_does(two: Console, qtbot: QtBot) -> None:
    viewport = two.view.viewport()
    qtbot.mouseMove(viewport, gutter(two, 0, 15))
    assert viewport.toolTip() == "Fold or unfold the cell"
    assert viewport.cursor().shape() is Qt.CursorShape.PointingHandCursor
    qtbot.mouseMove(viewport, gutter(two, 1, 15))
    assert viewport.toolTip() == ""


def test_what_is_folded_is_copied_and_output_that_comes_stays_folded(two: Console) -> None:
    two.view.folding.toggle(0, Fold.OUTPUTS)
    height = cell(two, 0).height
    two.stream("a", "late\n")
    assert cell(two, 0).height == height
    assert cell(two, 0).hidden_lines == 4
    two.view.selected.select_all()
    assert "0\n1\n2\nlate\nx" in two.view.selected.text()


def test_by_key_the_cell_is_folded_that_one_has_gone_to(two: Console) -> None:
    view = two.view
    view.input.setFocus()
    QTest.keyClick(view.input, Qt.Key.Key_Up, ALT)
    assert view.cells.pointed == 1
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    assert view.cells.pointed == 0
    QTest.keyClick(view, Qt.Key.Key_BracketRight, CTRL_SHIFT)
    assert cell(two, 0).fold is Fold.OUTPUTS
    QTest.keyClick(view, Qt.Key.Key_BracketRight, CTRL_SHIFT)
    QTest.keyClick(view, Qt.Key.Key_BracketLeft, CTRL_SHIFT)
    assert cell(two, 0).fold is Fold.CELL


def test_from_the_input_one_goes_to_the_cell_above_it_wherever_one_has_scrolled_to(
    two: Console,
) -> None:
    view = two.view
    two.stream("b", "output\n" * 100)
    view.scroller.to_start()
    view.input.setFocus()
    QTest.keyClick(view.input, Qt.Key.Key_Up, ALT)
    assert view.cells.pointed == 1
    assert 0 <= view.viewport_y("b") < view.viewport().height()


def test_the_keys_fold_as_x11_sends_them_with_shift(two: Console) -> None:
    """A US keyboard sends `{` for Shift and `[`."""
    view = two.view
    view.input.setFocus()
    QTest.keyClick(view.input, Qt.Key.Key_Up, ALT)
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    QTest.keyClick(view, Qt.Key.Key_BraceRight, CTRL_SHIFT)
    assert cell(two, 0).fold is Fold.OUTPUTS
    QTest.keyClick(view, Qt.Key.Key_BraceRight, CTRL_SHIFT)
    QTest.keyClick(view, Qt.Key.Key_BraceLeft, CTRL_SHIFT)
    assert cell(two, 0).fold is Fold.CELL


def test_one_goes_from_prompt_to_prompt_and_back_to_the_input(console: Console) -> None:
    for name in "abcde":
        console.cell(name, f"cell {name}")
        console.stream(name, numbered(40))
    view = console.view
    view.input.setFocus()
    for expected in (4, 3, 2):
        QTest.keyClick(view if view.hasFocus() else view.input, Qt.Key.Key_Up, ALT)
        assert view.cells.pointed == expected
        top = view.viewport_y("abcde"[expected])
        assert 0 <= top < view.viewport().height() // 2
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    assert pointed(console) == 3
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    QTest.keyClick(view, Qt.Key.Key_Down, ALT)
    assert pointed(console) is None
    assert view.input.hasFocus()
    assert view.scroller.following


def test_typing_leaves_the_prompts(two: Console) -> None:
    view = two.view
    view.input.setFocus()
    QTest.keyClick(view.input, Qt.Key.Key_Up, ALT)
    QTest.keyClicks(view, "y")
    assert view.cells.pointed is None
    assert view.input.text() == "y"


def test_in_an_empty_console_there_is_no_prompt_to_go_to(console: Console) -> None:
    view = console.view
    view.input.setFocus()
    QTest.keyClick(view.input, Qt.Key.Key_Up, ALT)
    assert view.cells.pointed is None
    assert view.input.hasFocus()


# -- long texts ------------------------------------------------------------------------------


def test_a_long_output_is_folded_and_says_how_much_is_hidden(console: Console) -> None:
    console.cell("a")
    console.stream("a", numbered(5000))
    text = long_text(console)
    assert text.hidden_rows == 5000 - HEAD_ROWS - TAIL_ROWS
    step = console.view.metrics.line_height
    assert text.height == (HEAD_ROWS + 1 + TAIL_ROWS) * step
    canvas = console.view.document.canvas
    assert text.line(text.place_at(canvas, 0, (HEAD_ROWS - 1) * step).line) == "line 49"
    assert text.line(text.place_at(canvas, 0, (HEAD_ROWS + 1) * step).line) == "line 4850"
    assert text.line(text.place_at(canvas, 0, text.height - 1).line) == "line 4999"


def test_new_lines_keep_arriving_at_the_tail(console: Console) -> None:
    console.cell("a")
    for start in range(0, 5000, 500):
        console.stream("a", numbered(500, start))
        end = console.view.document.end()
        assert long_text(console).line(end.line) == f"line {start + 499}"
    assert console.view.scroller.following
    assert (
        long_text(console).height == (HEAD_ROWS + 1 + TAIL_ROWS) * console.view.metrics.line_height
    )


def test_nothing_is_folded_while_somebody_reads_further_up(console: Console) -> None:
    console.cell("a")
    console.stream("a", numbered(900))
    console.view.scroller.by_pages(-3)
    top = console.view.scroller.top
    console.stream("a", numbered(900, 900))
    assert long_text(console).hidden_rows == 0
    assert console.view.scroller.top == top
    console.view.scroll_to_end()
    console.stream("a", "more\n")
    assert long_text(console).hidden_rows == 1801 - HEAD_ROWS - TAIL_ROWS


def test_what_is_read_of_the_tail_stays_while_more_comes(console: Console) -> None:
    console.cell("a")
    console.stream("a", numbered(3000))
    console.view.scroller.by_pages(-1)
    line = console.view.position_at(QPoint(200, 300))
    console.stream("a", numbered(3000, 3000))
    assert console.view.position_at(QPoint(200, 300)) == line


def test_a_click_on_the_words_opens_a_long_output_for_good(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    console.stream("a", numbered(5000))
    view = console.view
    top = cell(console, 0).block_top(1) + HEAD_ROWS * view.metrics.line_height
    view.scroller.by(top + view.arrangement.top - 100)
    y = top + view.arrangement.top + view.metrics.line_height // 2
    point = QPoint(view.across.text_x + 40, y)
    qtbot.mouseMove(view.viewport(), point)
    assert view.viewport().toolTip() == "Show all lines"
    qtbot.mouseClick(view.viewport(), LEFT, pos=point)
    assert long_text(console).hidden_rows == 0
    assert console.view.document.flow[0].block(1).line(view.position_at(point).line) == "line 50"
    console.stream("a", numbered(10))
    assert long_text(console).hidden_rows == 0


def test_found_text_in_hidden_lines_unfolds(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    console.stream("a", numbered(5000))
    console.cell("b", "code\nneedle in code")
    console.stream("b", "needle in output\n")
    console.view.folding.toggle(1, Fold.CELL)
    finder = console.view.finder
    QTest.keyClick(console.view.input, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    for text, texts_hidden, fold in (("line 2500", 0, Fold.CELL), ("needle", 0, Fold.NONE)):
        finder.bar.field.setText(text)
        qtbot.waitUntil(lambda: not finder.is_searching)
        assert finder.bar.report.startswith("1 of ")
        assert long_text(console).hidden_rows == texts_hidden
        assert cell(console, 1).fold is fold
        match = finder.marks.current
        assert match is not None
        rect = console.view.document.rect_of(Position(*match[:4]), match.end)
        y = rect.top() + console.view.arrangement.top
        assert 0 < y < console.view.viewport().height()
    finder.close()


def test_the_limit_is_a_setting_and_none_is_possible(console: Console) -> None:
    console.cell("a")
    console.stream("a", numbered(5000))
    console.view.folding.set_limit(0)
    assert long_text(console).hidden_rows == 0
    console.view.folding.set_limit(300)
    console.stream("a", "more\n")
    assert long_text(console).hidden_rows > 0


def test_everything_is_unfolded_at_once(console: Console) -> None:
    console.cell("a")
    console.stream("a", numbered(5000))
    console.cell("b", "x")
    console.stream("b", "y\n")
    console.view.folding.fold_all(Fold.OUTPUTS)
    assert [cell(console, index).fold for index in (0, 1)] == [Fold.OUTPUTS] * 2
    console.view.input.commands.run("cell.unfold_all")
    assert [cell(console, index).fold for index in (0, 1)] == [Fold.NONE] * 2
    assert long_text(console).hidden_rows == 0


def test_a_question_in_a_folded_cell_can_be_answered(console: Console) -> None:
    console.cell("a", "one\ntwo")
    console.stream("a", numbered(3))
    console.view.folding.toggle(0, Fold.CELL)
    assert console.view.requests.ask("a", "who? ", password=False)
    field = console.view.requests.field
    assert field is not None
    assert field.isVisible()
    assert field.y() >= console.view.viewport_y("a") + cell(console, 0).input_height
    console.view.requests.withdraw()


def test_a_cell_that_is_cleared_while_folded_is_whole_again(console: Console) -> None:
    console.cell("a")
    console.stream("a", numbered(3000))
    console.view.folding.toggle(0, Fold.OUTPUTS)
    console.apply(console.transcript.clear_outputs("a", wait=False))
    console.stream("a", "short\n")
    assert cell(console, 0).hidden_lines in (0, 1)
    console.finish("a", CellStatus.DONE)


def test_places_of_a_folded_text_are_where_its_rows_are_drawn(console: Console) -> None:
    console.cell("a")
    canvas = console.view.document.canvas
    inner = terminal_block(numbered(3000) + "wide " * 200)
    assert isinstance(inner, TextBlock)
    text = LongBlock(inner, FoldPolicy())
    text.resize(canvas)
    step = canvas.metrics.line_height
    for y in range(0, text.height, step):
        place = text.place_at(canvas, 0, y)
        if text.note_at(y):
            assert place.line == HEAD_ROWS - 1
            continue
        assert not text.is_hidden(place, canvas)
        assert list(text.lines_in(y, y + step)) == [place.line]
        rows = text.rects(canvas, place.line, place.offset, place.offset + 1)
        assert [row.top() for row in rows] == [y]
    assert text.is_hidden(Place(1500, 0), canvas)
    assert text.rects(canvas, 1500, 0, 4) == []
    assert text.line_top(1500) == HEAD_ROWS * step
    assert text.text(Place(0, 0), None).count("\n") == 3000
