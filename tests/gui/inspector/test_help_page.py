"""Help as a page: what can be clicked in it, and what it does with pages of other kernels."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextTable
from pytestqt.qtbot import QtBot

from vitrail_widgets.inspector.help.page import HelpPage
from vitrail_widgets.objects.inspection import Fact, Inspection, Passage
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.target import Target
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.signature.parameter_list import parse_signature
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.variables.variable import Freshness

DOC = """\
Do it; see `other`.

Parameters
----------
first : int
    The first. It is a number.

See Also
--------
other : Does more.

Examples
--------
>>> for x in "ab":
...     do(x)
a
"""
ABOUT = Inspection(
    "do",
    "function",
    parse_signature("do(first, /, second: str = 'b', *rest, last=None) -> int"),
    (Fact("Module", "things", Target("things")), Fact("Defined", "t.py:3", place=("t.py", 3))),
    (Passage("", DOC),),
    (("other", Target("other")), ("first", Target("first"))),
)


@pytest.fixture
def page(qtbot: QtBot) -> HelpPage:
    page = HelpPage()
    qtbot.addWidget(page)
    page.apply_theme(Theme.load("light"), code_font())
    page.resize(460, 1200)
    page.show()
    return page


def show(page: HelpPage, about: Inspection, qtbot: QtBot) -> None:
    page.show_known(Known(Target(about.name), about, Freshness.FRESH))
    qtbot.waitUntil(lambda: page.is_written)


def click(page: HelpPage, words: str, qtbot: QtBot) -> None:
    place = page.cursorRect(page.document().find(words)).center() - QPoint(4, 0)
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_parameters_stand_in_a_table_with_what_is_said_of_them(
    page: HelpPage, qtbot: QtBot
) -> None:
    show(page, ABOUT, qtbot)
    tables = list(page.document().rootFrame().childFrames())
    table = tables[1]
    assert isinstance(table, QTextTable)

    def cell(row: int, column: int) -> str:
        start = table.cellAt(row, column).firstCursorPosition()
        start.setPosition(table.cellAt(row, column).lastPosition(), start.MoveMode.KeepAnchor)
        return start.selectedText().replace("\u2029", "\n")

    rows = [[cell(row, column) for column in range(4)] for row in range(table.rows())]
    assert rows == [
        ["Parameter", "Type", "Default", "Meaning"],
        ["first\nby position", "int", "", "The first."],
        ["second", "str", "'b'", ""],
        ["*rest\nany by position", "", "", ""],
        ["last\nby name", "", "None", ""],
    ]


def test_what_it_is_stands_before_what_it_takes(page: HelpPage, qtbot: QtBot) -> None:
    show(page, ABOUT, qtbot)
    text = page.toPlainText()
    places = [text.index(words) for words in ("Do it; see", "do(first", "Module", "The first.")]
    assert places == sorted(places)
    assert text.count("Do it; see") == 1


def test_a_click_on_an_example_inserts_it_without_prompts(page: HelpPage, qtbot: QtBot) -> None:
    show(page, ABOUT, qtbot)
    with qtbot.waitSignal(page.insert_wanted) as heard:
        click(page, "do(x)", qtbot)
    assert heard.args == ['for x in "ab":\n    do(x)']


def test_names_lead_to_objects_and_files_to_the_editor(page: HelpPage, qtbot: QtBot) -> None:
    show(page, ABOUT, qtbot)
    for words, target in (("things", Target("things")), ("other", Target("other"))):
        with qtbot.waitSignal(page.target_wanted) as heard:
            click(page, words, qtbot)
        assert heard.args == [target]
    with qtbot.waitSignal(page.place_wanted) as heard:
        click(page, "t.py:3", qtbot)
    assert heard.args == ["t.py", 3]


def test_a_page_of_html_runs_and_loads_nothing(page: HelpPage, qtbot: QtBot) -> None:
    html = "<h1>Title</h1><script>alert(1)</script><img src='http://x.y/z.png'><b>strong</b>"
    show(page, Inspection("x", page=MimeBundle({"text/html": html})), qtbot)
    assert "strong" in page.toPlainText()
    assert "alert" not in page.toPlainText()
    assert "http" not in page.toHtml().partition("<body")[2]


def test_a_page_of_markdown_is_set_and_its_links_are_followed(page: HelpPage, qtbot: QtBot) -> None:
    source = "# Title\n\nSee [there](https://example.org/x) <b>raw</b>"
    show(page, Inspection("x", page=MimeBundle({"text/markdown": source})), qtbot)
    with qtbot.waitSignal(page.page_wanted) as heard:
        click(page, "there", qtbot)
    assert heard.args == ["https://example.org/x"]


def test_terminal_text_keeps_its_colours_and_loses_its_overstrikes(
    page: HelpPage, qtbot: QtBot
) -> None:
    bundle = MimeBundle({"text/plain": "\x1b[31mRed\x1b[0m and _\bu_\bn"})
    show(page, Inspection("x", page=bundle), qtbot)
    assert "Red and un" in page.toPlainText()


def test_the_same_help_is_not_written_again(page: HelpPage, qtbot: QtBot) -> None:
    show(page, ABOUT, qtbot)
    revision = page.document().revision()
    page.show_known(Known(Target("do"), ABOUT, Freshness.STALE, 7))
    assert page.document().revision() == revision
