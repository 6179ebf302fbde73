"""What came into a console while nobody looked at it."""

from collections.abc import Callable, Iterable

from vitrail.presenters.console import ConsolePresenter
from vitrail.shell.tabs.face import News
from vitrail_widgets.transcript.cells import Cell, CellStatus
from vitrail_widgets.transcript.changes import Change, EntryChanged, OutputAppended, OutputChanged


class NewsWatch:
    """Remembers the weightiest thing that came since `seen` was last called.

    Attributes:
        now: What came.
    """

    def __init__(self, presenter: ConsolePresenter, is_seen: Callable[[], bool]) -> None:
        """Follow a console.

        Args:
            presenter: Of the console.
            is_seen: Whether one sees it at the moment: then nothing is news.
        """
        self.now = News.NONE
        self._is_seen = is_seen
        self._transcript = presenter.execution.transcript
        presenter.followers.append(self._follow)

    def seen(self) -> None:
        """Take everything for seen."""
        self.now = News.NONE

    def _follow(self, changes: Iterable[Change]) -> None:
        if self._is_seen():
            return
        for change in changes:
            if isinstance(change, EntryChanged) and self._has_failed(change.entry_id):
                self.now = News.ERROR
            elif isinstance(change, OutputAppended | OutputChanged) and self.now is News.NONE:
                self.now = News.OUTPUT

    def _has_failed(self, cell_id: str) -> bool:
        cell = self._transcript.cell(cell_id)
        return isinstance(cell, Cell) and cell.status is CellStatus.FAILED and not cell.is_stale
