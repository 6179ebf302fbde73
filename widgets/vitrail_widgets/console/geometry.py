"""Where things lie across the console, in device independent pixels.

|4| bar 3 |5|  In [12] |12| 10 | text ……………………………………… | 10 |16|
^ window                   ^ content_x                     ^ content end
"""

from dataclasses import dataclass

from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.transcript.prompt import Prompts

CELL_GAP = 16
INPUT_GAP = 6  # between a cell's input and its first output
OUTPUT_GAP = 4
INPUT_PAD_X = 10
INPUT_PAD_Y = 8
RADIUS = 6
BAR_X = 4
BAR_WIDTH = 3
GUTTER_CHARS = 8  # "In [999]", "Out[999]"; longer numbers overhang to the left
WIDEST_GUTTER = 24
GUTTER_GAP = 12
MARGIN_RIGHT = 16
MARGIN_Y = 16
MIN_COLUMNS = 8


@dataclass(frozen=True)
class Geometry:
    """The horizontal division of a viewport of a given width.

    Attributes:
        gutter_chars: Cells that prompts may take.
        columns: How many cells of the code font fit into a row of text.
    """

    metrics: Metrics
    width: int
    gutter_chars: int = GUTTER_CHARS

    @property
    def content_x(self) -> int:
        """Left edge of the input boxes."""
        chars = round(self.metrics.char_width * self.gutter_chars)
        return BAR_X + BAR_WIDTH + 5 + chars + GUTTER_GAP

    @property
    def prompt_right(self) -> int:
        """Right edge of the prompts."""
        return self.content_x - GUTTER_GAP

    @property
    def content_width(self) -> int:
        """Width of the input boxes."""
        least = round(self.metrics.char_width * MIN_COLUMNS) + 2 * INPUT_PAD_X
        return max(least, self.width - self.content_x - MARGIN_RIGHT)

    @property
    def text_x(self) -> int:
        """Left edge of all text: code and outputs stand below each other."""
        return self.content_x + INPUT_PAD_X

    @property
    def text_width(self) -> int:
        """Width that text and pictures may take."""
        return self.content_width - 2 * INPUT_PAD_X

    @property
    def columns(self) -> int:
        """Number of cells in a row."""
        return max(MIN_COLUMNS, int(self.text_width / self.metrics.char_width))


def gutter_for(prompts: Prompts) -> int:
    """Return how many cells the gutter is wide; in steps, so that it does not move with each value.

    Numbers have room for three digits.
    """
    widest = max(prompt.columns(100) for prompt in prompts)
    return min(WIDEST_GUTTER, max(GUTTER_CHARS, -(-widest // 4) * 4))
