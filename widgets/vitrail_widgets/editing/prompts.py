"""Code out of a copied session: prompts and outputs are left out."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from vitrail_widgets.editing.indentation import leading
from vitrail_widgets.editing.scan import Unfinished, scan

MAX_SESSION = 5_000_000
"""Characters; a longer text is pasted as it is. A million takes 50 to 120 ms, and 700 ms of Qt."""

MAX_SCANNED = 100_000
"""Characters of one piece of code that are looked at for strings and brackets left open."""

_BEGINNINGS = frozenset("I>.O")
"""What a line with a prompt begins with; most lines of a long output do not."""

_IPYTHON = r"In ?\[[ \d*]*\]:(?: |$)"
_ARROWS = r">>>(?: |$)"
_DOTS = r"\.{3,}:(?: |$)"
_PYTHON_DOTS = r"\.\.\.(?: +(?=\S))"
_OUT = re.compile(r"[ \t]*Out ?\[[ \d*]*\]:")


class _Kind(Enum):
    """What a line of a session is."""

    PROMPT = auto()
    CONTINUATION = auto()
    OUT = auto()
    PLAIN = auto()


@dataclass(frozen=True)
class _Prompts:
    """How the prompts of a language's sessions look.

    Attributes:
        first: Begins a piece of code.
        more: Continues it; `sure` is what can be nothing else.
        cut: What is left of a prompt whose beginning was not selected.
    """

    first: re.Pattern[str]
    more: re.Pattern[str]
    sure: re.Pattern[str]
    cut: re.Pattern[str]


def _prompts(first: str, more: str, sure: str, cut: str) -> _Prompts:
    again = rf"(?:[ \t]*(?:{first}|{sure}))*"
    return _Prompts(
        re.compile(rf"[ \t]*(?:{first}){again}"),
        re.compile(rf"[ \t]*(?:{more}){again}"),
        re.compile(rf"[ \t]*(?:{sure})"),
        re.compile(rf"(?:{cut}|[ \t]*(?:{first}|{sure}))+"),
    )


_CUT_IPYTHON = r"n? ?\[?[ \d*]*\]:(?: |$)|(?<![^\n]):(?: |$)|\.{1,2}:(?: |$)"
_OTHER = _prompts(_IPYTHON, _DOTS, _DOTS, _CUT_IPYTHON)
_PYTHON = _prompts(
    rf"{_IPYTHON}|{_ARROWS}",
    rf"{_DOTS}|\.\.\.(?: |$)",
    rf"{_DOTS}|{_PYTHON_DOTS}",
    rf"{_CUT_IPYTHON}|>{{1,2}} ",
)


def without_prompts(text: str, *, python: bool) -> str:
    """Return the code of a session, as of a terminal or a doctest; other text as it is.

    Lines without a prompt are outputs and left out, unless what stands before them is unfinished:
    then they were copied from where continuation lines have no prompts. A doctest inside of a
    string of the text is no session. What comes back has no prompts any more.

    Args:
        text: Anything; its selection may have begun in the middle of the first prompt.
        python: Whether `>>>` and `...` are prompts too.
    """
    prompts = _PYTHON if python else _OTHER
    if len(text) > MAX_SESSION:
        return text
    lines = text.split("\n")
    cut = _cut_prompt(lines[0], prompts)
    evidence = next((n for n, line in enumerate(lines) if _is_evidence(line, prompts)), None)
    if evidence is None:
        return "\n".join([lines[0][cut:], *lines[1:]]) if cut else text
    if python and evidence and _ends_in_string("\n".join(lines[:evidence])):
        return text
    return _Session(prompts, python).code_of(lines, cut)


def _cut_prompt(line: str, prompts: _Prompts) -> int:
    match = prompts.cut.match(line)
    return match.end() if match else 0


def _is_evidence(line: str, prompts: _Prompts) -> bool:
    if line.lstrip(" \t")[:1] not in _BEGINNINGS:
        return False
    return bool(prompts.first.match(line) or prompts.sure.match(line))


def _ends_in_string(text: str) -> bool:
    return len(text) <= MAX_SCANNED and scan(text).unfinished is Unfinished.STRING


@dataclass
class _Session:
    """Walks through the lines of a session."""

    prompts: _Prompts
    python: bool
    code: list[str] = field(default_factory=list[str])
    piece: int = 0  # where the current piece of code begins
    width: int = 0  # of its prompt
    takes_plain: bool | None = None  # None: not decided for this piece
    has_plain: bool = False

    def code_of(self, lines: list[str], cut: int) -> str:
        for number, line in enumerate(lines):
            kind, text = self._read(line)
            if kind is _Kind.PLAIN and number == 0 and (cut or self._goes_on(lines)):
                self._begin(line[cut:], cut)
            elif kind is _Kind.PROMPT:
                self._begin(text, len(line) - len(text))
            elif kind is _Kind.CONTINUATION:
                self.code.append(text)
                self.takes_plain = False
            elif kind is _Kind.PLAIN and self._takes(line):
                self.code.append(line)
            else:
                self.takes_plain = False
        self._align()
        return _without_cut_prompt("\n".join(self.code).rstrip("\n"), self.prompts)

    def _read(self, line: str) -> tuple[_Kind, str]:
        if line.lstrip(" \t")[:1] not in _BEGINNINGS:
            return _Kind.PLAIN, line
        if match := self.prompts.first.match(line):
            return _Kind.PROMPT, line[match.end() :]
        if match := self.prompts.more.match(line):
            return _Kind.CONTINUATION, line[match.end() :]
        return (_Kind.OUT if _OUT.match(line) else _Kind.PLAIN), line

    def _goes_on(self, lines: list[str]) -> bool:
        """Say whether the first line is code whose prompt was not selected."""
        if len(lines) < 2 or not lines[0].strip():
            return False
        return self._read(lines[1])[0] in {_Kind.PROMPT, _Kind.CONTINUATION}

    def _begin(self, text: str, width: int) -> None:
        self._align()
        self.piece, self.width = len(self.code), width
        self.takes_plain, self.has_plain = None, False
        self.code.append(text)

    def _takes(self, line: str) -> bool:
        """Say whether a line without a prompt is code: decided once for a piece."""
        if not self.code:
            return False
        if self.takes_plain is None:
            first = "\n".join(self.code[self.piece :])
            self.takes_plain = self.python and (not first.strip() or _is_unfinished(first))
            self.has_plain = self.takes_plain
        elif not line.strip() and self.code[self.piece].strip():
            self.takes_plain = False  # after code on the prompt's line, a blank line ends it
        return self.takes_plain

    def _align(self) -> None:
        """Take the prompt's width off lines that were written below it without one."""
        below = self.code[self.piece + 1 :]
        if not self.has_plain:
            return
        if all(len(leading(line)) >= self.width for line in below if line.strip()):
            self.code[self.piece + 1 :] = [line[self.width :] for line in below]


def _is_unfinished(code: str) -> bool:
    if len(code) > MAX_SCANNED:
        return False
    found = scan(code)
    if not found.statements:
        return False
    return found.unfinished is not Unfinished.NO or found.code(found.statements[-1]).endswith(":")


def _without_cut_prompt(code: str, prompts: _Prompts) -> str:
    return code[_cut_prompt(code.partition("\n")[0], prompts) :]
