"""A slow and obvious terminal for one endless page: what TerminalText must agree with."""

from dataclasses import dataclass

from wcwidth import wcwidth

from vitrail_widgets.transcript.sgr import apply_sgr
from vitrail_widgets.transcript.styles import PLAIN, Run, StyledLine, TextStyle

Cells = list[tuple[str, TextStyle]]
"""A wide character is followed by an empty one, of its style."""


@dataclass(frozen=True)
class Move:
    """A CSI with one number, like ``Move("A", 2)``."""

    final: str
    number: int


@dataclass(frozen=True)
class Sgr:
    """A change of style."""

    params: str


Step = Move | Sgr | str
"""What to feed; a str is text or one of the control characters \\n \\r \\b \\t."""


def as_text(steps: list[Step]) -> str:
    """Return the steps as a kernel would send them."""
    return "".join(map(_step_text, steps))


def _step_text(step: Step) -> str:
    match step:
        case Move(final, number):
            return f"\x1b[{number}{final}"
        case Sgr(params):
            return f"\x1b[{params}m"
        case str():
            return step


class ReferenceTerminal:
    """Rows of cells under a cursor; one character each, or half of a wide one."""

    def __init__(self) -> None:
        self.rows: list[Cells] = [[]]
        self.row = self.column = 0
        self.style = PLAIN

    def run(self, steps: list[Step]) -> list[StyledLine]:
        """Obey *steps* and return the lines; an empty last one does not count."""
        for step in steps:
            match step:
                case Move(final, number):
                    self._move(final, number)
                case Sgr(params):
                    self.style = apply_sgr(self.style, params)
                case str():
                    for character in step:
                        self._take(character)
        rows = self.rows if self.rows[-1] else self.rows[:-1]
        return [_styled_line(row) for row in rows]

    def _take(self, character: str) -> None:
        cells = self.rows[self.row]
        match character:
            case "\n":
                self.row, self.column = self.row + 1, 0
                if self.row == len(self.rows):
                    self.rows.append([])
            case "\r":
                self.column = 0
            case "\b":
                self.column = max(self.column - 1, 0)
            case "\t":
                self.column = (self.column // 8 + 1) * 8
                self._pad(cells)
            case _:
                self._pad(cells)
                width = wcwidth(character)
                self._halve(cells, self.column)
                self._halve(cells, self.column + width)
                taken = [(character, self.style), ("", self.style)][:width]
                cells[self.column : self.column + width] = taken
                self.column += width

    def _halve(self, cells: Cells, column: int) -> None:
        """Leave blanks of a wide character that a column cuts."""
        if 0 < column < len(cells) and not cells[column][0]:
            cells[column - 1 : column + 1] = [(" ", cells[column][1])] * 2

    def _pad(self, cells: Cells) -> None:
        cells += [(" ", PLAIN)] * (self.column - len(cells))

    def _move(self, final: str, number: int) -> None:
        cells = self.rows[self.row]
        match final:
            case "A":
                self.row = max(self.row - (number or 1), 0)
            case "B":
                self.row = min(self.row + (number or 1), len(self.rows) - 1)
            case "C":
                self.column += number or 1
            case "D":
                self.column = max(self.column - (number or 1), 0)
            case "G":
                self.column = (number or 1) - 1
            case "K":
                self._erase_line(cells, number)
            case "J":
                self._erase_display(cells, number)
            case _:
                raise ValueError(final)

    def _erase_line(self, cells: Cells, mode: int) -> None:
        if mode == 0:
            self._halve(cells, self.column)
            del cells[self.column :]
        elif mode == 1:
            self._halve(cells, self.column + 1)
            count = min(self.column + 1, len(cells))
            cells[:count] = [(" ", PLAIN)] * count
        elif mode == 2:
            cells.clear()

    def _erase_display(self, cells: Cells, mode: int) -> None:
        if mode == 0:
            self._erase_line(cells, 0)
            del self.rows[self.row + 1 :]
        elif mode == 1:
            for row in self.rows[: self.row]:
                row.clear()
            self._erase_line(cells, 1)
        elif mode == 2:
            self.rows, self.row = [[]], 0


def _styled_line(cells: Cells) -> StyledLine:
    runs: list[Run] = []
    cells = [cell for cell in cells if cell[0]]
    for index, (_, style) in enumerate(cells):
        if style == PLAIN:
            continue
        if runs and runs[-1].end == index and runs[-1].style == style:
            runs[-1] = Run(runs[-1].start, index + 1, style)
        else:
            runs.append(Run(index, index + 1, style))
    return StyledLine("".join(character for character, _ in cells), tuple(runs))
