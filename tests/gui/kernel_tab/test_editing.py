"""What is edited in the input, run by a real kernel."""

import asyncio

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from support.built_kernels import Built, asked_for
from support.built_windows import window_on_built
from support.dropping import drop, files
from support.window import WindowSession, in_window
from vitrail_widgets.transcript.cells import CellStatus, RichOutput

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

SESSION = """\
In [4]: def twice(n):
   ...:     return 2 * n
   ...:

In [5]: print("out")
out

In [6]: twice(21)
Out[6]: 42
"""


def press(session: WindowSession, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(session.view.input, key, held or Qt.KeyboardModifier.NoModifier)


def result(session: WindowSession) -> str:
    found = [one for one in session.cells[-1].outputs if isinstance(one, RichOutput)]
    return found[-1].bundle.text("text/plain") or ""


async def done(session: WindowSession) -> None:
    await session.until(lambda: session.cells[-1].status.is_finished)
    assert session.cells[-1].status is CellStatus.DONE


@in_window
async def test_a_pasted_session_runs_as_it_ran(session: WindowSession) -> None:
    session.view.input.setFocus()
    QGuiApplication.clipboard().setText(SESSION)
    press(session, Qt.Key.Key_V, CTRL)
    press(session, Qt.Key.Key_Return, SHIFT)
    await done(session)
    assert result(session) == "42"
    assert session.text().count("out") == 2  # the code, and what it printed: not what was pasted


@in_window
async def test_undo_brings_back_what_ran_and_it_runs_again(session: WindowSession) -> None:
    session.view.input.setFocus()
    session.type("n = 20", enter=False)
    press(session, Qt.Key.Key_Return)
    await done(session)
    session.type("[n, (n + 1", enter=False)  # the other halves come by themselves
    press(session, Qt.Key.Key_Return)
    await done(session)
    assert result(session) == "[20, 21]"
    press(session, Qt.Key.Key_Z, CTRL)
    assert session.view.input.text() == "[n, (n + 1)]"
    press(session, Qt.Key.Key_Slash, CTRL)
    press(session, Qt.Key.Key_Slash, CTRL)
    press(session, Qt.Key.Key_Return)
    await done(session)
    assert result(session) == "[20, 21]"
    assert session.cells[-1].count == 3


@in_window
async def test_undo_goes_on_while_the_kernel_computes(session: WindowSession) -> None:
    session.type("import time; time.sleep(0.2)")
    press(session, Qt.Key.Key_Z, CTRL)
    assert session.view.input.text() == "import time; time.sleep(0.2)"
    press(session, Qt.Key.Key_Escape)
    assert session.view.input.text() == ""
    await done(session)


@in_window
async def test_a_file_dropped_on_the_transcript_is_read(session: WindowSession) -> None:
    session.type("name = ", enter=False)
    assert drop(session.view.viewport(), files("/nowhere/it's here"), QPoint(5, 5))
    session.type("; name.upper()")
    await done(session)
    assert result(session) == '"/NOWHERE/IT\'S HERE"'


of_python_2 = pytest.fixture(params=["ipython-1.2.1"])(asked_for)


async def test_enter_goes_on_in_a_block_of_python_2(
    of_python_2: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    """IPython 1 cannot be asked whether code is complete."""
    del qt_loop
    async with window_on_built(of_python_2) as session:
        session.type("def f(x):", enter=False)
        press(session, Qt.Key.Key_Return)
        QTest.keyClicks(session.view.input, "return x + 1")
        assert session.view.input.text() == "def f(x):\n    return x + 1"
        press(session, Qt.Key.Key_Return)
        press(session, Qt.Key.Key_Return)
        await session.until(lambda: session.cells)
        await done(session)
