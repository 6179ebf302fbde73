"""Which renderer draws which MIME type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vitrail_resources.translation import tr
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.browser_only import kind_of_type
from vitrail_widgets.render.explaining import Trouble, explained, shortened, undrawn
from vitrail_widgets.render.image_cache import ImageCache
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.render.makers import Maker, Makers, json
from vitrail_widgets.render.raster import RenderError
from vitrail_widgets.render.text_block import terminal_block
from vitrail_widgets.transcript.mime import MimeBundle, mapping

RASTERS = (
    (62, "image/gif"),
    (60, "image/png"),
    (58, "image/webp"),
    (50, "image/jpeg"),
    (45, "image/bmp"),
)
LONGEST_TEXT = 1_000_000  # characters that are read in 15 ms
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

    def __init__(self, media: Callable[[str], Maker]) -> None:
        """Begin with none.

        Args:
            media: Returns the maker of a type of sound or film.
        """
        self._renderers: dict[str, Renderer] = {}
        self._media = media

    def add(self, renderer: Renderer) -> None:
        """Add a renderer; one of the same type is replaced."""
        self._renderers[renderer.mime] = renderer

    def forms(self, bundle: MimeBundle) -> list[Renderer]:
        """Return the renderers that fit the bundle, best first."""
        fitting = [self._renderers[mime] for mime in bundle.data if mime in self._renderers]
        fitting += [Renderer(mime, 5, True, json) for mime in bundle.data if self._is_json(mime)]
        fitting += [
            Renderer(mime, 41, True, self._media(mime)) for mime in bundle.data if is_played(mime)
        ]
        return sorted((r for r in fitting if r.safe), key=lambda r: -r.rank)

    def _is_json(self, mime: str) -> bool:
        """Whether nobody knows the type, but its name says what it is made of (RFC 6839)."""
        return mime.endswith("+json") and mime not in self._renderers

    def create(self, bundle: MimeBundle, form: str = "") -> Block:
        """Return a block for the best form that can be drawn; a note where none can.

        Args:
            form: The MIME type to show instead, as text if nobody draws it.
        """
        troubles: list[Trouble] = []
        forms = self.forms(bundle)
        if form:
            forms = [each for each in forms if each.mime == form]
            if not forms:
                return terminal_block(bundle.text(form))
        else:
            forms = [each for each in forms if kind_of_type(each.mime) is None]
        for renderer in forms:
            metadata = bundle.metadata.get(renderer.mime, bundle.metadata)
            try:
                block = renderer.create(bundle.data[renderer.mime], mapping(metadata))
            except RenderError as error:
                troubles.append((renderer.mime, error))
                continue
            return block if form else explained(bundle, renderer.mime, block, troubles)
        return undrawn(bundle, troubles)


def default_registry(images: ImageCache | None = None) -> RendererRegistry:
    """Return a registry with all renderers of this package."""
    make = Makers(ImageCache() if images is None else images, shared_loader())
    registry = RendererRegistry(make.media)
    for rank, mime in RASTERS:
        create = make.moving(mime) if mime in MOVING else make.image(mime)
        registry.add(Renderer(mime, rank, safe=True, create=create))
    for rank, mime, create in (
        (65, "image/svg+xml", make.svg),
        (42, "text/latex", make.latex),
        (40, "text/html", make.html),
        (35, "application/json", json),
        (30, "text/markdown", make.markdown),
        (10, "text/plain", _plain_text),
    ):
        registry.add(Renderer(mime, rank, safe=True, create=create))
    return registry


def is_played(mime: str) -> bool:
    """Tell whether a type is one of sound or film."""
    return mime.startswith(("audio/", "video/"))


def _plain_text(data: Any, metadata: Mapping[str, Any]) -> Block:
    del metadata
    if not isinstance(data, str | list):  # nbformat's list of lines, which some kernels send
        raise RenderError(tr("text/plain came as {name}, not as text", name=type(data).__name__))
    bundle = MimeBundle({"text/plain": data})
    text = bundle.text("text/plain")
    return terminal_block(text) if len(text) <= LONGEST_TEXT else shortened(bundle, text)
