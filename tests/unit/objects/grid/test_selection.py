"""A selection reaches from where it was begun to the cursor."""

from vitrail_widgets.objects.grid.selection import Selection


def test_the_cursor_takes_the_selection_along_unless_it_extends() -> None:
    chosen = Selection().to(3, 2)
    assert chosen.is_single
    grown = chosen.to(1, 4, extends=True)
    assert (grown.rows, grown.places) == (range(1, 4), range(2, 5))
    assert grown.to(0, 0).is_single


def test_a_selection_is_cut_to_the_table() -> None:
    chosen = Selection(9, 9, 0, 0).within(5, 2)
    assert (chosen.rows, chosen.places) == (range(5), range(2))
    assert Selection(9, 9).within(0, 0) == Selection()
