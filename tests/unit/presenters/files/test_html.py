import base64
import subprocess
import sys
from html import escape
from html.parser import HTMLParser

import pytest

from support.captured import captured_names
from support.replaying import replayed
from support.transcripts import INFO, PNG, SVG, TABLE, cell, session
from vitrail.presenters.files.forms import NAMELESS
from vitrail.presenters.files.html import html_pieces
from vitrail.presenters.files.html_forms import LARGEST
from vitrail.presenters.files.source import ExportSource
from vitrail_widgets.render.static_html import static_html
from vitrail_widgets.transcript.cells import Cell, RichOutput
from vitrail_widgets.transcript.mime import LongJson, MimeBundle
from vitrail_widgets.transcript.transcript import Transcript

RUNS = {"script", "iframe", "object", "embed", "form", "input", "base", "link", "svg", "math"}


class Reader(HTMLParser):
    """Reads a page as a browser does: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.style = ""
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.style += data
        else:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def page(transcript: Transcript, title: str = "Session") -> str:
    return "".join(html_pieces(ExportSource(transcript.entries, INFO, title=title)))


def test_a_page_runs_nothing_and_fetches_nothing() -> None:
    assert_harmless(page(session(), "</title><script>"))
    assert "evil.example" not in page(session())
    assert "</title><script>" not in page(session(), "</title><script>")


def assert_harmless(text: str) -> None:
    read = Reader(text)
    assert {tag for tag, _ in read.tags} & RUNS == set()
    for tag, attributes in read.tags:
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        source = attributes.get("src") or ""
        assert not source or source.startswith("data:image/"), source
        assert (attributes.get("href") or "https:").startswith(("https:", "http:", "mailto:"))
        assert "url" not in (attributes.get("style") or "")
        if tag == "meta" and "http-equiv" in attributes:
            assert attributes["http-equiv"] == "Content-Security-Policy"
    assert "url(" not in read.style
    assert "@import" not in read.style


def test_everything_that_was_seen_is_there() -> None:
    read = Reader(page(session()))
    for words in (
        "Python 3.11.7 · <IPython>",
        "%matplotlib inline",
        "<b>red</b> & ```\nsecond",
        "careful",
        "42",
        "kept",
        '"a": [',
        "one",
        "not run",
        "Kernel restarted",
    ):
        assert words in read.text, words
    assert "In [3]" in read.text
    assert "Out[3]" in read.text


def test_pictures_are_in_the_page() -> None:
    pictures = [attributes for tag, attributes in Reader(page(session())).tags if tag == "img"]
    raster, drawing = pictures
    assert raster["src"] == f"data:image/png;base64,{PNG}"
    assert (raster["width"], raster["height"], raster["alt"]) == ("20", "10", "<Figure>")
    kind, _, content = (drawing["src"] or "").partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(content).decode() == SVG


def test_both_themes_and_paper_are_in_the_style_sheet() -> None:
    style = Reader(page(Transcript())).style
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style
    assert style.count("--s-keyword:") == 2


def test_colours_are_those_of_light_and_dark() -> None:
    transcript = Transcript()
    cell(transcript, 1, "def f(): pass")
    transcript.append_stream(
        "c1", "stdout", "\x1b[1;31mred\x1b[0m \x1b]8;;https://a.b/c?d\x07link\x1b]8;;\x07"
    )
    text = page(transcript)
    assert '<span class="keyword">def</span>' in text
    assert '<span class="bo cf" style="--lf:#c4301c;--df:#ffa79f">red</span>' in text
    assert '<a href="https://a.b/c?d" rel="noopener noreferrer">link</a>' in text


@pytest.mark.parametrize("target", ["javascript:x", "file:///etc/passwd", "data:text/html,x"])
def test_a_link_that_is_not_followed_is_text(target: str) -> None:
    transcript = Transcript()
    cell(transcript, 1, "x")
    transcript.append_stream("c1", "stdout", f"\x1b]8;;{target}\x07here\x1b]8;;\x07")
    read = Reader(page(transcript))
    assert "here" in read.text
    assert not any(tag == "a" for tag, _ in read.tags)


@pytest.mark.parametrize(
    "html",
    ["", "<script>plot()</script><p id='x'></p>", "<img src='http://a/b.png'>", "<!-- -->"],
)
def test_html_of_which_nothing_is_left_gives_way_to_another_form(html: str) -> None:
    assert static_html(html) == ""
    transcript = Transcript()
    cell(transcript, 1, "x")
    transcript.append_rich("c1", MimeBundle({"text/html": html, "text/plain": "a chart"}))
    assert "a chart" in Reader(page(transcript)).text


@pytest.mark.parametrize("png", ["", "no base64!", "AAA", 5, None, ["AA", "AA"]])
def test_a_picture_that_is_none_does_no_harm(png: object) -> None:
    transcript = Transcript()
    cell(transcript, 1, "x")
    transcript.append_rich("c1", MimeBundle({"image/png": png, "text/plain": "a figure"}))
    text = page(transcript)
    assert "a figure" in text
    assert 'src="data:image/png;base64,no' not in text


ALL: dict[str, object] = {
    "text/plain": "\x1b[1mplain\x1b[0m <x>",
    "text/html": "<p>marked <b>up</b></p><script>run()</script>",
    "text/markdown": "# A *title*",
    "text/latex": r"$\frac{1}{2}$",
    "application/json": {"key": [1, None]},
    "application/vnd.x.v1+json": {"point": 2},
    "application/javascript": "run('away')",
    "image/svg+xml": SVG,
    "image/png": PNG,
    "image/jpeg": PNG,
    "audio/wav": "UklGRg==",
}


def one(data: dict[str, object]) -> str:
    transcript = Transcript()
    cell(transcript, 1, "value")
    transcript.append_rich("c1", MimeBundle(data))
    return page(transcript)


def test_every_form_of_a_value_is_in_the_page_and_all_but_one_are_folded() -> None:
    text = one(ALL)
    shown, _, folded = text.partition("<details")
    read = Reader(f"<details{folded}")
    for words in (
        "plain <x>",
        "marked up",
        "# A *title*",
        r"$\frac{1}{2}$",
        '"key": [',
        '"point": 2',
        "run('away')",
        "audio/wav",
    ):
        assert words in read.text, words
    assert "run()" not in text
    assert 'class="formula"' in shown  # the one that is shown
    assert 'class="formula"' not in folded
    sources = {attributes.get("src") for tag, attributes in read.tags if tag == "img"}
    assert {f"data:image/{kind};base64,{PNG}" for kind in ("png", "jpeg")} < sources
    [details] = [attributes for tag, attributes in read.tags if tag == "details"]
    assert "open" not in details
    assert_harmless(text)


@pytest.mark.parametrize(
    "data",
    [
        {"text/plain": "42"},
        {"image/png": PNG, "text/plain": "<Figure size 640x480 with 1 Axes>"},
        {"text/html": "<b>x</b>", "text/plain": "<IPython.core.display.HTML object>"},
    ],
)
def test_what_the_page_says_already_is_not_said_twice(data: dict[str, object]) -> None:
    assert "<details" not in one(data)


def test_a_form_that_is_large_is_named_and_not_carried() -> None:
    text = one({"image/svg+xml": SVG, "image/png": "A" * (LARGEST + 4)})
    assert len(text) < LARGEST
    assert "2.0 MB, which this page does not carry" in Reader(text).text


@pytest.mark.parametrize("name", captured_names())
def test_every_form_that_kernels_sent_is_in_the_page_or_named_there(name: str) -> None:
    for entry in replayed(name).entries:
        for output in entry.outputs if isinstance(entry, Cell) else ():
            if isinstance(output, RichOutput):
                assert_all_are_there(output.bundle)


def assert_all_are_there(bundle: MimeBundle) -> None:
    text = one(dict(bundle.data))
    summaries = [attributes for tag, attributes in Reader(text).tags if tag == "summary"]
    named = {name for each in summaries for name in (each.get("title") or "").split(", ")}
    hidden = {mime for mime in bundle.data if bundle.text(mime)} - named
    plain = bundle.text("text/plain").strip()
    if NAMELESS.fullmatch(plain) or f'alt="{escape(plain)}"' in text:
        hidden.discard("text/plain")
    assert len(hidden) <= 1, hidden  # the one that is shown


def test_a_value_without_a_name_is_shown_in_another_form() -> None:
    transcript = Transcript()
    cell(transcript, 1, "x")
    nameless = "<IPython.core.display.Markdown object>"
    transcript.append_rich("c1", MimeBundle({"text/plain": nameless, "text/markdown": "# T <b>"}))
    assert "<h1>T <b></b></h1>" in page(transcript)
    assert "IPython" not in page(transcript)


def test_pages_need_no_window_system() -> None:
    """`vitrail run --to x.html` works where Qt cannot be loaded."""
    script = (
        "import sys\n"
        "import vitrail.presenters.files.html\n"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_lines_and_what_is_concealed_have_their_styles() -> None:
    transcript = Transcript()
    cell(transcript, 1, "x")
    text = "\x1b[4:3mwave\x1b[0m \x1b[53mover\x1b[0m \x1b[9mgone\x1b[0m \x1b[8mhidden\x1b[0m"
    transcript.append_stream("c1", "stdout", text)
    found = page(transcript)
    for styled in (
        '<span class="un uc">wave</span>',
        '<span class="ov">over</span>',
        '<span class="st">gone</span>',
        '<span class="co">hidden</span>',
    ):
        assert styled in found


@pytest.mark.parametrize(
    ("mime", "content", "kept"),
    [
        ("text/plain", "plain <x>", "plain <x>"),
        ("text/html", "<p>laid <b>out</b></p>", "laid out"),
        ("text/html", TABLE, "1"),
        ("text/markdown", "# a title", "a title"),
        ("text/markdown", "# a title\n" * 10_000, "# a title"),
        ("text/latex", "a $ b", "a $ b"),
        ("text/latex", "$" + "x" * 70_000 + "$", "xxx"),
        ("application/json", {"a": [1, None]}, '"a": ['),
        ("application/json", LongJson('{"a": [1]}'), '{"a": [1]}'),
        ("application/vnd.plotly.v1+json", {"data": ["point"]}, '"point"'),
        ("audio/wav", "UklGRg==", "[audio/wav]"),
        ("application/javascript", "run()", "[application/javascript]"),
    ],
)
def test_every_type_that_comes_alone_leaves_its_text_in_the_page(
    mime: str, content: object, kept: str
) -> None:
    transcript = Transcript()
    cell(transcript, 1, "value")
    transcript.append_rich("c1", MimeBundle({mime: content}))
    assert kept in Reader(page(transcript)).text


@pytest.mark.parametrize("mime", ["image/png", "image/jpeg", "image/gif", "image/webp"])
def test_every_type_of_picture_is_in_the_page(mime: str) -> None:
    transcript = Transcript()
    cell(transcript, 1, "figure")
    transcript.append_rich("c1", MimeBundle({mime: PNG}))
    sources = [attributes.get("src") for _, attributes in Reader(page(transcript)).tags]
    assert f"data:{mime};base64,{PNG}" in sources
