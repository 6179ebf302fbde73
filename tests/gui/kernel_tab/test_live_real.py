"""Progress bars, animations and handles of a real kernel: what is left, and how often drawn."""

import time

import pytest
from PySide6.QtCore import QEvent, QObject

from support.window import WindowSession, in_window
from vitrail_widgets.render.image_block import ImageBlock
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

ANIMATION = """
import base64, struct, zlib
from IPython.display import Image, clear_output, display
def png(shade, size=64):
    rows = b"".join(b"\\0" + bytes([shade]) * size for _ in range(size))
    def chunk(kind, body):
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    return Image(data=b"\\x89PNG\\r\\n\\x1a\\n" + b"".join(chunk(*part) for part in parts))
handle = display(png(0), display_id=True)
for shade in range(1, 256):
    {step}
"""


class Paintings(QObject):
    """Counts the paintings of a widget."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.count = 0
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


async def lines(session: WindowSession, code: str) -> list[str]:
    """Run a cell and return what its output looks like at the end."""
    cell = await session.run(code)
    assert cell.status is CellStatus.DONE, session.text()
    session.tab.presenter.flush()
    layout = session.view.document.cell_layout(cell.id)
    assert layout is not None
    blocks = [layout.block(index) for index in range(1, layout.block_count)]
    return [block.line(index) for block in blocks for index in range(block.line_count)]


@in_window
async def test_an_animation_is_drawn_sixty_times_a_second_at_most_and_to_its_end(
    session: WindowSession,
) -> None:
    for step in ("handle.update(png(shade))", "clear_output(wait=True); display(png(shade))"):
        paintings, began = Paintings(session.view.viewport()), time.perf_counter()
        cell = await session.run(ANIMATION.replace("{step}", step))
        session.tab.presenter.flush()
        passed = time.perf_counter() - began
        assert 0 < paintings.count <= 60 * passed + 10, (step, paintings.count, passed)
        paintings.deleteLater()
        layout = session.view.document.cell_layout(cell.id)
        assert layout is not None
        assert layout.block_count == 2
        block = layout.block(1)
        assert isinstance(block, ImageBlock)
        assert block.picture().pixelColor(5, 5).red() == 255


@in_window
async def test_bars_of_tqdm_within_each_other_are_left_as_in_a_terminal(
    session: WindowSession,
) -> None:
    code = """
from tqdm import tqdm
for outer in tqdm(range(3), desc="outer", ncols=60):
    for inner in tqdm(range(20), desc="inner", ncols=60, leave=False):
        pass
"""
    shown = [line for line in await lines(session, code) if line.strip()]
    assert len(shown) == 1
    assert shown[0].startswith("outer: 100%")


@in_window
async def test_progress_of_rich_is_left_at_its_end(session: WindowSession) -> None:
    code = """
from rich.console import Console
from rich.progress import Progress
console = Console(force_terminal=True, force_jupyter=False, width=70)
with Progress(console=console) as progress:
    one, other = progress.add_task("one", total=50), progress.add_task("other", total=50)
    for _ in range(50):
        progress.advance(one)
        progress.advance(other)
"""
    shown = [line for line in await lines(session, code) if line.strip()]
    assert [line.split()[0] for line in shown] == ["one", "other"]
    assert all("100%" in line for line in shown)
