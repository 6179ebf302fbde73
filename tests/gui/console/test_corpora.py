"""What real kernels displayed, painted: every session that was recorded, in both themes."""

import pytest
from pytestqt.qtbot import QtBot

from support.captured import captured_names
from support.replaying import replayed
from vitrail_widgets.console.picture import picture_of
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.transcript.cells import Cell, RichOutput

TALLEST = 8000


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", captured_names())
def test_a_recorded_session_is_painted(qtbot: QtBot, name: str, theme: str) -> None:
    transcript = replayed(name)
    view = ConsoleView(transcript, Theme.load(theme), code_font())
    qtbot.addWidget(view)
    view.resize(900, 600)
    for ratio in (1.0, 2.0):
        assert picture_of(view, ratio, TALLEST).width() == view.viewport().width() * ratio
    qtbot.waitUntil(lambda: shared_loader().is_idle)


@pytest.mark.parametrize("name", captured_names())
def test_every_output_has_a_block_that_says_something(qtbot: QtBot, name: str) -> None:
    transcript = replayed(name)
    view = ConsoleView(transcript, Theme.load("light"), code_font())
    qtbot.addWidget(view)
    view.document.complete()
    for cell in (entry for entry in transcript.entries if isinstance(entry, Cell)):
        layout = view.document.cell_layout(cell.id)
        assert layout is not None
        assert layout.block_count == 1 + len(cell.outputs)
        for index, output in enumerate(cell.outputs, 1):
            if isinstance(output, RichOutput) and output.bundle.text("text/plain").strip():
                block = layout.block(index)
                assert any(block.line(at) for at in range(block.line_count)), output
    qtbot.waitUntil(lambda: shared_loader().is_idle)
