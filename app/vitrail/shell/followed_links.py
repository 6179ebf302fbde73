"""Where a click on a link in the console leads."""

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from vitrail.settings.store import SettingsStore
from vitrail.shell.editor import CannotOpenError, open_in_editor
from vitrail_resources.translation import tr
from vitrail_widgets.console.links import Links


class FollowedLinks:
    """Opens pages in the browser and files in the editor, and says so."""

    def __init__(self, links: Links, store: SettingsStore, tell: Callable[[str], object]) -> None:
        self._store = store
        self._tell = tell
        links.page_activated.connect(self._on_page_activated)
        links.source_activated.connect(self._on_source_activated)
        links.told.connect(tell)

    def edit(self, path: str, line: int) -> str:
        """Open a file in the editor; return a sentence when that cannot be done."""
        try:
            open_in_editor(self._store.now.editor.command, path, line)
        except CannotOpenError as error:
            return str(error)
        self._tell(tr("Opening {path}", path=path))
        return ""

    def open_file(self, path: str) -> None:
        """Open a file with what the desktop opens its type with."""
        self._tell(tr("Opening {path}", path=path))
        QDesktopServices.openUrl(QUrl.fromLocalFile(path))

    def _on_page_activated(self, target: str) -> None:
        self._tell(tr("Opening {target}", target=target))
        QDesktopServices.openUrl(QUrl(target))

    def _on_source_activated(self, path: str, line: int) -> None:
        if problem := self.edit(path, line):
            self._tell(problem)
