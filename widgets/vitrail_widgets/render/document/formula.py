"""Formulas of LaTeX as SVG, without a TeX installation and without Qt.

ziamath sets them as SVG; a font for mathematics comes with it. Setting takes 5 to 60 ms, the first
one 200 ms more, and is done on the loader's thread.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

from vitrail_widgets.render.safe_svg import safe_svg
from vitrail_widgets.render.svg_references import UnsafeSvgError

LONGEST: Final = 10_000
"""Characters of a formula that is set; a longer one takes seconds, and nobody reads it."""

EM: Final = 100.0
"""Size in which formulas are set; they are drawn in others."""

INK: Final = "#010203"
"""Stands for the colour in which a formula will be drawn."""

_SETTING: Final = Lock()
"""Two threads at once get glyphs that are not there: ziamath keeps them without care."""

_DELIMITERS: Final = (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"))
_WRAPPERS: Final = "equation|displaymath|math"
_SHAPES: Final = "align(?:at|ed)?|gather(?:ed)?|multline|split|cases|array|[bBpvV]?(?:small)?matrix"
ENVIRONMENTS: Final = rf"(?:{_WRAPPERS}|{_SHAPES}|eqnarray)\*?"
"""A regular expression for the names of environments that are formulas; a `tabular` is none."""

_ENVIRONMENT: Final = re.compile(rf"\\begin\{{({_WRAPPERS})\*?\}}(.*)\\end\{{\1\*?\}}", re.DOTALL)
_MATHEMATICS: Final = re.compile(rf"\\begin\{{((?:{_SHAPES})\*?)\}}.*\\end\{{\1\}}", re.DOTALL)
_EQNARRAY: Final = re.compile(r"\\(begin|end)\{eqnarray(\*?)\}")
_LABEL: Final = re.compile(r"\\(?:label|tag)\{[^}]*\}|\\(?:nonumber|notag)\b")


@dataclass(frozen=True)
class Formula:
    """A formula that was set.

    Attributes:
        svg: With `INK` for a colour.
        width: In ems.
        height: In ems.
        depth: How far it reaches below the baseline, in ems.
    """

    svg: str
    width: float
    height: float
    depth: float

    def inked(self, colour: str) -> str:
        """Return the SVG in a colour that is written as in CSS."""
        return self.svg.replace(INK, colour)


def bare(source: str) -> tuple[str, bool] | None:
    """Return the formula between delimiters, and whether it stands in a line of its own.

    None where the source is something else than one formula.
    """
    text = _EQNARRAY.sub(r"\\\1{align\2}", source.strip()).replace("&=&", "&=")
    if match := _ENVIRONMENT.fullmatch(text):
        return _LABEL.sub("", match[2]).strip(), match[1] != "math"
    if _MATHEMATICS.fullmatch(text):
        return _LABEL.sub("", text), True
    for opening, closing in _DELIMITERS:
        inner = text[len(opening) : -len(closing)]
        is_between = text.startswith(opening) and text.endswith(closing) and inner.strip()
        if is_between and closing not in inner.replace("\\$", ""):
            inner = inner.strip()
            return _LABEL.sub("", inner), opening in ("$$", "\\[") or "\\displaystyle" in inner
    return None


@lru_cache(maxsize=256)
def formula(latex: str, *, is_display: bool) -> Formula | None:
    """Set a formula; None where it is not one that can be set. Runs on any thread."""
    if not latex.strip() or len(latex) > LONGEST:
        return None
    try:
        with _SETTING:  # the import too: two threads in it may see half a module
            return _set(latex, is_display=is_display)
    except UnsafeSvgError:
        return None
    except Exception:  # noqa: BLE001 - its parsers raise whatever they stumble over
        return None


def _set(latex: str, *, is_display: bool) -> Formula:
    from ziamath.config import config  # 200 ms, for those who show formulas
    from ziamath.zmath import Latex

    config.svg2 = False  # QtSvg draws no symbols
    found = Latex(latex, size=EM, color=INK, inline=not is_display)
    width, height = found.getsize()
    svg = safe_svg(found.svg()).source.decode()
    return Formula(svg, width / EM, height / EM, -float(found.getyofst()) / EM)
