"""`input()` is answered in its cell, on kernels of today, of 2013 and of another make."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox

from support.answering import asked, finished
from support.built_kernels import TODAYS, Built, asked_for
from support.window import WindowSession, in_window, window_on
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = [pytest.mark.kernel, pytest.mark.qasync]

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ASK = "try: ask = raw_input\nexcept NameError: ask = input"


KERNELS = (TODAYS, "ipython-1.2.1", "xeus-python-0.19.0")

kernel = pytest.fixture(scope="module", params=KERNELS)(asked_for)


def box_of(session: WindowSession) -> QMessageBox:
    (box,) = session.window.findChildren(QMessageBox)
    return box


def paste(line: QLineEdit, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(line, Key.Key_V, CTRL)


async def test_questions_are_answered_interrupted_and_ended(
    kernel: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run(ASK)
        session.type("name = ask('who? ')")
        line = await asked(session, "who?")
        QTest.keyClicks(line, "Ada")
        QTest.keyClick(line, Key.Key_Return)
        assert (await finished(session)).status is CellStatus.DONE
        await session.run("print(name * 2)")
        assert "who? Ada" in session.text()
        assert "AdaAda" in session.text()
        session.type("ask('end? ')")
        line = await asked(session, "end?")
        QTest.keyClick(line, Key.Key_D, CTRL)
        await finished(session)
        if kernel.name == TODAYS:  # the others give the character to the code, as qtconsole's did
            assert "EOFError" in session.text()


@in_window
async def test_ctrl_c_in_the_field_interrupts_the_cell(session: WindowSession) -> None:
    session.type("input('stop? ')")
    line = await asked(session, "stop?")
    QTest.keyClicks(line, "half an ans")
    QTest.keyClick(line, Key.Key_C, CTRL)
    assert (await finished(session)).status is CellStatus.FAILED
    assert "KeyboardInterrupt" in session.text()
    assert session.view.requests.field is None
    assert (await session.run("1")).status is CellStatus.DONE


@in_window
async def test_what_a_thread_prints_while_one_answers_disturbs_nothing(
    session: WindowSession,
) -> None:
    session.type(
        "import threading, time\n"
        "def chat():\n    for n in range(30): print('tick', n); time.sleep(0.01)\n"
        "thread = threading.Thread(target=chat); thread.start()\n"
        "answer = input('who? '); thread.join()"
    )
    line = await asked(session, "who?")
    QTest.keyClicks(line, "Ad")
    cell = session.cells[-1]
    await session.until(lambda: "tick 29" in session.text())
    assert line.text() == "Ad"
    assert line.hasFocus() or session.view.requests.take_focus()
    field = session.view.requests.field
    assert field is not None
    layout = session.view.document.cell_layout(cell.id)
    assert layout is not None
    assert field.geometry().bottom() <= session.view.viewport_y(cell.id) + layout.height
    QTest.keyClicks(line, "a")
    QTest.keyClick(line, Key.Key_Return)
    await finished(session)
    await session.run("answer")
    assert "'Ada'" in session.text()


@in_window
async def test_pasted_lines_answer_one_question_after_the_other(session: WindowSession) -> None:
    session.type("answers = [input(f'{n}? ') for n in range(4)]")
    line = await asked(session, "0?")
    paste(line, "zero\r\none\ntwo")
    line = await asked(session, "2?")
    assert line.text() == "two"
    QTest.keyClick(line, Key.Key_Return)
    line = await asked(session, "3?")
    assert line.text() == ""
    QTest.keyClick(line, Key.Key_Return)
    await finished(session)
    await session.run("answers")
    assert "['zero', 'one', 'two', '']" in session.text()


@in_window
async def test_what_is_left_of_a_paste_goes_into_no_password_and_no_other_cell(
    session: WindowSession,
) -> None:
    session.type("from getpass import getpass\nname = input('name? '); key = getpass('key? ')")
    line = await asked(session, "name?")
    paste(line, "Ada\nsecret line\nmore")
    line = await asked(session, "key?")
    assert line.text() == ""
    assert line.echoMode() is QLineEdit.EchoMode.Password
    paste(line, "hunter2\n")
    assert line.text() == "hunter2"
    QTest.keyClick(line, Key.Key_Return)
    await finished(session)
    session.type("input('next? ')")
    line = await asked(session, "next?")
    assert line.text() == ""
    QTest.keyClick(line, Key.Key_Up)
    assert line.text() == "Ada"
    QTest.keyClick(line, Key.Key_Up)
    assert line.text() == "Ada"
    QTest.keyClick(line, Key.Key_Return)
    await finished(session)
    assert "hunter2" not in session.text()
    assert "secret" not in session.text()


@in_window
async def test_ctrl_d_in_an_empty_input_asks_and_ends_the_session(session: WindowSession) -> None:
    area = session.view.input
    await session.run("1")
    session.type("ab", enter=False)
    QTest.keyClick(area, Key.Key_Home)
    QTest.keyClick(area, Key.Key_D, CTRL)
    assert area.text() == "b"
    QTest.keyClick(area, Key.Key_D, CTRL)
    assert area.text() == ""
    assert session.window.findChildren(QMessageBox) == []
    QTest.keyClick(area, Key.Key_D, CTRL)
    QTest.keyClick(box_of(session), Key.Key_Escape)
    await session.until(lambda: session.window.findChildren(QMessageBox) == [])
    assert session.window.isVisible()
    QTest.keyClick(area, Key.Key_D, CTRL)
    box = box_of(session)
    assert {each.text() for each in box.buttons()} == {"Shut down", "Keep running", "Cancel"}
    QTest.keyClick(box.defaultButton(), Key.Key_Return)
    await session.until(lambda: not session.window.isVisible())
    assert not session.tab.keeps_kernel
