"""SVG stays crisp and loads nothing; animations play while they are seen."""

import socket
from base64 import b64decode, b64encode
from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QAction, QColor, QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from support.console import Console
from vitrail_widgets.console.picture import picture_of
from vitrail_widgets.render.image_block import ImageBlock
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.render.raster import Raster
from vitrail_widgets.render.vector import Vector
from vitrail_widgets.transcript.mime import MimeBundle

RED, BLUE = QColor("#ff0000"), QColor("#0000ff")
HALVES = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 2 1">'
    '<rect width="1" height="1" fill="#ff0000"/><rect x="1" width="1" height="1" fill="#0000ff"/>'
    "</svg>"
)


def show(console: Console, data: dict[str, object], cell_id: str = "a") -> None:
    console.cell(cell_id)
    console.apply(console.transcript.append_rich(cell_id, MimeBundle(data)))


def colour(console: Console, x: int, y: int = 50, cell_id: str = "a") -> QColor:
    """Return the painted colour at a point of the picture."""
    layout = console.view.document.flow[console.transcript.position(cell_id)]
    top = console.view.viewport_y(cell_id) + layout.block_top(1) + 8
    return console.view.grab().toImage().pixelColor(console.view.across.text_x + x, top + y)


def gif(*colours: int, size: int = 40, delay: int = 4) -> str:
    """Write a GIF with one frame of each colour (0xRRGGBB), without compression to speak of."""
    palette = b"".join(each.to_bytes(3, "big") for each in colours) + b"\0" * 3 * (4 - len(colours))
    head = b"GIF89a" + size.to_bytes(2, "little") * 2 + b"\x91\0\0" + palette
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    frames = b""
    for index in range(len(colours)):
        frames += b"\x21\xf9\x04\x04" + delay.to_bytes(2, "little") + b"\0\0"
        frames += b"\x2c\0\0\0\0" + size.to_bytes(2, "little") * 2 + b"\0" + b"\x02"
        frames += lzw(index, size * size)
    return b64encode(head + loop + frames + b"\x3b").decode()


def lzw(index: int, count: int) -> bytes:
    """Encode `count` pixels of one colour with a clear code before every second one (3 bits)."""
    codes: list[int] = []
    for at in range(count):
        if at % 2 == 0:
            codes.append(4)
        codes.append(index)
    codes.append(5)
    bits = sum(code << (3 * at) for at, code in enumerate(codes))
    data = bits.to_bytes((3 * len(codes) + 7) // 8, "little")
    blocks = [data[at : at + 255] for at in range(0, len(data), 255)]
    return b"".join(bytes((len(block),)) + block for block in blocks) + b"\0"


def test_svg_is_drawn(console: Console, qtbot: QtBot) -> None:
    show(console, {"image/svg+xml": HALVES, "text/plain": "halves"})
    qtbot.waitUntil(lambda: colour(console, 50) == RED)
    assert colour(console, 150) == BLUE


def test_svg_comes_before_its_png(console: Console, qtbot: QtBot) -> None:
    show(console, {"image/png": "AAAA", "image/svg+xml": HALVES})
    qtbot.waitUntil(lambda: colour(console, 50) == RED and shared_loader().is_idle)
    assert "image/svg+xml 200 × 100" in console.view.document.flow[0].block(1).line(0)


def test_svg_has_sharp_edges_at_every_size() -> None:
    picture = Vector(HALVES).decode(QSize(2000, 1000))
    assert picture.pixelColor(999, 500) == RED
    assert picture.pixelColor(1000, 500) == BLUE


def test_svg_in_a_saved_picture_is_complete(console: Console) -> None:
    show(console, {"image/svg+xml": HALVES})
    picture = picture_of(console.view, 2.0, 4000)
    width, height = picture.width(), picture.height()
    colours = {picture.pixel(x, y) for x in range(0, width, 7) for y in range(0, height, 7)}
    assert {RED.rgb(), BLUE.rgb()} <= colours


def test_svg_that_is_no_picture_shows_its_other_form(console: Console) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'
    show(console, {"image/svg+xml": bomb, "text/plain": "the other form"})
    assert console.view.document.flow[0].block(1).line(1) == "the other form"


def test_svg_alone_that_cannot_be_drawn_says_why(console: Console) -> None:
    show(console, {"image/svg+xml": "<p>no</p>"})
    assert "outermost element is 'p'" in console.view.document.flow[0].block(1).line(0)


def test_svg_reads_no_file_and_opens_no_connection(
    console: Console, qtbot: QtBot, tmp_path: Path
) -> None:
    canary = tmp_path / "canary.png"
    canary.write_bytes(b"")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        inner = "".join(
            f'<image href="{href}" width="9" height="9"/><rect fill="url({href})" width="1"/>'
            f'<style>@import "{href}"; text{{background:url({href})}}</style><use href="{href}"/>'
            for href in (f"http://127.0.0.1:{port}/x", canary.as_uri(), str(canary))
        )
        show(console, {"image/svg+xml": HALVES.replace("</svg>", inner + "</svg>")})
        opened = canary.stat().st_atime_ns
        qtbot.waitUntil(lambda: colour(console, 150) == BLUE)
        assert canary.stat().st_atime_ns == opened
        try:
            server.accept()
        except TimeoutError:
            return
    raise AssertionError("something connected")


def offers_at(console: Console, x: int = 20) -> dict[str, QAction]:
    layout = console.view.document.flow[0]
    top = console.view.viewport_y("a") + layout.block_top(1) + 20
    menu = console.view.menu_at(QPoint(console.view.across.text_x + x, top))
    return {action.text(): action for action in menu.actions()}


def test_a_picture_is_copied_and_saved_as_it_came(console: Console, tmp_path: Path) -> None:
    data = gif(0xFF0000)
    show(console, {"image/gif": data})
    offers = offers_at(console)
    offers["Copy picture"].trigger()
    assert QGuiApplication.clipboard().image().size() == QSize(40, 40)
    assert "Copy SVG source" not in offers
    block = console.view.document.flow[0].block(1)
    assert isinstance(block, ImageBlock)
    console.view.picture_offers.save(block, str(tmp_path / "x.gif"))
    assert (tmp_path / "x.gif").read_bytes() == b64decode(data)


def test_the_file_of_a_picture_is_asked_for_and_trouble_is_said(
    console: Console, qtbot: QtBot, tmp_path: Path
) -> None:
    show(console, {"image/svg+xml": HALVES})
    offers = offers_at(console)
    offers["Copy SVG source"].trigger()
    assert QGuiApplication.clipboard().text() == HALVES
    offers["Save picture as…"].trigger()
    [dialog] = console.view.findChildren(QFileDialog)
    assert dialog.defaultSuffix() == "svg"
    with qtbot.waitSignal(console.view.picture_offers.troubled) as caught:
        dialog.fileSelected.emit(str(tmp_path))
    assert "cannot be written" in str(caught.args)
    dialog.reject()
    qtbot.waitUntil(lambda: not console.view.findChildren(QFileDialog) and shared_loader().is_idle)


def test_a_gif_plays_while_it_is_seen(console: Console, qtbot: QtBot) -> None:
    data = gif(0xFF0000, 0x0000FF)
    assert Raster.from_base64(data, "image/gif").moves
    show(console, {"image/gif": data})
    console.view.show()
    seen: set[str] = set()

    def both_seen() -> bool:
        seen.add(colour(console, 20, 20).name())
        return {RED.name(), BLUE.name()} <= seen

    qtbot.waitUntil(both_seen)


def test_a_gif_that_is_scrolled_out_stands_still(console: Console, qtbot: QtBot) -> None:
    show(console, {"image/gif": gif(0xFF0000, 0x0000FF)})
    console.view.show()
    console.view.grab()
    movie = console.view.document.flow[0].block(1)._movie  # type: ignore[attr-defined]
    assert movie is not None
    console.cell("b", code="\n" * 200)
    console.view.scroll_to_end()
    qtbot.waitUntil(lambda: movie.state() is movie.MovieState.Paused)
    console.view.scroller.to_start()
    console.view.grab()
    assert movie.state() is movie.MovieState.Running


def test_a_picture_that_does_not_move_costs_no_timer(console: Console) -> None:
    show(console, {"image/gif": gif(0xFF0000)})
    assert not Raster.from_base64(gif(0xFF0000), "image/gif").moves
    assert type(console.view.document.flow[0].block(1)).__name__ == "ImageBlock"
