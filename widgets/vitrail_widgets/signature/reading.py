"""Brackets as they open and close up to the cursor, and the arguments in them."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

from vitrail_widgets.signature.call import Argument, Call, Spelling
from vitrail_widgets.signature.expressions import Expressions
from vitrail_widgets.signature.lexer import Token, TokenKind
from vitrail_widgets.signature.lexicon import Lexicon

_CLOSERS: Final = {"(": ")", "[": "]", "{": "}"}
_PREFIXES: Final = "bfrtuBFRTU"


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

    def copy(self) -> "_Bracket":
        """Return another one; of the items only the last one will change."""
        items = [*self.items[:-1], list(self.items[-1])]
        outside = None if self.outside is None else Counter(self.outside)
        return replace(self, items=items, outside=outside)


class Reader:
    """Reads the tokens around a cursor once."""

    def __init__(self, lexicon: Lexicon, tokens: list[Token]) -> None:
        self._lexicon = lexicon
        self._tokens = tokens
        self._done = 0  # tokens that were read
        self._expressions = Expressions(tokens, lexicon)
        self._brackets: list[_Bracket] = []
        self._closers: Counter[str] = Counter()  # of the brackets that can be closed
        self._in_magic = False

    def copy(self, tokens: list[Token]) -> "Reader":
        """Return another one that goes on where this one is.

        Args:
            tokens: Those of this one, and more.
        """
        other = Reader(self._lexicon, tokens)
        other._done, other._in_magic = self._done, self._in_magic
        other._expressions.openers.update(self._expressions.openers)
        other._brackets = [one.copy() for one in self._brackets]
        other._closers = Counter(self._closers)
        return other

    def read_to(self, cursor: int) -> None:
        """Read the tokens that begin before an offset."""
        for index in range(self._done, len(self._tokens)):
            token = self._tokens[index]
            if token.start >= cursor:
                self._done = index
                return
            self._read(index, token)
        self._done = len(self._tokens)

    def call(self, code: str, cursor: int) -> Call | None:
        """Return the innermost call that is open at a cursor, which was not read beyond."""
        self.read_to(cursor)
        return self._call_at_cursor(code, self._done)

    def _call_at_cursor(self, code: str, index: int) -> Call | None:
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
        return self._finished(code, found, current)

    def _finished(self, code: str, bracket: _Bracket, current: int) -> Call:
        last = bracket.opener - 1
        start = self._tokens[self._expressions.start(last)].start
        end = self._tokens[last].end
        return Call(
            callee=code[start:end],
            start=start,
            end=end,
            dotted_name=self._expressions.dotted_name(last),
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
                self._expressions.openers[index] = bracket.opener
                return

    def _opens_call(self, index: int, token: Token) -> bool:
        if token.text != "(" or not index:
            return False
        before = self._tokens[index - 1]
        if token.first and not self._brackets:
            return False  # a new statement
        if before.text == "]":
            return not self._expressions.ends_definition(index - 1)
        if before.text == ")":
            return True
        return before.kind is TokenKind.NAME and self._expressions.is_callee(index - 1)

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
