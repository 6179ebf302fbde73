"""The transcript: every cell and notice of a console, changed through its methods alone."""

from collections.abc import Sequence

from vitrail_widgets.transcript.aside import Aside
from vitrail_widgets.transcript.authors import Authors
from vitrail_widgets.transcript.cells import (
    Cell,
    CellStatus,
    Entry,
    ErrorOutput,
    Notice,
    NoticeLevel,
    Output,
    RichOutput,
    StreamOutput,
)
from vitrail_widgets.transcript.changes import (
    Change,
    EntryAppended,
    EntryChanged,
    EntryRemoved,
    OutputAppended,
    OutputChanged,
    OutputsCleared,
)
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.prompt import Prompt
from vitrail_widgets.transcript.terminal_text import TerminalText
from vitrail_widgets.transcript.tracebacks import frames_of

Changes = tuple[Change, ...]


class Transcript:
    """Cells keyed by the ``msg_id`` of their request, in the order they are shown.

    Each mutator returns what changed, in order; an empty tuple when nothing did. Views follow the
    part of it that is `visible`.

    Attributes:
        orphans: How many outputs came for cells that are not here.
        rearranged: How often entries came, went or moved elsewhere than at the end.
    """

    def __init__(self) -> None:
        self.orphans = 0
        self.rearranged = 0
        self._entries: list[Entry] = []
        self._aside: Aside | None = None
        self._positions: dict[str, int] = {}
        self._queued: dict[str, Cell] = {}
        self._running: set[str] = set()
        self._authors = Authors()
        self._displays: dict[str, dict[tuple[str, int], RichOutput]] = {}

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries that are not set aside, top to bottom; not to be modified."""
        return self._entries

    @property
    def running(self) -> list[Cell]:
        """The cells that run, our own and other clients'; in no order."""
        return [cell for cell_id in self._running if (cell := self.cell(cell_id)) is not None]

    @property
    def waiting(self) -> list[Cell]:
        """Our cells that wait, the next one first."""
        return sorted(self._queued.values(), key=lambda cell: cell.place)

    def entry(self, entry_id: str) -> Entry:
        """Return the entry of that id; KeyError when there is none."""
        return self._entries[self._positions[entry_id]]

    def holds(self, entry_id: str) -> bool:
        """Say whether there is an entry of that id."""
        return entry_id in self._positions

    def position(self, entry_id: str) -> int:
        """Return the index of an entry; KeyError when there is none."""
        return self._positions[entry_id]

    def cell(self, cell_id: str) -> Cell | None:
        """Return the cell of that id, shown or set aside; None when there is none."""
        index = self._positions.get(cell_id)
        if index is None:
            return None if self._aside is None else self._aside.get(cell_id)
        entry = self._entries[index]
        return entry if isinstance(entry, Cell) else None

    def visible(self, changes: Changes) -> Changes:
        """Return the changes that are not of cells that are out of sight."""
        if self._aside is None:
            return changes
        aside = self._aside
        return tuple(
            each
            for each in changes
            if aside.get(each.entry_id) is None or isinstance(each, EntryRemoved)
        )

    def set_others_aside(self) -> Changes:
        """Take other clients' cells out of sight, and those to come; they are kept and go on."""
        if self._aside is not None:
            return ()
        before = list(self._entries)
        self._aside = Aside()
        self.rearranged += 1
        self._entries[:] = self._aside.part(before)
        for cell in self._aside:
            del self._positions[cell.id]
        self._place_from(0)
        gone = [(i, each) for i, each in enumerate(before) if each.id not in self._positions]
        return tuple(EntryRemoved(each.id, index) for index, each in reversed(gone))

    def bring_others_back(self) -> Changes:
        """Show other clients' cells where they belong, and those to come."""
        if self._aside is None:
            return ()
        self._entries[:] = self._aside.join(self._entries)
        self._aside = None
        self.rearranged += 1
        back = [(i, each) for i, each in enumerate(self._entries) if each.id not in self._positions]
        self._place_from(0)
        return tuple(EntryAppended(each.id, index) for index, each in back)

    def append_cell(
        self,
        cell_id: str,
        code: str,
        *,
        count: int | None = None,
        status: CellStatus = CellStatus.QUEUED,
        origin: str | None = None,
        author: str = "",
        prompt: Prompt | None = None,
        at: float,
    ) -> Changes:
        """Add a cell at the end; another client's goes before ours that have not begun.

        A cell that is already here stays as it is.

        Args:
            cell_id: The ``msg_id`` of the execute request.
            code: As submitted.
            count: The expected prompt number; provisional until ``set_count`` confirms it.
            status: Where it is in its life.
            origin: The other client's session; None when it is our own.
            author: What its user is called; several clients of one user are numbered.
            prompt: What stands beside it; None for what is usual.
            at: Seconds since the epoch.
        """
        if self.cell(cell_id) is not None:
            return ()
        cell = Cell(cell_id, code, count=count, status=status, origin=origin, submitted_at=at)
        cell.author = self._authors.name(origin, author) if origin is not None and author else ""
        cell.prompt = prompt
        index = len(self._entries) if cell.is_own else self._first_queued(or_sent=True)
        _stamp(cell, at)
        self._note_status(cell)
        if cell.author and self._aside is not None:
            self._aside.put(cell, self._entries[index - 1] if index else None)
            return ()
        return self._insert(index, cell)

    def put_before(self, entries: Sequence[Entry]) -> Changes:
        """Put finished cells, and what is said of them, above all cells that are here."""
        here = self._entries
        index = next((i for i, each in enumerate(here) if isinstance(each, Cell)), len(here))
        changes: Changes = ()
        for entry in entries:
            if isinstance(entry, Cell) and self._aside is not None:
                self._aside.put(entry, here[index - 1] if index else None)
            else:
                changes += self._insert(index, entry)
                index += 1
        return changes

    def append_notice(self, notice_id: str, level: NoticeLevel, text: str) -> Changes:
        """Add a notice below what has run, above our queued cells: what it says is before them.

        One that is already here stays as it is.
        """
        if notice_id in self._positions:
            return ()
        return self._insert(self._first_queued(), Notice(notice_id, level, text))

    def set_status(self, cell_id: str, status: CellStatus, at: float | None) -> Changes:
        """Move a cell on in its life and note the time: seconds since the epoch, or None."""
        cell = self.cell(cell_id)
        if cell is None or cell.status is status:
            return ()
        cell.status = status
        cell.is_stale = False
        _stamp(cell, at)
        self._note_status(cell)
        return (EntryChanged(cell_id),)

    def set_count(self, cell_id: str, count: int, *, confirmed: bool = True) -> Changes:
        """Set the prompt number; a confirmed one is not overwritten by a guess."""
        cell = self.cell(cell_id)
        if cell is None or (cell.count_confirmed and not confirmed):
            return ()
        if (cell.count, cell.count_confirmed) == (count, confirmed):
            return ()
        cell.count, cell.count_confirmed = count, confirmed
        return (EntryChanged(cell_id),)

    def set_place(self, cell_id: str, place: int) -> Changes:
        """Say how many places before its turn a waiting cell is; the next one is at 1."""
        cell = self._queued.get(cell_id)
        if cell is None or cell.place == place:
            return ()
        cell.place = place
        return (EntryChanged(cell_id),)

    def move_cell(self, cell_id: str, index: int) -> Changes:
        """Put a waiting cell where another entry is, which makes room for it."""
        if cell_id not in self._queued or self._positions[cell_id] == index:
            return ()
        cell = self._queued[cell_id]
        return self._remove(cell_id) + self._insert(index, cell)

    def remove_cell(self, cell_id: str) -> Changes:
        """Take a cell out that nothing was run of: its code goes to another place."""
        cell = self.cell(cell_id)
        if cell is None or not cell.is_unrun or cell_id not in self._positions:
            return ()
        self._queued.pop(cell_id, None)
        return self._remove(cell_id)

    def append_stream(self, cell_id: str, name: str, text: str) -> Changes:
        """Add text to a stream; it joins the last output when that is the same stream."""
        if not text:
            return ()
        cell = self._receiver(cell_id)
        if cell is None:
            return ()
        cleared = self._apply_pending_clear(cell)
        last = cell.outputs[-1] if cell.outputs else None
        if isinstance(last, StreamOutput) and last.name == name:
            from_line = last.text.feed(text)
            return (OutputChanged(cell_id, len(cell.outputs) - 1, from_line),)
        return cleared + _append(cell, StreamOutput(name, _terminal_text(text)))

    def append_rich(
        self,
        cell_id: str,
        bundle: MimeBundle,
        *,
        display_id: str | None = None,
        execution_count: int | None = None,
    ) -> Changes:
        """Add a displayed value, or a result when it has an *execution_count*."""
        cell = self._receiver(cell_id)
        if cell is None:
            return ()
        output = RichOutput(bundle, display_id, execution_count)
        changes = self._apply_pending_clear(cell) + _append(cell, output)
        if display_id is not None:
            shown = self._displays.setdefault(display_id, {})
            shown[cell_id, len(cell.outputs) - 1] = output
        return changes

    def append_error(
        self, cell_id: str, ename: str, evalue: str, traceback: Sequence[str]
    ) -> Changes:
        """Add an exception; *traceback* is lines or blocks, with colours."""
        cell = self._receiver(cell_id)
        if cell is None:
            return ()
        # bash_kernel and other wrappers send no traceback, only name and value.
        text = "\n".join(traceback) or ": ".join(part for part in (ename, evalue) if part)
        shown = _terminal_text(text)
        frames = frames_of(shown.buffer.plain_text().split("\n"))
        output = ErrorOutput(ename, evalue, tuple(traceback), shown, frames)
        return self._apply_pending_clear(cell) + _append(cell, output)

    def note_late(self, cell_id: str, output_index: int, from_line: int) -> None:
        """Note that an output came after its cell had finished, if it had, from a line on."""
        cell = self.cell(cell_id)
        if cell is None or not cell.status.is_finished or cell.started_at is None:
            return
        output = cell.outputs[output_index]
        if output.late_line is None:
            output.late_line = from_line

    def retire(self) -> Changes:
        """Mark what has run as stale: the kernel that ran it is gone."""
        stale = [
            entry
            for entry in (*self._entries, *(self._aside or ()))
            if isinstance(entry, Cell) and entry.status.is_finished and not entry.is_stale
        ]
        for cell in stale:
            cell.is_stale = True
        return tuple(EntryChanged(cell.id) for cell in stale)

    def update_display(self, display_id: str, bundle: MimeBundle) -> Changes:
        """Replace a displayed value in every cell that shows it (``update_display_data``)."""
        shown = self._displays.get(display_id, {})
        for output in shown.values():
            output.bundle = bundle
        return tuple(OutputChanged(cell_id, index, 0) for cell_id, index in shown)

    def clear_outputs(self, cell_id: str, *, wait: bool) -> Changes:
        """Drop a cell's outputs, now or, with *wait*, when the next one comes."""
        cell = self.cell(cell_id)
        if cell is None:
            return ()
        cell.clear_pending = wait
        return () if wait else self._clear(cell)

    def _insert(self, index: int, entry: Entry) -> Changes:
        self.rearranged += index < len(self._entries)
        self._entries.insert(index, entry)
        self._place_from(index)
        return (EntryAppended(entry.id, index),)

    def _remove(self, entry_id: str) -> Changes:
        index = self._positions.pop(entry_id)
        gone = self._entries.pop(index)
        if self._aside is not None:
            self._aside.let_go(gone, self._entries[index - 1] if index else None)
        self.rearranged += 1
        self._place_from(index)
        return (EntryRemoved(entry_id, index),)

    def _place_from(self, index: int) -> None:
        for position in range(index, len(self._entries)):
            self._positions[self._entries[position].id] = position

    def _first_queued(self, *, or_sent: bool = False) -> int:
        """Return where the first of our cells is that waits: here, or sent and not begun."""
        waiting = list(self._queued)
        if or_sent:
            sent = (cell for cell in self.running if cell.is_own and not cell.count_confirmed)
            waiting += [cell.id for cell in sent]
        return min((self._positions[cell_id] for cell_id in waiting), default=len(self._entries))

    def _note_status(self, cell: Cell) -> None:
        if cell.status is CellStatus.RUNNING:
            self._running.add(cell.id)
        else:
            self._running.discard(cell.id)
        if cell.is_own and cell.status is CellStatus.QUEUED:
            self._queued[cell.id] = cell
        else:
            self._queued.pop(cell.id, None)
            cell.place = 0

    def _receiver(self, cell_id: str) -> Cell | None:
        cell = self.cell(cell_id)
        if cell is None:
            self.orphans += 1
        else:
            cell.is_stale = False  # whoever writes there lives
        return cell

    def _apply_pending_clear(self, cell: Cell) -> Changes:
        if not cell.clear_pending:
            return ()
        cell.clear_pending = False
        return self._clear(cell)

    def _clear(self, cell: Cell) -> Changes:
        if not cell.outputs:
            return ()
        for index, output in enumerate(cell.outputs):
            if isinstance(output, RichOutput) and output.display_id is not None:
                self._forget_display(output.display_id, (cell.id, index))
        cell.outputs.clear()
        return (OutputsCleared(cell.id),)

    def _forget_display(self, display_id: str, place: tuple[str, int]) -> None:
        shown = self._displays[display_id]
        del shown[place]
        if not shown:
            del self._displays[display_id]


def _stamp(cell: Cell, at: float | None) -> None:
    if cell.status is CellStatus.RUNNING:
        cell.started_at = at
    elif cell.status.is_finished:
        cell.finished_at = at


def _append(cell: Cell, output: Output) -> Changes:
    cell.outputs.append(output)
    return (OutputAppended(cell.id, len(cell.outputs) - 1),)


def _terminal_text(text: str) -> TerminalText:
    terminal = TerminalText()
    terminal.feed(text)
    return terminal
