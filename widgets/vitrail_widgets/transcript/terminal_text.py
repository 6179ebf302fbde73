r"""Terminal output made into styled lines.

A stream has no screen: a newline goes to the start of the next line, the cursor moves up only
within the last lines, and what a terminal would do to the rest of its screen is ignored.
"""

from typing import Final

from vitrail_widgets.transcript.ansi import (
    Kind,
    SequenceJoiner,
    csi_number,
    split_styling,
    tokens,
)
from vitrail_widgets.transcript.control_characters import is_plain, pictured
from vitrail_widgets.transcript.run_layer import RunLayer
from vitrail_widgets.transcript.sgr import apply_link, apply_sgr
from vitrail_widgets.transcript.styles import PLAIN
from vitrail_widgets.transcript.text_buffer import TextBuffer

TAB_COLUMNS: Final = 8
COLUMN_LIMIT: Final = 1024
"""How far to the right an escape sequence may send the cursor when the line is shorter."""


class TerminalText:
    """Text under a cursor that obeys control characters and escape sequences.

    Attributes:
        buffer: The lines so far, for reading.
    """

    def __init__(self) -> None:
        self.buffer = TextBuffer()
        self._sequences = SequenceJoiner()
        self._style = PLAIN
        self._column = 0
        self._first_changed = 0

    def feed(self, text: str) -> int:
        """Write *text*, which may end anywhere, and return the first line that may have changed."""
        self._first_changed = self.buffer.open_index
        if "\r" in text:
            text = text.replace("\r\n", "\n")  # the same, only slower to walk through
        if self._sequences.is_idle and is_plain(text):
            self._write(text)
        else:
            self._obey(text)
        return self._first_changed

    def _obey(self, text: str) -> None:
        text = self._sequences.join(pictured(text))
        if not (self._is_at_end() and self._write_styled(text)):
            self._walk(text)

    def _write_styled(self, text: str) -> bool:
        """Write text at the end that has no controls but styles; return whether it was so."""
        texts, styles = split_styling(text)
        plain = "".join(texts)
        if "\t" in plain or not is_plain(plain):
            return False
        buffer = self.buffer
        layer = RunLayer(self._style, buffer.open_index, self._column)
        layer.lay(texts, styles)
        self._style = layer.style
        buffer.extend(plain.split("\n"), layer.runs)
        self._column = buffer.open.length
        return True

    def _walk(self, text: str) -> None:
        for kind, value in tokens(text):
            if kind is Kind.TEXT:
                self._write(value)
            elif kind is Kind.SGR:
                self._style = apply_sgr(self._style, value)
            elif kind is Kind.CSI:
                self._move_or_erase(value[0], value[1:])
            elif kind is Kind.BACKSPACE:
                self._column = max(self._column - len(value), 0)
            elif kind is Kind.ESCAPE:
                self._put("\u241b")
            else:
                self._style = apply_link(self._style, value)

    def _is_in_last_row(self) -> bool:
        return self.buffer.open_index + 1 == self.buffer.row_total

    def _is_at_end(self) -> bool:
        return self._column == self.buffer.open.length and self._is_in_last_row()

    def _write(self, text: str) -> None:
        if "\r" not in text and self._is_at_end():
            if self._style == PLAIN:
                self._write_plain(text)
                return
            if self._write_styled(text):
                return
        first, *lines = text.split("\n")
        self._write_line(first)
        if len(lines) > 1 and self._style == PLAIN and "\t" not in text and self._is_in_last_row():
            self.buffer.extend(["", *(_overlaid(line.split("\r")) for line in lines[:-1])])
            del lines[:-1]
        for line in lines:
            self.buffer.newline()
            self._column = 0
            self._write_line(line)

    def _write_plain(self, text: str) -> None:
        if "\t" in text:
            text = _expand_tabs(text, self._column)
        self.buffer.extend(text.split("\n"))
        self._column = self.buffer.open.length

    def _write_line(self, line: str) -> None:
        first, *rewritten = line.split("\r")
        self._write_cells(first)
        if rewritten and "\t" not in line:
            self._column = 0
            self._put(_overlaid(rewritten))
            self._column = len(rewritten[-1])
            return
        for text in rewritten:
            self._column = 0
            self._write_cells(text)

    def _write_cells(self, text: str) -> None:
        for number, cell in enumerate(text.split("\t")):
            if number:
                self._tab()
            self._put(cell)

    def _put(self, text: str) -> None:
        if text:
            self.buffer.open.write(self._column, text, self._style)
            self._column += len(text)

    def _tab(self) -> None:
        self._column += TAB_COLUMNS - self._column % TAB_COLUMNS
        missing = self._column - self.buffer.open.length
        if missing > 0:
            self.buffer.open.append(" " * missing)

    def _move_or_erase(self, final: str, params: str) -> None:
        if final == "A":
            self._move_to(self.buffer.open_index - csi_number(params))
        elif final == "B":
            self._move_to(self.buffer.open_index + csi_number(params))
        elif final == "C":
            self._column = self._reachable(self._column + csi_number(params))
        elif final == "D":
            self._column = max(self._column - csi_number(params), 0)
        elif final == "G":
            self._column = self._reachable(csi_number(params) - 1)
        elif final == "K":
            self._erase_in_line(csi_number(params, default=0))
        elif final == "J":
            self._erase_in_display(csi_number(params, default=0))

    def _reachable(self, column: int) -> int:
        return min(column, max(self.buffer.open.length, self._column, COLUMN_LIMIT))

    def _move_to(self, index: int) -> None:
        buffer = self.buffer
        buffer.move_to(min(max(index, buffer.first_live), buffer.row_total - 1))
        self._first_changed = min(self._first_changed, buffer.open_index)

    def _erase_in_line(self, mode: int) -> None:
        line = self.buffer.open
        if mode == 0:
            line.truncate(self._column)
        elif mode == 1:
            line.write(0, " " * min(self._column + 1, line.length))
        elif mode == 2:
            line.truncate(0)

    def _erase_in_display(self, mode: int) -> None:
        buffer, row = self.buffer, self.buffer.open_index
        if mode == 0:
            buffer.open.truncate(self._column)
            buffer.drop_after(row)
        elif mode == 1:
            buffer.blank(buffer.first_live, row)
            self._first_changed = min(self._first_changed, buffer.first_live)
            self._erase_in_line(1)
        elif mode in (2, 3):
            self._move_to(buffer.first_live)
            buffer.open.truncate(0)
            buffer.drop_after(buffer.open_index)


def _expand_tabs(text: str, column: int) -> str:
    offset = column % TAB_COLUMNS
    return (" " * offset + text).expandtabs(TAB_COLUMNS)[offset:]


def _overlaid(texts: list[str]) -> str:
    """Return what is left of texts that were written over each other."""
    seen = texts[-1]
    for text in reversed(texts):
        if len(text) > len(seen):
            seen += text[len(seen) :]
    return seen
