"""Completion and call tips in a window, on a kernel that answers oddly, late or never."""

import asyncio
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from support.fake_kernel import FakeKernel, Manners, script_flood, script_sleep
from support.window import WindowSession, window_on

pytestmark = pytest.mark.qasync

Key = Qt.Key
INFO: dict[str, Any] = {
    "status": "ok",
    "protocol_version": "5.3",
    "implementation": "toy",
    "implementation_version": "1.0",
    "language_info": {"name": "r", "version": "1"},
    "banner": "",
    "supported_features": ["kernel subshells"],
}
INSPECTED: dict[str, Any] = {
    "status": "ok",
    "found": True,
    "data": {"text/plain": "mean(x, trim = 0)\n\nThe mean of what there is."},
    "metadata": {},
}


def completions(*matches: str, start: int, end: int) -> dict[str, Any]:
    return {
        "status": "ok",
        "matches": list(matches),
        "cursor_start": start,
        "cursor_end": end,
        "metadata": {},
    }


def manners(mute: frozenset[str] = frozenset(), **replies: dict[str, Any]) -> Manners:
    return Manners(replies={"kernel_info_request": INFO, **replies}, mute=mute)


def offered(session: WindowSession) -> list[str]:
    popup = session.view.completer.popup
    return [popup._rows.item(row).text for row in range(popup.count)] if popup.isVisible() else []


async def test_a_name_is_taken_by_key_and_by_mouse(qt_loop: asyncio.AbstractEventLoop) -> None:
    with FakeKernel(
        manners=manners(complete_request=completions("mean", "median", start=0, end=2))
    ) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            session.type("me", enter=False)
            await session.until(lambda: offered(session) == ["mean", "median"])
            QTest.keyClick(session.view.input, Key.Key_Down)
            QTest.keyClick(session.view.input, Key.Key_Return)
            assert session.view.input.text() == "median"
            session.view.input.set_text("")
            session.type("me", enter=False)
            await session.until(lambda: bool(offered(session)))
            popup = session.view.completer.popup
            row = QPoint(40, popup._painter.row_height // 2)
            QTest.mouseClick(popup._list.viewport(), Qt.MouseButton.LeftButton, pos=row)
            assert session.view.input.text() == "mean"


async def test_what_is_replaced_is_what_the_reply_says(qt_loop: asyncio.AbstractEventLoop) -> None:
    """Code points, behind an emoji, and reaching over what stands behind the cursor."""
    reply = completions("meanwhile", "meander", start=4, end=7)
    with FakeKernel(manners=manners(complete_request=reply)) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            editor = session.view.input
            editor.set_text("👩+👩+mXX+1")
            cursor = editor.textCursor()
            cursor.setPosition(7)  # UTF-16: two emojis count double; behind the m
            editor.setTextCursor(cursor)
            QTest.keyClick(editor, Key.Key_Tab)
            await session.until(lambda: offered(session) == ["meanwhile", "meander"])
            QTest.keyClick(editor, Key.Key_Return)
            assert editor.text() == "👩+👩+meanwhile+1"


async def test_an_answer_that_the_code_has_outrun_is_dropped(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    reply = completions("mean", "median", start=0, end=2)
    with FakeKernel(manners=manners(complete_request=reply)) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            kernel.stall(0.2)
            session.type("me", enter=False)
            await session.until(lambda: session.view.completer.asking.question is not None)
            session.view.input.set_text("other")
            await session.until(lambda: bool(kernel.received("complete_request")))
            await session.run("1")
            assert offered(session) == []


async def test_words_of_the_transcript_are_offered_by_a_kernel_that_is_deaf(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    mute = frozenset({"complete_request"})
    with FakeKernel({"go": script_flood(1), "wait": script_sleep}, manners(mute)) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            await session.run("catamaran <- catalogue")
            session.type("wait")
            session.type("cata", enter=False)
            await session.until(lambda: offered(session) == ["catamaran", "catalogue"])
            QTest.keyClick(session.view.input, Key.Key_Tab)
            assert session.view.input.text() == "catamaran"
            session.tab.interrupt()
            await session.until(lambda: session.cells[-1].status.is_finished)


async def test_questions_to_a_slow_completer_do_not_pile_up(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    mute = frozenset({"complete_request"})
    with FakeKernel(manners=manners(mute)) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            for word in ("al", "be", "ga", "de"):
                session.view.input.set_text("")
                session.type(word, enter=False)
                await session.until(lambda: session.view.completer.asking.question is not None)
            await session.until(lambda: bool(kernel.received("complete_request")))
            assert len(kernel.received("complete_request")) == 1


async def test_another_languages_tip_comes_from_its_inspection(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel(manners=manners(inspect_request=INSPECTED)) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            session.type("mean(x, ", enter=False)
            label = session.view.call_tips.label
            await session.until(label.isVisible)
            assert label.text.startswith("mean(x, trim=0)")
            assert label.pointed_out == "trim=0"
            assert not kernel.received("execute_request")[1:]  # the first one asks for the number


async def test_a_python_without_a_probe_is_never_inspected(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    """It would evaluate an object's repr."""
    info = INFO | {"language_info": {"name": "python", "version": "3.12.0"}}
    with FakeKernel(manners=manners(kernel_info_request=info, inspect_request=INSPECTED)) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            session.type("mean(x, ", enter=False)
            await session.until(lambda: bool(kernel.received("complete_request")))
            session.view.completer.beside._ask()
            await session.run("1")
            assert session.tab.presenter.probe is not None
            assert not session.tab.presenter.probe.is_there
            assert kernel.received("inspect_request") == []
