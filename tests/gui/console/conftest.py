from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.transcript.cells import CellStatus


@pytest.fixture
def console(qtbot: QtBot) -> Iterator[Console]:
    made = Console()
    qtbot.addWidget(made.view)
    with qtbot.waitExposed(made.view):
        made.view.show()
    yield made
    for entry in made.transcript.entries:
        made.transcript.set_status(entry.id, CellStatus.DONE, 3.0)
    made.view.apply(())  # nothing runs any more: the pulse stops


@pytest.fixture
def at_text(console: Console) -> Callable[[int, int, float], tuple[int, int]]:
    """Return a function from (entry, block, column of its first row) to a viewport point."""

    def point(entry: int, block: int, column: float) -> tuple[int, int]:
        view = console.view
        layout = view.document.flow[entry]
        y = view.viewport_y(console.transcript.entries[entry].id) + layout.block_top(block)
        x = view.across.text_x + column * view.metrics.char_width
        return round(x), y + view.metrics.line_height // 2

    return point
