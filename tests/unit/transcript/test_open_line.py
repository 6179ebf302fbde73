"""A line under the cursor reads as if every write had replaced its characters one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail_widgets.transcript.open_line import OpenLine, add_run
from vitrail_widgets.transcript.styles import PLAIN, Run, StyledLine, TextStyle

RED, BLUE = TextStyle(fg=1), TextStyle(fg=4)
Cells = list[tuple[str, TextStyle]]
styles = st.sampled_from([PLAIN, RED, BLUE])
writes = st.tuples(st.integers(0, 30), st.text("abé", max_size=9), styles)


def cells_of(line: OpenLine) -> Cells:
    cells = [(character, PLAIN) for character in line.text]
    for run in line.runs:
        assert run.start < run.end
        assert run.style != PLAIN
        for index in range(run.start, run.end):
            cells[index] = (cells[index][0], run.style)
    return cells


def write(cells: Cells, column: int, text: str, style: TextStyle) -> None:
    cells += [(" ", PLAIN)] * (column - len(cells))
    cells[column : column + len(text)] = [(character, style) for character in text]


@settings(deadline=None)
@given(st.lists(st.one_of(writes, writes, st.integers(0, 30)), max_size=90))
def test_writes_and_cuts_replace_characters_and_their_styles(
    steps: list[tuple[int, str, TextStyle] | int],
) -> None:
    line, cells = OpenLine(), Cells()
    for step in steps:
        if isinstance(step, int):
            line.truncate(step)
            del cells[step:]
        else:
            line.write(*step)
            write(cells, *step)
        assert line.length == len(cells)
    assert cells_of(line) == cells
    assert line.text.isascii() or not line.is_ascii
    for left, right in zip(line.runs, line.runs[1:], strict=False):
        assert left.end < right.start or (left.end == right.start and left.style != right.style)


def test_a_line_goes_on_from_what_it_was() -> None:
    line = OpenLine(StyledLine("ab", (Run(1, 2, RED),)))
    line.append("c", RED)
    line.append("")
    assert (line.text, line.runs, line.length) == ("abc", (Run(1, 3, RED),), 3)


def test_rewriting_the_start_of_a_long_line_does_not_copy_the_rest() -> None:
    line = OpenLine(StyledLine("x" * 1_000_000))
    for count in range(200):
        line.write(0, f"{count:3} %")
    assert line.text == "199 %" + "x" * 999_995


def test_a_line_of_many_parts_can_be_rewritten() -> None:
    line = OpenLine()
    for _ in range(500):
        line.append("ab")
    line.write(499, "XY")
    assert line.text == "ab" * 249 + "aXYb" + "ab" * 249


def test_adjoining_runs_of_one_style_become_one() -> None:
    runs: list[Run] = []
    for run in (Run(0, 1, RED), Run(1, 2, RED), Run(2, 3, BLUE), Run(4, 5, BLUE)):
        add_run(runs, run)
    assert runs == [Run(0, 2, RED), Run(2, 3, BLUE), Run(4, 5, BLUE)]
