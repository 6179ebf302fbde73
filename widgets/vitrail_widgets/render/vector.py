"""An SVG picture: crisp at every size, drawn on any thread."""

from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from vitrail_resources.translation import tr
from vitrail_widgets.render.raster import MAX_SOURCE_PIXELS, RenderError, blank, written
from vitrail_widgets.render.safe_svg import SafeSvg, safe_svg, stated_size
from vitrail_widgets.render.svg_references import UnsafeSvgError

AT_ONCE: Final = 40_000  # characters that are looked through in 10 ms; more is left to the thread
MAX_SIDE: Final = 20_000


class Vector:
    """One SVG document (the interface of `Raster`).

    Attributes:
        mime: Its type.
        size: In CSS pixels.
    """

    mime = "image/svg+xml"
    is_large = True
    """QtSvg takes 50 ms for a plain figure."""

    def __init__(self, text: str) -> None:
        """Read its size; the whole of it, if it is small.

        Raises:
            RenderError: It cannot be drawn, or not with care.
        """
        self._text = text
        self._safe: SafeSvg | None = None
        try:
            if len(text) <= AT_ONCE:
                self._safe = safe_svg(text)
            width, height = stated_size(text)
        except UnsafeSvgError as error:
            raise RenderError(
                tr("{mime} is not drawn: {error}", mime=self.mime, error=error)
            ) from error
        side = max(width, height)
        if side > MAX_SIDE:
            width, height = width * MAX_SIDE / side, height * MAX_SIDE / side
        self.size = QSize(max(1, round(width)), max(1, round(height)))

    @staticmethod
    def from_data(data: object) -> "Vector":
        """Return the picture of a bundle's entry: text, or nbformat's list of lines.

        Raises:
            RenderError: It is neither, or what `Vector` refuses.
        """
        if isinstance(data, list):
            data = "".join(str(part) for part in data)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] # JSON
        if not isinstance(data, str):
            raise RenderError(
                tr("{mime} came as {name}, not as text", mime=Vector.mime, name=type(data).__name__)
            )
        return Vector(data)

    @property
    def original(self) -> bytes:
        """The document as it came; it may hold what is not drawn."""
        return self._text.encode("utf-8", "replace")

    @property
    def harmless(self) -> bytes:
        """The document without scripts, links and whatever else is not drawn.

        Raises:
            ValueError: It cannot be drawn with care.
        """
        try:
            return (self._safe or safe_svg(self._text)).source
        except UnsafeSvgError as error:
            raise ValueError(str(error)) from error

    def fit(self, wanted: QSize) -> QSize:
        """Return a size in pixels that can be drawn; it is that of `wanted` where possible."""
        pixels = wanted.width() * wanted.height()
        if pixels <= MAX_SOURCE_PIXELS:
            return wanted
        share = (MAX_SOURCE_PIXELS / pixels) ** 0.5
        return QSize(int(wanted.width() * share), int(wanted.height() * share))

    def decode(self, size: QSize) -> QImage:
        """Return the picture at a size in pixels; why there is none is written into it."""
        try:
            safe = self._safe or safe_svg(self._text)
        except UnsafeSvgError as error:
            return written(tr("{mime} is not drawn: {error}", mime=self.mime, error=error), size)
        return drawn(safe.source, size)


def drawn(safe: bytes, size: QSize) -> QImage:
    """Return a document that was made safe as a picture of a size in pixels."""
    from PySide6.QtSvg import QSvgRenderer  # a start without pictures does without

    renderer = QSvgRenderer(QByteArray(safe))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    if not renderer.isValid():
        return written(tr("{mime} is not drawn: Qt cannot read it", mime=Vector.mime), size)
    image = blank(size)
    with QPainter(image) as painter:
        renderer.render(painter, QRectF(image.rect()))
    return image
