"""The inspector and its help, on real kernels."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from support.built_kernels import Built, asked_for
from support.inspecting import dock, look_up, turn_to
from support.window import WindowSession, in_window, window_on
from vitrail_widgets.inspector.help.page import HelpPage
from vitrail_widgets.inspector.source.page import SourcePage
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = pytest.mark.qasync

OLDEST, OLD, OTHER = "ipython-0.13.2", "ipython-1.2.1", "bash"


kernel = pytest.fixture(asked_for)


def has_probe(session: WindowSession) -> bool:
    probe = session.tab.presenter.probe
    return probe is not None and probe.is_there


def page(session: WindowSession) -> HelpPage:
    found = dock(session).pane.page(0)
    assert isinstance(found, HelpPage)
    return found


def text(session: WindowSession) -> str:
    return page(session).toPlainText() if page(session).is_written else ""


def click(shown: HelpPage, words: str) -> None:
    place = shown.cursorRect(shown.document().find(words)).center() - QPoint(4, 0)
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)


def empty(session: WindowSession) -> str:
    label = dock(session).pane.empty
    return label.text() if label.isVisible() else ""


@in_window
async def test_a_key_shows_help_about_the_name_at_the_caret(session: WindowSession) -> None:
    await session.run('def area(width, height: int = 2) -> int:\n    "Tell the area."\n')
    look_up(session, "area")
    await session.until(lambda: "Tell the area." in text(session))
    assert dock(session).pane.header.field.text() == "area"
    assert "height" in text(session)
    assert dock(session).pane.foot.text() == "as of In [1]"


@in_window
async def test_links_back_and_forward_lead_from_object_to_object(session: WindowSession) -> None:
    await session.run('class Point:\n    "A point."\np = Point()')
    look_up(session, "p")
    await session.until(lambda: "A point." in text(session))
    header = dock(session).pane.header
    click(page(session), "Point")
    await session.until(lambda: text(session).startswith("Point  class"))
    QTest.mouseClick(header.back, Qt.MouseButton.LeftButton)
    await session.until(lambda: text(session).startswith("p  instance"))
    QTest.mouseClick(header.forward, Qt.MouseButton.LeftButton)
    await session.until(lambda: text(session).startswith("Point  class"))


@in_window
async def test_it_tells_while_a_cell_runs(session: WindowSession) -> None:
    await session.run("apple = 1")
    await session.until(lambda: has_probe(session))
    session.type("import time\nwhile not globals().get('done'): time.sleep(0.01)")
    await session.until(lambda: session.cells[-1].status is CellStatus.RUNNING)
    look_up(session, "apple")
    await session.until(lambda: "int" in text(session))
    assert session.cells[-1].status is CellStatus.RUNNING
    session.tab.interrupt()
    await session.until(lambda: session.cells[-1].status.is_finished)


@in_window
async def test_an_object_of_another_value_is_shown_after_the_cell(session: WindowSession) -> None:
    await session.run("apple = 1")
    look_up(session, "apple")
    await session.until(lambda: "Holds" in text(session))
    await session.run("apple = 'fruit'")
    await session.until(lambda: "'fruit'" in text(session))
    await session.run("del apple")
    await session.until(lambda: empty(session) == "The kernel knows no apple.")


@in_window
async def test_the_users_repr_does_not_run(session: WindowSession) -> None:
    await session.run("ran = []\nclass Loud:\n    def __repr__(self): ran.append(1); return ''\n")
    await session.run("loud = Loud()")
    look_up(session, "loud")
    await session.until(lambda: "Loud" in text(session))
    await session.run("print(ran)")
    assert "[]" in session.text()


@in_window
async def test_each_tab_has_its_own_way(session: WindowSession) -> None:
    await session.run("apple = 1")
    look_up(session, "apple")
    await session.until(lambda: "int" in text(session))
    session.window.actions_by_id["tab.new"].trigger()
    await session.ready()
    assert dock(session).pane.header.field.text() == ""
    look_up(session, "apple")
    await session.until(lambda: empty(session) == "The kernel knows no apple.")
    session.window.actions_by_id["tab.previous"].trigger()
    await session.until(lambda: empty(session) == "" and "int" in text(session))


@pytest.mark.parametrize("kernel", [OLD], indirect=True)
async def test_an_old_kernel_tells_of_its_objects(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run("def area(width, height=2):\n    'Tell the area.'\n")
        look_up(session, "area")
        await session.until(lambda: "Tell the area." in text(session))


@pytest.mark.parametrize("kernel", [OTHER], indirect=True)
async def test_a_kernel_of_another_language_is_asked_in_its_own_way(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        look_up(session, "ls")
        await session.until(lambda: empty(session) == "The kernel says nothing of ls.")


def source(session: WindowSession) -> SourcePage:
    found = dock(session).pane.page(1)
    assert isinstance(found, SourcePage)
    return found


@in_window
async def test_the_source_of_what_a_cell_defines_leads_to_the_cell(session: WindowSession) -> None:
    await session.run("1")
    await session.run("# so\ndef area(width):\n    return width\n")
    look_up(session, "area")
    turn_to(session, "Source")
    await session.until(lambda: source(session).place.text() == "In [2], line 2")
    assert source(session).code.toPlainText() == "def area(width):\n    return width"
    assert source(session).code.first_line == 2
    QTest.mouseClick(source(session).open, Qt.MouseButton.LeftButton)
    assert session.view.cells.flashed == (2, 2)  # the banner is the first entry


@in_window
async def test_why_there_is_no_source_is_said(session: WindowSession) -> None:
    look_up(session, "len")
    turn_to(session, "Source")
    await session.until(lambda: source(session).remark.text() == "It is written in C.")
    assert not source(session).code.isVisible()
    assert not source(session).open.isVisible()


@in_window
async def test_a_file_is_opened_in_the_editor_at_the_line(session: WindowSession) -> None:
    await session.run("import textwrap")
    look_up(session, "textwrap.dedent")
    turn_to(session, "Source")
    await session.until(lambda: "textwrap.py:" in source(session).place.text())
    wanted: list[tuple[str, int]] = []
    source(session).place_wanted.disconnect()
    source(session).place_wanted.connect(lambda file, line: wanted.append((file, line)))
    QTest.mouseClick(source(session).open, Qt.MouseButton.LeftButton)
    [(file, line)] = wanted
    assert file.endswith("textwrap.py")
    assert f"textwrap.py:{line}" in source(session).place.text()


@pytest.mark.parametrize("kernel", [OLD], indirect=True)
async def test_an_old_kernel_tells_the_source_of_a_cell(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run("class Point:\n    def move(self): pass\n")
        look_up(session, "Point")
        turn_to(session, "Source")
        await session.until(lambda: "def move" in source(session).code.toPlainText())
        assert source(session).place.text() == "In [1], line 1"


def ask_the_kernel(session: WindowSession) -> None:
    dock(session).pane.header.kernel_wanted.emit()


@pytest.mark.parametrize("kernel", [OLD], indirect=True)
async def test_the_fields_of_an_old_kernel_are_shown_where_one_asks_for_them(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run("class Loud(object):\n    def __repr__(self): return 'loud'\n")
        await session.run("it = Loud()")
        look_up(session, "it")
        await session.until(lambda: "Loud" in text(session))
        assert "String form" not in text(session)
        ask_the_kernel(session)
        await session.until(lambda: "String form\nloud" in text(session))
        assert "Namespace\nInteractive" in text(session)


@pytest.mark.parametrize("kernel", [OLDEST], indirect=True)
async def test_the_oldest_kernel_tells_of_its_objects_too(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        await session.run("def area(width, height=2):\n    'Tell the area.'\n")
        look_up(session, "area")
        await session.until(lambda: "Tell the area." in text(session))
        assert "Namespace" not in text(session)
        ask_the_kernel(session)
        await session.until(lambda: "Namespace\nInteractive" in text(session))


@pytest.mark.parametrize("kernel", ["irkernel"], indirect=True)
async def test_a_page_of_r_is_shown_with_the_parameters_in_it(kernel: Built) -> None:
    async with window_on(kernel.connection) as session:
        await session.ready()
        look_up(session, "print")
        await session.until(lambda: "Print Values" in text(session))
        assert "invisible" in text(session)
