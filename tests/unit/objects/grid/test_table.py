"""What a table is: the plane of an array, and whether it goes on with the columns of before."""

from dataclasses import replace

from vitrail_widgets.objects.grid.table import Column, Plane, Table

COLUMNS = tuple(Column(str(at), "number", "float64", f"'{at}'") for at in range(3))
PLANE = Plane((5, 3, 3), (1, 2), (4, 0, 0))
CUBE = Table("array", "numpy", "ndarray", 3, 3, (), COLUMNS, 3, plane=PLANE)


def test_code_of_a_plane_gives_what_is_seen() -> None:
    assert PLANE.code("cube") == "cube[4, :, :]"
    assert replace(PLANE, axes=(2, 0), at=(0, 1, 0)).code("thing.cube") == "thing.cube[:, 1, :].T"


def test_another_place_keeps_the_columns_and_other_axes_do_not() -> None:
    moved = replace(CUBE, plane=replace(PLANE, at=(2, 0, 0)))
    turned = replace(CUBE, plane=replace(PLANE, axes=(2, 1)))
    assert moved.continues(CUBE)
    assert not turned.continues(CUBE)
    assert not replace(CUBE, plane=None).continues(CUBE)
