"""The variables of a console's kernel, asked for after each cell while somebody looks."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.probe import speaks_python
from vitrail_widgets.transcript.cells import Cell
from vitrail_widgets.transcript.changes import Change, EntryChanged
from vitrail_widgets.variables.variable import Freshness, Snapshot, Variable, changed_names

MOST: Final = 20_000
"""Variables that are asked for; who has more wants a search in the kernel."""

Row = tuple[str, str, str, str, int | None, str, int]
"""What the probe tells of a variable, in the order of `Variable`."""


class Variables:
    """Keeps a list of the variables.

    A question goes aside and runs nothing of the user's. While it cannot be put, the last
    list stays and is called stale.

    Attributes:
        snapshot: What is known.
        changed: Called when that is something else.
    """

    def __init__(self, presenter: ConsolePresenter) -> None:
        self.snapshot = Snapshot()
        self.changed: Callable[[], object] = lambda: None
        self._presenter = presenter
        self._is_watched = self._is_due = False
        self._asking: asyncio.Task[None] | None = None
        presenter.followers.append(self._follow)
        presenter.probed.append(self._ask_soon)

    def watch(self, *, watched: bool) -> None:
        """Begin to follow the kernel, or leave it alone."""
        if watched != self._is_watched:
            self._is_watched = watched
            self._ask_soon()

    def refresh(self) -> None:
        """Ask now, also while a cell runs, where the kernel can answer then."""
        self._ask_soon()

    def close(self) -> None:
        """Ask no more."""
        self._is_watched = self._is_due = False
        if self._asking is not None:
            self._asking.cancel()

    def _follow(self, changes: Iterable[Change]) -> None:
        if self._is_watched and any(map(self._ended, changes)):
            self._ask_soon()

    def _ended(self, change: Change) -> bool:
        if not isinstance(change, EntryChanged):
            return False
        cell = self._presenter.execution.transcript.cell(change.entry_id)
        return isinstance(cell, Cell) and cell.status.is_finished

    def _ask_soon(self) -> None:
        self._is_due = self._is_watched
        if self._is_due and self._asking is None:
            self._asking = asyncio.get_running_loop().create_task(self._ask_while_due())
            self._asking.add_done_callback(self._on_asking_done)

    def _on_asking_done(self, _: asyncio.Task[None]) -> None:
        self._asking = None

    async def _ask_while_due(self) -> None:
        while self._is_due:
            self._is_due = False
            await self._ask()

    async def _ask(self) -> None:
        probe, client = self._presenter.probe, self._presenter.client
        if probe is None or client is None or client.kernel_info is None:
            return
        if not speaks_python(client.kernel_info):
            self._take(Snapshot(freshness=Freshness.UNABLE))
            return
        rows: list[Variable] = []
        cost, is_complete = 0.0, False
        while not is_complete and len(rows) < MOST:
            answer = await probe.ask("variables", after=len(rows))
            page = [found for row in answer.get("variables", ()) if (found := _variable(row))]
            if not page and not answer.get("complete"):
                self._take_nothing()
                return
            rows += page
            cost += answer.get("ms", 0.0)
            is_complete = bool(answer.get("complete"))
        self._take_rows(rows, cost, is_cut=not is_complete)

    def _take_rows(self, rows: list[Variable], cost_ms: float, *, is_cut: bool) -> None:
        before = self.snapshot
        had_some = before.freshness in (Freshness.FRESH, Freshness.STALE)
        self._take(
            Snapshot(
                tuple(rows),
                Freshness.FRESH,
                changed_names(before.rows, rows) if had_some else frozenset(),
                self._presenter.execution.last_count,
                cost_ms,
                is_cut,
            )
        )

    def _take_nothing(self) -> None:
        """Keep what was told before: the kernel cannot say now."""
        before = self.snapshot
        if before.freshness is Freshness.FRESH:
            self._take(
                Snapshot(
                    before.rows,
                    Freshness.STALE,
                    count=before.count,
                    cost_ms=before.cost_ms,
                    is_cut=before.is_cut,
                )
            )

    def _take(self, snapshot: Snapshot) -> None:
        if snapshot != self.snapshot:
            self.snapshot = snapshot
            self.changed()


def _variable(row: Any) -> Variable | None:
    """Return a row of the probe's answer; None for what is none."""
    try:
        return Variable(*msgspec.convert(row, Row))
    except msgspec.ValidationError:
        return None
