"""Looks at the settings file: what is changed in it by hand holds at once."""

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from vitrail.settings.store import SettingsStore

SETTLED_MS = 100  # editors write in several steps


class SettingsFile(QObject):
    """Reads the settings again after their file was changed.

    Signals:
        troubled: Something in the file is of no use, or cannot be kept; a sentence for each.
    """

    troubled = Signal(str)

    def __init__(self, store: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        store.troubled = self.troubled.emit
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLED_MS)
        self._timer.timeout.connect(self._reload)
        self._watcher.fileChanged.connect(self._timer.start)
        self._watcher.directoryChanged.connect(self._timer.start)
        self._look()

    def say_problems(self) -> None:
        """Say what of the file is of no use."""
        for problem in self._store.problems:
            self.troubled.emit(problem)

    def _look(self) -> None:
        """Watch the file, which a new one may have replaced, and the directory it comes to."""
        path = self._store.path
        if path is None:
            return
        here = [each for each in (path.parent, path) if each.exists()]
        watched = {*self._watcher.files(), *self._watcher.directories()}
        missing = [str(each) for each in here if str(each) not in watched]
        if missing:
            self._watcher.addPaths(missing)

    def _reload(self) -> None:
        self._look()  # before it is read: what is written from now on is seen
        known = list(self._store.problems)
        self._store.reload()
        if self._store.problems != known:
            self.say_problems()
