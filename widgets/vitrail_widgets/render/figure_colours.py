"""The colours of a figure on another ground: paper and ink change places, hues stay.

A figure that was drawn for white paper is turned by an affine map of its colours, so that what is
blended at the edges of lines and letters stays blended right. The luma of each pixel is mirrored
between paper and ink, its difference from grey is kept; then black and white become the theme's
ground and text. The contrast to the ground is about what it was on paper.

Only what looks like a drawing is turned: a photograph or a finely coloured map would be a negative.
Runs on any thread.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from vitrail_widgets.render.fitted_figure import Ground

LUMA: Final = (0.299, 0.587, 0.114)
"""Weights of red, green and blue (ITU-R BT.601)."""

SAMPLED_PIXELS: Final = 60_000
COLOURS: Final = 16
"""So many of the 4096 colours of four bits each draw nearly all of a drawing."""

REST: Final = 0.17
"""Share of the others at most. Of a heat map it is 0.23, of a photograph 0.7, of ten thousand
translucent dots 0.12."""

LEVEL: Final = 0.25  # how far from white, or from black, paper may be; and from grey
LEAST_INK: Final = 0.0005  # share of what is not paper; of less it is a plain plane
CLEAR: Final = 8  # alpha up to which a pixel is not seen
LIGHT_INK: Final = 0.65  # luma from which on it is made for dark paper, which is rare
LONG_LINE: Final = 12  # pixels, to both sides: no stroke of a letter

BAND: Final = 64  # rows that are turned at once, in the processor's cache

WHITE, BLACK = QColor("#ffffff"), QColor("#16181d")

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
"""Rows of pixels of red, green, blue and alpha, not premultiplied."""


class Nature(NamedTuple):
    """What a picture is.

    Attributes:
        is_drawing: Whether it is lines, letters and few plain colours on a ground of one colour.
        is_clear: Whether its ground is transparent.
        paper: The luma of its ground, 0 to 1; of a transparent one that for which its ink is made.
    """

    is_drawing: bool
    is_clear: bool
    paper: float


PHOTOGRAPH: Final = Nature(is_drawing=False, is_clear=False, paper=0.5)


def nature_of(image: QImage) -> Nature:
    """Judge a picture by its edge and by how many colours it takes."""
    pixels = _pixels(image)
    if min(pixels.shape[:2]) > 2:
        pixels = pixels[1:-1, 1:-1]  # of an SVG of broken size the last row may be half there
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    if np.mean(edge[:, 3] <= CLEAR) > 0.9:
        paper = 0.0 if _ink(pixels) > LIGHT_INK else 1.0
        return Nature(_has_few_colours(pixels, paper), is_clear=True, paper=paper)
    middle = np.median(edge, 0)
    far = np.count_nonzero(np.abs(edge - middle).max(1) > 10)
    is_plain = far < 0.03 * len(edge) and float(middle[3]) > 250
    paper = float(_luma(middle[:3]))
    chroma = float(np.ptp(middle[:3])) / 255
    if not is_plain or min(paper, 1 - paper) > LEVEL or chroma > LEVEL:
        return PHOTOGRAPH
    return Nature(_has_few_colours(pixels, paper), is_clear=False, paper=paper)


def fitted(image: QImage, nature: Nature, ground: Ground) -> QImage:
    """Return a picture as it can be read on a ground; itself where it can be already."""
    if nature.is_drawing or nature.is_clear:
        if (nature.paper > 0.5) != ground.is_dark:
            return image
        if nature.is_drawing:
            return _turned(image, nature.paper, ground)
        return _on_paper(image, WHITE if nature.paper > 0.5 else BLACK)
    return image


def _ink(pixels: Pixels) -> float:
    """Return the luma of letters and curves on transparency, of what borders on it at the left.

    Long lines are left out: a grid is pale on any paper.
    """
    alpha = pixels[..., 3]
    borders = np.zeros(alpha.shape, bool)
    borders[:, 1:] = (alpha[:, 1:] > CLEAR) & (alpha[:, :-1] <= CLEAR)
    inner = borders[: -2 * LONG_LINE] & borders[2 * LONG_LINE :]
    lines = np.zeros(alpha.shape, bool)
    for end in range(0, 2 * LONG_LINE + 1, LONG_LINE // 2):  # of each also what the ends are
        lines[end : end + len(inner)] |= inner
    found = pixels[borders & ~lines]
    if not len(found):
        found = pixels[alpha > CLEAR]
    return float(np.average(_luma(found), weights=found[:, 3])) if len(found) else 0.0


def _has_few_colours(pixels: Pixels, paper: float) -> bool:
    """Whether most is as light as the paper, or as dark, and a few colours draw nearly all."""
    step = max(1, int((pixels.shape[0] * pixels.shape[1] / SAMPLED_PIXELS) ** 0.5))
    sample = pixels[::step, ::step].reshape(-1, 4)
    seen = sample[sample[:, 3] > CLEAR]
    clear = len(sample) - len(seen)
    as_paper = clear + np.count_nonzero(np.abs(_luma(seen) - round(paper)) < LEVEL)
    exact = np.sort(np.unique(_packed(seen, 8), return_counts=True)[1])[::-1]
    rough = np.sort(np.bincount(_packed(seen, 4), minlength=4096))[::-1]
    ink = exact[0 if clear else 1 :].sum()
    return bool(
        2 * as_paper >= len(sample)
        and 2 * (clear + exact[:COLOURS].sum()) >= len(sample)  # grain is in no drawing
        and LEAST_INK * len(sample) <= ink
        and rough[COLOURS:].sum() <= REST * len(sample)
    )


def _luma(pixels: Any) -> Any:
    """Return the luma of each pixel, 0 to 1."""
    red, green, blue = (pixels[..., which] * (LUMA[which] / 255) for which in range(3))
    return red + green + blue


def _packed(pixels: Pixels, bits: int) -> Any:
    """Return the colour of each pixel as one number, of so many bits for each part."""
    red, green, blue = (pixels[:, which].astype(np.int32) >> 8 - bits for which in range(3))
    return red << 2 * bits | green << bits | blue


def _turned(image: QImage, paper: float, ground: Ground) -> QImage:
    """Return a picture with its luma mirrored: `paper` becomes the ground, ink its ink."""
    pixels = _pixels(image)
    low, high = (np.array(side, np.float32) for side in (ground.low, ground.high))
    # luma y becomes 1 - y / paper on light paper, 1 - (y - paper) / (1 - paper) on dark paper
    slope, offset = (1 / paper, 1.0) if paper > 0.5 else (1 / (1 - paper), 1 / (1 - paper))
    for top in range(0, pixels.shape[0], BAND):
        band = pixels[top : top + BAND]
        colour = band[..., :3] * np.float32(1 / 255)
        colour += (offset - (1 + slope) * _luma(band))[..., None]
        np.clip(colour, 0, 1, out=colour)
        band[..., :3] = low + colour * (high - low) + 0.5
    return _image(pixels)


def _on_paper(image: QImage, colour: QColor) -> QImage:
    """Return a picture with a ground where it had none."""
    whole = QImage(image.size(), QImage.Format.Format_RGB32)
    whole.fill(colour)
    with QPainter(whole) as painter:
        painter.drawImage(whole.rect(), image)
    return whole


def _pixels(image: QImage) -> Pixels:
    """Return a copy of the pixels."""
    straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(straight.constBits(), np.uint8)
    shape = straight.height(), straight.bytesPerLine() // 4, 4
    return rows.reshape(shape)[:, : straight.width()].copy()


def _image(pixels: Pixels) -> QImage:
    height, width, _ = pixels.shape
    form = QImage.Format.Format_RGBA8888
    image = QImage(pixels.tobytes(), width, height, width * 4, form)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
