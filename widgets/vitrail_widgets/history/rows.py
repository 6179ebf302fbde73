"""The rows of the history popup: a model over what was found, and what is said in a row."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from vitrail_widgets.editing.history_search import HistorySearch
from vitrail_widgets.editing.past import PastInput
from vitrail_widgets.history.provenance import provenance, when
from vitrail_widgets.qt.list_rows import Row

Index = QModelIndex | QPersistentModelIndex

FETCHED = 300  # rows at a time: a list lays out all that it has
LONGEST = 400  # characters of a line that are looked at for drawing it


class HistoryRows(QAbstractListModel):
    """The inputs that fit what was typed.

    Attributes:
        now_s: Seconds since the epoch, when the popup was opened.
        session: The one that goes on now.
    """

    def __init__(self) -> None:
        super().__init__()
        self.search = HistorySearch()
        self.now_s, self.session = 0.0, ""
        self._count = 0

    def show(self, search: HistorySearch) -> None:
        """Show what a search has found so far."""
        self.beginResetModel()
        self.search, self._count = search, min(FETCHED, len(search.found))
        self.endResetModel()

    def grow(self) -> None:
        """Show what the search has found since, if there is room."""
        if self._count < FETCHED:
            self._show_up_to(FETCHED)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's own
        """Say whether more was found than the list has yet (Qt)."""
        return not parent.isValid() and self._count < len(self.search.found)

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's own
        """Give the list some more rows (Qt)."""
        if not parent.isValid():
            self._show_up_to(self._count + FETCHED)

    def _show_up_to(self, count: int) -> None:
        count = min(count, len(self.search.found))
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()

    def past(self, row: int) -> PastInput:
        """Return the input of a row."""
        return self.search.found[row]

    def row(self, row: int) -> Row:
        """Return what a row says: the line that fits, how many more there are, and when."""
        past = self.past(row)
        more = past.code.strip("\n").count("\n")
        start, line, places = fitting_line(past.code, self.search.wanted.places(past.code))
        omitted = "… " if start else ""
        return Row(
            omitted + line,
            {place + len(omitted) for place in places},
            after=f"+{more} {'line' if more == 1 else 'lines'}" if more else "",
            keeps_after=True,
            aside=when(past, self.now_s),
            is_wrong=past.failed,
        )

    def provenance(self, row: int) -> str:
        """Return what is known of the input of a row."""
        return provenance(self.past(row), self.session, self.now_s)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many there are (Qt)."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row's text, also for screen readers (Qt)."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.past(index.row()).code
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.past(index.row()).code}, {self.provenance(index.row())}"
        return None


def fitting_line(code: str, places: tuple[int, ...]) -> tuple[int, str, set[int]]:
    """Return the line to show of a code: the first one in which a letter fits.

    Returns:
        Where it begins, counted from the first line that is not blank; the line without its
        indentation; and the places within it.
    """
    first = len(code) - len(code.lstrip())
    first = code.rfind("\n", 0, first) + 1
    start = code.rfind("\n", 0, places[0]) + 1 if places else first
    line = code[start : start + LONGEST].partition("\n")[0]
    stripped = line.lstrip()
    shift = start + len(line) - len(stripped)
    inside = {place - shift for place in places if 0 <= place - shift < len(stripped)}
    return start - first, stripped, inside
