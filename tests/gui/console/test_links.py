"""Links, files and cells that output speaks of, followed by the mouse."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.transcript.cells import CellStatus

Point = Callable[[int, int, float], tuple[int, int]]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pages(console: Console) -> list[str]:
    found: list[str] = []
    console.view.links.page_activated.connect(found.append)
    return found


@pytest.fixture
def sources(console: Console) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    console.view.links.source_activated.connect(lambda path, line: found.append((path, line)))
    return found


def click(console: Console, qtbot: QtBot, place: tuple[int, int], row: int = 0) -> None:
    point = QPoint(*place) + QPoint(0, row * console.view.metrics.line_height)
    qtbot.mouseMove(console.view.viewport(), point)
    qtbot.mouseClick(console.view.viewport(), LEFT, pos=point)


def test_an_address_in_plain_output_is_followed_and_underlined_below_the_pointer(
    console: Console, qtbot: QtBot, at_text: Point, pages: list[str]
) -> None:
    console.cell("a")
    console.stream("a", "see https://a.example/x, or not\n")
    viewport = console.view.viewport()
    before = viewport.grab().toImage()
    qtbot.mouseMove(viewport, QPoint(*at_text(0, 1, 8)))
    assert viewport.toolTip() == "https://a.example/x"
    assert viewport.cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert viewport.grab().toImage() != before
    click(console, qtbot, at_text(0, 1, 8))
    assert pages == ["https://a.example/x"]
    qtbot.mouseMove(viewport, QPoint(*at_text(0, 1, 26)))
    assert viewport.toolTip() == ""
    assert console.view.links.hovered is None


def test_a_link_that_says_one_thing_and_leads_elsewhere_shows_where(
    console: Console, qtbot: QtBot, at_text: Point, pages: list[str]
) -> None:
    console.cell("a")
    console.stream("a", "\x1b]8;;https://evil.example\x07https://good.example\x1b]8;;\x07\n")
    click(console, qtbot, at_text(0, 1, 5))
    assert console.view.viewport().toolTip() == "https://evil.example"
    assert pages == ["https://evil.example"]


@pytest.mark.parametrize(
    "text",
    [
        "\x1b]8;;file:///etc/passwd\x07https://good.example\x1b]8;;\x07",
        "\x1b]8;;javascript:alert(1)\x07click here please\x1b]8;;\x07",
        "ftp://a.example/file",
        "https:///nowhere",
    ],
)
def test_nothing_but_pages_and_addresses_is_followed(
    console: Console, qtbot: QtBot, at_text: Point, pages: list[str], text: str
) -> None:
    console.cell("a")
    console.stream("a", f"{text}\n")
    click(console, qtbot, at_text(0, 1, 5))
    assert pages == []
    assert console.view.viewport().toolTip() == ""


def test_a_frame_of_a_traceback_leads_to_the_file_and_its_line(
    console: Console, qtbot: QtBot, at_text: Point, sources: list[tuple[str, int]]
) -> None:
    console.cell("a", "f()")
    frames = [
        "Traceback",
        "\x1b[32mFile ~/x.py:12\x1b[0m, in f()",
        '  File "/t/y.py", line 3, in g',
    ]
    console.apply(console.transcript.append_error("a", "E", "no", frames))
    click(console, qtbot, at_text(0, 1, 8), row=1)
    assert console.view.viewport().toolTip() == "~/x.py, line 12"
    click(console, qtbot, at_text(0, 1, 8), row=2)
    assert sources == [("~/x.py", 12), ("/t/y.py", 3)]


def test_a_frame_of_a_cell_shows_that_cell_and_lights_up_its_line(
    console: Console, qtbot: QtBot, at_text: Point
) -> None:
    console.cell("a", "def f():\n    return 1 / 0")
    console.apply(console.transcript.set_count("a", 3))
    console.stream("a", "line\n" * 200)
    console.cell("b", "f()")
    console.apply(console.transcript.set_count("b", 4))
    console.apply(console.transcript.append_error("b", "E", "no", ["Cell In[3], line 2, in f()"]))
    click(console, qtbot, at_text(1, 1, 4))
    view = console.view
    assert view.cells.pointed == 0
    assert view.cells.flashed == (0, 2)
    assert 0 <= view.viewport_y("a") < view.viewport().height()
    qtbot.waitUntil(lambda: view.cells.flashed is None)


def test_of_cells_with_the_same_number_the_last_one_before_is_meant(
    console: Console, qtbot: QtBot, at_text: Point
) -> None:
    for name in "abc":
        console.cell(name, "1 / 0")
        console.apply(console.transcript.set_count(name, 7))
    console.apply(console.transcript.append_error("b", "E", "no", ["Cell In[7], line 1"]))
    click(console, qtbot, at_text(1, 1, 4))
    assert console.view.cells.pointed == 1


def test_a_cell_that_is_not_here_is_said(console: Console, qtbot: QtBot, at_text: Point) -> None:
    console.cell("a", "x")
    console.finish("a", CellStatus.FAILED)
    console.apply(console.transcript.append_error("a", "E", "no", ["Cell In[99], line 1"]))
    with qtbot.waitSignal(console.view.links.told) as caught:
        click(console, qtbot, at_text(0, 1, 4))
    assert caught.args == ["In [99] is not in this console."]


def test_code_does_not_speak_of_files_but_of_pages(
    console: Console, qtbot: QtBot, at_text: Point, pages: list[str], sources: list[object]
) -> None:
    console.cell("a", "x.py:12: https://a.example")
    click(console, qtbot, at_text(0, 0, 2))
    click(console, qtbot, at_text(0, 0, 14))
    assert (sources, pages) == ([], ["https://a.example"])


def test_the_menu_of_a_link_follows_it_and_copies_where_it_leads(
    console: Console, at_text: Point, pages: list[str]
) -> None:
    console.cell("a")
    console.stream("a", "\x1b]8;;https://there.example\x07says\x1b]8;;\x07 nothing\n")
    menu = console.view.menu_at(QPoint(*at_text(0, 1, 2)))
    offered = {action.text(): action for action in menu.actions()}
    offered["Copy where the link leads"].trigger()
    assert QGuiApplication.clipboard().text() == "https://there.example"
    offered["Follow the link"].trigger()
    assert pages == ["https://there.example"]
    elsewhere = console.view.menu_at(QPoint(*at_text(0, 1, 9)))
    assert "Follow the link" not in {action.text() for action in elsewhere.actions()}
    for made in (menu, elsewhere):
        made.close()
