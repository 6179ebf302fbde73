"""Tables among the outputs: sorted by a click, names kept in sight, copied in several forms."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.console.picture import picture_of
from vitrail_widgets.console.selection import Position, Selection
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.transcript.mime import MimeBundle


def html(rows: int, columns: int = 2) -> str:
    names = "".join(f"<th>name {n}</th>" for n in range(columns))
    cells = [[f"<td>{(row * 7 + n) % 10}</td>" for n in range(columns)] for row in range(rows)]
    body = "".join(f"<tr><th>{row}</th>{''.join(each)}</tr>" for row, each in enumerate(cells))
    return (
        f"<table><thead><tr><th></th>{names}</tr></thead><tbody>{body}</tbody></table>"
        f"<p>{rows} rows</p>"
    )


def show(console: Console, source: str, plain: str = "plain") -> Block:
    console.cell("a")
    console.apply(
        console.transcript.append_rich("a", MimeBundle({"text/html": source, "text/plain": plain}))
    )
    console.view.show()
    return block(console)


def block(console: Console) -> Block:
    return console.view.document.flow[0].block(1)


def lines(console: Console) -> list[str]:
    shown = block(console)
    return [shown.line(index) for index in range(shown.line_count)]


def point(console: Console, x: int, y: int) -> QPoint:
    """Return the point of the viewport that lies at a point of the table."""
    layout = console.view.document.flow[0]
    top = console.view.viewport_y("a") + layout.block_top(1)
    return QPoint(console.view.across.text_x + x, top + y)


def click(console: Console, x: int, y: int = 8) -> None:
    viewport = console.view.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=point(console, x, y))


def test_a_click_on_a_name_sorts_up_then_down_then_not(console: Console) -> None:
    show(console, html(5))
    as_sent = lines(console)
    assert as_sent[1:6] == ["0\t0\t1", "1\t7\t8", "2\t4\t5", "3\t1\t2", "4\t8\t9"]
    click(console, 70)
    assert [line.split("\t")[1] for line in lines(console)[1:6]] == ["0", "1", "4", "7", "8"]
    click(console, 70)
    assert [line.split("\t")[1] for line in lines(console)[1:6]] == ["8", "7", "4", "1", "0"]
    click(console, 70)
    assert lines(console) == as_sent


def test_the_pointer_says_that_a_name_can_be_clicked(console: Console) -> None:
    show(console, html(3))
    viewport = console.view.viewport()
    QTest.mouseMove(viewport, point(console, 70, 8))
    assert viewport.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(viewport, point(console, 70, 60))
    assert viewport.cursor().shape() == Qt.CursorShape.IBeamCursor


def test_many_rows_are_shown_on_request(console: Console) -> None:
    show(console, html(300))
    assert len(lines(console)) == 102
    assert "200 more rows" in lines(console)[-1]
    before = console.view.document.height
    console.view.scroll_to_end()
    click(console, 30, block(console).height - 8)
    assert len(lines(console)) == 302
    assert lines(console)[-1] == "300 rows"
    assert console.view.document.height > 2 * before


def test_the_names_stay_in_sight_while_rows_are_below_them(console: Console) -> None:
    show(console, html(90))
    console.view.arrangement.scroller.by(-100_000)
    console.view.arrangement.scroller.by(400)
    name_row = console.view.grab().toImage()
    surface = console.view.theme.surface
    x = console.view.across.text_x + 3
    assert name_row.pixelColor(x, 4) == surface
    console.view.arrangement.scroller.by(100_000)


def test_a_long_table_is_read_while_the_window_lives(console: Console, qtbot: QtBot) -> None:
    show(console, html(3000, 8))
    assert "Reading a table" in lines(console)[0]
    before = console.view.document.height
    qtbot.waitUntil(lambda: shared_loader().is_idle and len(lines(console)) == 102)
    assert console.view.document.height > before


def test_a_picture_of_the_console_waits_for_long_tables(console: Console, qtbot: QtBot) -> None:
    show(console, html(3000, 8))
    picture_of(console.view, 1.0, 4000)
    assert len(lines(console)) == 102
    qtbot.waitUntil(lambda: shared_loader().is_idle)
    assert len(lines(console)) == 102


def test_a_wide_table_moves_sideways_and_its_first_column_stays(console: Console) -> None:
    show(console, html(4, 30))
    before = console.view.grab().toImage()
    at = QPointF(point(console, 300, 40))
    event = QWheelEvent(
        at,
        console.view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(-240, 0),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(console.view.viewport(), event)
    after = console.view.grab().toImage()
    corner, far = point(console, 0, 0), point(console, 120, 0)
    height = block(console).height
    pinned = (corner.x(), corner.y(), 30, height - 50)
    moved = (far.x(), far.y(), 200, height - 50)
    assert before.copy(*pinned) == after.copy(*pinned)
    assert before.copy(*moved) != after.copy(*moved)


def test_a_selection_is_copied_with_tabs(console: Console) -> None:
    show(console, html(5))
    console.view.selected.select(Selection(Position(0, 1, 1, 0), Position(0, 1, 2, 5)))
    assert console.view.selected.text() == "0\t0\t1\n1\t7\t8"


def test_dragging_selects_whole_cells(console: Console) -> None:
    show(console, html(5))
    viewport, left = console.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, pos=point(console, 1, 35))
    QTest.mouseMove(viewport, point(console, 200, 60))
    QTest.mouseRelease(viewport, left, pos=point(console, 200, 60))
    assert console.view.selected.text() == "0\t0\t1\n1\t7\t8"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Copy table", "\tname 0\tname 1\n0\t0\t1\n1\t7\t8"),
        ("Copy table as CSV", ",name 0,name 1\n0,0,1\n1,7,8\n"),
        (
            "Copy table as Markdown",
            "|  | name 0 | name 1 |\n| ---: | ---: | ---: |\n| 0 | 0 | 1 |\n| 1 | 7 | 8 |\n",
        ),
    ],
)
def test_the_menu_copies_the_whole_table(console: Console, title: str, text: str) -> None:
    show(console, html(2))
    menu = QMenu()
    console.view.live_blocks.add_copies(menu, point(console, 20, 20))
    [action] = [each for each in menu.actions() if each.text() == title]
    action.trigger()
    assert QGuiApplication.clipboard().text() == text


def test_a_table_follows_font_and_width(console: Console) -> None:
    shown = show(console, html(4))
    before = shown.height
    console.view.zoom.by(8)
    console.view.grab()
    assert block(console).height > before


def test_html_that_is_nothing_shows_its_other_form(console: Console) -> None:
    show(console, "<script>run()</script>", plain="the other form")
    assert lines(console)[1:] == ["the other form"]
