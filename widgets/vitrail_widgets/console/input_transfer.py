"""What comes into an input from outside: pasted, dropped, or with the middle button."""

import re
from collections.abc import Callable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from vitrail_widgets.console.input_buffer import apply_edit, buffer_of
from vitrail_widgets.editing.edits import Buffer, replaced
from vitrail_widgets.editing.languages import Notation
from vitrail_widgets.editing.pasting import pasted
from vitrail_widgets.editing.paths import paths_as_code


class Transfer:
    """Takes text and files into an input, as code.

    Attributes:
        is_verbatim: Text is taken as it is, with its prompts and its indentation.
    """

    def __init__(self, editor: QPlainTextEdit, notation: Callable[[Buffer], Notation]) -> None:
        self.is_verbatim = False
        self._editor = editor
        self._notation = notation

    def can_take(self, source: QMimeData) -> bool:
        """Say whether there is text or a file in it."""
        return source.hasText() or bool(_files(source))

    def take(self, source: QMimeData) -> None:
        """Insert text or the paths of files where the caret is, in place of what is selected."""
        buffer = buffer_of(self._editor)
        notation = self._notation(buffer)
        if files := _files(source):
            edit = replaced(buffer, paths_as_code(files, buffer, notation))
        elif source.hasText():
            text = with_newlines(source.text())
            edit = replaced(buffer, text) if self.is_verbatim else pasted(buffer, text, notation)
        else:
            return
        apply_edit(self._editor, buffer, edit)
        self._editor.ensureCursorVisible()

    def paste_verbatim(self) -> None:
        """Paste the clipboard's text as it is."""
        self.verbatim(self._editor.paste)

    def verbatim(self, act: Callable[[], object]) -> None:
        """Do what inserts text, and take that as it is."""
        self.is_verbatim = True
        try:
            act()
        finally:
            self.is_verbatim = False

    def paste_selection(self) -> bool:
        """Paste the primary selection (X11's middle button) at the caret; False without one."""
        clipboard = QGuiApplication.clipboard()
        if not clipboard.supportsSelection():
            return False
        source = clipboard.mimeData(QClipboard.Mode.Selection)
        if self.can_take(source):
            self.take(source)
        return True


def _files(source: QMimeData) -> list[str]:
    """Return the paths if it is about files of this machine alone."""
    urls = source.urls() if source.hasUrls() else []
    return [url.toLocalFile() for url in urls] if all(url.isLocalFile() for url in urls) else []


def with_newlines(text: str) -> str:
    """Return text with one kind of line end; Qt would keep U+2028 inside a line."""
    return re.sub("\r\n|[\r\u2028\u2029]", "\n", text)
