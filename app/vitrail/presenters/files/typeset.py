"""Formulas and Markdown as HTML: set as in the console, made harmless, in need of nothing else."""

import base64
import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from vitrail.presenters.files.html_text import code_html
from vitrail_widgets.render.document.formula import Formula, bare, formula
from vitrail_widgets.render.document.mathematics import formulas_in, is_prose
from vitrail_widgets.render.static_html import static_html
from vitrail_widgets.transcript.mime import MimeBundle

LONGEST: Final = 60_000
"""Characters of a text that is laid out; the console shows longer ones as text, too."""

BLACK: Final = "#000000"
MARK: Final = "\ue000{}\ue001"
"""Stands for what is put in when the HTML around it has been made harmless."""

_MARK: Final = re.compile("\ue000(\\d+)\ue001")
_MARKS: Final = str.maketrans({"\ue000": "\ufffd", "\ue001": "\ufffd"})


def formula_html(bundle: MimeBundle) -> str:
    """Return a value's formula as HTML; empty where it has none that can be set."""
    source = bundle.text("text/latex")
    return _latex_html(source) if source and len(source) <= LONGEST else ""


def markdown_html(bundle: MimeBundle) -> str:
    """Return a value's Markdown as HTML; empty where it has none, or one that is too long."""
    source = bundle.text("text/markdown")
    return _markdown_html(source) if source and len(source) <= LONGEST else ""


@lru_cache(maxsize=2048)
def _latex_html(source: str) -> str:
    found = bare(source)
    if found is not None:
        made = formula(found[0], is_display=found[1])
        return "" if made is None else _picture(made, found[0], is_display=found[1])
    return _markdown_html(source) if is_prose(source) else ""


@lru_cache(maxsize=2048)
def _markdown_html(source: str) -> str:
    kept: list[str] = []
    marked = _with_marks(source.translate(_MARKS), kept)
    html = _reader(kept).render(marked)
    return _MARK.sub(lambda match: _kept(kept, int(match[1])), static_html(html))


def _kept(kept: Sequence[str], number: int) -> str:
    return kept[number] if number < len(kept) else ""


def _with_marks(source: str, kept: list[str]) -> str:
    """Return Markdown with marks for its formulas, which are kept as pictures."""
    parts: list[str] = []
    at = 0
    for found in formulas_in(source):
        made = formula(found.latex, is_display=found.is_display)
        if made is None:
            continue
        mark = _keep(kept, _picture(made, found.latex, is_display=found.is_display))
        parts += (source[at : found.start], f"\n\n{mark}\n\n" if found.is_display else mark)
        at = found.end
    parts.append(source[at:])
    return "".join(parts)


def _reader(kept: list[str]) -> MarkdownIt:
    """Return what reads GitHub's Markdown and keeps code, which has classes of its own."""

    def code(_: RendererHTML, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        token = tokens[index]
        language = (token.info.split() or [""])[0]
        html = "".join(code_html(token.content.rstrip("\n"), language or "text"))
        return _keep(kept, f'<div class="code"><pre>{html}</pre></div>')

    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    reader.add_render_rule("fence", code)
    reader.add_render_rule("code_block", code)
    return reader


def _keep(kept: list[str], html: str) -> str:
    kept.append(html)
    return MARK.format(len(kept) - 1)


def _picture(made: Formula, latex: str, *, is_display: bool) -> str:
    """Return a formula as a picture in ems of the text around it, told by its source."""
    content = base64.b64encode(made.inked(BLACK).encode()).decode()
    size = f"width:{made.width:.3f}em;height:{made.height:.3f}em"
    place = "" if is_display else f";vertical-align:{-made.depth:.3f}em"
    picture = (
        f'<img class="formula" src="data:image/svg+xml;base64,{content}"'
        f' alt="{escape(latex)}" title="{escape(latex)}" style="{size}{place}">'
    )
    return f'<span class="display">{picture}</span>' if is_display else picture
