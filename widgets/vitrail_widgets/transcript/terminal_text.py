r"""Terminal output made into styled lines.

A stream has no screen: a newline goes to the start of the next line, the cursor moves up only
within the last lines, and what a terminal would do to the rest of its screen is ignored. What
control sequences do is in ``screen.py``; here is what text does.
"""

from vitrail_widgets.transcript.ansi import (
    Kind,
    SequenceJoiner,
    split_styling,
    tokens,
)
from vitrail_widgets.transcript.cell_width import cell_width
from vitrail_widgets.transcript.columns import TAB_COLUMNS, expand_tabs, overlaid
from vitrail_widgets.transcript.control_characters import is_plain, pictured
from vitrail_widgets.transcript.run_layer import RunLayer
from vitrail_widgets.transcript.screen import Screen
from vitrail_widgets.transcript.sgr import apply_link, apply_sgr
from vitrail_widgets.transcript.styles import PLAIN
from vitrail_widgets.transcript.text_buffer import TextBuffer


class TerminalText:
    """Text under a cursor that obeys control characters and escape sequences.

    Attributes:
        buffer: The lines so far, for reading.
    """

    def __init__(self) -> None:
        self.buffer = TextBuffer()
        self._sequences = SequenceJoiner()
        self._screen = Screen(self.buffer)

    def feed(self, text: str) -> int:
        """Write *text*, which may end anywhere, and return the first line that may have changed."""
        self._screen.first_changed = self.buffer.open_index
        if "\r" in text:
            text = text.replace("\r\n", "\n")  # the same, only slower to walk through
        if self._sequences.is_idle and is_plain(text):
            self._write(text)
        else:
            self._obey(text)
        return self._screen.first_changed

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
        layer = RunLayer(self._screen.style, buffer.open_index, buffer.open.length)
        layer.lay(texts, styles)
        self._screen.style = layer.style
        buffer.extend(plain.split("\n"), layer.runs)
        self._screen.column = buffer.open.width
        return True

    def _walk(self, text: str) -> None:
        for kind, value in tokens(text):
            if kind is Kind.TEXT:
                self._write(value)
            elif kind is Kind.SGR:
                self._screen.style = apply_sgr(self._screen.style, value)
            elif kind is Kind.CSI:
                self._screen.obey(value[0], value[1:])
            elif kind is Kind.BACKSPACE:
                self._screen.column = max(self._screen.column - len(value), 0)
            elif kind is Kind.COMMAND:
                self._screen.escape(value)
            elif kind is Kind.ESCAPE:
                self._put("\u241b")
            else:
                self._screen.style = apply_link(self._screen.style, value)

    def _is_in_last_row(self) -> bool:
        return self.buffer.open_index + 1 == self.buffer.row_total

    def _is_at_end(self) -> bool:
        return self._screen.column == self.buffer.open.width and self._is_in_last_row()

    def _write(self, text: str) -> None:
        if "\r" not in text and self._is_at_end():
            if self._screen.style == PLAIN:
                self._write_plain(text)
                return
            if self._write_styled(text):
                return
        first, *lines = text.split("\n")
        self._write_line(first)
        if (
            len(lines) > 1
            and self._screen.style == PLAIN
            and "\t" not in text
            and self._is_in_last_row()
        ):
            self.buffer.extend(["", *(overlaid(line.split("\r")) for line in lines[:-1])])
            del lines[:-1]
        for line in lines:
            self.buffer.newline()
            self._screen.column = 0
            self._write_line(line)

    def _write_plain(self, text: str) -> None:
        if "\t" in text:
            text = expand_tabs(text, self._screen.column)
        self.buffer.extend(text.split("\n"))
        self._screen.column = self.buffer.open.width

    def _write_line(self, line: str) -> None:
        first, *rewritten = line.split("\r")
        self._write_cells(first)
        if rewritten and "\t" not in line:
            self._screen.column = 0
            self._put(overlaid(rewritten))
            self._screen.column = cell_width(rewritten[-1])
            return
        for text in rewritten:
            self._screen.column = 0
            self._write_cells(text)

    def _write_cells(self, text: str) -> None:
        for number, cell in enumerate(text.split("\t")):
            if number:
                self._tab()
            self._put(cell)

    def _put(self, text: str) -> None:
        if text:
            self.buffer.open.write(self._screen.column, text, self._screen.style)
            self._screen.column += cell_width(text)

    def _tab(self) -> None:
        self._screen.column += TAB_COLUMNS - self._screen.column % TAB_COLUMNS
        missing = self._screen.column - self.buffer.open.width
        if missing > 0:
            self.buffer.open.append(" " * missing)
