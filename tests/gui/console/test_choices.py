"""Outputs that need a browser, or were refused: what is said, and what can be done with them."""

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from support.console import Console
from support.transcripts import PNG
from vitrail_widgets.console.selection import Position, Selection
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.choices import ChoiceBlock, Content, Verb
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.transcript.mime import MimeBundle

LEFT = Qt.MouseButton.LeftButton
SCRIPT = "<div id='plot'></div><script>draw('plot')</script>"
PLOTLY = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"
VEGA = "application/vnd.vegalite.v5+json"


def show(console: Console, data: dict[str, object]) -> None:
    console.view.resize(1200, 600)
    console.cell("a")
    console.apply(console.transcript.append_rich("a", MimeBundle(data)))


def block(console: Console) -> Block:
    return console.view.document.flow[0].block(1)


def lines(console: Console) -> list[str]:
    return [block(console).line(index) for index in range(block(console).line_count)]


def word(console: Console, verb: Verb) -> QPoint:
    """Return where a word that can be clicked stands."""
    view, column = console.view, lines(console)[0].index(verb)
    top = view.viewport_y("a") + view.document.flow[0].block_top(1)
    x = view.across.text_x + round((column + 2) * view.metrics.char_width)
    return QPoint(x, top + view.metrics.line_height // 2)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"text/html": SCRIPT, "text/plain": "Figure()"}, ["A script needs a browser", "Figure()"]),
        ({"text/html": "<iframe src='https://x.org'></iframe>"}, ["A frame needs a browser"]),
        (
            {PLOTLY: {"data": []}, "text/html": SCRIPT, "text/plain": "Figure({'data': []})"},
            ["A plotly figure needs a browser", "Figure({'data': []})"],
        ),
        ({PLOTLY: {"data": []}}, ["A plotly figure needs a browser"]),
        (
            {WIDGET: {"model_id": "1"}, "text/plain": "IntSlider()"},
            ["A widget needs a browser", "IntSlider()"],
        ),
        (
            {VEGA: {"mark": "bar"}, "text/plain": "<VegaLite 5 object>"},
            ["A Vega chart needs", "<VegaLite 5 object>"],
        ),
        (
            {
                "application/javascript": "alert(1)",
                "text/plain": "<IPython.core.display.Javascript object>",
            },
            ["A script needs a browser"],
        ),
        (
            {"application/vnd.bokehjs_exec.v0+json": "", "text/html": SCRIPT},
            ["A bokeh plot needs a browser"],
        ),
    ],
)
def test_what_needs_a_browser_is_said_above_its_other_form(
    console: Console, data: dict[str, object], expected: list[str]
) -> None:
    show(console, data)
    assert len(lines(console)) == len(expected)
    assert all(one.startswith(other) for one, other in zip(lines(console), expected, strict=True))


def test_the_form_that_is_shown_is_named_and_the_others_are_offered(console: Console) -> None:
    show(console, {"text/html": SCRIPT, "text/plain": "Figure()"})
    assert lines(console)[0] == (
        "A script needs a browser; this is its plain text · open in browser… · show as…"
    )


def test_a_picture_of_it_needs_no_words(console: Console) -> None:
    show(console, {PLOTLY: {"data": []}, "image/png": PNG, "text/html": SCRIPT})
    assert not isinstance(block(console), ChoiceBlock)


def test_a_chosen_form_is_shown_as_it_is(console: Console) -> None:
    show(console, {PLOTLY: {"data": [1]}, "text/plain": "Figure()"})
    console.view.document.show_form(0, 1, PLOTLY)
    assert any("data" in line for line in lines(console))
    assert not isinstance(block(console), ChoiceBlock)


def test_the_words_are_clicked_and_not_copied(console: Console) -> None:
    show(console, {"text/html": SCRIPT, "text/plain": "Figure()"})
    viewport, place = console.view.viewport(), word(console, Verb.FORMS)
    QTest.mouseMove(viewport, place)
    assert viewport.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(viewport, QPoint(console.view.across.text_x + 5, place.y()))
    assert viewport.cursor().shape() is Qt.CursorShape.IBeamCursor
    console.view.selected.select_all()
    copied = console.view.selected.text()
    assert copied == "code\nA script needs a browser; this is its plain text\nFigure()"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_show_as_opens_a_menu_of_the_forms(console: Console, qtbot: QtBot) -> None:
    show(console, {"text/html": SCRIPT, "text/plain": "Figure()"})
    QTest.mouseClick(console.view.viewport(), LEFT, pos=word(console, Verb.FORMS))
    [menu] = console.view.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["HTML", "Plain text"]
    menu.actions()[1].trigger()
    assert lines(console) == ["Figure()"]
    menu.close()
    qtbot.waitUntil(lambda: not console.view.findChildren(QMenu))


def test_a_page_is_saved_and_opened_when_the_user_chose_a_file(
    console: Console, qtbot: QtBot, tmp_path: Path
) -> None:
    show(console, {"text/html": SCRIPT, "text/plain": "Figure()"})
    QTest.mouseClick(console.view.viewport(), LEFT, pos=word(console, Verb.BROWSER))
    [dialog] = console.view.findChildren(QFileDialog)
    assert "browser" in dialog.windowTitle()
    assert dialog.defaultSuffix() == "html"
    path = tmp_path / "page.html"
    with qtbot.waitSignal(console.view.output_choices.open_wanted) as caught:
        dialog.fileSelected.emit(str(path))
    assert caught.args == [str(path)]
    text = path.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.endswith(SCRIPT)
    dialog.reject()
    qtbot.waitUntil(lambda: not console.view.findChildren(QFileDialog))


def test_what_was_refused_is_saved_as_it_came(
    console: Console, qtbot: QtBot, tmp_path: Path
) -> None:
    show(console, {"image/png": base64.b64encode(b"no picture").decode(), "text/plain": "<Figure>"})
    assert lines(console) == [
        "image/png could not be read: Unsupported image format · save as file… · show as…",
        "<Figure>",
    ]
    QTest.mouseClick(console.view.viewport(), LEFT, pos=word(console, Verb.SAVE))
    [dialog] = console.view.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "x.png"))
    qtbot.waitUntil(lambda: (tmp_path / "x.png").exists() and shared_loader().is_idle)
    assert (tmp_path / "x.png").read_bytes() == b"no picture"
    dialog.reject()
    qtbot.waitUntil(lambda: not console.view.findChildren(QFileDialog))


def test_a_file_that_cannot_be_written_is_said(
    console: Console, qtbot: QtBot, tmp_path: Path
) -> None:
    content = Content("text/plain", lambda: b"x")
    with qtbot.waitSignal(console.view.output_choices.troubled) as caught:
        console.view.output_choices.write(content, str(tmp_path))
    assert "cannot be written" in str(caught.args)


def test_long_plain_text_below_the_line_folds(console: Console) -> None:
    show(console, {"text/html": SCRIPT, "text/plain": "\n".join(map(str, range(3000)))})
    assert len(lines(console)) == 3001
    folded = block(console).height
    assert folded < 250 * console.view.metrics.line_height
    console.view.folding.unfold_all()
    assert block(console).height > folded


def test_a_part_of_both_is_selected(console: Console) -> None:
    show(console, {"text/html": SCRIPT, "text/plain": "one\ntwo\nthree"})
    console.view.selected.select(Selection(Position(0, 1, 0, 9), Position(0, 1, 2, 2)))
    assert console.view.selected.text() == "needs a browser; this is its plain text\none\ntw"
    console.view.selected.select(Selection(Position(0, 1, 2, 0), Position(0, 1, 3, 5)))
    assert console.view.selected.text() == "two\nthree"
    console.view.grab()


def test_html_that_shows_nothing_gives_way_without_a_word(console: Console) -> None:
    show(console, {"text/html": "<pre style='color: red'></pre>", "text/plain": "done"})
    assert lines(console) == ["done"]


@pytest.mark.parametrize("width", [1200, 500, 420, 300, 200])
def test_a_narrow_console_breaks_the_line_between_words(
    console: Console, qtbot: QtBot, width: int
) -> None:
    show(console, {"text/html": SCRIPT, "text/plain": "Figure()"})
    console.view.resize(width, 600)
    console.view.grab()
    head, canvas = block(console), console.view.document.canvas
    assert isinstance(head, ChoiceBlock)
    rows = head.head.row_count
    line = head.line(0)
    broken = [line[: at * canvas.columns][-1:] + line[at * canvas.columns] for at in range(1, rows)]
    longest = max(map(len, (*line.split(), *Verb)))
    assert canvas.columns < longest or all(" " in pair for pair in broken), line
    console.view.selected.select_all()
    said = "A script needs a browser; this is its plain text"
    assert console.view.selected.text() == f"code\n{said}\nFigure()"
    [forms] = [span for span in head.head._spans if span[2].verb is Verb.FORMS]
    [rect, *_] = head.head.rects(canvas, 0, forms[0], forms[1])
    middle = rect.center().toPoint()
    assert head.head.choice_at(middle.x(), middle.y()) == forms[2]
