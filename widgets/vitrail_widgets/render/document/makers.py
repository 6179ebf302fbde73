"""Blocks of Markdown, LaTeX and HTML out of a bundle."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtGui import QTextDocument

from vitrail_resources.translation import tr
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.browser_only import kind_of_html
from vitrail_widgets.render.deferred import DeferredBlock
from vitrail_widgets.render.document.block import DocumentBlock
from vitrail_widgets.render.document.formula import Formula, bare, formula
from vitrail_widgets.render.document.formula_block import FormulaBlock
from vitrail_widgets.render.document.mathematics import (
    MarkdownWithFormulas,
    formulas_in,
    is_prose,
)
from vitrail_widgets.render.image_cache import ImageCache
from vitrail_widgets.render.image_loader import ImageLoader
from vitrail_widgets.render.raster import NeedsBrowserError, RenderError, UnsuitedError
from vitrail_widgets.render.static_html import static_html
from vitrail_widgets.render.text_block import terminal_block
from vitrail_widgets.transcript.mime import MimeBundle

LARGEST: Final = 60_000
"""Characters that Qt lays out in some 30 ms; there is another form of more."""

DEEPEST: Final = 40
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_VOID: Final = frozenset(("br", "hr", "img", "col", "wbr"))

Maker = Callable[[Any, Mapping[str, Any]], Block]


def html_document(html: str) -> Block:
    """Return a document of HTML that is no table.

    Raises:
        RenderError: Nothing is left of it that can be shown without a browser.
    """
    if len(html) > LARGEST:
        raise RenderError(
            tr(
                "text/html of {size} kB is too large to be laid out",
                size=f"{len(html) / 1e3:.0f}",
            )
        )
    clean = static_html(html)
    if not clean.strip():
        if kind_of_html(html) is None:
            raise UnsuitedError(tr("text/html shows nothing"))
        raise NeedsBrowserError(tr("text/html needs a browser"))
    if _depth(clean) > DEEPEST:
        raise RenderError(tr("text/html is nested too deep to be laid out"))
    return DocumentBlock(lambda document: document.setHtml(clean), html, {})


def markdown_maker(loader: ImageLoader) -> Maker:
    """Return what makes the block of a bundle's Markdown."""

    def make(data: Any, metadata: Mapping[str, Any]) -> Block:
        del metadata
        source = _text(data, "text/markdown")
        if len(source) > LARGEST:
            raise RenderError(tr("text/markdown is too large to be laid out"))
        if not formulas_in(source):
            return _markdown(MarkdownWithFormulas(source, {}), source)
        before = _markdown(MarkdownWithFormulas(source, {}), source)
        work = partial(MarkdownWithFormulas.of, source)
        return DeferredBlock(before, work, lambda made: _markdown(made, source), loader)

    return make


def _markdown(made: MarkdownWithFormulas, source: str) -> Block:
    def fill(document: QTextDocument) -> None:
        document.setMarkdown(made.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)

    return DocumentBlock(fill, source, made.formulas, from_markdown=True)


def latex_maker(cache: ImageCache, loader: ImageLoader) -> Maker:
    """Return what makes the block of a bundle's LaTeX."""
    markdown = markdown_maker(loader)

    def make(data: Any, metadata: Mapping[str, Any]) -> Block:
        source = _text(data, "text/latex")
        if len(source) > LARGEST:
            raise RenderError(tr("text/latex is too large to be set"))
        found = bare(source)
        if found is None:
            if is_prose(source):
                return markdown(source, metadata)
            raise UnsuitedError(tr("text/latex that is no formula is not drawn"))
        work = partial(formula, found[0], is_display=found[1])
        finish = partial(_formula_block, source, cache)
        return DeferredBlock(terminal_block(source.strip()), work, finish, loader)

    return make


def _formula_block(source: str, cache: ImageCache, made: Formula | None) -> Block:
    return terminal_block(source.strip()) if made is None else FormulaBlock(made, source, cache)


def _text(data: Any, mime: str) -> str:
    if not isinstance(data, str | list):
        raise RenderError(
            tr("{mime} came as {name}, not as text", mime=mime, name=type(data).__name__)
        )
    return MimeBundle({mime: data}).text(mime)


def _depth(html: str) -> int:
    """Return how deep elements are nested."""
    depth = deepest = 0
    for closes, name in _TAG.findall(html):
        if name.lower() in _VOID:
            continue
        depth += -1 if closes else 1
        deepest = max(deepest, depth)
    return deepest
