"""Documentation written into a text document, a slice at a time."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)

from vitrail_resources.translation import tr
from vitrail_widgets.editing.offsets import to_utf16
from vitrail_widgets.highlight.lexing import lexer_for
from vitrail_widgets.qt.metrics import reading_font
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.signature.docstring import Kind, Paragraph, Style, paragraphs

GAP = 6  # pixels between paragraphs
SECTION_GAP = 12
INDENT = 16
CODE_INDENT = 10
LONGEST_COLOURED = 2_000  # characters of an example, which take some 5 ms
_SEE_ALSO: Final = tr("see also")
_NAMES: Final = re.compile(r"[A-Za-z_][\w.]*(?=[ ,:]|$)")
_PROMPTS: Final = (">>> ", "... ")

Linker = Callable[[str], str]
"""Returns where a name, or an example of code, leads; empty for nowhere."""


def _leads_nowhere(_: str) -> str:
    return ""


class DocumentationWriter:
    """Sets what is written about something: running text in its font, names and code in theirs."""

    def __init__(
        self,
        cursor: QTextCursor,
        theme: Theme,
        code_font: QFont,
        *,
        link: Linker = _leads_nowhere,
        link_example: Linker = _leads_nowhere,
    ) -> None:
        """Write at a cursor's place, which is the end of its document.

        Args:
            cursor: Is moved.
            theme: Gives the colours.
            code_font: Of names and code; running text is as large.
            link: Of names.
            link_example: Of an example, which is given without its prompts.
        """
        self._cursor = cursor
        self._theme = theme
        self._link, self._link_example = link, link_example
        self._section = ""
        self._plain, self._code = QTextCharFormat(), QTextCharFormat()
        self._plain.setFont(reading_font(code_font))
        self._code.setFont(code_font)
        for each in (self._plain, self._code):
            each.setForeground(theme.text)
        self._formats = {
            Style.CODE: self._code,
            Style.STRONG: _changed(self._code, weight=QFont.Weight.Bold),
            Style.EMPHASIS: _changed(self._plain, italic=True),
            Style.WEAK: _changed(self._code, colour=theme.muted),
        }

    def heading(self, text: str) -> None:
        """Write what is documented: a signature, a name."""
        self._begin(0, 0)
        self._cursor.insertText(text, self._formats[Style.STRONG])

    def remark(self, text: str) -> None:
        """Write something about the documentation."""
        self._begin(SECTION_GAP, 0)
        self._cursor.insertText(text, _changed(self._plain, colour=self._theme.muted))

    def write(self, docstring: str) -> Iterator[None]:
        """Write a docstring; each step a paragraph, or a line of an example."""
        before = 0
        for each in paragraphs(docstring):
            level = (each.depth + 3) // 4
            if each.kind is Kind.CODE:
                yield from self._write_code(each.text, level)
            else:
                self._write(each, level, before)
                yield
            before = each.depth

    def _write(self, paragraph: Paragraph, level: int, depth_before: int) -> None:
        match paragraph.kind:
            case Kind.HEADING:
                self._section = paragraph.text.lower()
                self._begin(SECTION_GAP, level)
                strong = _changed(self._plain, weight=QFont.Weight.DemiBold)
                self._cursor.insertText(paragraph.text, strong)
            case Kind.ITEM:
                self._begin(2, level)
                self._write_marked(paragraph)
            case _:
                goes_on = paragraph.kind is Kind.PROSE and paragraph.depth > depth_before
                self._begin(2 if goes_on else GAP, level)
                self._write_marked(paragraph)

    def _write_marked(self, paragraph: Paragraph) -> None:
        text, at = paragraph.text, 0
        usual = self._code if paragraph.kind is Kind.TERM else self._plain
        if self._section == _SEE_ALSO:
            at = self._write_names(text, usual)
        for stretch in paragraph.stretches:
            if stretch.start < at:
                continue
            self._cursor.insertText(text[at : stretch.start], usual)
            marked = self._formats[stretch.style]
            part = text[stretch.start : stretch.end]
            target = self._link(part) if stretch.style is Style.CODE else ""
            self._cursor.insertText(part, self._linked(marked, target))
            at = stretch.end
        self._cursor.insertText(text[at:], usual)

    def _write_names(self, text: str, usual: QTextCharFormat) -> int:
        """Write the names that a line begins with as links; return where they end."""
        end = text.find(" : ")
        end = len(text) if end < 0 else end
        at = 0
        for match in _NAMES.finditer(text, 0, end):
            target = self._link(match[0])
            if target:
                self._cursor.insertText(text[at : match.start()], usual)
                self._cursor.insertText(match[0], self._linked(self._code, target))
                at = match.end()
        return at

    def _linked(self, given: QTextCharFormat, target: str) -> QTextCharFormat:
        if not target:
            return given
        linked = _changed(given, colour=self._theme.accent)
        linked.setAnchor(True)
        linked.setAnchorHref(target)
        return linked

    def _write_code(self, code: str, level: int) -> Iterator[None]:
        lines = code.split("\n")
        is_python = code.startswith(">>>")
        coloured = is_python and len(code) <= LONGEST_COLOURED
        targets = self._targets(lines) if is_python else {}
        spans = lexer_for("pycon").highlight(code) if coloured else ((),) * len(lines)
        for index, (line, found) in enumerate(zip(lines, spans, strict=False)):
            self._begin(0 if index else GAP, level, left=CODE_INDENT)
            start = self._cursor.position()
            self._cursor.insertText(line, self._anchored(targets.get(index, "")))
            for first, last, name in found:
                self._colour(start, to_utf16(line, first), to_utf16(line, last), name)
            yield

    def _targets(self, lines: list[str]) -> dict[int, str]:
        """Return where the lines of code of a session lead, by their numbers."""
        found: dict[int, str] = {}
        at = 0
        while at < len(lines):
            end = at + 1
            if lines[at].startswith(_PROMPTS[0]):
                while end < len(lines) and lines[end].startswith(_PROMPTS[1].rstrip()):
                    end += 1
                code = "\n".join(line[len(_PROMPTS[0]) :] for line in lines[at:end]).rstrip()
                found.update(dict.fromkeys(range(at, end), self._link_example(code)))
            at = end
        return found

    def _anchored(self, target: str) -> QTextCharFormat:
        """Return the format of code that a click inserts; it has its usual colours."""
        anchored = QTextCharFormat(self._code)
        if target:
            anchored.setAnchor(True)
            anchored.setAnchorHref(target)
        return anchored

    def _colour(self, start: int, first: int, last: int, token: str) -> None:
        cursor = QTextCursor(self._cursor.document())
        cursor.setPosition(start + first)
        cursor.setPosition(start + last, QTextCursor.MoveMode.KeepAnchor)
        change = QTextCharFormat()
        change.setForeground(self._theme.syntax.get(token, self._theme.text))
        cursor.mergeCharFormat(change)

    def _begin(self, gap: int, level: int, left: int = 0) -> None:
        """Begin a paragraph."""
        shape = QTextBlockFormat()
        shape.setLeftMargin(level * INDENT + left)
        if self._cursor.document().isEmpty():
            self._cursor.setBlockFormat(shape)
            return
        shape.setTopMargin(gap)
        self._cursor.insertBlock(shape)


def _changed(
    given: QTextCharFormat,
    *,
    weight: QFont.Weight | None = None,
    italic: bool = False,
    colour: QColor | None = None,
) -> QTextCharFormat:
    changed = QTextCharFormat(given)
    if weight is not None:
        changed.setFontWeight(weight)
    if italic:
        changed.setFontItalic(True)
    if colour is not None:
        changed.setForeground(QBrush(colour))
    return changed
