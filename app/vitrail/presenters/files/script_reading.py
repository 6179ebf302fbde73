"""A script cut into cells; magics come back from the comments that they were written as."""

import re
from collections.abc import Iterator

from vitrail.presenters.files.percent import (
    COMMENTED,
    COMMENTS,
    HEADER,
    MAGIC,
    NOT_RUN,
    RAISED,
    RESULT,
    uncommented,
)
from vitrail_widgets.editing.ipython_syntax import cell_magic

TITLE = re.compile(rf"({COMMENTED}|{NOT_RUN}|{RAISED}( \S+)?)")
CELL_MAGIC = re.compile(r"# %%([^\W\d]|!)")
OTHER_TYPES = re.compile(r"\[(markdown|md|raw)\]")


def cells_of(source: str, language: str = "python") -> tuple[str, ...]:
    """Cut a script at its `# %%` lines; cells of text, and those that hold nothing, are left out.

    Args:
        source: The text of a file, lines parted by a newline.
        language: Of the code, in lower case; tells what begins a comment.
    """
    return tuple(reading_cells(source, language))


def reading_cells(source: str, language: str = "python") -> Iterator[str]:
    """Yield what `cells_of` returns, cell by cell."""
    comment = COMMENTS.get(language, "#")
    head = HEADER.match(source)
    source = source[head.end() :] if head is not None else source
    for title, text in _sections(source, comment, is_jupytext=head is not None):
        if text.strip() and not OTHER_TYPES.search(title):
            cell = _cell(title, text, comment, is_jupytext=head is not None)
            if cell.strip():
                yield cell


def _sections(source: str, comment: str, *, is_jupytext: bool) -> Iterator[tuple[str, str]]:
    """Yield the title and the text of each section."""
    marker = re.compile(rf"^[ \t]*{re.escape(comment)}[ \t]*%%(.*)\n?", re.MULTILINE)
    title, start = "", 0
    for match in marker.finditer(source):
        if is_jupytext and CELL_MAGIC.match(match[0]):
            continue
        yield title, source[start : match.start()]
        title, start = match[1].strip(), match.end()
    yield title, source[start:]


def _cell(title: str, text: str, comment: str, *, is_jupytext: bool) -> str:
    """Return the code of a cell."""
    text = text.strip("\n")
    if not is_jupytext:
        return text
    lines = text.split("\n")
    while lines and lines[-1].startswith(comment + RESULT[1:]):
        lines.pop()
    text = "\n".join(lines).strip("\n")
    whole = uncommented(text, comment)
    if whole is not None and (TITLE.fullmatch(title) or cell_magic(whole.partition("\n")[0])):
        return whole
    return text if comment != "#" else "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    match = MAGIC.fullmatch(line)
    return line if match is None else match["indent"] + match["code"]
