"""Outputs that are huge, broken or lie: refused or shown in part, and the window stays live."""

import base64
import random
import socket
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from support.console import Console
from support.liveliness import ticking
from vitrail_widgets.console.picture import picture_of
from vitrail_widgets.render.choices import ChoiceBlock, Verb
from vitrail_widgets.render.image_loader import shared_loader
from vitrail_widgets.render.raster import Raster
from vitrail_widgets.transcript.mime import LongJson, MimeBundle

WORST_MS = 50.0
TRIES = 4
BIG = 50_000_000
Data = dict[str, object]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, rows: int, depth: int = 8) -> str:
    """Return a PNG of one channel that has fewer or more rows than it says."""
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    packed = zlib.compressobj(1)
    row = bytes(1 + width * depth // 8)
    body = b"".join(packed.compress(row) for _ in range(rows)) + packed.flush()
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + parts).decode()


def laughs() -> str:
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    return f'<!DOCTYPE svg [{entities}]><svg xmlns="http://www.w3.org/2000/svg"><text>&l9;</text></svg>'


def uses() -> str:
    """Return an SVG that draws itself a billion times without entities."""
    groups = "".join(
        f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>"
        if n
        else '<g id="g0"><rect/></g>'
        for n in range(10)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{groups}</svg>'


def noise(count: int) -> str:
    return base64.b64encode(random.Random(7).randbytes(count)).decode()


HOSTILE: dict[str, Callable[[], Data]] = {
    "50 MB of text": lambda: {"text/plain": "x" * 99 + "\n" + ("y" * 99 + "\n") * (BIG // 100)},
    "50 MB in one line": lambda: {"text/plain": "x" * BIG},
    "50 MB of HTML": lambda: {"text/html": "<p>word</p>" * (BIG // 11), "text/plain": "x"},
    "50 MB of a table": lambda: {
        "text/html": "<table>" + "<tr><td>1</td><td>two</td></tr>" * (BIG // 31) + "</table>",
        "text/plain": "x",
    },
    "50 MB of Markdown": lambda: {"text/markdown": "*word* $x$ " * (BIG // 11), "text/plain": "x"},
    "50 MB of LaTeX": lambda: {"text/latex": "$" + "x+" * (BIG // 2) + "x$", "text/plain": "x"},
    "50 MB of SVG": lambda: {
        "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
        + "<rect width='1' height='1'/>" * (BIG // 29)
        + "</svg>",
        "text/plain": "x",
    },
    "50 MB of noise as PNG": lambda: {"image/png": noise(BIG * 3 // 4), "text/plain": "x"},
    "50 MB of a type nobody knows": lambda: {"application/x-own": "z" * BIG},
    "50 MB of sound": lambda: {"audio/wav": noise(BIG * 3 // 4)},
    "20 000 x 20 000 pixels": lambda: {
        "image/png": png(20_000, 20_000, 20_000, depth=1),
        "text/plain": "x",
    },
    "a million nodes of JSON": lambda: {
        "application/json": {"rows": [{"a": n, "b": [n, n]} for n in range(200_000)]}
    },
    "50 MB of JSON": lambda: {"application/json": LongJson("[" + "1, " * (BIG // 3) + "1]")},
    "a deep JSON": lambda: {"application/json": deep(900)},
    "a billion laughs": lambda: {"image/svg+xml": laughs(), "text/plain": "x"},
    "a billion uses": lambda: {"image/svg+xml": uses(), "text/plain": "x"},
    "200 tables in each other": lambda: {
        "text/html": "<table><tr><td>" * 200 + "deep" + "</td></tr></table>" * 200,
        "text/plain": "x",
    },
    "broken base64": lambda: {"image/png": "iVBORw0KGgo=====%%%", "text/plain": "x"},
    "base64 that is a number": lambda: {"image/png": 7, "text/plain": "x"},
    "a PNG with fewer rows than it says": lambda: {"image/png": png(7000, 7000, 3)},
    "a PNG with more rows than it says": lambda: {"image/png": png(30, 30, 3000)},
    "a PNG of size 0": lambda: {"image/png": png(0, 0, 1), "text/plain": "x"},
    "a PNG that says it is huge": lambda: {
        "image/png": png(2**31 - 1, 2**31 - 1, 0),  # to pack one of its rows takes five seconds
        "text/plain": "x",
    },
    "a picture of stated size 1e9": lambda: {"image/png": png(30, 30, 30)},
}


REFUSED = {
    "50 MB of text": "Plain text of 50.0 MB",
    "50 MB of HTML": "too large to be laid out",
    "50 MB of a table": "too large to be drawn",
    "50 MB of LaTeX": "too large to be set",
    "50 MB of noise as PNG": "could not be read",
    "50 MB of JSON": "JSON of 50 MB is too large to be drawn",
    "20 000 x 20 000 pixels": "is too large to be drawn",
    "a billion laughs": "declares entities",
    "a billion uses": "would draw more than",
    "200 tables in each other": "nested too deep",
    "broken base64": "could not be read",
    "a PNG that says it is huge": "could not be read",
}


def deep(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.fixture
def idle(qtbot: QtBot) -> Iterator[None]:
    yield
    qtbot.waitUntil(lambda: shared_loader().is_idle, timeout=60_000)


def worst_gap(console: Console, qtbot: QtBot, bundle: MimeBundle, cell_id: str) -> float:
    """Return how long the loop was kept while a bundle came and was painted, in milliseconds."""
    console.cell(cell_id)
    QCoreApplication.processEvents()
    with ticking() as gaps:
        console.apply(console.transcript.append_rich(cell_id, bundle))
        console.view.viewport().update()
        QCoreApplication.processEvents()
        qtbot.waitUntil(lambda: shared_loader().is_idle, timeout=60_000)
        QCoreApplication.processEvents()
    return gaps.worst_ms


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.usefixtures("idle")
def test_the_window_stays_live(console: Console, qtbot: QtBot, name: str) -> None:
    bundle = MimeBundle(HOSTILE[name]())
    for attempt in range(TRIES):
        if worst_gap(console, qtbot, bundle, f"c{attempt}") <= WORST_MS:
            return
    pytest.fail(f"The window stood still for more than {WORST_MS} ms, {TRIES} times")


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.usefixtures("idle")
def test_what_is_refused_is_said_and_can_be_saved(console: Console, name: str) -> None:
    bundle = MimeBundle(HOSTILE[name]())
    console.cell("a")
    console.apply(console.transcript.append_rich("a", bundle))
    block = console.view.document.flow[0].block(1)
    assert isinstance(block, ChoiceBlock)
    said = block.line(0)
    assert REFUSED[name] in said
    assert Verb.SAVE in said or Verb.BROWSER in said


@pytest.mark.usefixtures("idle")
def test_a_picture_that_breaks_off_says_so_where_it_would_be(
    console: Console, qtbot: QtBot
) -> None:
    raster = Raster.from_base64(png(70, 70, 3), "image/png")
    image = raster.decode(raster.size)
    assert image.size() == raster.size
    colours = {image.pixelColor(x, y).rgba() for x in range(70) for y in range(70)}
    assert len(colours) > 1  # words


def test_what_proves_to_be_no_base64_later_says_so_where_it_would_be() -> None:
    image = QImage(1200, 1200, QImage.Format.Format_RGB32)
    text = random_png(image)
    raster = Raster.from_base64(text[:-2] + "%", "image/png")
    assert raster.size == image.size()
    decoded = raster.decode(raster.size)
    assert decoded.pixelColor(1199, 1199).alpha() == 0


def random_png(image: QImage) -> str:
    """Return a PNG that is too large to be looked through at once."""
    pixels = image.bits()
    assert isinstance(pixels, memoryview)
    pixels[:] = random.Random(7).randbytes(image.sizeInBytes())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "png")  # type: ignore[call-overload]  # as in test_images
    return base64.b64encode(bytes(buffer.data().data())).decode()


LEADS = "vitrail-canary"


@pytest.mark.usefixtures("idle")
def test_no_form_of_any_type_fetches_or_reads_anything(
    console: Console, qtbot: QtBot, tmp_path: Path
) -> None:
    canary = tmp_path / f"{LEADS}.png"
    canary.write_bytes(b"")
    opened = canary.stat().st_atime_ns
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        for number, where in enumerate(
            (f"http://127.0.0.1:{server.getsockname()[1]}/{LEADS}", canary.as_uri(), str(canary))
        ):
            bundle = MimeBundle(leading_to(where), {"image/png": {"src": where}})
            console.cell(f"c{number}", code=where)
            for mime, content in bundle.data.items():
                alone = MimeBundle({mime: content})
                console.apply(console.transcript.append_rich(f"c{number}", alone))
                console.apply(console.transcript.append_rich(f"c{number}", bundle))
            for at, mime in enumerate(bundle.data):
                console.view.document.show_form(number, 2 * at + 2, mime)
            console.stream(f"c{number}", f"\x1b]8;;{where}\x1b\\link\x1b]8;;\x1b\\ {where}\n")
            error = console.transcript.append_error(
                f"c{number}", "E", where, [f'File "{where}", line 1']
            )
            console.apply(error)
        console.view.folding.unfold_all()
        picture_of(console.view, 1.0, 20_000)
        console.view.selected.select_all()
        assert LEADS in console.view.selected.text()
        QCoreApplication.processEvents()
        qtbot.waitUntil(lambda: shared_loader().is_idle)
        assert canary.stat().st_atime_ns == opened
        with pytest.raises(TimeoutError):
            server.accept()


def leading_to(where: str) -> Data:
    """Return a bundle of which every form would fetch something, if it could."""
    image = f'<svg xmlns="http://www.w3.org/2000/svg" width="9"><image href="{where}"/></svg>'
    tags = (
        "<img src='{}'><link rel='stylesheet' href='{}'><iframe src='{}'></iframe>",
        "<video src='{}' poster='{}'></video><audio src='{}'></audio><embed src='{}'>",
        "<object data='{}'></object><input type=image src='{}'><body background='{}'>",
        "<table background='{}'><tr><th>a</th></tr><tr><td><img src='{}'>1</td></tr></table>",
        "<script src='{}'></script><base href='{}'><svg><image href='{}'/></svg>",
    )
    html = "<p>text</p>" + "".join(tags).replace("{}", where)
    return {
        "text/html": html,
        "image/svg+xml": image,
        "text/markdown": f"![p]({where}) <img src='{where}'> [l]({where})",
        "text/latex": f"$\\includegraphics{{{where}}} \\href{{{where}}}{{x}} \\input{{{where}}}$",
        "application/json": {"$ref": where, "href": where},
        "application/javascript": f"fetch('{where}')",
        "application/vnd.plotly.v1+json": {"layout": {"images": [{"source": where}]}},
        "image/png": base64.b64encode(where.encode()).decode(),
        "image/gif": base64.b64encode(b"GIF89a" + where.encode()).decode(),
        "audio/wav": where,
        "video/mp4": where,
        "text/plain": where,
    }
