"""What stands above the line that is typed, read once for all keys in that line."""

from functools import lru_cache

from vitrail_widgets.signature.call import Call
from vitrail_widgets.signature.lexer import Lexer
from vitrail_widgets.signature.lexicon import lexicon_of
from vitrail_widgets.signature.reading import Reader


class LinesRead:
    """Lines that were read; what follows them may be read many times.

    Attributes:
        end: The offset up to which they were read: a line begins there, and nothing goes on in it.
    """

    def __init__(self, lines: str, language: str) -> None:
        """Read lines.

        Args:
            lines: The last one has its line end.
            language: As `kernel_info_reply.language_info` names it.
        """
        lexicon = lexicon_of(language)
        self._lexer = Lexer(lexicon)
        self._lexer.run(lines, 0, len(lines))
        self._reader = Reader(lexicon, self._lexer.tokens)
        self._reader.read_to(len(lines))
        self.end = self._lexer.line

    def call(self, code: str, cursor: int) -> Call | None:
        """Return the innermost call that is open at a cursor behind them, in code of that start."""
        lexer = self._lexer.copy()
        lexer.run(code, self.end, len(code))
        return self._reader.copy(lexer.tokens).call(code, cursor)


@lru_cache(maxsize=1)
def lines_read(lines: str, language: str) -> LinesRead:
    """Return lines, read as far as a line ends with what it began; see `LinesRead`."""
    read = LinesRead(lines, language)
    return read if read.end == len(lines) else LinesRead(lines[: read.end], language)
