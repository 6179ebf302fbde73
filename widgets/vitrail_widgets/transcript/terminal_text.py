r"""Terminal output made into styled lines.

A stream has no screen: a newline goes to the start of the next line, the cursor moves up only
within the last lines, and what a terminal would do to the rest of its screen is ignored.
"""

import re
from typing import Final

from vitrail_widgets.transcript.ansi import (
    Kind,
    SequenceJoiner,
    csi_number,
    split_styling,
    tokens,
)
from vitrail_widgets.transcript.open_line import add_run
from vitrail_widgets.transcript.sgr import apply_link, apply_sgr
from vitrail_widgets.transcript.styles import PLAIN, Run, TextStyle
from vitrail_widgets.transcript.text_buffer import TextBuffer

TAB_COLUMNS: Final = 8
COLUMN_LIMIT: Final = 1024
"""How far to the right an escape sequence may send the cursor when the line is shorter."""

_PICTURES: Final[dict[int, str]] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\a\b\t\n\r\x1b"},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    0x2028: "\u2424",  # these two would break the line when it is drawn
    0x2029: "\u2424",
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"
)
_CONTROL: Final = re.compile(f"[\a\b\r\x1b{_UNPRINTABLE.pattern[1:]}")
_ASCII_CONTROLS: Final = [*"\x1b\r\b\a", *(chr(code) for code in _PICTURES if code < 0x80)]
_LONG: Final = 2000


def _is_plain(text: str) -> bool:
    """Whether *text* holds no control characters but newlines and tabs."""
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
        self._sequences = SequenceJoiner()
        self._style = PLAIN
        self._column = 0
        self._first_changed = 0

    def feed(self, text: str) -> int:
        """Write *text*, which may end anywhere, and return the first line that may have changed."""
        self._first_changed = self.buffer.open_index
        if "\r" in text:
            text = text.replace("\r\n", "\n")  # the same, only slower to walk through
        if self._sequences.is_idle and _is_plain(text):
            self._write(text)
        else:
            self._obey(text)
        return self._first_changed

    def _obey(self, text: str) -> None:
        if _UNPRINTABLE.search(text):
            text = text.translate(_PICTURES)
        text = self._sequences.join(text)
        if not (self._is_at_end() and self._write_styled(text)):
            self._walk(text)

    def _write_styled(self, text: str) -> bool:
        """Write text at the end that has no controls but styles; return whether it was so."""
        fields = split_styling(text)
        plain = "".join(fields[::2])
        if "\t" in plain or not _is_plain(plain):
            return False
        buffer = self.buffer
        runs, self._style = _lay_runs(fields, self._style, buffer.open_index, self._column)
        buffer.extend(plain.split("\n"), runs)
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
                self._column = max(self._column - 1, 0)
            elif kind is Kind.ESCAPE:
                self._put("\u241b")
            else:
                self._style = apply_link(self._style, value)

    def _is_at_end(self) -> bool:
        buffer = self.buffer
        return buffer.open_index + 1 == buffer.row_total and self._column == buffer.open.length

    def _write(self, text: str) -> None:
        if self._style == PLAIN and "\r" not in text and self._is_at_end():
            if "\t" in text:
                text = _expand_tabs(text, self._column)
            self.buffer.extend(text.split("\n"))
            self._column = self.buffer.open.length
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.buffer.newline()
                self._column = 0
            self._write_line(line)

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


def _lay_runs(
    fields: list[str], style: TextStyle, line: int, column: int
) -> tuple[dict[int, list[Run]], TextStyle]:
    """Place styled text; return the runs of each line and the style at the end.

    Args:
        fields: Text and SGR parameters in turns, as from ``split_styling``.
        style: At the beginning.
        line: Where the text begins.
        column: Where in that line.
    """
    runs: dict[int, list[Run]] = {}
    is_plain = style == PLAIN
    for index, field in enumerate(fields):
        if index % 2:
            style = apply_sgr(style, field)
            is_plain = style == PLAIN
        elif is_plain:
            newlines = field.count("\n")
            column = len(field) - (field.rindex("\n") + 1) if newlines else column + len(field)
            line += newlines
        else:
            for number, text in enumerate(field.split("\n") if "\n" in field else (field,)):
                if number:
                    line, column = line + 1, 0
                if text:
                    start, column = column, column + len(text)
                    if line in runs:
                        add_run(runs[line], Run(start, column, style))
                    else:
                        runs[line] = [Run(start, column, style)]
    return runs, style
