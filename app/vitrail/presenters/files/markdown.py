"""A transcript as Markdown, with its pictures in files beside it."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from vitrail.presenters.files.forms import PICTURES, picture_of, text_of
from vitrail.presenters.files.source import ExportSource, line_blocks
from vitrail_widgets.tables.html_table import table_in
from vitrail_widgets.tables.table import as_markdown
from vitrail_widgets.transcript.cells import Cell, CellStatus, Notice, Output, RichOutput
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.terminal_text import TerminalText
from vitrail_widgets.transcript.text_buffer import TextBuffer

TICKS = re.compile(r"`{3,}")
LONGEST_TABLE = 100_000
"""Characters of a table's HTML that is written as a table; a longer one is written as text."""

MARKED = re.compile(r"[\\`*_\[\]<>#&!|]")
ACTIVE = re.compile(r"<[a-zA-Z/!?]|(?:javascript|vbscript|data|file):", re.IGNORECASE)
"""In a kernel's Markdown: HTML, and addresses that run or read something."""

Piece = str | tuple[str, bytes]
"""Text, or a file beside the text: its name and its content."""


def markdown_pieces(source: ExportSource) -> Iterator[Piece]:
    """Yield a document, cell by cell; pictures come before the text that shows them."""
    folder = f"{source.title}_files"
    yield f"# {_plain(source.title)}\n"
    number = 0
    for entry in source.entries:
        if isinstance(entry, Notice):
            yield "".join(f"\n> {_plain(line)}" for line in entry.text.split("\n")) + "\n"
            continue
        yield from _code(entry, source.language.name)
        for output in tuple(entry.outputs):
            picture = picture_of(output.bundle) if isinstance(output, RichOutput) else None
            if picture is None:
                yield from _output(output)
                continue
            number += 1
            name = f"figure-{number}.{PICTURES[picture.mime]}"
            yield str(PurePosixPath(folder, name)), picture.bytes
            yield f"\n![Figure {number}]({quote(folder)}/{name})\n"


def _code(cell: Cell, language: str) -> Iterator[str]:
    fence = _fence(cell.code)
    yield f"\n{fence}{language}\n{cell.code}\n{fence}\n"
    if cell.status is CellStatus.ABORTED:
        yield "\n*not run*\n"


def _output(output: Output) -> Iterator[str]:
    if isinstance(output, RichOutput):
        yield from _value(output.bundle)
    else:
        yield from _fenced(output.text.buffer)


def _value(bundle: MimeBundle) -> Iterator[str]:
    mime, text = text_of(bundle)
    table = _table(bundle.text("text/html"))
    if table:
        yield f"\n{table}"
    elif mime in ("text/markdown", "text/latex") and not ACTIVE.search(text):
        yield f"\n{text}\n"
    elif mime == "text/plain":
        terminal = TerminalText()
        terminal.feed(text)
        yield from _fenced(terminal.buffer)
    else:
        fence = _fence(text)
        kind = {"text/markdown": "markdown", "text/latex": "latex"}.get(mime, "json")
        yield f"\n{fence}{kind}\n{text}\n{fence}\n"


def _table(html: str) -> str:
    """Return the table that a page consists of; empty where there is no harmless one."""
    table = table_in(html) if 0 < len(html) <= LONGEST_TABLE else None
    text = as_markdown(table) if table is not None else ""
    return "" if ACTIVE.search(text) else text


def _fenced(buffer: TextBuffer) -> Iterator[str]:
    """Yield text as it is; its colours are lost, which Markdown has none of."""
    longest = 3
    for block in line_blocks(buffer):
        longest = max([longest, *(len(_fence(line.text)) for line in block if "```" in line.text)])
        yield ""
    fence = "`" * longest
    yield f"\n{fence}text\n"
    for block in line_blocks(buffer):
        yield "".join(f"{line.text}\n" for line in block)
    yield f"{fence}\n"


def _fence(text: str) -> str:
    """Return ticks that do not occur in a text, to put around it."""
    return "`" * (max(map(len, TICKS.findall(text)), default=2) + 1)


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return MARKED.sub(r"\\\g<0>", text)
