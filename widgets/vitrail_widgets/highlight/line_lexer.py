"""Line by line lexing, so that a keystroke costs one line and not the whole text."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from vitrail_widgets.highlight.spans import Span, Token, colour_of, merged

State = tuple[Any, ...]
"""What a lexer remembers from one line to the next: hashable and immutable."""

Piece = tuple[int, Token, str]
Match = Callable[[str, int], Any]
Rule = tuple[Match, Any, Any]

MAX_LINE = 10_000
"""A longer line stays plain: Pygments' regular expressions may be quadratic on it."""

MAX_DEPTH = 200
"""States kept between two lines; a grammar that pushes for ever is cut at the bottom."""


class LineLexer(Protocol):
    """Colours one line at a time."""

    @property
    def initial(self) -> State:
        """The state before the first line."""
        ...

    def lex(self, line: str, state: State) -> tuple[tuple[Span, ...], State]:
        """Colour one line.

        Args:
            line: Without its line end.
            state: What the line before returned, or `initial`.

        Returns:
            The line's spans, and the state for the next line.
        """
        ...


class PlainLines:
    """Leaves every line uncoloured."""

    initial: State = ()

    def lex(self, line: str, state: State) -> tuple[tuple[Span, ...], State]:  # noqa: ARG002 a LineLexer's
        """Return no spans."""
        return (), state


class RegexLines:
    """Drives a Pygments `RegexLexer` line by line; the state is its stack of states.

    A rule that matches across a line end (a whole doc string, say) does not match here; in
    Python's grammar the rules for the opening delimiter then do, and give the same colours.
    """

    initial: State = ("root",)

    def __init__(self, lexer: Any) -> None:
        self._lexer = lexer
        self._rules: dict[str, Sequence[Rule]] = lexer._tokens
        self._has_own_loop = _has_own_loop(type(lexer))

    def lex(self, line: str, state: State) -> tuple[tuple[Span, ...], State]:
        """Colour one line; see `LineLexer.lex`."""
        pieces, after = self.tokens(line, state)
        return merged(coloured(pieces), len(line)), after

    def tokens(self, line: str, state: State) -> tuple[list[Piece], State]:
        """Return the line's tokens (with the line end's), and the state for the next line."""
        if len(line) > MAX_LINE:
            return [], state
        text = line + "\n"
        stack = list(state)
        pieces = list(self._run(text, stack))
        if self._has_own_loop:
            # It colours more than its rules do (C's library names); ours only finds the state.
            pieces = list(self._lexer.get_tokens_unprocessed(text, stack=state))
        return pieces, tuple(stack[-MAX_DEPTH:])

    def _run(self, text: str, stack: list[str]) -> Iterator[Piece]:
        position = 0
        idle = 0  # rules matched since the position last moved
        while position < len(text):
            found = self._first_match(text, position, stack[-1])
            if found is None:
                yield from _unmatched(text, position, stack)
                position += 1
                continue
            match, action, target = found
            yield from self._act(action, match, position)
            idle = idle + 1 if match.end() == position else 0
            position = match.end()
            if target is not None:
                _move(stack, target)
            if idle > MAX_DEPTH:
                return

    def _first_match(self, text: str, position: int, state: str) -> tuple[Any, Any, Any] | None:
        for matches, action, target in self._rules[state]:
            match = matches(text, position)
            if match:
                return match, action, target
        return None

    def _act(self, action: Any, match: Any, position: int) -> Iterator[Piece]:
        if action is None:
            return
        if isinstance(action, tuple):  # a token type is a tuple
            yield position, action, match.group()
        else:
            yield from action(self._lexer, match)


def coloured(pieces: Iterable[Piece]) -> Iterator[tuple[int, int, str]]:
    """Give every token its colour's name."""
    return ((start, start + len(text), colour_of(kind)) for start, kind, text in pieces)


def can_drive(lexer: object) -> bool:
    """Say whether `RegexLines` can drive this Pygments lexer."""
    from pygments.lexer import ExtendedRegexLexer, RegexLexer

    if not isinstance(lexer, RegexLexer) or isinstance(lexer, ExtendedRegexLexer):
        return False
    kind: Any = type(lexer)
    if not _has_own_loop(kind):
        return True
    return "stack" in inspect.signature(kind.get_tokens_unprocessed).parameters


def _has_own_loop(kind: Any) -> bool:
    from pygments.lexer import RegexLexer

    plain: Any = RegexLexer
    return kind.get_tokens_unprocessed is not plain.get_tokens_unprocessed


def _unmatched(text: str, position: int, stack: list[str]) -> Iterator[Piece]:
    """Step over a character no rule knows; at a line end the grammar starts anew."""
    from pygments.token import Error, Whitespace

    if text[position] == "\n":
        stack[:] = ["root"]
        yield position, Whitespace, "\n"
    else:
        yield position, Error, text[position]


def _move(stack: list[str], target: Any) -> None:
    """Apply a rule's state change; the bottom state always stays.

    Args:
        stack: Changed in place.
        target: Pygments' compiled form: a negative number pops as many, "#push" repeats the
            top, a tuple is a sequence of state names, "#push" and "#pop".
    """
    if isinstance(target, int):
        del stack[max(1, len(stack) + target) :]
        return
    targets: tuple[str, ...] = (target,) if isinstance(target, str) else target
    for state in targets:
        if state == "#pop":
            del stack[max(1, len(stack) - 1) :]
        elif state == "#push":
            stack.append(stack[-1])
        else:
            stack.append(state)
