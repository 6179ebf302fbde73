"""Code pasted into code: without prompts, and indented as its place wants it."""

from vitrail_widgets.editing.completeness import MAX_SOURCE, Completeness, python_completeness
from vitrail_widgets.editing.edits import Buffer, Edit, replaced
from vitrail_widgets.editing.indentation import leading, shared_indentation
from vitrail_widgets.editing.languages import Notation, in_string
from vitrail_widgets.editing.prompts import without_prompts
from vitrail_widgets.editing.scan import scan

MAX_FITTED = 50_000
"""Characters; a longer text keeps its indentation: this one takes 25 ms."""


def pasted(buffer: Buffer, text: str, notation: Notation) -> Edit:
    """Return the edit that pastes a text; into a string it goes as it is.

    Args:
        buffer: The selection is replaced.
        text: Lines are parted by a newline.
        notation: The language at the caret.
    """
    if in_string(buffer.before, notation):
        return replaced(buffer, text)
    code = without_prompts(text, python=notation.is_python)
    if not buffer.line_before.strip():
        code = fitted(code, buffer.line_before, notation)
    if not buffer.after and code.count("\n") == 1:
        code = code.removesuffix("\n")  # one line was copied with its end
    return replaced(buffer, code)


def fitted(code: str, white: str, notation: Notation) -> str:
    """Return code dedented, and all lines but the first indented again by `white`.

    Lines keep their indentation relative to each other. The first one may have lost its own,
    because its selection began behind it. Lines inside of a string move along if they stand in
    as far.

    Args:
        code: What is pasted at the end of `white`.
        white: The indentation that stands there already.
        notation: The language; only for Python a cut first line is recognised.
    """
    if not code.strip() or len(code) > MAX_FITTED:
        return code
    lines = code.split("\n")
    if notation.is_python:
        lines[0] = _indented_first(lines)
    free = _free_lines(code, lines, notation)
    common = shared_indentation([lines[number] for number in free])
    moved = [_moved(line, common, white, n in free) for n, line in enumerate(lines)]
    return moved[0].removeprefix(white) + "".join("\n" + line for line in moved[1:])


def _moved(line: str, common: str, white: str, is_free: bool) -> str:
    if not line.strip():
        return "" if is_free or line.startswith(common) else line
    if line.startswith(common):
        return white + line[len(common) :]
    return line


def _free_lines(code: str, lines: list[str], notation: Notation) -> set[int]:
    """Return the numbers of the lines that have text and do not begin inside of a string."""
    written = {number for number, line in enumerate(lines) if line.strip()}
    if not notation.is_python:
        return written
    inside: set[int] = set()
    number = position = 0
    for start, end in scan(code).opaque:
        number += code.count("\n", position, start)
        height = code.count("\n", start, end)
        inside.update(range(number + 1, number + height + 1))
        number, position = number + height, end
    return written - inside or written


def _indented_first(lines: list[str]) -> str:
    """Return the first line with the indentation that it has lost, if it has."""
    first = lines[0]
    others = [line for line in lines[1:] if line.strip()]
    common = shared_indentation(others)
    source = "\n".join(lines)
    if not others or not common or leading(first) or len(source) > MAX_SOURCE:
        return first
    if _is_valid(source) or not _is_valid(common + source):
        return first
    return common + first


def _is_valid(source: str) -> bool:
    return python_completeness(source)[0] in {Completeness.COMPLETE, Completeness.INCOMPLETE}
