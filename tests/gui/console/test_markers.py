"""What is drawn beside cells: lateness, times, the past."""

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.console.cell_times import past_text, running_text
from vitrail_widgets.transcript.cells import Cell, CellStatus
from vitrail_widgets.transcript.mime import MimeBundle


def darkest(image: QImage, ground: QColor) -> int:
    """Return how far from the ground the strongest pixel of an image is."""
    return max(
        abs(image.pixelColor(x, y).lightness() - ground.lightness())
        for x in range(image.width())
        for y in range(image.height())
    )


def grabbed(console: Console, left: int, top: int, width: int, height: int) -> QImage:
    return console.view.viewport().grab().toImage().copy(left, top, width, height)


def test_the_outputs_of_a_kernel_that_is_gone_are_dimmed(console: Console) -> None:
    console.cell("a", "code")
    console.apply(
        console.transcript.append_rich("a", MimeBundle({"text/plain": "███"}), execution_count=1)
    )
    console.finish("a")
    view = console.view
    top = view.viewport_y("a") + view.document.flow[0].block_top(1)
    area = (view.across.text_x, top, 60, view.metrics.line_height)
    before = darkest(grabbed(console, *area), view.theme.bg)
    console.apply(console.transcript.retire())
    after = darkest(grabbed(console, *area), view.theme.bg)
    assert after < 0.7 * before
    assert past_text(console.transcript.cell("a") or Cell("", "")) == "1.0 s · before the restart"


def test_beside_output_that_came_late_stands_that_it_did(console: Console) -> None:
    console.cell("a", "code")
    console.stream("a", "in time\n")
    console.finish("a")
    view = console.view
    top = view.viewport_y("a") + view.document.flow[0].block_top(1)
    step = view.metrics.line_height
    gutter = (20, top, view.across.prompt_right - 20, 2 * step)
    before = grabbed(console, *gutter)
    console.stream("a", "late\n")
    assert grabbed(console, *gutter) == before
    console.transcript.note_late("a", 0, 1)
    view.viewport().update()
    after = grabbed(console, *gutter)
    assert after.copy(0, 0, after.width(), step) == before.copy(0, 0, before.width(), step)
    assert after != before


def test_how_long_a_cell_has_been_running_is_said_in_seconds() -> None:
    cell = Cell("a", "code", status=CellStatus.RUNNING, started_at=100.0)
    assert running_text(cell, 100.9) == ""
    assert running_text(cell, 101.2) == "1 s"
    assert running_text(cell, 159.9) == "59 s"
    assert running_text(cell, 171.0) == "1 min 11 s"
    cell.status = CellStatus.DONE
    assert running_text(cell, 171.0) == ""


def test_a_running_cell_counts_before_the_eyes(console: Console, qtbot: QtBot) -> None:
    console.cell("a", "code")  # began in 1970
    view = console.view
    right = view.across.content_x + view.across.content_width
    area = (right - 150, view.viewport_y("a"), 145, view.metrics.line_height + 10)
    assert darkest(grabbed(console, *area), view.theme.surface) > 60
    console.finish("a")
    qtbot.waitUntil(lambda: darkest(grabbed(console, *area), view.theme.surface) < 30)
