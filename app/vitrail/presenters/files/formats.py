"""The kinds of files that a transcript can be written as."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vitrail.presenters.files.source import ExportSource, line_blocks
from vitrail.presenters.files.writing import not_written, write_whole
from vitrail_resources.translation import tr
from vitrail_widgets.transcript.cells import Notice, NoticeLevel, Output, RichOutput
from vitrail_widgets.transcript.copying import cell_text, output_text

Piece = str | tuple[str, bytes]
"""Text of the file, or a file beside it: its name from the file's folder, and its content."""


@dataclass(frozen=True)
class Format:
    """A kind of file.

    Attributes:
        id: Names the command that exports it.
        suffix: How its name ends.
        name: What the user reads.
        pieces: Yields the file; each piece is the work of some milliseconds.
        prepare: Does what takes long for a file, loading modules among it; it may be done in a
            thread, before `pieces`.
    """

    id: str
    suffix: str
    name: str
    pieces: Callable[[ExportSource], Iterator[Piece]]
    prepare: Callable[[ExportSource], object] = lambda _: None


def _notebook(source: ExportSource) -> Iterator[Piece]:
    from vitrail.presenters.files.notebook import notebook_pieces  # nbformat takes 50 ms

    return notebook_pieces(source)


def _load_nbformat(_source: ExportSource) -> None:
    for _ in _notebook(ExportSource([Notice("", NoticeLevel.INFO, "")])):
        pass


def _typeset(source: ExportSource) -> None:
    from vitrail.presenters.files.html import typeset

    typeset(source)


def _html(source: ExportSource) -> Iterator[Piece]:
    from vitrail.presenters.files.html import html_pieces

    return html_pieces(source)


def _markdown(source: ExportSource) -> Iterator[Piece]:
    from vitrail.presenters.files.markdown import markdown_pieces

    return markdown_pieces(source)


def _script(source: ExportSource) -> Iterator[Piece]:
    from vitrail.presenters.files.script import script_pieces

    return script_pieces(source)


def _annotated_script(source: ExportSource) -> Iterator[Piece]:
    from vitrail.presenters.files.script import script_pieces

    return script_pieces(source, outputs=True)


def _text(source: ExportSource) -> Iterator[Piece]:
    before = ""
    for entry in source.entries:
        if isinstance(entry, Notice):
            yield f"{before}{entry.text}\n"
        else:
            yield f"{before}{cell_text(replace(entry, outputs=[]), prompts=True)}\n"
            for output in tuple(entry.outputs):
                yield from _output_text(output)
        before = "\n"


def _output_text(output: Output) -> Iterator[Piece]:
    if isinstance(output, RichOutput):
        yield f"{output_text(output, prompts=True)}\n"
        return
    for block in line_blocks(output.text.buffer):
        yield "".join(f"{line.text}\n" for line in block)


NOTEBOOK = Format("notebook", ".ipynb", tr("Jupyter notebook"), _notebook, _load_nbformat)
FORMATS = (
    NOTEBOOK,
    Format("html", ".html", tr("Web page"), _html, _typeset),
    Format("markdown", ".md", "Markdown", _markdown),
    Format("script", ".py", tr("Script"), _script),
    Format("annotated_script", ".py", tr("Script with outputs as comments"), _annotated_script),
    Format("text", ".txt", tr("Text with prompts"), _text),
)


def format_named(suffix: str) -> Format:
    """Return the format of files whose names end so; KeyError when there is none."""
    return next(each for each in FORMATS if each.suffix == suffix.lower())


def write_now(path: Path, chosen: Format, source: ExportSource) -> None:
    """Write a transcript in one go.

    Raises:
        UsageError: It cannot be written; says why.
    """
    write_whole(path, _with_files(path.parent, chosen.pieces(source)))


def _with_files(folder: Path, pieces: Iterator[Piece]) -> Iterator[str]:
    """Yield the text alone; write what belongs beside it on the way."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            write_beside(folder, *piece)


def write_beside(folder: Path, name: str, content: bytes) -> None:
    """Write a file that belongs to a document; its folder is made.

    Raises:
        UsageError: It cannot be written; says why.
    """
    path = folder / name
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise not_written(path.parent, error) from error
    write_whole(path, [content])
