"""The cursor of an output, and the control sequences that move it and erase what is there.

There is no screen of so many rows. Lines go on for ever, and the cursor reaches as far up as the
buffer lets it; where a sequence counts from the top of a screen, it is the last ``SCREEN_ROWS``.
"""

from typing import Final, NamedTuple

from vitrail_widgets.transcript.ansi import csi_number
from vitrail_widgets.transcript.styles import PLAIN, TextStyle
from vitrail_widgets.transcript.text_buffer import TextBuffer

SCREEN_ROWS: Final = 24
"""The height that programs assume who cannot ask a terminal (as ``shutil`` does)."""

COLUMN_LIMIT: Final = 1024
"""How far to the right an escape sequence may send the cursor when the line is shorter."""


class _Saved(NamedTuple):
    row: int
    column: int
    style: TextStyle


class Screen:
    """A buffer under a cursor that obeys control sequences; those it does not know do nothing.

    Attributes:
        buffer: The lines; its open one is the cursor's.
        column: Of the cursor, in cells from 0; may be beyond the end of the line.
        style: Of what is written next.
        first_changed: The first line that may have changed since this was set.
    """

    __slots__ = ("_saved", "buffer", "column", "first_changed", "style")

    def __init__(self, buffer: TextBuffer) -> None:
        self.buffer = buffer
        self.column = 0
        self.style = PLAIN
        self.first_changed = 0
        self._saved: _Saved | None = None

    def obey(self, final: str, params: str) -> None:
        """Do what ``CSI params final`` says."""
        if final in _ACROSS:
            self._move_across(final, csi_number(params))
        elif final in _DOWN:
            self._move_down(final, params)
        elif final in _EDITS:
            self._edit(final, csi_number(params))
        elif final == "K":
            self._erase_in_line(csi_number(params, default=0))
        elif final == "J":
            self._erase_in_display(csi_number(params, default=0))
        elif final in "su" and not params:
            self.escape("7" if final == "s" else "8")

    def escape(self, command: str) -> None:
        """Do what an escape with one character says."""
        match command:
            case "7":
                self._saved = _Saved(self.buffer.open_index, self.column, self.style)
            case "8" if self._saved is not None:
                row, self.column, self.style = self._saved
                self._begin(row)
                self._move_to(row)
            case "D":
                self.buffer.newline()
            case "E":
                self.buffer.newline()
                self.column = 0
            case "M":
                self._move_to(self.buffer.open_index - 1)
            case "c":
                self.style = PLAIN
            case _:
                pass

    # -- moving --------------------------------------------------------------------------------

    def _move_across(self, final: str, number: int) -> None:
        match final:
            case "C" | "a":
                self.column = self._reachable(self.column + number)
            case "D":
                self.column = max(self.column - number, 0)
            case _:
                self.column = self._reachable(number - 1)

    def _move_down(self, final: str, params: str) -> None:
        row, number = self.buffer.open_index, csi_number(params)
        match final:
            case "A" | "F":
                self._move_to(row - number)
            case "B" | "E" | "e":
                self._move_to(row + number)
            case _:
                row = self._home + min(number, SCREEN_ROWS) - 1
                self._begin(row)
                self._move_to(row)
        if final in "EF":
            self.column = 0
        elif final in "Hf":
            self.column = self._reachable(csi_number(params.partition(";")[2]) - 1)

    @property
    def _home(self) -> int:
        """Index of the line at the top of what would be a screen."""
        return max(self.buffer.first_live, self.buffer.row_total - SCREEN_ROWS)

    def _reachable(self, column: int) -> int:
        return min(column, max(self.buffer.open.width, self.column, COLUMN_LIMIT))

    def _begin(self, row: int) -> None:
        """Begin empty lines until there is that one."""
        if row >= self.buffer.row_total:
            self.buffer.move_to(self.buffer.row_total - 1)
            for _ in range(row - self.buffer.open_index):
                self.buffer.newline()

    def _move_to(self, index: int) -> None:
        buffer = self.buffer
        buffer.move_to(min(max(index, buffer.first_live), buffer.row_total - 1))
        self._touch(buffer.open_index)

    def _touch(self, line: int) -> None:
        self.first_changed = min(self.first_changed, line)

    # -- erasing -------------------------------------------------------------------------------

    def _erase_in_line(self, mode: int) -> None:
        line = self.buffer.open
        if mode == 0:
            line.truncate(self.column)
        elif mode == 1:
            line.write(0, " " * min(self.column + 1, line.width))
        elif mode == 2:
            line.truncate(0)

    def _erase_in_display(self, mode: int) -> None:
        buffer, row = self.buffer, self.buffer.open_index
        if mode == 0:
            buffer.open.truncate(self.column)
            buffer.drop_after(row)
        elif mode == 1:
            buffer.blank(buffer.first_live, row)
            self._touch(buffer.first_live)
            self._erase_in_line(1)
        elif mode in (2, 3):
            self._move_to(buffer.first_live)
            buffer.open.truncate(0)
            buffer.drop_after(buffer.open_index)

    # -- inserting and deleting ----------------------------------------------------------------

    def _edit(self, final: str, number: int) -> None:
        line = self.buffer.open
        match final:
            case "@":
                line.insert_gap(self.column, min(number, COLUMN_LIMIT))
            case "P":
                line.cut(self.column, number)
            case "X":
                blanks = min(number, line.width - self.column)
                if blanks > 0:
                    line.write(self.column, " " * blanks)
            case "L":
                self.buffer.insert_lines(min(number, SCREEN_ROWS))
                self.column = 0
            case _:
                self.buffer.delete_lines(number)
                self.column = 0


_ACROSS: Final = frozenset("CDGa`")
_DOWN: Final = frozenset("ABEFHdef")
_EDITS: Final = frozenset("@PXLM")
