"""What stands before a bracket or at the cursor: names, dotted ones, whole expressions."""

from collections.abc import Sequence

from vitrail_widgets.signature.lexer import Token, TokenKind
from vitrail_widgets.signature.lexicon import Lexicon


class Expressions:
    """Looks back from a token, which it takes by index.

    Attributes:
        openers: Of every closing bracket that has been read, the one that it closes.
    """

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.openers: dict[int, int] = {}
        self._tokens = tokens
        self._lexicon = lexicon

    def is_callee(self, index: int) -> bool:
        """Tell whether the name there is none that makes something else of a parenthesis."""
        before = self._tokens[index - 1].text if index else ""
        if before in self._lexicon.connectors:
            return True
        name = self._tokens[index].text
        return name not in self._lexicon.not_callable and before not in self._lexicon.definers

    def ends_definition(self, index: int) -> bool:
        """Tell whether a closing bracket there ends `def f[T]`."""
        opener = self.openers.get(index, 0)
        return opener > 1 and self._tokens[opener - 2].text in self._lexicon.definers

    def start(self, index: int) -> int:
        """Return the index where the expression begins that a token there ends."""
        while True:
            if index in self.openers:
                index = self.openers[index]
                if not self._goes_on(index):
                    return index
                index -= 1
            elif index > 1 and self._is_joined(index):
                index -= 2
            else:
                return index

    def dotted_name(self, index: int) -> str:
        """Return the expression that ends there if it consists of names; else empty."""
        parts = self._tokens[self.start(index) : index + 1]
        pure = all(one.kind is TokenKind.NAME for one in parts[::2])
        joined = all(one.text in self._lexicon.connectors for one in parts[1::2])
        return "".join(one.text for one in parts) if pure and joined else ""

    def touched_name(self, cursor: int) -> str:
        """Return the dotted name up to the part at an offset of the code; empty if there is none.

        Keywords are none, neither the language's nor those of arguments.
        """
        for index, token in enumerate(self._tokens):
            if token.start <= cursor <= token.end and token.kind is TokenKind.NAME:
                if token.text in self._lexicon.not_callable or self._names_argument(index):
                    return ""
                return self._percent_signs(index) + self._names_up_to(index)
        return ""

    def _goes_on(self, index: int) -> bool:
        """Tell whether a bracket there calls or indexes what stands before it."""
        token = self._tokens[index]
        if not index or token.text not in ("(", "["):
            return False
        before = self._tokens[index - 1]
        if before.kind is TokenKind.NAME:
            return self.is_callee(index - 1)
        return before.kind in (TokenKind.CLOSE, TokenKind.VALUE)

    def _is_joined(self, index: int) -> bool:
        return self._tokens[index - 1].text in self._lexicon.connectors

    def _names_up_to(self, index: int) -> str:
        """Return the name there and those it is joined to; empty if to something else."""
        first = index
        while first > 1 and self._is_joined(first):
            first -= 2
            if self._tokens[first].kind is not TokenKind.NAME:
                return ""
        return "".join(token.text for token in self._tokens[first : index + 1])

    def _names_argument(self, index: int) -> bool:
        """Tell whether the name there is a keyword in a call."""
        around = [one.text for one in self._tokens[max(0, index - 1) : index + 2]]
        is_first = len(around) == 3 and around[0] in ("(", ",")
        return is_first and around[2] == self._lexicon.keyword_sign

    def _percent_signs(self, index: int) -> str:
        """Return what makes a magic of a name."""
        signs = ""
        while index and self._tokens[index - 1].text == "%":
            index -= 1
            signs += "%"
        return signs if signs and self._tokens[index].first else ""
