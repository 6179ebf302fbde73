"""Which call the cursor is in, and with which of its arguments."""

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from vitrail_widgets.signature.lexer import Token, TokenKind, lex
from vitrail_widgets.signature.lexicon import Lexicon, lexicon_of

LOOK_BACK: Final = 20_000
"""Characters before the cursor that are looked at, with every move of it."""
LOOK_AHEAD: Final = 2_000
"""Characters after it: the rest of an argument, and which names the later ones have."""

_CLOSERS: Final = {"(": ")", "[": "]", "{": "}"}
_PREFIXES: Final = "bfrtuBFRTU"
_TOP_LEVEL: Final = re.compile(r"^(?:async def|def|class|import|from) |^@\w", re.MULTILINE)


class Spelling(Enum):
    """How an argument is written."""

    POSITIONAL = auto()
    KEYWORD = auto()
    """`name=value`."""
    UNPACKED = auto()
    """`*values`."""
    UNPACKED_MAPPING = auto()
    """`**values`."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call; where nothing is written yet it is positional and empty.

    Attributes:
        name: Of a keyword; of a positional one that is a mere name, perhaps of a keyword to be.
        is_empty: Nothing is written there.
    """

    spelling: Spelling = Spelling.POSITIONAL
    name: str = ""
    is_empty: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """The call that the cursor is in; offsets are code points in the code.

    Attributes:
        callee: What is called, as written: `a.b`, `a(1).b`, `x[0]`.
        start: Offset of the callee.
        end: Offset after the callee; the place to ask a kernel about.
        dotted_name: The callee where it consists of names only, without space; else empty.
        arguments: All of them, as far as they are in reach; at least one, for `f()` an empty one.
        current: Index of the argument the cursor is in or beside.
    """

    callee: str
    start: int
    end: int
    dotted_name: str
    arguments: tuple[Argument, ...]
    current: int


@dataclass(slots=True, eq=False)
class _Bracket:
    """An open bracket and what stands directly in it.

    Attributes:
        opener: Index of its token.
        lambdas: `lambda` words whose colon has not come.
        items: Between commas: the first two tokens and one more, to know that there is more.
        outside: What was open around an f-string; nothing in it closes that.
    """

    opener: int
    closer: str
    is_call: bool
    lambdas: int = 0
    items: list[list[Token]] = field(default_factory=lambda: [[]])
    outside: Counter[str] | None = None


def enclosing_call(code: str, cursor: int, language: str = "python") -> Call | None:
    """Return the innermost call whose parentheses the cursor is between.

    Looks at `LOOK_BACK` characters at most; what they begin in the middle of is guessed.
    """
    return _reader(code, cursor, language).call()


def name_at(code: str, cursor: int, language: str = "python") -> str:
    """Return the dotted name to ask about: the one the cursor touches, else the callee's.

    It ends with the part that the cursor touches: within `os.path.join` that may be `os.path`. A
    magic's has its percent signs. Empty where there is neither.
    """
    reader = _reader(code, cursor, language)
    name = reader.touched_name()
    if name:
        return name
    call = reader.call()
    return call.dotted_name if call else ""


def _reader(code: str, cursor: int, language: str) -> "_Reader":
    cursor = min(max(cursor, 0), len(code))
    lexicon = lexicon_of(language)
    tokens = lex(code, lexicon, _beginning(code, cursor), min(len(code), cursor + LOOK_AHEAD))
    return _Reader(code, cursor, lexicon, tokens)


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


class _Reader:
    def __init__(self, code: str, cursor: int, lexicon: Lexicon, tokens: list[Token]) -> None:
        self._code = code
        self._cursor = cursor
        self._lexicon = lexicon
        self._tokens = tokens
        self._openers: dict[int, int] = {}
        self._brackets: list[_Bracket] = []
        self._closers: Counter[str] = Counter()  # of the brackets that can be closed
        self._in_magic = False

    def call(self) -> Call | None:
        """Return the call at the cursor."""
        for index, token in enumerate(self._tokens):
            if token.start >= self._cursor:
                return self._call_at_cursor(index)
            self._read(index, token)
        return self._call_at_cursor(len(self._tokens))

    def touched_name(self) -> str:
        """Return the dotted name at the cursor."""
        for index, token in enumerate(self._tokens):
            if token.start <= self._cursor <= token.end and token.kind is TokenKind.NAME:
                if token.text in self._lexicon.not_callable or self._names_argument(index):
                    return ""
                return self._percent_signs(index) + self._dotted(index)
        return ""

    def _call_at_cursor(self, index: int) -> Call | None:
        """Read on, from the first token behind the cursor, to the end of its call."""
        depth = len(self._brackets) - 1
        while depth >= 0 and not self._brackets[depth].is_call:
            depth -= 1
        if depth < 0:
            return None
        found = self._brackets[depth]
        current = len(found.items) - 1
        for later in range(index, len(self._tokens)):
            self._read(later, self._tokens[later])
            if self._brackets[depth : depth + 1] != [found]:
                break
        return self._finished(found, current)

    def _finished(self, bracket: _Bracket, current: int) -> Call:
        last = bracket.opener - 1
        start = self._tokens[self._primary_start(last)].start
        end = self._tokens[last].end
        return Call(
            callee=self._code[start:end],
            start=start,
            end=end,
            dotted_name=self._dotted_callee(last),
            arguments=tuple(self._argument(item) for item in bracket.items),
            current=current,
        )

    def _read(self, index: int, token: Token) -> None:
        if self._breaks(token):
            self._brackets.clear()
            self._closers = Counter()
        if token.kind is TokenKind.OPEN:
            self._note(token)
            self._open(index, token)
        elif token.kind is TokenKind.CLOSE:
            self._close(index, token)
        elif token.kind is not TokenKind.BREAK:
            self._note(token)

    def _breaks(self, token: Token) -> bool:
        """Tell whether nothing that was open is so still; brackets are left open while typing."""
        if token.kind is TokenKind.BREAK:
            return True
        if not token.first:
            return False
        was_magic = self._in_magic
        self._in_magic = not self._brackets and token.text == "%"
        return was_magic or token.text in self._lexicon.statements

    def _note(self, token: Token) -> None:
        """Take a token as part of the innermost bracket's items."""
        if not self._brackets:
            return
        bracket = self._brackets[-1]
        if token.text == "," and not bracket.lambdas:
            bracket.items.append([])
            return
        if self._lexicon.lambdas and token.text == "lambda":
            bracket.lambdas += 1
        elif token.text == ":" and bracket.lambdas:
            bracket.lambdas -= 1
        if len(bracket.items[-1]) < 3:
            bracket.items[-1].append(token)

    def _open(self, index: int, token: Token) -> None:
        closer = _CLOSERS.get(token.text)
        if closer is None:  # an f-string
            closer = token.text.lstrip(_PREFIXES)
            self._brackets.append(_Bracket(index, closer, is_call=False, outside=self._closers))
            self._closers = Counter()
        else:
            self._brackets.append(_Bracket(index, closer, self._opens_call(index, token)))
        self._closers[closer] += 1

    def _close(self, index: int, token: Token) -> None:
        """Close the innermost bracket of the kind, and what was left open in it."""
        while self._closers[token.text]:
            bracket = self._brackets.pop()
            self._closers[bracket.closer] -= 1
            if bracket.outside is not None:
                self._closers = bracket.outside
            if bracket.closer == token.text:
                self._openers[index] = bracket.opener
                return

    def _opens_call(self, index: int, token: Token) -> bool:
        if token.text != "(" or not index:
            return False
        before = self._tokens[index - 1]
        if token.first and not self._brackets:
            return False  # a new statement
        if before.text == "]":
            return not self._is_generic_definition(index - 1)
        if before.text == ")":
            return True
        return before.kind is TokenKind.NAME and self._is_callee(index - 1)

    def _is_callee(self, index: int) -> bool:
        """Tell whether the name there is none that makes something else of a parenthesis."""
        before = self._tokens[index - 1].text if index else ""
        if before in self._lexicon.connectors:
            return True
        name = self._tokens[index].text
        return name not in self._lexicon.not_callable and before not in self._lexicon.definers

    def _is_generic_definition(self, index: int) -> bool:
        """Tell whether a closing bracket there ends `def f[T]`."""
        opener = self._openers.get(index, 0)
        return opener > 1 and self._tokens[opener - 2].text in self._lexicon.definers

    def _argument(self, item: list[Token]) -> Argument:
        lexicon = self._lexicon
        if not item:
            return Argument()
        first = item[0]
        match (lexicon.unpacking or {}).get(first.text):
            case "*":
                return Argument(Spelling.UNPACKED, is_empty=False)
            case "**":
                return Argument(Spelling.UNPACKED_MAPPING, is_empty=False)
            case _:
                pass
        name = self._argument_name(first)
        if name and len(item) == 1:
            return Argument(Spelling.POSITIONAL, name, is_empty=False)
        if name and item[1].text == lexicon.keyword_sign:
            return Argument(Spelling.KEYWORD, name, is_empty=False)
        return Argument(is_empty=False)

    def _argument_name(self, token: Token) -> str:
        if token.kind is TokenKind.NAME:
            return token.text
        quoted = self._lexicon.named_first and token.text[0] in "\"'`"  # R: f("a" = 1)
        return token.text[1:-1] if quoted else ""

    def _primary_start(self, index: int) -> int:
        """Return the index where the expression begins that a token there ends."""
        while True:
            if index in self._openers:
                index = self._openers[index]
                if not self._continues_primary(index):
                    return index
                index -= 1
            elif index > 1 and self._tokens[index - 1].text in self._lexicon.connectors:
                index -= 2
            else:
                return index

    def _continues_primary(self, index: int) -> bool:
        """Tell whether a bracket there calls or indexes what stands before it."""
        token = self._tokens[index]
        if not index or token.text not in ("(", "["):
            return False
        before = self._tokens[index - 1]
        if before.kind is TokenKind.NAME:
            return self._is_callee(index - 1)
        return before.kind in (TokenKind.CLOSE, TokenKind.VALUE)

    def _dotted_callee(self, index: int) -> str:
        first = self._primary_start(index)
        parts = self._tokens[first : index + 1]
        names, connectors = parts[::2], parts[1::2]
        pure = all(one.kind is TokenKind.NAME for one in names) and all(
            one.text in self._lexicon.connectors for one in connectors
        )
        return "".join(one.text for one in parts) if pure else ""

    def _dotted(self, index: int) -> str:
        """Return the names up to one, as far as they are joined; empty if on no name."""
        first = index
        while first > 1 and self._tokens[first - 1].text in self._lexicon.connectors:
            first -= 2
            if self._tokens[first].kind is not TokenKind.NAME:
                return ""
        return "".join(token.text for token in self._tokens[first : index + 1])

    def _names_argument(self, index: int) -> bool:
        """Tell whether the name there is a keyword in a call."""
        around = [one.text for one in self._tokens[max(0, index - 1) : index + 2]]
        return len(around) == 3 and around[0] in "(," and around[2] == self._lexicon.keyword_sign

    def _percent_signs(self, index: int) -> str:
        """Return what makes a magic of a name."""
        signs = ""
        while index and self._tokens[index - 1].text == "%":
            index -= 1
            signs += "%"
        return signs if signs and self._tokens[index].first else ""
