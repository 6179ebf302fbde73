"""Outputs that are replaced: no flicker, the same place and zoom, one block for a burst."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from support.console import Console
from support.figures import encoded
from vitrail_widgets.render.image_block import CARD_PAD, ImageBlock
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.transcript.cells import StreamOutput
from vitrail_widgets.transcript.mime import MimeBundle

SMALL, LARGE = QSize(400, 200), QSize(3000, 1500)
RED, BLUE = "#ff0000", "#0000ff"
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='200'>"
    "<script>run()</script><rect width='400' height='200' fill='{}'/></svg>"
)


def figure(colour: str, size: QSize) -> MimeBundle:
    return MimeBundle({"image/png": encoded(colour, size)})


def block(console: Console) -> ImageBlock:
    found = console.view.document.flow[0].block(1)
    assert isinstance(found, ImageBlock)
    return found


def point(console: Console, x: int = 60, y: int = 60) -> QPoint:
    layout = console.view.document.flow[0]
    top = console.view.viewport_y("a") + layout.block_top(1)
    return QPoint(console.view.across.text_x + x, top + y)


def colour(console: Console) -> str:
    image = console.view.viewport().grab().toImage()
    return QColor(image.pixel(point(console))).name()


def drawn(console: Console, bundle: MimeBundle, qtbot: QtBot) -> None:
    console.cell("a")
    console.apply(console.transcript.append_rich("a", bundle, display_id="d"))
    console.view.viewport().grab()
    qtbot.waitUntil(lambda: shared_loader().is_idle)
    console.view.viewport().grab()


@pytest.mark.parametrize("clears", [False, True])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (figure(RED, LARGE), figure(BLUE, LARGE)),
        (
            MimeBundle({"image/svg+xml": SVG.format(RED)}),
            MimeBundle({"image/svg+xml": SVG.format(BLUE)}),
        ),
    ],
)
def test_until_the_next_frame_is_decoded_the_last_one_is_seen(
    console: Console, qtbot: QtBot, before: MimeBundle, after: MimeBundle, clears: bool
) -> None:
    drawn(console, before, qtbot)
    assert colour(console) == RED
    if clears:
        console.transcript.clear_outputs("a", wait=True)
        console.apply(console.transcript.append_rich("a", after))
    else:
        console.apply(console.transcript.update_display("d", after))
    assert colour(console) == RED
    qtbot.waitUntil(lambda: colour(console) == BLUE)


def test_many_updates_at_once_make_one_block(
    console: Console, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(console, figure(RED, SMALL), qtbot)
    made: list[object] = []
    init = ImageBlock.__init__

    def noting(self: ImageBlock, *rest: Any) -> None:
        made.append(self)
        init(self, *rest)

    monkeypatch.setattr(ImageBlock, "__init__", noting)
    changes = sum(
        (console.transcript.update_display("d", figure(RED, SMALL)) for _ in range(50)), ()
    )
    console.apply(changes)
    assert len(made) == 1
    for _ in range(50):
        changes += console.transcript.clear_outputs("a", wait=True)
        changes += console.transcript.append_rich("a", figure(BLUE, SMALL))
    console.apply(changes)
    assert len(made) <= 3
    assert colour(console) == BLUE


def test_a_figure_that_is_replaced_stays_where_it_is_read(console: Console, qtbot: QtBot) -> None:
    drawn(console, figure(RED, QSize(400, 1500)), qtbot)
    console.cell("b", code="\n" * 60)
    console.finish("b")
    console.view.scroller.to_start()
    console.view.scroller.by(300)
    top = console.view.scroller.top
    for colour_name in (BLUE, RED, BLUE):
        console.transcript.clear_outputs("a", wait=True)
        bundle = figure(colour_name, QSize(400, 1500))
        console.apply(console.transcript.append_rich("a", bundle, display_id="d"))
        console.apply(console.transcript.update_display("d", bundle))
        assert console.view.scroller.top == top


def test_a_click_enlarges_a_picture_and_another_one_fits_it(console: Console, qtbot: QtBot) -> None:
    drawn(console, figure(RED, SMALL), qtbot)
    viewport, left = console.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseMove(viewport, point(console))
    assert viewport.cursor().shape() is Qt.CursorShape.PointingHandCursor
    qtbot.mouseClick(viewport, left, pos=point(console))
    assert block(console).height == 400 + 2 * CARD_PAD
    assert colour(console) == RED
    qtbot.mouseClick(viewport, left, pos=point(console))
    assert block(console).height == 200 + 2 * CARD_PAD


def test_a_picture_that_is_too_wide_is_enlarged_to_its_own_size_and_moved(
    console: Console, qtbot: QtBot
) -> None:
    drawn(console, figure(RED, LARGE), qtbot)
    fitted = block(console).height
    qtbot.mouseClick(console.view.viewport(), Qt.MouseButton.LeftButton, pos=point(console))
    assert block(console).height == 1500 + 2 * CARD_PAD > fitted
    assert block(console).scroll_sideways(10_000)
    console.view.viewport().grab()
    qtbot.waitUntil(lambda: shared_loader().is_idle)


def test_the_zoom_stays_when_the_figure_is_updated(console: Console, qtbot: QtBot) -> None:
    drawn(console, figure(RED, SMALL), qtbot)
    block(console).click(10, 20)
    console.apply(console.transcript.update_display("d", figure(BLUE, SMALL)))
    assert block(console).height == 400 + 2 * CARD_PAD


def test_the_viewer_is_given_a_file_that_runs_nothing(console: Console, qtbot: QtBot) -> None:
    drawn(console, MimeBundle({"image/svg+xml": SVG.format(RED)}), qtbot)
    menu = console.view.menu_at(point(console))
    [action] = [each for each in menu.actions() if each.text() == "Open in viewer"]
    with qtbot.waitSignal(console.view.output_choices.open_wanted) as caught:
        action.trigger()
    assert caught.args is not None
    text = Path(str(caught.args[0])).read_text("utf-8")
    assert "<rect" in text
    assert "script" not in text
    console.view.output_choices._files.remove()
    menu.deleteLater()


def test_text_that_follows_a_cleared_figure_is_text(console: Console, qtbot: QtBot) -> None:
    drawn(console, figure(RED, SMALL), qtbot)
    console.transcript.clear_outputs("a", wait=True)
    console.stream("a", "done\n")
    cell = console.transcript.cell("a")
    assert cell is not None
    assert isinstance(cell.outputs[0], StreamOutput)
    assert console.view.document.flow[0].block(1).line(0) == "done"
