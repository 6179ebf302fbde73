"""Signatures as kernels of other languages show them: R, JavaScript, TypeScript, C, Octave.

Kernels of bash, zsh and C give none (bash_kernel 0.10, jupyter-c-kernel: `found` is false; zsh: a
manual page). A prototype of C is what a manual page of it has.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from vitrail_widgets.signature.documentation import summary_of
from vitrail_widgets.signature.model import Kind, Parameter, Signature
from vitrail_widgets.signature.parameter_list import LONGEST_TEXT, Piece, split_parameters

_R_USAGE: Final = re.compile(r"^Usage:\s*\n(?P<body>(?:[ \t].*\n?|\n)*)", re.MULTILINE)
_R_CALL: Final = re.compile(r"^[ \t]+(?P<name>[\w.:]+)\s?\(", re.MULTILINE)
_R_FUNCTION: Final = re.compile(r"^\s*(?:\[1\]\s*)?function\s?\(", re.MULTILINE)
_R_TITLE: Final = re.compile(r"R Documentation\n+(?P<title>[^\n]+)")
_JAVASCRIPT: Final = (
    re.compile(r"\bfunction\b\s*\*?\s*(?P<name>[\w$.]*)\s*(?P<open>\()"),
    re.compile(r"\bconstructor\s*(?P<open>\()"),
    re.compile(r"^(?:\(\w+\)\s*)?(?:async\s+)?(?P<name>[\w$.]+)\s*(?P<open>\()", re.MULTILINE),
    re.compile(r"^(?:const|let|var)\s+(?P<name>[\w$]+)\s*(?::|=\s*(?:async)?)\s*(?P<open>\()"),
    re.compile(r"^(?:async\s*)?(?P<open>\()(?=[^\n]*=>)", re.MULTILINE),
)
_JAVASCRIPT_RETURNS: Final = re.compile(r"\s*(?::|=>)\s*(?P<type>[^\n{;=]+)")
_C_PROTOTYPE: Final = re.compile(
    r"^[ \t]*(?P<type>(?:[A-Za-z_][\w:<>]*[\s*&]+){1,6})(?P<name>[A-Za-z_~][\w:]*)\s?(?P<open>\()",
    re.MULTILINE,
)
_C_NAME: Final = re.compile(
    r"\(\s*\*\s*(?P<pointer>\w+)\)|(?P<last>[A-Za-z_]\w*)\s*(?:\[[^]]*\])*$"
)
_OCTAVE: Final = re.compile(
    r"^ -- (?:(?P<returns>[^=\n]+?)\s*=\s*)?(?P<name>\w+)\s*\(", re.MULTILINE
)
_OCTAVE_USAGE: Final = re.compile(r"^ -- .*$", re.MULTILINE)


def foreign_signature(text: str, language: str, name: str) -> Signature | None:
    """Return the first signature in an inspection's plain text; None where it has none.

    Args:
        text: Without escape sequences.
        language: Name of the language; there is none for those that are not known here.
        name: What was asked about; used where the text does not say.
    """
    read = _READERS.get(language.lower())
    return read(text[:LONGEST_TEXT], name) if read else None


def _r(text: str, name: str) -> Signature | None:
    """Read a help page's usage (the first, unless another is named so), or a printed function."""
    title = _R_TITLE.search(text)
    usages = list(_r_usages(text))
    for usage in (*(one for one in usages if name and one.name == name), *usages):
        return replace(usage, summary=title["title"].strip() if title else "")
    printed = _R_FUNCTION.search(text)
    return _r_call(text, printed.end() - 1, name) if printed else None


def _r_usages(text: str) -> Iterator[Signature]:
    for usage in _R_USAGE.finditer(text):
        for call in _R_CALL.finditer(usage["body"]):
            signature = _r_call(usage["body"], call.end() - 1, call["name"])
            if signature:
                yield signature


def _r_call(text: str, start: int, name: str) -> Signature | None:
    found = split_parameters(text, start, "r")
    if found is None:
        return None
    parameters: list[Parameter] = []
    kind = Kind.POSITIONAL_OR_KEYWORD
    for piece in found.pieces:
        written = piece.name if piece.default is None else f"{piece.name} = {piece.default}"
        is_rest = piece.name == "..."
        one = Kind.VAR_POSITIONAL if is_rest else kind
        parameters.append(Parameter(piece.name, one, default=piece.default, written=written))
        if is_rest:
            kind = Kind.KEYWORD_ONLY
    return Signature(name, tuple(parameters))


def _javascript(text: str, name: str) -> Signature | None:
    """Read a function's source, or TypeScript's one line about it."""
    for pattern in _JAVASCRIPT:
        match = pattern.search(text)
        found = split_parameters(text, match.start("open"), "javascript") if match else None
        if match and found:
            returns = _JAVASCRIPT_RETURNS.match(text, found.end)
            return Signature(
                match.groupdict().get("name") or name,
                tuple(_javascript_parameter(piece) for piece in found.pieces),
                returns["type"].strip() if returns and _is_type(text, found.end) else None,
            )
    return None


def _is_type(text: str, end: int) -> bool:
    """Tell whether a type comes, not the body of an arrow function."""
    return text[end:].lstrip().startswith(":") or bool(re.match(r"(?:const|let|var)\b.*:", text))


def _javascript_parameter(piece: Piece) -> Parameter:
    rest = piece.name.startswith("...")
    return Parameter(
        piece.name.lstrip(".").rstrip("?"),
        Kind.VAR_POSITIONAL if rest else Kind.POSITIONAL_ONLY,
        piece.annotation,
        piece.default,
        written=piece.written,
    )


def _c(text: str, name: str) -> Signature | None:
    """Read the first prototype, of `name` where one is asked about."""
    for match in _C_PROTOTYPE.finditer(text):
        found = split_parameters(text, match.start("open"), "c")
        if found and (not name or match["name"] == name):
            pieces = [piece for piece in found.pieces if piece.written != "void"]
            parameters = tuple(_c_parameter(piece) for piece in pieces)
            return Signature(match["name"], parameters, " ".join(match["type"].split()))
    return None


def _c_parameter(piece: Piece) -> Parameter:
    if piece.name == "...":
        return Parameter("...", Kind.VAR_POSITIONAL, written="...")
    match = _C_NAME.search(piece.name)
    name = (match["pointer"] or match["last"]) if match else piece.name
    kind = piece.name[: match.start()].strip() if match else ""
    return Parameter(name, Kind.POSITIONAL_ONLY, kind or None, piece.default, piece.written)


def _octave(text: str, _name: str) -> Signature | None:
    """Read the first usage of a help text."""
    match = _OCTAVE.search(text)
    found = split_parameters(text, match.end() - 1, "octave") if match else None
    if match is None or found is None:
        return None
    parameters = tuple(
        Parameter(
            piece.name,
            Kind.VAR_POSITIONAL if piece.name == "..." else Kind.POSITIONAL_ONLY,
            written=piece.written,
        )
        for piece in found.pieces
    )
    prose = _OCTAVE_USAGE.sub("", text[match.start() :])
    return Signature(match["name"], parameters, match["returns"], summary_of(prose))


_READERS: Final[Mapping[str, Callable[[str, str], Signature | None]]] = {
    "r": _r,
    "javascript": _javascript,
    "typescript": _javascript,
    "c": _c,
    "c++": _c,
    "octave": _octave,
}
