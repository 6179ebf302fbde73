"""The value of an object of a real kernel: asked for, drawn, looked at in parts, renewed."""

from functools import partial

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from support.inspecting import dock, drawn, hover, inspect, known, page, until_drawn, value
from support.window import WindowSession, in_window
from vitrail_widgets.inspector.value.curve_body import CurveBody
from vitrail_widgets.inspector.value.items_body import ItemsBody
from vitrail_widgets.objects.look import Look
from vitrail_widgets.objects.value import Curve
from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.variables.variable import Freshness

pytestmark = pytest.mark.qasync


def curve(session: WindowSession) -> Curve:
    body = value(session).body
    assert isinstance(body, Curve)
    return body


@in_window
async def test_an_array_is_drawn_as_a_line_and_seen_in_parts(session: WindowSession) -> None:
    await session.run("import numpy as np; wave = np.sin(np.linspace(0, 20, 100_000))")
    inspect(session, "wave")
    await until_drawn(session, CurveBody)
    assert page(session).type.text() == "ndarray[float64]"
    assert ("shape", "100\u202f000") in page(session).facts.facts
    assert not curve(session).is_exact
    for _ in range(16):
        QTest.keyClick(drawn(session, CurveBody).plot, Qt.Key.Key_Plus)
    await session.until(lambda: curve(session).is_exact)
    start, stop = drawn(session, CurveBody).span
    assert stop - start < 1000
    await session.run("wave = wave * 2")
    await session.until(lambda: known(session).count == 2)
    assert ("max", "2") in page(session).facts.facts
    assert curve(session).is_exact, "the zoom is kept"
    QTest.keyClick(drawn(session, CurveBody).plot, Qt.Key.Key_0)
    await session.until(lambda: not curve(session).is_exact)


@in_window
async def test_an_element_under_the_pointer_is_told_in_full(session: WindowSession) -> None:
    await session.run("import numpy as np; big = np.array([1, 2**63 + 1], 'u8')")
    inspect(session, "big")
    await until_drawn(session, CurveBody)
    hover(drawn(session, CurveBody).plot.viewport(), 0.9)
    await session.until(lambda: str(2**63 + 1) in page(session).readout.text())


@in_window
async def test_a_value_is_told_while_a_cell_runs(session: WindowSession) -> None:
    await session.run("pears = [1, 2]")
    inspect(session, "pears")
    await session.until(lambda: known(session).freshness is Freshness.FRESH)
    session.type("import time; pears.append(3)\nwhile not globals().get('done'): time.sleep(0.01)")
    await session.until(lambda: session.cells[-1].status is CellStatus.RUNNING)

    def asked() -> bool:
        inspector = dock(session).inspector
        assert inspector is not None
        inspector.refresh()
        return ("length", "3") in value(session).facts

    await session.until(asked)
    assert session.cells[-1].status is CellStatus.RUNNING
    session.tab.interrupt()
    await session.until(lambda: session.cells[-1].status.is_finished)


@in_window
async def test_an_item_leads_on_and_the_way_back_is_there(session: WindowSession) -> None:
    await session.run("crate = {'apples': [3, 4]}")
    inspect(session, "crate")
    table = (await until_drawn(session, ItemsBody)).tree
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    await session.until(
        lambda: known(session).about is not None and page(session).type.text() == "list"
    )
    assert dock(session).pane.header.field.text() == "crate['apples']"
    QTest.keyClick(dock(session).pane.header.back, Qt.Key.Key_Space)
    await session.until(lambda: page(session).type.text() == "dict")


@in_window
async def test_what_an_item_holds_is_opened_below_it_and_renewed(session: WindowSession) -> None:
    await session.run("crate = {'apples': [3, {'worms': 1}], 'more': list(range(1000))}")
    inspect(session, "crate")
    body = await until_drawn(session, ItemsBody)

    def below(*way: int) -> list[tuple[str, str]]:
        index = QModelIndex()
        for row in way:
            index = body.model.index(row, 0, index)
        nodes = body.model.node(index).children
        return [
            (each.member.name, each.member.preview) if each.member else ("", each.text)
            for each in nodes
        ]

    body.tree.setFocus()
    body.tree.setCurrentIndex(body.model.index(0, 0))
    QTest.keyClick(body.tree, Qt.Key.Key_Right)
    await session.until(lambda: below(0) == [("0", "3"), ("1", "{'worms': 1}")])
    body.tree.expand(body.model.index(1, 0, body.model.index(0, 0)))
    await session.until(lambda: below(0, 1) == [("'worms'", "1")])
    body.tree.expand(body.model.index(1, 0))
    await session.until(lambda: below(1)[-1] == ("", "800 more"))
    body.tree.setCurrentIndex(body.model.index(200, 0, body.model.index(1, 0)))
    QTest.keyClick(body.tree, Qt.Key.Key_Return)
    await session.until(lambda: below(1)[-1] == ("", "600 more"))
    await session.run("crate['apples'][1]['worms'] = 2; crate['more'].append(0)")
    await session.until(lambda: below(0, 1) == [("'worms'", "2")])
    await session.until(lambda: below(1)[-1] == ("", "601 more"))
    assert body.tree.isExpanded(body.model.index(1, 0, body.model.index(0, 0)))
    body.tree.setCurrentIndex(body.model.index(0, 0, body.model.index(1, 0, QModelIndex())))
    QTest.keyClick(body.tree, Qt.Key.Key_Return)
    await session.until(lambda: dock(session).pane.header.field.text() == "crate['more'][0]")


@in_window
async def test_any_place_of_a_long_list_and_any_key_of_a_large_dict_is_a_key_away(
    session: WindowSession,
) -> None:
    await session.run(
        "longs = [None] * 10_000_000; keys = {f'key {n}': n for n in range(1_000_000)}"
    )
    inspect(session, "longs")
    body = await until_drawn(session, ItemsBody)

    def chosen() -> str:
        node = body.tree.chosen
        return node.member.name if node is not None and node.member is not None else ""

    def is_chosen(name: str) -> bool:
        return chosen() == name

    body.tree.setFocus()
    QTest.keyClick(body.tree, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert body.bar.field.hasFocus()
    QTest.keyClicks(body.bar.field, "-3")
    QTest.keyClick(body.bar.field, Qt.Key.Key_Return)
    await session.until(lambda: chosen() == "9999997")
    inspect(session, "keys")
    await session.until(lambda: page(session).type.text() == "dict")
    for typed, found in (("key 900000", "'key 900000'"), ("900000", "'key 900000'")):
        body.bar.field.setText(typed)
        QTest.keyClick(body.bar.field, Qt.Key.Key_Return)
        await session.until(partial(is_chosen, found))
        body.tree.setCurrentIndex(QModelIndex())
    body.bar.field.setText("no such key")
    QTest.keyClick(body.bar.field, Qt.Key.Key_Return)
    await session.until(lambda: page(session).readout.text() == "No key is like no such key")


def test_a_look_asks_for_what_differs_from_everything() -> None:
    assert Look(300, 200).question == {"width": 300, "height": 200, "offset": 0}
    assert Look(300, 200, x=(1, 5)).question["x"] == (1, 5)


@in_window
async def test_a_frame_lists_its_columns_and_each_has_a_picture(session: WindowSession) -> None:
    await session.run("import pandas as pd; trees = pd.DataFrame({'height': [3.0, 9.5, 4.0]})")
    inspect(session, "trees")
    table = (await until_drawn(session, ItemsBody)).tree
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    await until_drawn(session, CurveBody)
    assert dock(session).pane.header.field.text() == "trees['height']"
    assert ("max", "9.5") in page(session).facts.facts
