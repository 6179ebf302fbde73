"""What the console's collaborators may ask of the view."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollBar, QWidget

from vitrail_widgets.calltip.call_tips import CallTips
from vitrail_widgets.console.document import ConsoleDocument
from vitrail_widgets.console.geometry import Geometry
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.console.looks import Looks
from vitrail_widgets.console.scrolling import Scroller
from vitrail_widgets.console.selected import TranscriptSelection
from vitrail_widgets.console.selection import Position
from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.theme import Theme

if TYPE_CHECKING:
    from vitrail_widgets.console.arrangement import Arrangement
    from vitrail_widgets.console.cell_offers import CellOffers
    from vitrail_widgets.console.folding.folding import Folding
    from vitrail_widgets.console.links import Links
    from vitrail_widgets.console.live_blocks import LiveBlocks
    from vitrail_widgets.console.painting import TranscriptPainting


class Questions(Protocol):
    """The field of a running cell's `input()`, as the keys see it."""

    def take_focus(self) -> bool:
        """Go to the field; say whether there is one."""
        ...


class Surface(Protocol):
    """A console as those see it who act on it: pointer, keys, questions of the kernel."""

    cell_offers: "CellOffers"
    document: ConsoleDocument
    live_blocks: "LiveBlocks"
    input: InputArea
    arrangement: "Arrangement"
    folding: "Folding"
    links: "Links"
    painting: "TranscriptPainting"
    scroller: Scroller
    call_tips: CallTips
    selected: TranscriptSelection

    @property
    def requests(self) -> "Questions":
        """The field in which a running cell is answered."""
        ...

    @property
    def is_being_typed_in(self) -> bool:
        """Whether the input holds code, or a key was pressed in it a moment ago."""
        ...

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        ...

    @property
    def metrics(self) -> Metrics:
        """Measures of the code font in use."""
        ...

    @property
    def across(self) -> Geometry:
        """The horizontal division in use."""
        ...

    def verticalScrollBar(self) -> QScrollBar:  # noqa: N802 - Qt's name
        """Return the scroll bar."""
        ...

    @property
    def looks(self) -> Looks:
        """Theme, font and width in use."""
        ...

    def show_place(self, entry: int, block: int, line: int, start: int, end: int) -> None:
        """Scroll to a place of a block, unless it is visible."""
        ...

    def viewport(self) -> QWidget:
        """Return the widget that is drawn on."""
        ...

    def position_at(self, point: QPoint) -> Position:
        """Return the position nearest to a point of the viewport."""
        ...

    def viewport_y(self, entry_id: str) -> int:
        """Return where an entry begins in the viewport."""
        ...

    def copy_or_interrupt(self) -> None:
        """Copy what is selected, or ask for an interrupt when nothing is."""
        ...

    def hasFocus(self) -> bool:  # noqa: N802 - Qt's name
        """Say whether the transcript has the focus."""
        ...

    def focus_transcript(self) -> None:
        """Take the focus from the input."""
        ...

    def arrange(self) -> None:
        """Place everything again after a height changed."""
        ...

    def scroll_to_end(self) -> None:
        """Show the end and stick to it."""
        ...
