"""A console as it is painted, block by block: what can be said of it whatever fonts there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtGui import QColor, QImage

from vitrail_widgets.console.geometry import MARGIN_Y, OUTPUT_GAP
from vitrail_widgets.console.picture import picture_of
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.block import Block
from vitrail_widgets.render.deferred import DeferredBlock
from vitrail_widgets.transcript.transcript import Transcript

WIDTH, TALLEST = 900, 3500
STRONG = 48
"""Difference of a part of a colour from the ground, from which on it is ink and no smoothing."""

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
"""Rows of pixels, or pixels, of red, green and blue."""


@dataclass(frozen=True)
class Box:
    """Where a block lies in a picture, in device independent pixels.

    Attributes:
        index: Its place in its entry; 0 is the input of a cell.
        has_next: Whether there is another one below it in the same entry.
    """

    block: Block
    index: int
    top: int
    bottom: int
    has_next: bool

    @property
    def says(self) -> str:
        """The beginning of its text."""
        lines = (self.block.line(at) for at in range(min(self.block.line_count, 200)))
        return " ".join(line.strip() for line in lines).strip()[:80]


@dataclass(frozen=True)
class Painted:
    """One picture of a console.

    Attributes:
        left: Where text begins.
        right: Where the room for text ends.
    """

    theme: Theme
    ratio: int
    pixels: Pixels
    boxes: list[Box]
    left: int
    right: int

    def of(self, box: Box) -> Pixels:
        """Return what is painted of a block."""
        return self._rows(box.top, box.bottom, self.left, self.right)

    def around(self, box: Box) -> Iterator[Pixels]:
        """Yield what is painted above, below and to the right of an output."""
        yield self._rows(box.top - OUTPUT_GAP, box.top, self.left, WIDTH)
        if box.has_next:
            yield self._rows(box.bottom, box.bottom + OUTPUT_GAP, self.left, WIDTH)
        yield self._rows(box.top, box.bottom, self.right, WIDTH)

    def _rows(self, top: int, bottom: int, left: int, right: int) -> Pixels:
        r = self.ratio
        return self.pixels[top * r : bottom * r, left * r : right * r]


def paint(transcript: Transcript, theme: str) -> Iterator[Painted]:
    """Yield a transcript at 1x and at 2x; the view ends with the iterator."""
    view = ConsoleView(transcript, Theme.load(theme), code_font())
    view.resize(WIDTH, 600)
    try:
        for ratio in (1, 2):
            image = picture_of(view, ratio, TALLEST)
            across = view.across
            right = across.text_x + across.text_width
            boxes = list(_boxes(view, image.height() // ratio))
            yield Painted(view.theme, ratio, rgb(image), boxes, across.text_x, right)
    finally:
        view.deleteLater()


def rgb(image: QImage) -> Pixels:
    """Return the pixels of a picture."""
    plain = image.convertToFormat(QImage.Format.Format_RGBX8888)
    rows = np.frombuffer(plain.constBits(), np.uint8)
    shape = plain.height(), plain.bytesPerLine() // 4, 4
    return rows.reshape(shape)[:, : plain.width(), :3].copy()


def colour(colour: QColor) -> Pixels:
    """Return a colour as a pixel."""
    return np.array([colour.red(), colour.green(), colour.blue()], np.uint8)


def ground_of(pixels: Pixels) -> Pixels:
    """Return the colour that most of the pixels have."""
    step = max(1, int((pixels.size / 60_000) ** 0.5))
    sample = pixels[::step, ::step].reshape(-1, 3).astype(np.int32)
    packed = sample @ np.array([1 << 16, 1 << 8, 1])
    found, counts = np.unique(packed, return_counts=True)
    most = int(found[counts.argmax()])
    return np.array([most >> 16, most >> 8 & 255, most & 255], np.uint8)


def is_ink(pixels: Pixels) -> Any:
    """Return of each pixel whether it is clearly no ground."""
    differs = np.abs(pixels.astype(np.int16) - ground_of(pixels).astype(np.int16))
    return differs.max(-1) >= STRONG


def luminance(pixels: Pixels) -> Any:
    """Return the relative luminance of each pixel, 0 to 1 (WCAG 2.2)."""
    part = np.arange(256) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear[pixels] @ LUMINANCE


def contrast(ink: Pixels, ground: Pixels) -> float:
    """Return the contrast of the pixel that differs most from a ground, 1 to 21 (WCAG 2.2)."""
    lights, light = luminance(ink), float(luminance(ground))
    most = [
        (max(light, float(each)) + 0.05) / (min(light, float(each)) + 0.05)
        for each in (lights.min(), lights.max())
    ]
    return max(most)


def _boxes(view: ConsoleView, height: int) -> Iterator[Box]:
    flow = view.document.flow
    for entry, layout in enumerate(flow):
        for index in range(layout.block_count):
            top = MARGIN_Y + flow.top(entry) + layout.block_top(index)
            block = layout.block(index)
            if top + block.height > height:
                return
            inner = block.inner if isinstance(block, DeferredBlock) else block
            yield Box(inner, index, top, top + block.height, index + 1 < layout.block_count)
