"""How the languages of kernels write names, strings, comments and calls."""

import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the lexer and the reader of calls must know of a language.

    Attributes:
        pattern: Matches one token anywhere; its groups are named after what they are.
        not_callable: Words before a parenthesis that make no call of it.
        definers: Words before a name that make a definition of `name(…)`.
        statements: Words that begin a statement and cannot be inside brackets.
        connectors: What joins names to a dotted one.
        keyword_sign: What stands between an argument's name and value; empty: nothing does.
        unpacking: Arguments can begin with `*` and `**`, or with `...` in JavaScript.
        named_first: Named arguments take their parameters before positional ones do (R).
        lambdas: `lambda a, b:` holds commas that separate no arguments.
        shell_lines: What follows an exclamation mark is the shell's (IPython).
        reprs: `<object at 0x…>` is a value; so it is in signatures, not in code.
    """

    pattern: re.Pattern[str]
    not_callable: frozenset[str] = frozenset()
    definers: frozenset[str] = frozenset()
    statements: frozenset[str] = frozenset()
    connectors: frozenset[str] = frozenset(".")
    keyword_sign: str = ""
    unpacking: Mapping[str, str] | None = None
    named_first: bool = False
    lambdas: bool = False
    shell_lines: bool = False
    reprs: bool = False


def _pattern(
    *,
    comment: str = r"(?!)",
    string: str = r"(?P<quote>[\"'])",
    name: str = r"[^\W\d]\w*",
    operator: str = r"\.\.\.|[=!<>:*/+-]=|->|=>|\*\*|::",
) -> re.Pattern[str]:
    return re.compile(
        rf"""
          (?P<space>[^\S\n]+|\\\n)
        | (?P<newline>\n)
        | (?P<comment>{comment})
        | (?P<string>{string})
        | (?P<name>{name})
        | (?P<number>\d\w*(?:\.\d\w*)?)
        | (?P<open>[(\[{{])
        | (?P<close>[)\]}}])
        | (?P<operator>{operator}|[\s\S])
        """,
        re.VERBOSE,
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PYTHON_STRING = (
    r"""(?P<prefix>[rR]?[bBfFtT]|[bBfFtT][rR]|[rRuU])?(?P<quote>\"{3}|'{3}|\"|')"""  # prefix, quote
)
_C_COMMENT = r"//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?"
_PYTHON = Lexicon(
    _pattern(comment=r"\#[^\n]*", string=_PYTHON_STRING),
    not_callable=frozenset(keyword.kwlist),
    definers=frozenset({"def", "class"}),
    statements=_words(
        "assert break class continue def del except finally global import nonlocal pass raise "
        "return try while with"
    ),
    keyword_sign="=",
    unpacking={"*": "*", "**": "**"},
    lambdas=True,
    shell_lines=True,
)
_R = Lexicon(
    _pattern(
        comment=r"\#[^\n]*",
        string=r"(?P<quote>[\"'`])",
        name=r"(?:[^\W\d]|\.(?!\d))[\w.]*",
        operator=r":{2,3}|<<?-|->>?|[=!<>]=|%[^%\n]*%",
    ),
    not_callable=_words("if for while function repeat in"),
    connectors=frozenset({"::", ":::", "$", "@"}),
    keyword_sign="=",
    named_first=True,
)
_JAVASCRIPT = Lexicon(
    _pattern(
        comment=_C_COMMENT,
        string=r"(?P<quote>[\"'`])",
        name=r"(?:[^\W\d]|\$)[\w$]*",
        operator=r"\.\.\.|\?\.|[=!<>:*/+-]=|=>",
    ),
    not_callable=_words("if for while switch catch return typeof await yield in of"),
    definers=frozenset({"function", "class"}),
    connectors=frozenset({".", "?."}),
    unpacking={"...": "*"},
)
_C = Lexicon(
    _pattern(comment=_C_COMMENT),
    not_callable=_words("if for while switch catch return sizeof"),
    connectors=frozenset({".", "->", "::"}),
)
_OTHER = Lexicon(_pattern(), keyword_sign="=")

_LANGUAGES: Final[Mapping[str, Lexicon]] = {
    "python": _PYTHON,
    "ipython": _PYTHON,
    "r": _R,
    "javascript": _JAVASCRIPT,
    "typescript": _JAVASCRIPT,
    "c": _C,
    "c++": _C,
    "java": _C,
}


def lexicon_of(language: str) -> Lexicon:
    """Return what is known of a language, by its name in `kernel_info_reply.language_info`."""
    return _LANGUAGES.get(language.lower(), _OTHER)
