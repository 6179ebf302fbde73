"""JSON among the outputs: a tree that folds, and costs what is open."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from support.console import Console
from vitrail_widgets.render.json_tree.rows import JsonRows, Kind
from vitrail_widgets.transcript.mime import MimeBundle

CITY = {"name": "Zürich", "area": 87.9, "twin": None, "rivers": ["Limmat", "Sihl"], "none": {}}


def show(console: Console, value: Any, mime: str = "application/json", **others: str) -> None:
    console.cell("a")
    data = {mime: value, **{f"text/{name}": text for name, text in others.items()}}
    console.apply(console.transcript.append_rich("a", MimeBundle(data)))


def lines(console: Console) -> list[str]:
    block = console.view.document.flow[0].block(1)
    return [block.line(index) for index in range(block.line_count)]


def point(console: Console, row: int, x: int = 8) -> QPoint:
    top = console.view.viewport_y("a") + console.view.document.flow[0].block_top(1)
    height = console.view.metrics.line_height
    return QPoint(console.view.across.text_x + x, top + row * height + height // 2)


def click(console: Console, row: int) -> None:
    QTest.mouseClick(console.view.viewport(), Qt.MouseButton.LeftButton, pos=point(console, row))


def test_a_small_value_is_open(console: Console) -> None:
    show(console, CITY, plain="<JSON object>")
    assert lines(console) == [
        "{5 entries}",
        '  name: "Zürich"',
        "  area: 87.9",
        "  twin: null",
        "  rivers: [2 items]",
        '    0: "Limmat"',
        '    1: "Sihl"',
        "  none: {0 entries}",
    ]


def test_a_click_closes_and_opens(console: Console) -> None:
    show(console, CITY)
    click(console, 4)
    assert len(lines(console)) == 6
    click(console, 0)
    assert lines(console) == ["{5 entries}"]
    click(console, 0)
    assert len(lines(console)) == 6


def test_what_is_plain_cannot_be_opened(console: Console) -> None:
    show(console, CITY)
    viewport = console.view.viewport()
    QTest.mouseMove(viewport, point(console, 1))
    assert viewport.cursor().shape() != Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(viewport, point(console, 4))
    assert viewport.cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_a_huge_value_shows_its_beginning(console: Console) -> None:
    show(console, {"rows": list(range(1_000_000))})
    click(console, 1)
    assert len(lines(console)) == 103
    assert lines(console)[-1].strip() == "999\u202f900 more"
    console.view.scroll_to_end()
    click(console, 102)
    assert len(lines(console)) == 1103


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Copy JSON", json.dumps(CITY, ensure_ascii=False, indent=2)),
        ("Copy value", '"Limmat"'),
        ("Copy path", '["rivers"][0]'),
    ],
)
def test_value_and_path_are_copied(console: Console, title: str, text: str) -> None:
    show(console, CITY)
    menu = QMenu()
    console.view.live_blocks.add_copies(menu, point(console, 5))
    [action] = [each for each in menu.actions() if each.text() == title]
    action.trigger()
    assert QGuiApplication.clipboard().text() == text


def test_a_type_that_nobody_knows_is_json_only_where_there_is_nothing_else(
    console: Console,
) -> None:
    show(console, {"a": 1}, "application/vnd.unknown.v1+json")
    assert lines(console) == ["{1 entry}", "  a: 1"]
    other = MimeBundle({"application/vnd.unknown.v1+json": {"a": 1}, "text/plain": "plain"})
    console.cell("b")
    console.apply(console.transcript.append_rich("b", other))
    assert console.view.document.flow[1].block(1).line(0) == "plain"


def test_rows_are_selected_as_text(console: Console) -> None:
    show(console, {"a": [1]})
    console.view.selected.select_all()
    assert console.view.selected.text().endswith("{1 entry}\n  a: [1 item]\n    0: 1")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values, st.lists(st.integers(0, 30), max_size=6))
def test_any_value_can_be_opened_and_closed_anywhere(value: Any, clicks: list[int]) -> None:
    tree = JsonRows(value)
    for at in clicks:
        rows = tree.rows()
        row = rows[at % len(rows)]
        assert tree.toggle(row) is (row.is_open is not None or row.kind is Kind.MORE)
    assert all("\n" not in row.line for row in tree.rows())
