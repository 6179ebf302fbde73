"""Rows of lists: what has no room is cut with a sign, and what is drawn can be read."""

import pytest
from PySide6.QtCore import QAbstractListModel, QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from vitrail_widgets.qt.contrast import readable_rgb
from vitrail_widgets.qt.list_rows import PAD, Row, RowPainter
from vitrail_widgets.qt.metrics import code_font
from vitrail_widgets.qt.pieces import Pen, Piece, marked
from vitrail_widgets.qt.theme import Theme, opaque

GROUND = QColor("#ffffff")
INK = QColor("#000000")
LONG = Row("a_title_that_is_far_too_long_for_it", aside="(and, a, long, signature)")


class OneRow(QAbstractListModel):
    """A model of one row."""

    def rowCount(self, _parent: object = None) -> int:
        return 1


def drawn(row: Row, width: int, *, chosen: bool = False, theme: str = "light") -> QImage:
    """Draw a row upon white."""
    painter_of = RowPainter(lambda _: row)
    painter_of.apply_theme(Theme.load(theme), code_font())
    image = QImage(width, painter_of.row_height, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, painter_of.row_height)
    if chosen:
        option.state |= QStyle.StateFlag.State_Selected
    model = OneRow()
    with QPainter(image) as painter:
        painter_of.paint(painter, option, model.index(0))
    return image


def inked(image: QImage) -> list[bool]:
    """Say of each column of pixels whether something is drawn in it."""
    ground = GROUND.rgb()
    return [
        any(image.pixel(x, y) != ground for y in range(image.height()))
        for x in range(image.width())
    ]


def texts(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize("room", range(0, 200, 7))
def test_what_does_not_fit_is_cut_with_a_sign_wherever_it_is_cut(qtbot: QtBot, room: int) -> None:
    del qtbot
    pen = Pen(code_font())
    line = list(marked("read_csv_of_it", {0, 5, 6}, INK, INK))
    fitted = pen.fitted(line, room)
    if pen.width(line) <= room:
        assert fitted == line
    else:
        assert texts(fitted).endswith("…") or not texts(fitted)
        assert pen.width(fitted) <= room


def test_marked_letters_are_bold_and_nothing_is_lost(qtbot: QtBot) -> None:
    del qtbot
    pieces = list(marked("read_csv", {0, 5, 6, 7}, INK, GROUND))
    assert [(piece.text, piece.is_bold) for piece in pieces] == [
        ("r", True),
        ("ead_", False),
        ("csv", True),
    ]
    assert list(marked("", {0}, INK, GROUND)) == []


@pytest.mark.parametrize("width", [120, 180, 240, 400])
def test_title_and_aside_never_touch_nor_leave_the_row(qtbot: QtBot, width: int) -> None:
    del qtbot
    columns = inked(drawn(LONG, width))
    assert not any(columns[: PAD - 1])
    assert not any(columns[-PAD + 1 :])
    inside = "".join("x" if column else " " for column in columns).strip()
    gaps = sorted(map(len, inside.replace("x", "|").replace("||", "|").split("|")))
    assert gaps[-1] >= 8, "no room between title and aside"


def test_what_follows_the_title_goes_before_the_title_is_cut_unless_it_is_kept(
    qtbot: QtBot,
) -> None:
    del qtbot
    narrow = 180
    kept = drawn(Row("def mean(values):", after="+1 line", keeps_after=True), narrow)
    given_up = drawn(Row("def mean(values):", after="+1 line"), narrow)
    without = drawn(Row("def mean(values):"), narrow)
    assert given_up == without
    assert kept != without


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_all_that_stands_in_a_chosen_row_can_be_read(qtbot: QtBot, name: str) -> None:
    """Its ground is tinted with the accent, so that the accent itself is too faint on it."""
    del qtbot
    theme = Theme.load(name)
    ground = opaque(theme.selection, theme.raised)
    row = Row("title", {0, 1}, after="area", aside="keys", is_wrong=True, is_quiet=True)
    seen: set[str] = set()

    noting = RowPainter(lambda _: row)
    noting.apply_theme(theme, code_font())
    write = noting._pen.write

    def noted(painter: QPainter, at: QPointF, pieces: list[Piece]) -> float:
        seen.update(piece.colour.name() for piece in pieces)
        return write(painter, at, pieces)

    noting._pen.write = noted  # type: ignore[method-assign,assignment]
    image = QImage(400, 30, QImage.Format.Format_RGB32)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 400, 30)
    option.state |= QStyle.StateFlag.State_Selected
    model = OneRow()
    with QPainter(image) as painter:
        noting.paint(painter, option, model.index(0))
    assert seen
    under = ground.rgb() & 0xFFFFFF
    assert [ink for ink in seen if readable_rgb(int(ink[1:], 16), under) is not None] == []
