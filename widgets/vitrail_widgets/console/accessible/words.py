"""What a screen reader says of a cell: its number, how it went, how much it put out."""

from vitrail_resources.translation import tr, trn
from vitrail_widgets.console.entries import CellLayout, EntryLayout
from vitrail_widgets.transcript.cells import EARLIER, Cell, CellStatus

LONGEST = 100_000
"""Characters of one entry that are read; nobody listens to more."""

STATUS_WORDS = {
    CellStatus.QUEUED: tr("waiting"),
    CellStatus.RUNNING: tr("running"),
    CellStatus.DONE: "",
    CellStatus.FAILED: tr("error"),
    CellStatus.ABORTED: tr("not run"),
    CellStatus.LOST: tr("lost"),
}


def title_of(layout: EntryLayout) -> str:
    """Return an entry in some words, as in "In 5, error, 3 lines"."""
    if not isinstance(layout, CellLayout):
        return tr("Notice: {text}", text=layout.notice.text)
    cell = layout.cell
    number = (
        tr("In {count}", count=cell.count) if cell.count is not None else tr("In, not numbered")
    )
    parts = [
        number,
        STATUS_WORDS.get(cell.status, ""),
        _whose(cell),
    ]
    return ", ".join(part for part in (*parts, _amount(layout)) if part)


def _whose(cell: Cell) -> str:
    if cell.origin == EARLIER:
        return tr("run before")
    return "" if cell.is_own else tr("of somebody else")


def text_of(layout: EntryLayout) -> str:
    """Return the code and the outputs of an entry as text, cut at `LONGEST`."""
    parts: list[str] = []
    left = LONGEST
    for index in range(layout.block_count):
        block = layout.block(index)
        for line in range(block.line_count):
            text = block.line(line)
            parts.append(text[:left])
            left -= len(text) + 1
            if left <= 0:
                return "\n".join(parts)
    return "\n".join(parts)


def ending_of(cell: Cell, layout: CellLayout) -> str:
    """Return what is announced when a cell has ended: its title, and its last line."""
    last = ""
    if layout.block_count > 1:
        block = layout.block(layout.block_count - 1)
        lines = (block.line(at).strip() for at in range(block.line_count - 1, -1, -1))
        last = next((line for line in lines if line), "")[:200]
    ended = tr("finished") if cell.status is CellStatus.DONE else STATUS_WORDS.get(cell.status, "")
    name = tr("In {count}", count=cell.count) if cell.count is not None else tr("The cell")
    return f"{name} {ended}" + (f": {last}" if last else "")


def _amount(layout: CellLayout) -> str:
    lines = sum(layout.block(index).line_count for index in range(1, layout.block_count))
    if not lines:
        return tr("no output")
    return trn("{count} line", "{count} lines", lines)
