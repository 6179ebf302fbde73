"""HTML among the outputs: a native table where it is one, else a document that loads nothing."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from vitrail_resources.translation import tr
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.deferred import DeferredBlock
from vitrail_widgets.render.document.makers import html_document
from vitrail_widgets.render.explaining import HTML, undrawn
from vitrail_widgets.render.image_loader import ImageLoader
from vitrail_widgets.render.media import media_block, media_in
from vitrail_widgets.render.raster import RenderError
from vitrail_widgets.render.table.block import TableBlock
from vitrail_widgets.render.table.geometry import column_cells
from vitrail_widgets.render.text_block import note_block
from vitrail_widgets.tables.html_table import table_in
from vitrail_widgets.tables.table import Table
from vitrail_widgets.transcript.mime import MimeBundle

AT_ONCE: Final = 40_000
"""Characters that are read within 10 ms."""

LARGEST: Final = 50_000_000

TABLE_WITHIN: Final = 4_000_000
"""Characters in which a table begins, if there is one; the style of its cells may come first."""

Measured = tuple[Table, list[int]]


def html_maker(loader: ImageLoader) -> Callable[[Any, Mapping[str, Any]], Block]:
    """Return what makes the block of a bundle's HTML.

    Args:
        loader: Reads long tables.
    """

    def make(data: Any, metadata: Mapping[str, Any]) -> Block:
        del metadata
        html = MimeBundle({"text/html": data}).text("text/html")
        media = media_in(html)
        if media is not None:
            return media_block(media)
        if len(html) > LARGEST:
            raise RenderError(
                tr(
                    "text/html of {size} MB is too large to be drawn",
                    size=f"{len(html) / 1e6:.0f}",
                )
            )
        if "<table" not in html[:TABLE_WITHIN].lower():
            return html_document(html)
        if len(html) > AT_ONCE:
            return _deferred(html, loader)
        return _block(html, _measured(html))

    return make


def _deferred(html: str, loader: ImageLoader) -> Block:
    note = note_block(tr("Reading a table of {size} MB", size=f"{len(html) / 1e6:.1f}"))
    return DeferredBlock(note, lambda: _measured(html), partial(_shown, html), loader)


def _measured(html: str) -> Measured | None:
    table = table_in(html)
    return None if table is None else (table, column_cells(table))


def _shown(html: str, measured: Measured | None) -> Block:
    try:
        return _block(html, measured)
    except RenderError as error:  # it is too late for another form
        return undrawn(MimeBundle({HTML: html}), [(HTML, error)])


def _block(html: str, measured: Measured | None) -> Block:
    return html_document(html) if measured is None else TableBlock(*measured)
