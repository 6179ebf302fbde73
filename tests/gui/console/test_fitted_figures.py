"""Figures in the colours of the theme, for users who want that; what is copied is what came."""

from base64 import b64decode
from functools import partial

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from support.console import Console
from support.drawings import LETTER, LINE, PAPER, encoded, photograph, plot
from support.replaying import replayed
from vitrail_widgets.console.geometry import MARGIN_Y
from vitrail_widgets.console.picture import picture_of
from vitrail_widgets.plots.pictures import source_of
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.fitted_figure import FittedFigure, Ground
from vitrail_widgets.render.image_block import CARD_PAD, ImageBlock
from vitrail_widgets.render.image_cache import ImageCache
from vitrail_widgets.render.image_loader import ImageLoader, shared_loader
from vitrail_widgets.render.raster import Raster
from vitrail_widgets.render.rendition import Rendition
from vitrail_widgets.transcript.figures import Figures
from vitrail_widgets.transcript.mime import MimeBundle

WHITE, BLACK = QColor("#ffffff"), QColor("#000000")
LIGHT, DARK = Theme.load("light"), Theme.load("dark")
FITTING = DARK.fitting_figures(fits=True)
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='320' height='240'>{}"
    "<rect x='90' y='215' width='20' height='20' fill='black'/></svg>"
)


def show(console: Console, data: dict[str, object], theme: Theme = FITTING) -> None:
    console.view.apply_theme(theme)
    console.cell("a")
    console.apply(console.transcript.append_rich("a", MimeBundle(data)))


def colour(console: Console, place: tuple[int, int], *, card: int = 0) -> QColor:
    """Return the colour of a place of the picture as it is painted now."""
    top = console.view.viewport_y("a") + console.view.document.flow[0].block_top(1) + CARD_PAD
    shot = console.view.grab().toImage()
    return shot.pixelColor(console.view.across.text_x + card + place[0], top + place[1])


def block(console: Console) -> ImageBlock:
    found = console.view.document.flow[0].block(1)
    assert isinstance(found, ImageBlock)
    return found


def test_figures_are_shown_as_they_came_unless_the_user_wants_it_otherwise(
    console: Console,
) -> None:
    show(console, {"image/png": encoded(plot())}, DARK)
    assert not DARK.fits_figures
    assert colour(console, PAPER, card=CARD_PAD) == WHITE
    assert colour(console, LETTER, card=CARD_PAD) == BLACK


def test_a_figure_lies_on_the_ground_of_the_theme_and_not_on_a_card(
    console: Console, qtbot: QtBot
) -> None:
    show(console, {"image/png": encoded(plot())})
    qtbot.waitUntil(lambda: colour(console, LETTER) == DARK.text)
    assert colour(console, PAPER) == DARK.bg
    assert colour(console, (-4, 100)) == DARK.bg


@pytest.mark.parametrize("ground", ["", "<rect width='320' height='240' fill='white'/>"])
def test_a_drawing_is_legible_with_its_ground_and_without(
    console: Console, qtbot: QtBot, ground: str
) -> None:
    show(console, {"image/svg+xml": SVG.format(ground)})
    qtbot.waitUntil(lambda: colour(console, LETTER) == DARK.text)
    assert colour(console, PAPER) == DARK.bg


def test_a_photograph_stays_as_it_is(console: Console, qtbot: QtBot) -> None:
    image = photograph()
    show(console, {"image/png": encoded(image)})
    qtbot.waitUntil(lambda: colour(console, LINE) == image.pixelColor(*LINE))


def test_a_jpeg_stays_whatever_is_on_it(console: Console, qtbot: QtBot) -> None:
    show(console, {"image/jpeg": encoded(plot(), "jpeg")})
    qtbot.waitUntil(lambda: colour(console, PAPER, card=CARD_PAD) == WHITE)


def test_the_theme_may_change_while_it_is_shown(console: Console, qtbot: QtBot) -> None:
    show(console, {"image/png": encoded(plot())}, LIGHT)
    fitting_light = LIGHT.fitting_figures(fits=True)
    for theme, card, ground in (
        (FITTING, 0, DARK.bg),
        (DARK, CARD_PAD, WHITE),
        (FITTING, 0, DARK.bg),
        (fitting_light, 0, WHITE),
        (LIGHT, 0, WHITE),
    ):
        console.view.apply_theme(theme)
        shown = partial(colour, console, PAPER, card=card)
        qtbot.waitUntil(lambda: shown() == ground)  # noqa: B023  # is called before the next turn


def test_what_is_copied_and_saved_is_what_came(console: Console, qtbot: QtBot) -> None:
    content = encoded(plot())
    show(console, {"image/png": content})
    qtbot.waitUntil(lambda: colour(console, LETTER) == DARK.text)
    assert block(console).original == b64decode(content)
    assert block(console).picture().pixelColor(*LETTER) == BLACK


def test_figures_of_matplotlib_are_turned() -> None:
    figures = Figures(replayed("matplotlib_inline"))
    turned = 0
    for figure in figures:
        source = source_of(figure)
        image = FittedFigure(source, Ground.of(DARK)).decode(source.size)
        at_edge = {image.pixelColor(2, 2).name(), image.pixelColor(image.width() - 3, 2).name()}
        turned += at_edge == {DARK.bg.name()}
    assert turned >= 8


@pytest.mark.parametrize("ratio", [1, 2])
def test_a_picture_of_the_console_has_it_at_once(console: Console, ratio: int) -> None:
    show(console, {"image/png": encoded(plot())})
    picture = picture_of(console.view, ratio, 4000)
    top = MARGIN_Y + console.view.document.flow[0].block_top(1) + CARD_PAD
    for place, wanted in ((LETTER, DARK.text), (PAPER, DARK.bg)):
        x, y = console.view.across.text_x + place[0], top + place[1]
        assert picture.pixelColor(x * ratio, y * ratio) == wanted


def test_a_picture_in_colours_that_are_not_wanted_any_more_is_not_shown(
    console: Console, qtbot: QtBot
) -> None:
    cache, loader = ImageCache(), ImageLoader()
    rendition = Rendition(Raster.from_base64(encoded(plot()), "image/png"), cache, loader)
    viewport, size = console.view.viewport(), QSize(320, 240)
    assert rendition.image(viewport, size, FITTING) is None
    plain = rendition.image(viewport, size, DARK)  # while the other one is being made
    qtbot.waitUntil(lambda: loader.is_idle)
    assert plain is not None
    assert plain.pixelColor(*PAPER) == WHITE
    assert rendition.image(viewport, size, DARK) == plain


def test_the_frame_before_is_seen_until_the_next_one_is_turned(
    console: Console, qtbot: QtBot
) -> None:
    show(console, {"image/png": encoded(plot())})
    qtbot.waitUntil(lambda: colour(console, PAPER) == DARK.bg)
    console.transcript.clear_outputs("a", wait=True)
    console.apply(
        console.transcript.append_rich("a", MimeBundle({"image/png": encoded(plot("#fafafa"))}))
    )
    assert colour(console, LETTER) == DARK.text  # of one or the other
    qtbot.waitUntil(lambda: shared_loader().is_idle)
    assert colour(console, LETTER) == DARK.text
