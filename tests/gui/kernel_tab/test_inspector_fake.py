"""The inspector on a kernel that answers oddly, late or never."""

import asyncio
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.fake_kernel import FakeKernel, Manners
from support.inspecting import dock
from support.window import WindowSession, window_on
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail_widgets.inspector.help.page import HelpPage

pytestmark = pytest.mark.qasync

MARKDOWN = "# mean\n\nThe **mean** of what there is.\n\n<script>alert(1)</script>"


def inspected(**data: Any) -> dict[str, Any]:
    data = {name.replace("_", "/"): value for name, value in data.items()}
    return {"status": "ok", "found": bool(data), "data": data, "metadata": {}}


def inspect(session: WindowSession, name: str) -> InspectorDock:
    session.view.input.set_text(name)
    QTest.keyClick(session.view.input, Qt.Key.Key_F1)
    session.view.input.set_text("")
    return dock(session)


def text(dock: InspectorDock) -> str:
    page = dock.pane.page(0)
    return page.toPlainText() if isinstance(page, HelpPage) and page.is_written else ""


async def test_a_page_of_markdown_is_set(qt_loop: asyncio.AbstractEventLoop) -> None:
    reply = inspected(text_markdown=MARKDOWN, text_plain="plain")
    with FakeKernel(manners=Manners(replies={"inspect_request": reply})) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            dock = inspect(session, "mean")
            await session.until(lambda: "The mean of what there is." in text(dock))
            assert "plain" not in text(dock)
            dock.pane.tabs.setCurrentIndex(1)
            await session.until(lambda: "do not tell their sources" in dock.pane.empty.text())


@pytest.mark.parametrize("data", [{}, {"text_plain": 7}, {"text_html": ["<b>", "bold</b>"]}])
async def test_odd_answers_do_no_harm(
    qt_loop: asyncio.AbstractEventLoop, data: dict[str, Any]
) -> None:
    manners = Manners(replies={"inspect_request": inspected(**data)})
    with FakeKernel(manners=manners) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            dock = inspect(session, "mean")
            said = "The kernel says nothing of mean."
            shown = ("bold", "7") if data else ()
            await session.until(
                lambda: dock.pane.empty.text() == said or any(each in text(dock) for each in shown)
            )


async def test_a_kernel_that_never_answers_is_said_to_be_silent(
    qt_loop: asyncio.AbstractEventLoop,
) -> None:
    with FakeKernel(manners=Manners(deaf=frozenset({"inspect_request"}))) as kernel:
        async with window_on(kernel.connection) as session:
            await session.ready()
            dock = inspect(session, "mean")
            await session.until(lambda: dock.pane.empty.text() == "The kernel cannot tell now.")
            assert dock.pane.header.field.text() == "mean"
