"""Live colours of a code input."""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QColor,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from vitrail_widgets.editing.offsets import utf16_length
from vitrail_widgets.highlight.lexing import (
    MAX_COLOURED,
    MAX_WHOLE,
    SLICE,
    CodeLexer,
    Lines,
    lexer_for,
)
from vitrail_widgets.highlight.line_lexer import State
from vitrail_widgets.highlight.spans import Span
from vitrail_widgets.qt.theme import Theme

LEAD_IN = 20
"""Lines above the visible ones from which on their colours are guessed."""


class _Way(Enum):
    """How a text of this size in this language is coloured."""

    LINES = auto()
    WHOLE = auto()
    NOT = auto()


class InputHighlighter(QSyntaxHighlighter):
    """Colours a document while it is typed, one line for a keystroke where the language allows.

    Small texts in languages whose tokens reach across lines are lexed whole for every change, and
    the lines whose colours changed are coloured anew. Of a long text only `SLICE` characters are
    coloured at once; the rest follows from the event loop, what is visible before all else.

    Attributes:
        visible: Returns the numbers of the lines that are seen.
    """

    def __init__(
        self, document: QTextDocument, lexer_name: str = "", *, most: int = MAX_COLOURED
    ) -> None:
        """Colour a document.

        Args:
            document: Is coloured as it changes.
            lexer_name: A Pygments lexer's name.
            most: Characters up to which a text is coloured at all.
        """
        super().__init__(document)
        self._most = most
        self._lexer_name = lexer_name.strip().lower()
        self._theme: Theme | None = None
        self._formats: dict[str, QTextCharFormat] = {}
        self._states: list[State] = []  # a block's state number -> the lexer's state after it
        self._numbers: dict[State, int] = {}
        self._whole: Lines = ()
        self._whole_revision = -1
        self._painted: Lines = ()
        self._way = _Way.LINES
        self.visible: Callable[[], range] = lambda: range(0)
        self._spent = 0  # characters coloured in this turn
        self._reached = -1  # the last line that was
        self._rest = _Rest()
        self._is_slicing = False
        self._has_glimpsed = False
        self._glimpse: dict[int, tuple[Span, ...]] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)
        document.contentsChange.connect(self._on_document_contents_change)

    @property
    def lexer_name(self) -> str:
        """The name of the lexer in use."""
        return self._lexer_name

    @property
    def _lexer(self) -> CodeLexer:
        return lexer_for(self._lexer_name)

    def set_lexer(self, name: str) -> None:
        """Colour with the Pygments lexer of that name; unknown names leave the text plain.

        Its tables are built when there is text (Python's take 30 ms), or by `prepare`.
        """
        wanted = name.strip().lower()
        if wanted == self._lexer_name:
            return
        self._lexer_name = wanted
        self._states.clear()
        self._numbers.clear()
        self._whole, self._whole_revision = (), -1
        self._way = self._way_now()
        self._painted = self._whole_lines() if self._way is _Way.WHOLE else ()
        self._colour_anew()

    def prepare(self) -> None:
        """Build the lexer's tables now, so that the first key need not wait for them."""
        lexer_for(self._lexer_name).highlight(" ")

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._formats = {name: _format(colour) for name, colour in theme.syntax.items()}
        self._colour_anew()

    @property
    def is_done(self) -> bool:
        """Whether all lines have their colours."""
        return self._rest.is_empty

    def _colour_anew(self) -> None:
        self._spent = 0
        self._rest.clear()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line (Qt calls this)."""
        if self._must_wait():
            return
        for start, length, name in _utf16(text, self._spans(text)):
            colours = self._formats.get(name)
            if colours is not None:
                self.setFormat(start, length, colours)

    def _spans(self, text: str) -> tuple[Span, ...]:
        way = self._way_now()
        if way is _Way.NOT or self._is_empty():
            return ()
        if way is _Way.WHOLE:
            number = self.currentBlock().blockNumber()
            lines = self._whole_lines()
            return lines[number] if number < len(lines) else ()
        glimpsed = self._glimpse.get(self.currentBlock().blockNumber())
        if glimpsed is not None:
            return glimpsed
        self._spent += len(text) + 1
        self._reached = self.currentBlock().blockNumber()
        before = self.previousBlockState()
        known = 0 <= before < len(self._states)
        state = self._states[before] if known else self._lexer.lines.initial
        spans, after = self._lexer.lines.lex(text, state)
        self.setCurrentBlockState(self._number(after))
        return spans

    def _must_wait(self) -> bool:
        """Put a line off when enough was done in this turn; it keeps the colours that it has."""
        if self._spent < SLICE or self._glimpse or self._way_now() is not _Way.LINES:
            return False
        block = self.currentBlock()
        self._rest.add(block)
        for one in block.layout().formats():
            self.setFormat(one.start, one.length, one.format)
        self._timer.start()
        return True

    def _on_timer_timeout(self) -> None:
        """Colour a slice of what had to wait."""
        first = self._rest.first
        self._is_slicing = True
        if self._way_now() is not _Way.LINES or first is None:
            self._rest.clear()
        elif not self._colour_visible(first):
            self._colour_slice(first)
        self._is_slicing = False
        self._spent = 0
        if self._rest.is_empty:
            self._timer.stop()

    def _colour_slice(self, first: QTextBlock) -> None:
        self._spent = 0
        block, last = first, self._rest.take_last()
        while block.isValid() and block.blockNumber() <= last and self._spent < SLICE:
            self._reached = block.blockNumber()
            self.rehighlightBlock(block)  # and what follows, where the state changed
            block = self.document().findBlockByNumber(self._reached + 1)
        if block.isValid() and block.blockNumber() <= last:
            self._rest.add(block)
            self._rest.add(self.document().findBlockByNumber(last))

    def _colour_visible(self, first: QTextBlock) -> bool:
        """Give visible lines the colours that they most likely have, once; say whether it did."""
        seen = self.visible()
        if self._has_glimpsed or first.blockNumber() >= seen.start:
            return False
        self._has_glimpsed = True
        lexer = self._lexer.lines
        state = lexer.initial
        block = self.document().findBlockByNumber(max(seen.start - LEAD_IN, first.blockNumber()))
        while block.isValid() and block.blockNumber() < seen.stop:
            spans, state = lexer.lex(block.text(), state)
            if block.blockNumber() >= seen.start:
                self._glimpse[block.blockNumber()] = spans
            block = block.next()
        for number in seen:
            self.rehighlightBlock(self.document().findBlockByNumber(number))
        self._glimpse.clear()
        return True

    def _is_empty(self) -> bool:
        return self.document().characterCount() <= 1

    def _way_now(self) -> _Way:
        size = self.document().characterCount()
        if size <= 1:  # the end of the last paragraph counts
            return _Way.LINES
        if size > self._most:
            return _Way.NOT
        return _Way.LINES if self._lexer.whole is None or size > MAX_WHOLE else _Way.WHOLE

    def _number(self, state: State) -> int:
        number = self._numbers.get(state)
        if number is None:
            number = self._numbers[state] = len(self._states)
            self._states.append(state)
        return number

    def _whole_lines(self) -> Lines:
        document = self.document()
        if document.revision() != self._whole_revision:
            self._whole_revision = document.revision()
            self._whole = self._lexer.highlight(code_of(document))
        return self._whole

    def _on_document_contents_change(self) -> None:
        """Colour the lines anew that a change elsewhere touched; Qt's own pass is over by now."""
        if self._is_slicing:
            return  # these are only colours
        way, self._way = self._way, self._way_now()
        self._spent = 0
        self._has_glimpsed = False
        if self._way is not way:
            self._painted = self._whole_lines() if self._way is _Way.WHOLE else ()
            self._colour_anew()
        elif self._way is _Way.WHOLE:
            self._recolour_changed_lines()

    def _recolour_changed_lines(self) -> None:
        before = self._painted
        after = self._whole_lines()
        self._painted = after
        first = _common(before, after)
        last = len(after) - _common(before[first:][::-1], after[first:][::-1])
        block = self.document().findBlockByNumber(first)
        while block.isValid() and block.blockNumber() < last:
            self.rehighlightBlock(block)
            block = block.next()


class _Rest:
    """The stretch of lines that wait for their colours; it moves with the text."""

    def __init__(self) -> None:
        self._first: QTextCursor | None = None
        self._last: QTextCursor | None = None

    @property
    def is_empty(self) -> bool:
        return self._first is None

    @property
    def first(self) -> QTextBlock | None:
        return None if self._first is None else self._first.block()

    def add(self, block: QTextBlock) -> None:
        if self._first is None or block.position() < self._first.position():
            self._first = QTextCursor(block)
        if self._last is None or block.position() > self._last.position():
            self._last = QTextCursor(block)

    def take_last(self) -> int:
        """Return the number of the last line, and forget the stretch."""
        last = -1 if self._last is None else self._last.block().blockNumber()
        self.clear()
        return last

    def clear(self) -> None:
        self._first = self._last = None


def code_of(document: QTextDocument) -> str:
    """Return a document's text, lines parted by a newline; `toPlainText` would lose U+00A0."""
    return document.toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


def _format(colour: QColor) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(colour)
    return made


def _utf16(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, str]]:
    """Give start, length and name of spans in Qt's units."""
    if text.isascii():
        yield from ((start, end - start, name) for start, end, name in spans)
        return
    done = units = 0
    for start, end, name in spans:
        units += utf16_length(text[done:start])
        length = utf16_length(text[start:end])
        yield units, length, name
        done, units = end, units + length


def _common(some: Lines, others: Lines) -> int:
    """Return how many lines are the same at the start of both."""
    for number, (one, other) in enumerate(zip(some, others, strict=False)):
        if one != other:
            return number
    return min(len(some), len(others))
