"""Makers of blocks whose modules are loaded when a kernel first sends such a thing.

A start without HTML, formulas, SVG and moving pictures does without the time that these take.
"""

from collections.abc import Callable, Mapping
from typing import Any

from vitrail_resources.translation import tr
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.image_cache import ImageCache
from vitrail_widgets.render.image_loader import ImageLoader
from vitrail_widgets.render.raster import RenderError
from vitrail_widgets.transcript.mime import LongJson

Maker = Callable[[Any, Mapping[str, Any]], Block]
"""Takes a bundle's entry and the entry's metadata; raises RenderError."""


class Makers:
    """What makes blocks of each type, with the cache and the loader that they share."""

    def __init__(self, images: ImageCache, loader: ImageLoader) -> None:
        self._images = images
        self._loader = loader

    def html(self, data: Any, metadata: Mapping[str, Any]) -> Block:
        """Make a block of `text/html`."""
        from vitrail_widgets.render.html import html_maker

        return html_maker(self._loader)(data, metadata)

    def markdown(self, data: Any, metadata: Mapping[str, Any]) -> Block:
        """Make a block of `text/markdown`."""
        from vitrail_widgets.render.document.makers import markdown_maker

        return markdown_maker(self._loader)(data, metadata)

    def latex(self, data: Any, metadata: Mapping[str, Any]) -> Block:
        """Make a block of `text/latex`."""
        from vitrail_widgets.render.document.makers import latex_maker

        return latex_maker(self._images, self._loader)(data, metadata)

    def svg(self, data: Any, metadata: Mapping[str, Any]) -> Block:
        """Make a block of `image/svg+xml`."""
        from vitrail_widgets.render.image_block import ImageBlock, stated_size
        from vitrail_widgets.render.vector import Vector

        vector = Vector.from_data(data)
        return ImageBlock(vector, stated_size(vector.size, metadata), self._images, self._loader)

    def image(self, mime: str) -> Maker:
        """Return the maker of a picture of pixels."""

        def make(data: Any, metadata: Mapping[str, Any]) -> Block:
            from vitrail_widgets.render.image_block import ImageBlock

            return ImageBlock.from_base64(data, mime, metadata, self._images, self._loader)

        return make

    def moving(self, mime: str) -> Maker:
        """Return the maker of a picture that may have several frames."""

        def make(data: Any, metadata: Mapping[str, Any]) -> Block:
            from vitrail_widgets.render.animation import AnimatedBlock

            return AnimatedBlock.of(data, mime, metadata, self._images, self._loader)

        return make

    def media(self, mime: str) -> Maker:
        """Return the maker of what is played."""

        def make(data: Any, metadata: Mapping[str, Any]) -> Block:
            from vitrail_widgets.render.media import media_maker

            return media_maker(mime)(data, metadata)

        return make


def json(data: Any, metadata: Mapping[str, Any]) -> Block:
    """Make the block of a JSON value.

    Raises:
        RenderError: It is too long for a tree.
    """
    from vitrail_widgets.render.json_tree.block import JsonBlock

    del metadata
    if isinstance(data, LongJson):
        raise RenderError(
            tr("JSON of {size} MB is too large to be drawn", size=f"{len(data) / 1e6:.0f}")
        )
    return JsonBlock(data)
