"""Formatted text as a block: drawn by Qt's text layout, selected and copied like all other text."""

from collections.abc import Callable, Mapping
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from vitrail_resources.translation import tr
from vitrail_widgets.editing.offsets import from_utf16, to_utf16
from vitrail_widgets.qt.metrics import reading_font
from vitrail_widgets.render.block import Canvas, Clip, Place, Span
from vitrail_widgets.render.document.finish import QUOTE_INDENT, finish, quote_level
from vitrail_widgets.render.document.formula import Formula
from vitrail_widgets.render.document.inline import InlineFormula, align
from vitrail_widgets.render.document.static_document import SCHEME, StaticDocument

LONG_WORD = 2_000  # characters: word wrap is quadratic in them
QUOTE_BAR = 3
RATIO = 2.0  # device pixels of pictures in it: enough for all screens, and made once
OBJECT = "\ufffc"

Fill = Callable[[QTextDocument], None]


class DocumentBlock:
    """Draws a document that is filled anew for each theme and font."""

    def __init__(
        self,
        fill: Fill,
        source: str,
        formulas: Mapping[str, Formula],
        *,
        from_markdown: bool = False,
    ) -> None:
        """Show a document.

        Args:
            fill: Puts the text into a document whose font is set.
            source: What was sent; it can be copied.
            formulas: That the text speaks of, by the path of their address.
            from_markdown: Whether `fill` reads Markdown, of which Qt leaves more to do.
        """
        self._fill = fill
        self._source = source
        self._formulas = formulas
        self._from_markdown = from_markdown
        self._top = 0
        self._left = 0  # so much is out of sight on the left
        self._look: tuple[object, ...] = ()
        self._document = StaticDocument({}, 1.0)
        self._blocks: list[QTextBlock] = []
        self._canvas: Canvas | None = None

    @property
    def height(self) -> int:
        """Height of the text."""
        return max(1, self._top + round(self._document.size().height()))

    @property
    def line_count(self) -> int:
        """Number of paragraphs."""
        return max(1, len(self._blocks))

    def line(self, index: int) -> str:
        """Return the text of a paragraph."""
        return self._blocks[index].text() if index < len(self._blocks) else ""

    def text(self, start: Place, end: Place | None) -> str:
        """Return the text between two places; pictures are left out."""
        last = self.line_count - 1 if end is None else end.line
        lines = [self.line(index) for index in range(start.line, last + 1)]
        if end is not None and lines:
            lines[-1] = lines[-1][: end.offset]
        if lines:
            lines[0] = lines[0][start.offset :]
        return "\n".join(lines).replace(OBJECT, "").replace("\u2028", "\n")

    def resize(self, canvas: Canvas) -> None:
        """Lay out for another canvas; fill anew for another theme or font."""
        self._canvas = canvas
        look = (canvas.theme, canvas.metrics.font)
        if look != self._look:
            self._look = look
            font = reading_font(canvas.metrics.font)
            shown = {
                name: InlineFormula(each, font, canvas.theme.text)
                for name, each in self._formulas.items()
            }
            pictures = {name: each.image for name, each in shown.items()}
            self._document = StaticDocument(pictures, RATIO)
            self._document.setDefaultFont(font)
            self._fill(self._document)
            align(self._document, shown, SCHEME)
            finish(self._document, canvas, from_markdown=self._from_markdown)
            self._set_wrapping()
            leading = canvas.metrics.baseline - QFontMetricsF(font).ascent()
            self._top = max(0, round(leading))  # on one line with the prompt
            self._blocks = []
            block = self._document.begin()
            while block.isValid():
                self._blocks.append(block)
                block = block.next()
        self._document.setTextWidth(canvas.width)
        self.scroll_sideways(0)

    def refresh(self, from_line: int) -> None:
        """Do nothing: a document that changes is another block."""

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw what lies in `clip`."""
        painter.save()
        top += self._top
        painter.translate(canvas.x - self._left, top)
        context = QAbstractTextDocumentLayout.PaintContext()
        visible = QRectF(self._left, clip.top - top, canvas.width, clip.bottom - clip.top)
        context.clip = visible
        palette = QPalette(canvas.theme.palette())
        palette.setColor(QPalette.ColorRole.Text, canvas.theme.text)
        palette.setColor(QPalette.ColorRole.Dark, canvas.theme.border)  # of rules
        context.palette = palette
        painter.setClipRect(visible, Qt.ClipOperation.IntersectClip)
        if selected is not None:
            self._paint_selected(painter, canvas, selected)
        self._document.documentLayout().draw(painter, context)
        self._paint_quotations(painter, canvas)
        painter.restore()

    def link_at(self, place: Place) -> str | None:
        """Return where the text at a place leads."""
        if place.line >= len(self._blocks):
            return None
        block = self._blocks[place.line]
        cursor = QTextCursor(block)
        at = to_utf16(block.text(), place.offset)
        cursor.setPosition(min(block.position() + at + 1, block.position() + block.length() - 1))
        return cursor.charFormat().anchorHref() or None

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:  # noqa: ARG002 - as laid out
        """Return the place nearest to a point."""
        layout = self._document.documentLayout()
        position = max(
            0, layout.hitTest(QPointF(x + self._left, y - self._top), Qt.HitTestAccuracy.FuzzyHit)
        )
        block = self._document.findBlock(position)
        text = block.text()
        return Place(block.blockNumber(), from_utf16(text, position - block.position()))

    def scroll_sideways(self, pixels: int) -> bool:
        """Move lines that are not to be broken; say whether there was anything to move."""
        room = 0 if self._canvas is None else self._canvas.width
        most = max(0, ceil(self._document.size().width()) - room)
        self._left = min(max(0, self._left + pixels), most)
        return most > 0

    def copies(self, x: int, y: int) -> Mapping[str, Callable[[], str]]:  # noqa: ARG002 - everywhere
        """Return what can be copied of it."""
        return {tr("Copy source"): lambda: self._source}

    def _set_wrapping(self) -> None:
        option = self._document.defaultTextOption()
        words = max((len(word) for word in self._document.toPlainText().split()), default=0)
        mode = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere if words > LONG_WORD else mode)
        self._document.setDefaultTextOption(option)

    def _paint_quotations(self, painter: QPainter, canvas: Canvas) -> None:
        """Draw the bars along quoted paragraphs."""
        layout = self._document.documentLayout()
        for block in self._blocks:
            for level in range(quote_level(block)):
                rect = layout.blockBoundingRect(block)
                bar = QRectF(level * QUOTE_INDENT, rect.top(), QUOTE_BAR, rect.height())
                painter.fillRect(bar, canvas.theme.border)

    def _paint_selected(self, painter: QPainter, canvas: Canvas, span: Span) -> None:
        """Draw the ground of what is selected, line by line of the layout."""
        layout = self._document.documentLayout()
        last = self.line_count - 1 if span.end is None else span.end.line
        for index in range(span.start.line, min(last, len(self._blocks) - 1) + 1):
            block = self._blocks[index]
            text = block.text()
            start = to_utf16(text, span.start.offset) if index == span.start.line else 0
            is_last = span.end is not None and index == span.end.line
            end = to_utf16(text, span.end.offset) if is_last and span.end else len(text) + 1
            corner = layout.blockBoundingRect(block).topLeft()
            for number in range(block.layout().lineCount()):
                line = block.layout().lineAt(number)
                first = max(start, line.textStart())
                final = min(end, line.textStart() + line.textLength())
                if first < final:
                    left = _x(line.cursorToX(first))
                    right = _x(line.cursorToX(final))
                    rect = QRectF(left, line.y(), right - left, line.height())
                    painter.fillRect(rect.translated(corner), canvas.theme.selection)


def _x(answer: object) -> float:
    """Return the pixel of `cursorToX`, which PySide6 gives beside the cursor."""
    pixel: float = answer[0] if isinstance(answer, tuple) else answer  # type: ignore[assignment]  # object
    return pixel
