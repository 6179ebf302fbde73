"""Markdown, LaTeX and HTML among the outputs: laid out, selected, copied; nothing runs or loads."""

import socket
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QTextDocument, QTextFormat, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.console.picture import picture_of
from vitrail_widgets.console.selection import Position, Selection
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.block import Block, Canvas
from vitrail_widgets.render.document.block import DocumentBlock
from vitrail_widgets.render.document.finish import finish, stretches
from vitrail_widgets.render.document.formula import bare, formula
from vitrail_widgets.render.document.formula_block import FormulaBlock
from vitrail_widgets.render.document.mathematics import formulas_in
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.transcript.mime import MimeBundle

GREEN = "#006000"
MATRIX = r"$\displaystyle \left[\begin{matrix}1 & x\\y & 2\end{matrix}\right]$"


def show(console: Console, **forms: str) -> None:
    console.cell("a")
    data = {f"text/{name}": text for name, text in forms.items()}
    console.apply(console.transcript.append_rich("a", MimeBundle(data)))


def block(console: Console) -> Block:
    return console.view.document.flow[0].block(1)


def lines(console: Console) -> list[str]:
    shown = block(console)
    return [shown.line(index) for index in range(shown.line_count)]


def point(console: Console, x: int, y: int) -> QPoint:
    top = console.view.viewport_y("a") + console.view.document.flow[0].block_top(1)
    return QPoint(console.view.across.text_x + x, top + y)


def sideways(console: Console) -> QWheelEvent:
    """Return a turn of the wheel to the right, over the output."""
    at, none = QPointF(point(console, 30, 5)), Qt.MouseButton.NoButton
    there = console.view.viewport().mapToGlobal(at)
    plain, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    return QWheelEvent(at, there, QPoint(), QPoint(-240, 0), none, plain, phase, False)


def colours(console: Console) -> set[str]:
    """Return all colours of the output as it is painted now."""
    image = console.view.grab().toImage()
    start = point(console, 0, 0)
    columns = range(start.x(), start.x() + 500)
    rows = range(start.y(), start.y() + block(console).height)
    return {image.pixelColor(x, y).name() for x in columns for y in rows}


def test_markdown_is_laid_out(console: Console) -> None:
    show(console, markdown="# Title\n\nSome **bold** text.\n\n- one\n- two\n", plain="plain")
    assert lines(console) == ["Title", "Some bold text.", "one", "two"]
    assert block(console).height > 4 * console.view.metrics.line_height


def test_all_of_a_heading_has_its_size(console: Console) -> None:
    document = QTextDocument()
    document.setMarkdown("## plain **bold** `code` [link](https://a.example)")
    view = console.view
    finish(document, Canvas(view.theme, view.metrics, 0, 500, 60), from_markdown=True)
    sizes = {
        piece.format.property(QTextFormat.Property.FontSizeAdjustment.value)
        for piece in stretches(document.begin())
    }
    assert sizes == {2}


def test_code_in_markdown_has_the_colours_of_its_language(console: Console) -> None:
    show(console, markdown="```python\nimport os  # note\n```\n")
    theme = console.view.theme
    assert theme.syntax["keyword"].name() in colours(console)
    assert theme.surface.name() in colours(console)


def test_a_paragraph_is_selected_by_dragging_and_copied(console: Console) -> None:
    show(console, markdown="First paragraph.\n\nSecond *one* with 😀 in it.\n")
    viewport, left = console.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, pos=point(console, 0, 4))
    QTest.mouseMove(viewport, point(console, 600, block(console).height - 4))
    QTest.mouseRelease(viewport, left, pos=point(console, 600, block(console).height - 4))
    assert console.view.selected.text() == "First paragraph.\nSecond one with 😀 in it."


def test_a_part_is_selected_by_code_points(console: Console) -> None:
    show(console, markdown="😀 smile 😀 again")
    console.view.selected.select(Selection(Position(0, 1, 0, 2), Position(0, 1, 0, 9)))
    assert console.view.selected.text() == "smile 😀"


def test_links_are_followed_on_a_click(console: Console, qtbot: QtBot) -> None:
    show(console, markdown="[the page](https://example.org/x)")
    with qtbot.waitSignal(console.view.links.page_activated) as caught:
        QTest.mouseClick(
            console.view.viewport(), Qt.MouseButton.LeftButton, pos=point(console, 20, 8)
        )
    assert caught.args == ["https://example.org/x"]


@pytest.mark.parametrize("target", ["javascript:run()", "file:///etc/passwd", "data:text/html,x"])
def test_other_targets_are_no_links(console: Console, target: str) -> None:
    show(console, markdown=f"[the page]({target})")
    QTest.mouseMove(console.view.viewport(), point(console, 20, 8))
    assert console.view.viewport().cursor().shape() != Qt.CursorShape.PointingHandCursor


def test_a_document_follows_the_theme(console: Console) -> None:
    show(console, html="<p style='color:#101010'>dark on dark</p><p>plain</p>", plain="x")
    dark = Theme.load("dark")
    console.view.apply_theme(dark)
    assert "#101010" not in colours(console)
    assert dark.text.name() in colours(console)


def test_a_source_can_be_copied(console: Console) -> None:
    show(console, markdown="# Title")
    menu = QMenu()
    console.view.live_blocks.add_copies(menu, point(console, 5, 5))
    [action] = [each for each in menu.actions() if each.text() == "Copy source"]
    action.trigger()
    assert QGuiApplication.clipboard().text() == "# Title"


def choose_form(console: Console, title: str) -> None:
    menu = QMenu()
    console.view.live_blocks.add_forms(menu, point(console, 5, 5))
    [forms] = [each for each in menu.findChildren(QMenu) if each.title() == "Show as"]
    [action] = [each for each in forms.actions() if each.text() == title]
    action.trigger()


def test_another_form_is_shown_without_running_anything(console: Console) -> None:
    show(console, markdown="# Title", plain="the plain form")
    assert lines(console) == ["Title"]
    choose_form(console, "Plain text")
    assert lines(console) == ["the plain form"]
    choose_form(console, "Markdown")
    assert lines(console) == ["Title"]


def test_plain_text_is_one_key_away_and_so_is_the_way_back(console: Console, qtbot: QtBot) -> None:
    show(console, markdown="# Title", plain="the plain text")
    console.apply(console.transcript.append_stream("a", "stdout", "printed"))
    assert lines(console) == ["Title"]
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(console.view.input, Qt.Key.Key_Y, both)
    assert lines(console) == ["the plain text"]
    qtbot.keyClick(console.view.input, Qt.Key.Key_Y, both)
    assert lines(console) == ["Title"]


def test_the_chosen_form_stays_when_the_output_is_updated(console: Console) -> None:
    console.cell("a")
    first = MimeBundle({"text/markdown": "# One", "text/plain": "one"})
    console.apply(console.transcript.append_rich("a", first, display_id="d"))
    choose_form(console, "Plain text")
    second = MimeBundle({"text/markdown": "# Two", "text/plain": "two"})
    console.apply(console.transcript.update_display("d", second))
    assert lines(console) == ["two"]


def test_an_output_of_one_form_offers_no_other(console: Console) -> None:
    show(console, markdown="# Title")
    menu = QMenu()
    console.view.live_blocks.add_forms(menu, point(console, 5, 5))
    assert menu.isEmpty()


def test_a_formula_is_set(console: Console, qtbot: QtBot) -> None:
    show(console, latex=MATRIX, plain="Matrix([[1, x], [y, 2]])")
    assert lines(console) == [MATRIX]
    before = block(console).height
    qtbot.waitUntil(lambda: shared_loader().is_idle)
    assert block(console).height > before
    assert console.view.theme.text.name() in colours(console)
    console.view.selected.select_all()
    assert MATRIX in console.view.selected.text()


def test_a_formula_follows_theme_and_zoom(console: Console, qtbot: QtBot) -> None:
    show(console, latex="$x^2$")
    qtbot.waitUntil(lambda: shared_loader().is_idle)
    small = block(console).height
    console.view.zoom.by(8)
    console.view.grab()
    assert block(console).height > small
    console.view.apply_theme(Theme.load("dark"))
    assert Theme.load("dark").text.name() in colours(console)


def test_formulas_within_markdown_are_pictures_in_the_line(console: Console, qtbot: QtBot) -> None:
    show(console, markdown="The mean $\\mu$ costs $5, `$x$` is code.\n\n$$\\int_0^1 x$$\n")
    qtbot.waitUntil(lambda: shared_loader().is_idle)
    assert lines(console) == ["The mean \ufffc costs $5, $x$ is code.", "\ufffc"]


def test_a_picture_of_the_console_waits_for_formulas(console: Console, qtbot: QtBot) -> None:
    show(console, latex="$x^2$")
    image = picture_of(console.view, 1.0, 2000)
    assert not image.isNull()
    assert isinstance(block(console)._inner, FormulaBlock)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: shared_loader().is_idle)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("$x$", ("x", False)),
        ("$$x$$", ("x", True)),
        ("$\\displaystyle x$", ("\\displaystyle x", True)),
        ("\\[ x \\]", ("x", True)),
        ("\\begin{equation}x\\label{a}\\end{equation}", ("x", True)),
        ("\\begin{align*}x&=1\\end{align*}", ("\\begin{align*}x&=1\\end{align*}", True)),
        ("\\begin{eqnarray}x&=&1\\end{eqnarray}", ("\\begin{align}x&=1\\end{align}", True)),
        ("text $x$ and $y$", None),
        ("$x$ and $y$", None),
        ("", None),
        ("\\begin{Verbatim}x\\end{Verbatim}", None),
        ("\\begin{align}x\\end{gather}", None),
    ],
)
def test_a_formula_is_found_between_its_delimiters(
    source: str, found: tuple[str, bool] | None
) -> None:
    assert bare(source) == found


def test_prices_and_code_are_no_formulas() -> None:
    assert formulas_in("costs $5 and $6; `$a$`; ```\n$b$\n```; \\$c\\$; a$d$e") == []
    assert [each.latex for each in formulas_in("$a$, \\(b\\), $$c$$")] == ["a", "b", "c"]


@pytest.mark.parametrize("latex", ["\\frac{", "{" * 5000, "x" * 20_000, "", "\\begin{matrix}"])
def test_what_cannot_be_set_is_none_and_no_error(latex: str) -> None:
    assert formula(latex, is_display=True) is None or latex == "\\begin{matrix}"


def test_latex_that_cannot_be_set_stays_as_it_is(console: Console, qtbot: QtBot) -> None:
    show(console, latex="$\\frac{$")
    qtbot.waitUntil(lambda: shared_loader().is_idle)
    assert lines(console) == ["$\\frac{$"]


@pytest.mark.parametrize("inside", ["a & b", "$x$ & $y$"])
def test_a_table_of_latex_is_no_formula(console: Console, qtbot: QtBot, inside: str) -> None:
    table = rf"\begin{{tabular}}{{ll}}{inside}\end{{tabular}}"
    show(console, latex=table, html="<table><tr><td>shown</td></tr></table>")
    qtbot.waitUntil(lambda: shared_loader().is_idle)
    assert lines(console) == ["shown"]


def test_lines_that_are_not_broken_are_moved_sideways(console: Console) -> None:
    view = console.view
    end = f'<span style="color: {GREEN}">██████</span>'
    show(console, html=f"<pre>{'x' * 300}{end}{'x' * 40}\nshort</pre>", plain="plain")
    wide = block(console)
    assert isinstance(wide, DocumentBlock)
    assert GREEN not in colours(console)
    assert wide.scroll_sideways(100_000)
    assert GREEN in colours(console)
    assert wide.place_at(Canvas(view.theme, view.metrics, 0, 500, 60), 480, 10).offset > 200
    assert wide.scroll_sideways(-100_000)
    assert GREEN not in colours(console)


def test_the_wheel_moves_lines_that_are_not_broken(console: Console) -> None:
    show(console, html=f"<pre>{'x' * 300}</pre>", plain="plain")
    QApplication.sendEvent(console.view.viewport(), sideways(console))
    shown = block(console)
    assert isinstance(shown, DocumentBlock)
    assert shown._left == 240


def test_what_xarray_hides_is_not_shown_beside_its_text(console: Console) -> None:
    html = (
        "<div><style>.xr-wrap { display: block !important }</style>"
        "<pre class='xr-text-repr-fallback'>&lt;xarray.Dataset&gt;</pre>"
        "<div class='xr-wrap' style='display:none'><ul><li>Dimensions</li></ul></div></div>"
    )
    show(console, html=html, plain="<xarray.Dataset> Size: 64B")
    assert lines(console) == ["<xarray.Dataset> Size: 64B"]


def test_html_is_laid_out_and_runs_nothing(console: Console) -> None:
    show(console, html="<h3>Head</h3><script>run()</script><p onclick='x()'>Text</p>", plain="x")
    told, *shown = lines(console)
    assert told == "What runs in it is left out · open in browser… · show as…"
    assert shown == ["Head", "Text"]


@pytest.mark.parametrize(
    "html",
    [
        "<script>window.x = 1</script><div id='plot'></div>",
        "<iframe src='https://example.org'></iframe>",
        "<audio controls src='https://example.org/a.wav'>Your browser cannot.</audio>",
        "<div>" * 200 + "deep" + "</div>" * 200,
        "<p>" + "x" * 100_000 + "</p>",
        "<table><tr><td>" * 200 + "deep",
    ],
)
def test_html_that_needs_more_shows_its_other_form(console: Console, html: str) -> None:
    show(console, html=html, plain="the other form")
    told, *shown = lines(console)
    assert told.endswith(" · open in browser… · show as…")
    assert shown == ["the other form"]


def test_html_alone_that_needs_a_browser_says_so(console: Console) -> None:
    show(console, html="<script>x()</script>")
    assert "needs a browser" in lines(console)[0]


def test_documents_read_no_file_and_open_no_connection(console: Console, tmp_path: Path) -> None:
    canary = tmp_path / "canary.png"
    canary.write_bytes(b"")
    opened = canary.stat().st_atime_ns
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        for at, where in enumerate((address, canary.as_uri(), str(canary))):
            html = (
                f"<p>text</p><img src='{where}'><link rel='stylesheet' href='{where}'>"
                f"<style>@import '{where}';</style><p style='background:url({where})'>more</p>"
            )
            console.cell(f"h{at}")
            console.cell(f"m{at}")
            console.apply(console.transcript.append_rich(f"h{at}", MimeBundle({"text/html": html})))
            markdown = MimeBundle({"text/markdown": f"![picture]({where}) and <img src='{where}'>"})
            console.apply(console.transcript.append_rich(f"m{at}", markdown))
        console.view.grab()
        assert canary.stat().st_atime_ns == opened
        with pytest.raises(TimeoutError):
            server.accept()


def test_pictures_within_html_are_drawn(console: Console) -> None:
    svg = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI0MCIgaGVpZ2h0PSI0MCI+"
    svg += "PHJlY3Qgd2lkdGg9IjQwIiBoZWlnaHQ9IjQwIiBmaWxsPSIjZmYwMGZmIi8+PC9zdmc+"
    show(console, html=f"<p>a</p><img src='data:image/svg+xml;base64,{svg}'>", plain="x")
    assert QColor("#ff00ff").name() in colours(console)
