"""Formulas within Markdown: found, set, and put back as pictures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from vitrail_widgets.render.document.formula import ENVIRONMENTS, Formula, formula

_CODE: Final = re.compile(r"(^|\n)(```|~~~).*?(\n\2|\Z)|(`+)(?!`).*?(?<!`)\4(?!`)", re.DOTALL)
_FORMULA: Final = re.compile(
    r"\$\$(?P<display>[^$]+?)\$\$"
    r"|\\\[(?P<bracket>.+?)\\\]"
    r"|\\\((?P<paren>.+?)\\\)"
    rf"|(?P<environment>\\begin\{{(?P<name>{ENVIRONMENTS})\}}.*?\\end\{{(?P=name)\}})"
    r"|(?<![\\$\w])\$(?P<inline>[^\s$](?:[^$\n]*?[^\s$\\])?)\$(?![\d$])",
    re.DOTALL,
)
_OTHER: Final = re.compile(rf"\\begin\{{(?!{ENVIRONMENTS}\}})")
MOST: Final = 200
"""Formulas of one text that are set; each takes some ten milliseconds."""


@dataclass(frozen=True)
class Found:
    """A formula in a text, at [start, end)."""

    start: int
    end: int
    latex: str
    is_display: bool


def formulas_in(text: str) -> list[Found]:
    """Return the formulas of a text, those in code left out."""
    without_code = _CODE.sub(lambda match: "`" * len(match[0]), text)
    return [_found(match) for match in _FORMULA.finditer(without_code)][:MOST]


def is_prose(latex: str) -> bool:
    """Tell whether LaTeX is text with formulas in it, and nothing that only TeX can lay out."""
    return _OTHER.search(latex) is None and bool(formulas_in(latex))


def _found(match: re.Match[str]) -> Found:
    kinds = ("display", "bracket", "environment", "paren", "inline")
    kind = next(name for name in kinds if match[name] is not None)
    return Found(match.start(), match.end(), match[kind].strip(), kind in kinds[:3])


@dataclass(frozen=True)
class MarkdownWithFormulas:
    """Markdown in which formulas are pictures of a document.

    Attributes:
        text: The Markdown.
        formulas: What it speaks of as `vitrail:NAME`, by name.
    """

    text: str
    formulas: Mapping[str, Formula]

    @staticmethod
    def of(source: str) -> "MarkdownWithFormulas":
        """Set the formulas of a text; what cannot be set stays as it is. Runs on any thread."""
        formulas: dict[str, Formula] = {}
        return MarkdownWithFormulas("".join(_pieces(source, formulas)), formulas)


def _pieces(source: str, formulas: dict[str, Formula]) -> Iterator[str]:
    at = 0
    for found in formulas_in(source):
        made = formula(found.latex, is_display=found.is_display)
        if made is None:
            continue
        name = f"formula-{len(formulas)}"
        formulas[name] = made
        picture = f"![{name}](vitrail:{name})"
        yield source[at : found.start]
        yield f"\n\n{picture}\n\n" if found.is_display else picture
        at = found.end
    yield source[at:]
