"""Reading what real kernels say: tracebacks, restarts, progress bars, late output, finding."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from support.window import WindowSession, in_window
from vitrail_widgets.console.selection import Position
from vitrail_widgets.transcript.cells import CellStatus, ErrorOutput, StreamOutput
from vitrail_widgets.transcript.mentions import CellLine, Source, mentions

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]


def click_text(session: WindowSession, entry: int, block: int, text: str) -> None:
    """Click the first place in a block where a text stands."""
    view = session.view
    lines = view.document.flow[entry].block(block)
    line = next(index for index in range(lines.line_count) if text in lines.line(index))
    start = lines.line(line).index(text)
    view.show_place(entry, block, line, start, start + len(text))
    rect = view.document.rect_of(Position(entry, block, line, start), start + len(text))
    rect.translate(view.across.text_x, view.arrangement.top)
    point = QPoint(rect.left() + round(2 * view.metrics.char_width), rect.center().y())
    session.hover(point)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def entry_of(session: WindowSession, cell_id: str) -> int:
    return session.view.document.transcript.position(cell_id)


@in_window
async def test_frames_of_a_traceback_lead_to_the_cell_and_to_the_file(
    session: WindowSession,
) -> None:
    first = await session.run("def f():\n    import json\n    return json.loads('{')")
    second = await session.run("f()")
    session.tab.presenter.flush()
    error = next(output for output in second.outputs if isinstance(output, ErrorOutput))
    lines = [line.text for line in error.text.buffer]
    spoken = [one.of for line in lines for one in mentions(line)]
    assert CellLine(1, 3) in spoken
    assert any(isinstance(of, Source) and "json" in of.path and of.line for of in spoken)
    entry = entry_of(session, second.id)
    click_text(session, entry, 1, "Cell In[1]")
    assert session.view.cells.pointed == entry_of(session, first.id)
    assert session.view.cells.flashed == (entry_of(session, first.id), 3)
    with TemporaryDirectory() as directory:
        told = Path(directory) / "told"
        code = "import os, sys; p = sys.argv[1]; open(p + '.new', 'w').write(sys.argv[2]);"
        code += "os.replace(p + '.new', p)"
        command = f"'{sys.executable}' -c \"{code}\" '{told}' {{file}}:{{line}}"
        session.settings.change("editor", "command", command)
        click_text(session, entry, 1, next(line for line in lines if "decoder.py:" in line)[5:20])
        await session.until(told.exists)
        path, _, number = told.read_text().rpartition(":")
        assert Path(path).is_file()
        assert int(number) > 0


@in_window
async def test_a_restart_dims_what_the_old_kernel_said(session: WindowSession) -> None:
    old = await session.run("x = 1; x")
    session.tab.restart()
    await session.until(lambda: "Kernel restarted" in session.text())
    await session.ready()
    assert old.is_stale
    new = await session.run("2")
    assert not new.is_stale
    again = await session.run("x")
    assert again.status is CellStatus.FAILED


@in_window
async def test_nested_progress_bars_stand_below_each_other(session: WindowSession) -> None:
    cell = await session.run(
        "from tqdm import tqdm\n"
        "for i in tqdm(range(3), desc='outer', ncols=60):\n"
        "    for j in tqdm(range(5), desc='inner', ncols=60, leave=False): pass"
    )
    session.tab.presenter.flush()
    (output,) = cell.outputs
    assert isinstance(output, StreamOutput)
    shown = [line.text for line in output.text.buffer if line.text.strip()]
    assert [line.split(":")[0] for line in shown] == ["outer"]
    assert "3/3" in shown[0]


@in_window
async def test_what_a_task_writes_after_its_cell_is_marked_late(session: WindowSession) -> None:
    with TemporaryDirectory() as directory:
        go = Path(directory) / "go"
        cell = await session.run(
            "import asyncio, os\nprint('at once')\nasync def late():\n"
            f"    while not os.path.exists({str(go)!r}): await asyncio.sleep(0.01)\n"
            "    print('afterwards')\n"
            "task = asyncio.ensure_future(late())"
        )
        assert cell.status is CellStatus.DONE
        go.touch()
        (output,) = cell.outputs
        assert isinstance(output, StreamOutput)
        await session.until(lambda: output.late_line is not None)
    assert output.late_line is not None
    assert output.text.buffer.text(output.late_line) == "afterwards"


@in_window
async def test_what_was_printed_is_found_folded_and_copied(session: WindowSession) -> None:
    view = session.view
    cell = await session.run("for i in range(3000): print('row', i)")
    await session.until(lambda: view.document.flow[entry_of(session, cell.id)].block_count > 1)
    session.tab.presenter.flush()
    QTest.keyClick(view.input, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(view.finder.bar.field, "row 1500")
    await session.until(lambda: not view.finder.is_searching)
    assert view.finder.bar.report == "1 of 1"
    QTest.keyClick(view.finder.bar.field, Qt.Key.Key_Escape)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "row 1500"
