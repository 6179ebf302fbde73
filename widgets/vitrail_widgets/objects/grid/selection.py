"""Which cells are selected: a rectangle, from where it was begun to where the cursor is."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Selection:
    """A rectangle of cells; rows as they are ordered, columns by their place on the screen.

    Attributes:
        row: Of the cursor.
        place: Of the cursor's column.
        from_row: Where the selection was begun.
        from_place: Likewise.
    """

    row: int = 0
    place: int = 0
    from_row: int = 0
    from_place: int = 0

    @property
    def rows(self) -> range:
        """The rows in it."""
        return range(min(self.row, self.from_row), max(self.row, self.from_row) + 1)

    @property
    def places(self) -> range:
        """The columns in it."""
        return range(min(self.place, self.from_place), max(self.place, self.from_place) + 1)

    @property
    def is_single(self) -> bool:
        """Whether it is the cursor's cell alone."""
        return (self.row, self.place) == (self.from_row, self.from_place)

    def holds(self, row: int, place: int) -> bool:
        """Tell whether a cell is in it."""
        return row in self.rows and place in self.places

    def to(self, row: int, place: int, *, extends: bool = False) -> "Selection":
        """Move the cursor, and with it the beginning unless the selection is to grow."""
        if extends:
            return replace(self, row=row, place=place)
        return Selection(row, place, row, place)

    def within(self, rows: int, places: int) -> "Selection":
        """Return it cut to a table's size."""
        last_row, last_place = max(0, rows - 1), max(0, places - 1)
        return Selection(
            min(self.row, last_row),
            min(self.place, last_place),
            min(self.from_row, last_row),
            min(self.from_place, last_place),
        )
