"""What stands beside a cell's code never lies over it, however narrow the console is."""

from collections.abc import Iterable

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont

from support.console import Console
from vitrail_widgets.console.cell_note import Word
from vitrail_widgets.console.entries import CellLayout
from vitrail_widgets.console.folding.fold import Fold
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.render.fold_note import FoldNote
from vitrail_widgets.render.folded_text import hidden_words
from vitrail_widgets.transcript.cells import CellStatus

CODES = (
    "y = 1",
    "compute(17, option=19) + rest",
    "long_code_here(first_argument, second_one)",
    "def f(x):\n    return x * 2 + 3\n\nf(1)",
    "x" * 200,
    "if x:\n    " + "wide = '" + "日本" * 30 + "'",
    "",
)
STATES = (CellStatus.QUEUED, CellStatus.ABORTED, CellStatus.LOST, CellStatus.RUNNING)
NOW = 100.0


def layout_of(console: Console, cell_id: str) -> CellLayout:
    layout = console.view.document.flow[console.transcript.position(cell_id)]
    assert isinstance(layout, CellLayout)
    return layout


def words_of(console: Console, cell_id: str, *, hovered: bool) -> list[Word]:
    notes = console.view.looks.entries.notes
    return notes.words(layout_of(console, cell_id), 0, NOW, hovered=hovered)


def text_of(words: Iterable[Word]) -> str:
    return "".join(word.text for word in words)


def code_rects(console: Console, cell_id: str) -> list[QRectF]:
    """Return where the code stands, from the cell's upper edge."""
    layout, canvas = layout_of(console, cell_id), console.view.looks.canvas
    block, found = layout.block(0), []
    for line in range(block.line_count):
        rects = block.rects(canvas, line, 0, len(block.line(line)))  # type: ignore[attr-defined]
        found += [rect.translated(canvas.x, layout.block_top(0)) for rect in rects]
    return found


@pytest.mark.parametrize("hovered", [False, True])
@pytest.mark.parametrize("author", ["", "grace", "somebody with quite a long name"])
@pytest.mark.parametrize(("width", "point_size"), [(500, 20.0), (500, 10.5), (900, 10.5)])
def test_no_note_lies_over_code_or_leaves_the_box(
    console: Console, width: int, point_size: float, author: str, hovered: bool
) -> None:
    font = QFont(code_font(None, point_size))
    console.view.resize(width, 600)
    console.view.set_code_font(font)
    ids: list[str] = []
    for state in STATES:
        for number, code in enumerate(CODES):
            cell_id = f"{state}{number}"
            ids.append(cell_id)
            console.apply(
                console.transcript.append_cell(
                    cell_id,
                    code,
                    count=1,
                    origin="other" if author else None,
                    author=author,
                    at=1.0,
                )
            )
            console.apply(console.transcript.set_place(cell_id, len(ids)))
            console.apply(console.transcript.set_status(cell_id, state, 2.0))
    across = console.view.across
    right = across.content_x + across.content_width
    for cell_id in ids:
        words, layout = words_of(console, cell_id, hovered=hovered), layout_of(console, cell_id)
        if layout.cell.status is not CellStatus.RUNNING:
            assert words, f"{cell_id} says nothing"
        for word in words:
            assert across.text_x - 1 <= word.rect.left()
            assert word.rect.right() <= right
            assert word.rect.bottom() <= layout.input_height
            crossed = [rect for rect in code_rects(console, cell_id) if rect.intersects(word.rect)]
            assert crossed == [], f"{text_of(words)!r} over {layout.cell.code!r}"


def test_a_cell_is_as_high_as_its_note_needs_and_no_higher_afterwards(console: Console) -> None:
    console.view.resize(500, 600)
    console.view.set_code_font(QFont(code_font(None, 20)))
    code = "compute(17, option)"
    console.apply(console.transcript.append_cell("a", code, count=1, at=1.0))
    console.apply(console.transcript.set_place("a", 1))
    line, queued = console.view.metrics.line_height, layout_of(console, "a").height
    total = console.view.document.height
    console.apply(console.transcript.set_status("a", CellStatus.RUNNING, 2.0))
    assert layout_of(console, "a").height == queued - line
    assert console.view.document.height == total - line


def test_a_note_says_less_where_there_is_less_room(console: Console) -> None:
    console.apply(console.transcript.append_cell("a", "y = 1", count=1, at=1.0))
    console.apply(console.transcript.set_place("a", 2))
    assert text_of(words_of(console, "a", hovered=True)) == "queued · 2nd · ↑  ↓  edit  cancel"
    assert text_of(words_of(console, "a", hovered=False)) == "queued · 2nd"
    console.view.resize(380, 600)
    console.view.set_code_font(QFont(code_font(None, 14)))
    assert text_of(words_of(console, "a", hovered=True)) == "↑  ↓  edit  cancel"
    console.apply(console.transcript.set_status("a", CellStatus.LOST, 2.0))
    assert text_of(words_of(console, "a", hovered=False)) == "lost · run again"


@pytest.mark.parametrize("status", [CellStatus.QUEUED, CellStatus.DONE])
def test_what_is_folded_is_said_beside_the_note_and_not_under_it(
    console: Console, status: CellStatus
) -> None:
    console.view.resize(620, 600)
    console.apply(
        console.transcript.append_cell("a", "for x in range(30):\n    print(x)", count=1, at=1.0)
    )
    console.stream("a", "line\n" * 1200)
    console.apply(console.transcript.set_status("a", status, 2.0))
    for width in range(620, 300, -20):
        console.view.resize(width, 600)
        for fold in (Fold.CELL, Fold.OUTPUTS):
            console.view.folding.toggle(0, fold)
            rect = console.view.looks.entries.folds.note_rect(layout_of(console, "a"), 0)
            across = console.view.across
            assert rect.right() <= across.content_x + across.content_width
            for hovered in (False, True):
                words = words_of(console, "a", hovered=hovered)
                assert [word for word in words if word.rect.intersects(rect)] == []
            console.view.folding.toggle(0, fold)


def test_how_much_is_hidden_is_said_in_as_many_words_as_there_is_room_for() -> None:
    rooms = (40, 24, 18, 12, 6, 3)
    said = [FoldNote.of(hidden_words(5002), 0, room) for room in rooms]
    assert [note.words.replace("\u202f", " ") for note in said] == [
        "5 002 lines hidden",
        "5 002 lines",
        "5 002 lines",
        "5 002",
        "",
        "",
    ]
    assert all(note.columns <= room for note, room in zip(said, rooms, strict=True))
    assert said[-1].columns == 0
