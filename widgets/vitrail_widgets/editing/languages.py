"""How languages write comments and strings, as far as an editor must know."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from vitrail_widgets.editing.ipython_syntax import cell_magic
from vitrail_widgets.editing.scan import scan


@dataclass(frozen=True, slots=True)
class Notation:
    """What an editor must know of a language.

    Attributes:
        comment: What makes the rest of a line a comment.
        comment_end: What has to end it, in a language without line comments; else empty.
        quotes: The characters that begin and end a string.
        prefixes: Whether a name can stand directly before a quote (Julia's `raw"…"`).
        is_python: It is Python with IPython's syntax.
        is_shell: A path is written as the shell wants it.
        interpolates: What a string must not hold unescaped, besides its quote and the backslash.
    """

    comment: str = "#"
    comment_end: str = ""
    quotes: str = "\"'"
    prefixes: bool = False
    is_python: bool = False
    is_shell: bool = False
    interpolates: str = ""


_OTHER = Notation()
_PYTHON = Notation(is_python=True)
_SHELL = Notation(is_shell=True, quotes="\"'`")
_C = Notation("//")
_DASHES = Notation("--")
_LISP = Notation(";", quotes='"')
_PERCENT = Notation("%")

_NAMES: Final[tuple[tuple[Notation, str], ...]] = (
    (_PYTHON, "python python2 python3 py py2 py3 ipython ipython2 ipython3 sage cython pyx"),
    (replace(_OTHER, quotes="\"'`"), "r s splus"),
    (Notation(quotes='"`', prefixes=True, interpolates="$"), "julia jl"),
    (_SHELL, "bash sh shell zsh ksh fish console shell-session"),
    (replace(_OTHER, interpolates="$@"), "perl pl"),
    (replace(_OTHER, interpolates="#"), "ruby rb elixir crystal"),
    (replace(_OTHER, interpolates="$"), "powershell tcl php3"),
    (replace(_C, quotes="\"'`"), "javascript js typescript ts jsx tsx node deno"),
    (_C, "c cpp c++ java go golang csharp c# f# fsharp php d objective-c swift zig gas"),
    (replace(_C, prefixes=True, interpolates="$"), "scala kotlin groovy dart"),
    (Notation("//", quotes='"'), "rust rs"),
    (Notation("/*", "*/"), "css"),
    (Notation("<!--", "-->", quotes='"'), "html xml svg markdown md"),
    (replace(_DASHES, quotes="\"'`"), "sql mysql sqlite3 postgresql plpgsql duckdb"),
    (replace(_DASHES, quotes='"'), "haskell hs elm idris agda purescript ada vhdl"),
    (_DASHES, "lua applescript"),
    (_LISP, "lisp common-lisp emacs-lisp elisp scheme racket clojure hylang hy"),
    (replace(_PERCENT, quotes="\"'"), "matlab octave erlang prolog"),
    (replace(_PERCENT, quotes=""), "latex tex"),
    (Notation("(*", "*)", quotes='"'), "ocaml sml coq mathematica wolfram"),
    (Notation("/*", "*/", quotes='"'), "maxima"),
    (Notation("!"), "fortran fortranfixed f90"),
    (Notation("'", quotes='"'), "vbnet vb.net vbscript basic qbasic"),
    (Notation("*", quotes='"'), "stata do"),
    (Notation("//"), "scilab"),
)
_BY_NAME: Final[Mapping[str, Notation]] = {
    name: notation for notation, names in _NAMES for name in names.split()
}
_PREFIX = re.compile(r"(?:^|\W)(?:[rbfut]|rb|br|fr|rf|rt|tr)\Z", re.IGNORECASE)


def notation_of(lexer_name: str) -> Notation:
    """Return what is known of a language, by the name of its Pygments lexer."""
    return _BY_NAME.get(lexer_name.strip().lower(), _OTHER)


def notation_at(text: str, offset: int, lexer_name: str) -> Notation:
    """Return how it is written at a place of an input: the body of `%%bash` is no Python.

    Args:
        text: The input.
        offset: Code points.
        lexer_name: Of the input's language.
    """
    own = notation_of(lexer_name)
    if not own.is_python or not text.lstrip().startswith("%%"):
        return own
    leading = len(text) - len(text.lstrip())
    first, _, _ = text[leading:].partition("\n")
    magic = cell_magic(first)
    if magic is None or offset <= leading + len(first):
        return own
    return _BY_NAME.get(magic[0].lower(), own)


def in_string_or_comment(before: str, notation: Notation) -> bool:
    """Say whether what is typed after `before` goes into a string or a comment."""
    return bool(_open_mark(before, notation))


def in_string(before: str, notation: Notation) -> bool:
    """Say whether what is typed after `before` goes into a string."""
    return _open_mark(before, notation) not in {"", notation.comment}


def may_prefix_string(before: str, notation: Notation) -> bool:
    """Say whether a quote after `before` begins a string although a letter stands before it."""
    return notation.prefixes or (notation.is_python and _PREFIX.search(before[-4:]) is not None)


def _open_mark(before: str, notation: Notation) -> str:
    """Return the quote or the comment's mark that a text's end is inside of; empty if none."""
    if not notation.is_python:
        return _open_mark_of_line(before.rpartition("\n")[2], notation)
    # A letter more shows whether what the text ends in goes on.
    opaque = scan(before + "x").opaque
    goes_on = bool(opaque) and opaque[-1][1] > len(before) > opaque[-1][0]
    return before[opaque[-1][0]] if goes_on else ""


def _open_mark_of_line(line: str, notation: Notation) -> str:
    quote = ""
    offset = 0
    while offset < len(line):
        character = line[offset]
        if character == "\\":
            offset += 1
        elif quote:
            quote = "" if character == quote else quote
        elif line.startswith(notation.comment, offset):
            closed = line.find(notation.comment_end, offset) if notation.comment_end else -1
            if closed < 0:
                return notation.comment
            offset = closed
        elif character in notation.quotes and not _is_mark(line, offset, notation):
            quote = character
        offset += 1
    return quote


def _is_mark(line: str, offset: int, notation: Notation) -> bool:
    """Say whether a quote is none: MATLAB's `A'`, an apostrophe in a word."""
    before = line[:offset]
    glued = before[-1:].isalnum() or before[-1:] in {"_", ")", "]"}
    return glued and line[offset] == "'" and not may_prefix_string(before, notation)
