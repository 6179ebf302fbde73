"""What real kernels displayed, painted: every session that was recorded, both themes, 1x and 2x."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from support.captured import captured_names
from support.painted import (
    Box,
    Painted,
    Pixels,
    colour,
    contrast,
    ground_of,
    is_ink,
    luminance,
    paint,
    rgb,
)
from support.replaying import replayed
from vitrail_widgets.console.view import ConsoleView
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.image_block import CARD_PAD, ImageBlock
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.transcript.cells import Cell, RichOutput

READABLE = 4.5  # WCAG 2.2, 1.4.3
DECLARED = re.compile(r"(?:fill|stroke)(?::\s*|=[\"'])(#(?!ffffff|000000)[0-9a-f]{6})")
"""A colour of an SVG that is neither that of paper nor of ink."""


@pytest.fixture(scope="module", params=captured_names())
def pictures(request: pytest.FixtureRequest, qapp: object) -> Iterator[list[Painted]]:
    """Yield a session in light and dark, at 1x and 2x each."""
    del qapp
    transcript = replayed(request.param)
    painted = [each for theme in ("light", "dark") for each in paint(transcript, theme)]
    QtBot(request).waitUntil(lambda: shared_loader().is_idle)
    yield painted
    painted.clear()


def written(pictures: list[Painted]) -> Iterator[tuple[Painted, Box]]:
    """Yield each block that shows text, in each picture."""
    for picture in pictures:
        for box in picture.boxes:
            if box.says and not isinstance(box.block, ImageBlock):
                yield picture, box


def test_what_was_said_is_there_to_be_read(pictures: list[Painted]) -> None:
    for picture, box in written(pictures):
        pixels = picture.of(box)
        ink = pixels[is_ink(pixels)]
        assert len(ink), box.says
        if picture.ratio == 2:  # at 1x thin strokes are smoothed away in part
            assert contrast(ink, ground_of(pixels)) >= READABLE, box.says


def test_ink_is_dark_on_light_and_light_on_dark(pictures: list[Painted]) -> None:
    for picture, box in written(pictures):
        pixels = picture.of(box)
        ink, ground = pixels[is_ink(pixels)], ground_of(pixels)
        assert bool(luminance(ground) < 0.2) is picture.theme.dark, box.says
        assert bool(luminance(ink).mean() > luminance(ground)) is picture.theme.dark, box.says


def test_nothing_is_painted_beside_the_outputs(pictures: list[Painted]) -> None:
    for picture in pictures:
        ground = colour(picture.theme.bg)
        for box in picture.boxes:
            for beside in picture.around(box) if box.index else ():
                assert (beside == ground).all(), box.says


def test_letters_are_finer_at_2x(pictures: list[Painted]) -> None:
    inked = parted = 0
    for picture, box in written(pictures):
        if picture.ratio == 2:
            ink = is_ink(picture.of(box))
            quarters = ink.reshape(ink.shape[0] // 2, 2, ink.shape[1] // 2, 2).sum((1, 3))
            inked += int(np.count_nonzero(quarters))
            parted += int(np.count_nonzero((quarters > 0) & (quarters < 4)))
    assert parted >= inked / 10  # of what is only enlarged none would be


def test_both_scales_have_as_much_ink_in_the_same_places(pictures: list[Painted]) -> None:
    for once, twice in zip(pictures[::2], pictures[1::2], strict=True):
        assert [(box.top, box.bottom) for box in once.boxes] == [
            (box.top, box.bottom) for box in twice.boxes
        ]
        all_once = all_twice = 0
        for _, box in written([once]):
            one, two = (int(is_ink(each.of(box)).sum()) for each in (once, twice))
            assert one / 4 <= two / 4 <= one * 4, box.says  # a full stop may be half smoothed away
            all_once, all_twice = all_once + one, all_twice + two
        assert all_once / 2 <= all_twice / 4 <= all_once * 2


def test_figures_have_their_own_colours_where_these_belong(
    pictures: list[Painted], request: pytest.FixtureRequest
) -> None:
    compared = 0
    for picture in pictures:
        for box in picture.boxes:
            if isinstance(box.block, ImageBlock) and box.block.mime in ("image/png", "image/jpeg"):
                compared += is_same(picture, box, QImage.fromData(box.block.original))
    assert compared >= 8 or request.node.callspec.params["pictures"] != "matplotlib_inline"


def is_same(picture: Painted, box: Box, image: QImage) -> bool:
    """Compare an opaque picture with what came; False where it is not shown pixel by pixel."""
    scale = (box.bottom - box.top - 2 * CARD_PAD) * picture.ratio / image.height()
    if scale not in (1, 2) or image.pixelColor(0, 0).alpha() < 255:
        return False
    own = rgb(image).repeat(int(scale), 0).repeat(int(scale), 1)
    r, pad = picture.ratio, CARD_PAD * has_card(picture, own)
    top, left = (box.top + CARD_PAD) * r, (picture.left + pad) * r
    seen = picture.pixels[top : top + own.shape[0], left : left + own.shape[1]]
    assert seen.shape == own.shape, box.says
    assert (seen == own).all(), box.says
    return True


def test_drawings_have_the_colours_that_they_declare(pictures: list[Painted]) -> None:
    for picture in pictures[1::2]:
        for box in picture.boxes:
            if isinstance(box.block, ImageBlock) and box.block.mime == "image/svg+xml":
                declared = set(DECLARED.findall(box.block.original.decode()))
                seen = {
                    f"#{r:02x}{g:02x}{b:02x}"
                    for r, g, b in np.unique(picture.of(box).reshape(-1, 3), axis=0)
                }
                assert not declared or declared & seen, box.says


def has_card(picture: Painted, own: Pixels) -> bool:
    """Say whether a picture on white paper is laid on a card."""
    corners = own[[0, 0, -1, -1], [0, -1, 0, -1]]
    return picture.theme.dark and bool((corners > 240).all())


@pytest.mark.parametrize("name", captured_names())
def test_every_output_has_a_block_that_says_something(qtbot: QtBot, name: str) -> None:
    transcript = replayed(name)
    view = ConsoleView(transcript, Theme.load("light"), code_font())
    qtbot.addWidget(view)
    view.document.complete()
    for cell in (entry for entry in transcript.entries if isinstance(entry, Cell)):
        layout = view.document.cell_layout(cell.id)
        assert layout is not None
        assert layout.block_count == 1 + len(cell.outputs)
        for index, output in enumerate(cell.outputs, 1):
            if isinstance(output, RichOutput) and output.bundle.text("text/plain").strip():
                block = layout.block(index)
                assert any(block.line(at) for at in range(block.line_count)), output
    qtbot.waitUntil(lambda: shared_loader().is_idle)
