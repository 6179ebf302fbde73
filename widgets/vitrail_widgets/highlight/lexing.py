"""From a kernel's lexer name to coloured code."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from vitrail_widgets.highlight.ipython_lines import IPythonLines
from vitrail_widgets.highlight.line_lexer import LineLexer, PlainLines, RegexLines, can_drive
from vitrail_widgets.highlight.spans import Span, colour_of, merged

Lines = tuple[tuple[Span, ...], ...]

IPYTHON = frozenset({"ipython", "ipython2", "ipython3"})
PYTHON = frozenset({"python", "python3", "py", "py3"})

MAX_WHOLE = 5_000
"""Characters up to which a text is lexed as one: 5 to 12 ms with Pygments' lexers."""

MAX_COLOURED = 50_000
"""Characters that are coloured, in 60 ms to 0.3 s; what comes after them stays plain."""

SLICE = 4_000
"""Characters that are coloured in one go, in 5 to 10 ms."""


@dataclass(frozen=True)
class CodeLexer:
    """How code of one language is coloured.

    Attributes:
        lines: Colours line by line; what it cannot know stays plain.
        whole: A Pygments lexer that sees more than `lines`, because its grammar matches across
            line ends (a comment of C, a here document); None where `lines` sees it all.
    """

    name: str
    lines: LineLexer
    whole: Any = None

    def highlight(self, code: str) -> Lines:
        """Colour a text; one tuple for every line."""
        colouring = Colouring(self, code)
        while not colouring.is_done:
            colouring.go_on()
        return tuple(colouring.lines)


class Colouring:
    """Colours a text slice by slice.

    Attributes:
        lines: The spans of those lines, from the first on, that are coloured so far.
    """

    def __init__(self, lexer: CodeLexer, code: str) -> None:
        self.lines: list[tuple[Span, ...]] = []
        self._lexer = lexer
        self._state = lexer.lines.initial
        self._rest: Iterator[str] | None = iter(code.split("\n"))
        self._done = 0  # characters
        if lexer.whole is not None and len(code) <= MAX_WHOLE:
            self.lines += _highlight_whole(code, lexer.whole)
            self._rest = None

    @property
    def is_done(self) -> bool:
        """Whether all is coloured that will be."""
        return self._rest is None

    def go_on(self) -> None:
        """Colour about `SLICE` more characters."""
        until = self._done + SLICE
        for line in self._rest or ():
            self._done += len(line) + 1
            if self._done > MAX_COLOURED:
                self.lines.append(())
                continue
            spans, self._state = self._lexer.lines.lex(line, self._state)
            self.lines.append(spans)
            if self._done >= until:
                return
        self._rest = None


@cache
def lexer_for(name: str) -> CodeLexer:
    """Return the lexer of that Pygments name; one that colours nothing if there is none.

    Args:
        name: What a kernel calls `pygments_lexer`, or its language's name; in any case.
    """
    wanted = name.strip().lower()
    if wanted in IPYTHON:
        return CodeLexer(wanted, IPythonLines(RegexLines(_pygments("python")), _line_lexer))
    lexer = _pygments(wanted)
    if lexer is None:
        return CodeLexer(wanted, PlainLines())
    return CodeLexer(wanted, _line_lexer(wanted), None if wanted in PYTHON else lexer)


def highlight_code(code: str, lexer_name: str) -> Lines:
    """Colour code that will not change.

    Args:
        code: Any text; lines are parted by a newline.
        lexer_name: A Pygments lexer's name; an unknown one leaves the code plain.

    Returns:
        One tuple of spans for every line; offsets are code points in the line.
    """
    return lexer_for(lexer_name).highlight(code)


@cache
def _line_lexer(name: str) -> LineLexer:
    lexer = _pygments(name)
    return RegexLines(lexer) if lexer is not None and can_drive(lexer) else PlainLines()


def _pygments(name: str) -> Any:
    """Return Pygments' lexer of that name; None if there is none."""
    if not name:
        return None
    import pygments.lexers as grammars  # 13 ms; not before there is code to colour
    from pygments.util import ClassNotFound

    untyped: Any = grammars
    try:
        return untyped.get_lexer_by_name(name)
    except ClassNotFound:
        return None


@lru_cache(maxsize=2)  # colours and brackets of the same text
def _highlight_whole(code: str, lexer: Any) -> Lines:
    source = code.split("\n")
    lines: list[list[tuple[int, int, str]]] = [[]]
    column = 0
    # Not get_tokens(): it drops a byte order mark and turns "\r" into a line end.
    for _, kind, text in lexer.get_tokens_unprocessed(code + "\n"):
        colour = colour_of(kind)
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
                column = 0
            lines[-1].append((column, column + len(part), colour))
            column += len(part)
    lines += [[] for _ in source]
    return tuple(merged(pieces, len(line)) for pieces, line in zip(lines, source, strict=False))
