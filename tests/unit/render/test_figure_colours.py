"""Which pictures are turned for another ground, and what becomes of their colours."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from support.drawings import (
    BLUE,
    LETTER,
    LINE,
    PAPER,
    SWATCH,
    WIDTH,
    blank,
    heat,
    photograph,
    plot,
    scene,
    snow,
    with_plane,
)
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.figure_colours import fitted, nature_of
from vitrail_widgets.render.fitted_figure import Ground
from vitrail_widgets.render.formats import contrast

LIGHT, DARK = Theme.load("light"), Theme.load("dark")


def drawn(image: QImage, theme: Theme) -> QImage:
    return fitted(image, nature_of(image), Ground.of(theme))


def at(image: QImage, place: tuple[int, int]) -> QColor:
    return image.pixelColor(*place)


def differs(one: QColor, other: QColor) -> int:
    return max(
        abs(one.red() - other.red()),
        abs(one.green() - other.green()),
        abs(one.blue() - other.blue()),
        abs(one.alpha() - other.alpha()),
    )


@pytest.mark.parametrize("paper", ["#ffffff", "#fafafa", "#f0f0f0", "transparent"])
def test_paper_becomes_the_ground_of_a_dark_theme_and_ink_its_text(paper: str) -> None:
    turned = drawn(plot(paper), DARK)
    assert differs(at(turned, LETTER), DARK.text) <= 1
    if paper == "transparent":
        assert at(turned, PAPER).alpha() == 0
    else:
        assert differs(at(turned, PAPER), DARK.bg) <= 1


@pytest.mark.parametrize("paper", ["#000000", "#111111", "transparent"])
def test_a_figure_for_dark_paper_is_turned_in_a_light_theme(paper: str) -> None:
    turned = drawn(plot(paper, ink="#ffffff", colour="#8dd3c7"), LIGHT)
    assert differs(at(turned, LETTER), LIGHT.text) <= 1
    if paper != "transparent":
        assert differs(at(turned, PAPER), LIGHT.bg) <= 1


@pytest.mark.parametrize(
    ("image", "theme"),
    [
        (plot(), LIGHT),
        (plot("transparent"), LIGHT),
        (plot("#000000", ink="#ffffff", colour="#8dd3c7"), DARK),
        (plot("transparent", ink="#ffffff", colour="#8dd3c7"), DARK),
    ],
)
def test_what_fits_its_ground_stays(image: QImage, theme: Theme) -> None:
    assert drawn(image, theme) is image


@pytest.mark.parametrize(
    "image",
    [
        photograph(),
        snow(),
        with_plane(scene),
        with_plane(heat),
        with_plane(lambda painter: painter.fillRect(40, 20, 260, 190, QColor("#000000"))),
        blank("#ffffff"),
        blank("#808080"),
        QImage(1, 1, QImage.Format.Format_RGB32),
    ],
    ids=["photograph", "snow", "in axes", "heat map", "mostly black", "white", "grey", "a pixel"],
)
def test_what_is_no_drawing_stays(image: QImage) -> None:
    assert drawn(image, DARK) is image


def test_a_photograph_in_transparent_axes_gets_paper_for_their_ink() -> None:
    shown = drawn(with_plane(scene, "transparent"), DARK)
    assert at(shown, PAPER) == QColor("#ffffff")
    assert at(shown, LETTER) == QColor("#000000")
    assert at(shown, LINE) == at(photograph(), LINE)


def test_a_pale_grid_does_not_make_ink_of_it() -> None:
    image = plot("transparent")
    for x in range(50, 300, 10):
        for y in range(20, 210):
            image.setPixelColor(x, y, QColor("#f0f0f0"))
    assert nature_of(image).paper == 1.0


@pytest.mark.parametrize(
    "colour", [BLUE, "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#e377c2", "#0000ff", "#ff0000"]
)
def test_hues_stay_and_what_could_be_read_can_be_read(colour: str) -> None:
    now = at(drawn(plot(colour=colour), DARK), LINE)
    turn = abs(now.hue() - QColor(colour).hue())
    assert min(turn, 360 - turn) <= 12
    before = contrast(QColor(colour), QColor("#ffffff"))
    assert contrast(now, DARK.bg) >= min(2.9, before)


def test_the_same_colour_is_the_same_afterwards_wherever_it_stands() -> None:
    turned = drawn(plot(), DARK)
    assert at(turned, SWATCH) == at(turned, LINE) != QColor(BLUE)


def test_what_is_blended_at_the_edge_of_a_line_stays_blended() -> None:
    image = plot(colour="#6a6a6a")
    turned = drawn(image, DARK)
    ground, line = at(turned, PAPER), at(turned, LINE)
    blended = 0
    for x in range(WIDTH):
        share = (255 - image.pixelColor(x, 115).red()) / (255 - 0x6A)
        if 0.05 < share < 0.95:
            blended += 1
            mixed = ground.red() + share * (line.red() - ground.red())
            assert abs(turned.pixelColor(x, 115).red() - mixed) <= 2
    assert blended >= 2


def test_a_picture_keeps_its_size_whatever_its_rows_are_padded_to() -> None:
    narrow = plot().copy(0, 0, 311, 233)
    assert drawn(narrow, DARK).size() == QSize(311, 233)
