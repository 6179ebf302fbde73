"""Large pictures are decoded while the window stays responsive, and no picture too often."""

import threading
from base64 import b64encode
from functools import partial

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.console.picture import picture_of
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.image_block import stated_size
from vitrail_widgets.render.image_loader import ImageLoader, shared_loader
from vitrail_widgets.render.raster import Raster
from vitrail_widgets.transcript.mime import MimeBundle

RED, SURFACE = QColor("#ff0000"), Theme.load("light").surface
SMALL, LARGE = QSize(1000, 500), QSize(3000, 1500)


def encoded(size: QSize, mime: str = "image/png") -> str:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(RED)
    return encoded_image(image, mime)


def encoded_image(image: QImage, mime: str = "image/png") -> str:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, mime.removeprefix("image/"))  # type: ignore[call-overload]  # as in test_view
    return b64encode(bytes(buffer.data().data())).decode()


def show(console: Console, size: QSize, cell_id: str = "a") -> None:
    console.cell(cell_id)
    bundle = MimeBundle({"image/png": encoded(size)})
    console.apply(console.transcript.append_rich(cell_id, bundle))


def colour(console: Console) -> QColor:
    """Return the colour near the picture's upper left corner, as it is painted now."""
    layout = console.view.document.flow[0]
    y = console.view.viewport_y("a") + layout.block_top(1) + 20
    return console.view.grab().toImage().pixelColor(console.view.across.text_x + 20, y)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """Return the widths that were decoded, and whether it was on the GUI's thread."""
    done: list[tuple[int, bool]] = []
    decode = Raster.decode

    def note(raster: Raster, size: QSize) -> QImage:
        done.append((size.width(), threading.current_thread() is threading.main_thread()))
        return decode(raster, size)

    monkeypatch.setattr(Raster, "decode", note)
    return done


def test_a_picture_is_decoded_once_whatever_widths_it_is_shown_at(
    console: Console, decoded: list[tuple[int, bool]]
) -> None:
    show(console, SMALL)
    for width in (800, 700, 900, 500):
        console.view.resize(width, 600)
        assert colour(console) == RED
    assert decoded == [(1000, True)]


@pytest.mark.parametrize("form", ["png", "jpeg", "webp", "bmp"])
def test_every_form_that_pictures_come_in_is_drawn(console: Console, form: str) -> None:
    console.cell("a")
    mime = f"image/{form}"
    bundle = MimeBundle({mime: encoded(QSize(100, 80), mime)})
    console.apply(console.transcript.append_rich("a", bundle))
    drawn = colour(console)
    assert drawn.red() >= 250  # some forms lose a little
    assert max(drawn.green(), drawn.blue()) <= 5


@pytest.mark.parametrize(
    ("metadata", "size"),
    [
        ({}, (100, 80)),
        ({"width": 50, "height": 40}, (50, 40)),  # a retina figure of matplotlib
        ({"width": 50}, (50, 40)),
        ({"height": 20}, (25, 20)),
        ({"width": "wide", "height": -3}, (100, 80)),
    ],
)
def test_a_picture_has_the_size_that_is_stated(
    metadata: dict[str, object], size: tuple[int, int]
) -> None:
    assert stated_size(QSize(100, 80), metadata) == QSize(*size)


def test_a_picture_enlarged_by_a_whole_factor_has_only_its_own_colours(console: Console) -> None:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(RED)
    image.setPixelColor(10, 10, QColor("#0000ff"))
    bundle = MimeBundle(
        {"image/png": encoded_image(image)}, {"image/png": {"width": 40, "height": 40}}
    )
    console.cell("a")
    console.apply(console.transcript.append_rich("a", bundle))
    layout = console.view.document.flow[0]
    shot = console.view.grab().toImage()
    x, y = console.view.across.text_x, console.view.viewport_y("a") + layout.block_top(1)
    blue = [
        shot.pixelColor(column, row).name()
        for column in range(x, x + 40)
        for row in range(y, y + 60)
        if shot.pixelColor(column, row).blue() > shot.pixelColor(column, row).green()
    ]
    assert blue == ["#0000ff"] * 4


def test_a_large_picture_is_decoded_elsewhere_and_has_its_place_meanwhile(
    console: Console, qtbot: QtBot, decoded: list[tuple[int, bool]]
) -> None:
    show(console, LARGE)
    height = console.view.document.height
    assert colour(console) == SURFACE
    assert colour(console) == SURFACE
    qtbot.waitUntil(lambda: colour(console) == RED)
    assert console.view.document.height == height
    assert [on_gui for _, on_gui in decoded] == [False]
    assert shared_loader().is_idle


def test_a_large_picture_is_decoded_again_for_a_larger_width_alone(
    console: Console, qtbot: QtBot, decoded: list[tuple[int, bool]]
) -> None:
    show(console, LARGE)
    colour(console)
    qtbot.waitUntil(lambda: shared_loader().is_idle)
    for width in (790, 700, 600):
        console.view.resize(width, 600)
        assert colour(console) == RED
    assert len(decoded) == 1
    console.view.resize(1000, 600)
    assert colour(console) == RED  # the smaller one, stretched
    qtbot.waitUntil(lambda: shared_loader().is_idle)
    assert colour(console) == RED
    assert len(decoded) == 2
    assert decoded[1][0] > decoded[0][0]


def test_a_picture_of_the_transcript_does_not_wait(
    console: Console, decoded: list[tuple[int, bool]]
) -> None:
    console.view.hide()
    show(console, LARGE)
    image = picture_of(console.view, 1.0, 2000)
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle == RED
    assert decoded[0][1]


@pytest.mark.parametrize("mime", ["image/png", "image/jpeg"])
def test_a_picture_is_decoded_at_the_size_that_is_wanted(mime: str) -> None:
    raster = Raster.from_base64(encoded(LARGE, mime), mime)
    assert raster.size == LARGE
    assert raster.decode(QSize(600, 300)).size() == QSize(600, 300)
    assert raster.decode(LARGE).size() == LARGE


class Taker:
    def __init__(self) -> None:
        self.taken: list[int] = []

    def take(self, done: int) -> None:
        self.taken.append(done)


def test_work_for_what_is_gone_is_not_done_and_its_result_not_delivered(qtbot: QtBot) -> None:
    go, done = threading.Event(), list[int]()

    def work(number: int) -> int:
        go.wait(5)
        done.append(number)
        return number

    loader, kept, gone = ImageLoader(), Taker(), Taker()
    loader.request("first", partial(work, 1), gone.take)
    loader.request("second", partial(work, 2), gone.take)
    loader.request("third", partial(work, 3), kept.take)
    loader.request("third", partial(work, 4), kept.take)  # a later width of the same picture
    taken = gone.taken
    del gone
    go.set()
    qtbot.waitUntil(lambda: loader.is_idle)
    assert (done, kept.taken, taken) == ([1, 4], [4], [])
