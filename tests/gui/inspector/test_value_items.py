"""The tree of what a container holds, without a kernel."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vitrail_widgets.inspector.value.body import Seen
from vitrail_widgets.inspector.value.items_body import ItemsBody
from vitrail_widgets.objects.holding import MOST_BELOW
from vitrail_widgets.objects.look import DEFAULT
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.value import Item, Items, Value
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.theme import Theme

CRATE = Target("crate")
BOX = CRATE.item(0, "[0]")
LENGTH = 10_000_000


def item(at: int, *, opens: bool = False) -> Item:
    return Item(str(at), "int", "", 28, str(at), "item", at, f"[{at}]", opens, 1000 + at)


def seen(body: Items, below: Items | None = None) -> Seen:
    value = Value(type="list", kind="instance", identity=1, body=body)
    return Seen(CRATE, value, DEFAULT, {} if below is None else {BOX: below})


def rows(first: int, count: int) -> Items:
    return Items(tuple(map(item, range(first, first + count))), first, LENGTH, 200)


@pytest.fixture
def body(qtbot: QtBot) -> ItemsBody:
    body = ItemsBody()
    qtbot.addWidget(body)
    body.apply_theme(Theme.load("light"), code_font())
    body.resize(500, 400)
    body.show()
    return body


def choose_more(body: ItemsBody) -> None:
    box = body.model.index(0, 0)
    body.tree.expand(box)
    body.tree.setCurrentIndex(body.model.index(body.model.rowCount(box) - 1, 0, box))


def test_more_of_an_item_is_asked_for_below_it(body: ItemsBody, qtbot: QtBot) -> None:
    body.show_body(seen(Items((item(0, opens=True),), 0, 1, 200), rows(0, 200)))
    choose_more(body)
    with qtbot.waitSignal(body.opened) as asked, qtbot.assertNotEmitted(body.target_wanted):
        QTest.keyClick(body.tree, Qt.Key.Key_Return)
    assert asked.args == [BOX]


def test_of_a_long_item_the_others_are_looked_at_on_its_own_pages(
    body: ItemsBody, qtbot: QtBot
) -> None:
    body.show_body(seen(Items((item(0, opens=True),), 0, 1, 200), rows(0, MOST_BELOW)))
    choose_more(body)
    with qtbot.waitSignal(body.target_wanted) as asked, qtbot.assertNotEmitted(body.opened):
        QTest.keyClick(body.tree, Qt.Key.Key_Return)
    assert asked.args == [BOX]


def test_the_offer_of_more_reaches_over_all_columns_when_rows_have_come(body: ItemsBody) -> None:
    for count in (200, 400):
        body.show_body(seen(Items((item(0, opens=True),), 0, 1, 200), rows(0, count)))
        choose_more(body)
        box = body.model.index(0, 0)
        spans = [body.tree.isFirstColumnSpanned(row, box) for row in range(count + 1)]
        assert spans == [*(False,) * count, True]


def test_the_column_of_keys_is_as_wide_as_the_longest(body: ItemsBody) -> None:
    body.resize(900, 400)
    labels = ("'a'", "'a rather long key'", "'b'")
    held = tuple(item(at)._replace(label=label) for at, label in enumerate(labels))
    body.show_body(seen(Items(held[:1], 0, 1, 200)))
    narrow = body.tree.columnWidth(0)
    body.show_body(seen(Items(held, 0, 3, 200)))
    assert body.tree.columnWidth(0) > narrow
    assert body.tree.columnWidth(0) > body.tree.fontMetrics().horizontalAdvance(labels[1])


def test_a_place_is_gone_to_on_whichever_page_it_is(body: ItemsBody, qtbot: QtBot) -> None:
    body.show_body(seen(rows(0, 200)))
    assert body.ask_place()
    QTest.keyClicks(body.bar.field, "-2")
    with qtbot.waitSignal(body.look_wanted) as asked:
        QTest.keyClick(body.bar.field, Qt.Key.Key_Return)
    assert asked.args == [{"offset": LENGTH - 200}]
    body.show_body(seen(rows(0, 200)))  # a cell has ended meanwhile
    body.show_body(seen(rows(LENGTH - 200, 200)))
    assert chosen(body) == str(LENGTH - 2)
    body.tree.setCurrentIndex(body.model.index(3, 0))
    body.show_body(seen(rows(LENGTH - 200, 200)))
    assert chosen(body) == str(LENGTH - 197), "one is taken there once"


def test_a_place_on_the_page_is_gone_to_at_once(body: ItemsBody, qtbot: QtBot) -> None:
    body.show_body(seen(rows(0, 200)))
    body.ask_place()
    QTest.keyClicks(body.bar.field, "150")
    with qtbot.assertNotEmitted(body.look_wanted):
        QTest.keyClick(body.bar.field, Qt.Key.Key_Return)
    assert chosen(body) == "150"


def test_keys_are_asked_for_and_again_from_the_one_that_was_found(
    body: ItemsBody, qtbot: QtBot
) -> None:
    body.show_body(seen(replace(rows(0, 200), keyed=True)))
    asked: list[tuple[str, int | None]] = []
    body.place_wanted.connect(lambda typed, after: asked.append((typed, after)))
    body.ask_place()
    QTest.keyClicks(body.bar.field, "apple")
    for place in (7, 9):
        QTest.keyClick(body.bar.field, Qt.Key.Key_Return)
        body.tell_place("apple", place)
        assert chosen(body) == str(place)
    assert asked == [("apple", None), ("apple", 7)]


def test_what_is_no_key_is_said_unless_it_is_the_number_of_a_place(
    body: ItemsBody, qtbot: QtBot
) -> None:
    body.show_body(seen(replace(rows(0, 200), keyed=True)))
    said: list[str] = []
    body.said.connect(said.append)
    for typed in ("apple", "12"):
        body.bar.field.setText(typed)
        QTest.keyClick(body.bar.field, Qt.Key.Key_Return)
        body.tell_place(typed, None)
    assert said == ["No key is like apple", ""]
    assert chosen(body) == "12"


def test_what_is_all_on_one_page_asks_for_no_place(body: ItemsBody) -> None:
    body.show_body(seen(Items((item(0),), 0, 1, 200)))
    assert not body.ask_place()


def chosen(body: ItemsBody) -> str:
    node = body.tree.chosen
    assert node is not None
    assert node.member is not None
    return node.member.name
