from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QClipboard, QColor, QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.console.context_menu import transcript_menu
from vitrail_widgets.console.entries import CellLayout
from vitrail_widgets.console.picture import picture_of
from vitrail_widgets.console.pill import NewOutputPill
from vitrail_widgets.console.selection import Position, Selection
from vitrail_widgets.highlight.lexing import SLICE, Colouring
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.block import Place
from vitrail_widgets.render.text_block import TextBlock
from vitrail_widgets.transcript.cells import Cell, CellStatus, NoticeLevel
from vitrail_widgets.transcript.changes import Change
from vitrail_widgets.transcript.mime import MimeBundle

Point = Callable[[int, int, float], tuple[int, int]]
LEFT = Qt.MouseButton.LeftButton


def fill(console: Console, lines: int, cell_id: str = "a") -> None:
    console.stream(cell_id, "".join(f"line {number}\n" for number in range(lines)))


def wheel(console: Console, steps: float, modifiers: Qt.KeyboardModifier) -> None:
    place = QPointF(300, 300)
    event = QWheelEvent(
        place,
        console.view.mapToGlobal(place),
        QPoint(),
        QPoint(0, round(120 * steps)),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(console.view.viewport(), event)


def has_colour(image: QImage, name: str) -> bool:
    wanted = Theme.load("light").syntax.get(name) or getattr(Theme.load("light"), name)
    return any(
        image.pixelColor(x, y) == wanted
        for x in range(image.width())
        for y in range(image.height())
    )


def test_the_view_sticks_to_the_end_while_output_comes(console: Console) -> None:
    console.cell("a")
    fill(console, 500)
    bar = console.view.verticalScrollBar()
    assert bar.maximum() > 5000
    assert bar.value() == bar.maximum()


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_code_prompts_and_outputs_run_from_the_left_on_a_desktop_that_does_not(
    console: Console, request: pytest.FixtureRequest
) -> None:
    console.cell("a", "print('שלום [1]', f(")
    console.stream("a", "(שלום [1]:\n")
    console.finish("a")
    usual = picture_of(console.view, 1.0, 900)
    request.getfixturevalue("right_to_left")
    assert picture_of(console.view, 1.0, 900) == usual


def shown_codes(console: Console) -> list[str]:
    return [each.cell.code for each in console.view.document.flow if isinstance(each, CellLayout)]


def test_cells_that_move_one_after_the_other_are_followed_at_once(console: Console) -> None:
    transcript = console.transcript
    changes = transcript.append_cell("first", "first", at=1.0)
    changes += transcript.append_cell("second", "second", at=1.0)
    for name in ("first", "second"):
        changes += transcript.set_status(name, CellStatus.ABORTED, 2.0)
    console.apply(changes)
    again: list[Change] = []
    for name in ("first", "second"):
        again += transcript.remove_cell(name)
        again += transcript.append_cell(f"{name} again", f"{name} again", at=3.0)
    console.apply(tuple(again))
    assert shown_codes(console) == ["first again", "second again"]


def test_a_part_of_what_changed_never_mixes_up_the_cells(console: Console) -> None:
    """A burst is shown in turns: the transcript is ahead of the view between them."""
    transcript = console.transcript
    changes: list[Change] = []
    changes += transcript.append_cell("a", "a", status=CellStatus.RUNNING, at=1.0)
    changes += transcript.set_count("a", 1)
    changes += transcript.append_cell("b", "b", at=1.0)
    changes += transcript.append_stream("a", "stdout", "of a")
    changes += transcript.append_cell("t", "t", origin="them", author="grace", at=1.0)
    changes += transcript.append_stream("t", "stdout", "of t")
    changes += transcript.append_cell("c", "c", at=1.0)
    for change in changes:
        console.apply((change,))
        assert (
            shown_codes(console)
            == [e.code for e in transcript.entries if isinstance(e, Cell)][
                : len(console.view.document.flow)
            ]
        )
    assert shown_codes(console) == ["a", "t", "b", "c"]
    console.view.selected.select_all()
    assert console.view.selected.text() == "a\nof a\nt\nof t\nb\nc"


def test_what_is_read_stays_in_place_when_output_comes_below(console: Console) -> None:
    console.cell("a")
    fill(console, 500)
    console.view.scroller.by_pages(-2)
    top = console.view.scroller.top
    fill(console, 500)
    assert console.view.scroller.top == top
    assert not console.view.scroller.following


def test_what_is_read_stays_in_place_when_output_comes_above(console: Console) -> None:
    console.cell("a")
    console.cell("b")
    fill(console, 300, "b")
    console.view.scroller.to_start()
    console.view.scroller.by(600)
    line = console.view.position_at(QPoint(200, 5))
    fill(console, 40, "a")
    assert console.view.position_at(QPoint(200, 5)) == line


def test_a_pill_says_that_there_is_new_output_and_leads_to_it(
    console: Console, qtbot: QtBot
) -> None:
    console.cell("a")
    fill(console, 500)
    pill = console.view.findChild(NewOutputPill)
    assert pill is not None
    assert not pill.isVisible()
    console.view.scroller.to_start()
    fill(console, 5)
    assert pill.isVisible()
    console.view.scroller.by(console.view.verticalScrollBar().maximum() - 8)
    assert console.view.input.y() < console.view.viewport().height()
    assert not pill.geometry().intersects(console.view.input.geometry())
    qtbot.mouseClick(pill, LEFT)
    assert console.view.scroller.following
    assert not pill.isVisible()


def test_nothing_is_dropped_from_a_long_output(console: Console) -> None:
    console.cell("a")
    fill(console, 50_000)
    console.view.selected.select_all()
    text = console.view.selected.text()
    assert text.count("\n") == 50_000
    assert "line 0\n" in text
    assert text.endswith("line 49999")


def test_a_selection_by_mouse_reaches_across_cells_and_is_copied_without_prompts(
    console: Console, qtbot: QtBot, at_text: Point
) -> None:
    console.cell("a", "first = 1")
    console.stream("a", "out one\n")
    console.cell("b", "second = 2")
    viewport = console.view.viewport()
    qtbot.mousePress(viewport, LEFT, pos=QPoint(*at_text(0, 0, 0)))
    qtbot.mouseMove(viewport, QPoint(*at_text(1, 0, 6)))
    qtbot.mouseRelease(viewport, LEFT, pos=QPoint(*at_text(1, 0, 6)))
    assert console.view.selected.text() == "first = 1\nout one\nsecond"
    with qtbot.waitSignal(console.view.selected.copied):
        qtbot.keyClick(console.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "first = 1\nout one\nsecond"


def test_a_double_click_selects_a_word_and_a_third_click_the_line(
    console: Console, qtbot: QtBot, at_text: Point
) -> None:
    console.cell("a", "alpha beta gamma")
    viewport, middle = console.view.viewport(), QPoint(*at_text(0, 0, 7))
    qtbot.mouseDClick(viewport, LEFT, pos=middle)
    assert console.view.selected.text() == "beta"
    qtbot.mousePress(viewport, LEFT, pos=middle)
    qtbot.mouseRelease(viewport, LEFT, pos=middle)
    assert console.view.selected.text() == "alpha beta gamma"


def test_shift_click_extends_the_selection(console: Console, qtbot: QtBot, at_text: Point) -> None:
    console.cell("a", "alpha beta gamma")
    console.view.selected.select(Selection(Position(0, 0, 0, 0), Position(0, 0, 0, 5)))
    viewport, point = console.view.viewport(), QPoint(*at_text(0, 0, 10))
    qtbot.mousePress(viewport, LEFT, Qt.KeyboardModifier.ShiftModifier, point)
    qtbot.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.ShiftModifier, point)
    assert console.view.selected.text() == "alpha beta"


def test_the_keyboard_leads_the_selection_across_blocks(console: Console, qtbot: QtBot) -> None:
    console.cell("a", "one\ntwo")
    console.stream("a", "three\n")
    console.view.selected.select(Selection(Position(0, 0, 1, 1), Position(0, 0, 1, 1)))
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(console.view, Qt.Key.Key_Down, shift)
    assert console.view.selected.text() == "wo\nt"
    qtbot.keyClick(console.view, Qt.Key.Key_End, shift)
    assert console.view.selected.text() == "wo\nthree"
    qtbot.keyClick(console.view, Qt.Key.Key_Home, shift)
    assert console.view.selected.text() == "one\nt"
    qtbot.keyClick(console.view, Qt.Key.Key_Escape)
    assert not console.view.selected.exists


def test_a_wide_character_is_selected_whole(console: Console, qtbot: QtBot, at_text: Point) -> None:
    console.cell("a", "漢字ab")
    viewport = console.view.viewport()
    qtbot.mousePress(viewport, LEFT, pos=QPoint(*at_text(0, 0, 0)))
    qtbot.mouseMove(viewport, QPoint(*at_text(0, 0, 3.8)))
    qtbot.mouseRelease(viewport, LEFT, pos=QPoint(*at_text(0, 0, 3.8)))
    assert console.view.selected.text() == "漢字"


def test_ctrl_c_without_a_selection_asks_for_an_interrupt(console: Console, qtbot: QtBot) -> None:
    console.view.input.setFocus()
    with qtbot.waitSignal(console.view.interrupt_requested):
        qtbot.keyClick(console.view.input, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_c_with_a_selection_in_the_input_copies_it(console: Console, qtbot: QtBot) -> None:
    console.view.input.set_text("typed")
    console.view.input.selectAll()
    with qtbot.assertNotEmitted(console.view.interrupt_requested):
        qtbot.keyClick(console.view.input, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "typed"


def test_what_is_typed_over_the_transcript_goes_to_the_input(
    console: Console, qtbot: QtBot
) -> None:
    console.cell("a", "one")
    console.view.setFocus()
    qtbot.keyClicks(console.view, "x")
    qtbot.keyClicks(console.view.input, "y")
    assert console.view.input.text() == "xy"


def test_select_all_takes_the_input_first_and_then_the_transcript(
    console: Console, qtbot: QtBot
) -> None:
    console.cell("a", "one")
    console.view.input.set_text("two")
    console.view.input.setFocus()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(console.view.input, Qt.Key.Key_A, held)
    assert console.view.input.textCursor().selectedText() == "two"
    assert not console.view.selected.exists
    qtbot.keyClick(console.view.input, Qt.Key.Key_A, held)
    assert console.view.selected.text() == "one"


def test_the_page_keys_scroll_from_the_input(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    fill(console, 500)
    console.view.input.setFocus()
    before = console.view.scroller.top
    qtbot.keyClick(console.view.input, Qt.Key.Key_PageUp)
    assert console.view.scroller.top < before
    qtbot.keyClick(console.view.input, Qt.Key.Key_PageDown)
    assert console.view.scroller.following


def test_the_wheel_scrolls_and_zooms_with_ctrl(console: Console) -> None:
    console.cell("a")
    fill(console, 500)
    before = console.view.scroller.top
    wheel(console, 1, Qt.KeyboardModifier.NoModifier)
    assert console.view.scroller.top < before
    size = console.view.metrics.font.pointSizeF()
    wheel(console, 1, Qt.KeyboardModifier.ControlModifier)
    assert console.view.metrics.font.pointSizeF() == size + 1


def test_zoom_keeps_its_bounds_and_its_way_back(console: Console) -> None:
    size = console.view.metrics.font.pointSizeF()
    for _ in range(50):
        console.view.zoom.by(1)
    assert console.view.metrics.font.pointSizeF() == 40
    for _ in range(50):
        console.view.zoom.by(-1)
    assert console.view.metrics.font.pointSizeF() == 6
    console.view.zoom.by(0)
    assert console.view.metrics.font.pointSizeF() == size


def test_a_narrower_window_wraps_lines_and_keeps_all_text(console: Console) -> None:
    console.cell("a", "x" * 300)
    height = console.view.document.height
    console.view.resize(400, 600)
    assert console.view.document.height > height
    console.view.selected.select_all()
    assert console.view.selected.text() == "x" * 300


def test_a_theme_is_changed_while_it_runs(console: Console) -> None:
    console.cell("a", "import os")
    console.finish("a")
    console.view.apply_theme(Theme.load("dark"))
    image = picture_of(console.view, 1.0, 2000)
    assert image.pixelColor(1, 1) == Theme.load("dark").bg


def test_stderr_is_told_apart_by_an_edge(console: Console) -> None:
    console.cell("a")
    console.finish("a")
    console.stream("a", "fine\n")
    assert not has_colour(picture_of(console.view, 1.0, 2000), "warn")
    console.stream("a", "careful\n", name="stderr")
    assert has_colour(picture_of(console.view, 1.0, 2000), "warn")


def test_a_failed_cell_has_a_bar_and_a_finished_one_has_none(console: Console) -> None:
    console.cell("a")
    console.finish("a")
    assert not has_colour(picture_of(console.view, 1.0, 2000), "error")
    console.finish("a", CellStatus.FAILED)
    assert has_colour(picture_of(console.view, 1.0, 2000), "error")


def test_a_running_cell_has_a_bar_once_it_takes_long(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    x, y = 5, 30
    qtbot.waitUntil(
        lambda: console.view.grab().toImage().pixelColor(x, y) != Theme.load("light").bg
    )


def test_a_notice_is_an_entry_of_its_own(console: Console) -> None:
    console.cell("a")
    console.apply(console.transcript.append_notice("n", NoticeLevel.INFO, "Kernel restarted"))
    console.view.selected.select_all()
    assert console.view.selected.text() == "code\nKernel restarted"


def test_a_foreign_cell_goes_above_the_queued_ones_and_moves_the_selection(
    console: Console,
) -> None:
    console.cell("a", "mine")
    console.apply(console.transcript.set_count("a", 1))
    console.apply(console.transcript.append_cell("q", "queued", at=1.0))
    console.view.selected.select(Selection(Position(1, 0, 0, 0), Position(1, 0, 0, 6)))
    console.cell("f", "theirs", origin="other")
    assert console.view.selected.text() == "queued"
    console.view.selected.select_all()
    assert console.view.selected.text() == "mine\ntheirs\nqueued"


def test_outputs_that_were_cleared_leave_no_room(console: Console) -> None:
    console.cell("a")
    before = console.view.document.height
    fill(console, 100)
    console.apply(console.transcript.clear_outputs("a", wait=False))
    assert console.view.document.height == before


def test_a_batch_that_outran_the_model_is_applied(console: Console) -> None:
    console.cell("a")
    changes = (
        *console.transcript.append_stream("a", "stdout", "one\n"),
        *console.transcript.append_stream("a", "stdout", "two\n"),
        *console.transcript.clear_outputs("a", wait=False),
        *console.transcript.append_stream("a", "stdout", "three\n"),
        *console.transcript.append_rich("a", MimeBundle({"text/plain": "r"}), display_id="d"),
        *console.transcript.update_display("d", MimeBundle({"text/plain": "updated"})),
    )
    console.view.apply(changes)
    console.view.selected.select_all()
    assert console.view.selected.text() == "code\nthree\nupdated"


def test_a_part_of_what_came_together_is_laid_out_alone(console: Console) -> None:
    console.cell("a")
    changes: list[Change] = []
    for number in range(6):
        bundle = MimeBundle({"text/plain": str(number)})
        changes += console.transcript.append_rich("a", bundle)
    layout = console.view.document.cell_layout("a")
    assert layout is not None
    for shown in (2, 5, 6):
        console.apply(tuple(changes[:shown]))
        assert layout.block_count == 1 + shown
    assert [layout.block(1 + at).line(0) for at in range(6)] == list("012345")


def test_a_part_of_what_came_before_and_after_a_clearing_leads_to_what_is_there(
    console: Console,
) -> None:
    console.cell("a")
    changes: list[Change] = []
    for word in ("old", "new"):
        changes += console.transcript.clear_outputs("a", wait=False)
        for number in range(5):
            bundle = MimeBundle({"text/plain": f"{word} {number}"})
            changes += console.transcript.append_rich("a", bundle)
    layout = console.view.document.cell_layout("a")
    assert layout is not None
    for start in range(0, len(changes), 3):
        console.apply(tuple(changes[start : start + 3]))
        console.view.grab()
    assert layout.block_count == 6
    assert [layout.block(1 + at).line(0) for at in range(5)] == [f"new {n}" for n in range(5)]


def test_a_repaint_between_a_change_and_its_batch_is_harmless(console: Console) -> None:
    console.cell("a")
    fill(console, 3000)
    changes = console.transcript.append_stream("a", "stdout", "\n" * 5000)
    cleared = console.transcript.clear_outputs("a", wait=False)
    console.view.grab()
    console.view.apply((*changes, *cleared))
    console.view.grab()


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01\x7f\x1b",
        "\ud800 lone \udfff",
        "שלום עולם abc مرحبا",
        "e\u0301\u0302\u0303 combining " + "a" + "\u0300" * 500,
        "👩\u200d👩\u200d👧 🇩🇪 👍🏽",
        "\u202e reversed \u202c \ufeff \u2028 \u2029",
        "\U0010ffff\ue000",
        "漢" * 1000,
        "\t\t|\t|",
        "x" * 100_000,
        "é" * 100_000,
    ],
    ids=range(11),
)
def test_hostile_text_is_drawn(console: Console, text: str) -> None:
    console.cell("a", text.replace("\x00", ""))
    console.stream("a", text)
    console.view.selected.select_all()
    assert console.view.selected.text()
    console.view.scroller.to_start()
    console.view.grab()
    console.view.scroll_to_end()
    console.view.grab()


def test_a_broken_picture_says_what_it_is(console: Console) -> None:
    console.cell("a")
    for data in ("not base64!", "aGVsbG8=", 5, None):
        console.apply(console.transcript.append_rich("a", MimeBundle({"image/png": data})))
    console.view.selected.select_all()
    assert console.view.selected.text().count("image/png") == 4
    console.view.grab()


def test_a_broken_picture_gives_way_to_its_text(console: Console) -> None:
    console.cell("a")
    bundle = MimeBundle({"image/png": "aGVsbG8=", "text/plain": "<Figure>"})
    console.apply(console.transcript.append_rich("a", bundle))
    console.view.selected.select_all()
    said = "image/png could not be read: Unsupported image format"
    assert console.view.selected.text() == f"code\n{said}\n<Figure>"


def test_a_font_is_changed_while_it_runs(console: Console) -> None:
    console.cell("a")
    height = console.view.document.height
    console.view.set_code_font(code_font(point_size=20))
    assert console.view.document.height > height


def many_cells(console: Console, count: int) -> None:
    for number in range(count):
        console.cell(f"c{number}", f"print({number})")
        console.stream(f"c{number}", f"{number} " * 40)
        console.finish(f"c{number}")


def test_a_long_transcript_is_laid_out_for_a_new_width_in_slices(
    console: Console, qtbot: QtBot
) -> None:
    many_cells(console, 400)
    console.view.resize(500, 600)
    assert not console.view.document.is_settled
    qtbot.waitUntil(lambda: console.view.document.is_settled)
    same = Console()
    qtbot.addWidget(same.view)
    same.view.resize(500, 600)
    same.view.show()
    many_cells(same, 400)
    assert console.view.document.height == same.view.document.height


def test_what_is_visible_is_laid_out_at_once_and_stays_in_place(
    console: Console, qtbot: QtBot
) -> None:
    many_cells(console, 400)
    console.view.scroller.to_start()
    console.view.scroller.by(9000)
    seen = console.view.position_at(QPoint(200, 5)).entry
    console.view.resize(500, 600)
    layout = console.view.document.flow[console.view.position_at(QPoint(200, 5)).entry]
    assert layout.canvas is console.view.document.canvas
    qtbot.waitUntil(lambda: console.view.document.is_settled)
    assert console.view.position_at(QPoint(200, 5)).entry == seen


def test_what_is_scrolled_to_before_its_turn_is_laid_out_then(console: Console) -> None:
    many_cells(console, 400)
    console.view.resize(500, 600)
    console.view.scroller.to_start()
    first = console.view.document.flow[0]
    assert first.canvas is console.view.document.canvas


def png(colour: str) -> str:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub has no keyword-less form
    return buffer.data().toBase64().toStdString()


def test_a_picture_that_is_updated_many_times_shows_the_last(console: Console) -> None:
    console.cell("a")
    colours = ["red", "green", "blue", "yellow", "cyan", "magenta", "gray", "black"]
    first = MimeBundle({"image/png": png("white")})
    console.apply(console.transcript.append_rich("a", first, display_id="d"))
    for colour in colours:
        console.view.grab()
        bundle = MimeBundle({"image/png": png(colour)})
        console.apply(console.transcript.update_display("d", bundle))
        layout = console.view.document.flow[0]
        y = console.view.viewport_y("a") + layout.block_top(1) + layout.block(1).height // 2
        shown = console.view.grab().toImage().pixelColor(console.view.across.text_x + 20, y)
        assert shown == QColor(colour)


def test_a_selection_goes_with_what_was_cleared(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    fill(console, 20)
    console.view.selected.select(Selection(Position(0, 1, 15, 0), Position(0, 1, 15, 3)))
    console.apply(console.transcript.clear_outputs("a", wait=False))
    assert console.view.selected.range is None
    console.stream("a", "new\n")
    qtbot.keyClick(console.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert console.view.selected.text() == ""


def test_a_selection_above_what_was_cleared_stays(console: Console) -> None:
    console.cell("a", "first")
    console.cell("b", "second")
    console.stream("b", "out\n")
    console.view.selected.select(Selection(Position(0, 0, 0, 0), Position(0, 0, 0, 5)))
    console.apply(console.transcript.clear_outputs("b", wait=False))
    assert console.view.selected.text() == "first"


def test_ctrl_end_in_the_input_shows_the_end(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    fill(console, 500)
    console.view.scroller.to_start()
    console.view.input.setFocus()
    qtbot.keyClick(console.view.input, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert console.view.scroller.following


def test_ctrl_shift_home_selects_in_the_input(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    fill(console, 500)
    console.view.input.set_text("one\ntwo")
    console.view.input.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(console.view.input, Qt.Key.Key_Home, both)
    assert console.view.input.textCursor().selectedText() == "one\u2029two"
    assert console.view.scroller.following


def test_the_wheel_scrolls_an_input_that_is_taller_than_the_window(
    console: Console, qtbot: QtBot
) -> None:
    console.view.input.set_text("\n".join(f"line {number}" for number in range(300)))
    qtbot.waitUntil(lambda: console.view.input.verticalScrollBar().maximum() > 0)
    bar = console.view.input.verticalScrollBar()
    before = bar.value()
    place = QPointF(300, 50)
    viewport = console.view.input.viewport()
    event = QWheelEvent(
        place,
        viewport.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(viewport, event)
    assert bar.value() < before
    assert console.view.input.height() < console.view.viewport().height()


def test_small_wheel_steps_add_up_to_one_zoom_step(console: Console) -> None:
    size = console.view.metrics.font.pointSizeF()
    for _ in range(15):
        wheel(console, 0.1, Qt.KeyboardModifier.ControlModifier)
    assert console.view.metrics.font.pointSizeF() == size + 1


def test_the_end_is_followed_again_when_everything_fits(console: Console) -> None:
    console.cell("a")
    fill(console, 500)
    console.view.scroller.to_start()
    console.apply(console.transcript.clear_outputs("a", wait=False))
    fill(console, 500)
    assert console.view.scroller.following


def test_a_question_of_a_cell_that_is_not_here_is_not_shown(console: Console) -> None:
    assert not console.view.requests.ask("nobody", "? ", password=False)
    assert console.view.requests.field is None


def test_what_is_being_typed_does_not_become_an_answer(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    console.view.input.setFocus()
    qtbot.keyClicks(console.view.input, "for k in ")
    console.view.requests.ask("a", "secret? ", password=True)
    qtbot.keyClicks(QApplication.focusWidget(), "range")
    field = console.view.requests.field
    assert field is not None
    assert field.line.text() == ""
    assert console.view.input.text() == "for k in range"
    console.view.requests.withdraw()


def test_a_question_and_its_answer_stand_on_one_ground(console: Console, qtbot: QtBot) -> None:
    console.view.setStyleSheet("QSplitter::handle { background: red; }")  # as around it in a tab
    console.cell("a")
    console.view.requests.ask("a", "name? ", password=False)
    field = console.view.requests.field
    assert field is not None
    qtbot.waitUntil(field.line.isVisible)
    theme = Theme.load("light")
    place = field.line.mapTo(console.view, QPoint(field.line.width() // 2, 1))
    assert console.view.grab().toImage().pixelColor(place) == theme.surface
    console.view.requests.withdraw()


def test_an_idle_input_gives_the_focus_to_a_question(console: Console, qtbot: QtBot) -> None:
    console.cell("a")
    console.view.input.setFocus()
    console.view.requests.ask("a", "name? ", password=False)
    qtbot.keyClicks(QApplication.focusWidget(), "Ada")
    field = console.view.requests.field
    assert field is not None
    assert field.line.text() == "Ada"
    console.view.requests.withdraw()


def test_a_question_keeps_its_room_when_the_font_grows(console: Console) -> None:
    console.cell("a")
    console.stream("a", "above\n")
    console.view.requests.ask("a", "name? ", password=False)
    console.view.set_code_font(code_font(point_size=24))
    field = console.view.requests.field
    assert field is not None
    layout = console.view.document.flow[0]
    text_end = console.view.viewport_y("a") + layout.block_top(1) + layout.block(1).height
    assert field.geometry().top() >= text_end
    console.view.requests.withdraw()


def test_the_transcript_has_a_context_menu(console: Console, qtbot: QtBot) -> None:
    console.cell("a", "one")
    console.view.input.setFocus()
    menu = transcript_menu(console.view.selected, console.view, QPoint())
    copy, select_all = menu.actions()
    assert not copy.isEnabled()
    select_all.trigger()
    assert console.view.selected.text() == "one"
    menu.close()
    menu.deleteLater()
    qtbot.mousePress(console.view.viewport(), Qt.MouseButton.RightButton, pos=QPoint(200, 30))
    assert console.view.input.hasFocus()


def test_a_click_follows_a_link_to_a_page_and_to_nothing_else(
    console: Console, qtbot: QtBot, at_text: Point
) -> None:
    console.cell("a")
    for target in ("https://a.example/x", "file:///etc/passwd"):
        console.stream("a", f"\x1b]8;;{target}\x1b\\{target}\x1b]8;;\x1b\\ and more\n")
    followed: list[str] = []
    console.view.links.page_activated.connect(followed.append)
    x, y = at_text(0, 1, 5.5)
    viewport, below = console.view.viewport(), console.view.metrics.line_height
    for point in (QPoint(x, y), QPoint(x, y + below), QPoint(x + 200, y)):
        qtbot.mouseMove(viewport, point)
        qtbot.mouseClick(viewport, LEFT, pos=point)
    assert followed == ["https://a.example/x"]


def test_the_target_of_a_link_is_told_before_it_opens(
    console: Console, qtbot: QtBot, at_text: Point
) -> None:
    console.cell("a")
    console.stream("a", "\x1b]8;;https://a.example/<b>\x1b\\click\x1b]8;;\x1b\\\n")
    qtbot.mouseMove(console.view.viewport(), QPoint(*at_text(0, 1, 2.5)))
    assert console.view.viewport().toolTip() == "https://a.example/&lt;b&gt;"
    qtbot.mouseMove(console.view.viewport(), QPoint(*at_text(0, 1, 20.5)))
    assert console.view.viewport().toolTip() == ""


def test_the_text_of_a_selection_is_made_when_it_is_pasted_and_is_what_was_selected(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    text = TextBlock.text

    def note(block: TextBlock, start: Place, end: Place | None) -> str:
        read.append(block)
        return text(block, start, end)

    monkeypatch.setattr(TextBlock, "text", note)
    console.cell("a", "first")
    fill(console, 5000)
    console.cell("b", "second")
    console.stream("b", "third\n")
    console.view.selected.select(Selection(Position(0, 1, 4998, 5), Position(1, 1, 0, 5)))
    late = console.view.selected.late_text()
    assert late.hasText()
    assert not read
    fill(console, 10)
    console.apply(console.transcript.clear_outputs("b", wait=False))
    console.cell("c", "above", origin="another client")
    for _ in range(2):
        assert late.text() == "4998\nline 4999\nsecond\nthird"
    assert len(read) == 3


def test_the_selection_is_offered_to_the_middle_button_where_there_is_one(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[QMimeData] = []

    def has_one(_: QClipboard) -> bool:
        return True

    def take(_: QClipboard, offer: QMimeData, mode: QClipboard.Mode) -> None:
        assert mode is QClipboard.Mode.Selection
        offered.append(offer)

    monkeypatch.setattr(QClipboard, "supportsSelection", has_one)
    monkeypatch.setattr(QClipboard, "setMimeData", take)
    console.cell("a", "code")
    console.view.selected.offer()
    assert not offered
    console.view.selected.select_all()
    console.view.selected.offer()
    assert [one.text() for one in offered] == ["code"]


def test_a_cell_that_was_not_run_offers_to_be_run(console: Console, qtbot: QtBot) -> None:
    console.cell("a", "code")
    console.finish("a", CellStatus.ABORTED)
    across = console.view.across
    x = across.content_x + across.content_width - 20
    y = console.view.viewport_y("a") + 8 + console.view.metrics.line_height // 2
    with qtbot.waitSignal(console.view.cell_offers.taken) as asked:
        qtbot.mouseClick(console.view.viewport(), LEFT, pos=QPoint(x, y))
    assert asked.args == ["run again", "a"]


def test_a_cell_that_ran_offers_nothing(console: Console, qtbot: QtBot) -> None:
    console.cell("a", "code")
    console.finish("a")
    across = console.view.across
    x = across.content_x + across.content_width - 20
    y = console.view.viewport_y("a") + 8 + console.view.metrics.line_height // 2
    with qtbot.assertNotEmitted(console.view.cell_offers.taken):
        qtbot.mouseClick(console.view.viewport(), LEFT, pos=QPoint(x, y))


def test_long_code_gets_its_colours_over_several_paints(
    console: Console, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slices: list[int] = []
    go_on = Colouring.go_on

    def note(colouring: Colouring) -> None:
        go_on(colouring)
        slices.append(len(colouring.lines))

    monkeypatch.setattr(Colouring, "go_on", note)
    code = "None\n" * (SLICE - 1)
    console.cell("a", code)
    console.view.viewport().grab()
    assert len(slices) <= 2  # the event loop may have painted once
    qtbot.waitUntil(lambda: slices[-1] == SLICE)
    assert len(slices) >= 5
    assert has_colour(console.view.grab().toImage(), "keyword")
    slices.clear()
    console.view.set_lexer("python3")
    console.view.hide()
    picture_of(console.view, 1.0, 100)
    assert slices[-1] == SLICE
