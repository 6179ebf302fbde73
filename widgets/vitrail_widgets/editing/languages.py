"""How languages write comments and strings, as far as an editor must know."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from vitrail_widgets.editing.indentation import indent_after, leading
from vitrail_widgets.editing.ipython_syntax import cell_magic
from vitrail_widgets.editing.scan import scan
from vitrail_widgets.highlight.surroundings import Inside, inside


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
        lexer: The name of its Pygments lexer.
    """

    comment: str = "#"
    comment_end: str = ""
    quotes: str = "\"'"
    prefixes: bool = False
    is_python: bool = False
    is_shell: bool = False
    interpolates: str = ""
    lexer: str = ""


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


@cache
def notation_of(lexer_name: str) -> Notation:
    """Return what is known of a language, by the name of its Pygments lexer."""
    name = lexer_name.strip().lower()
    return replace(_BY_NAME.get(name, _OTHER), lexer=name)


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
    return notation_of(magic[0]) if magic[0].lower() in _BY_NAME else own


def in_string_or_comment(before: str, notation: Notation) -> bool:
    """Say whether what is typed after `before` goes into a string or a comment."""
    return surroundings(before, notation) is not Inside.CODE


def in_string(before: str, notation: Notation) -> bool:
    """Say whether what is typed after `before` goes into a string."""
    return surroundings(before, notation) is Inside.STRING


def surroundings(before: str, notation: Notation) -> Inside:
    """Return what that goes into which is typed after `before`, the text of an input.

    Where no lexer of the language can tell, the last line alone says it.
    """
    if notation.is_python:
        return _inside_python(before)
    body = before.lstrip()
    if body.startswith("%%"):  # of a cell magic
        body = body.partition("\n")[2]
    found = inside(body, notation.lexer)
    return _inside_line(body.rpartition("\n")[2], notation) if found is None else found


def is_prose(before: str, notation: Notation) -> bool:
    """Say whether words are typed after `before`: in a comment, or in a string of several lines."""
    where = surroundings(before, notation)
    if where is not Inside.STRING:
        return where is Inside.COMMENT
    above, newline, _ = before.rpartition("\n")
    return bool(newline) and surroundings(above + newline, notation) is Inside.STRING


def indent_in(before: str, notation: Notation) -> str:
    """Return the white space that a new line after `before`, the text of an input, starts with.

    Within a string or a comment of several lines, it is that of its last line.
    """
    goes_on = not notation.is_python and in_string_or_comment(f"{before}\n", notation)
    return leading(before.rpartition("\n")[2]) if goes_on else indent_after(before)


def may_prefix_string(before: str, notation: Notation) -> bool:
    """Say whether a quote after `before` begins a string although a letter stands before it."""
    return notation.prefixes or (notation.is_python and _PREFIX.search(before[-4:]) is not None)


def _inside_python(before: str) -> Inside:
    # A letter more shows whether what the text ends in goes on.
    found = scan(before + "x").opaque
    if not found or not found[-1][0] < len(before) < found[-1][1]:
        return Inside.CODE
    return Inside.COMMENT if before[found[-1][0]] == "#" else Inside.STRING


def _inside_line(line: str, notation: Notation) -> Inside:
    mark = _open_mark_of_line(line, notation)
    if mark == notation.comment:
        return Inside.COMMENT
    return Inside.STRING if mark else Inside.CODE


def _open_mark_of_line(line: str, notation: Notation) -> str:
    """Return the quote or the comment's mark that a line's end is inside of; empty if none."""
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
