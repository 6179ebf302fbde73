"""A page as a kernel sent it, set into a document: harmless HTML or Markdown, or terminal text."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from vitrail_widgets.pager.text import char_format
from vitrail_widgets.qt.theme import Theme
from vitrail_widgets.render.formats import Formats
from vitrail_widgets.render.static_html import static_html
from vitrail_widgets.signature.plain_text import plain_text
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.terminal_text import TerminalText

LARGEST_RICH: Final = 100_000
"""Characters that Qt lays out at once; of a longer page the plain text is shown."""

MOST_LINES: Final = 20_000
LINES_AT_ONCE: Final = 20
_OVERSTRUCK: Final = "\b"
"""In the manual pages of R, as a typewriter underlines."""


def write_page(
    cursor: QTextCursor, page: MimeBundle, theme: Theme, code_font: QFont
) -> Iterator[None]:
    """Write the best form of a page that can be shown safely; each step is a slice.

    Args:
        cursor: At the end of its document.
        page: In the forms that the kernel sent.
        theme: Gives the colours.
        code_font: Of terminal text.
    """
    html = page.text("text/html")
    clean = static_html(html) if 0 < len(html) <= LARGEST_RICH else ""
    markdown = page.text("text/markdown")
    cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
    if clean:
        cursor.insertHtml(clean)
    elif 0 < len(markdown) <= LARGEST_RICH:
        features = QTextDocument.MarkdownFeature.MarkdownNoHTML
        cursor.insertMarkdown(
            markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub | features
        )
    else:
        yield from _write_text(cursor, page.text("text/plain"), theme, code_font)
    yield


def _write_text(cursor: QTextCursor, text: str, theme: Theme, font: QFont) -> Iterator[None]:
    terminal = TerminalText()
    terminal.feed((plain_text(text) if _OVERSTRUCK in text else text).strip("\n"))
    formats, lines = Formats(theme), terminal.buffer
    plain = QTextCharFormat()
    plain.setFont(font)
    plain.setForeground(theme.text)
    for number in range(min(len(lines), MOST_LINES)):
        line, at = lines[number], 0
        if number:
            cursor.insertBlock(QTextBlockFormat(), plain)
        for run in line.runs:
            cursor.insertText(line.text[at : run.start], plain)
            drawn = char_format(formats.style(run.style))
            drawn.setFontFamilies(font.families())
            drawn.setFontPointSize(font.pointSizeF())
            cursor.insertText(line.text[run.start : run.end], drawn)
            at = run.end
        cursor.insertText(line.text[at:], plain)
        if number % LINES_AT_ONCE == 0:
            yield
