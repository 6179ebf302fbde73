"""What a grid shows at one moment, and where it lies in its window."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vitrail_resources.translation import tr
from vitrail_widgets.grid.look import PAD, Look
from vitrail_widgets.objects.grid.arrangement import PLAIN as PLAIN_ORDER
from vitrail_widgets.objects.grid.arrangement import Arrangement
from vitrail_widgets.objects.grid.columns import Columns
from vitrail_widgets.objects.grid.formats import PLAIN, Format, format_of
from vitrail_widgets.objects.grid.heights import Heights
from vitrail_widgets.objects.grid.pages import ROWS, Pages
from vitrail_widgets.objects.grid.selection import Selection
from vitrail_widgets.objects.grid.summary import Summary
from vitrail_widgets.objects.grid.table import Column, Table
from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.scales import Scale
from vitrail_widgets.variables.variable import Freshness

LEAST_WIDTH = 48
MOST_CHARS = 40  # of a column that nobody has made wider
MOST_LABEL = 24  # characters of what names a row
LOOKED_AT = 64  # rows that say how wide a column is
GLYPH = 22  # the room of a type's glyph
UNNAMED = tr("value")
UNKNOWN = Column("…", "object", "", "")


@dataclass
class Scene:
    """A table in a window.

    The window has a band of names above and a band of labels at the left; pinned columns stand
    beside the labels. Offsets are pixels from the first row and the first scrolled column.

    Attributes:
        width: Of the window, in pixels.
        height: Likewise.
        x: The offset of the scrolled columns.
        y: The offset of the rows.
        formats: How columns are written, as far as that was found.
        chosen: How somebody wished them to be written.
        heated: The columns whose cells are coloured by their values, and how.
        summaries: What is known of columns as a whole.
        has_summaries: Whether that is shown below their names.
        is_stale: Whether the cells are not known to be what they were.
    """

    look: Look
    known: Known[Table]
    pages: Pages
    columns: Columns
    width: int = 0
    height: int = 0
    x: int = 0
    y: int = 0
    selection: Selection = field(default_factory=Selection)
    formats: dict[int, Format] = field(default_factory=dict[int, Format])
    chosen: dict[int, Format] = field(default_factory=dict[int, Format])
    heated: dict[int, Scale] = field(default_factory=dict[int, Scale])
    summaries: Mapping[int, Summary] = field(default_factory=dict[int, Summary])
    has_summaries: bool = False
    has_focus: bool = False

    @property
    def rows(self) -> int:
        """How many rows there are to see."""
        return self.known.about.shown if self.known.about else 0

    @property
    def is_stale(self) -> bool:
        """Whether what is seen may be other than what is."""
        return self.known.freshness is not Freshness.FRESH

    @property
    def heights(self) -> Heights:
        """Where the rows lie."""
        return Heights(self.rows, self.look.row, self.height - self.look.header)

    @property
    def label_widths(self) -> list[int]:
        """The widths of the columns that name the rows."""
        table, look = self.known.about, self.look
        if table is None:
            return []
        if not table.levels:
            return [round(max(3, len(str(table.rows))) * look.char) + 2 * PAD]
        return [self._label_width(level, name) for level, name in enumerate(table.levels)]

    def _label_width(self, level: int, name: str) -> int:
        cells = (self.pages.label(row, level) for row in range(min(LOOKED_AT, self.rows)))
        texts = [self.label_text(level, cell) for cell in cells if cell is not None]
        longest = max([*map(len, texts), len(name), 3])
        return round(min(longest, MOST_LABEL) * self.look.char) + 2 * PAD

    def label_text(self, level: int, cell: str | int | list[str]) -> str:
        """Write what names a row."""
        del level
        return PLAIN.text(cell).removesuffix(" 00:00:00")

    @property
    def band(self) -> int:
        """Width of the labels."""
        return sum(self.label_widths)

    @property
    def left(self) -> int:
        """Where the scrolled columns begin."""
        return self.band + self.columns.pinned_width

    @property
    def room(self) -> int:
        """Width that the scrolled columns have."""
        return max(0, self.width - self.left)

    @property
    def farthest_x(self) -> int:
        """The largest offset of the scrolled columns."""
        return max(0, self.columns.width - self.room)

    def column(self, column: int) -> Column:
        """Return what is known of a column."""
        table = self.known.about
        known = table.columns if table else ()
        return known[column] if column < len(known) else UNKNOWN

    def title(self, column: int) -> str:
        """Return the name of a column as it is shown."""
        return self.column(column).name or UNNAMED

    def is_pinned_place(self, place: int) -> bool:
        """Tell whether the column at a place stays in sight."""
        return place < self.columns.pinned_count

    def has_cells(self, column: int) -> bool:
        """Tell whether cells of a column have come that say how it is written."""
        return bool(self._some(column))

    def seen_places(self) -> list[int]:
        """Return the places of the columns of which something is seen."""
        scrolled = self.columns.scrolled(self.x, self.x + self.room) if self.room else range(0)
        return [*range(self.columns.pinned_count), *scrolled]

    def x_of(self, place: int) -> int:
        """Return where the column at a place begins in the window."""
        left = self.columns.left(place)
        if place < self.columns.pinned_count:
            return self.band + left
        return self.left + left - self.x

    def y_of(self, row: int) -> int:
        """Return where a row begins in the window."""
        return self.look.header + row * self.look.row - self.y

    def place_at(self, x: int) -> int | None:
        """Return the place of the column at a point of the window."""
        if x < self.band:
            return None
        if x < self.left:
            return self.columns.place_at(x - self.band, is_pinned=True)
        return self.columns.place_at(x - self.left + self.x, is_pinned=False)

    def row_at(self, y: int) -> int | None:
        """Return the row at a point of the window, None beside all of them."""
        row = (y - self.look.header + self.y) // self.look.row
        return row if y >= self.look.header and 0 <= row < self.rows else None

    def format(self, column: int) -> Format:
        """Return how a column is written: found once, from the first cells of it that came."""
        found = self.chosen.get(column) or self.formats.get(column)
        if found is not None:
            return found
        cells = self._some(column)
        if not cells:
            return PLAIN
        made = self.formats[column] = format_of(self.column(column).kind, cells)
        return made

    @property
    def arrangement(self) -> Arrangement:
        """How the rows are sorted and sifted, or are going to be."""
        table = self.known.about
        return PLAIN_ORDER if table is None else table.wanted or table.arrangement

    def natural_width(self, column: int, most: int | None = None) -> int:
        """Return how wide a column has to be for its name and its first cells.

        Args:
            column: Which.
            most: Pixels; forty characters if None.
        """
        most = most or round(MOST_CHARS * self.look.char)
        texts = [self.format(column).text(cell) for cell in self._some(column)[:LOOKED_AT]]
        longest = max(map(len, texts), default=8)
        name = len(self.title(column)) * self.look.char + GLYPH + 18
        wanted = max(longest * self.look.char, name) + 2 * PAD
        return max(LEAST_WIDTH, min(most, round(wanted)))

    def _some(self, column: int) -> list[str | int | list[str]]:
        """Return the cells of a column on the page that is looked at."""
        block = self.heights.seen(self.y).start // ROWS
        for first in dict.fromkeys((block * ROWS, 0)):
            cell = self.pages.cell(first, column)
            if cell is not None:
                rows = range(first, min(first + ROWS, self.rows))
                found = (self.pages.cell(row, column) for row in rows)
                return [each for each in found if each is not None]
        return []
