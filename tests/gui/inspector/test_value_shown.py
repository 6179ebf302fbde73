"""What shows itself only when it is asked to: rich objects, and paths."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.inspecting import drawn, inspect, page, until_drawn, value
from support.window import WindowSession, in_window
from vitrail_widgets.inspector.value.items_body import ItemsBody
from vitrail_widgets.inspector.value.rendition_view import RenditionView
from vitrail_widgets.inspector.value.text_body import LabelledBody, PagedTextBody

pytestmark = pytest.mark.qasync

RICH = """\
class Rich:
    def __init__(self): self.times = 0
    def _repr_html_(self): self.times += 1; return f"<b>shown {self.times}</b>"
rich = Rich()"""

PATH = """\
import pathlib, tempfile
folder = tempfile.TemporaryDirectory()
note = pathlib.Path(folder.name) / "note.txt"
written = note.write_text("hello")"""


def text(session: WindowSession) -> str:
    view = page(session).findChild(RenditionView)
    if view is None or view.isHidden() or view.block is None:
        return ""
    return "\n".join(view.block.line(n) for n in range(view.block.line_count))


@in_window
async def test_a_rich_object_runs_its_code_when_it_is_asked_to_and_not_before(
    session: WindowSession,
) -> None:
    await session.run(RICH)
    inspect(session, "rich")
    await until_drawn(session, ItemsBody)
    assert page(session).show_bar.isVisible()
    assert "runs its own code" in page(session).show_bar.words.text()
    QTest.mouseClick(page(session).show_bar.button, Qt.MouseButton.LeftButton)
    await session.until(lambda: "shown 1" in text(session))
    QTest.mouseClick(page(session).show_bar.button, Qt.MouseButton.LeftButton)
    await until_drawn(session, ItemsBody)
    await session.run("print(rich.times)")
    await session.until(lambda: session.text().split()[-1] == "1")


@in_window
async def test_an_object_that_cannot_show_itself_says_so(session: WindowSession) -> None:
    await session.run(
        "class Broken:\n    _repr_html_ = 1 / 1\n    __repr__ = None\nbroken = Broken()"
    )
    inspect(session, "broken")
    await session.until(lambda: page(session).show_bar.isVisible() is True)
    QTest.mouseClick(page(session).show_bar.button, Qt.MouseButton.LeftButton)
    await session.until(lambda: "could not" in page(session).show_bar.words.text())


@in_window
async def test_a_path_is_asked_of_the_disk_on_demand(session: WindowSession) -> None:
    await session.run(PATH)
    inspect(session, "note")
    await until_drawn(session, LabelledBody)
    assert "of the disk" in page(session).show_bar.words.text()
    QTest.mouseClick(page(session).show_bar.button, Qt.MouseButton.LeftButton)
    await session.until(lambda: "a file, 5 bytes" in text(session))


@in_window
async def test_a_long_text_is_read_page_by_page(session: WindowSession) -> None:
    await session.run("text = 'a' * 20_000 + 'b' * 10; raw = bytes(range(256))")
    inspect(session, "text")
    body = await until_drawn(session, PagedTextBody)
    assert body.bar.words.text().startswith("1 – 20\u202f000 of 20\u202f010")
    QTest.mouseClick(body.bar.on, Qt.MouseButton.LeftButton)
    await session.until(lambda: body.text.toPlainText() == "b" * 10)
    assert not body.bar.on.isEnabled()
    inspect(session, "raw")
    await session.until(lambda: page(session).type.text() == "bytes")
    shown = drawn(session, PagedTextBody).text.toPlainText()
    assert shown.startswith("00000000  00 01 02 03")


@in_window
async def test_a_list_of_numbers_is_drawn_above_its_items(session: WindowSession) -> None:
    await session.run("heights = [3, 1.5, 2]")
    inspect(session, "heights")
    body = await until_drawn(session, ItemsBody)
    assert body.curve is not None
    assert body.curve.isVisible()
    await session.run("heights = ['tall']")
    await session.until(lambda: ("of", "str") in value(session).facts)
    assert body.curve.isHidden()
