"""The words of a console: its input and what is above it, the latest first."""

from collections.abc import Iterator

from vitrail_widgets.editing.word_search import words_like
from vitrail_widgets.transcript.cells import Cell, Output, RichOutput
from vitrail_widgets.transcript.text_buffer import TextBuffer
from vitrail_widgets.transcript.transcript import Transcript

PIECE_LINES = 256
LONGEST_PIECE = 20_000  # characters; of longer ones the end is looked at
LOOKED_AT = 200_000  # characters in all: a few milliseconds


class ScreenWords:
    """Finds words in a transcript without reading all of it."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript

    def like(self, typed: str, written: str) -> list[str]:
        """Return the words that begin with what was typed.

        Args:
            typed: At least a letter.
            written: What is in the input; its words come first.
        """
        return words_like(typed, self._pieces(written)) if typed else []

    def _pieces(self, written: str) -> Iterator[str]:
        left = LOOKED_AT
        for piece in self._all(written):
            yield piece[-LONGEST_PIECE:]
            left -= len(piece[-LONGEST_PIECE:])
            if left < 0:
                return

    def _all(self, written: str) -> Iterator[str]:
        yield written
        for entry in reversed(self._transcript.entries):
            if isinstance(entry, Cell):
                yield entry.code
                for output in reversed(entry.outputs):
                    yield from _texts(output)


def _texts(output: Output) -> Iterator[str]:
    if isinstance(output, RichOutput):
        yield output.bundle.text("text/plain")
    else:
        yield from _from_the_end(output.text.buffer)


def _from_the_end(buffer: TextBuffer) -> Iterator[str]:
    stop = len(buffer)
    while stop > 0:
        yield buffer.plain_text(max(0, stop - PIECE_LINES), stop)
        stop -= PIECE_LINES
