"""Docstrings as paragraphs: what numpydoc, Google's style and reStructuredText mean by their signs.

Not a parser of any of them: what it does not know stays as it was written, and no word is lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

_UNDERLINE: Final = re.compile(r"^([-=~^#*+]{3,})\s*$")
_GOOGLE: Final = re.compile(
    r"^(Args|Arguments|Attributes|Examples?|Keyword Args|Notes?|Parameters|Raises|References"
    r"|Returns|See Also|Todo|Warnings?|Warns|Yields):$"
)
_NAMES: Final = r"\*{0,2}[\w.]+(?:, ?\*{0,2}[\w.]+)*"
_TERM: Final = re.compile(rf"^({_NAMES}) : |^({_NAMES})$")
_GOOGLE_TERM: Final = re.compile(rf"^({_NAMES})(?: \([^)]*\))?: ")
_FIELD: Final = re.compile(r"^:(\w+)(?:\s+([^:]*))?:\s*(.*)$")
_ITEM: Final = re.compile(r"^(?:[-*•]|\d{1,3}[.)])\s+(?=\S)")
_DIRECTIVE: Final = re.compile(r"^\.\. ([\w-]+)::\s*(.*)$")
_CODE_DIRECTIVES: Final = frozenset(
    ("code", "code-block", "sourcecode", "ipython", "math", "plot", "doctest", "parsed-literal")
)
_DRAWN: Final = re.compile(r"\S {3,}\S|^\s*[+|][-=+| ]*[+|]|^[=-]{2,}\s+[=-]{2,}", re.MULTILINE)
_INLINE: Final = re.compile(
    r"``(?P<literal>[^`\n]+?)``"
    r"|(?::[\w:]+:)?`(?P<role>[^`\n]+?)`_{0,2}"
    r"|(?<![\w*])\*\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*\*(?!\w)"
    r"|(?<![\w*])\*(?P<emphasis>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
)


class Kind(Enum):
    """What a paragraph is."""

    PROSE = "prose"
    HEADING = "heading"
    TERM = "term"
    ITEM = "item"
    CODE = "code"


class Style(Enum):
    """How a stretch of a paragraph is set off."""

    CODE = "code"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a paragraph's text, in code points."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is to be shown.

    Attributes:
        text: One line, but for code.
        depth: Columns that it is indented by.
        stretches: What is set off in it, in order.
    """

    kind: Kind
    text: str
    depth: int = 0
    stretches: tuple[Stretch, ...] = ()


def paragraphs(docstring: str) -> Iterator[Paragraph]:
    """Yield what a docstring consists of, as far as one reads.

    Args:
        docstring: Without the indentation that all of its lines have in common.
    """
    lines = docstring.expandtabs().split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        made, at = _next(lines, at)
        yield from made


def _next(lines: list[str], at: int) -> tuple[list[Paragraph], int]:
    """Return what begins in a line, and the line behind it."""
    line, depth = lines[at].strip(), _depth(lines[at])
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if _is_heading(line, below):
        return [Paragraph(Kind.HEADING, line, depth)], at + 2
    if _GOOGLE.match(line) and _depth(below) > depth:
        return [Paragraph(Kind.HEADING, line[:-1], depth)], at + 1
    if line.startswith(">>>"):
        return _code(lines, at, _block_end(lines, at))
    directive = _DIRECTIVE.match(line)
    if directive is not None:
        return _directive(lines, at, directive[1], directive[2])
    field = _FIELD.match(line)
    if field is not None:
        return _field(lines, at, field)
    if below.strip() and _depth(below) > depth and (term := _TERM.match(line)):
        return [_term(line, depth, len(term[1] or term[2]))], at + 1
    return _prose(lines, at)


def _is_heading(line: str, below: str) -> bool:
    underline = _UNDERLINE.match(below.strip())
    return underline is not None and len(underline[1]) >= len(line) - 2 and len(line) < 80


def _code(lines: list[str], at: int, end: int) -> tuple[list[Paragraph], int]:
    block = lines[at:end]
    while block and not block[-1].strip():
        block.pop()
    while block and not block[0].strip():
        del block[0]
    depth = min((_depth(line) for line in block if line.strip()), default=0)
    text = "\n".join(line[depth:].rstrip() for line in block)
    return ([Paragraph(Kind.CODE, text, depth)] if text.strip() else []), end


def _directive(lines: list[str], at: int, name: str, rest: str) -> tuple[list[Paragraph], int]:
    if name in _CODE_DIRECTIVES:
        made, end = _code(lines, at + 1, _deeper_end(lines, at))
        return made, end
    title = name.replace("-", " ").capitalize()
    title = {"Versionadded": "New in version", "Versionchanged": "Changed in version"}.get(
        title, title
    )
    text = f"{title} {rest}".strip()
    return [Paragraph(Kind.PROSE, text, _depth(lines[at]), _marked(text, len(title)))], at + 1


def _field(lines: list[str], at: int, field: "re.Match[str]") -> tuple[list[Paragraph], int]:
    end, depth = _deeper_paragraph_end(lines, at), _depth(lines[at])
    name = (field[2] or field[1]).strip()
    told = " ".join([field[3], *(line.strip() for line in lines[at + 1 : end])]).strip()
    term = Paragraph(Kind.TERM, name, depth, (Stretch(0, len(name), Style.STRONG),))
    return [term, *([_read(told, Kind.PROSE, depth + 4)] if told else [])], end


def _term(line: str, depth: int, name_end: int) -> Paragraph:
    """Make a term of a name and what follows it in its line: its type."""
    stretches = (Stretch(0, name_end, Style.STRONG), Stretch(name_end, len(line), Style.WEAK))
    return Paragraph(Kind.TERM, line, depth, stretches[: 1 + (name_end < len(line))])


def _prose(lines: list[str], at: int) -> tuple[list[Paragraph], int]:
    """Join the lines of a paragraph, unless it is drawn with spaces."""
    depth, first = _depth(lines[at]), lines[at].strip()
    google = _GOOGLE_TERM.match(first) if depth else None
    is_item = _ITEM.match(first) is not None or google is not None
    end = at + 1
    while end < len(lines) and _continues(lines, end, depth, is_item):
        end += 1
    block = lines[at:end]
    if _DRAWN.search("\n".join(line.strip() for line in block)):
        return _code(lines, at, end)
    text = " ".join(line.strip() for line in block)
    is_literal_next = text.endswith("::")
    if is_literal_next:
        text = text[:-1] if text != "::" else ""
    made = [_read(text, Kind.ITEM if is_item else Kind.PROSE, depth)] if text else []
    if google is not None and made and made[0].text.startswith(google[1]):
        strong = Stretch(0, len(google[1]), Style.STRONG)
        rest = [each for each in made[0].stretches if each.start >= strong.end]
        made = [replace(made[0], stretches=(strong, *rest))]
    if is_literal_next and end < len(lines):
        code, end = _code(lines, end, _deeper_end(lines, end - 1, depth))
        made += code
    return made, end


def _continues(lines: list[str], at: int, depth: int, is_item: bool) -> bool:
    """Tell whether a line goes on with the paragraph above it."""
    line = lines[at].strip()
    if not line or line.startswith((">>>", ".. ", ":param", ":return", ":rais")):
        return False
    if _ITEM.match(line) or (at + 1 < len(lines) and _is_heading(line, lines[at + 1])):
        return False
    here = _depth(lines[at])
    return here > depth if is_item else here == depth


def _read(text: str, kind: Kind, depth: int) -> Paragraph:
    """Take the signs out of a text, and note what they set off."""
    shown: list[str] = []
    stretches: list[Stretch] = []
    length = before = 0
    for match in _INLINE.finditer(text):
        group = match.lastgroup or ""
        inner = _named(match[group]) if group == "role" else match[group]
        plain = text[before : match.start()]
        shown += [plain, inner]
        length += len(plain)
        style = {"strong": Style.STRONG, "emphasis": Style.EMPHASIS}.get(group, Style.CODE)
        stretches.append(Stretch(length, length + len(inner), style))
        length += len(inner)
        before = match.end()
    return Paragraph(kind, "".join([*shown, text[before:]]), depth, tuple(stretches))


def _named(target: str) -> str:
    """Return what a reference shows: `~a.b.c` is c, `text <address>` is text."""
    if target.startswith("~"):
        return target.rpartition(".")[2].lstrip("~")
    text, opened, _ = target.partition(" <")
    return text if opened and text else target


def _marked(text: str, end: int) -> tuple[Stretch, ...]:
    return (Stretch(0, end, Style.EMPHASIS),) if text else ()


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block_end(lines: list[str], at: int) -> int:
    """Return the line behind a block that an empty line ends."""
    return next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))


def _deeper_end(lines: list[str], at: int, depth: int | None = None) -> int:
    """Return the line behind what is indented deeper than a line, empty lines in it included."""
    least = _depth(lines[at]) if depth is None else depth
    return next(
        (n for n in range(at + 1, len(lines)) if lines[n].strip() and _depth(lines[n]) <= least),
        len(lines),
    )


def _deeper_paragraph_end(lines: list[str], at: int) -> int:
    return min(_deeper_end(lines, at), _block_end(lines, at))
