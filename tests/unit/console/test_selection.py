import pytest

from vitrail_widgets.console.selection import Position, Selection, word_around
from vitrail_widgets.render.block import Place, Span


def test_the_ends_are_in_reading_order_whichever_way_it_was_made() -> None:
    early, late = Position(0, 1, 2, 3), Position(1, 0, 0, 0)
    for selection in (Selection(early, late), Selection(late, early)):
        assert (selection.first, selection.last) == (early, late)


def test_a_block_between_the_ends_is_selected_whole() -> None:
    selection = Selection(Position(0, 0, 1, 2), Position(2, 0, 0, 4))
    assert selection.span(0, 0) == Span(Place(1, 2), None)
    assert selection.span(1, 5) == Span(Place(0, 0), None)
    assert selection.span(2, 0) == Span(Place(0, 0), Place(0, 4))


def test_a_block_outside_is_not_selected() -> None:
    selection = Selection(Position(1, 1, 0, 0), Position(1, 2, 0, 1))
    assert [selection.span(*at) for at in ((0, 0), (1, 0), (1, 3), (2, 0))] == [None] * 4


def test_an_empty_selection_selects_nothing() -> None:
    here = Position(0, 0, 0, 1)
    assert Selection(here, here).is_empty
    assert Selection(here, here).span(0, 0) is None


def test_an_entry_inserted_above_moves_the_selection_down() -> None:
    selection = Selection(Position(1, 0, 0, 0), Position(2, 0, 0, 0))
    assert selection.shifted(1) == Selection(Position(2, 0, 0, 0), Position(3, 0, 0, 0))
    assert selection.shifted(2) == Selection(Position(1, 0, 0, 0), Position(3, 0, 0, 0))
    assert selection.shifted(3) == selection


@pytest.mark.parametrize(
    ("offset", "word"),
    [(0, "alpha_1"), (6, "alpha_1"), (7, "  "), (9, "+"), (10, "été"), (13, "")],
)
def test_a_word_is_letters_digits_and_underscores(offset: int, word: str) -> None:
    line = "alpha_1  +été"
    start, end = word_around(line, offset)
    assert line[start:end] == word
