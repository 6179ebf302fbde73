"""A transcript as a script in the percent format, which runs from top to bottom."""

import re
import warnings
from collections.abc import Iterator

from vitrail.presenters.files.percent import (
    COMMENTED,
    COMMENTS,
    MAGIC,
    NOT_RUN,
    RAISED,
    RESULT,
    commented,
    header,
)
from vitrail.presenters.files.source import ExportSource
from vitrail_widgets.editing.ipython_syntax import EscapeKind, cell_magic, escape_of
from vitrail_widgets.editing.scan import scan
from vitrail_widgets.transcript.cells import Cell, CellStatus, ErrorOutput, Output, RichOutput

LONGEST_OUTPUT = 200
"""Lines of an output that are written into a script; it is for reading there."""

NOT_SENT = (CellStatus.ABORTED, CellStatus.QUEUED)


def script_pieces(source: ExportSource, *, outputs: bool = False) -> Iterator[str]:
    """Yield a script, cell by cell.

    Cells that raised, were not run, or are no Python at all stand in comments, so that the script
    runs; opened again they are code.

    Args:
        source: What to write.
        outputs: Whether to write what came out, as comments.
    """
    language = source.language
    comment = COMMENTS.get(language.name, "#")
    before = ""
    if comment == "#":
        yield header(source.kernel, language.name)
    for entry in source.entries:
        if not isinstance(entry, Cell) or not entry.code.strip():
            continue
        title, code = _cell(entry, comment, is_python=language.is_python)
        yield f"{before}{comment} %%{title}\n{code}\n"
        if outputs:
            yield from (f"{comment}{RESULT[1:]} {line}".rstrip() + "\n" for line in _outputs(entry))
        before = "\n"


def _cell(cell: Cell, comment: str, *, is_python: bool) -> tuple[str, str]:
    """Return what stands behind a cell's marker, and its code."""
    code = cell.code.replace("\r\n", "\n").strip("\n")
    raised = next((each for each in cell.outputs if isinstance(each, ErrorOutput)), None)
    if cell.status in NOT_SENT:
        return f" {NOT_RUN}", commented(code, comment)
    if raised is not None or cell.status is CellStatus.FAILED:
        name = re.sub(r"\s+", " ", raised.ename)[:60] if raised is not None else ""
        return f" {RAISED} {name}".rstrip(), commented(code, comment)
    if not is_python:
        return "", code
    plain = python_of(code)
    return (f" {COMMENTED}", commented(code)) if plain is None else ("", plain)


def python_of(code: str) -> str | None:
    """Return a cell as Python, IPython's lines in it as comments; None where that is no Python."""
    if cell_magic(code.lstrip().partition("\n")[0]):
        return commented(code)
    found = scan(code)
    lines = code.split("\n")
    for statement in found.statements:
        if statement.escape:
            line = _as_comment(found.indentation(statement), found.text(statement))
            if line is None:
                return None
            lines[code.count("\n", 0, statement.start)] = line
    for start, end in found.opaque:
        if code[start] == "#" and MAGIC.fullmatch(code, start, end):  # it is a comment, to be kept
            number = code.count("\n", 0, start)
            if lines[number].lstrip() == code[start:end]:
                lines[number] = lines[number].replace("# ", "# # ", 1)
    plain = "\n".join(lines)
    return plain if _compiles(plain) else None


def _as_comment(indentation: str, text: str) -> str | None:
    """Return a line of IPython's as a comment; None for what would not come back from it."""
    escape = escape_of(text)
    if escape is not None and escape.kind is EscapeKind.HELP and not text.startswith("?"):
        text = text[slice(*escape.marker)] + text[slice(*escape.name)]  # x? is ?x
    line = f"{indentation}# {text}"
    return line if MAGIC.fullmatch(line) else None


def _compiles(code: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of invalid escapes: the kernel has said it
        try:
            compile(code, "", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
            return False
    return True


def _outputs(cell: Cell) -> Iterator[str]:
    for output in tuple(cell.outputs):
        yield from _output(output)


def _output(output: Output) -> list[str]:
    """Return what came out as lines of text; a long one is cut and says so."""
    if isinstance(output, RichOutput):
        text = output.bundle.text("text/plain") or f"[{', '.join(output.bundle.data)}]"
        lines = text.split("\n")
    else:
        buffer = output.text.buffer
        lines = buffer.plain_text(0, LONGEST_OUTPUT).split("\n")
        lines += [""] * (len(buffer) - len(lines))  # counted, not read
    hidden = len(lines) - LONGEST_OUTPUT
    if hidden <= 0:
        return lines
    return [*lines[:LONGEST_OUTPUT], f"[{hidden} more lines]"]
