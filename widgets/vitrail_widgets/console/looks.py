"""How a console looks at one width, in one font and one theme."""

from dataclasses import dataclass

from PySide6.QtGui import QFont

from vitrail_widgets.console.entry_painter import EntryPainter
from vitrail_widgets.console.geometry import Geometry, gutter_for
from vitrail_widgets.qt.metrics import Metrics
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.block import Canvas
from vitrail_widgets.transcript.prompt import USUAL, Prompts


@dataclass(frozen=True)
class Looks:
    """What depends on theme, font and width; replaced when one of them changes.

    Attributes:
        across: The horizontal division.
        canvas: What blocks are laid out for and drawn with.
        entries: Draws entries.
        prompts: What stands beside inputs and results.
    """

    theme: Theme
    metrics: Metrics
    across: Geometry
    canvas: Canvas
    entries: EntryPainter
    prompts: Prompts = USUAL

    @staticmethod
    def of(theme: Theme, font: QFont, width: int, prompts: Prompts = USUAL) -> "Looks":
        """Return the looks of a viewport of a width in pixels."""
        metrics = Metrics.of(font)
        across = Geometry(metrics, width, gutter_for(prompts))
        canvas = Canvas(theme, metrics, across.text_x, across.text_width, across.columns)
        return Looks(theme, metrics, across, canvas, EntryPainter(across, canvas, prompts), prompts)

    def themed(self, theme: Theme) -> "Looks":
        """Return the same in the colours of another theme."""
        return Looks.of(theme, self.metrics.font, self.across.width, self.prompts)

    def fonted(self, font: QFont) -> "Looks":
        """Return the same in another font."""
        return Looks.of(self.theme, font, self.across.width, self.prompts)

    def widened(self, width: int) -> "Looks":
        """Return the same for another width in pixels."""
        return Looks.of(self.theme, self.metrics.font, width, self.prompts)

    def prompted(self, prompts: Prompts) -> "Looks":
        """Return the same with other prompts."""
        return Looks.of(self.theme, self.metrics.font, self.across.width, prompts)
