"""Which object a cursor means, for kernels that want a name instead of code and position.

Until protocol 5 the frontend did this (``object_info_request``); since then the kernel does. The
rule is that of IPython 9, so that a question means the same object in both: the name under the
cursor; else what is called around the cursor; else the last name before it on its line.
"""

import re
from keyword import iskeyword
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      \#[^\n]*
    | (?i:[rbuft]{0,2}) (?P<long>'''|\"\"\") (?:\\.|(?!(?P=long)).)*+ (?:(?P=long)|\Z)
    | (?i:[rbuft]{0,2}) (?P<short>['"]) (?:\\.|(?!(?P=short))[^\\\n])*+ (?:(?P=short)|(?=\n)|\\?\Z)
    | (?P<magic>^[ \t]*%{1,2}[^\W\d]\w*)
    | (?P<name>[^\W\d][\w\u0300-\u036f]*)   # marks of decomposed letters are no \w
    | \d[\w.]*
    | [=!<>:]=
    | (?P<space>[ \t\f]+|\\\n)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def object_name(code: str, cursor_pos: int) -> str:
    """Return the dotted name that a cursor means, empty when there is none.

    The value of an expression has no name: neither ``f(x).attr`` nor ``a[0].attr`` is asked for.

    Args:
        code: A whole cell.
        cursor_pos: Code points before the cursor.
    """
    return _Reader(code, max(0, min(cursor_pos, len(code)))).read()


class _Reader:
    """Reads the tokens of one cell up to the cursor."""

    def __init__(self, code: str, cursor: int) -> None:
        self._code = code
        self._cursor = cursor
        self._name = ""  # the dotted name that ends with the last token, if one does
        self._is_dotted = False  # the last token is a dot behind a name
        self._is_nameless = False  # … behind something else
        self._outer = ""  # the last name outside of all brackets
        self._called: list[str] = []  # per open bracket what is called, empty for mere grouping

    def read(self) -> str:
        for token in _TOKEN.finditer(self._code):
            if token.start() > self._cursor or (
                token.start() == self._cursor and not token["name"] and not token["magic"]
            ):
                break
            if self._take(token) and token.end() > self._cursor:
                return self._name
        if self._name and self._code.startswith("(", self._cursor):
            return self._name
        return next((name for name in reversed(self._called) if name), "") or self._outer

    def _take(self, token: re.Match[str]) -> bool:
        """Follow one token; True when it is a name."""
        if token["space"]:
            return False
        name = token["name"]
        if token["magic"]:
            self._begin(token["magic"].strip())
        elif name and not iskeyword(name):
            self._continue(name)
        else:
            self._follow(token["sign"] or (name and "keyword") or token[0])
            return False
        return bool(self._name)

    def _continue(self, name: str) -> None:
        if self._is_nameless:
            self._begin("")
        else:
            self._begin(f"{self._name}.{name}" if self._is_dotted else name)

    def _begin(self, name: str) -> None:
        self._name = name
        self._is_dotted = self._is_nameless = False
        if not self._called:
            self._outer = name

    def _follow(self, sign: str) -> None:
        """Follow a token that is no name."""
        name, self._is_dotted, self._is_nameless = self._name, False, False
        if sign == "." and name:
            self._is_dotted = True
            return
        self._name = ""
        if sign == ".":
            self._is_nameless = True
        elif sign in "([{":
            self._called.append(name if sign == "(" else "")
        elif sign in ")]}":
            if self._called:
                self._called.pop()
        elif not self._called and (sign == "\n" or (sign == "=" and name)):
            self._outer = ""  # another line is another thought; nobody asks for what is assigned to
