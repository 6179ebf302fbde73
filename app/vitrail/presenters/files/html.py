"""A transcript as one web page that needs nothing else: colours, pictures, no script."""

from collections.abc import Iterable, Iterator
from html import escape

from vitrail.presenters.files.forms import picture_of, text_of
from vitrail.presenters.files.html_forms import description, other_forms, picture_html
from vitrail.presenters.files.html_style import style_sheet
from vitrail.presenters.files.html_text import code_html, line_html, text
from vitrail.presenters.files.source import ExportSource, line_blocks
from vitrail.presenters.files.typeset import formula_html, markdown_html
from vitrail_widgets.render.static_html import static_html
from vitrail_widgets.transcript.cells import (
    Cell,
    CellStatus,
    Notice,
    Output,
    RichOutput,
    StreamOutput,
)
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.terminal_text import TerminalText
from vitrail_widgets.transcript.text_buffer import TextBuffer

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What a browser may do for the page, should anything have slipped through."""

WORDS = {
    CellStatus.QUEUED: "queued",
    CellStatus.RUNNING: "running",
    CellStatus.ABORTED: "not run",
    CellStatus.LOST: "lost with its kernel",
}


def html_pieces(source: ExportSource) -> Iterator[str]:
    """Yield a page, cell by cell."""
    title = escape(source.title)
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{style_sheet()}</style>\n</head>\n<body>\n<main>\n"
    )
    lexer = source.language.lexer
    for entry in source.entries:
        yield from _cell(entry, lexer) if isinstance(entry, Cell) else _notice(entry)
    yield "</main>\n</body>\n</html>\n"


def typeset(source: ExportSource) -> None:
    """Set what takes long, on any thread: `html_pieces` finds it done."""
    for entry in source.entries:
        for output in tuple(entry.outputs) if isinstance(entry, Cell) else ():
            if isinstance(output, RichOutput):
                _ = formula_html(output.bundle) or markdown_html(output.bundle)


def _notice(notice: Notice) -> Iterator[str]:
    yield f'<p class="notice {notice.level.value}">{text(notice.text)}</p>\n'


def _cell(cell: Cell, lexer: str) -> Iterator[str]:
    number = str(cell.count) if cell.count is not None and cell.count_confirmed else " "
    word = WORDS.get(cell.status)
    state = f'<span class="state">{word}</span>' if word else ""
    failed = " failed" if cell.status in (CellStatus.FAILED, CellStatus.LOST) else ""
    yield f'<section class="cell{failed}">\n<div class="row">{_prompt("In [", number, "in")}'
    yield f'<div class="code">{state}<pre>'
    yield from code_html(cell.code, lexer)
    yield "</pre></div></div>\n"
    for output in tuple(cell.outputs):
        yield from _output(output)
    yield "</section>\n"


def _output(output: Output) -> Iterator[str]:
    count = output.execution_count if isinstance(output, RichOutput) else None
    yield '<div class="row">' + ("<i></i>" if count is None else _prompt("Out[", str(count), "out"))
    if isinstance(output, RichOutput):
        yield from _value(output.bundle)
    else:
        is_error = isinstance(output, StreamOutput) and output.name == "stderr"
        yield from _text(output.text.buffer, "stderr" if is_error else "text")
    yield "</div>\n"


def _prompt(opening: str, number: str, kind: str) -> str:
    return f'<span class="prompt">{opening}<b class="{kind}">{number}</b>]</span>'


def _text(buffer: TextBuffer, kind: str) -> Iterator[str]:
    yield f'<pre class="{kind}">'
    before = ""
    for block in line_blocks(buffer):
        yield before + "\n".join(map(line_html, block))
        before = "\n"
    yield "</pre>"


def _value(bundle: MimeBundle) -> Iterator[str]:
    shown, pieces = _shown(bundle)
    yield from pieces
    yield from other_forms(bundle, shown)


def _shown(bundle: MimeBundle) -> tuple[str, Iterable[str]]:
    """Return the form that a page shows: its MIME type and its HTML."""
    if html := formula_html(bundle):
        return "text/latex", (f'<div class="html">{html}</div>',)
    if html := static_html(bundle.text("text/html")):
        return "text/html", (f'<div class="html">{html}</div>',)
    picture = picture_of(bundle)
    if picture is not None:
        return picture.mime, (picture_html(picture, description(bundle)),)
    if written := markdown_html(bundle):
        return "text/markdown", (f'<div class="html prose">{written}</div>',)
    mime, plain = text_of(bundle)
    if mime != "text/plain":
        return mime, (f'<pre class="text">{text(plain)}</pre>',)
    terminal = TerminalText()
    terminal.feed(plain)
    return mime, _text(terminal.buffer, "text")
