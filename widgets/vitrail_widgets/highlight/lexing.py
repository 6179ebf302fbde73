"""From a kernel's lexer name to coloured code."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from vitrail_widgets.highlight.ipython_lines import IPythonLines
from vitrail_widgets.highlight.line_lexer import LineLexer, PlainLines, RegexLines, can_drive
from vitrail_widgets.highlight.spans import Span, colour_of, merged

Lines = tuple[tuple[Span, ...], ...]

IPYTHON = frozenset({"ipython", "ipython2", "ipython3"})
PYTHON = frozenset({"python", "python3", "py", "py3"})

MAX_WHOLE = 8_000
"""Characters up to which a text is lexed as one: 10 to 20 ms with Pygments' lexers."""

MAX_COLOURED = 50_000
"""Characters that are coloured, in 60 ms to 0.3 s; what comes after them stays plain."""


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
        if self.whole is not None and len(code) <= MAX_WHOLE:
            return _highlight_whole(code, self.whole)
        return self._highlight_lines(code)

    def _highlight_lines(self, code: str) -> Lines:
        coloured: list[tuple[Span, ...]] = []
        state = self.lines.initial
        done = 0
        for line in code.split("\n"):
            done += len(line) + 1
            if done > MAX_COLOURED:
                coloured.append(())
                continue
            spans, state = self.lines.lex(line, state)
            coloured.append(spans)
        return tuple(coloured)


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
