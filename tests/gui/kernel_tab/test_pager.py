"""Help and other pages are read in a pane beside the console."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from support.built_kernels import Built, asked_for
from support.fake_kernel import Script, Turn
from support.fake_windows import window_on_fake
from support.window import WindowSession, in_window, window_on
from vitrail_widgets.pager.pane import PagerPane
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.transcript.cells import CellStatus

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton

kernel = pytest.mark.kernel
pytestmark = pytest.mark.qasync


def script_payload(**payload: Any) -> Script:
    """Make a script that asks something of the frontend."""

    def run(turn: Turn) -> Any:
        turn.outcome["payload"] = [payload]
        yield

    return run


def script_page(start: int = 0, **data: str) -> Script:
    bundle = {name.replace("_", "/"): text for name, text in data.items()}
    return script_payload(source="page", data=bundle, start=start)


def pane_of(session: WindowSession) -> PagerPane:
    return session.tab.pager.pane


async def shown(session: WindowSession, code: str) -> PagerPane:
    session.type(code)
    await session.until(pane_of(session).isVisible)
    await session.until(lambda: pane_of(session).text.is_filled)
    await session.until(lambda: pane_of(session).text.viewport().height() > 60)  # it is laid out
    return pane_of(session)


@kernel
@in_window
async def test_help_is_read_in_the_pager_and_left_by_q(session: WindowSession) -> None:
    pane = await shown(session, "len?")
    assert "Return the number of items" in pane.text.toPlainText()
    assert "\x1b" not in pane.text.toPlainText()
    assert pane.title == "len?"
    assert pane.text.hasFocus()
    assert "Return the number of items" not in session.text()
    QTest.keyClick(pane.text, Key.Key_Q)
    assert pane.isHidden()
    assert session.view.input.hasFocus()
    assert (await session.run("1")).status is CellStatus.DONE


@kernel
@in_window
async def test_a_page_is_scrolled_and_searched_by_keys(session: WindowSession) -> None:
    await session.run("from IPython.core.page import page")
    pane = await shown(session, "page('\\n'.join(f'line {n}' for n in range(500)))")
    bar = pane.text.verticalScrollBar()
    await session.until(lambda: bar.maximum() > 60)
    QTest.keyClick(pane.text, Key.Key_Space)
    assert bar.value() > 0
    QTest.keyClick(pane.text, Key.Key_Backspace)
    assert bar.value() == 0
    QTest.keyClick(pane.text, Key.Key_J)
    assert 0 < bar.value() < 60
    QTest.keyClick(pane.text, Key.Key_G, SHIFT)
    assert bar.value() == bar.maximum()
    QTest.keyClick(pane.text, Key.Key_G)
    assert bar.value() == 0
    QTest.keyClick(pane.text, Key.Key_Slash)
    assert pane.search.field.hasFocus()
    QTest.keyClicks(pane.search.field, "LINE 49")
    assert pane.search.report == "Not found"
    QTest.keyClick(pane.search.field, Key.Key_Return)
    assert pane.search.field.hasFocus()
    pane.search.field.clear()
    QTest.keyClicks(pane.search.field, "line 49")
    assert pane.search.report == "1 of 11"
    QTest.keyClick(pane.search.field, Key.Key_F3)
    assert pane.search.report == "2 of 11"
    grounds = [mark.format.background().color() for mark in pane.text.extraSelections()]
    assert [at for at, ground in enumerate(grounds) if ground != grounds[0]] == [1]
    QTest.keyClick(pane.search.field, Key.Key_Return)
    assert pane.text.hasFocus()
    assert bar.value() > 0
    QTest.keyClick(pane.text, Key.Key_N)
    assert pane.search.report == "3 of 11"
    QTest.keyClick(pane.text, Key.Key_F3, SHIFT)
    assert pane.search.report == "2 of 11"
    QTest.keyClick(pane.text, Key.Key_Slash)
    QTest.keyClick(pane.search.field, Key.Key_Escape)
    assert pane.text.hasFocus()
    assert pane.text.textCursor().selectedText() == "line 49"
    QTest.keyClick(pane.text, Key.Key_N, SHIFT)
    assert pane.search.report == "1 of 11"
    QTest.keyClick(pane.text, Key.Key_N, SHIFT)
    assert pane.search.report == "11 of 11"
    QTest.keyClick(pane.text, Key.Key_F, CTRL)
    assert pane.search.field.hasFocus()
    QTest.keyClick(pane.search.field, Key.Key_Escape)
    QTest.keyClick(pane.text, Key.Key_Escape)
    assert pane.isHidden()


@kernel
@in_window
async def test_one_goes_to_and_fro_between_pager_and_input(session: WindowSession) -> None:
    pane = await shown(session, "len?")
    QTest.keyClick(pane.text, Key.Key_F6)
    assert pane.isVisible()
    assert session.view.input.hasFocus()
    QTest.keyClick(session.view.input, Key.Key_F6)
    assert pane.text.hasFocus()
    pane._close.click()
    assert session.view.input.hasFocus()


async def test_html_is_shown_and_nothing_of_it_runs_or_loads(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    picture = tmp_path / "seen.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(picture))
    html = (
        "<h1>Title</h1><script>alert(1)</script><p onclick='x()'>"
        f"<b>bold</b> <img src='{picture.as_uri()}'> <a href='file:///etc/passwd'>file</a>"
        " <a href='https://example.org/page'>page</a></p>"
    )
    scripts = {"help": script_page(text_plain="as text", text_html=html)}
    async with window_on_fake(scripts) as session:
        pane = await shown(session, "help")
        text = pane.text.toPlainText()
        assert text.startswith("Title")
        assert "alert" not in text
        assert "as text" not in text
        seen = pane.text.grab().toImage()
        red = {
            seen.pixelColor(x, y) == QColor("#ff0000")
            for x in range(0, seen.width(), 3)
            for y in range(0, seen.height(), 3)
        }
        assert red == {False}
        followed: list[str] = []
        pane.link_activated.disconnect()
        pane.link_activated.connect(followed.append)
        click_word(pane, "file")
        click_word(pane, "page")
        assert followed == ["https://example.org/page"]


def click_word(pane: PagerPane, word: str) -> None:
    found = pane.text.document().find(word)
    box = pane.text.cursorRect(found)
    at = QPoint(box.left() - 4, box.center().y())
    QTest.mouseClick(pane.text.viewport(), LEFT, pos=at)


async def test_colours_are_those_of_the_theme(qt_loop: asyncio.AbstractEventLoop) -> None:
    page = script_page(text_plain="\x1b[31mred\x1b[0m \x1b[1mbold\x1b[0m")
    async with window_on_fake({"p": page}) as session:
        pane = await shown(session, "p")
        assert pane.text.toPlainText() == "red bold"
        cursor = pane.text.document().find("red")
        drawn = cursor.charFormat().foreground().color()
        assert drawn.red() > drawn.blue()
        for theme in ("dark", "light", "contrast"):
            session.settings.change("appearance", "theme", theme)
            paper = pane.text.viewport().grab().toImage().pixelColor(1, 1)
            assert paper == Theme.load(theme).bg


async def test_what_is_typed_ahead_keeps_the_focus(qt_loop: asyncio.AbstractEventLoop) -> None:
    def asks_late(turn: Turn) -> Any:
        turn.outcome["payload"] = [{"source": "page", "data": {"text/plain": "late"}, "start": 0}]
        while turn.kernel.received("is_complete_request") == [] and not turn.interrupted:
            if gate:
                return
            yield

    gate: list[int] = []
    async with window_on_fake({"p": asks_late}) as session:
        session.type("p")
        session.type("half a li", enter=False)
        gate.append(1)
        await session.until(pane_of(session).isVisible)
        assert session.view.input.hasFocus()
        QTest.keyClicks(session.view.input, "ne")
        assert session.view.input.text() == "half a line"


async def test_a_page_begins_at_its_line_and_may_stand_elsewhere(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    text = "\n".join(f"row {n}" for n in range(300))
    async with window_on_fake({"p": script_page(200, text_plain=text)}) as session:
        pane = await shown(session, "p")
        assert top_row(pane) == "row 200"
        store = session.settings
        store.change("pager", "place", "right")
        assert session.tab.pager.orientation() is Qt.Orientation.Horizontal
        pane.close_pager()
        store.change("pager", "place", "transcript")
        await session.run("p")
        assert "row 299" in session.text()
        assert pane.isHidden()


def top_row(pane: PagerPane) -> str:
    return pane.text.cursorForPosition(QPoint(20, 4)).block().text()


async def test_a_long_page_begins_at_its_line_too_once_that_is_there(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    text = "\n".join(f"row {n}" for n in range(20_000))
    async with window_on_fake({"p": script_page(15_000, text_plain=text)}) as session:
        pane = await shown(session, "p")
        assert top_row(pane) == "row 15000"


async def test_a_reader_who_has_gone_on_is_not_brought_to_the_line(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    text = "\n".join(f"row {n}" for n in range(20_000))
    async with window_on_fake({"p": script_page(15_000, text_plain=text)}) as session:
        session.type("p")
        await session.until(pane_of(session).isVisible)
        bar = pane_of(session).text.verticalScrollBar()
        await session.until(lambda: bar.maximum() > 60)
        bar.setValue(40)
        await session.until(lambda: pane_of(session).text.is_filled)
        assert bar.value() == 40


async def test_a_long_page_comes_in_slices(qt_loop: asyncio.AbstractEventLoop) -> None:
    text = "\n".join(f"\x1b[32mrow\x1b[0m {n}" for n in range(20_000))
    async with window_on_fake({"p": script_page(text_plain=text)}) as session:
        session.type("p")
        await session.until(pane_of(session).isVisible)
        assert not pane_of(session).text.is_filled
        await session.until(lambda: pane_of(session).text.is_filled)
        assert pane_of(session).text.document().blockCount() == 20_000


async def test_a_file_to_edit_is_opened_at_its_line(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    file, seen = tmp_path / "module.py", tmp_path / "seen"
    file.write_text("pass\n")
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\necho "$1" > {seen}\n')
    script.chmod(0o755)
    asks = script_payload(source="edit_magic", filename=str(file), line_number=3)
    async with window_on_fake({"%edit": asks}) as session:
        store = session.settings
        store.change("editor", "command", f"{script} {{file}}:{{line}}")
        await session.run("%edit")
        await session.until(lambda: seen.exists() and seen.read_text())
        assert seen.read_text() == f"{file}:3\n"
        store.change("editor", "command", "no-such-editor-anywhere {file}")
        await session.run("%edit")
        assert f"The file to edit is {file}." in session.text()


async def test_the_next_input_is_appended_or_replaces(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    scripts = {
        "append": script_payload(source="set_next_input", text="new", replace=False),
        "replace": script_payload(source="set_next_input", text="loaded", replace=True),
    }
    async with window_on_fake(scripts) as session:
        await session.run("append")
        assert session.view.input.text() == "new"
        session.view.input.set_text("typed")
        session.tab.presenter.submit("append")
        await session.until(lambda: session.view.input.text() == "typed\nnew")
        session.tab.presenter.submit("replace")
        await session.until(lambda: session.view.input.text() == "loaded")
        QTest.keyClick(session.view.input, Key.Key_Z, CTRL)
        assert session.view.input.text() == "typed\nnew"


@kernel
@in_window
async def test_the_pager_shows_where_a_kernel_listens(session: WindowSession) -> None:
    session.window.actions_by_id["kernel.show_connection"].trigger()
    pane = pane_of(session)
    assert session.tab.live is not None
    connection = session.tab.live.client.connection
    text = pane.text.toPlainText()
    assert "transport" in text
    assert connection.key
    assert connection.key.decode() not in text


of_2013 = pytest.fixture(params=["ipython-1.2.1"])(asked_for)


@kernel
async def test_pages_of_2013_are_read_in_the_pager_too(
    of_2013: Built, qt_loop: asyncio.AbstractEventLoop
) -> None:
    async with window_on(of_2013.connection) as session:
        await session.ready()
        pane = await shown(session, "len?")
        assert "Return the number of items" in pane.text.toPlainText()
        assert pane.title == "len?"
