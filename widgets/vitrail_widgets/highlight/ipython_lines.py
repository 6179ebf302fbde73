"""IPython's own syntax laid over a Python line lexer.

Not IPython's Pygments lexer: its cell magics are one match over the whole cell, which cannot be
driven line by line, and it takes the second half of `a %b` for a magic.
"""

from collections.abc import Callable
from typing import NamedTuple

from vitrail_widgets.editing.ipython_syntax import Escape, EscapeKind, cell_magic, escape_of
from vitrail_widgets.highlight.line_lexer import LineLexer, Piece, RegexLines, State, coloured
from vitrail_widgets.highlight.spans import Span, merged

MAGIC = "decorator"
PUNCTUATION = "operator"

PYTHON_MAGICS = frozenset({
    "capture", "debug", "file", "lprun", "memit", "mprun", "prun", "pypy", "python", "python3",
    "time", "timeit", "writefile",
})  # fmt: skip
"""Magics whose arguments and body are Python."""

BODY_LANGUAGES = {
    "!": "bash", "bash": "bash", "sh": "bash", "system": "bash", "sx": "bash", "script": "bash",
    "html": "html", "svg": "html", "javascript": "javascript", "js": "javascript",
    "latex": "tex", "markdown": "markdown", "perl": "perl", "ruby": "ruby", "sql": "sql",
    "cython": "cython", "r": "splus", "julia": "julia",
}  # fmt: skip
"""Pygments' name of the language that a cell magic's body is in; lower case."""


class _PythonState(NamedTuple):
    first: bool  # nothing but blank lines so far: a cell magic may come
    depth: int  # open brackets
    continued: bool  # the line before ended in a backslash
    stack: State


class _BodyState(NamedTuple):
    language: str
    stack: State


class IPythonLines:
    """Colours IPython code line by line."""

    def __init__(self, python: RegexLines, other: Callable[[str], LineLexer]) -> None:
        """Lay IPython's syntax over `python`; `other` finds a lexer by its Pygments name."""
        self._python = python
        self._other = other
        self._root = python.initial
        self.initial: State = _PythonState(True, 0, False, self._root)

    def lex(self, line: str, state: State) -> tuple[tuple[Span, ...], State]:
        """Colour one line; see `LineLexer.lex`."""
        if isinstance(state, _BodyState):
            spans, stack = self._other(state.language).lex(line, state.stack)
            return spans, state._replace(stack=stack)
        assert isinstance(state, _PythonState)
        magic = cell_magic(line) if state.first else None
        if magic is not None:
            return self._cell_magic(line, *magic)
        starts = state.depth == 0 and not state.continued and state.stack == self._root
        escape = escape_of(line) if starts else None
        if escape is not None:
            after = _PythonState(False, 0, line.endswith("\\"), self._root)
            return merged(self._escape(line, escape), len(line)), after
        return self._python_line(line, state)

    def _python_line(self, line: str, state: _PythonState) -> tuple[tuple[Span, ...], State]:
        pieces, stack = self._python.tokens(line, state.stack)
        depth = max(0, state.depth + sum(_opened(piece) for piece in pieces))
        continued = line.endswith("\\") and stack == self._root
        first = state.first and not line.strip()
        return merged(coloured(pieces), len(line)), _PythonState(first, depth, continued, stack)

    def _cell_magic(self, line: str, name: str, rest: str) -> tuple[tuple[Span, ...], State]:
        start = line.index("%%")
        spans = [(start, start + 2 + len(name), MAGIC)]
        language = BODY_LANGUAGES.get(name.lower())
        if name in PYTHON_MAGICS:
            spans += self._rest(line, len(line) - len(rest), self._python)
            return merged(spans, len(line)), _PythonState(False, 0, False, self._root)
        body = self._other(language or "")
        return merged(spans, len(line)), _BodyState(language or "", body.initial)

    def _escape(self, line: str, escape: Escape) -> list[tuple[int, int, str]]:
        marker, name = escape.marker, escape.name
        before = self._rest(line[: escape.start], 0, self._python)
        if escape.kind is EscapeKind.SHELL:
            command = self._rest(line, marker[1], self._other("bash"))
            return [*before, (*marker, PUNCTUATION), *command]
        if escape.kind is EscapeKind.HELP:
            is_magic = line[slice(*name)].lstrip().startswith("%")
            help_pieces = [(*marker, PUNCTUATION), (*name, MAGIC if is_magic else "")]
            return sorted(help_pieces)
        arguments: list[tuple[int, int, str]] = []
        if line[slice(*name)] in PYTHON_MAGICS or escape.kind is EscapeKind.AUTOCALL:
            arguments = self._rest(line, name[1], self._python)
        return [*before, (*marker, MAGIC), (*name, MAGIC), *arguments]

    def _rest(self, line: str, start: int, lexer: LineLexer) -> list[tuple[int, int, str]]:
        """Colour a line from `start` on as if it stood alone."""
        spans, _ = lexer.lex(line[start:], lexer.initial)
        return [(start + span.start, start + span.end, span.name) for span in spans]


def _opened(piece: Piece) -> int:
    """Return how many brackets a token opens, less those that it closes."""
    _, kind, text = piece
    if kind[:1] != ("Punctuation",):
        return 0
    return sum(text.count(one) for one in "([{") - sum(text.count(one) for one in ")]}")
