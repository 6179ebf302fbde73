"""Pages of a table: which are there, which are to be fetched, which are forgotten."""

from support.grids import CountedSource
from vitrail_widgets.objects.grid.pages import COLUMNS, ROWS, Page, Pages, Place, places


def test_a_cell_is_found_on_its_page() -> None:
    source, pages = CountedSource(1000, 40), Pages()
    assert pages.cell(ROWS + 2, COLUMNS + 1) is None
    pages.put(Place(1, 1), source.page(Place(1, 1)))
    assert pages.cell(ROWS + 2, COLUMNS + 1) == str((ROWS + 2) * 1000 + COLUMNS + 1)


def test_cells_need_each_page_once_from_above() -> None:
    seen = range(ROWS - 1, 2 * ROWS + 1)
    wanted = [*places(seen, [COLUMNS, 0, 1])]
    assert wanted == [Place(rows, columns) for rows in range(3) for columns in range(2)]
    assert [*places(range(0), [0])] == []


def test_only_pages_that_are_not_there_are_lacking() -> None:
    pages = Pages()
    pages.put(Place(0, 0), Page((), ()))
    assert pages.lacking(range(2 * ROWS), [0]) == [Place(1, 0)]


def test_the_page_that_was_not_looked_at_longest_is_forgotten_first() -> None:
    pages = Pages(most=2)
    for at in range(2):
        pages.put(Place(at, 0), Page(((str(at),),), ()))
    assert pages.get(Place(0, 0)) is not None
    pages.put(Place(2, 0), Page((), ()))
    assert pages.get(Place(1, 0)) is None
    assert pages.get(Place(0, 0)) is not None


def test_putting_the_same_page_again_is_no_difference() -> None:
    pages = Pages()
    assert pages.put(Place(0, 0), Page([["a"]], []))
    assert not pages.put(Place(0, 0), Page([["a"]], []))
    assert pages.put(Place(0, 0), Page([["b"]], []))
