"""Gives an imported document the theme's look: links, code, quotations, tables, contrast."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from vitrail_widgets.editing.offsets import to_utf16
from vitrail_widgets.highlight.lexing import MAX_WHOLE, lexer_for
from vitrail_widgets.render.block import Canvas
from vitrail_widgets.render.formats import readable

CODE_LANGUAGE = QTextFormat.Property.BlockCodeLanguage
CODE_FENCE = QTextFormat.Property.BlockCodeFence
FOREGROUND = QTextFormat.Property.ForegroundBrush
BACKGROUND = QTextFormat.Property.BackgroundBrush
RULE = QTextFormat.Property.BlockTrailingHorizontalRulerWidth
CELL_PADDING = 5
CODE_GAP = 6
QUOTE_INDENT = 16
LARGEST_HEADING = 4  # less the level it is Qt's step of size: 3 for the first, -2 for the sixth


def finish(document: QTextDocument, canvas: Canvas, *, from_markdown: bool) -> None:
    """Colour what the importer left to the desktop, and what could not be read."""
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _finish_table(frame, canvas, from_markdown=from_markdown)
    for block in blocks_of(document):
        if is_code(block):
            _finish_code(block, canvas)
        else:
            if block.blockFormat().hasProperty(RULE.value):
                _finish_rule(block, canvas)
            if quote_level(block):
                _finish_quotation(block, canvas)
            if block.blockFormat().headingLevel():
                _finish_heading(document, block)
            for piece in stretches(block):
                _finish_stretch(document, block, piece, canvas)
    _colour_code(document, canvas)


def blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    """Yield the paragraphs."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def is_code(block: QTextBlock) -> bool:
    """Tell whether a paragraph is a line of a code block."""
    block_format = block.blockFormat()
    return bool(
        block_format.hasProperty(CODE_FENCE.value)
        or block_format.hasProperty(CODE_LANGUAGE.value)
        or (block_format.nonBreakableLines() and _is_fixed(block))
    )


def _is_fixed(block: QTextBlock) -> bool:
    start = block.begin()
    return start.fragment().charFormat().fontFixedPitch() if not start.atEnd() else False


def quote_level(block: QTextBlock) -> int:
    """Return how deep a paragraph is quoted, 0 for not."""
    level = block.blockFormat().property(QTextFormat.Property.BlockQuoteLevel.value)
    return level if isinstance(level, int) else 0


class Stretch(NamedTuple):
    """Text of one format; Qt's own fragments do not outlive a change."""

    start: int
    length: int
    format: QTextCharFormat


def stretches(block: QTextBlock) -> list[Stretch]:
    """Return the pieces of a paragraph."""
    found: list[Stretch] = []
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        found.append(Stretch(fragment.position(), fragment.length(), fragment.charFormat()))
        at += 1
    return found


def merge(document: QTextDocument, start: int, length: int, change: QTextCharFormat) -> None:
    """Change the format of a piece of text."""
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(change)


def _finish_stretch(
    document: QTextDocument, block: QTextBlock, piece: Stretch, canvas: Canvas
) -> None:
    given, theme = piece.format, canvas.theme
    change = QTextCharFormat()
    ground, least = _ground(block, given, theme.bg), theme.least_contrast
    if given.isAnchor():
        change.setForeground(readable(theme.accent, ground, least))
        change.setFontUnderline(True)
    elif given.hasProperty(FOREGROUND.value):
        change.setForeground(readable(given.foreground().color(), ground, least))
    elif ground != theme.bg:
        change.setForeground(readable(theme.text, ground, least))
    if given.fontFixedPitch():
        change.setFontFamilies(canvas.metrics.font.families() or [canvas.metrics.font.family()])
        if ground == theme.bg:
            change.setBackground(theme.surface)
    if change.propertyCount():
        merge(document, piece.start, piece.length, change)


def _finish_heading(document: QTextDocument, block: QTextBlock) -> None:
    """Give all of a heading its size: Qt's reader of Markdown leaves out code and what is bold."""
    change = QTextCharFormat()
    size = LARGEST_HEADING - block.blockFormat().headingLevel()
    change.setProperty(QTextFormat.Property.FontSizeAdjustment.value, size)
    change.setFontWeight(QFont.Weight.Bold)
    merge(document, block.position(), block.length() - 1, change)


def _ground(block: QTextBlock, given: QTextCharFormat, beneath: QColor) -> QColor:
    """Return the colour on which text stands."""
    for each in (given, block.blockFormat()):
        if each.hasProperty(BACKGROUND.value) and each.background().color().alpha() > 0:
            return each.background().color()
    return beneath


def _finish_code(block: QTextBlock, canvas: Canvas) -> None:
    cursor = QTextCursor(block)
    block_format = block.blockFormat()
    block_format.setBackground(canvas.theme.surface)
    block_format.setNonBreakableLines(False)
    block_format.setTopMargin(0 if is_code(block.previous()) else CODE_GAP)
    block_format.setBottomMargin(0 if is_code(block.next()) else CODE_GAP)
    cursor.setBlockFormat(block_format)
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    change = QTextCharFormat()
    change.setFont(canvas.metrics.font)
    change.setForeground(canvas.theme.text)
    cursor.mergeCharFormat(change)


def _colour_code(document: QTextDocument, canvas: Canvas) -> None:
    """Colour each run of code lines in the language that its fence names."""
    run: list[QTextBlock] = []
    for block in [*blocks_of(document), QTextBlock()]:
        if block.isValid() and is_code(block):
            run.append(block)
        elif run:
            _colour_run(document, run, canvas)
            run = []


def _colour_run(document: QTextDocument, run: list[QTextBlock], canvas: Canvas) -> None:
    language = run[0].blockFormat().property(CODE_LANGUAGE.value)
    lines = [block.text() for block in run]
    code = "\n".join(lines)
    if not isinstance(language, str) or not language or len(code) > MAX_WHOLE:
        return
    spans = lexer_for(language.lower()).highlight(code)
    for block, text, line in zip(run, lines, spans, strict=False):
        for start, end, name in line:
            first, last = to_utf16(text, start), to_utf16(text, end)
            change = QTextCharFormat()
            change.setForeground(canvas.formats.token(name).fg)
            merge(document, block.position() + first, last - first, change)


def _finish_table(table: QTextTable, canvas: Canvas, *, from_markdown: bool) -> None:
    table_format = table.format().toTableFormat()
    table_format.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    table_format.setBorder(1)
    table_format.setBorderCollapse(True)
    table_format.setBorderBrush(QBrush(canvas.theme.border))
    table_format.setCellPadding(CELL_PADDING)
    table_format.setCellSpacing(0)
    table_format.setTopMargin(CODE_GAP)
    table_format.setBottomMargin(CODE_GAP)
    table_format.setWidth(QTextLength(QTextLength.Type.VariableLength, 0))
    table.setFormat(table_format)
    last = table.cellAt(0, table.columns() - 1).lastCursorPosition()
    is_headed = from_markdown and last.charFormat().fontWeight() > QFont.Weight.Normal
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            cell_format = cell.format()
            cell_format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
            cell.setFormat(cell_format)
            cursor = cell.firstCursorPosition()
            _drop_blank_start(cursor, cell.lastPosition())
            cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
            block_format = cursor.blockFormat()
            block_format.setTopMargin(0)
            block_format.setBottomMargin(0)
            cursor.setBlockFormat(block_format)
            if is_headed and row == 0:
                change = QTextCharFormat()
                change.setFontWeight(QFont.Weight.Bold)
                cursor.mergeCharFormat(change)


def _drop_blank_start(cursor: QTextCursor, end: int) -> None:
    """Remove the empty paragraph that Qt's reader of Markdown leaves in a table's first cell."""
    if cursor.block().length() == 1 and cursor.position() < end:
        cursor.deleteChar()


def _finish_rule(block: QTextBlock, canvas: Canvas) -> None:
    block_format = block.blockFormat()
    block_format.setBackground(canvas.theme.border)  # the rule's colour, and nothing else's
    QTextCursor(block).setBlockFormat(block_format)


def _finish_quotation(block: QTextBlock, canvas: Canvas) -> None:
    cursor = QTextCursor(block)
    block_format = block.blockFormat()
    block_format.setLeftMargin(QUOTE_INDENT * quote_level(block))
    cursor.setBlockFormat(block_format)
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    change = QTextCharFormat()
    change.setForeground(canvas.theme.muted)
    cursor.mergeCharFormat(change)
