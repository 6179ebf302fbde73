r"""Terminal output made into styled lines.

A stream has no screen: a newline goes to the start of the next line, the cursor moves up only
within the last lines, and what a terminal would do to the rest of its screen is ignored.
"""

import re
from typing import Final

from vitrail_widgets.transcript.ansi import Kind, Tokenizer, apply_sgr, csi_number
from vitrail_widgets.transcript.styles import PLAIN
from vitrail_widgets.transcript.text_buffer import TextBuffer

TAB_COLUMNS: Final = 8
COLUMN_LIMIT: Final = 1024
"""How far to the right an escape sequence may send the cursor when the line is shorter."""

_MOVES: Final = "\a\b\t\r\x1b"
_PICTURES: Final[dict[int, str]] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in _MOVES + "\n"},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    0x2028: "\u2424",  # these two would break the line when it is drawn
    0x2029: "\u2424",
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_ASCII_CONTROLS: Final = "\x1b\r\t\b\x7f" + "".join(
    map(chr, (*range(8), *range(11, 13), *range(14, 27), *range(28, 32)))
)
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"
)
_CONTROL: Final = re.compile(f"[{_MOVES}]|{_UNPRINTABLE.pattern}")
_LONG: Final = 2000


def _is_plain(text: str) -> bool:
    """Whether *text* holds no control characters but newlines."""
    if len(text) > _LONG and text.isascii():
        return not any(map(text.__contains__, _ASCII_CONTROLS))  # nine times faster than re
    return _CONTROL.search(text) is None


class TerminalText:
    """Text under a cursor that obeys control characters and escape sequences.

    Attributes:
        buffer: The lines so far, for reading.
    """

    def __init__(self) -> None:
        self.buffer = TextBuffer()
        self._tokenizer = Tokenizer()
        self._style = PLAIN
        self._column = 0
        self._first_changed = 0

    def feed(self, text: str) -> int:
        """Write *text*, which may end anywhere, and return the first line that may have changed."""
        self._first_changed = self.buffer.open_index
        if "\r" in text:
            text = text.replace("\r\n", "\n")  # the same, only slower to walk through
        if self._tokenizer.is_idle and _is_plain(text):
            self._write(text)
        else:
            self._obey(text)
        return self._first_changed

    def _obey(self, text: str) -> None:
        if _UNPRINTABLE.search(text):
            text = text.translate(_PICTURES)
        for kind, value in self._tokenizer.feed(text):
            if kind is Kind.TEXT:
                self._write(value)
            elif kind is Kind.SGR:
                self._style = apply_sgr(self._style, value)
            elif kind is Kind.CONTROL:
                self._control(value)
            elif kind is Kind.CSI:
                self._move_or_erase(value[0], value[1:])
            else:
                self._style = self._style._replace(link=value or None)

    def _write(self, text: str) -> None:
        lines = text.split("\n")
        if self._style == PLAIN and self._is_at_end():
            self.buffer.extend(lines)
            self._column = self.buffer.open.length
            return
        self._write_line(lines[0])
        for line in lines[1:]:
            self.buffer.newline()
            self._column = 0
            self._write_line(line)

    def _is_at_end(self) -> bool:
        buffer = self.buffer
        return buffer.open_index + 1 == buffer.row_total and self._column == buffer.open.length

    def _write_line(self, text: str) -> None:
        if text:
            self.buffer.open.write(self._column, text, self._style)
            self._column += len(text)

    def _control(self, control: str) -> None:
        if control == "\r":
            self._column = 0
        elif control == "\b":
            self._column = max(self._column - 1, 0)
        elif control == "\t":
            self._tab()
        elif control == "\x1b":
            self._write_line("\u241b")

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
            for index in range(buffer.first_live, row):
                self._move_to(index)
                buffer.open.truncate(0)
            self._move_to(row)
            self._erase_in_line(1)
        elif mode in (2, 3):
            self._move_to(buffer.first_live)
            buffer.open.truncate(0)
            buffer.drop_after(buffer.open_index)
