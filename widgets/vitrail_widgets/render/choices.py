"""A line about an output that ends in what can be done with it; below it what can be shown."""

import base64
import binascii
import json
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from vitrail_resources.translation import tr
from vitrail_widgets.render.block import Block, Canvas, Clip, Place, Span
from vitrail_widgets.render.folded_text import Foldable, Handle
from vitrail_widgets.render.formats import FormatRun, Formats, TextFormat
from vitrail_widgets.render.live import Reshaping
from vitrail_widgets.render.text_block import Styled, TextBlock
from vitrail_widgets.transcript.mime import MimeBundle, is_binary
from vitrail_widgets.transcript.row_index import RowIndex
from vitrail_widgets.transcript.text_buffer import TextBuffer

SEPARATOR = " · "
GAP = 4  # pixels between the line and what is below it


class Verb(StrEnum):
    """What can be done with an output, by the word that is drawn."""

    PLAY = tr("play")
    BROWSER = tr("open in browser…")
    SAVE = tr("save as file…")
    FORMS = tr("show as…")


class Content(NamedTuple):
    """One form of an output, as a file would hold it.

    Attributes:
        mime: Its type.
        load: Returns the bytes; may take a while, on any thread; raises ValueError.
    """

    mime: str
    load: Callable[[], bytes]

    @staticmethod
    def of(bundle: MimeBundle, mime: str) -> "Content":
        """Return the content of a bundle's entry."""
        return Content(mime, lambda: _bytes_of(bundle, mime))


class Choice(NamedTuple):
    """Something that can be done with an output."""

    verb: Verb
    content: Content


class ChoiceLine(TextBlock):
    """Says something of an output, and what can be done with it. It is broken between words."""

    def __init__(self, sentence: str, choices: Sequence[Choice]) -> None:
        super().__init__(TextBuffer(), tone="muted")
        self._sentence = sentence
        self._choices = choices
        self._sentence_end = 0
        self._spans: list[tuple[int, int, Choice]] = []
        self._canvas: Canvas | None = None
        self._fill(sys.maxsize)

    def text(self, start: Place, end: Place | None) -> str:
        """Return what is said between two places, without what can be clicked."""
        last = self._sentence_end
        if end is not None and end.line == 0:
            last = min(last, end.offset)
        return " ".join(self.line(0)[start.offset : last].split())

    def resize(self, canvas: Canvas) -> None:
        """Break the line for another number of columns."""
        self._fill(canvas.columns)
        self._canvas = canvas
        super().resize(canvas)

    def _fill(self, columns: int) -> None:
        """Write the line with so many spaces that no word is broken that has room in a row."""
        line = ""
        for word in self._sentence.split(" "):
            line = _joined(line, " " if line else "", word, columns)
        self._sentence_end = len(line)
        self._spans = []
        for choice in self._choices:
            line = _joined(line, SEPARATOR, choice.verb, columns)
            self._spans.append((len(line) - len(choice.verb), len(line), choice))
        self.buffer = TextBuffer()
        self.buffer.extend([line])
        self._rows = RowIndex(self.buffer, columns)

    def styled(self, formats: Formats, line: int, start: int, end: int) -> Styled:
        """Return a part of the line; what can be clicked has the colour of links."""
        accent = TextFormat(formats.theme.accent)
        runs = [
            FormatRun(max(first, start) - start, min(last, end) - start, accent)
            for first, last, _ in self._spans
            if first < end and last > start
        ]
        return self.line(line)[start:end], runs

    def choice_at(self, x: int, y: int) -> Choice | None:
        """Return what a click at a point chooses."""
        if self._canvas is None:
            return None
        for first, last, choice in self._spans:
            rects = self.rects(self._canvas, 0, first, last)
            if any(rect.contains(QPointF(x, y)) for rect in rects):
                return choice
        return None


class ChoiceBlock:
    """A line with choices, and below it another form of the same output, if there is one.

    Its lines are the line and those of the other form. It folds as that does.
    """

    def __init__(self, head: ChoiceLine, inner: Block | None) -> None:
        self.head = head
        self.inner = inner

    # Block

    @property
    def height(self) -> int:
        """Height of both."""
        return self._inner_top + self.inner.height if self.inner else self.head.height

    @property
    def line_count(self) -> int:
        """Number of lines of both."""
        return 1 + (self.inner.line_count if self.inner else 0)

    def line(self, index: int) -> str:
        """Return the text of a line."""
        return self.inner.line(index - 1) if self.inner and index else self.head.line(0)

    def text(self, start: Place, end: Place | None) -> str:
        """Return the text between two places."""
        parts: list[str] = []
        of_head, of_inner = _spans(Span(start, end))
        if of_head is not None:
            parts.append(self.head.text(*of_head))
        if of_inner is not None and self.inner is not None:
            parts.append(self.inner.text(*of_inner))
        return "\n".join(parts)

    def resize(self, canvas: Canvas) -> None:
        """Lay out for another canvas."""
        self.head.resize(canvas)
        if self.inner is not None:
            self.inner.resize(canvas)

    def refresh(self, from_line: int) -> None:
        """Read the model again."""
        if self.inner is not None:
            self.inner.refresh(max(0, from_line - 1))

    def paint(
        self, painter: QPainter, canvas: Canvas, top: int, clip: Clip, selected: Span | None
    ) -> None:
        """Draw what lies in `clip`."""
        of_head, of_inner = _spans(selected) if selected is not None else (None, None)
        if clip.top < top + self.head.height:
            self.head.paint(painter, canvas, top, clip, of_head)
        inner_top = top + self._inner_top
        if self.inner is not None and clip.bottom > inner_top:
            inner_clip = Clip(max(clip.top, inner_top), clip.bottom)
            self.inner.paint(painter, canvas, inner_top, inner_clip, of_inner)

    def link_at(self, place: Place) -> str | None:
        """Return where the text at a place leads."""
        if place.line == 0 or self.inner is None:
            return None
        return self.inner.link_at(Place(place.line - 1, place.offset))

    def place_at(self, canvas: Canvas, x: int, y: int) -> Place:
        """Return the place nearest to a point."""
        if self.inner is None or y < self._inner_top:
            return self.head.place_at(canvas, x, min(y, self.head.height - 1))
        place = self.inner.place_at(canvas, x, y - self._inner_top)
        return Place(place.line + 1, place.offset)

    # What it may do besides

    def enclosed_at(self, y: int) -> tuple[Block, int]:
        """Return the line, or what is below it, and the height in it."""
        if self.inner is None or y < self._inner_top:
            return self.head, y
        return self.inner, y - self._inner_top

    def watch(self, reshaped: Callable[[], None]) -> None:
        """Call `reshaped` after each change of what is below."""
        inner: object = self.inner
        if isinstance(inner, Reshaping):
            inner.watch(reshaped)

    @property
    def hidden_rows(self) -> int:
        """How many rows of what is below are hidden."""
        return self._folding.hidden_rows if self._folding else 0

    @property
    def can_fold(self) -> bool:
        """Whether what is below can hide something."""
        return self._folding is not None and self._folding.can_fold

    def open(self) -> None:
        """Show all of what is below."""
        if self._folding:
            self._folding.open()

    def fold(self) -> None:
        """Hide what can be done without."""
        if self._folding:
            self._folding.fold()

    def follow_policy(self) -> None:
        """Fold or not, as the console has it now."""
        if self._folding:
            self._folding.follow_policy()

    def is_hidden(self, place: Place, canvas: Canvas) -> bool:
        """Say whether the text at a place is hidden."""
        if not place.line or not self._folding:
            return False
        return self._folding.is_hidden(Place(place.line - 1, place.offset), canvas)

    def handle_at(self, x: int, y: int) -> Handle | None:
        """Return what a click does to what is below."""
        below = y - self._inner_top
        return self._folding.handle_at(x, below) if below >= 0 and self._folding else None

    @property
    def _folding(self) -> Foldable | None:
        inner: object = self.inner
        return inner if isinstance(inner, Foldable) else None

    @property
    def _inner_top(self) -> int:
        return self.head.height + GAP


def _joined(line: str, between: str, word: str, columns: int) -> str:
    """Return a line with another word, which begins a row if it would be broken."""
    used = len(line) % columns
    if used + len(between) + len(word) <= columns or len(word) > columns:
        return line + between + word
    return (line + between.rstrip()).ljust(len(line) - used + columns) + word


def _spans(span: Span) -> tuple[Span | None, Span | None]:
    """Return which part of the first line is meant, and which of the others."""
    start, end = span
    ends_above = end is not None and end.line == 0
    of_head = Span(start, end if ends_above else None) if start.line == 0 else None
    if ends_above:
        return of_head, None
    begin = Place(0, 0) if start.line == 0 else Place(start.line - 1, start.offset)
    return of_head, Span(begin, None if end is None else Place(end.line - 1, end.offset))


def _bytes_of(bundle: MimeBundle, mime: str) -> bytes:
    entry = bundle.data[mime]
    if isinstance(entry, str | list) and not is_binary(mime):
        return bundle.text(mime).encode("utf-8", "replace")
    if not isinstance(entry, str):
        return json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace")
    try:
        return base64.b64decode(entry.encode("ascii", "replace"), validate=False)
    except binascii.Error:
        return entry.encode("utf-8", "replace")  # what came is better than nothing
