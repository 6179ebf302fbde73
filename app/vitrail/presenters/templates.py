"""Text with pieces in braces that the kernel evaluates, for prompts and the status bar; pure."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, cast

from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.prompt import Prompt

NUMBER: Final = "n"
"""The piece of a prompt that is its number, which the kernel is not asked for."""

LONGEST: Final = 160
"""Characters of a value that are shown."""

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)")
_QUOTED = re.compile(r"[uU]?(?P<quote>['\"]).*(?P=quote)", re.DOTALL)
_CONVERSION = re.compile(r"(?P<value>.*[^!=<>])!(?P<kind>[rsa])\s*", re.DOTALL)
_PAIRS: Final = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class Piece:
    """What stands between braces.

    Attributes:
        contents: As the user wrote it; the code that a click runs.
        value: Python's expression in it, without conversion and format.
        conversion: What stands behind `!`: r, s or a; or nothing.
        spec: What stands behind `:`.
    """

    contents: str
    value: str
    conversion: str = ""
    spec: str = ""

    def expression(self, *, is_python: bool) -> str:
        """Return what the kernel is asked; other languages have no formats, and get it all."""
        if not is_python:
            return self.contents
        function = {"r": "repr", "s": "str", "a": "ascii"}.get(self.conversion)
        value = f"{function}(({self.value}))" if function else self.value
        return f"format(({value}), {self.spec!r})" if self.spec else value


class Shown(NamedTuple):
    """A piece as it is shown.

    Attributes:
        code: What a click runs; empty where nothing is to be run.
    """

    text: str
    code: str = ""


Part = str | Piece
Values = Mapping[str, Any]
"""The `user_expressions` of a reply, by the contents of the pieces."""


@dataclass(frozen=True)
class Template:
    """Text and pieces, in their order."""

    parts: tuple[Part, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Those of the parts that are evaluated."""
        return tuple(part for part in self.parts if isinstance(part, Piece))

    def shown(self, values: Values) -> list[Shown]:
        """Return the parts as they are shown; what has no value yet is left out."""
        found = (
            shown(part, values.get(part.contents)) if isinstance(part, Piece) else Shown(part)
            for part in self.parts
        )
        return [part for part in found if part.text]


def parse_template(text: str) -> Template:
    """Read a template: `{expression}`, `{expression:format}`, `{{` and `}}` for braces.

    A brace that nothing closes is text, and so are empty ones.
    """
    parts: list[Part] = []
    for part in _parts(text):
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    return Template(tuple(parts))


def prompt_of(template: Template, values: Values) -> Prompt:
    """Return a prompt: the number stays open, so that it can be corrected."""
    sides: list[list[str]] = [[]]
    for part in template.parts:
        if isinstance(part, Piece) and part.contents == NUMBER and len(sides) == 1:
            sides.append([])
        elif isinstance(part, Piece):
            sides[-1].append(shown(part, values.get(part.contents)).text)
        else:
            sides[-1].append(part)
    before, after = "".join(sides[0]), "".join(sides[-1]) if len(sides) > 1 else ""
    return Prompt(_one_line(before), _one_line(after), has_number=len(sides) > 1)


def shown(piece: Piece, value: Any) -> Shown:
    """Return a piece with what the kernel answered; one that failed says so, as in 2010.

    Source:
        The messaging specification of August 2010, `state_template`.
    """
    answer = _mapping(value)
    if answer.get("status") == "error":
        told = f"{answer.get('ename', '')} - {answer.get('evalue', '')}"
        return Shown(_cut(f"[ERROR in {piece.contents}: {_one_line(told)}]"), piece.contents)
    text = MimeBundle(_mapping(answer.get("data"))).text("text/plain")
    return Shown(_cut(_one_line(unquoted(text))))


def unquoted(text: str) -> str:
    """Return what a string says, for the representation of one; anything else as it is."""
    if len(text) > 100 * LONGEST or not _QUOTED.fullmatch(text.strip()):
        return text
    try:
        value: object = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError):
        return text
    return value if isinstance(value, str) else text


def _parts(text: str) -> Iterator[Part]:
    position = 0
    while position < len(text):
        if text.startswith(("{{", "}}"), position):
            yield text[position]
            position += 2
        elif text[position] == "{" and (end := _closing(text, position)) is not None:
            contents = text[position + 1 : end].strip()
            yield _piece(contents) if contents else text[position : end + 1]
            position = end + 1
        else:
            yield text[position]
            position += 1


def _piece(contents: str) -> Piece:
    colon = _format_at(contents)
    value, spec = (contents, "") if colon is None else (contents[:colon], contents[colon + 1 :])
    match = _CONVERSION.fullmatch(value)
    if match is None:
        return Piece(contents, value.strip(), spec=spec)
    return Piece(contents, match["value"].strip(), match["kind"], spec)


def _closing(text: str, start: int) -> int | None:
    """Return where the brace at `start` is closed; None when it is not."""
    return next((at for at, depth, sign in _signs(text, start) if sign == "}" and not depth), None)


def _format_at(contents: str) -> int | None:
    """Return where the format begins: at a colon outside of brackets, strings and `:=`."""
    found = (at for at, depth, sign in _signs("{" + contents, 0) if sign == ":" and depth == 1)
    at = next(found, None)
    if at is None or contents.startswith("=", at) or contents.startswith("lambda"):
        return None
    return at - 1


def _signs(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    """Yield each sign outside of strings with the depth of brackets behind it."""
    depth, quote = 0, ""
    for at in range(start, len(text)):
        sign = text[at]
        if quote:
            quote = "" if sign == quote and text[at - 1] != "\\" else quote
            continue
        if sign in "'\"":
            quote = sign
        depth += (sign in _PAIRS) - (sign in _PAIRS.values())
        yield at, depth, sign


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def _one_line(text: str) -> str:
    """Return text without line ends, escape sequences and what cannot be seen."""
    text = _ESCAPES.sub("", text[: 100 * LONGEST])
    return "".join(each for each in re.sub(r"[\t\n\r\f\v]+", " ", text) if each.isprintable())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
