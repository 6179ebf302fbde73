"""Arrays of several axes and pictures, on a real kernel: drawn, zoomed, sliced, read."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from support.inspecting import drawn, hover, inspect, page, until_drawn, value
from support.window import WindowSession, in_window
from vitrail_widgets.inspector.value.curve_body import CurveBody
from vitrail_widgets.inspector.value.plane_body import PlaneBody
from vitrail_widgets.objects.value import HeatMap, Picture
from vitrail_widgets.transcript.cells import CellStatus

pytestmark = pytest.mark.qasync

CUBE = "import numpy as np; cube = np.arange(24).reshape(2, 3, 4)"
PHOTO = """\
import numpy as np
photo = np.zeros((600, 800, 3), 'u1'); photo[:, 400:] = (255, 10, 20)"""


def plane(session: WindowSession) -> HeatMap:
    body = value(session).body
    assert isinstance(body, HeatMap)
    return body


@in_window
async def test_a_plane_is_a_map_that_tells_its_cells(session: WindowSession) -> None:
    await session.run("import numpy as np; grid = np.arange(6_000_000.0).reshape(2000, 3000)")
    inspect(session, "grid")
    body = await until_drawn(session, PlaneBody)
    assert max(plane(session).size) <= 640
    assert body.bar.texts[0] == "0"
    for _ in range(20):
        QTest.keyClick(body.plot, Qt.Key.Key_Plus)
    await session.until(lambda: plane(session).size[1] < 100)
    (top, bottom), (left, right) = plane(session).rows, plane(session).columns
    assert plane(session).size == (bottom - top, right - left), "each cell is an element"
    hover(body.plot.viewport(), 0.5)
    await session.until(lambda: page(session).readout.text() != "")
    place, _, text = page(session).readout.text().partition("]  ")
    row, column = (int(part) for part in place[1:].split(", "))
    assert float(text) == row * 3000 + column
    QTest.keyClick(body.plot, Qt.Key.Key_0)
    await session.until(lambda: plane(session).rows == (0, 2000))


@in_window
async def test_numbers_on_both_sides_of_zero_get_colours_around_it(session: WindowSession) -> None:
    await session.run("import numpy as np; hills = np.linspace(-1, 3, 400).reshape(20, 20)")
    inspect(session, "hills")
    body = await until_drawn(session, PlaneBody)
    assert body.bar.texts == ("\u22121.00", "0", "3.00")
    checked = [each.text() for each in body.bar.menu().actions() if each.isChecked()]
    assert checked == ["As it suits"]
    body.bar.menu().actions()[1].trigger()
    assert body.bar.texts == ("\u22121.00", "1.00", "3.00"), "the kernel need not be asked for it"
    cell = await session.run("hills = hills + 1")
    assert cell.status is CellStatus.DONE
    await session.until(lambda: plane(session).high == 4)
    assert body.bar.texts == ("0.00", "2.00", "4.00"), "what was chosen stays"
    rising = body.bar.grab().toImage()
    body.bar.menu().actions()[2].trigger()
    assert body.bar.grab().toImage() != rising
    assert body.bar.texts == ("0.00", "2.00", "4.00")


@in_window
async def test_sliders_choose_where_other_axes_stay(session: WindowSession) -> None:
    await session.run(CUBE)
    inspect(session, "cube")
    body = await until_drawn(session, PlaneBody)
    slider = page(session).choices.sliders[0]
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    await session.until(lambda: value(session).at[0] == 1)
    hover(body.plot.viewport(), 0.95, 0.1)
    await session.until(lambda: page(session).readout.text() == "[1, 0, 3]  15")
    await session.run("cube += 1")
    await session.until(lambda: ("max", "24") in value(session).facts)
    assert value(session).at[0] == 1, "it stays there"


@in_window
async def test_other_axes_are_shown_on_demand(session: WindowSession) -> None:
    await session.run(CUBE)
    inspect(session, "cube")
    await until_drawn(session, PlaneBody)
    down = page(session).choices.down
    down.setFocus()
    QTest.keyClick(down, Qt.Key.Key_Up)
    await session.until(lambda: value(session).axes == (0, 2))
    assert plane(session).size == (2, 4)
    assert list(page(session).choices.sliders) == [1]


@in_window
async def test_a_picture_is_shown_whole_and_pixel_for_pixel(session: WindowSession) -> None:
    await session.run(PHOTO)
    inspect(session, "photo")
    body = await until_drawn(session, PlaneBody)
    picture = value(session).body
    assert isinstance(picture, Picture)
    assert picture.rows == (0, 600)
    grabbed = body.plot.grab().toImage()
    ratio = body.devicePixelRatioF()
    right = QPoint(round(body.plot.width() * 0.75 * ratio), round(body.plot.height() / 2 * ratio))
    assert grabbed.pixelColor(right).getRgb()[:3] == (255, 10, 20)
    QTest.keyClick(body.plot, Qt.Key.Key_1)
    (_, _), (left, last) = body.spans
    await session.until(lambda: value(session).body != picture)
    assert abs((last - left) - body.plot.getViewBox().width() * ratio) <= 2
    hover(body.plot.viewport(), 0.9)
    await session.until(lambda: "255, 10, 20" in page(session).readout.text())


@in_window
async def test_a_part_of_complex_numbers_is_chosen(session: WindowSession) -> None:
    await session.run("import numpy as np; turn = np.exp(1j * np.linspace(0, 3, 50))")
    inspect(session, "turn")
    await until_drawn(session, CurveBody)
    part = page(session).choices.part
    part.setFocus()
    QTest.keyClick(part, Qt.Key.Key_Down)
    await session.until(lambda: ("max", "3") in value(session).facts)
    assert part.currentText() == "phase"
    assert drawn(session, CurveBody).isVisible()
