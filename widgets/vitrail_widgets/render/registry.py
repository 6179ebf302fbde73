"""Which renderer draws which MIME type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from vitrail_widgets.render.animation import AnimatedBlock
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.document.makers import latex_maker, markdown_maker
from vitrail_widgets.render.html import html_maker
from vitrail_widgets.render.image_block import ImageBlock
from vitrail_widgets.render.image_cache import ImageCache
from vitrail_widgets.render.image_loader import ImageLoader, shared_loader
from vitrail_widgets.render.json_tree.block import JsonBlock
from vitrail_widgets.render.raster import RenderError
from vitrail_widgets.render.text_block import note_block, terminal_block
from vitrail_widgets.transcript.mime import MimeBundle

RASTERS = (
    (62, "image/gif"),
    (60, "image/png"),
    (58, "image/webp"),
    (50, "image/jpeg"),
    (45, "image/bmp"),
)
MOVING = ("image/gif", "image/webp")


@dataclass(frozen=True)
class Renderer:
    """Makes blocks of one MIME type.

    Attributes:
        rank: The highest one that a bundle has a form for is shown.
        safe: Whether it may be used on data of any origin without asking.
        create: Takes the entry's data and the entry's metadata; raises RenderError.
    """

    mime: str
    rank: int
    safe: bool
    create: Callable[[Any, Mapping[str, Any]], Block]


class RendererRegistry:
    """The renderers that a console has."""

    def __init__(self) -> None:
        self._renderers: dict[str, Renderer] = {}

    def add(self, renderer: Renderer) -> None:
        """Add a renderer; one of the same type is replaced."""
        self._renderers[renderer.mime] = renderer

    def forms(self, bundle: MimeBundle) -> list[Renderer]:
        """Return the renderers that fit the bundle, best first."""
        fitting = [self._renderers[mime] for mime in bundle.data if mime in self._renderers]
        fitting += [Renderer(mime, 5, True, _json) for mime in bundle.data if self._is_json(mime)]
        return sorted((r for r in fitting if r.safe), key=lambda r: -r.rank)

    def _is_json(self, mime: str) -> bool:
        """Whether nobody knows the type, but its name says what it is made of (RFC 6839)."""
        return mime.endswith("+json") and mime not in self._renderers

    def create(self, bundle: MimeBundle, form: str = "") -> Block:
        """Return a block for the best form that can be drawn; a note where none can.

        Args:
            form: The MIME type to show instead, as text if nobody draws it.
        """
        problems: list[str] = []
        forms = self.forms(bundle)
        if form:
            forms = [each for each in forms if each.mime == form]
            if not forms:
                return terminal_block(bundle.text(form))
        for renderer in forms:
            metadata = bundle.metadata.get(renderer.mime, bundle.metadata)
            try:
                return renderer.create(bundle.data[renderer.mime], _mapping(metadata))
            except RenderError as error:
                problems.append(str(error))
        return _note(bundle, problems)


def default_registry(images: ImageCache | None = None) -> RendererRegistry:
    """Return a registry with all renderers of this package."""
    cache, loader = ImageCache() if images is None else images, shared_loader()
    registry = RendererRegistry()
    svg = _svg_maker(cache, loader)
    registry.add(Renderer("image/svg+xml", 65, safe=True, create=svg))
    for rank, mime in RASTERS:
        registry.add(Renderer(mime, rank, safe=True, create=_image_maker(mime, cache, loader)))
    registry.add(Renderer("text/html", 40, safe=True, create=html_maker(loader)))
    registry.add(Renderer("text/markdown", 30, safe=True, create=markdown_maker(loader)))
    registry.add(Renderer("text/latex", 42, safe=True, create=latex_maker(cache, loader)))
    registry.add(Renderer("application/json", 35, safe=True, create=_json))
    registry.add(Renderer("text/plain", 10, safe=True, create=_plain_text))
    return registry


def _image_maker(
    mime: str, cache: ImageCache, loader: ImageLoader
) -> Callable[[Any, Mapping[str, Any]], Block]:
    make = AnimatedBlock.of if mime in MOVING else ImageBlock.from_base64
    return lambda data, metadata: make(data, mime, metadata, cache, loader)


def _svg_maker(cache: ImageCache, loader: ImageLoader) -> Callable[[Any, Mapping[str, Any]], Block]:
    return lambda data, metadata: ImageBlock.from_svg(data, metadata, cache, loader)


def _plain_text(data: Any, metadata: Mapping[str, Any]) -> Block:
    del metadata
    if not isinstance(data, str | list):  # nbformat's list of lines, which some kernels send
        raise RenderError(f"text/plain came as {type(data).__name__}, not as text")
    return terminal_block(MimeBundle({"text/plain": data}).text("text/plain"))


def _json(data: Any, metadata: Mapping[str, Any]) -> Block:
    del metadata
    return JsonBlock(data)


def _note(bundle: MimeBundle, problems: list[str]) -> Block:
    """Say what came and could not be shown, in one line."""
    types = ", ".join(bundle.data) or "an empty bundle"
    return note_block("; ".join(problems) or f"[{types}]")


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}
