"""Which call the cursor is in, and which name to ask a kernel about."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from vitrail_widgets.signature.call import Call
from vitrail_widgets.signature.expressions import Expressions
from vitrail_widgets.signature.lexer import Token, lex
from vitrail_widgets.signature.lexicon import Lexicon, lexicon_of
from vitrail_widgets.signature.lines_read import lines_read
from vitrail_widgets.signature.reading import Reader

LOOK_BACK: Final = 20_000
"""Characters before the cursor that are looked at, with every move of it."""
LOOK_AHEAD: Final = 2_000
"""Characters after it: the rest of an argument, and which names the later ones have."""

_TOP_LEVEL: Final = re.compile(r"^(?:async def|def|class|import|from) |^@\w", re.MULTILINE)


@lru_cache(maxsize=2)  # a key may ask more than once
def enclosing_call(code: str, cursor: int, language: str = "python") -> Call | None:
    """Return the innermost call whose parentheses the cursor is between.

    Looks at `LOOK_BACK` characters at most; what they begin in the middle of is guessed.
    """
    cursor = min(max(cursor, 0), len(code))
    start = _beginning(code, cursor)
    near = code[start : cursor + LOOK_AHEAD]
    line = near.rfind("\n", 0, cursor - start) + 1
    call = lines_read(near[:line], language).call(near, cursor - start)
    return call and replace(call, start=call.start + start, end=call.end + start)


def name_at(code: str, cursor: int, language: str = "python") -> str:
    """Return the dotted name to ask about: the one the cursor touches, else the callee's.

    It ends with the part that the cursor touches: within `os.path.join` that may be `os.path`. A
    magic's has its percent signs. Empty where there is neither.
    """
    cursor = min(max(cursor, 0), len(code))
    lexicon = lexicon_of(language)
    tokens = _tokens(code, cursor, lexicon)
    name = Expressions(tokens, lexicon).touched_name(cursor)
    if name:
        return name
    call = Reader(lexicon, tokens).call(code, cursor)
    return call.dotted_name if call else ""


def _tokens(code: str, cursor: int, lexicon: Lexicon) -> list[Token]:
    return lex(code, lexicon, _beginning(code, cursor), min(len(code), cursor + LOOK_AHEAD))


def _beginning(code: str, cursor: int) -> int:
    """Return where to begin: where a statement does, if that can be seen, else a line."""
    earliest = max(0, cursor - LOOK_BACK)
    if not earliest:
        return 0
    newline = code.find("\n", earliest, cursor)
    if newline < 0:
        return earliest
    match = _TOP_LEVEL.search(code, newline + 1, cursor)
    return match.start() if match else newline + 1
